public import Primitives

/// Reads JSON (RFC 8259) value by value, and steps over what nobody asks for.
///
/// The reader stands before a value. `enterObject` and `enterArray` step into it, `key` and `element` go to the next
/// value inside and, at the end, behind the closing bracket. Every other reading method gives `nil` for a value of
/// another type and leaves it; what is left is stepped over, and checked, by the next `key` or `element`.
///
///     var reader = JSONReader(bytes)
///     guard try reader.enterObject() else { … }
///     while let key = try reader.key() {
///         if key == "name" { name = try reader.string() }
///     }
///     try reader.end()
///
/// A byte order mark at the start is passed over. Names that occur twice are both reported.
public struct JSONReader: Sendable {
    private let bytes: [UInt8]
    /// The next byte to read.
    public private(set) var offset: Int
    private let depthLimit: Int
    /// The open brackets; true for an object.
    private var open: [Bool] = []
    private var isFirst = false
    /// Whether the reader stands before a value that was not read.
    private var isBeforeValue = true

    /// Reads one value that starts at `offset`; at most `depthLimit` brackets may be open at once.
    public init(_ bytes: [UInt8], at offset: Int = 0, depthLimit: Int = 256) {
        self.bytes = bytes
        self.offset = min(max(offset, 0), bytes.count)
        self.depthLimit = depthLimit
        if self.offset == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { self.offset = 3 }
    }

    /// How many brackets are open.
    public var depth: Int { open.count }

    /// Steps into an object, or gives false if the value is something else.
    public mutating func enterObject() throws(ParseError) -> Bool { try enter(UInt8(ascii: "{"), isObject: true) }

    /// Steps into an array, or gives false if the value is something else.
    public mutating func enterArray() throws(ParseError) -> Bool { try enter(UInt8(ascii: "["), isObject: false) }

    /// Goes to the next value of the object and gives its name, or goes behind the object and gives `nil`.
    public mutating func key() throws(ParseError) -> String? {
        guard try advance(isObject: true, closing: UInt8(ascii: "}")) else { return nil }
        let name = try readString("a name in quotation marks")
        try scan { scanner throws(ParseError) in
            scanner.skipSpace()
            try scanner.expect(UInt8(ascii: ":"), "a colon")
        }
        isBeforeValue = true
        return name
    }

    /// Goes to the next value of the array, or goes behind the array and gives false.
    public mutating func element() throws(ParseError) -> Bool {
        guard try advance(isObject: false, closing: UInt8(ascii: "]")) else { return false }
        isBeforeValue = true
        return true
    }

    /// Text; lone surrogates become U+FFFD.
    public mutating func string() throws(ParseError) -> String? {
        guard try peek() == UInt8(ascii: "\"") else { return nil }
        isBeforeValue = false
        return try readString("a string")
    }

    /// A whole number that fits, with neither fraction nor exponent.
    public mutating func integer() throws(ParseError) -> Int64? {
        try numberText { text, isReal in isReal ? nil : Int64(text) }
    }

    /// A number; what is too large for a double is infinite.
    public mutating func number() throws(ParseError) -> Double? {
        try numberText { text, _ in Double(text) }
    }

    /// Yes or no.
    public mutating func truth() throws(ParseError) -> Bool? {
        let first = try peek()
        guard first == UInt8(ascii: "t") || first == UInt8(ascii: "f") else { return nil }
        isBeforeValue = false
        try scan { scanner throws(ParseError) in
            if first == UInt8(ascii: "t") { try scanner.skipWord("true") } else { try scanner.skipWord("false") }
        }
        return first == UInt8(ascii: "t")
    }

    /// Whether the value is `null`, which is then read.
    public mutating func null() throws(ParseError) -> Bool {
        guard try peek() == UInt8(ascii: "n") else { return false }
        isBeforeValue = false
        try scan { scanner throws(ParseError) in try scanner.skipWord("null") }
        return true
    }

    /// Steps over the value, and checks it.
    public mutating func skip() throws(ParseError) {
        guard isBeforeValue else { return }
        let (depth, limit) = (open.count, depthLimit)
        try scan { scanner throws(ParseError) in try scanner.skipValue(depth: depth, depthLimit: limit) }
        isBeforeValue = false
    }

    /// Goes behind a value that turned out to be damaged, if its end can be found by its brackets alone.
    ///
    /// `start` is the offset at which the value begins, `depth` the number of brackets that were open there.
    public mutating func stepOver(damagedAt start: Int, depth: Int) -> Bool {
        guard depth >= 0, depth <= open.count, start >= 0, start <= bytes.count else { return false }
        guard let end = bytes.withUnsafeBufferPointer({ JSONElementScan.end(of: $0, at: start) }) else { return false }
        open.removeLast(open.count - depth)
        offset = end
        isFirst = false
        isBeforeValue = false
        return true
    }

