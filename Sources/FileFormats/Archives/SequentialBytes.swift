public import Primitives

/// Bytes that are read forwards, and whose number is known only when their end was seen.
public protocol SequentialBytes {
    /// Where the bytes end, once that is known; behind it, nothing can be read.
    var end: Int? { get }

    /// Copies bytes from `offset`, which is never before the end of what was read earlier; fewer than asked for only
    /// at the end.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int
}

/// A file, read forwards.
public struct ForwardSource: SequentialBytes {
    private let source: any ByteSource

    /// Reads a file.
    public init(_ source: any ByteSource) { self.source = source }

    public var end: Int? { source.count }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
        try source.read(at: offset, into: buffer)
    }
}

/// Bytes up to a limit, behind which reading ends with an error: what keeps a small archive from becoming endless.
public struct LimitedBytes: SequentialBytes {
    private let bytes: any SequentialBytes
    private let limit: Int

    /// Limits bytes that are unpacked from `stored` bytes.
    ///
    /// A file system seldom becomes smaller than a third of itself; two hundred times leaves room for empty disks.
    public init(_ bytes: any SequentialBytes, unpackedFrom stored: Int) {
        self.bytes = bytes
        let (product, isTooLarge) = stored.multipliedReportingOverflow(by: 200)
        limit = (isTooLarge ? Int.max >> 1 : min(product, .max >> 1)) + 256 << 20
    }

    /// Ends behind `limit` bytes.
    public init(_ bytes: any SequentialBytes, limit: Int) {
        self.bytes = bytes
        self.limit = limit
    }

    public var end: Int? { bytes.end.map { min($0, limit) } }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
        guard offset <= limit, buffer.count <= limit - offset else {
            throw ParseError(.beyondLimit, "at most \(limit) bytes of unpacked content", at: offset)
        }
        return try bytes.read(at: offset, into: buffer)
    }
}

/// A part of a larger source, as a source of its own.
public struct PartSource: ByteSource {
    private let whole: any ByteSource
    private let start: Int
    public let count: Int
    public let damage: [ParseError]

    /// The bytes of a range, as far as they are there.
    public init(_ whole: any ByteSource, _ range: Range<Int>, damage: [ParseError] = []) {
        self.whole = whole
        start = max(0, min(range.lowerBound, whole.count))
        count = max(0, min(range.upperBound, whole.count) - start)
        self.damage = damage
    }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
        guard offset >= 0, offset < count else { return 0 }
        let wanted = min(buffer.count, count - offset)
        return try whole.read(at: start + offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
    }
}
