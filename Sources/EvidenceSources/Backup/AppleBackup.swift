public import ArtifactModel
import Crypto
import FileFormats
public import Primitives

/// A backup of an iOS device as Finder, iTunes, libimobiledevice and iMazing leave it, plain or encrypted, read in place.
///
/// A folder with `Manifest.db`, which lists files by domain and path, a few property lists, and the files under names
/// that are hashes of domain and path. Nothing in the folder is ever written, and nothing decrypted reaches a disk.
///
/// Source: https://theapplewiki.com/wiki/ITunes_Backup.
public struct AppleBackup: Evidence {
    public let summary: EvidenceSummary

    /// The folder of the backup, which may lie below the path that was given.
    public let folder: String

    let root: EvidenceFolder
    let stored: StoredFiles
    let manifest: BackupManifest
    /// The keys, if files are encrypted.
    let keys: ClassKeys?
    /// The key of `Manifest.db`, if that is encrypted.
    let manifestKey: SymmetricKey?

    /// The container's own files, in the order of answers.
    static let ownFiles = ["Info.plist", "Manifest.db", "Manifest.plist", "Status.plist"]

    public func files(at place: Place) throws(ParseError) -> [EvidenceFile] {
        switch place.root {
        case .container: AppleBackup.ownFiles.filter { place.matches($0) && root.hasFile($0) }.map(ownFile)
        case .device: try place == .everything ? [whole] : listedFiles(at: place)
        }
    }

    public func canHold(_ place: Place) -> Bool {
        switch place.root {
        case .container: AppleBackup.ownFiles.contains { place.matches($0) }
        case .device: place == .everything || !BackupDomains.candidates(for: place.pattern).isEmpty
        }
    }

    /// An identifier alone is found in either layout: in its sub-folder, or beside the manifest.
    public func stores(_ containerPath: String) -> Bool {
        if let identifier = FileIdentifier(containerPath) { return stored.holds(identifier) }
        let parts = containerPath.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let last = parts.last, parts.count <= 2 else { return false }
        guard let identifier = FileIdentifier(last) else {
            return parts.count == 1 && AppleBackup.ownFiles.contains(last) && root.hasFile(last)
        }
        guard parts.count == 1 || parts[0] == identifier.folder else { return false }
        return stored.holds(identifier)
    }

    private func listedFiles(at place: Place) throws(ParseError) -> [EvidenceFile] {
        var found: [(devicePath: String, row: BackupManifest.Row)] = []
        // One question for all logs of a pattern, not one for each file.
        var logs: [String: BackupManifest.Row] = [:]
        for candidate in BackupDomains.candidates(for: place.pattern) {
            let (domain, path) = (candidate.domain, candidate.relativePath)
            let rows: [BackupManifest.Row]
            let logRows: [BackupManifest.Row]
            if place.isPattern {
                rows = try manifest.rows(like: (domain, path))
                logRows = rows.isEmpty ? [] : try manifest.rows(like: (domain, path + AppleBackup.logSuffix))
            } else {
                rows = try manifest.row(domain: domain, relativePath: path).map { [$0] } ?? []
                let log =
                    rows.isEmpty ? nil : try manifest.row(domain: domain, relativePath: path + AppleBackup.logSuffix)
                logRows = log.map { [$0] } ?? []
            }
            for row in rows {
                guard let path = BackupDomains.devicePath(domain: row.domain, relativePath: row.relativePath),
                    place.matches(path)
                else { continue }
                found.append((path, row))
            }
            for row in logRows { logs[row.citation] = row }
        }
        found.sort { left, right in
            left.devicePath == right.devicePath
                ? left.row.domain.utf8.lexicographicallyPrecedes(right.row.domain.utf8)
                : left.devicePath.utf8.lexicographicallyPrecedes(right.devicePath.utf8)
        }
        return found.map { file($0.row, at: $0.devicePath, log: logs[$0.row.citation + AppleBackup.logSuffix]) }
    }

    /// What SQLite adds to the name of a database for its write-ahead log. In a backup the log is a file of its own,
    /// under a hash of its own, so it is found in the manifest and never beside the database.
    private static let logSuffix = "-wal"

