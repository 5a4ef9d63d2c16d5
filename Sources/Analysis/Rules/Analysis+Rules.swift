import ArtifactModel
import CaseModel
import Primitives
import RuleLanguage

/// What came of all correlations.
struct CorrelationResult {
    var findings: FindingCollector
    var outcomes: [Correlator.Outcome]
}

/// Runs all correlations over the matches that the artefacts left. After an interruption none: records are missing.
///
/// `left` are the numbers of correlations that are not asked; `see` is handed every finding.
func correlate(
    _ runs: [ArtifactRun], _ context: JudgingContext, without left: Set<Int> = [], _ see: (Finding) -> Void = { _ in }
) throws(OutputError) -> CorrelationResult {
    var findings = FindingCollector(prefix: context.folder.map { $0.file(".correlated-") })
    guard let prefix = context.matchPrefix, !context.progress.isStopped else {
        return CorrelationResult(findings: findings, outcomes: [])
    }
    context.progress.begin("Rules over several records")
    var correlator = Correlator(
        context.options.rules,
        runs.map { run in
            Correlator.Source(
                identifier: run.coverage.identifier, title: run.coverage.title, files: run.coverage.files.map(\.path))
        },
        prefix: prefix, includesContent: context.options.includesContent, isStopped: { context.progress.isStopped })
    var line = TextBuffer()
    try correlator.correlate(runs.flatMap(\.matchRuns), without: left) { finding in
        see(finding)
        findings.add(finding, &line)
    }
    findings.finish()
    if let failure = findings.sorter?.failure { throw failure }
    return CorrelationResult(findings: findings, outcomes: correlator.outcomes)
}

/// What came of every rule.
func outcomes(of runs: [ArtifactRun], _ correlated: [Correlator.Outcome], _ rules: RuleSet) -> [RuleOutcome] {
    var tallies: [Int: RuleJudge.Tally] = [:]
    for run in runs {
        for (rule, tally) in run.tallies {
            tallies[rule, default: RuleJudge.Tally()].hits += tally.hits
            tallies[rule, default: RuleJudge.Tally()].timeless += tally.timeless
            tallies[rule, default: RuleJudge.Tally()].incomplete += tally.incomplete
        }
    }
    let examined = Set(runs.filter { $0.coverage.records > 0 }.map(\.coverage.identifier))
    return rules.outcomes(tallies, correlated, examined: examined)
}

extension Coverage.Rule {
    init(_ outcome: RuleOutcome) {
        self.init(
            identifier: outcome.identifier, family: outcome.family, artifacts: outcome.artifacts,
            examined: outcome.examined, couldFire: outcome.couldFire, hits: outcome.hits, timeless: outcome.timeless,
            incomplete: outcome.incomplete, omitted: outcome.omitted, isCut: outcome.isCut)
    }
}
