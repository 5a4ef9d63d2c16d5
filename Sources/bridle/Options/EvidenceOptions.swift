import AppleArtifacts
import ArgumentParser
import ArtifactModel
import EvidenceSources

/// How an encrypted backup is opened: with its password, or with a key derived earlier.
struct EvidenceOptions: ParsableArguments {
    @OptionGroup var passwordOptions: PasswordOptions

    @Option(help: ArgumentHelp("Use a key that 'bridle key' wrote, instead of the password.", valueName: "file"))
    var keyFile: String?

    /// Whether the command line names a password or a key.
    var isGiven: Bool {
        keyFile != nil || passwordOptions.passwordFile != nil || passwordOptions.passwordEnv != nil
    }

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
        return .password(passwordOptions.password())
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
            // What all artefacts will ask for, so that a compressed archive is gone through once.
            let places = AppleArtifactsCatalog.artifacts.flatMap { $0.card.places }
            let evidence = try await EvidenceOpener.open(path, credential: credential, expected: places) { fraction in
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
