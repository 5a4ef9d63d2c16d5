#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads a file of lines piece by piece; a line that is longer than the limit is passed over and reported.
final class LineReader {
    /// How many bytes a line may have.
    static let lineLimit = 64 << 20

    /// A line, or the news that there was one that is too long.
    enum Line {
        case whole([UInt8])
        case tooLong
    }

    private let descriptor: Int32
    private let limit: Int
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    private var position = 0
    private var end = 0
    /// What the operating system said when reading failed, or 0.
    private(set) var failure: Int32 = 0

    /// Opens a regular file; throws the operating system's reason, also when it is something else.
    init(_ path: String, limit: Int = LineReader.lineLimit) throws(OutputError) {
        self.limit = limit
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw OutputError(path, errno: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw OutputError(path, "a regular file is expected")
        }
    }

    deinit { close(descriptor) }

    /// The next line without its end, or nothing at the end of the file.
    func next() -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        var hasBytes = false
        while true {
            if position == end, !fill() {
                guard hasBytes else { return nil }
                return isTooLong ? .tooLong : .whole(line)
            }
            hasBytes = true
            let rest = buffer[position..<end]
            let stop = rest.firstIndex(of: UInt8(ascii: "\n"))
            let piece = rest[position..<(stop ?? end)]
            if line.count + piece.count > limit {
                isTooLong = true
                line.removeAll()
            } else if !isTooLong {
                line.append(contentsOf: piece)
            }
            position = stop.map { $0 + 1 } ?? end
            if stop != nil { return isTooLong ? .tooLong : .whole(line) }
        }
    }

    private func fill() -> Bool {
        while failure == 0 {
            let length = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if length < 0 {
                if errno == EINTR { continue }
                failure = errno
                return false
            }
            (position, end) = (0, length)
            return length > 0
        }
        return false
    }

    /// The bytes of a small file, at most `limit` of them.
    static func bytes(_ path: String, limit: Int) throws(OutputError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw OutputError(path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw OutputError(path, "a regular file is expected")
        }
        guard status.st_size <= limit else { throw OutputError(path, "at most \(limit) bytes are expected") }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 256 << 10)
        while bytes.count <= limit {
            let length = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else { throw OutputError(path, errno: errno) }
            if length == 0 { return bytes }
            bytes.append(contentsOf: piece[..<length])
        }
        throw OutputError(path, "at most \(limit) bytes are expected")
    }
}
