import ArtifactModel
import CaseModel
import Primitives

/// The findings, as cards grouped by severity.
struct FindingsSection: Sendable {
    /// The cards of one severity.
    struct SeverityGroup: Sendable {
        var severityHeading: Line
        var severityDefinition: Line
        var severityCount: Line
        var cards: [Card]
    }

    let severities: [SeverityGroup]
    let unlisted: Line

    init(of report: CaseReport, groups: [FindingGroup]) {
        let shown = groups.prefix(Page.Limit.cards).enumerated().map { ($0.offset + 1, $0.element) }
        severities = Severity.allCases.reversed().compactMap { severity in
            let cards = shown.filter { $0.1.first.severity == severity }.map {
                Card(of: $0.1, number: $0.0, report.annotations)
            }
            guard !cards.isEmpty else { return nil }
            return SeverityGroup(
                severityHeading: Line(severity.heading), severityDefinition: Line(severity.definition),
                severityCount: Line((report.counts[severity] ?? 0).of("finding", "findings")), cards: cards)
        }
        let hidden = report.unlistedFindings + groups.dropFirst(Page.Limit.cards).reduce(0) { $0 + $1.findings.count }
        unlisted =
            hidden == 0
            ? .none
            : Line(
                "\(hidden.of("more finding is", "more findings are")) counted above and not shown on this page. All "
                    + "stand in findings.jsonl in the case folder, one a line, in the same order.")
    }
}

/// Findings with one cause.
struct Card: Sendable {
    /// One record.
    struct Entry: Sendable {
        var entryMoment: Line
        var entryExactMoment: Line
        var entryArtifact: Line
        var entryPlace: Line
        var entryObserved: Line
        var entryFacts: [Page.Fact]
        var entryIdentifier: Line
        var entryStandings: [Line]
    }

    let number: Line
    let title: Line
    let severityWord: Line
    let family: Line
    let state: Line
    let meaning: Line
    let limits: Line
    let benignCauses: [Line]
    let nextStep: Line
    let seenOrdinarily: Line
    let pattern: [Page.Fact]
    let sources: [Line]
    let entriesHeading: Line
    let entries: [Entry]
    let furtherEntries: Line

    init(of group: FindingGroup, number: Int, _ annotations: Annotations) {
        let finding = group.first
        self.number = Line(String(number))
        title = Line(finding.title)
        severityWord = Line(finding.severity.word)
        family = Line(finding.family ?? "")
        state = Line("Kind of trace: " + finding.state.words)
        meaning = Line(finding.meaning)
        limits = Line(finding.limits)
        benignCauses = finding.benignCauses.map { Line($0) }
        nextStep = Line(finding.nextStep)
        seenOrdinarily = Line(finding.measurement.words)
        pattern = Card.pattern(of: finding)
        sources = finding.publishedSources.map { Line($0) }
        let count = group.findings.count
        entriesHeading = Line(count == 1 ? "The record" : "The records (\(count.grouped))")
        entries = Card.ordered(group.findings, annotations).prefix(Page.Limit.recordsInCard).map {
            Card.entry(of: $0, annotations)
        }
        let hidden = count - entries.count
        furtherEntries =
            hidden == 0
            ? .none
            : Line("\(hidden.of("more record", "more records")) of the same: see findings.jsonl in the case folder.")
    }

    /// The findings of which people spoke first: none of them may be hidden behind the limit of a card.
    private static func ordered(_ findings: [Finding], _ annotations: Annotations) -> [Finding] {
        guard !annotations.findings.isEmpty else { return findings }
        let said = findings.filter { !annotations.standing(of: $0.id).isEmpty }
        return said + findings.filter { annotations.standing(of: $0.id).isEmpty }
    }

    private static func pattern(of finding: Finding) -> [Page.Fact] {
        switch finding.cause {
        case .indicator(let indicator):
            [
                Page.Fact("Indicator as published", indicator.value), Page.Fact("Type", indicator.type),
                Page.Fact("Loaded from", indicator.source),
            ]
        case .rule(let rule): [Page.Fact("Rule", rule.identifier)]
        case .check(let identifier, _): [Page.Fact("Check", finding.artifact + "/" + identifier)]
        }
    }

    private static func entry(of finding: Finding, _ annotations: Annotations) -> Entry {
        var place = TextBuffer()
        finding.location.write(words: &place, path: finding.path)
        var observed = ""
        if case .indicator(let indicator) = finding.cause {
            observed = "\(indicator.observed) (\(indicator.match))"
        }
        return Entry(
            entryMoment: Line(finding.moment?.words ?? ""), entryExactMoment: Line(finding.moment?.description ?? ""),
            entryArtifact: Line(finding.artifactTitle), entryPlace: Line(place.string, limit: 4_000),
            entryObserved: Line(observed), entryFacts: finding.record.compactMap(fact),
            entryIdentifier: Line(finding.id),
            entryStandings: annotations.standing(of: finding.id).words.map { Line($0, limit: 5_000) })
    }

    /// A field of the record as a fact; a field that is not recorded takes no room.
    private static func fact(_ member: NamedValue) -> Page.Fact? {
        guard member.value != .absent else { return nil }
        var words = TextBuffer()
        // Bytes as they stand in findings.jsonl: a stored case gives the same page.
        if case .bytes(let bytes) = member.value {
            words.append(base64: bytes)
        } else {
            member.value.write(words: &words)
        }
        return words.bytes.isEmpty ? nil : Page.Fact(member.name, words.string)
    }
}

extension Finding {
    /// Where the pattern was published, in words.
    var publishedSources: [String] {
        switch cause {
        case .indicator(let indicator): [indicator.reference].compactMap { $0 }.filter { !$0.isEmpty }
        case .check(_, let references): references.map(\.citation)
        case .rule(let rule): rule.references.map(\.citation)
        }
    }
}
