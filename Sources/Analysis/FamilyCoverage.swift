import ArtifactModel
import CaseModel
import Indicators

/// For each spyware family: how many of its indicators and checks could have matched on what was really read.
///
/// An indicator could have matched if at least one artefact that gave records has a field of its kind. What the
/// evidence does not hold, or what was damaged beyond reading, lowers the number.
func families(of runs: [ArtifactRun], _ indicators: IndicatorSet) -> [Coverage.Family] {
    let examined = runs.filter { $0.coverage.records > 0 }
    let comparable = Set(examined.flatMap(\.observables).flatMap(\.comparableKinds))
    var families: [String: Coverage.Family] = [:]
    func change(_ name: String, _ body: (inout Coverage.Family) -> Void) {
        body(
            &families[
                name,
                default: Coverage.Family(
                    name: name, indicators: 0, comparableIndicators: 0, checks: 0, appliedChecks: 0)])
    }
    for tally in indicators.tallies {
        change(tally.family ?? "") { family in
            family.indicators += tally.count
            if comparable.contains(tally.kind) { family.comparableIndicators += tally.count }
        }
    }
    for run in runs {
        for name in run.checkedFamilies {
            change(name) { family in
                family.checks += 1
                if run.coverage.records > 0 { family.appliedChecks += 1 }
            }
        }
    }
    return families.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
}
