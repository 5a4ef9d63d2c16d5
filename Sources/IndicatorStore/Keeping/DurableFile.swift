import Foundation

/// Writes files so that a crash, a full disk or a cut in the power leaves the old one or the new one, never a half.
enum DurableFile {
    /// Writes a file beside its final name, makes sure that it is on the disk, and gives it the name in one step.
    static func replace(_ path: String, with bytes: [UInt8]) throws(StoreError) {
        let beside = path + ".partial"
        do throws(StoreError) {
            let file = try open(creating: beside)
            defer { close(file) }
            try write(bytes, to: file, beside)
            try synchronize(file, beside)
            try move(beside, to: path)
        } catch {
            unlink(beside)
            throw error
        }
    }

    /// Gives a file another name in one step, and makes sure that the folder knows it.
    static func move(_ path: String, to target: String) throws(StoreError) {
        guard rename(path, target) == 0 else { throw unwritable(target, errno) }
        try synchronize(folder: parent(of: target))
    }

    /// Opens a new file that only its owner can read.
    static func open(creating path: String) throws(StoreError) -> Int32 {
        let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw unwritable(path, errno) }
        return descriptor
    }

    /// Writes all bytes.
    static func write(_ bytes: some ContiguousBytes, to descriptor: Int32, _ path: String) throws(StoreError) {
        let cause: Int32 = bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty, let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress {
                let written = Foundation.write(descriptor, start, rest.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                rest = rest.dropFirst(written)
            }
            return 0
        }
        guard cause == 0 else { throw unwritable(path, cause) }
    }

    /// Makes sure that what was written is on the disk.
    static func synchronize(_ descriptor: Int32, _ path: String) throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw unwritable(path, errno) }
    }

    /// Makes sure that the names in a folder are on the disk.
    static func synchronize(folder: String) throws(StoreError) {
        let descriptor = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unwritable(folder, errno) }
        defer { close(descriptor) }
        // Some file systems can't do that for folders, and need it not.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw unwritable(folder, errno) }
    }

    /// Makes a folder, and those above it, for its owner only.
    static func makeFolder(_ path: String) throws(StoreError) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw unwritable(path, ENOTDIR) }
            return
        }
        let above = parent(of: path)
        if above != path { try makeFolder(above) }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw unwritable(path, errno) }
    }

    /// All bytes of an ordinary file, if there are at most `limit`; nothing if there is no such file.
    static func bytes(_ path: String, limit: Int) throws(StoreError) -> [UInt8]? {
        // Not to wait for the other end of a pipe that stands under the name.
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw StoreError(.noInput, "\(path) can't be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw StoreError(.data, "\(path) is not an ordinary file.")
        }
        guard status.st_size <= limit else {
            throw StoreError(.data, "\(path) is larger than \(limit) bytes, more than such a file ever needs.")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let length = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { read(descriptor, $0 + filled, buffer.count - filled) } ?? 0
            }
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else {
                throw StoreError(.noInput, "\(path) can't be read: \(String(cString: strerror(errno))).")
            }
            guard length > 0 else { break }
            filled += length
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    /// The folder that a path lies in.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func unwritable(_ path: String, _ code: Int32) -> StoreError {
        let advice =
            switch code {
            case ENOSPC, EDQUOT, EFBIG: "; make room. What was there before is unchanged"
            case EACCES, EPERM, EROFS: "; this account may not write there"
            default: ""
            }
        return StoreError(.cantCreate, "\(path) can't be written: \(String(cString: strerror(code)))\(advice).")
    }
}
