import ArtifactModel
import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the evidence that a person means with a path.
enum EvidenceSearch {
    /// What lies at a path, judged by content, whatever it is called.
    enum Found {
        /// An iOS backup.
        case backup(BackupFolder)
        /// The file system of a device, or an archive that is expected to hold one.
        case fileSystem(FileSystemPlace)
    }

    /// Where a file system lies.
    struct FileSystemPlace {
        enum Content {
            case folder(EvidenceFolder)
            /// What is in it is not known yet.
            case archive(FileSource, ArchiveForm)
        }

        let content: Content
        /// Where below the path that was given, if it is not there.
        var below: String?
    }

    /// A piece of evidence below the path that was given.
    private struct Candidate {
        enum Kind { case backup, fileSystem }
        let kind: Kind
        let name: String
        let root: EvidenceFolder
    }

    /// More sub-folders than any folder of evidence has; beyond it the search ends.
    private static let folderLimit = 10_000

    /// The evidence at a path or, if it is none itself, the only one in a sub-folder or one level below that.
    static func evidence(at path: String) throws(EvidenceError) -> Found {
        if let archive = try file(at: path) { return archive }
        let root = try EvidenceFolder(path: path)
        if isBackup(root) || root.has("Manifest.db") { return .backup(try BackupFolder(path: path, root: root)) }
        if isDeviceRoot(root) { return .fileSystem(FileSystemPlace(content: .folder(root))) }
        let found = candidates(below: root)
        if let only = found.first, found.count == 1 {
            switch only.kind {
            case .backup: return .backup(try BackupFolder(path: path + "/" + only.name, root: only.root))
            case .fileSystem:
                return .fileSystem(FileSystemPlace(content: .folder(only.root), below: only.name))
            }
        }
        if found.isEmpty {
            // Parts of a backup: say what is missing.
            if root.hasFile("Manifest.plist") || root.hasFile("Manifest.mbdb") {
                return .backup(try BackupFolder(path: path, root: root))
            }
            return try onlyArchive(in: root, path)
        }
        throw several(found.map { line($0, path) }, path)
    }

    /// The backup at a path, or below it.
    static func backup(at path: String) throws(EvidenceError) -> BackupFolder {
        guard case .backup(let folder) = try evidence(at: path) else {
            throw EvidenceError(
                .notEvidence,
                "\(EvidenceError.shown(path)) is not an iOS backup, and none lies below it: expected a folder with "
                    + "Manifest.db and Info.plist or Manifest.plist.")
        }
        return folder
    }

    /// The archive at a path; nothing if a folder or nothing lies there.
    private static func file(at path: String) throws(EvidenceError) -> Found? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let shown = EvidenceError.shown(path)
        do throws(ParseError) {
            let source = try FileSource(named: path)
            if let form = try ArchiveForm.of(source) {
                return .fileSystem(FileSystemPlace(content: .archive(source, form)))
            }
        } catch {
            throw EvidenceError(.notOpenable, "\(shown) can't be opened (\(error)).")
        }
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        guard ["Manifest.db", "Info.plist", "Manifest.plist", "Status.plist"].contains(name) else {
            throw EvidenceError(
                .notEvidence,
                "\(shown) is neither a folder nor an archive that is read: expected \(EvidenceError.acceptedEvidence).")
        }
        throw EvidenceError(.notEvidence, "\(shown) is a file of a backup: give the folder of the backup.")
    }

    private static func candidates(below root: EvidenceFolder) -> [Candidate] {
        var found: [Candidate] = []
        func take(_ name: String, _ folder: EvidenceFolder) -> Bool {
            guard let kind: Candidate.Kind = isBackup(folder) ? .backup : isDeviceRoot(folder) ? .fileSystem : nil
            else { return false }
            found.append(Candidate(kind: kind, name: name, root: folder))
            return true
        }
        for name in root.folderNames(limit: folderLimit) {
            guard let folder = root.folder(name), !take(name, folder) else { continue }
            for below in folder.folderNames(limit: folderLimit) {
                guard let inner = folder.folder(below) else { continue }
                _ = take(name + "/" + below, inner)
            }
        }
        return found
    }

    /// Judged by the files that every backup has, whatever the folder is called.
    private static func isBackup(_ folder: EvidenceFolder) -> Bool {
        folder.hasFile("Manifest.db") && (folder.hasFile("Info.plist") || folder.hasFile("Manifest.plist"))
    }

    /// Judged by the home folder of the user `mobile`, as ``DeviceRoot`` does.
    private static func isDeviceRoot(_ folder: EvidenceFolder) -> Bool {
        if folder.folder("private")?.folder("var")?.folder("mobile") != nil { return true }
        if folder.folder("var")?.folder("mobile") != nil { return true }
        guard let home = folder.folder("mobile") else { return false }
        return ["Library", "Containers", "Media", "Applications"].contains { home.folder($0) != nil }
    }

    /// The archive directly in a folder, as tools put it beside their reports.
    private static func onlyArchive(in root: EvidenceFolder, _ path: String) throws(EvidenceError) -> Found {
        var names: [String] = []
        root.names(of: .file, limit: folderLimit) { names.append(String(decoding: $0, as: UTF8.self)) }
        names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var archives: [(name: String, source: FileSource, form: ArchiveForm)] = []
        for name in names {
            guard let source = try? root.file(name), let form = try? ArchiveForm.of(source) else { continue }
            archives.append((name, source, form))
            // One descriptor each; enough to say that there are several.
            if archives.count == 60 { break }
        }
        let shown = EvidenceError.shown(path)
        guard let only = archives.first else {
            throw EvidenceError(
                .notEvidence,
                "\(shown) is no evidence that is read, and none lies in its sub-folders: expected "
                    + "\(EvidenceError.acceptedEvidence). A backup has Manifest.db and Info.plist or Manifest.plist; a "
                    + "file system has private/var/mobile, var/mobile, or mobile with its Library.")
        }
        guard archives.count == 1 else {
            throw several(archives.map { EvidenceError.shown($0.name) + ", archive" }, path)
        }
        return .fileSystem(FileSystemPlace(content: .archive(only.source, only.form), below: only.name))
    }

    private static func several(_ lines: [String], _ path: String) -> EvidenceError {
        EvidenceError(
            .several,
            "\(EvidenceError.shown(path)) holds \(lines.count) pieces of evidence: give the path of one of them.\n"
                + lines.prefix(50).map { "  " + $0 }.joined(separator: "\n") + (lines.count > 50 ? "\n  …" : ""))
    }

    /// Folder, device and date of one piece of evidence among several.
    private static func line(_ candidate: Candidate, _ path: String) -> String {
        let name = EvidenceError.shown(candidate.name)
        guard candidate.kind == .backup else { return name + ", file system" }
        let folder = try? BackupFolder(path: path + "/" + candidate.name, root: candidate.root)
        let summary = folder?.summary(path: candidate.name, isEncrypted: false)
        var date = "no date"
        if let taken = summary?.taken {
            var text = TextBuffer()
            text.append(taken)
            // To the second: 2021-11-03T07:12:09Z
            date = String(text.string.prefix(19)) + "Z"
        }
        return [name, EvidenceError.shown(summary?.device.name ?? "no device name"), date].joined(separator: ", ")
    }
}
