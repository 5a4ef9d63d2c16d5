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
            let value = ListedValue.restored(self.value)
            if value != self.value { Terminal.say("Looked for \(value.printableName).") }
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
            let naming = Show.patterns(naming: value, in: loaded)
            for pattern in naming.prefix(100) {
                Terminal.say("stix-pattern \(pattern.text.printableLine) (names the value)")
                Terminal.say("    published for: \((pattern.family ?? "no family named").printableLine)")
                Terminal.say("    in: \("\(pattern.source) \(pattern.identifier)".printableLine)")
            }
            if naming.count > 100 { Terminal.say("and \((naming.count - 100).grouped) patterns more") }
            if seen.isEmpty, naming.isEmpty {
                Terminal.say(
                    "Nothing of what is loaded (\(loaded.words)) has this value. That says nothing about the value.")
            }
        }

        /// The patterns over several properties that hold the value as text, whatever they say of it.
        private static func patterns(naming value: String, in loaded: LoadedIndicators) -> [CompoundPattern] {
            let wanted = value.lowercased()
            guard wanted.utf8.count >= 2 else { return [] }
            return loaded.patterns.filter { $0.text.lowercased().contains(wanted) }
        }
    }

    /// Every problem.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Report every pattern that can't be used, and why; and whether the store is whole.",
            discussion: "EXAMPLE\n  bridle indicators verify -i pegasus.stix2")

        @OptionGroup var options: IndicatorOptions

        func run() throws {
            let settings = try Settings.load()
            if !options.noStore { try Verify.compare(settings.store) }
            let loaded = try options.load(settings)
            for problem in loaded.problems {
                Terminal.say(
                    "\(problem.source.printableName) \(problem.identifier.printableName): \(problem.reason.printable)")
            }
            Terminal.say("\(loaded.words) can be used, \(loaded.unusable.of("pattern", "patterns")) can't.")
        }

        /// Compares every file of the store with its SHA-256; a check may have them from its cache, and this never does.
        private static func compare(_ store: IndicatorStore) throws(Failure) {
            let files: [StoredFile]
            do throws(StoreError) {
                files = try store.current()?.files ?? []
            } catch {
                throw Failure(error)
            }
            var damaged = 0
            for file in files {
                do throws(StoreError) {
                    _ = try store.bytes(of: file)
                } catch {
                    damaged += 1
                    Terminal.complain(error.message)
                }
            }
            guard damaged == 0 else {
                throw Failure(
                    .data,
                    "\(damaged) of \(files.count.of("file", "files")) of the store \(damaged == 1 ? "is" : "are") damaged."
                )
            }
            if !files.isEmpty {
                Terminal.say(
                    "The store is whole: \(files.count.of("file", "files")) with the SHA-256 under which they were stored."
                )
            }
        }
    }
}
