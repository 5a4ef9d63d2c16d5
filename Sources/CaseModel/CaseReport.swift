public import ArtifactModel
public import Primitives

/// A finished check: what `case.json` holds and a report is written from.
public struct CaseReport: Sendable, Hashable {
    /// A set of indicators that was used.
    public struct IndicatorSource: Sendable, Hashable {
        /// The file's name.
        public var name: String
        /// How many indicators it gave.
        public var indicators: Int
        /// How many of its patterns could not be used.
        public var problems: Int

        /// Joins the counts.
        public init(name: String, indicators: Int, problems: Int) {
            self.name = name
            self.indicators = indicators
            self.problems = problems
        }
    }

    /// The version of the tool.
    public var toolVersion: String
    /// The evidence.
    public var evidence: EvidenceSummary
    /// When the check started.
    public var started: Timestamp
    /// When it ended.
    public var ended: Timestamp
    /// The indicators that were used.
    public var indicatorSources: [IndicatorSource]
    /// A digest over all of them.
    public var indicatorDigest: String
    /// What was examined.
    public var coverage: Coverage
    /// How many findings there are of each severity.
    public var counts: [Severity: Int]
    /// The first findings in their order; `counts` tells how many there are in all.
    public var findings: [Finding]
    /// The verdict.
    public var verdict: Verdict
    /// Why the verdict is what it is, in sentences or conditions of its table.
    public var verdictReasons: [String]
    /// What the device held at the time of findings.
    public var exposures: [Exposure]
    /// How well the device was protected.
    public var protection: Protection
    /// Whether the check ran to its end.
    public var isComplete: Bool
    /// Whether message bodies, notes, titles and names were written to the records; absent if that is not known.
    public var includesContent: Bool?
    /// What people said of findings.
    public var annotations = Annotations()
    /// The findings that a person suppressed: they are not among `findings`, nor in `counts`.
    public var suppressed: [Finding] = []
    /// How many there are, listed or not.
    public var suppressedCount = 0
    /// The verdict without any annotation; absent if it is the same.
    public var verdictWithoutAnnotations: Verdict?
    /// What became of an earlier case, if this one was made of its records.
    public var recheck: Recheck?
    /// What is damaged or odd about the stored case, in sentences.
    public var caseProblems: [String] = []

    /// Joins the parts.
    public init(
        toolVersion: String, evidence: EvidenceSummary, started: Timestamp, ended: Timestamp,
        indicatorSources: [IndicatorSource], indicatorDigest: String, coverage: Coverage, counts: [Severity: Int],
        findings: [Finding], verdict: Verdict, verdictReasons: [String] = [], exposures: [Exposure] = [],
        protection: Protection = Protection(), isComplete: Bool
    ) {
        self.toolVersion = toolVersion
        self.evidence = evidence
        self.started = started
        self.ended = ended
        self.indicatorSources = indicatorSources
        self.indicatorDigest = indicatorDigest
        self.coverage = coverage
        self.counts = counts
        self.findings = findings
        self.verdict = verdict
        self.verdictReasons = verdictReasons
        self.exposures = exposures
        self.protection = protection
        self.isComplete = isComplete
    }

    /// How many findings there are.
    public var findingCount: Int { counts.values.reduce(0, +) }

    /// The highest severity of all findings.
    public var highestSeverity: Severity? { counts.filter { $0.value > 0 }.keys.max() }
}
