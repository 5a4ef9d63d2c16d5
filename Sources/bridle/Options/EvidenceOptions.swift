import ArgumentParser
import ArtifactModel
import EvidenceSources
import Foundation

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

    /// What opens the evidence, asked for only when it turns out to be needed.
    func credential() throws -> BackupCredential {
        if let keyFile {
            guard let text = try? String(contentsOfFile: keyFile, encoding: .utf8) else {
                throw Failure(.noPermission, "The key file \(keyFile.printableName) can't be read.")
            }
            guard let key = BackupKey(hexadecimal: text) else {
                throw Failure(
                    .noPermission,
                    "The key file \(keyFile.printableName) does not hold 64 hexadecimal digits. 'bridle key BACKUP -o "
                        + "FILE' writes one.")
            }
            return .key(key)
        }
        let (file, variable) = (passwordFile, passwordEnv)
        return .password { try EvidenceOptions.password(file: file, variable: variable) }
    }

    private static func password(file: String?, variable: String?) throws -> String {
        if let file {
            let data =
                file == "-"
                ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
            guard let data else {
                throw Failure(.noPermission, "The password file \(file.printableName) can't be read.")
            }
            let line = data.prefix { $0 != 0x0A && $0 != 0x0D }
            return String(decoding: line, as: UTF8.self)
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
        do {
            let evidence = try await EvidenceOpener.open(path, credential: credential()) { fraction in
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
