#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whole files, for evidence that we made ourselves.
enum FileBytes {
    /// Writes or replaces a file.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw SyntheticEvidenceError("expected a file that can be written: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let length = bytes.withUnsafeBytes { memory in
                pwrite(descriptor, memory.baseAddress.map { $0 + written }, memory.count - written, off_t(written))
            }
            guard length > 0 else {
                throw SyntheticEvidenceError("expected room for a file: \(String(cString: strerror(errno)))")
            }
            written += length
        }
    }

    /// Reads a file.
    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SyntheticEvidenceError("expected the file that was written just now") }
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        var bytes = [UInt8](repeating: 0, count: max(0, size))
        var filled = 0
        while filled < bytes.count {
            let length = bytes.withUnsafeMutableBytes { memory in
                pread(descriptor, memory.baseAddress.map { $0 + filled }, memory.count - filled, off_t(filled))
            }
            guard length > 0 else { throw SyntheticEvidenceError("expected the whole file that was written just now") }
            filled += length
        }
        return bytes
    }

    /// Removes a file, if it is there.
    static func remove(_ path: String) { unlink(path) }
}
