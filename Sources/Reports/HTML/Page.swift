import ArtifactModel
import CaseModel
import Primitives

/// Everything that the page shows, in the words in which it shows it.
///
/// The templates find values by the names of these properties. No property is optional and none has the name of one
/// that encloses it: Mustache looks for a name that has no value in what is around, and would show that instead.
struct Page: Sendable {
    /// How much of a long list is shown; the rest is counted, and it is said where it stands.
    enum Limit {
        static let cards = 300
        static let recordsInCard = 20
        static let timelineRows = 1_000
        static let damagesOfArtifact = 10
        static let digests = 5_000
        static let exposures = 20
        static let suppressed = 500
    }

    /// A name and a value.
    struct Fact: Sendable {
        var name: Line
        var value: Line

        init(_ name: String, _ value: String) {
            self.name = Line(name)
            self.value = Line(value, limit: 4_000)
        }
    }

    let heading = Line("Traces of spyware: report of a check")
    let isIncomplete: Bool
    let head: [Fact]
    let remarks: [Line]
    let verdictWord: Line
    let verdictHeadline: Line
    let verdictExplanation: Line
    let verdictLimits: [Line]
    let verdictReasons: [Line]
    let saidOfVerdict: [Line]
    let problemsOfCase: [Line]
    let countWords: Line
    let coverageWords: Line
    let comparisonWords: Line
    let shortLinkWords: Line
    let rechecks: [RecheckSection]
    let advice: AdviceSection
    let findings: FindingsSection
    let timeline: TimelineSection
    let exposure: ExposureSection
    let protection: ProtectionSection
    let suppressed: SuppressedSection
    let coverage: CoverageSection
    let appendix: AppendixSection
    let toolVersion: Line

    init(of report: CaseReport) {
        let groups = FindingGroup.groups(of: report.findings)
        isIncomplete = !report.isComplete
        head = Page.head(of: report)
        remarks = report.evidence.remarks.map { Line($0) }
        verdictWord = Line(report.verdict.rawValue)
        verdictHeadline = Line(report.verdict.headline)
        verdictExplanation = Line(report.verdict.explanation)
        verdictLimits = Verdict.limits.map { Line($0) }
        verdictReasons = report.reasonWords.map { Line($0) }
        saidOfVerdict = report.annotationWords.map { Line($0, limit: 5_000) }
        problemsOfCase = report.caseProblems.map { Line($0) }
        countWords = Line(report.countWords + ".")
        coverageWords = Line(report.coverage.words)
        comparisonWords = Line(report.coverage.comparisonWords)
        shortLinkWords = report.coverage.shortLinkWords.map { Line($0) } ?? .none
        rechecks = report.recheck.map { [RecheckSection(of: $0)] } ?? []
        advice = AdviceSection(for: report.verdict)
        findings = FindingsSection(of: report, groups: groups)
        exposure = ExposureSection(of: report, groups: groups)
        protection = ProtectionSection(of: report.protection)
        suppressed = SuppressedSection(of: report)
        timeline = TimelineSection(of: groups)
        coverage = CoverageSection(of: report)
        appendix = AppendixSection(of: report, groups: groups)
        toolVersion = Line(report.toolVersion)
    }

    private static func head(of report: CaseReport) -> [Fact] {
        [
            Fact("Device", report.evidence.deviceWords),
            Fact("Evidence", report.evidence.kindWords),
            Fact("Evidence taken", report.evidence.taken?.words ?? "not recorded in the evidence"),
            Fact("Read from", report.evidence.path),
            Fact("Checked", "\(report.started.words) to \(report.ended.words)"),
            Fact("Tool", "Bridle \(report.toolVersion)"),
        ]
    }
}

/// What to do now.
struct AdviceSection: Sendable {
    struct Step: Sendable {
        var stepHeading: Line
        var stepText: Line
        var helpers: [Line]
        var reaching: Line
    }

    let danger = Line(Advice.danger)
    let introduction: Line
    let steps: [Step]

    init(for verdict: Verdict) {
        introduction = Line(Advice.introduction(for: verdict))
        steps = Advice.steps.enumerated().map { index, step in
            let names = index == Advice.helpStep
            return Step(
                stepHeading: Line(step.heading), stepText: Line(step.text),
                helpers: names ? Advice.helpers.map { Line($0) } : [], reaching: names ? Line(Advice.reaching) : .none)
        }
    }
}
