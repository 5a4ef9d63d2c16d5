import ArtifactModel
import CaseModel
import Indicators
import Primitives

/// Joins the records of all artefacts that fulfil parts of published patterns, and makes findings of them.
struct PatternJudgement {
    /// A kept record, with the artefact that it is of.
    private struct Kept {
        let hit: PatternHits.Hit
        let run: Int
        /// The same for one record, whichever observations it fulfils; in the order of the catalogue.
        var record: Int { run << 40 | hit.number }
    }

    private let patterns: PatternSet
    private let runs: [ArtifactRun]
    private(set) var findings: FindingCollector
    /// The identifiers of all findings.
    private(set) var identifiers: Set<String> = []
    /// What was not joined, in sentences.
    private(set) var notes: [String] = []
    private var scratch = TextBuffer()

    /// Judges what the runs kept; findings go to files that begin with `prefix`, if there is one.
    init(_ patterns: PatternSet, _ runs: [ArtifactRun], prefix: String?) {
        self.patterns = patterns
        self.runs = runs
        findings = FindingCollector(prefix: prefix)
        guard !patterns.isEmpty else { return }
        let dropped = runs.reduce(0) { $0 + ($1.patternHits?.dropped ?? 0) }
        if dropped > 0 {
            notes.append("\(dropped) records fit parts of patterns and were not joined: there are too many of them.")
        }
        var first = 0
        for pattern in patterns.patterns {
            judge(pattern, first)
            first += pattern.observationCount
        }
        findings.finish()
    }

    private mutating func judge(_ pattern: CompoundPattern, _ first: Int) {
        var kept: [Int: Kept] = [:]
        let hits = (0..<pattern.observationCount).map { number in
            runs.indices.flatMap { run in
                (runs[run].patternHits?.hits[first + number] ?? []).map { hit in
                    let one = Kept(hit: hit, run: run)
                    // With its fields, if any observation kept them.
                    if kept[one.record]?.hit.record.isEmpty ?? true { kept[one.record] = one }
                    return PatternHit(moment: hit.moment, record: one.record)
                }
            }
        }
        guard hits.contains(where: { !$0.isEmpty }) else { return }
        let found = pattern.matches(hits)
        for match in found.matches {
            let records = match.compactMap { kept[$0] }
            guard let finding = finding(pattern, records), identifiers.insert(finding.id).inserted else { continue }
            findings.add(finding, &scratch)
        }
        let name = pattern.identifier.isEmpty ? "A pattern of \(pattern.source)" : pattern.identifier
        if found.furtherCount > 0 {
            notes.append("\(name) fits \(found.furtherCount) further groups of records, which are not listed.")
        }
        if found.hasUntimed {
            notes.append("\(name) asks for times, and some records that fit parts of it have none; they were left out.")
        }
        if found.isCut { notes.append("\(name) fits so many records that not all groups of them were looked at.") }
    }

    private func finding(_ pattern: CompoundPattern, _ records: [Kept]) -> Finding? {
        // The record that completes the pattern stands for all.
        guard let last = records.last else { return nil }
        let state = PatternJudgement.strongest(records.map(\.hit.state))
        let asked = records.compactMap(\.hit.asked).max()
        let full = records.map { IndicatorWording.severity($0.hit.state, .url) }.max() ?? .high
        let severity = asked != nil ? min(full, ShortLinkWording.severity) : full
        let cited = records.prefix(100).map { one in
            Finding.CitedRecord(
                artifact: runs[one.run].coverage.identifier, moment: one.hit.moment, path: path(of: one),
                location: one.hit.location)
        }
        let observed = records.prefix(10).map { $0.hit.values.joined(separator: " ") }.joined(separator: "; ")
        let citation = Finding.IndicatorCitation(
            type: "stix-pattern", value: pattern.text, observed: observed, match: "pattern", family: pattern.family,
            source: pattern.source, reference: pattern.reference)
        let card = runs[last.run].coverage
        return Finding(
            severity: severity, cause: .indicator(citation), title: PatternWording.title(pattern, records.count),
            artifact: card.identifier, artifactTitle: card.title, moment: last.hit.moment, path: path(of: last),
            location: last.hit.location, record: last.hit.record, records: records.count > 1 ? Array(cited) : [],
            recordCount: records.count, family: pattern.family, state: state,
            meaning: PatternWording.meaning(
                pattern,
                records.prefix(10).map { (runs[$0.run].coverage.title, $0.hit.moment, $0.hit.values) }, records.count)
                + (asked.map(ShortLinkWording.meaning) ?? ""),
            limits: (asked == nil ? "" : ShortLinkWording.patternLimits) + PatternWording.limits(state),
            benignCauses: PatternWording.benignCauses,
            nextStep: IndicatorWording.nextStep(state))
    }

    private func path(of kept: Kept) -> String {
        let paths = runs[kept.run].patternHits?.paths ?? []
        return paths.indices.contains(kept.hit.path) ? paths[kept.hit.path] : ""
    }

    private static func strongest(_ states: [Observable.State]) -> Observable.State {
        let order: [Observable.State] = [.ran, .installed, .visited, .contacted, .attempted]
        return order.first { states.contains($0) } ?? states.first ?? .unknown
    }
}
