import CaseModel
import Primitives

/// What became of an earlier case when its records were judged again.
struct RecheckSection: Sendable {
    /// A finding that is new, or no longer made.
    struct Row: Sendable {
        var changeSeverity: Line
        var changeTitle: Line
        var changePlace: Line
        var changeSource: Line
    }

    /// Two facts of the earlier check and the counts.
    let earlier: [Page.Fact]
    let newRows: [Row]
    let furtherNew: Line
    let goneRows: [Row]
    let furtherGone: Line
    let limitsOfRecheck: [Line]

    private static let shown = 100

    init(of recheck: Recheck) {
        earlier = [
            Page.Fact("Earlier case", recheck.earlierCase),
            Page.Fact("Earlier check", "ended \(recheck.earlierEnd.words), Bridle \(recheck.earlierVersion)"),
            Page.Fact(
                "Findings",
                "\(recheck.addedCount.grouped) new, \(recheck.goneCount.grouped) no longer matched, "
                    + "\(recheck.unchangedCount.grouped) unchanged, \(recheck.carriedCount.grouped) taken over"),
            Page.Fact(
                "Of these of rules",
                "\(recheck.ofRules.added.grouped) new, \(recheck.ofRules.gone.grouped) no longer matched, "
                    + "\(recheck.ofRules.unchanged.grouped) unchanged, \(recheck.ofRules.carried.grouped) taken over"),
        ]
        newRows = recheck.added.prefix(RecheckSection.shown).map(RecheckSection.row)
        goneRows = recheck.gone.prefix(RecheckSection.shown).map(RecheckSection.row)
        furtherNew = RecheckSection.further(recheck.addedCount - newRows.count)
        furtherGone = RecheckSection.further(recheck.goneCount - goneRows.count)
        limitsOfRecheck = recheck.onlyTheEvidence.map { Line($0, limit: 4_000) }
    }

    private static func row(_ change: Recheck.Change) -> Row {
        let value =
            !change.rule.isEmpty
            ? "rule \(change.rule)" : change.value.isEmpty ? "" : "\(change.value) in \(change.source)"
        return Row(
            changeSeverity: Line(change.severity), changeTitle: Line(change.title),
            changePlace: Line((change.moment?.words ?? "no moment recorded") + "; " + change.place),
            changeSource: Line(value + (change.isKnownOtherwise ? " (known before from another file)" : "")))
    }

    private static func further(_ count: Int) -> Line {
        count <= 0 ? .none : Line("\(count.of("more", "more")): see changes.json in the case folder.")
    }
}
