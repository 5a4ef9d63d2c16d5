import Primitives

/// Walks over elements of the Distinguished Encoding Rules (X.690): a tag, a length, and as many bytes.
///
/// Only tags of one byte and lengths of up to four bytes, which is all that certificates use.
struct DERReader {
    /// An element: its tag, and where its content is.
    struct Element {
        var tag: UInt8
        var content: Range<Int>
    }

    let bytes: [UInt8]
    private var offset: Int
    private let end: Int

    /// Reads the elements of a range of the bytes; of all of them by default.
    init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
        self.bytes = bytes
        offset = min(range?.lowerBound ?? 0, bytes.count)
        end = min(range?.upperBound ?? bytes.count, bytes.count)
    }

    /// The next element, or nothing at the end.
    mutating func next() throws(ParseError) -> Element? {
        guard offset < end else { return nil }
        let start = offset
        let tag = bytes[offset]
        guard tag & 0x1F != 0x1F else { throw ParseError(.unsupported, "a tag of one byte", at: start) }
        guard offset + 1 < end else { throw ParseError(.truncated, "a length", at: start) }
        var length = Int(bytes[offset + 1])
        offset += 2
        if length >= 0x80 {
            let count = length & 0x7F
            guard (1...4).contains(count) else { throw ParseError(.unsupported, "a length of 1 to 4 bytes", at: start) }
            guard count <= end - offset else { throw ParseError(.truncated, "a length", at: start) }
            length = bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
            offset += count
        }
        guard length <= end - offset else { throw ParseError(.truncated, "all bytes of an element", at: start) }
        defer { offset += length }
        return Element(tag: tag, content: offset..<offset + length)
    }

    /// The next element, which must have this tag.
    mutating func next(_ tag: UInt8, _ expected: String) throws(ParseError) -> Element {
        let start = offset
        guard let element = try next() else { throw ParseError(.truncated, expected, at: start) }
        guard element.tag == tag else { throw ParseError(.malformed, expected, at: start) }
        return element
    }
}
