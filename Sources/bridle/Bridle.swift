import ArgumentParser
import Foundation
import Primitives

/// The command. Arguments, progress and exit codes live here, and nothing else prints.
@main
struct Bridle: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "bridle",
        abstract: "Looks for traces of mercenary spyware in the evidence of a phone, and says what it did not look at.",
        discussion: """
            Evidence is only read. Nothing connects to a network but 'indicators update' and, told so by name, \
            '--resolve-short-links'. A result without a match does not mean that a device was never attacked.

            EXAMPLES
              bridle check ~/Backups/00008030-001A -i indicators/ -o case/
              bridle inspect ~/Backups
              bridle demo
            """,
        version: version,
        subcommands: [
            CheckCommand.self, RecheckCommand.self, InspectCommand.self, DecryptCommand.self, KeyCommand.self,
            IndicatorsCommand.self, RulesCommand.self, ArtifactsCommand.self, AnnotateCommand.self, ReportCommand.self,
            DemoCommand.self,
        ])

    static func main() async {
        Terminal.begin()
        Interruption.begin()
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let complaint = unknownCommand(arguments, of: Self.self, "bridle") {
            Terminal.complain(complaint)
            Foundation.exit(Exit.usage.rawValue)
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
            // The parser's own errors know their code; 1 is what it gives to those it does not know.
            guard exitCode(for: error) == .failure else { exit(withError: error) }
            let failure = Failure(error)
            Terminal.complain(failure.message)
            Foundation.exit(failure.exit.rawValue)
        }
    }

    /// What to say of the first word, or of the second behind a command with commands of its own, if it is none.
    private static func unknownCommand(
        _ arguments: [String], of command: any ParsableCommand.Type, _ path: String
    ) -> String? {
        let subcommands = command.configuration.subcommands
        guard let word = arguments.first, !word.hasPrefix("-"), !subcommands.isEmpty else { return nil }
        let known = subcommands.map { ($0.configuration.commandName ?? "\($0)".lowercased(), $0) }
        if let (name, next) = known.first(where: { $0.0 == word }) {
            return unknownCommand(Array(arguments.dropFirst()), of: next, path + " " + name)
        }
        let names = known.map(\.0) + ["help"]
        guard !names.contains(word) else { return nil }
        return "There is no command '\(path) \(word.printableName)'." + Nearest.suggestion(for: word, among: names)
            + " '\(path) --help' lists them."
    }
}
