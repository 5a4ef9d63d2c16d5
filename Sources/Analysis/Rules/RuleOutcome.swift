public import ArtifactModel
import CaseModel
import RuleLanguage

/// What came of one rule in a run: what `rules test` prints, and what coverage counts.
public struct RuleOutcome: Sendable, Hashable {
    /// The rule's identifier.
    public var identifier: String
    /// Whether it looks at several records.
    public var isCorrelation: Bool
    /// Whether it gives findings of its own.
    public var isReported: Bool
    /// The family that it was published for.
    public var family: String?
    /// How much it should worry.
    public var severity: Severity
    /// The artefacts whose records it looks at.
    public var artifacts: [String]
    /// For each of its rules (one for a rule about one record) the artefacts of which at least one must give records.
    public var needs: [Set<String>]
    /// Those of the artefacts that gave records, in byte order.
    public var examined: [String]
    /// Records that fired, or episodes.
    public var hits: Int
    /// Records that fired and that no correlation could use because they have no time.
    public var timeless: Int
    /// Records that fired and that no correlation could use because a field that it needs is empty.
    public var incomplete: Int
    /// Episodes that are counted and not among the findings.
    public var omitted: Int
    /// Whether a window held more records than memory should, so that older ones left it early.
    public var isCut: Bool

    /// Whether it could have fired: all that it needs gave records.
    public var couldFire: Bool { needs.allSatisfy { !$0.isDisjoint(with: examined) } }
}

extension RuleSet {
    /// The artefacts that each correlation needs, by its members, down to rules about one record.
    private var needs: [[Set<String>]] {
        var needs: [[Set<String>]] = []
        for correlation in correlations {
            var found: [Set<String>] = []
            for member in correlation.members {
                switch member.origin {
                case .rule(let rule): found.append(Set(rules[rule].artifacts))
                case .correlation(let inner): found += needs[inner]
                }
            }
            // Each set once, in a fixed order: correlations that use each other can say the same very often.
            needs.append(Set(found).sorted { $0.sorted().lexicographicallyPrecedes($1.sorted()) })
        }
        return needs
    }

    /// What came of all rules, in byte order of their identifiers.
    func outcomes(
        _ tallies: [Int: RuleJudge.Tally], _ correlated: [Correlator.Outcome], examined: Set<String>
    ) -> [RuleOutcome] {
        var outcomes: [RuleOutcome] = []
        let needs = needs
        for (number, rule) in rules.enumerated() {
            let tally = tallies[number] ?? RuleJudge.Tally()
            outcomes.append(
                RuleOutcome(
                    identifier: rule.head.identifier, isCorrelation: false, isReported: rule.isReported,
                    family: rule.head.card.family, severity: rule.head.severity, artifacts: rule.artifacts,
                    needs: [Set(rule.artifacts)], examined: rule.artifacts.filter(examined.contains),
                    hits: tally.hits, timeless: tally.timeless, incomplete: tally.incomplete, omitted: 0,
                    isCut: false))
        }
        for (number, correlation) in correlations.enumerated() {
            let outcome = correlated.indices.contains(number) ? correlated[number] : Correlator.Outcome()
            outcomes.append(
                RuleOutcome(
                    identifier: correlation.head.identifier, isCorrelation: true, isReported: correlation.isReported,
                    family: correlation.head.card.family, severity: correlation.head.severity,
                    artifacts: correlation.artifacts, needs: needs[number],
                    examined: correlation.artifacts.filter(examined.contains), hits: outcome.hits, timeless: 0,
                    incomplete: 0, omitted: outcome.omitted, isCut: outcome.isCut))
        }
        return outcomes.sorted { $0.identifier.utf8.lexicographicallyPrecedes($1.identifier.utf8) }
    }
}
