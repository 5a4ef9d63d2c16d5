import CaseModel
import Indicators
import Primitives

/// The findings that single stored records do not make: of published patterns, of correlations, and of where short links
/// led.
struct JoinedFindings {
    private let patterns: PatternJudgement
    private let led: ShortLinkJudgement
    /// The findings of correlations.
    private let correlated: FindingCollector
    /// What came of the correlations, by their numbers.
    let outcomes: [Correlator.Outcome]
    /// Why correlations were not asked.
    let blocked: [Int: [String]]
    /// The identifiers of all findings.
    private(set) var identifiers: Set<EarlierFindings.Key>
    /// The first findings that were not there before.
    private(set) var added = FindingCollector(prefix: nil)
    /// How many of these are findings of correlations.
    private(set) var addedByRules = 0
    /// What could not be written, if anything.
    let failure: OutputError?

    init(
        _ runs: [StoredRun], _ context: JudgingContext, _ questions: RuleQuestions, _ earlier: EarlierFindings,
        _ led: ShortLinkJudgement
    ) {
        self.led = led
        let blocked = questions.blocked(runs, isStopped: context.progress.isStopped)
        patterns = PatternJudgement(
            context.patterns, runs.map(\.run), prefix: context.folder?.file(".patterns.findings-"))
        var identifiers = Set(patterns.identifiers.union(led.identifiers).compactMap { EarlierFindings.Key($0) })
        var added = FindingCollector(prefix: nil)
        var line = TextBuffer()
        for finding in led.findings.first + patterns.findings.first
        where EarlierFindings.Key(finding.id).map(earlier.identifiers.contains) != true { added.add(finding, &line) }
        var addedByRules = 0
        do throws(OutputError) {
            let result = try correlate(runs.map(\.run), context, without: Set(blocked.keys)) { finding in
                guard let key = EarlierFindings.Key(finding.id) else { return }
                identifiers.insert(key)
                guard !earlier.identifiers.contains(key) else { return }
                added.add(finding, &line)
                addedByRules += 1
            }
            (correlated, outcomes) = (result.findings, result.outcomes)
            failure = patterns.findings.sorter?.failure
        } catch {
            (correlated, outcomes) = (FindingCollector(prefix: nil), [])
            failure = error
        }
        added.finish()
        // An interruption may have come while they were asked.
        self.blocked = context.progress.isStopped ? questions.blocked(runs, isStopped: true) : blocked
        (self.identifiers, self.added, self.addedByRules) = (identifiers, added, addedByRules)
    }

    /// The findings, for joining with others.
    var collectors: [FindingCollector] { [led.findings, correlated, patterns.findings] }
    /// What of published patterns was not joined, in sentences.
    var notes: [String] { patterns.notes }
}
