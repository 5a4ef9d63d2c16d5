import ArtifactModel
public import CaseModel
import Primitives

/// The result as one JSON object, for `--json`.
///
/// `verdict`, `verdict_words`, `complete` and `counts` stand first for scripts that want no more; `case` is what
/// `case.json` holds (evidence, indicators, limits of the verdict); `findings` are lines of `findings.jsonl`, the first
/// `findings_listed` of `findings_total`; `coverage` is what `coverage.json` holds.
public enum SummaryJSON {
    /// Writes the object and a line end.
    public static func bytes(of report: CaseReport) -> [UInt8] {
        var buffer = TextBuffer()
        buffer.append("{\"verdict\":")
        buffer.append(jsonString: report.verdict.rawValue)
        buffer.append(",\"verdict_words\":")
        buffer.append(jsonString: report.verdict.headline)
        buffer.append(",\"verdict_without_annotations\":")
        buffer.append(jsonString: (report.verdictWithoutAnnotations ?? report.verdict).rawValue)
        buffer.append(",\"complete\":")
        report.isComplete ? buffer.append("true") : buffer.append("false")
        buffer.append(",\n\"counts\":{")
        for (index, severity) in Severity.allCases.reversed().enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.append(jsonString: severity.word)
            buffer.append(":")
            buffer.append(decimal: Int64(report.counts[severity] ?? 0))
        }
        buffer.append("},\n\"case\":")
        report.write(json: &buffer)
        buffer.append(",\"findings_listed\":")
        buffer.append(decimal: Int64(report.findings.count))
        buffer.append(",\"findings_total\":")
        buffer.append(decimal: Int64(report.findingCount))
        buffer.append(",\n\"findings\":[")
        for (index, finding) in report.findings.enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            finding.write(json: &buffer)
        }
        buffer.append("],\n\"suppressed_total\":")
        buffer.append(decimal: Int64(report.suppressedCount))
        buffer.append(",\n\"suppressed\":[")
        for (index, finding) in report.suppressed.prefix(500).enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            finding.write(json: &buffer)
        }
        buffer.append("],\n\"annotations\":[")
        for (index, annotation) in report.annotations.all.enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            annotation.write(json: &buffer)
        }
        buffer.append("],\n\"case_problems\":")
        buffer.append(jsonStrings: report.caseProblems)
        buffer.append(",\n\"exposure\":")
        Exposure.write(json: report.exposures, to: &buffer)
        buffer.append(",\"protection\":")
        report.protection.write(json: &buffer)
        buffer.append(",\"coverage\":")
        report.coverage.write(json: &buffer)
        buffer.append("}\n")
        return buffer.bytes
    }
}
