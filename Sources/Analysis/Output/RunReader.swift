#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads a sorted run back, line by line, through a small buffer.
///
/// A line is stored as its key (8 bytes), its length and its tie (4 bytes each), in the machine's byte order: a run
/// never outlives the process.
final class RunReader {
    private let descriptor: Int32
    private var buffer: [UInt8]
    private var position = 0
    private var end = 0
    private static let headerSize = 16
    private let path: String
    /// What went wrong: a run that ends before its end would lose lines without a word.
    private(set) var failure: OutputError?

    /// The current line.
    private(set) var line = SpillSorter.Line(key: 0, start: 0, count: 0, tie: 0)

    init(_ path: String, bufferSize: Int = 64 << 10) throws(OutputError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputError(path, errno: errno) }
        buffer = [UInt8](repeating: 0, count: bufferSize)
    }

    deinit { close(descriptor) }

    /// Lends the buffer that `line` points into.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        buffer.withUnsafeBufferPointer(body)
    }

    /// Goes to the next line; false at the end, and after a failure.
    func next() -> Bool {
        guard fill(RunReader.headerSize) else {
            if end > position { cutOff() }
            return false
        }
        let (key, count, tie) = buffer.withUnsafeBytes { bytes in
            (
                bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self),
                Int(bytes.loadUnaligned(fromByteOffset: position + 8, as: UInt32.self)),
                Int(bytes.loadUnaligned(fromByteOffset: position + 12, as: UInt32.self))
            )
        }
        guard fill(RunReader.headerSize + count) else {
            cutOff()
            return false
        }
        line = SpillSorter.Line(key: key, start: position + RunReader.headerSize, count: count, tie: min(tie, count))
        position += RunReader.headerSize + count
        return true
    }

    /// Makes sure that so many bytes stand in the buffer from `position` on.
    private func fill(_ wanted: Int) -> Bool {
        if end - position >= wanted { return true }
        buffer.withUnsafeMutableBytes { bytes in
            bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<end]))
        }
        end -= position
        position = 0
        if buffer.count < wanted { buffer.append(contentsOf: [UInt8](repeating: 0, count: wanted - buffer.count)) }
        while end < wanted {
            let found = buffer.withUnsafeMutableBytes { bytes in
                bytes.baseAddress.map { read(descriptor, $0 + end, bytes.count - end) } ?? 0
            }
            if found < 0, errno == EINTR { continue }
            if found < 0 { failure = OutputError(path, errno: errno) }
            guard found > 0 else { return false }
            end += found
        }
        return true
    }

    private func cutOff() {
        if failure == nil { failure = OutputError(path, "what was written there before can't be read back whole") }
    }

    /// Appends a line to a run.
    static func write(key: UInt64, tie: Int, _ line: UnsafeBufferPointer<UInt8>, to output: OutputFile) {
        withUnsafeTemporaryAllocation(byteCount: headerSize, alignment: 8) { header in
            header.storeBytes(of: key, as: UInt64.self)
            header.storeBytes(of: UInt32(truncatingIfNeeded: line.count), toByteOffset: 8, as: UInt32.self)
            header.storeBytes(of: UInt32(truncatingIfNeeded: tie), toByteOffset: 12, as: UInt32.self)
            output.append(UnsafeBufferPointer(header.bindMemory(to: UInt8.self)))
        }
        output.append(line)
    }
}
