import ArtifactModel
import CaseModel
import Indicators
import Primitives
import RuleLanguage

/// A rule as far as coverage needs to know it: which artefacts must have given records for it to match at all.
struct RuleNeed: Sendable, Hashable {
    /// The family that it was published for.
    var family: String
    /// Every set must have an artefact that gave records; within a set one of them is enough.
    var artifacts: [Set<String>]
}

extension RuleSet {
    /// What is published for families and can't be checked: it counts among the rules, and never as applied.
    var notCheckable: [RuleNeed] {
        idle.compactMap { head in
            guard head.card.notCheckable != nil, let family = head.card.family else { return nil }
            return RuleNeed(family: family, artifacts: [[]])
        }
    }
}

/// What an artefact of a run can show of a family, worked out once.
private struct Surface {
    let identifier: String
    let kinds: Set<Indicator.Kind>
    let fields: Set<Observable.Kind>
    let checkedFamilies: [String]
    let reach: ClosedRange<Timestamp>?
    let hasRecords: Bool
    let isWhole: Bool

    init(_ run: ArtifactRun) {
        identifier = run.coverage.identifier
        kinds = Set(run.observables.flatMap(\.comparableKinds))
        fields = run.observables
        checkedFamilies = run.checkedFamilies
        reach = run.coverage.reach
        hasRecords = run.coverage.records > 0
        isWhole = run.coverage.status == .read
    }

    /// Whether records were read that can be of the years of a family; a record without a moment can be of any.
    func isExamined(in years: Coverage.PublishedYears?) -> Bool {
        guard hasRecords else { return false }
        guard let years, let reach else { return true }
        return years.touches(reach)
    }
}

/// For each spyware family: how many of its indicators, checks and rules could have matched on what was really read.
///
/// A pattern over several properties or records counts as one indicator, which can match if there are artefacts for all
/// that it demands.
/// What the evidence does not hold, what was damaged beyond reading, and what lies outside the years for which a family
/// was published lowers the numbers.
func families(
    of runs: [ArtifactRun], _ indicators: IndicatorSet, patterns: PatternSet = PatternSet([]), rules: [RuleNeed] = []
) -> [Coverage.Family] {
    let surfaces = runs.map(Surface.init)
    var published: [String: [Indicator.Kind: Int]] = [:]
    for tally in indicators.tallies {
        published[tally.family ?? "", default: [:]][tally.kind, default: 0] += tally.count
    }
    let patterns = Dictionary(grouping: patterns.patterns) { $0.family ?? "" }
    for name in surfaces.flatMap(\.checkedFamilies) + rules.map(\.family) + patterns.keys
    where published[name] == nil {
        published[name] = [:]
    }
    return published.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
        family(name, published[name] ?? [:], patterns[name] ?? [], surfaces, rules.filter { $0.family == name })
    }
}

private func family(
    _ name: String, _ published: [Indicator.Kind: Int], _ patterns: [CompoundPattern], _ surfaces: [Surface],
    _ rules: [RuleNeed]
) -> Coverage.Family {
    var family = Coverage.Family(name: name, years: PublishedFamily.named(name)?.years)
    let wanted = Set(published.keys)
    let needed = Set(rules.flatMap(\.artifacts).flatMap { $0 })
    var (comparable, whole): (Set<Indicator.Kind>, Set<Indicator.Kind>) = ([], [])
    var (examined, intact): (Set<String>, Set<String>) = ([], [])
    var (fields, wholeFields): ([Set<Observable.Kind>], [Set<Observable.Kind>]) = ([], [])
    for surface in surfaces {
        let checks = surface.checkedFamilies.count { $0 == name }
        family.checks += checks
        let canShow =
            checks > 0 || !surface.kinds.isDisjoint(with: wanted) || needed.contains(surface.identifier)
            || patterns.contains { $0.concerns(surface.fields) }
        guard canShow else { continue }
        guard surface.isExamined(in: family.years) else {
            family.missing.append(surface.identifier)
            continue
        }
        family.examined.append(surface.identifier)
        family.appliedChecks += checks
        examined.insert(surface.identifier)
        comparable.formUnion(surface.kinds)
        fields.append(surface.fields)
        if surface.isWhole {
            family.wholeChecks += checks
            intact.insert(surface.identifier)
            whole.formUnion(surface.kinds)
            wholeFields.append(surface.fields)
        }
        if let reach = surface.reach {
            family.reach =
                family.reach.map { min($0.lowerBound, reach.lowerBound)...max($0.upperBound, reach.upperBound) }
                ?? reach
        }
    }
    for (kind, count) in published {
        family.indicators += count
        if comparable.contains(kind) { family.comparableIndicators += count }
        if whole.contains(kind) { family.wholeIndicators += count }
    }
    for pattern in patterns {
        family.indicators += 1
        if pattern.canAgree(with: fields) { family.comparableIndicators += 1 }
        if pattern.canAgree(with: wholeFields) { family.wholeIndicators += 1 }
    }
    for rule in rules where !rule.artifacts.isEmpty {
        family.checks += 1
        if rule.artifacts.allSatisfy({ !$0.isDisjoint(with: examined) }) { family.appliedChecks += 1 }
        if rule.artifacts.allSatisfy({ !$0.isDisjoint(with: intact) }) { family.wholeChecks += 1 }
    }
    return family
}
