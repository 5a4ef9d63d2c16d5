/// A JSON string in place: its bytes between the quotation marks, and whether there are escapes to be undone.
///
/// Valid as long as the bytes that it points to.
public struct JSONText {
    /// What stands between the quotation marks.
    public let content: UnsafeBufferPointer<UInt8>
    /// Whether some of it is written as an escape.
    public let hasEscapes: Bool

    /// The text of no characters.
    public static var empty: JSONText {
        JSONText(content: UnsafeBufferPointer(start: nil, count: 0), hasEscapes: false)
    }

    /// Calls `body` with the UTF-8 bytes of the text.
    @inline(__always)
    public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        guard hasEscapes else { return body(content) }
        return JSONReader.unescape(content[...]).withUnsafeBufferPointer(body)
    }

    /// The text.
    public var string: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    /// Whether the text is a certain word.
    @inlinable @inline(__always)
    public func equals(_ word: StaticString) -> Bool {
        guard !hasEscapes else { return equalsEscaped(word) }
        return JSONText.equals(content, word)
    }

    @usableFromInline
    func equalsEscaped(_ word: StaticString) -> Bool { withBytes { JSONText.equals($0, word) } }

    @inlinable @inline(__always)
    static func equals(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
        guard bytes.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<bytes.count where bytes[index] != word.utf8Start[index] { return false }
        return true
    }
}

/// A JSON value in place: where it stands, checked and not read.
public struct JSONPlace {
    let bytes: UnsafeBufferPointer<UInt8>
    /// The first byte of the value and the first byte behind it.
    public let range: Range<Int>
    /// Whether it is a string that has escapes.
    let hasEscapes: Bool

    private var first: UInt8 { range.isEmpty ? 0 : bytes[range.lowerBound] }

    /// The bytes of the value as they stand.
    public var content: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[range]) }

    /// The text, if the value is one.
    @inline(__always) public var text: JSONText? {
        guard first == UInt8(ascii: "\""), range.count >= 2 else { return nil }
        return JSONText(
            content: UnsafeBufferPointer(rebasing: bytes[range.lowerBound + 1..<range.upperBound - 1]),
            hasEscapes: hasEscapes)
    }

    /// The truth, if the value is one.
    public var truth: Bool? {
        switch first {
        case UInt8(ascii: "t"): true
        case UInt8(ascii: "f"): false
        default: nil
        }
    }

    /// The whole number, if the value is one that fits.
    public var integer: Int64? {
        guard first == UInt8(ascii: "-") || first &- 0x30 < 10, range.count <= 20 else { return nil }
        return Int64(String(decoding: bytes[range], as: UTF8.self))
    }

    /// The members, if the value is an object.
    public var members: JSONMembers? {
        first == UInt8(ascii: "{") ? JSONMembers(bytes, at: range.lowerBound) : nil
    }

    /// The elements, if the value is a list.
    public var elements: JSONElements? {
        first == UInt8(ascii: "[") ? JSONElements(bytes, at: range.lowerBound) : nil
    }
}
