/// Bytes that can be read from any position, as often as wished, from any thread, and never written.
public protocol ByteSource: Sendable {
    /// The number of bytes.
    var count: Int { get }

    /// What is damaged about the bytes as a whole, for a reader to note: known before the first byte is read.
    var damage: [ParseError] { get }

    /// Copies bytes from `offset` into `buffer` and returns how many there were: fewer than asked for only at the end.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int
}

extension ByteSource {
    public var damage: [ParseError] { [] }

    /// All bytes, if there are at most `limit` of them.
    public func bytes(limit: Int = 64 << 20) throws(ParseError) -> [UInt8] {
        try bytes(in: 0..<count, limit: limit)
    }

    /// The bytes of a range; fewer if the source ends before.
    public func bytes(in range: Range<Int>, limit: Int = 64 << 20) throws(ParseError) -> [UInt8] {
        let wanted = min(range.upperBound, count) - min(range.lowerBound, count)
        guard wanted <= limit else {
            throw ParseError(.beyondLimit, "at most \(limit) bytes, found \(wanted)", at: range.lowerBound)
        }
        guard wanted > 0 else { return [] }
        var failure: ParseError?
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            do throws(ParseError) {
                filled = try read(at: range.lowerBound, into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}

/// Bytes in memory.
public struct MemorySource: ByteSource {
    /// The bytes themselves.
    public let contents: [UInt8]

    /// Wraps bytes.
    public init(_ contents: [UInt8]) { self.contents = contents }

    public var count: Int { contents.count }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
        guard offset >= 0, offset < contents.count else { return 0 }
        let length = min(buffer.count, contents.count - offset)
        contents.withUnsafeBytes { bytes in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]))
        }
        return length
    }
}
