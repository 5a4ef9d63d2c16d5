import ArtifactModel
import CaseModel
import Primitives

/// What was done, with times; never a message text, a password or a key.
enum RunLog {
    /// `run.log`: one line a step.
    static func bytes(of report: CaseReport) -> [UInt8] {
        var text = TextBuffer()
        func line(_ moment: Timestamp, _ words: String) {
            text.append(moment)
            text.append(UInt8(ascii: " "))
            text.append(printable: words)
            text.append(UInt8(ascii: "\n"))
        }
        line(report.started, "bridle \(report.toolVersion) begins to read \(report.evidence.kind)")
        for source in report.indicatorSources {
            line(
                report.started,
                "indicators: \(source.name): \(source.indicators) loaded, \(source.problems) not usable")
        }
        for artifact in report.coverage.artifacts {
            line(
                report.ended,
                "\(artifact.identifier): \(artifact.status.rawValue), \(artifact.files.count) files, "
                    + "\(artifact.records) records")
            for file in artifact.files {
                for damage in file.damages { line(report.ended, "\(file.path): \(damage)") }
                if let failure = file.failure { line(report.ended, "\(file.path): stopped: \(failure)") }
            }
        }
        let links = report.coverage.shortLinks
        if !links.isEmpty {
            line(
                report.ended,
                "short links: \(links.found) found, \(links.asked) asked through a proxy, \(links.answered) answered, "
                    + "\(links.led) led to another address")
        }
        let rules = report.coverage.rules
        line(report.ended, "rules: \(rules.count) loaded, \(rules.count { $0.couldFire }) could have fired")
        for rule in rules {
            if rule.timeless > 0 {
                line(
                    report.ended,
                    "rule \(rule.identifier): \(rule.timeless) records without a time were not put in order")
            }
            if rule.incomplete > 0 {
                line(
                    report.ended, "rule \(rule.identifier): \(rule.incomplete) records lack a field and are in no group"
                )
            }
            if rule.omitted > 0 { line(report.ended, "rule \(rule.identifier): \(rule.omitted) hits are counted only") }
            for reason in rule.notAsked { line(report.ended, "rule \(rule.identifier) was not asked: \(reason)") }
            if rule.isCut {
                line(report.ended, "rule \(rule.identifier): a window held too many records; the oldest left it early")
            }
        }
        line(
            report.ended,
            "\(report.findingCount) findings, verdict \(report.verdict.rawValue), "
                + (report.isComplete ? "complete" : "interrupted"))
        return text.bytes
    }
}
