import ArtifactModel
import Primitives

/// Finds the backup that a person means with a path.
enum BackupSearch {
    /// More sub-folders than any folder of backups has; beyond it the search ends.
    private static let folderLimit = 10_000

    /// The backup at a path or, if it is none itself, the only one in a sub-folder or one level below that.
    static func folder(at path: String) throws(EvidenceError) -> BackupFolder {
        let root = try EvidenceFolder(path: path)
        if isBackup(root) || root.has("Manifest.db") { return try BackupFolder(path: path, root: root) }
        var found: [(name: String, root: EvidenceFolder)] = []
        for name in root.folderNames(limit: folderLimit) {
            guard let folder = root.folder(name) else { continue }
            if isBackup(folder) {
                found.append((name, folder))
                continue
            }
            for below in folder.folderNames(limit: folderLimit) {
                guard let inner = folder.folder(below), isBackup(inner) else { continue }
                found.append((name + "/" + below, inner))
            }
        }
        if found.count == 1 { return try BackupFolder(path: path + "/" + found[0].name, root: found[0].root) }
        let shown = EvidenceError.shown(path)
        if found.isEmpty {
            // Parts of a backup: say what is missing.
            if root.hasFile("Manifest.plist") || root.hasFile("Manifest.mbdb") {
                return try BackupFolder(path: path, root: root)
            }
            throw EvidenceError(
                .notEvidence,
                "\(shown) is not an iOS backup and has none in its sub-folders: expected a folder with "
                    + "Manifest.db and Info.plist or Manifest.plist.")
        }
        throw EvidenceError(
            .several,
            "\(shown) holds \(found.count) backups: give the folder of one of them.\n"
                + found.prefix(50).map { "  " + line($0.name, path, $0.root) }.joined(separator: "\n")
                + (found.count > 50 ? "\n  …" : ""))
    }

    /// Judged by the files that every backup has, whatever the folder is called.
    private static func isBackup(_ folder: EvidenceFolder) -> Bool {
        folder.hasFile("Manifest.db") && (folder.hasFile("Info.plist") || folder.hasFile("Manifest.plist"))
    }

    /// Folder, device and date of one backup among several.
    private static func line(_ name: String, _ path: String, _ root: EvidenceFolder) -> String {
        let summary = (try? BackupFolder(path: path + "/" + name, root: root))?.summary(path: name, isEncrypted: false)
        var date = "no date"
        if let taken = summary?.taken {
            var text = TextBuffer()
            text.append(taken)
            // To the second: 2021-11-03T07:12:09Z
            date = String(text.string.prefix(19)) + "Z"
        }
        return [EvidenceError.shown(name), EvidenceError.shown(summary?.device.name ?? "no device name"), date]
            .joined(separator: ", ")
    }
}
