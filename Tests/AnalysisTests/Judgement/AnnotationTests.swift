import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import TestSupport
import Testing

@testable import Analysis

/// What people say of findings: kept, applied, and never a way to hide something.
struct AnnotationTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private let indicators = IndicatorSet([
        Indicator(.domainName, "bad.example.org", family: "Imaginary", source: "first.stix2"),
        Indicator(.processName, "badd", family: "Imaginary", source: "first.stix2"),
    ])

    private func said(
        _ finding: String, _ action: Annotation.Action, _ reason: String = "because", second: Int64 = 1_700_000_000
    ) throws -> Annotation {
        Annotation(
            finding: finding, action: action, reason: reason, author: "A. Analyst",
            moment: try #require(Timestamp(unixSeconds: second)))
    }

    /// A written case with a finding of each kind; the report that the check made of it.
    private func written(_ files: [String: String]) async throws -> CaseReport {
        let evidence = MemoryEvidence(
            device: files.reduce(into: [:]) { $0["/private/var/mobile/" + $1.key] = Array($1.value.utf8) })
        let folder = try CaseFolder(scratch.path("case"), force: false, outside: [])
        let result = try await analyze(
            [MadeUpPages.self, MadeUpProcesses.self], in: evidence, indicators: indicators,
            options: AnalysisOptions(), folder: folder, progress: RunProgress())
        let moment = try #require(Timestamp(unixSeconds: Int64(1_700_000_000)))
        let report = CaseReport(
            toolVersion: "0.1.0", evidence: evidence.summary, started: moment, ended: moment,
            indicatorSources: [CaseReport.IndicatorSource(name: "first.stix2", indicators: 2, problems: 0)],
            indicatorDigest: indicators.digest, coverage: result.coverage, counts: result.counts,
            findings: result.findings, verdict: result.verdict, verdictReasons: Verdict.reasons(for: result.grounds),
            exposures: result.exposures, protection: result.protection, isComplete: result.isComplete)
        var text = TextBuffer()
        report.write(json: &text)
        try folder.write("case.json", text.bytes)
        try folder.publish()
        return report
    }

    private static let files = [
        "pages.txt": "https://bad.example.org/|t|1636000000||odd\nhttps://x.org/|private|1637000000||\n",
        "processes.txt": "badd\nother\n",
    ]

    private func append(_ annotations: Annotation...) throws {
        for annotation in annotations { try AnnotationFile.append(annotation, in: scratch.path("case")) }
    }

    private func append(_ text: String, to name: String) throws {
        let handle = try #require(FileHandle(forWritingAtPath: scratch.path("case/" + name)))
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
    }

    @Test func `a stored case is read back as the check made it`() async throws {
        let report = try await written(AnnotationTests.files)
        let stored = try StoredCase.read(scratch.path("case"))
        #expect(stored.caseProblems.isEmpty)
        #expect(stored.verdict == .strongMatch && stored.verdict == report.verdict)
        #expect(stored.verdictReasons == report.verdictReasons)
        #expect(stored.counts == report.counts && stored.coverage == report.coverage)
        #expect(stored.exposures == report.exposures && stored.protection == report.protection)
        #expect(stored.findings.map(\.id) == report.findings.map(\.id))
        var (first, second) = (TextBuffer(), TextBuffer())
        for finding in report.findings { finding.write(json: &first) }
        for finding in stored.findings { finding.write(json: &second) }
        #expect(first.string == second.string)
    }

    @Test func `what holds follows from the order in which it was said`() throws {
        let id = String(repeating: "a", count: 32)
        #expect(Annotations().standing(of: id).isEmpty)
        #expect(Annotations([try said(id, .suppress)]).standing(of: id).suppression != nil)
        let confirmed = Annotations([try said(id, .suppress), try said(id, .confirm)]).standing(of: id)
        #expect(confirmed.suppression == nil && confirmed.confirmation != nil)
        let suppressed = Annotations([try said(id, .confirm), try said(id, .suppress)]).standing(of: id)
        #expect(suppressed.suppression != nil && suppressed.confirmation == nil)
        let withdrawn = Annotations([try said(id, .confirm), try said(id, .dispute), try said(id, .withdraw)])
        #expect(withdrawn.standing(of: id).isEmpty && withdrawn.findings.isEmpty && withdrawn.all.count == 3)
        #expect(Annotations([try said(id, .dispute), try said(id, .dispute)]).standing(of: id).disputes.count == 2)
    }

    @Test func `a suppressed finding does not count, and is in the report all the same`() async throws {
        let report = try await written(AnnotationTests.files)
        let process = try #require(report.findings.first { $0.severity == .critical })
        try append(try said(process.id, .suppress, "our own test"))
        let stored = try StoredCase.read(scratch.path("case"))
        #expect(stored.suppressed.map(\.id) == [process.id] && stored.suppressedCount == 1)
        #expect(!stored.findings.contains { $0.id == process.id })
        #expect(stored.counts[.critical] == nil && stored.findingCount == report.findingCount - 1)
        #expect(stored.verdict == .suspicious && stored.verdictWithoutAnnotations == .strongMatch)
        try append(try said(process.id, .withdraw))
        let again = try StoredCase.read(scratch.path("case"))
        #expect(again.verdict == .strongMatch && again.suppressed.isEmpty && again.counts == report.counts)
        for finding in report.findings { try append(try said(finding.id, .suppress)) }
        let all = try StoredCase.read(scratch.path("case"))
        #expect(all.suppressedCount == report.findingCount && all.findings.isEmpty)
        // Two artefacts are too few to say more.
        #expect(all.verdict == .tooLittleEvidence)
    }

    @Test func `an expert's word sets the highest verdict, and a dispute changes nothing but the page`() async throws {
        let report = try await written(AnnotationTests.files)
        let finding = try #require(report.findings.last)
        try append(try said(finding.id, .dispute))
        let disputed = try StoredCase.read(scratch.path("case"))
        #expect(disputed.verdict == report.verdict && disputed.verdictWithoutAnnotations == nil)
        try append(try said(finding.id, .confirm))
        let confirmed = try StoredCase.read(scratch.path("case"))
        #expect(confirmed.verdict == .confirmed && confirmed.verdictWithoutAnnotations == .strongMatch)
        #expect(confirmed.annotations.standing(of: finding.id).confirmation?.author == "A. Analyst")
    }

    @Test func `damaged annotations are reported and the others hold`() async throws {
        let report = try await written(AnnotationTests.files)
        let finding = try #require(report.findings.first)
        try append(try said(finding.id, .dispute))
        try append("{\"finding\":\"\(finding.id)\",\"action\":\"sup", to: AnnotationFile.name)
        // Behind a line that was cut off the next one begins anew.
        try append(try said(finding.id, .dispute, "second"))
        for line in [
            "", "[]", "{}", "null", "{\"finding\":\"../../x\",\"action\":\"suppress\",\"reason\":\"r\",\"by\":\"b\"}",
            "{\"finding\":\"\(finding.id)\",\"action\":\"erase\",\"reason\":\"r\",\"by\":\"b\",\"moment\":\"x\"}",
            String(repeating: "[", count: 100_000), String(repeating: "x", count: 1 << 20),
        ] { try append(line + "\n", to: AnnotationFile.name) }
        let stored = try StoredCase.read(scratch.path("case"))
        #expect(stored.annotations.standing(of: finding.id).disputes.map(\.reason) == ["because", "second"])
        #expect(stored.caseProblems.count == 9, "\(stored.caseProblems)")
        #expect(stored.caseProblems.allSatisfy { $0.contains("annotations.jsonl, line") && !$0.contains("erase") })
        #expect(stored.verdict == report.verdict)
    }

    @Test func `an annotation of a finding that is not there is told`() async throws {
        _ = try await written(AnnotationTests.files)
        let stranger = String(repeating: "0", count: 32)
        try append(try said(stranger, .confirm))
        let stored = try StoredCase.read(scratch.path("case"))
        #expect(stored.verdict == .strongMatch)
        #expect(stored.caseProblems == ["An annotation names the finding \(stranger), which is not in this case."])
    }

    @Test func `findings that are missing never make the verdict milder`() async throws {
        let report = try await written(AnnotationTests.files)
        let path = URL(fileURLWithPath: scratch.path("case/findings.jsonl"))
        let lines = try scratch.lines("case/findings.jsonl")
        let damaged: [(String, String)] = [
            ("one less", lines.dropFirst().joined(separator: "\n") + "\n"), ("none", ""),
            ("cut off", String(lines.joined(separator: "\n").dropLast(30))),
            ("rubbish", lines.map { _ in "{}" }.joined(separator: "\n")),
            ("deep", String(repeating: "{\"a\":", count: 10_000)),
        ]
        for (name, text) in damaged {
            try Data(text.utf8).write(to: path)
            let stored = try StoredCase.read(scratch.path("case"))
            #expect(stored.verdict == report.verdict, "\(name)")
            #expect(!stored.caseProblems.isEmpty, "\(name)")
        }
        try FileManager.default.removeItem(at: path)
        let stored = try StoredCase.read(scratch.path("case"))
        #expect(stored.verdict == report.verdict && !stored.caseProblems.isEmpty)
    }

    @Test func `coverage and facts that are damaged are told, and what is no case is none`() async throws {
        _ = try await written(AnnotationTests.files)
        try Data("{\"artifacts\":7}".utf8).write(to: URL(fileURLWithPath: scratch.path("case/coverage.json")))
        try Data("{}\n".utf8).write(to: URL(fileURLWithPath: scratch.path("case/facts.jsonl")))
        let stored = try StoredCase.read(scratch.path("case"))
        #expect(stored.caseProblems.contains { $0.hasPrefix("coverage.json is damaged") })
        #expect(stored.caseProblems.contains { $0.hasPrefix("facts.jsonl, line 1") })
        for text in ["", "{}", "[]", "{\"tool\":\"bridle\"}", "{\"tool\":\"bridle\",\"verdict\":\"confirmed\"}"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path("case/case.json")))
            #expect(throws: OutputError.self, "\(text)") { _ = try StoredCase.read(scratch.path("case")) }
        }
        #expect(throws: OutputError.self) { _ = try StoredCase.read(scratch.path("nowhere")) }
    }

    @Test func `links and devices under the name of the file are not followed`() async throws {
        let report = try await written(AnnotationTests.files)
        let path = scratch.path("case/" + AnnotationFile.name)
        let finding = try #require(report.findings.first)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: scratch.path("elsewhere"))
        #expect(throws: OutputError.self) { try append(try said(finding.id, .dispute)) }
        #expect(!FileManager.default.fileExists(atPath: scratch.path("elsewhere")))
        #expect(try StoredCase.read(scratch.path("case")).caseProblems.count == 1)
        try FileManager.default.removeItem(atPath: path)
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: OutputError.self) { try append(try said(finding.id, .dispute)) }
        #expect(try StoredCase.read(scratch.path("case")).caseProblems.count == 1)
    }

    @Test func `lines of any length are read piece by piece`() throws {
        let path = scratch.path("lines")
        let long = String(repeating: "y", count: 700_000)
        try Data("a\n\n\(long)\nb".utf8).write(to: URL(fileURLWithPath: path))
        var sizes: [Int] = []
        let reader = try LineReader(path, limit: 600_000)
        while let line = reader.next() {
            if case .whole(let bytes) = line { sizes.append(bytes.count) } else { sizes.append(-1) }
        }
        #expect(sizes == [1, 0, -1, 1])
    }
}
