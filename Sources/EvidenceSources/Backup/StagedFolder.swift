import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder that is written beside its final name, for nobody else to read, and renamed when it is whole.
final class StagedFolder: Sendable {
    private let destination: String
    private let staging: String

    /// Makes the folder; refuses a place in or below the evidence, and one that holds something.
    init(for path: String, outside evidence: EvidenceFolder) throws(EvidenceError) {
        var cut = path
        while cut.count > 1, cut.hasSuffix("/") { cut.removeLast() }
        destination = cut
        let name = cut.split(separator: "/").last.map(String.init) ?? ""
        let shown = EvidenceError.shown(cut)
        guard !name.isEmpty, name != ".", name != ".." else {
            throw EvidenceError(.outputRefused, "\(shown) can't be written to: expected the name of a new folder.")
        }
        let parent = cut.contains("/") ? String(cut.dropLast(name.count)) : "."
        guard access(parent, W_OK) == 0 else {
            throw EvidenceError(
                .outputRefused, "The folder that is to hold \(shown) is not there or can't be written to.")
        }
        guard !evidence.contains(folderAt: parent) else {
            throw EvidenceError(
                .outputRefused,
                "\(shown) lies in the backup itself, and evidence is never changed: give another folder.")
        }
        var status = stat()
        if lstat(cut, &status) == 0 {
            // Only an empty folder can be removed, so this refuses everything else.
            guard status.st_mode & S_IFMT == S_IFDIR, !evidence.contains(folderAt: cut), rmdir(cut) == 0 else {
                throw EvidenceError(
                    .outputRefused, "\(shown) exists and is not an empty folder: expected a new or empty one.")
            }
        }
        var template = Array((parent + (parent.hasSuffix("/") ? "" : "/") + ".\(name).partial-XXXXXX").utf8CString)
        guard template.withUnsafeMutableBufferPointer({ buffer in buffer.baseAddress.flatMap { mkdtemp($0) } }) != nil
        else {
            throw EvidenceError(
                .outputRefused, "No folder can be made beside \(shown) (\(String(cString: strerror(errno)))).")
        }
        staging = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Writes one file, at most one level deep, with mode 0600; returns its size in bytes.
    ///
    /// Throws ``ParseError`` when the source can't be read, and then leaves no file, and ``EvidenceError`` when the
    /// output can't be written.
    func write(_ source: any ByteSource, folder: String?, name: String, modified: Timestamp?) throws -> Int {
        var path = staging
        if let folder {
            path += "/" + folder
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw StagedFolder.refused(errno) }
        }
        path += "/" + name
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            // Two rows of one file id: the second is damage of the manifest, not of the disk.
            if errno == EEXIST { throw ParseError(.malformed, "one row for every file id", in: "Manifest.db") }
            throw StagedFolder.refused(errno)
        }
        defer { close(descriptor) }
        do {
            try source.forEachPiece { piece in
                try Task.checkCancellation()
                var rest = piece
                while let start = rest.baseAddress, !rest.isEmpty {
                    #if canImport(Glibc)
                        let length = Glibc.write(descriptor, start, rest.count)
                    #else
                        let length = Darwin.write(descriptor, start, rest.count)
                    #endif
                    if length < 0 {
                        guard errno == EINTR else { throw StagedFolder.refused(errno) }
                    } else {
                        rest = UnsafeRawBufferPointer(rebasing: rest[length...])
                    }
                }
            }
        } catch {
            unlink(path)
            throw error
        }
        if let modified {
            let (seconds, rest) = modified.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
            let floor = rest < 0 ? seconds - 1 : seconds
            let time = timespec(tv_sec: Int(floor), tv_nsec: Int(modified.microseconds - floor * 1_000_000) * 1_000)
            var times = [time, time]
            futimens(descriptor, &times)
        }
        return source.count
    }

    /// Gives the folder its final name.
    func finish() throws {
        try Task.checkCancellation()
        guard rename(staging, destination) == 0 else { throw StagedFolder.refused(errno) }
    }

    /// Removes what was written: files at most one level deep, as they were made.
    func discard() {
        guard let folder = try? EvidenceFolder(path: staging) else { return }
        for name in folder.folderNames(limit: .max) {
            folder.folder(name)?.names(of: .file) { file in
                unlink(staging + "/" + name + "/" + String(decoding: file, as: UTF8.self))
            }
            rmdir(staging + "/" + name)
        }
        folder.names(of: .file) { file in unlink(staging + "/" + String(decoding: file, as: UTF8.self)) }
        rmdir(staging)
    }

    private static func refused(_ cause: Int32) -> EvidenceError {
        EvidenceError(.outputRefused, "The output can't be written (\(String(cString: strerror(cause)))).")
    }
}