    /// Steps over the value if it was not read, and sees that nothing but white space follows.
    public mutating func end() throws(ParseError) {
        try skip()
        try scan { scanner throws(ParseError) in
            scanner.skipSpace()
            guard scanner.offset == scanner.bytes.count else { throw scanner.failure("the end of the text") }
        }
    }

    // MARK: -

    private mutating func scan<Result>(
        _ body: (inout JSONScanner) throws(ParseError) -> Result
    ) throws(ParseError) -> Result {
        let start = offset
        let (result, end) = try bytes.withUnsafeBufferPointer { buffer throws(ParseError) in
            var scanner = JSONScanner(bytes: buffer, offset: start)
            let result = try body(&scanner)
            return (result, scanner.offset)
        }
        offset = end
        return result
    }

    /// The first byte of the value the reader stands before.
    private mutating func peek() throws(ParseError) -> UInt8 {
        guard isBeforeValue else { return 0 }
        return try scan { scanner throws(ParseError) in
            scanner.skipSpace()
            guard scanner.offset < scanner.bytes.count else { throw scanner.failure("a value") }
            return scanner.current
        }
    }

    private mutating func enter(_ bracket: UInt8, isObject: Bool) throws(ParseError) -> Bool {
        guard try peek() == bracket else { return false }
        guard open.count < depthLimit else {
            throw ParseError(.beyondLimit, "at most \(depthLimit) nested values", at: offset)
        }
        offset += 1
        open.append(isObject)
        isFirst = true
        isBeforeValue = false
        return true
    }

    private mutating func advance(isObject: Bool, closing: UInt8) throws(ParseError) -> Bool {
        guard open.last == isObject else { return false }
        try skip()
        let first = isFirst
        let isInside = try scan { scanner throws(ParseError) in
            scanner.skipSpace()
            if scanner.current == closing {
                scanner.offset += 1
                return false
            }
            if !first { try scanner.expect(UInt8(ascii: ","), isObject ? "a comma or }" : "a comma or ]") }
            scanner.skipSpace()
            return true
        }
        isFirst = false
        if !isInside { open.removeLast() }
        return isInside
    }

    /// Reads a number if `convert` makes something of its text, and leaves it otherwise.
    private mutating func numberText<Number>(
        _ convert: (_ text: String, _ isReal: Bool) -> Number?
    ) throws(ParseError) -> Number? {
        let first = try peek()
        guard first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else { return nil }
        let start = offset
        let isReal = try scan { scanner throws(ParseError) in try scanner.skipNumber() }
        guard let number = convert(String(decoding: bytes[start..<offset], as: UTF8.self), isReal) else {
            offset = start
            return nil
        }
        isBeforeValue = false
        return number
    }

    private mutating func readString(_ expected: String) throws(ParseError) -> String {
        let start = offset
        guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else {
            throw ParseError(start < bytes.count ? .malformed : .truncated, expected, at: start)
        }
        let hasEscapes = try scan { scanner throws(ParseError) in try scanner.skipString() }
        let content = bytes[start + 1..<offset - 1]
        let text = hasEscapes ? JSONReader.unescape(content)[...] : content
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a string that was checked before.
    static func unescape<Bytes: RandomAccessCollection>(_ content: Bytes) -> [UInt8]
    where Bytes.Element == UInt8, Bytes.Index == Int {
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var index = content.startIndex
        func unit(at start: Int) -> UInt32 {
            content[start..<start + 4].reduce(0) { $0 << 4 | (JSONScanner.digit($1) ?? 0) }
        }
        while index < content.endIndex {
            guard content[index] == UInt8(ascii: "\\") else {
                text.append(content[index])
                index += 1
                continue
            }
            switch content[index + 1] {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                var scalar = unit(at: index + 2)
                index += 4
                let low = index + 2
                if (0xD800...0xDBFF).contains(scalar), low + 6 <= content.endIndex, content[low] == UInt8(ascii: "\\"),
                    content[low + 1] == UInt8(ascii: "u"), (0xDC00...0xDFFF).contains(unit(at: low + 2))
                {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (unit(at: low + 2) - 0xDC00)
                    index += 6
                }
                text.append(contentsOf: String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
            default: text.append(content[index + 1])
            }
            index += 2
        }
        return text
    }
}
