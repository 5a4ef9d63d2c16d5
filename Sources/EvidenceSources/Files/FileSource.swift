import Crypto
public import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A regular file, read in place.
///
/// With `pread`, and not mapped into memory: when a file becomes shorter while it is mapped, touching what is gone ends
/// the process.
public final class FileSource: ByteSource {
    private let descriptor: Int32
    /// The size in bytes at the moment of opening.
    public let count: Int
    /// When the content last changed, as the file system says.
    let modified: Timestamp?
    /// Kind and permissions as in `st_mode` of POSIX.
    let mode: UInt32
    /// Whether most of a very large file is holes, which take hours to read and hold nothing.
    let isSparse: Bool

    /// Opens a regular file for reading. A symbolic link in place of it is refused.
    public convenience init(path: String) throws(ParseError) {
        try self.init(descriptor: open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK), errno)
    }

    /// Opens the file that a person named; here, and only here, a symbolic link is followed.
    convenience init(named path: String) throws(ParseError) {
        try self.init(descriptor: open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), errno)
    }

    /// Takes a descriptor over, or says in our words why there is none.
    init(descriptor: Int32, _ cause: Int32) throws(ParseError) {
        guard descriptor >= 0 else {
            switch cause {
            case ENOENT, ENOTDIR: throw ParseError(.absent, "a file in the container")
            case ELOOP: throw ParseError(.malformed, "a regular file, not a symbolic link")
            default:
                throw ParseError(
                    .unreadable, "a file that this account may read (\(String(cString: strerror(cause))))")
            }
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ParseError(.malformed, "a regular file")
        }
        self.descriptor = descriptor
        count = max(0, Int(status.st_size))
        mode = UInt32(status.st_mode)
        #if canImport(Glibc)
            let (seconds, nanoseconds) = (Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec))
        #else
            let (seconds, nanoseconds) = (Int64(status.st_mtimespec.tv_sec), Int64(status.st_mtimespec.tv_nsec))
        #endif
        let (scaled, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000)
        modified = isTooLarge ? nil : Timestamp(microseconds: scaled &+ nanoseconds / 1_000)
        isSparse = count > 1 << 30 && Int(status.st_blocks) < count / 512 / 4
    }

    deinit { close(descriptor) }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
        guard offset >= 0, offset < count, let start = buffer.baseAddress else { return 0 }
        let wanted = min(buffer.count, count - offset)
        var filled = 0
        while filled < wanted {
            let length = pread(descriptor, start + filled, wanted - filled, off_t(offset + filled))
            if length > 0 {
                filled += length
            } else if length == 0 {
                break
            } else if errno != EINTR {
                throw ParseError(
                    .unreadable, "bytes of the file (\(String(cString: strerror(errno))))", at: offset + filled)
            }
        }
        return filled
    }
}

extension ByteSource {
    /// Lends all bytes, piece by piece.
    func forEachPiece(
        of size: Int = 1 << 20, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { memory.deallocate() }
        var offset = 0
        while offset < count {
            let length = try read(at: offset, into: memory)
            guard length > 0 else {
                throw ParseError(.truncated, "\(count) bytes, as when the file was opened", at: offset)
            }
            try body(UnsafeRawBufferPointer(rebasing: memory[..<length]))
            offset += length
        }
    }

    /// SHA-256 of all bytes in lower-case hexadecimal digits.
    func sha256() throws(ParseError) -> String {
        if let file = self as? FileSource, file.isSparse {
            throw ParseError(.beyondLimit, "a file without holes of gigabytes")
        }
        var hash = SHA256()
        do {
            try forEachPiece { hash.update(bufferPointer: $0) }
        } catch let error as ParseError {
            throw error
        } catch {
            throw ParseError(.unreadable, "bytes of the file")
        }
        return Hexadecimal.text(hash.finalize())
    }
}