    private func file(_ row: BackupManifest.Row, at devicePath: String, log: BackupManifest.Row?) -> EvidenceFile {
        var openLog: (@Sendable () throws(ParseError) -> any ByteSource)?
        if let log { openLog = { () throws(ParseError) -> any ByteSource in try contents(of: log) } }
        return EvidenceFile(
            devicePath: devicePath, citation: row.citation, owner: BackupDomains.owner(of: row.domain),
            open: { () throws(ParseError) -> any ByteSource in try contents(of: row) },
            writeAheadLog: openLog,
            digest: { () throws(ParseError) -> String in try storedBytes(of: row.identifier).sha256() },
            hash: { (content) throws(ParseError) -> String in try content.sha256() },
            status: { () throws(ParseError) -> FileStatus in try status(of: row) })
    }

    private func status(of row: BackupManifest.Row) throws(ParseError) -> FileStatus {
        guard let record = try manifest.record(of: row.identifier) else { return FileStatus() }
        let entry = try BackupFileRecord(parsing: record)
        return FileStatus(
            size: entry.size.flatMap { Int(exactly: $0) }, mode: entry.mode.flatMap { UInt32(exactly: $0) },
            owner: entry.userIdentifier.flatMap { Int(exactly: $0) },
            group: entry.groupIdentifier.flatMap { Int(exactly: $0) }, created: entry.created,
            modified: entry.modified, statusChanged: entry.statusChanged)
    }

    /// Every listed file, in the order of the manifest.
    ///
    /// A file in a domain of which nothing is known has its domain and path, behind a slash, for its path.
    public func forEachFile(_ body: (EvidenceFile) throws -> Void) throws {
        var last = Int64.min
        while true {
            let entries = try manifest.entries(after: last, limit: 1_000, matching: [])
            guard let end = entries.last?.key else { return }
            last = end
            for entry in entries {
                let path =
                    BackupDomains.devicePath(domain: entry.row.domain, relativePath: entry.row.relativePath)
                    ?? "/" + entry.row.citation
                try body(file(entry.row, at: path, log: nil))
            }
        }
    }

    /// What stands for the evidence as a whole where an artefact asks for ``Place/everything``.
    private var whole: EvidenceFile {
        EvidenceFile(
            devicePath: "/", citation: "/",
            open: { () throws(ParseError) -> any ByteSource in
                throw ParseError(.malformed, "a regular file, not the whole backup")
            })
    }

    private func ownFile(_ name: String) -> EvidenceFile {
        let root = root
        let key = name == "Manifest.db" ? manifestKey : nil
        return EvidenceFile(
            devicePath: name, citation: name,
            open: { () throws(ParseError) -> any ByteSource in
                let file = try root.file(name)
                guard let key else { return file }
                return try DecryptingSource(file, key: key)
            },
            digest: { () throws(ParseError) -> String in try root.file(name).sha256() })
    }

    /// The bytes of a file as they are stored.
    func storedBytes(of identifier: String) throws(ParseError) -> FileSource {
        guard let identifier = FileIdentifier(identifier) else {
            throw ParseError(.malformed, "a file id of 40 lower-case hexadecimal digits", in: "Manifest.db")
        }
        return try stored.open(identifier)
    }

    /// The bytes of a file as they were on the device.
    func contents(of row: BackupManifest.Row) throws(ParseError) -> any ByteSource {
        let file = try storedBytes(of: row.identifier)
        guard keys != nil else { return file }
        return try contents(of: file, record: manifest.record(of: row.identifier))
    }

    /// The bytes of a file as they were on the device, its record at hand.
    func contents(of file: FileSource, record: [UInt8]?) throws(ParseError) -> any ByteSource {
        guard let keys else { return file }
        guard let record else {
            throw ParseError(.malformed, "a record with the key of the file", in: "Manifest.db")
        }
        let entry = try BackupFileRecord(parsing: record)
        // In an encrypted backup too, a file without a key is stored as it is.
        guard let wrapped = entry.encryptionKey else { return file }
        let key = try keys.fileKey(
            wrapped, protectionClass: entry.protectionClass.flatMap { UInt32(exactly: $0) })
        return try DecryptingSource(file, key: key)
    }
}
