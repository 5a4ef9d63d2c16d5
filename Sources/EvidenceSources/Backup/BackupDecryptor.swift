import ArtifactModel
import FileFormats
public import Primitives

/// Writes a decrypted copy of a backup, whole or in part, that other programs read like a plain backup.
///
/// The copy is made in a folder beside the wanted one and renamed when it is whole. What can't be copied is listed in
/// the outcome, and the rest is copied all the same. Directories and symbolic links of the device are not made, and the
/// property lists are copied as they are, so `Manifest.plist` still says that the backup is encrypted.
public struct BackupDecryptor: Sendable {
    /// How far the copy is.
    public struct Progress: Sendable, Hashable {
        /// Files done, whether they could be copied or not.
        public let files: Int
        /// Files to do.
        public let allFiles: Int
        /// Bytes written so far.
        public let bytes: Int
    }

    /// A file that could not be copied, or not whole.
    public struct Failure: Sendable, Hashable {
        /// `HomeDomain/Library/SMS/sms.db`
        public let citation: String
        /// The name in the backup, or what stands in its place.
        public let identifier: String
        /// What was expected.
        public let error: ParseError
        /// Whether the bytes before the damage were written.
        public let isWritten: Bool
    }

    /// What was copied.
    public struct Outcome: Sendable, Hashable {
        /// Files of the device that were written.
        public internal(set) var files = 0
        /// Their bytes.
        public internal(set) var bytes = 0
        /// The others, in byte order of their citations. A file that the manifest lists and the backup does not hold
        /// is here as `absent`.
        public internal(set) var failures: [Failure] = []
    }

    private let backup: AppleBackup
    /// Rows of the manifest that are in memory at once.
    private static let batch = 512

    /// Copies from a backup that is open.
    public init(_ backup: AppleBackup) { self.backup = backup }

    /// Writes the copy to a folder that does not exist yet, or is empty.
    ///
    /// `patterns` choose files by `domain/relativePath` as SQLite's GLOB does: `*` stands for any text, `/` included,
    /// `?` for one character. None means all. `Manifest.db` is always copied whole. Throws ``EvidenceError`` when
    /// nothing can be written there, and `CancellationError` when the task is cancelled; nothing is left behind then.
    public func write(
        to destination: String, matching patterns: [String] = [], jobs: Int = 2,
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws -> Outcome {
        let staging = try StagedFolder(for: destination, outside: backup.root)
        do {
            try writeOwnFiles(to: staging)
            let outcome = try await writeFiles(to: staging, matching: patterns, jobs: max(1, jobs), progress)
            try staging.finish()
            return outcome
        } catch {
            staging.discard()
            throw error
        }
    }

    private func writeOwnFiles(to staging: StagedFolder) throws {
        for file in try backup.files(at: .container("*")) {
            try Task.checkCancellation()
            let source = try read { () throws(ParseError) in try file.open() }
            _ = try staging.write(source, folder: nil, name: file.name, modified: nil)
        }
        // The other property lists of the root, made by other programs.
        var others: [String] = []
        backup.root.names(of: .file, limit: 10_000) { name in
            let name = String(decoding: name, as: UTF8.self)
            if name.hasSuffix(".plist"), !AppleBackup.ownFiles.contains(name) { others.append(name) }
        }
        for name in others.sorted() {
            _ = try staging.write(
                try read { () throws(ParseError) in try backup.root.file(name) }, folder: nil, name: name, modified: nil
            )
        }
    }

    /// The backup's own files are not optional: what is wrong with them ends the copy.
    private func read<Source>(_ body: () throws(ParseError) -> Source) throws(EvidenceError) -> Source {
        do throws(ParseError) {
            return try body()
        } catch {
            throw EvidenceError(.damaged, "A file of the backup's root can't be read (\(error)).")
        }
    }

    private func writeFiles(
        to staging: StagedFolder, matching patterns: [String], jobs: Int,
        _ progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> Outcome {
        var outcome = Outcome()
        let all = try read { () throws(ParseError) in try backup.manifest.count(matching: patterns) }
        var key = Int64.min + 1
        var done = 0
        while true {
            let last = key
            let entries = try read { () throws(ParseError) in
                try backup.manifest.entries(after: last, limit: BackupDecryptor.batch, matching: patterns)
            }
            guard let end = entries.last else { break }
            key = end.key
            try await withThrowingTaskGroup(of: (written: Int?, failure: Failure?).self) { group in
                var next = 0
                while next < min(jobs, entries.count) {
                    let entry = entries[next]
                    group.addTask { try copy(entry, to: staging) }
                    next += 1
                }
                while let result = try await group.next() {
                    if let written = result.written {
                        outcome.files += 1
                        outcome.bytes += written
                    }
                    if let failure = result.failure { outcome.failures.append(failure) }
                    done += 1
                    progress(Progress(files: done, allFiles: max(all, done), bytes: outcome.bytes))
                    if next < entries.count {
                        let entry = entries[next]
                        group.addTask { try copy(entry, to: staging) }
                        next += 1
                    }
                }
            }
        }
        outcome.failures.sort { left, right in
            left.citation == right.citation
                ? left.identifier.utf8.lexicographicallyPrecedes(right.identifier.utf8)
                : left.citation.utf8.lexicographicallyPrecedes(right.citation.utf8)
        }
        return outcome
    }

    /// Copies one file; throws only what ends the whole copy.
    private func copy(
        _ entry: BackupManifest.Entry, to staging: StagedFolder
    ) throws -> (written: Int?, failure: Failure?) {
        try Task.checkCancellation()
        let citation = entry.row.citation
        func failure(_ error: ParseError, isWritten: Bool = false) -> Failure {
            Failure(citation: citation, identifier: entry.row.identifier, error: error, isWritten: isWritten)
        }
        guard let identifier = FileIdentifier(entry.row.identifier) else {
            return (nil, failure(ParseError(.malformed, "a file id of 40 lower-case hexadecimal digits")))
        }
        do {
            let source = try backup.contents(of: backup.stored.open(identifier), record: entry.record)
            let modified = entry.record.flatMap { try? BackupFileRecord(parsing: $0) }?.modified
            let written = try staging.write(
                source, folder: identifier.folder, name: identifier.text, modified: modified)
            let damage = (source as? DecryptingSource)?.damage.first
            return (written, damage.map { failure($0, isWritten: true) })
        } catch let error as ParseError {
            return (nil, failure(error))
        }
    }
}
