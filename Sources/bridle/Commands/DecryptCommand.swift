import ArgumentParser
import ArtifactModel
import EvidenceSources
import Synchronization

/// `bridle decrypt BACKUP DIR`
struct DecryptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decrypt",
        abstract: "Write a decrypted copy of an encrypted backup, for use with other tools.",
        discussion: """
            'bridle check' needs no decrypted copy. The copy holds a private life in plain text: keep it on an \
            encrypted disk, and delete it when it is not needed any more.

            EXAMPLES
              bridle decrypt backup/ plain/
              bridle decrypt backup/ plain/ --only 'HomeDomain/Library/SMS/*' --password-env BACKUP_PASSWORD
            """)

    @Argument(help: ArgumentHelp("The folder of an encrypted backup.", valueName: "backup"))
    var backup: String

    @Argument(help: ArgumentHelp("The folder to write; it must not exist yet.", valueName: "dir"))
    var destination: String

    @Option(
        help: ArgumentHelp(
            "Copy only what matches 'domain/path' ('*' is any text). May be given more than once.", valueName: "pattern"
        ))
    var only: [String] = []

    @Option(help: "How many files are decrypted at a time.")
    var jobs: Int = 2

    @OptionGroup var evidenceOptions: EvidenceOptions

    /// The copy, to be cancelled now or as soon as it is known.
    private final class Held: Sendable {
        private let state = Mutex<(task: Task<BackupDecryptor.Outcome, any Error>?, isCancelled: Bool)>((nil, false))

        func hold(_ task: Task<BackupDecryptor.Outcome, any Error>) {
            if state.withLock({ state in
                state.task = task
                return state.isCancelled
            }) {
                task.cancel()
            }
        }

        func cancel() {
            state.withLock { state in
                state.isCancelled = true
                return state.task
            }?.cancel()
        }
    }

    func run() async throws {
        guard (1...256).contains(jobs) else { throw Failure(.usage, "--jobs takes a number from 1 to 256.") }
        let shows = Terminal.showsProgress
        guard let opened = try await evidenceOptions.open(backup, showsProgress: shows) as? AppleBackup else {
            throw Failure(.data, "\(backup.printableName) is not an iOS backup.")
        }
        guard opened.summary.isEncrypted else {
            throw Failure(.data, "\(backup.printableName) is not encrypted: it can be used as it is.")
        }
        // Listens before the copy begins: an interruption must not leave a folder behind.
        let held = Held()
        let interruption = Interruption(ends: false) {
            held.cancel()
            Terminal.remark("\nStopping; what was written is removed.")
        }
        defer { interruption.cancel() }
        let task = Task { [only, destination, jobs] in
            try await BackupDecryptor(opened).write(to: destination, matching: only, jobs: jobs) { progress in
                if shows {
                    ProgressBar.show(
                        "\(progress.files.grouped) of \(progress.allFiles.grouped) files",
                        Double(progress.files) / Double(max(progress.allFiles, 1)))
                }
            }
        }
        held.hold(task)
        do {
            let outcome = try await task.value
            if shows { ProgressBar.clear() }
            for failure in outcome.failures {
                Terminal.remark("\(failure.citation.printableName): \(failure.error)")
            }
            Terminal.say(
                "\(outcome.files.grouped) files, \(outcome.bytes.grouped) bytes in \(destination.printableName); "
                    + "\(outcome.failures.count.grouped) files with errors.")
        } catch {
            if shows { ProgressBar.clear() }
            throw Failure(error)
        }
    }
}
