import ArgumentParser
import Foundation
import IndicatorStore
import Primitives

extension IndicatorsCommand {
    /// Makes a key.
    struct KeyGeneration: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "keygen",
            abstract: "Make a key to sign packs with, and print the public key that others trust.",
            discussion: """
                The secret key goes to a file with mode 0600, without a password: keep it where only you can read it. \
                The public key goes beside it, with .pub behind its name. Both have the form of minisign.

                EXAMPLE
                  bridle indicators keygen helpline.key
                """)

        @Argument(help: "The file of the secret key; it must not exist yet.")
        var file: String

        func run() throws {
            do {
                let key = try PublisherSecretKey.generate()
                guard let publicKey = key.publicKey else {
                    throw Failure(.cantCreate, "The public half of the key can't be made.")
                }
                let publicPath = file + ".pub"
                guard !FileManager.default.fileExists(atPath: publicPath) else {
                    throw Failure(.cantCreate, "\(publicPath.printableName) exists already; choose another name.")
                }
                try key.write(to: file)
                let text = "untrusted comment: minisign public key \(publicKey.name)\n\(publicKey.text)\n"
                guard FileManager.default.createFile(atPath: publicPath, contents: Data(text.utf8)) else {
                    throw Failure(.cantCreate, "\(publicPath.printableName) can't be written.")
                }
                Terminal.say(publicKey.text)
                Terminal.remark(
                    "The secret key is in \(file.printableName), the public key in \(publicPath.printableName). Others "
                        + "put the public key under 'trusted_keys' in their configuration.")
            } catch {
                throw Failure(error)
            }
        }
    }

    /// Writes a pack.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Write the indicators of the store as one file, signed if you like, for machines without a network.",
            discussion: """
                The same store and options give the same bytes. The pack is a plain tar archive; its manifest has the \
                SHA-256 of every file, and is what is signed.

                EXAMPLES
                  bridle indicators export -o helpline.bridle-indicators --name helpline --sign helpline.key
                  bridle indicators add helpline.bridle-indicators
                """)

        @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
        var output: String

        @Option(help: ArgumentHelp("Sign with the key that 'keygen' wrote.", valueName: "keyfile"))
        var sign: String?

        @Option(help: "The name of the series of packs; a newer pack of a name replaces the older.")
        var name: String = "pack"

        @Option(help: "The number in the series, which must grow; by default the generation of the store.")
        var sequence: Int64?

        @Option(help: "Who makes the pack.")
        var publisher: String?

        @Option(help: "The licence of the pack.")
        var licence: String?

        @Flag(help: "Replace the file if it exists.")
        var force = false

        func run() throws {
            let settings = try Settings.load()
            do {
                guard let generation = try settings.store.current(), !generation.indicatorFiles.isEmpty else {
                    throw Failure(.noInput, "The store holds no indicators to export; add or update some first.")
                }
                guard settings.store.looseFiles.isEmpty else {
                    throw Failure(
                        .usage,
                        "Files lie loose in the store \(settings.store.folder.printable); 'bridle indicators add' them "
                            + "first.")
                }
                guard force || !FileManager.default.fileExists(atPath: output) else {
                    throw Failure(
                        .cantCreate, "\(output.printableName) exists already; replace it with --force.")
                }
                if let sequence, sequence < 0 { throw Failure(.usage, "--sequence takes a number from 0.") }
                let key = try sign.map { path in try PublisherSecretKey(file: path) }
                let label = IndicatorPack.Label(
                    name: name, sequence: sequence ?? Int64(generation.number), created: generation.created,
                    publisher: publisher, licence: licence)
                let manifest = try IndicatorPack.write(
                    generation.indicatorFiles, of: settings.store, as: label, signedWith: key, to: output)
                Terminal.say(
                    "\(output.printableName): \(manifest.members.count.of("file", "files")), sequence \(manifest.sequence), "
                        + (key?.publicKey.map { "signed with the key \($0.name)" } ?? "not signed"))
            } catch {
                throw Failure(error)
            }
        }
    }
}
