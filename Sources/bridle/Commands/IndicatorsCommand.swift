import ArgumentParser
import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives

/// `bridle indicators list / show / add / verify`
struct IndicatorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators",
        abstract: "Published indicators: what is loaded, from whom, and what could not be used.",
        subcommands: [List.self, Show.self, Add.self, Verify.self], defaultSubcommand: List.self)

    /// What is in the store.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the indicator files and what they hold.",
            discussion: "EXAMPLE\n  bridle indicators list -i pegasus.stix2")

        @OptionGroup var options: IndicatorOptions

        func run() throws {
            let loaded = try options.load()
            guard !loaded.sources.isEmpty else {
                Terminal.say(
                    "The store \(IndicatorStore().folder.path.printable) holds no indicators. 'bridle indicators add FILE' adds some."
                )
                return
            }
            for source in loaded.sources {
                Terminal.say(
                    "\(source.name.printableName): \(source.indicators.grouped) indicators, \(source.problems.grouped) not usable"
                )
                var kinds: [Indicator.Kind: Int] = [:]
                var families: Set<String> = []
                for tally in loaded.set.tallies where tally.source == source.name {
                    kinds[tally.kind, default: 0] += tally.count
                    if let family = tally.family { families.insert(family) }
                }
                let words = Indicator.Kind.allCases.compactMap { kind in
                    kinds[kind].map { "\(kind.rawValue) \($0.grouped)" }
                }
                Terminal.say("    " + words.joined(separator: ", "))
                if !families.isEmpty {
                    Terminal.say("    " + families.sorted().map(\.printableName).joined(separator: ", "))
                }
            }
        }
    }

    /// Who published a value.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show who published a value, when, and about what.",
            discussion: """
                The value is compared as each kind of field would be.

                EXAMPLE
                  bridle indicators show https://mail.example.com/login -i pegasus.stix2
                """)

        @Argument(help: "A domain, link, process name, path, mail address, bundle identifier or hash.")
        var value: String

        @OptionGroup var options: IndicatorOptions

        func run() throws {
            let loaded = try options.load()
            var seen: Set<Indicator> = []
            for kind in Observable.Kind.allCases {
                for match in loaded.set.matches(value, as: kind) where seen.insert(match.indicator).inserted {
                    let indicator = match.indicator
                    Terminal.say(
                        "\(indicator.kind.rawValue) \(indicator.value.printableName) (\(match.manner.rawValue))")
                    Terminal.say("    published for: \((indicator.family ?? "no family named").printableName)")
                    Terminal.say("    in: \(indicator.source.printableName) \(indicator.identifier.printableName)")
                    if let reference = indicator.reference { Terminal.say("    see: \(reference.printableName)") }
                    if let moment = indicator.validFrom { Terminal.say("    valid from: \(moment)") }
                    if let moment = indicator.validUntil { Terminal.say("    valid until: \(moment)") }
                }
            }
            if seen.isEmpty {
                Terminal.say(
                    "None of the \(loaded.set.count.grouped) loaded indicators matches. That says nothing about the value."
                )
            }
        }
    }

    /// Copies files into the store.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add indicator files to the store, where every check finds them.",
            discussion: "EXAMPLE\n  bridle indicators add pegasus.stix2 predator.stix2")

        @Argument(help: "STIX 2 files.")
        var files: [String]

        func run() throws {
            guard !files.isEmpty else { throw Failure(.usage, "Give at least one indicator file.") }
            // All are examined before the first is stored: either all are added, or none.
            var names: Set<String> = []
            for path in files {
                let name = URL(fileURLWithPath: path).lastPathComponent
                guard IndicatorStore.isIndicatorFile(name) else {
                    throw Failure(
                        .usage, "The name of \(path.printableName) should end in .stix2 or .json; rename it first.")
                }
                guard names.insert(name.lowercased()).inserted else {
                    throw Failure(
                        .usage, "Two of the files are called \(name.printableName); rename one, or add one of them.")
                }
            }
            let loaded = try LoadedIndicators(files)
            let store = IndicatorStore()
            for (path, source) in zip(files, loaded.sources) {
                try store.add(path, bytes: LoadedIndicators.bytes(path))
                Terminal.say(
                    "\(source.name.printableName): \(source.indicators.grouped) indicators added, \(source.problems.grouped) not usable"
                )
            }
        }
    }

    /// Every problem.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Report every pattern that can't be used, and why.",
            discussion: "EXAMPLE\n  bridle indicators verify -i pegasus.stix2")

        @OptionGroup var options: IndicatorOptions

        func run() throws {
            let loaded = try options.load()
            for problem in loaded.problems {
                Terminal.say(
                    "\(problem.source.printableName) \(problem.identifier.printableName): \(problem.reason.printable)")
            }
            Terminal.say(
                "\(loaded.set.count.grouped) indicators can be used, \(loaded.problems.count.grouped) patterns can't.")
        }
    }
}
