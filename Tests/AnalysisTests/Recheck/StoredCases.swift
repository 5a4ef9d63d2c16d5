import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import RuleLanguage
import TestSupport
import Testing

@testable import Analysis

/// Cases that are checked and judged again with rules.
struct StoredCases {
    let scratch: Scratch
    let catalog: [any Artifact.Type]
    var indicators: [Indicator] = []

    @discardableResult func check(
        _ name: String, _ evidence: MemoryEvidence, _ rules: RuleSet, content: Bool = false, saysContent: Bool = true,
        version: String = "1"
    ) async throws -> AnalysisResult {
        #expect(rules.problems.isEmpty, "\(rules.problems)")
        let folder = try CaseFolder(scratch.path(name), force: true, outside: [])
        var options = AnalysisOptions()
        options.rules = rules
        options.includesContent = content
        let set = IndicatorSet(indicators)
        let result = try await analyze(
            catalog, in: evidence, indicators: set, options: options, folder: folder, progress: RunProgress())
        let moment = try #require(Timestamp(unixSeconds: 1_700_000_000 as Int64))
        var report = CaseReport(
            toolVersion: version, evidence: evidence.summary, started: moment, ended: moment, indicatorSources: [],
            indicatorDigest: set.digest, coverage: result.coverage, counts: result.counts, findings: result.findings,
            verdict: result.verdict, verdictReasons: Verdict.reasons(for: result.grounds), isComplete: true)
        if saysContent { report.includesContent = content }
        try publish(report, folder)
        return result
    }

    @discardableResult func recheck(
        _ earlier: String, as name: String, _ rules: RuleSet, indicators: [Indicator]? = nil, rulesOnly: Bool = false,
        version: String = "1", progress: RunProgress = RunProgress(), writes: Bool = true
    ) async throws -> RecheckResult {
        #expect(rules.problems.isEmpty, "\(rules.problems)")
        let folder = writes ? try CaseFolder(scratch.path(name), force: true, outside: [scratch.path(earlier)]) : nil
        var options = AnalysisOptions()
        options.rules = rules
        let result: RecheckResult
        do {
            result = try await Analysis.recheck(
                scratch.path(earlier), catalog, indicators: IndicatorSet(indicators ?? self.indicators),
                options: options, folder: folder, progress: progress, version: version, rulesOnly: rulesOnly)
        } catch {
            folder?.discard()
            throw error
        }
        if let folder { try publish(result.report, folder) }
        return result
    }

    private func publish(_ report: CaseReport, _ folder: CaseFolder) throws {
        var text = TextBuffer()
        report.write(json: &text)
        try folder.write("case.json", text.bytes)
        try folder.publish()
    }

    /// The lines of a case's findings that hold some words.
    func findings(_ name: String, _ words: String = "") throws -> [String] {
        try scratch.lines(name + "/findings.jsonl").filter { words.isEmpty || $0.contains(words) }
    }

    /// Coverage without what a recheck adds to it.
    func coverage(_ name: String) throws -> String {
        try scratch.text(name + "/coverage.json").replacing(
            /,"not_asked":\["([^"\\]|\\.)*"(,"([^"\\]|\\.)*")*\]/, with: "")
    }

    /// The findings and all that follows from them are the same in two cases.
    func expectSame(_ first: String, _ second: String, _ comment: String = "") throws {
        for file in ["findings.jsonl", "timeline.csv", "facts.jsonl", "exposure.json", "protection.json"] {
            let (one, other) = (try scratch.text(first + "/" + file), try scratch.text(second + "/" + file))
            guard one != other else { continue }
            for (line, want) in zip(one.split(separator: "\n"), other.split(separator: "\n")) where line != want {
                Issue.record("\(comment): \(file)\nfound  \(line)\nwanted \(want)")
                return
            }
            Issue.record("\(comment): \(file) has \(one.count) characters, and \(other.count) are wanted")
        }
        let (one, other) = (try coverage(first), try coverage(second))
        guard one != other else { return }
        for (line, want) in zip(one.split(separator: "\n"), other.split(separator: "\n")) where line != want {
            Issue.record("\(comment): coverage\nfound  \(line)\nwanted \(want)")
            return
        }
        Issue.record("\(comment): coverage has other lines")
    }
}
