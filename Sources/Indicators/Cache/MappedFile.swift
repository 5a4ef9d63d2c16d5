#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files of the cache: read by mapping them, written beside and renamed.
enum MappedFile {
    /// Maps a regular file that belongs to this account and that nobody else may write; `nil` for everything else.
    ///
    /// The mapping stays readable when the file is removed or replaced. One that is made shorter in place ends the
    /// process when what is gone is touched; only this account could do that, and nothing here does.
    static func map(_ path: String) -> UnsafeRawBufferPointer? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            status.st_mode & (S_IWGRP | S_IWOTH) == 0, status.st_size > 0, status.st_size <= 1 << 40
        else { return nil }
        #if canImport(Glibc)
            let flags = MAP_PRIVATE | MAP_POPULATE
        #else
            let flags = MAP_PRIVATE
        #endif
        let length = Int(status.st_size)
        guard let start = mmap(nil, length, PROT_READ, flags, descriptor, 0), start != MAP_FAILED else { return nil }
        return UnsafeRawBufferPointer(start: start, count: length)
    }

    /// Gives a mapping back.
    static func unmap(_ memory: UnsafeRawBufferPointer, _ length: Int) {
        guard let start = memory.baseAddress else { return }
        munmap(UnsafeMutableRawPointer(mutating: start), length)
    }

    /// Writes pieces into a new file beside the path, which nobody else can read, and puts it in the path's place.
    ///
    /// Returns the C library's number of the error, or 0. Nothing is left behind when there is no more room.
    static func replace(_ path: String, with pieces: [UnsafeRawBufferPointer]) -> Int32 {
        for attempt in 0..<16 {
            let temporary = "\(path).\(getpid())-\(attempt)\(unfinished)"
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                if errno == EEXIST { continue }
                return errno
            }
            var failure = write(pieces, descriptor)
            if failure == 0, fsync(descriptor) != 0 { failure = errno }
            if close(descriptor) != 0, failure == 0 { failure = errno }
            if failure == 0, rename(temporary, path) != 0 { failure = errno }
            if failure != 0 { unlink(temporary) }
            return failure
        }
        return EEXIST
    }

    private static func write(_ pieces: [UnsafeRawBufferPointer], _ descriptor: Int32) -> Int32 {
        for piece in pieces {
            var offset = 0
            while offset < piece.count, let start = piece.baseAddress {
                #if canImport(Glibc)
                    let count = Glibc.write(descriptor, start + offset, min(piece.count - offset, 1 << 26))
                #else
                    let count = Darwin.write(descriptor, start + offset, min(piece.count - offset, 1 << 26))
                #endif
                if count < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                guard count > 0 else { return ENOSPC }
                offset += count
            }
        }
        return 0
    }

    /// Makes a folder that only this account can look into, unless it is there.
    static func makeFolder(_ path: String) -> Int32 {
        mkdir(path, 0o700) == 0 || errno == EEXIST ? 0 : errno
    }

    /// The names of regular files in a folder that begin and end as given, the newest first.
    static func names(in folder: String, prefix: String, suffix: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var found: [(name: String, moment: Int, fraction: Int)] = []
        // No folder of ours has more.
        while found.count < 10_000, let entry = readdir(stream) {
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let name = String(cString: start)
            guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { continue }
            var status = stat()
            guard lstat(folder + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            #if canImport(Glibc)
                found.append((name, status.st_mtim.tv_sec, status.st_mtim.tv_nsec))
            #else
                found.append((name, status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec))
            #endif
        }
        return found.sorted { ($1.moment, $1.fraction, $1.name) < ($0.moment, $0.fraction, $0.name) }.map(\.name)
    }

    /// How the name of a file ends that is being written.
    private static let unfinished = ".new"

    /// Removes what processes left behind that were ended while they wrote; the name of a file says which process it was.
    static func removeRemains(in folder: String, prefix: String) {
        for name in names(in: folder, prefix: prefix, suffix: unfinished) {
            let numbers = name.dropLast(unfinished.count).split(separator: ".").last?.split(separator: "-")
            guard let process = numbers?.first.flatMap({ Int32($0) }), process > 0, kill(process, 0) != 0,
                errno == ESRCH
            else { continue }
            remove(folder + "/" + name)
        }
    }

    /// Removes a file.
    static func remove(_ path: String) { unlink(path) }

    /// What the C library says of a number of an error.
    static func words(_ error: Int32) -> String { String(cString: strerror(error)) }
}
