import ArtifactModel
import CaseModel
import Indicators
import Primitives

/// Compares where short links led with the indicators and patterns, as if it stood in the records that hold the links.
///
/// Rules and checks are not asked again: they ask of the record as it is.
struct ShortLinkJudgement {
    private(set) var findings: FindingCollector
    /// The identifiers of all findings.
    private(set) var identifiers: Set<String> = []
    /// How many records had more matches than become findings.
    private(set) var cut = 0
    private var line = TextBuffer()

    /// Judges the records that the runs kept. What fits parts of patterns is added to what the runs know of these.
    init(_ runs: inout [ArtifactRun], _ table: ShortLinkTable, _ context: JudgingContext) {
        findings = FindingCollector(prefix: context.folder.map { $0.file(".short-links.findings-") })
        guard !table.isEmpty else { return }
        for index in runs.indices {
            let probe = context.patterns.probe(for: runs[index].observables)
            for record in runs[index].shortLinks.records {
                judge(record, runs[index].coverage, table, context)
                if let probe, let place = record.place { join(record, place, table, probe, &runs[index]) }
            }
        }
        findings.finish()
    }

    private mutating func judge(
        _ record: ShortLinkCollector.Record, _ artifact: Coverage.Artifact, _ table: ShortLinkTable,
        _ context: JudgingContext
    ) {
        var (count, isCut) = (0, false)
        defer { if isCut { cut += 1 } }
        for (link, observable) in record.links {
            guard let answer = table.answers[link], let asked = answer.asked else { continue }
            var seen: [IndicatorMatch] = []
            for hop in answer.hops {
                for match in context.indicators.matches(hop, as: .url) {
                    let isKnown = seen.contains { $0.indicator == match.indicator && $0.observed == match.observed }
                    guard !isKnown else { continue }
                    guard count < IndicatorWording.matchLimit else {
                        isCut = true
                        continue
                    }
                    seen.append(match)
                    count += 1
                    let finding = ShortLinkWording.finding(
                        match, through: Finding.Resolution(link: link, asked: asked), hop, observable.state, artifact,
                        record)
                    // Two hops can hold one value that two of its publications are listed for.
                    if identifiers.insert(finding.id).inserted { findings.add(finding, &line) }
                }
            }
        }
    }

    /// Asks the patterns of the record with the addresses beside its own values. What it fulfils without them is known.
    private func join(
        _ record: ShortLinkCollector.Record, _ place: PatternHits.Place, _ table: ShortLinkTable,
        _ empty: PatternProbe, _ run: inout ArtifactRun
    ) {
        var words: [String: String] = [:]
        var own: Set<String> = []
        var last: Timestamp?
        var probe = empty
        for member in record.members {
            guard let observable = run.shortLinks.observables[member.name] else { continue }
            switch member.value {
            case .text(let text):
                own.insert(text)
                probe.take(text, as: observable)
            case .texts(let texts):
                own.formUnion(texts)
                for text in texts { probe.take(text, as: observable) }
            default: break
            }
        }
        for (link, observable) in record.links {
            guard let answer = table.answers[link], let asked = answer.asked else { continue }
            for hop in answer.hops where !own.contains(hop) {
                if words[hop] == nil { words[hop] = "\(hop) (where \(link) led when it was asked)" }
                last = max(last ?? asked, asked)
                probe.take(hop, as: observable)
            }
        }
        guard let last else { return }
        let found = probe.agreements().compactMap { agreement -> PatternProbe.Agreement? in
            guard agreement.values.contains(where: { words[$0] != nil }) else { return nil }
            var agreement = agreement
            agreement.values = agreement.values.map { words[$0] ?? $0 }
            return agreement
        }
        if !found.isEmpty {
            run.patternHits?.insert(found, asked: last, at: place, record.location, record.moment, record.members)
        }
    }
}
