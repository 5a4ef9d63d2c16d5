import ArgumentParser
import Foundation

/// The command. Arguments, progress and exit codes live here, and nothing else prints.
@main
struct Bridle: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "bridle",
        abstract: "Looks for traces of mercenary spyware in the evidence of a phone, and says what it did not look at.",
        discussion: """
            Evidence is only read. Nothing connects to a network. A result without a match does not mean that a device \
            was never attacked.

            EXAMPLES
              bridle check ~/Backups/00008030-001A -i indicators/ -o case/
              bridle inspect ~/Backups
              bridle demo
            """,
        version: version,
        subcommands: [
            CheckCommand.self, InspectCommand.self, DecryptCommand.self, KeyCommand.self, IndicatorsCommand.self,
            ArtifactsCommand.self, DemoCommand.self,
        ])

    static func main() async {
        // A reader that went away (`bridle … | head`) ends the command in silence, as everywhere.
        signal(SIGPIPE, SIG_DFL)
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let word = arguments.first, !word.hasPrefix("-") {
            let known = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
            if !known.contains(word) {
                Terminal.complain(
                    "There is no command '\(word.printableName)'." + Nearest.suggestion(for: word, among: known)
                        + " 'bridle --help' lists them.")
                Foundation.exit(Exit.usage.rawValue)
            }
        }
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            Terminal.complain(failure.message)
            Foundation.exit(failure.exit.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}
