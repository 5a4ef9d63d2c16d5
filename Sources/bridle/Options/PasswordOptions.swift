import ArgumentParser
import Foundation
import Synchronization

/// Where the password of a backup comes from. It is never an argument: arguments can be seen by others.
struct PasswordOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read the backup password from the first line of FILE; '-' is standard input.", valueName: "file"))
    var passwordFile: String?

    @Option(help: ArgumentHelp("Read the backup password from the environment variable NAME.", valueName: "name"))
    var passwordEnv: String?

    /// Gives the password when it turns out to be needed, and reads it only once: standard input and pipes give a line
    /// only once, and several pieces of evidence may need it.
    func password() -> @Sendable () throws -> String {
        let (file, variable) = (passwordFile, passwordEnv)
        let known = KnownPassword()
        return { try known.password { try PasswordOptions.password(file: file, variable: variable) } }
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
