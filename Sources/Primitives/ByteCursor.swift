/// A position in bytes that are not trusted: every read is checked against what is left.
public struct ByteCursor: Sendable {
    /// The bytes.
    public let bytes: [UInt8]
    /// The next byte to read, at most `bytes.count`.
    public private(set) var offset: Int

    /// Starts at `offset`, or at the end if the bytes are fewer.
    public init(_ bytes: [UInt8], at offset: Int = 0) {
        self.bytes = bytes
        self.offset = min(max(offset, 0), bytes.count)
    }

    /// How many bytes are left.
    public var remaining: Int { bytes.count - offset }
    /// Whether nothing is left.
    public var isAtEnd: Bool { offset == bytes.count }

    /// The next bytes, as many as asked for.
    public mutating func take(_ count: Int, _ expected: @autoclosure () -> String) throws(ParseError) -> ArraySlice<
        UInt8
    > {
        guard count >= 0, count <= remaining else { throw ParseError(.truncated, expected(), at: offset) }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    /// Goes on behind `count` bytes.
    public mutating func skip(_ count: Int, _ expected: @autoclosure () -> String) throws(ParseError) {
        _ = try take(count, expected())
    }

    /// An unsigned number of 1 to 8 bytes, most significant byte first.
    public mutating func bigEndian(bytes count: Int, _ expected: @autoclosure () -> String) throws(ParseError) -> UInt64
    {
        precondition(count <= 8)
        return try take(count, expected()).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// An unsigned number of 1 to 8 bytes, least significant byte first.
    public mutating func littleEndian(bytes count: Int, _ expected: @autoclosure () -> String) throws(ParseError)
        -> UInt64
    {
        precondition(count <= 8)
        return try take(count, expected()).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// One byte.
    public mutating func byte(_ expected: @autoclosure () -> String) throws(ParseError) -> UInt8 {
        guard offset < bytes.count else { throw ParseError(.truncated, expected(), at: offset) }
        defer { offset += 1 }
        return bytes[offset]
    }
}
