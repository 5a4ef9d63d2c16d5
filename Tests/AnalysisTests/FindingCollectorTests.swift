import ArtifactModel
import CaseModel
import Foundation
import Primitives
import Testing

@testable import Analysis

/// Order and numbers of findings.
struct FindingCollectorTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func finding(_ number: Int, _ severity: Severity, at seconds: Int64?) -> Finding {
        Finding(
            severity: severity, cause: .check(identifier: "check", references: []), title: "title", artifact: "made.up",
            artifactTitle: "Made up", moment: seconds.flatMap { Timestamp(unixSeconds: $0) }, path: "file",
            location: .row(Int64(number), table: "table"), record: [], family: nil, state: .unknown, meaning: "",
            limits: "", benignCauses: [], nextStep: "")
    }

    private func findings(_ count: Int) -> [Finding] {
        var numbers = Numbers(state: 3)
        return (0..<count).map { number in
            let severity = Severity.allCases.randomElement(using: &numbers) ?? .low
            // From the year 1 to the year 9999, and none.
            let seconds: Int64? =
                number % 9 == 0
                ? nil : Int64.random(in: -62_135_596_800...253_402_300_799, using: &numbers) / 1_000 * 1_000
            return finding(number, severity, at: seconds)
        }
    }

    @Test func `all findings reach the file in their order, and the first stay in memory`() throws {
        let findings = findings(5_000)
        var collector = FindingCollector(prefix: scratch.path("run-"))
        var line = TextBuffer()
        for finding in findings { collector.add(finding, &line) }
        collector.finish()
        let output = try OutputFile(creating: scratch.path("findings.jsonl"))
        try RunMerge.merge(collector.sorter?.runs ?? [], scratch: scratch.path("merge-"), into: output)
        try output.close()
        let wanted = findings.sorted()
        let found = try scratch.lines("findings.jsonl").map { line in
            (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["id"] as? String
        }
        #expect(found == wanted.map(\.id))
        #expect(collector.first == Array(wanted.prefix(FindingCollector.shown)))
        for severity in Severity.allCases {
            #expect(collector.counts[severity] == findings.count { $0.severity == severity })
        }
    }

    @Test func `collectors that are joined are one collector`() {
        let findings = findings(3_000)
        var line = TextBuffer()
        var whole = FindingCollector(prefix: nil)
        for finding in findings { whole.add(finding, &line) }
        whole.finish()
        var joined = FindingCollector(prefix: nil)
        for part in 0..<7 {
            var collector = FindingCollector(prefix: nil)
            for (index, finding) in findings.enumerated() where index % 7 == part { collector.add(finding, &line) }
            collector.finish()
            joined.merge(collector)
        }
        joined.finish()
        #expect(joined.first == whole.first && joined.counts == whole.counts && joined.summaries == whole.summaries)
    }

    @Test func `severity goes before moment, and no moment comes last`() {
        let ordered = [
            finding(1, .critical, at: 500), finding(2, .critical, at: nil), finding(3, .high, at: -62_135_596_800),
            finding(4, .high, at: 0), finding(5, .high, at: 253_402_300_799), finding(6, .high, at: nil),
            finding(7, .informational, at: -1),
        ]
        var collector = FindingCollector(prefix: nil)
        var line = TextBuffer()
        for finding in ordered.reversed() { collector.add(finding, &line) }
        collector.finish()
        #expect(collector.first == ordered)
    }

    @Test func `findings of one place differ by their cause`() {
        let first = finding(1, .low, at: nil)
        var second = first
        second.cause = .check(identifier: "other", references: [])
        let third = Finding(
            severity: .low, cause: .check(identifier: "other", references: []), title: "title", artifact: "made.up",
            artifactTitle: "Made up", moment: nil, path: "file", location: .row(1, table: "table"), record: [],
            family: nil, state: .unknown, meaning: "", limits: "", benignCauses: [], nextStep: "")
        #expect(first.id != third.id && first.id == second.id && first.id.utf8.count == 32)
    }
}
