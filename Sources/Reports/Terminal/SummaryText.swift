import ArtifactModel
public import CaseModel
import Primitives

/// The verdict, the findings and the coverage in short, for a terminal.
///
/// Every value of the evidence goes through `printable`: a name on a telephone can hold what a terminal obeys.
public enum SummaryText {
    /// How much is shown.
    enum Limit {
        static let groups = 20
        static let damagedArtifacts = 10
        static let characters = 300
        static let families = 6
        static let exposures = 3
    }

    /// Writes the summary, with a line end behind every line, in at most `width` columns where words allow it.
    ///
    /// Paths and other long words are not broken, so that they can be copied. Without `color` it is plain text.
    public static func lines(of report: CaseReport, color: Bool, width: Int) -> String {
        var paper = TerminalPaper(color: color, width: width)
        write(verdict: report, to: &paper)
        write(findings: report, to: &paper)
        write(exposure: report, to: &paper)
        write(coverage: report, to: &paper)
        write(protection: report, to: &paper)
        write(advice: report, to: &paper)
        return paper.text.string
    }

    private static func write(verdict report: CaseReport, to paper: inout TerminalPaper) {
        if !report.isComplete {
            paper.line("INCOMPLETE: the check ended before everything was read.", style: .bold)
            paper.emptyLine()
        }
        paper.line(report.verdict.headline, style: style(of: report.verdict))
        paper.line(report.verdict.explanation)
        if report.verdict == .tooLittleEvidence {
            for reason in report.reasonWords { paper.line("- " + short(reason)) }
        }
        for words in report.annotationWords { paper.line(short(words)) }
        for problem in report.caseProblems { paper.line("DAMAGED: " + short(problem), style: .bold) }
        paper.emptyLine()
        paper.line(short(report.evidence.deviceWords))
        let taken = report.evidence.taken.map { ", taken " + $0.words } ?? ""
        paper.line(short(report.evidence.kindWords) + taken)
        for remark in report.evidence.remarks { paper.line(short(remark)) }
    }

    private static func write(findings report: CaseReport, to paper: inout TerminalPaper) {
        paper.heading("Findings")
        paper.line(report.countWords + ".", indent: 2)
        let groups = FindingGroup.groups(of: report.findings)
        for group in groups.prefix(Limit.groups) {
            let finding = group.first
            paper.emptyLine()
            let count = group.findings.count
            let times = count > 1 ? " (\(count.of("record", "records")))" : ""
            paper.line(
                short(finding.title) + times, label: finding.severity.word, labelStyle: style(of: finding.severity),
                labelWidth: 15, indent: 2)
            var place = TextBuffer()
            finding.location.write(words: &place, path: finding.path)
            let moment = finding.moment?.words ?? "no moment recorded"
            paper.line(moment + (count > 1 ? ", the first; " : "; ") + short(place.string), indent: 17)
            if case .indicator(let indicator) = finding.cause {
                paper.line("matched: " + short(indicator.observed), indent: 17)
            }
            if let family = finding.family { paper.line("published for: " + short(family), indent: 17) }
        }
        let hidden =
            report.unlistedFindings + groups.dropFirst(Limit.groups).reduce(0) { $0 + $1.findings.count }
        guard hidden > 0 else { return }
        paper.emptyLine()
        paper.line(
            "\(hidden.of("finding more", "findings more")): all of them stand in findings.jsonl of a case folder "
                + "(option -o DIR).", indent: 2)
    }

    private static func write(coverage report: CaseReport, to paper: inout TerminalPaper) {
        paper.heading("Examined")
        paper.line(report.coverage.words, indent: 2)
        paper.line(report.coverage.comparisonWords, indent: 2)
        for family in report.coverage.leadingFamilies(Limit.families) {
            paper.line(
                "indicators \(family.indicatorWords); checks and rules \(family.checkWords); \(family.reachWords)",
                label: short(family.nameWords), labelWidth: 24, indent: 2)
        }
        let further = report.coverage.families.count - report.coverage.leadingFamilies(Limit.families).count
        if further > 0 { paper.line("\(further.of("more family", "more families")): see coverage.json.", indent: 2) }
        let problems = report.indicatorSources.reduce(0) { $0 + $1.problems }
        if problems > 0 {
            paper.line(
                problems.of("pattern of an indicator file", "patterns of indicator files") + " could not be used.",
                indent: 2)
        }
        if let words = report.coverage.shortLinkWords { paper.line(words, indent: 2) }
        let damaged = report.coverage.artifacts.filter { $0.status == .damaged || $0.status == .stopped }
        for artifact in damaged.prefix(Limit.damagedArtifacts) {
            let reason = artifact.damageWords(limit: 1).first.map { ": " + short($0) } ?? ""
            paper.line("- " + short(artifact.title) + reason, indent: 2)
        }
        if damaged.count > Limit.damagedArtifacts {
            let hidden = damaged.count - Limit.damagedArtifacts
            paper.line("- and \(hidden.grouped) more: see coverage.json of a case folder.", indent: 2)
        }
        if report.evidence.kind == "ios-backup" {
            paper.line(
                "A backup never holds system logs, running processes, crash reports, or applications that exclude "
                    + "themselves: nothing was examined there.", indent: 2)
        }
    }

    private static func write(exposure report: CaseReport, to paper: inout TerminalPaper) {
        guard !report.exposures.isEmpty else { return }
        paper.heading("Exposure then (what the device held, not what was taken)")
        for exposure in report.exposures.prefix(Limit.exposures) {
            let open = exposure.chains.filter { $0.position == .olderThanFix }.map(\.name)
            let parts = [
                "system \(exposure.versionWords)" + (open.isEmpty ? "" : ", older than the fix of \(open.enumerated)"),
                exposure.accounts.count.of("account", "accounts"),
                exposure.messengers.count.of("messenger", "messengers"),
                exposure.permissions.count.of("permission", "permissions"),
                exposure.networks.count.of("network", "networks"),
            ]
            paper.line(
                short(parts.joined(separator: "; ")), label: exposure.timeWords, labelWidth: 25, indent: 2)
        }
        let hidden = report.exposures.count - min(report.exposures.count, Limit.exposures)
        if hidden > 0 { paper.line("\(hidden.of("more time", "more times")): see the report.", indent: 2) }
    }

    private static func write(protection report: CaseReport, to paper: inout TerminalPaper) {
        paper.heading("Protection when the evidence was taken")
        for fact in report.protection.shortFacts {
            paper.line(short(fact.words), label: fact.name, labelWidth: 28, indent: 2)
        }
    }

    private static func write(advice report: CaseReport, to paper: inout TerminalPaper) {
        guard report.verdict != .noMatch else { return }
        paper.heading("Now")
        paper.line("In danger, look after people first; evidence can wait.", indent: 2)
        for (index, step) in Advice.steps.enumerated() {
            let names = index == Advice.helpStep ? " " + Advice.helpers.enumerated + "." : ""
            paper.line("\(index + 1). " + step.heading + names, indent: 2)
        }
    }

    private static func short(_ value: String) -> String { Line(value, limit: Limit.characters).text }

    private static func style(of verdict: Verdict) -> TerminalPaper.Style {
        switch verdict {
        case .confirmed, .strongMatch: .critical
        case .suspicious: .high
        case .attemptOrContact: .medium
        case .noMatch, .tooLittleEvidence: .bold
        }
    }

    private static func style(of severity: Severity) -> TerminalPaper.Style {
        switch severity {
        case .critical: .critical
        case .high: .high
        case .medium: .medium
        case .low: .low
        case .informational: .faint
        }
    }
}
