public import ArtifactModel
import Crypto
import Primitives

/// Finds out what a folder or a file is, by its content, and opens it.
///
/// Everything here throws ``EvidenceError``, or what the closure of a password threw.
public enum EvidenceOpener {
    /// Opens evidence: a backup, the file system of a device in a folder, a tar or a zip archive, or a folder above
    /// exactly one of these.
    ///
    /// `progress` hears fractions from 0 to 1 while a password is stretched into a key, which takes seconds. `expected`
    /// are places that will be asked for: archives packed by xz, zstd or bzip2 are read once for all of them.
    public static func open(
        _ path: String, credential: BackupCredential = .none, expected: [Place] = [],
        progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws -> any Evidence {
        let image: FileSystemImage
        switch try EvidenceSearch.evidence(at: path) {
        case .backup(let folder): return try await open(folder, path, credential, progress)
        case .fileSystem(let place): image = try fileSystem(place, path)
        }
        image.expect(expected)
        return image
    }

    /// Opens a backup, as ``open(_:credential:expected:progress:)`` does.
    public static func openBackup(
        _ path: String, credential: BackupCredential = .none,
        progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws -> AppleBackup {
        try await open(try EvidenceSearch.backup(at: path), path, credential, progress)
    }

    private static func open(
        _ found: BackupFolder, _ path: String, _ credential: BackupCredential,
        _ progress: @escaping @Sendable (Double) -> Void
    ) async throws -> AppleBackup {
        var folder = found
        switch try folder.protection() {
        case .plain:
            return try backup(folder, path: path, keys: nil, manifestKey: nil)
        case .encrypted(let bag, let wrapped):
            let key = try await key(for: bag, credential: credential, progress: progress)
            let keys = try ClassKeys(bag, key: key)
            var manifestKey: SymmetricKey?
            if let wrapped {
                do throws(ParseError) {
                    manifestKey = try keys.fileKey(wrapped, protectionClass: nil)
                } catch {
                    throw EvidenceError(
                        error.kind == .locked ? .locked : .damaged,
                        "The key of Manifest.db does not open (\(error)): the password is right, and the backup can't "
                            + "be read. Use another copy of it.")
                }
            }
            return try backup(folder, path: path, keys: keys, manifestKey: manifestKey)
        }
    }

    /// What the evidence says about itself without any password.
    public static func describe(_ path: String) throws -> EvidenceSummary {
        switch try EvidenceSearch.evidence(at: path) {
        case .backup(var folder):
            let isEncrypted = if case .encrypted = try folder.protection() { true } else { false }
            return folder.summary(path: path, isEncrypted: isEncrypted)
        case .fileSystem(let place): return try fileSystem(place, path).summary
        }
    }

    private static func fileSystem(
        _ place: EvidenceSearch.FileSystemPlace, _ path: String
    ) throws(EvidenceError) -> FileSystemImage {
        switch place.content {
        case .folder(let root): return try FileSystemImage(ExtractedFolder(root), path: path, below: place.below)
        case .archive(let source, let form): return try form.image(of: source, path: path, below: place.below)
        }
    }

    /// Derives the key of an encrypted backup from its password, and tries it.
    ///
    /// The caller writes ``BackupKey/hexadecimal`` to a file with mode 0600.
    public static func deriveKey(
        _ path: String, password: @escaping @Sendable () throws -> String,
        progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws -> BackupKey {
        var folder = try EvidenceSearch.backup(at: path)
        guard case .encrypted(let bag, _) = try folder.protection() else {
            throw EvidenceError(
                .notEvidence,
                "\(EvidenceError.shown(folder.path)) is not encrypted: there is no key to derive, and it "
                    + "can be checked as it is.")
        }
        let key = try await key(for: bag, credential: .password(password), progress: progress)
        _ = try ClassKeys(bag, key: key)
        return key
    }

    private static func key(
        for bag: BackupKeyBag, credential: BackupCredential, progress: @escaping @Sendable (Double) -> Void
    ) async throws -> BackupKey {
        switch credential {
        case .none:
            throw EvidenceError(
                .passwordMissing,
                "This backup is encrypted: give the password that was set for encrypted backups of "
                    + "this device, or a file with its key.")
        case .password(let password):
            return try await KeyDerivation.key(from: try password(), for: bag, progress: progress)
        case .key(let key): return key
        }
    }

    private static func backup(
        _ found: BackupFolder, path: String, keys: ClassKeys?, manifestKey: SymmetricKey?
    ) throws(EvidenceError) -> AppleBackup {
        var folder = found
        let list: BackupManifest
        do throws(ParseError) {
            let file = try folder.root.file("Manifest.db")
            if let manifestKey {
                let decrypted = try DecryptingSource(file, key: manifestKey)
                for damage in decrypted.damage { folder.remark("Manifest.db is damaged: \(damage).") }
                list = try BackupManifest(decrypted)
            } else {
                // Left by a program that opened the database where it lies.
                var log: FileSource?
                if folder.root.hasFile("Manifest.db-wal") {
                    log = try folder.root.file("Manifest.db-wal")
                    folder.remark("Manifest.db has a write-ahead log beside it, which is read too.")
                }
                list = try BackupManifest(file, writeAheadLog: log)
            }
        } catch {
            throw EvidenceError(
                error.kind == .unreadable ? .notOpenable : .damaged,
                "Manifest.db in \(EvidenceError.shown(folder.path)) can't be read (\(error)). Use another copy of the "
                    + "backup.")
        }
        for damage in list.damage { folder.remark("Manifest.db is damaged: \(damage).") }
        return AppleBackup(
            summary: folder.summary(path: path, isEncrypted: keys != nil), folder: folder.path, root: folder.root,
            stored: StoredFiles(folder.root), manifest: list, keys: keys, manifestKey: manifestKey)
    }
}
