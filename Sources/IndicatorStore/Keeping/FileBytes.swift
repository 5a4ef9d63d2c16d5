import Crypto
import Foundation
public import Primitives

/// The bytes of an ordinary file, read where they lie.
public final class FileBytes: ByteSource {
    private let descriptor: Int32
    public let count: Int

    /// Opens a file; throws a sentence if there is none, or something else stands under the name.
    public init(_ path: String) throws(StoreError) {
        // Not to wait for the other end of a pipe that stands under the name.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw StoreError(.noInput, "\(path) can't be read: \(String(cString: strerror(errno))).")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw StoreError(.noInput, "\(path) can't be read: it is not an ordinary file.")
        }
        count = Int(status.st_size)
    }

    deinit { close(descriptor) }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
        guard offset >= 0, offset < count else { return 0 }
        var filled = 0
        while filled < buffer.count, let start = buffer.baseAddress {
            let length = pread(descriptor, start + filled, buffer.count - filled, off_t(offset + filled))
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else { throw ParseError(.unreadable, "a file that can be read", at: offset) }
            guard length > 0 else { break }
            filled += length
        }
        return filled
    }

    /// SHA-256 of all bytes in lower-case hexadecimal digits.
    public func digest() throws(ParseError) -> String {
        var hash = SHA256()
        var offset = 0
        while offset < count {
            let piece = try bytes(in: offset..<min(count, offset + 1 << 20))
            guard !piece.isEmpty else { break }
            hash.update(data: piece)
            offset += piece.count
        }
        return hash.finalize().hexadecimal
    }
}

extension IndicatorStore {
    /// The content of a file, compared with its SHA-256 and then read where it lies.
    public func source(of file: StoredFile) throws(StoreError) -> FileBytes {
        if let source = try? FileBytes(path(of: file)), source.count == file.size,
            let digest = try? source.digest(), digest == file.digest
        {
            return source
        }
        throw StoreError(
            .data,
            "\(file.name) in the store is damaged or missing: its content is not what was stored. Add or update it "
                + "again, or go back with 'bridle indicators rollback'.")
    }
}
