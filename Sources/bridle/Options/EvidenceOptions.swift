import ArgumentParser
import ArtifactModel
import EvidenceSources
import Foundation
import Synchronization

/// How an encrypted backup is opened. A password is never an argument: arguments can be seen by others.
struct EvidenceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read the backup password from the first line of FILE; '-' is standard input.", valueName: "file"))
    var passwordFile: String?

    @Option(help: ArgumentHelp("Read the backup password from the environment variable NAME.", valueName: "name"))
    var passwordEnv: String?

    @Option(help: ArgumentHelp("Use a key that 'bridle key' wrote, instead of the password.", valueName: "file"))
    var keyFile: String?

    /// What opens the evidence, asked for only when it turns out to be needed, and read only once: standard input and
    /// pipes give a line only once, and several pieces of evidence may need it.
    func credential() throws -> BackupCredential {
        if let keyFile {
            guard let text = try FirstLine.text(of: keyFile, "key file"), let key = BackupKey(hexadecimal: text) else {
                throw Failure(
                    .noPermission,
                    "The key file \(keyFile.printableName) does not hold 64 hexadecimal digits. 'bridle key BACKUP -o "
                        + "FILE' writes one.")
            }
            return .key(key)
        }
        let (file, variable) = (passwordFile, passwordEnv)
        let known = KnownPassword()
        return .password {
            try known.password { try EvidenceOptions.password(file: file, variable: variable) }
        }
    }

    private static func password(file: String?, variable: String?) throws -> String {
        if let file {
            guard let line = try FirstLine.text(of: file, "password file") else {
                throw Failure(
                    .noPermission,
                    "The password file \(file.printableName) does not begin with a line of UTF-8 text of at most "
                        + "\(FirstLine.limit.grouped) bytes.")
            }
            return line
        }
        if let variable {
            guard let password = ProcessInfo.processInfo.environment[variable] else {
                throw Failure(.noPermission, "The environment variable \(variable.printableName) is not set.")
            }
            return password
        }
        guard let password = PasswordPrompt.ask("Password of the backup: ") else {
            throw Failure(
                .noPermission,
                "The backup is encrypted, and there is no terminal to ask for its password. Give it with "
                    + "--password-file FILE ('-' is standard input), --password-env NAME, or a key with --key-file FILE."
            )
        }
        return password
    }

    /// Opens evidence, with a bar while a password is stretched.
    func open(_ path: String, showsProgress: Bool) async throws -> any Evidence {
        try await EvidenceOptions.open(path, credential(), showsProgress: showsProgress)
    }

    /// Opens evidence with a credential that serves for several pieces.
    static func open(
        _ path: String, _ credential: BackupCredential, showsProgress: Bool
    ) async throws -> any Evidence {
        do {
            let evidence = try await EvidenceOpener.open(path, credential: credential) { fraction in
                if showsProgress { ProgressBar.show("deriving the key ('bridle key' pays this once)", fraction) }
            }
            if showsProgress { ProgressBar.clear() }
            return evidence
        } catch {
            if showsProgress { ProgressBar.clear() }
            throw Failure(error)
        }
    }
}

/// A password that is asked for once.
private final class KnownPassword: Sendable {
    private let known = Mutex<String?>(nil)

    func password(_ ask: () throws -> String) throws -> String {
        try known.withLock { known in
            if let known { return known }
            let answer = try ask()
            known = answer
            return answer
        }
    }
}
