import ArgumentParser
import Foundation
import IndicatorStore
import Indicators
import Primitives

extension IndicatorsCommand {
    /// What is in the store.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the indicator files and what they hold.",
            discussion: "EXAMPLE\n  bridle indicators list -i pegasus.stix2")

        @OptionGroup var options: IndicatorOptions

        func run() throws {
            let settings = try Settings.load()
            let loaded = try options.load(settings)
            guard !loaded.files.isEmpty else {
                Terminal.say(
                    "The store \(settings.store.folder.printable) holds no indicators. 'bridle indicators add FILE' adds "
                        + "some, and 'bridle indicators update' fetches those of the sources that 'bridle indicators "
                        + "sources' lists.")
                return
            }
            if !options.noStore, let generation = try settings.store.current() {
                Terminal.say(
                    "Generation \(generation.number) of the store \(settings.store.folder.printable), made "
                        + "\(generation.created.day) by '\(generation.action.printable)'.")
            }
            Terminal.say(
                "\(loaded.words) of \(loaded.files.count.of("file", "files")); "
                    + "\(loaded.unusable.of("pattern", "patterns")) can't be used ('bridle indicators verify').")
            let suffixes = PublicSuffixList.current
            Terminal.say(
                "Public suffixes: \(suffixes.place.printable)"
                    + (suffixes.date.map { " of \($0.day) (\($0.age(at: CheckRun.now)))" } ?? ""))
            for file in loaded.files { List.say(file, of: loaded, now: CheckRun.now) }
        }

        private static func say(_ file: LoadedIndicators.File, of loaded: LoadedIndicators, now: Timestamp) {
            Terminal.say(
                "\n\(file.name.printableName): \(file.indicators.of("indicator", "indicators")), \(file.problems.grouped) not usable"
            )
            var kinds: [Indicator.Kind: Int] = [:]
            var families: Set<String> = []
            for tally in loaded.set.tallies where tally.source == file.name {
                kinds[tally.kind, default: 0] += tally.count
                if let family = tally.family { families.insert(family) }
            }
            let patterns = loaded.patterns.filter { $0.source == file.name }
            families.formUnion(patterns.compactMap(\.family))
            var words = Indicator.Kind.allCases.compactMap { kind in
                kinds[kind].map { "\(kind.rawValue) \($0.grouped)" }
            }
            if !patterns.isEmpty { words.append("patterns over several properties \(patterns.count.grouped)") }
            if !words.isEmpty { fact("holds", words.joined(separator: ", ")) }
            if !families.isEmpty { fact("for", families.sorted().joined(separator: ", ")) }
            fact("form", file.form)
            if let title = file.publication.title { fact("title", title) }
            fact("published by", file.publication.publisher ?? file.stored?.publisher ?? "not said")
            if let newest = file.publication.modified ?? file.publication.created {
                fact("newest", "\(newest.day) (\(newest.age(at: now)))")
            }
            if let stored = file.stored {
                fact("in the store", "since \(stored.stored.day) (\(stored.stored.age(at: now)))")
                if let address = stored.address { fact("fetched from", address) }
                if let signer = stored.signer { fact("signed with", "the key \(signer)") }
            }
            if let licence = file.publication.licence ?? file.stored?.licence { fact("licence", licence) }
            if let marking = file.publication.marking { fact("marking", marking) }
            for reference in file.stored?.references.prefix(3) ?? [] { fact("see", reference) }
        }

        private static func fact(_ name: String, _ value: String) {
            Terminal.say("    " + (name + ":").padding(to: 14) + " " + value.printableLine)
        }
    }
}

extension Timestamp {
    /// The date in UTC: `2021-11-03`.
    var day: String { String(description.prefix(10)) }

    /// How long ago, in days.
    func age(at now: Timestamp) -> String {
        let days = Int(now.seconds(since: self) / 86_400)
        switch days {
        case ..<0: return "in the future"
        case 0: return "today"
        case 1: return "1 day old"
        default: return "\(days.grouped) days old"
        }
    }
}

extension String {
    /// Text from outside, harmless for a terminal and not longer than a few lines.
    var printableLine: String {
        let text = printable
        return text.count > 600 ? text.prefix(599) + "…" : text
    }
}
