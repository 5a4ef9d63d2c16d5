import Analysis
import ArgumentParser
import EvidenceSources
import Foundation

/// `bridle key BACKUP -o FILE`
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Derive the key of an encrypted backup from its password, once.",
        discussion: """
            Stretching the password takes seconds to minutes. The key opens this one backup: whoever has the file can \
            read the backup, so it is written for its owner only (mode 0600).

            EXAMPLES
              bridle key backup/ -o backup.key
              bridle check backup/ --key-file backup.key
            """)

    @Argument(help: ArgumentHelp("The folder of an encrypted backup.", valueName: "backup"))
    var backup: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The key file to write; it must not exist yet.", valueName: "file"))
    var output: String

    @OptionGroup var passwordOptions: PasswordOptions

    func run() async throws {
        let password = passwordOptions.password()
        guard !Nesting.path(output, liesIn: backup) else {
            throw Failure(
                .cantCreate,
                "\(output.printableName) lies inside the evidence, which is never written to; choose another folder.")
        }
        // Created before the long work, so that a folder that can't be written is not found out after it.
        let descriptor = open(output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                .cantCreate,
                "The key file \(output.printableName) can't be written: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        let interruption = Interruption { [output] in unlink(output) }
        defer { interruption.cancel() }
        let shows = Terminal.showsProgress
        do {
            let key = try await EvidenceOpener.deriveKey(backup, password: password) { fraction in
                if shows { ProgressBar.show("deriving the key", fraction) }
            }
            if shows { ProgressBar.clear() }
            let bytes = Array((key.hexadecimal + "\n").utf8)
            guard write(descriptor, bytes, bytes.count) == bytes.count else {
                throw Failure(.cantCreate, "The key file can't be written: \(String(cString: strerror(errno))).")
            }
            Terminal.remark("The key is in \(output.printableName). Keep it as you keep the password.")
        } catch {
            if shows { ProgressBar.clear() }
            unlink(output)
            throw Failure(error)
        }
    }
}
