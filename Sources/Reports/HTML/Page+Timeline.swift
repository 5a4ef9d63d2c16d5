import ArtifactModel
import CaseModel
import Primitives

/// The findings by moment.
struct TimelineSection: Sendable {
    /// One finding.
    struct Row: Sendable {
        var rowMoment: Line
        var rowExactMoment: Line
        var rowSeverity: Line
        var rowTitle: Line
        var rowObserved: Line
        var rowArtifact: Line
        var rowNumber: Line
    }

    let dated: [Row]
    let undated: [Row]
    let hasRows: Bool
    let furtherRows: Line

    init(of groups: [FindingGroup]) {
        let numbered = groups.prefix(Page.Limit.cards).enumerated().flatMap { index, group in
            group.findings.map { (number: index + 1, finding: $0) }
        }
        let withMoment = numbered.enumerated().filter { $0.element.finding.moment != nil }.sorted { left, right in
            if left.element.finding.moment == right.element.finding.moment { return left.offset < right.offset }
            guard let first = left.element.finding.moment, let second = right.element.finding.moment else {
                return false
            }
            return first < second
        }.map(\.element)
        let without = numbered.filter { $0.finding.moment == nil }
        dated = withMoment.prefix(Page.Limit.timelineRows).map(TimelineSection.row)
        undated = without.prefix(Page.Limit.timelineRows).map(TimelineSection.row)
        hasRows = !numbered.isEmpty
        let hidden = numbered.count - dated.count - undated.count
        furtherRows =
            hidden == 0 ? .none : Line("\(hidden.of("finding", "findings")) of the list above are not repeated here.")
    }

    private static func row(number: Int, finding: Finding) -> Row {
        var observed = ""
        if case .indicator(let indicator) = finding.cause { observed = indicator.observed }
        return Row(
            rowMoment: Line(finding.moment?.words ?? ""), rowExactMoment: Line(finding.moment?.description ?? ""),
            rowSeverity: Line(finding.severity.word), rowTitle: Line(finding.title),
            rowObserved: Line(observed, limit: 200),
            rowArtifact: Line(finding.artifactTitle), rowNumber: Line(String(number)))
    }
}
