import ArgumentParser
import ArtifactModel
import Foundation
import Primitives
import RuleLanguage

/// `bridle rules list / show / test / new`
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Rules as data: what each one means, whether it does what it says, and how to write one.",
        subcommands: [List.self, Show.self, Test.self, New.self], defaultSubcommand: List.self)

    /// One line for each.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the rules.", discussion: "EXAMPLE\n  bridle rules list --rules mine/")

        @OptionGroup var options: RuleOptions

        @Flag(help: "Write a page for each rule in Markdown, as in Documentation/rule-pack.md.")
        var markdown = false

        func run() throws {
            let set = try options.load()
            guard !markdown else {
                return Terminal.say(set.pages.map(\.markdown.printableLines).joined(separator: "\n"))
            }
            guard !set.pages.isEmpty else { return Terminal.say("There are no rules.") }
            for page in set.pages {
                let head = page.head
                let severity = page.kind == "not run" ? "not run" : head.severity.word
                Terminal.say(
                    "\(head.identifier.printableName.padding(to: 44)) \(severity.padding(to: 13)) "
                        + "\((head.card.family ?? "").printableName.padding(to: 14)) \(head.title.printableName)")
            }
        }
    }

    /// Everything about one.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a rule says of itself.",
            discussion: "EXAMPLE\n  bridle rules show ios-pegasus-blastpass-sample-passes")

        @Argument(help: "The identifier or the name of a rule.")
        var identifier: String

        @OptionGroup var options: RuleOptions

        @Flag(help: "Write the page in Markdown.")
        var markdown = false

        func run() throws {
            let pages = try options.load().pages
            guard let page = pages.first(where: { [$0.head.identifier, $0.head.id].contains(identifier) }) else {
                throw Failure(
                    .usage,
                    "There is no rule '\(identifier.printableName)'."
                        + Nearest.suggestion(for: identifier, among: pages.map(\.head.identifier))
                        + " 'bridle rules list' shows them all.")
            }
            Terminal.say((markdown ? page.markdown : page.text).printableLines)
        }
    }

    /// A file to begin with.
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the skeleton of a rule to ID.yml; a file that is there is never replaced.",
            discussion: "EXAMPLE\n  bridle rules new ios-my-pattern --service apple.network.data-usage")

        @Argument(help: "The identifier: small letters, digits and hyphens.")
        var identifier: String

        @Option(help: ArgumentHelp("The artefact whose records the rule looks at.", valueName: "id"))
        var service: String = "apple.network.data-usage"

        @Option(name: .shortAndLong, help: ArgumentHelp("The folder of the new file.", valueName: "dir"))
        var output: String = "."

        func run() throws {
            let letters = identifier.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
            }
            guard letters, !identifier.isEmpty, identifier.utf8.count <= 100 else {
                throw Failure(.usage, "The identifier of a rule consists of small letters, digits and hyphens.")
            }
            let artifact = try ArtifactChoice.artifact(service)
            let path = output + "/" + identifier + ".yml"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard descriptor >= 0 else {
                throw Failure(
                    .cantCreate,
                    errno == EEXIST
                        ? "\(path.printableName) exists already; choose another identifier, or edit that file."
                        : "\(path.printableName) can't be written: \(String(cString: strerror(errno))).")
            }
            defer { close(descriptor) }
            if let cause = Terminal.write(
                Array(RuleSkeleton.text(identifier, FieldTable(artifact)).utf8), to: descriptor)
            {
                throw Failure(
                    .cantCreate, "\(path.printableName) can't be written: \(String(cString: strerror(cause))).")
            }
            Terminal.say("\(path.printable)\n'bridle rules test \(path.printable)' tries it.")
        }
    }
}

extension String {
    /// Lines from a file of rules, harmless for a terminal.
    fileprivate var printableLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
    }
}
