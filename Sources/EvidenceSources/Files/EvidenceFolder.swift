import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder of the evidence, held open, so that nothing above it can be exchanged while it is read.
///
/// Names below it are opened one by one and never through a symbolic link.
final class EvidenceFolder: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Opens the folder that a person named; here, and only here, a symbolic link is followed.
    init(path: String) throws(EvidenceError) {
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else {
            let shown = EvidenceError.shown(path)
            switch errno {
            case ENOENT:
                throw EvidenceError(
                    .notThere, "There is nothing at \(shown): expected \(EvidenceError.acceptedEvidence).")
            case ENOTDIR:
                throw EvidenceError(
                    .notEvidence, "\(shown) is not a folder: expected \(EvidenceError.acceptedEvidence).")
            default:
                throw EvidenceError(
                    .notOpenable,
                    "\(shown) can't be opened (\(String(cString: strerror(errno)))): expected a folder "
                        + "that this account may read.")
            }
        }
        descriptor = opened
    }

    /// A direct sub-folder, if there is one of that name that is not a symbolic link.
    func folder(_ name: String) -> EvidenceFolder? {
        let opened = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        return opened >= 0 ? EvidenceFolder(descriptor: opened) : nil
    }

    /// The same for a name that need not be text.
    func folder(bytes name: some Sequence<UInt8>) -> EvidenceFolder? {
        let opened = openat(
            descriptor, name.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        return opened >= 0 ? EvidenceFolder(descriptor: opened) : nil
    }

    /// A regular file directly in this folder, by a name that need not be text.
    func file(bytes name: some Sequence<UInt8>) throws(ParseError) -> FileSource {
        let name = name.map { CChar(bitPattern: $0) } + [0]
        return try FileSource(
            descriptor: openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK), errno)
    }

    /// A regular file directly in this folder, opened for reading.
    func file(_ name: String) throws(ParseError) -> FileSource {
        // Without O_NONBLOCK, opening a named pipe would wait for somebody to write into it.
        try FileSource(descriptor: openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK), errno)
    }

    /// Whether a regular file of this name lies directly in this folder.
    func hasFile(_ name: String) -> Bool { kind(of: name) == S_IFREG }

    /// Whether anything of this name lies directly in this folder, a symbolic link included.
    func has(_ name: String) -> Bool { kind(of: name) != nil }

    private func kind(of name: UnsafePointer<CChar>) -> mode_t? {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return status.st_mode & S_IFMT
    }

    /// The names of regular files or of folders directly in this folder, in no order, at most `limit` of them, and not
    /// those that begin with a dot.
    func names(of wanted: Member, limit: Int = .max, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        members(limit: limit) { member, name in
            guard member == wanted, name.first != UInt8(ascii: ".") else { return false }
            body(name)
            return true
        }
    }

    /// Lends every regular file and folder directly in this folder, in no order, until `limit` were taken.
    ///
    /// Returns false if the folder can't be listed to its end.
    @discardableResult func members(
        limit: Int = .max, _ take: (Member, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        // The stream takes the descriptor that it is made from, so it gets one of its own.
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { return false }
        guard let stream = fdopendir(own) else {
            close(own)
            return false
        }
        defer { closedir(stream) }
        var found = 0
        while found < limit {
            errno = 0
            guard let entry = readdir(stream) else { return errno == 0 }
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let length = strlen(start)
            let member: Member
            switch Int32(entry.pointee.d_type) {
            case Int32(DT_REG): member = .file
            case Int32(DT_DIR): member = .folder
            // Some file systems do not tell here.
            case Int32(DT_UNKNOWN):
                switch kind(of: start) {
                case S_IFREG: member = .file
                case S_IFDIR: member = .folder
                default: continue
                }
            default: continue
            }
            guard length > 0, strcmp(start, ".") != 0, strcmp(start, "..") != 0 else { continue }
            let isTaken = start.withMemoryRebound(to: UInt8.self, capacity: length) {
                take(member, UnsafeBufferPointer(start: $0, count: length))
            }
            if isTaken { found += 1 }
        }
        return true
    }

    /// What ``names(of:limit:_:)`` looks for.
    enum Member { case file, folder }

    /// The names of direct sub-folders in byte order, at most `limit` of them.
    func folderNames(limit: Int) -> [String] {
        var names: [String] = []
        self.names(of: .folder, limit: limit) { names.append(String(decoding: $0, as: UTF8.self)) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether a folder, or one above it, is this folder; a folder that can't be opened counts as such.
    func contains(folderAt path: String) -> Bool {
        var own = stat()
        guard fstat(descriptor, &own) == 0 else { return true }
        var current = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard current >= 0 else { return true }
        defer { close(current) }
        // 4096 is more than the longest path has components; the root is its own parent.
        for _ in 0..<4_096 {
            var here = stat()
            guard fstat(current, &here) == 0 else { return true }
            if here.st_dev == own.st_dev, here.st_ino == own.st_ino { return true }
            let parent = openat(current, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard parent >= 0 else { return false }
            close(current)
            current = parent
            var above = stat()
            guard fstat(current, &above) == 0 else { return true }
            if above.st_dev == here.st_dev, above.st_ino == here.st_ino { return false }
        }
        return true
    }
}
