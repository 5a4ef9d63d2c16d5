import ArtifactModel
import CaseModel
import Indicators
import Primitives

/// What stored records can't answer, in sentences: where a person would have to go back to the evidence.
func limits(
    of report: CaseReport, _ runs: [StoredRun], _ layouts: [StoredLayout], _ indicators: IndicatorSet?,
    _ rules: [Coverage.Rule], _ carried: CarriedFindings, hasContent: Bool, version: String
) -> [String] {
    var sentences: [String] = []
    func say(_ words: String, _ titles: [String], _ end: String = ".") {
        guard !titles.isEmpty else { return }
        let shown = titles.prefix(12).joined(separator: ", ")
        let rest = titles.count > 12 ? " and \(titles.count - 12) more" : ""
        sentences.append(words + shown + rest + end)
    }
    let stored = Set(report.coverage.artifacts.map(\.identifier))
    say(
        "The earlier check did not read, and this version of Bridle would: ",
        layouts.filter { !stored.contains($0.card.identifier) }.map(\.card.title))
    let known = Set(layouts.map(\.card.identifier))
    say(
        "This version does not know, so their findings are taken over as they were: ",
        report.coverage.artifacts.filter { !known.contains($0.identifier) }.map(\.identifier))
    say(
        "Not read to the end, or damaged, so there may be more records in the evidence: ",
        report.coverage.artifacts.filter { $0.status == .stopped || $0.status == .damaged }.map(\.title))
    say(
        "Not in the evidence at the time of the earlier check: ",
        report.coverage.artifacts.filter { $0.status == .absent }.map(\.title))
    let byIdentifier = Dictionary(layouts.map { ($0.card.identifier, $0) }) { first, _ in first }
    let read = runs.filter { $0.run.coverage.records > 0 }.compactMap { run in
        byIdentifier[run.run.coverage.identifier].map { (run: run, layout: $0) }
    }
    let withContent = hasContent ? [] : read.filter(\.layout.hasContent)
    say(
        "Bodies, notes, titles and names were not stored (--include-content), and are not looked at here: ",
        withContent.map(\.layout.card.title))
    if report.toolVersion != version {
        say(
            "Compared today, and in no stored record, since the earlier version did not write them or nothing was there: ",
            read.flatMap { item in
                item.layout.fields.compactMap { field in
                    if case .compared = field.use, !item.run.fields.contains(field.name) {
                        return "\(field.name) of \(item.layout.card.title)"
                    }
                    return nil
                }
            })
    }
    let comparable = Set(read.flatMap(\.layout.observables).flatMap(\.comparableKinds))
    var kinds: [Indicator.Kind: Int] = [:]
    for tally in indicators?.tallies ?? [] where !comparable.contains(tally.kind) {
        kinds[tally.kind, default: 0] += tally.count
    }
    say(
        "No stored record has anything that these indicators could be compared with: ",
        Indicator.Kind.allCases.compactMap { kind in kinds[kind].map { "\($0) of type \(kind.rawValue)" } })
    say(
        "Rules that stored records can't answer, or not all of them; what they found there is taken over: ",
        rules.filter { !$0.notAsked.isEmpty && !carried.unknownRules.contains($0.identifier) }.map { rule in
            "\(rule.identifier) (\(rule.notAsked.prefix(4).joined(separator: "; ")))"
        })
    say(
        "Not among the rules of this recheck, so that nobody asked them; their findings are taken over: ",
        carried.unknownRules.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    if indicators == nil { sentences.append("Indicators were not asked; what they found is taken over.") }
    if read.contains(where: \.layout.hasChecks) {
        sentences.append(
            "Checks ask of more than is stored: what they found is taken over from the earlier check (Bridle "
                + "\(report.toolVersion)), and what newer ones would find only a check of the evidence can say.")
    }
    return sentences
}
