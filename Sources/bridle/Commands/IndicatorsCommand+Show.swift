import ArgumentParser
import ArtifactModel
import IndicatorStore
import Indicators
import Primitives

extension IndicatorsCommand {
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
            let now = CheckRun.now
            var seen: Set<Indicator> = []
            for kind in Observable.Kind.allCases {
                for match in loaded.set.matches(value, as: kind) where seen.insert(match.indicator).inserted {
                    let indicator = match.indicator
                    let file = loaded.files.first { $0.name == indicator.source }
                    let stored = file?.stored
                    Terminal.say(
                        "\(indicator.kind.rawValue) \(indicator.value.printableName) (\(match.manner.rawValue))")
                    func fact(_ name: String, _ value: String?) {
                        guard let value else { return }
                        Terminal.say("    \(name): \(value.printableLine)")
                    }
                    fact("published for", indicator.family ?? "no family named")
                    fact("published by", indicator.publisher ?? file?.publication.publisher ?? stored?.publisher)
                    fact("in", "\(indicator.source) \(indicator.identifier)")
                    fact("about", indicator.note)
                    fact("see", indicator.reference)
                    for reference in stored?.references.prefix(3) ?? [] where reference != indicator.reference {
                        fact("see", reference)
                    }
                    fact("valid from", indicator.validFrom?.description)
                    fact("valid until", indicator.validUntil?.description)
                    if indicator.isExpired(at: now) {
                        fact("note", "its publisher no longer holds it to be valid; it is compared all the same")
                    }
                    if indicator.isRevoked { fact("note", "its publisher has withdrawn it") }
                    fact("confidence", indicator.confidence.map { "\($0) of 100" })
                    fact("marking", indicator.marking)
                    fact("licence", indicator.licence ?? file?.publication.licence ?? stored?.licence)
                    fact("in the store since", stored.map { $0.stored.day })
                }
            }
            if seen.isEmpty {
                Terminal.say(
                    "None of the \(loaded.set.count.grouped) loaded indicators matches. That says nothing about the value."
                )
            }
        }
    }

    /// Every problem.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Report every pattern that can't be used, and why; and whether the store is whole.",
            discussion: "EXAMPLE\n  bridle indicators verify -i pegasus.stix2")

        @OptionGroup var options: IndicatorOptions

        func run() throws {
            // Loading compares every file of the store with its SHA-256.
            let loaded = try options.load()
            for problem in loaded.problems {
                Terminal.say(
                    "\(problem.source.printableName) \(problem.identifier.printableName): \(problem.reason.printable)")
            }
            Terminal.say(
                "\(loaded.set.count.of("indicator", "indicators")) can be used, \(loaded.unusable.of("pattern", "patterns")) can't."
            )
        }
    }
}
