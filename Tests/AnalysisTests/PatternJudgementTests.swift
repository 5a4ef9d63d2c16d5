import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import TestSupport
import Testing

@testable import Analysis

/// Published patterns over several records, from the bundle to the finding.
@Suite struct `Compound patterns in a run` {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func patterns(_ texts: String...) -> PatternSet {
        let objects = texts.enumerated().map { number, text in
            let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return #"{"type": "indicator", "id": "indicator--\#(number)", "pattern": "\#(escaped)"}"#
        }
        let file = IndicatorFile(
            Array(
                (#"{"type": "bundle", "objects": [{"type": "malware", "id": "malware--1", "name": "Imaginary"},"#
                    + objects.joined(separator: ",") + "]}").utf8), name: "test.stix2")
        #expect(file.indicators.isEmpty)
        #expect(file.problems.isEmpty)
        return PatternSet(file.patterns)
    }

    private func run(
        _ patterns: PatternSet, _ files: [String: String], name: String = "case", jobs: Int = 2
    ) async throws -> AnalysisResult {
        var options = AnalysisOptions()
        options.jobs = jobs
        let evidence = MemoryEvidence(
            device: files.reduce(into: [:]) { $0["/private/var/mobile/" + $1.key] = Array($1.value.utf8) })
        let folder = try CaseFolder(scratch.path(name), force: false, outside: [])
        let result = try await analyze(
            [MadeUpPages.self, MadeUpProcesses.self], in: evidence, indicators: IndicatorSet([]), patterns: patterns,
            options: options, folder: folder, progress: RunProgress())
        try folder.publish()
        return result
    }

    @Test func `a pattern over one record gives a finding for that record`() async throws {
        let patterns = patterns("[url:value LIKE '%/gate?id=%' AND domain-name:value != 'good.test']")
        let result = try await run(
            patterns,
            [
                "pages.txt":
                    "https://evil.test/gate?id=1||100||\nhttps://good.test/gate?id=2||200||\nhttps://x.test/|||\n"
            ])
        #expect(result.counts == [.high: 1])
        let finding = try #require(result.findings.first)
        #expect(finding.moment == Timestamp(unixSeconds: Int64(100)))
        #expect(finding.family == "Imaginary" && finding.state == .visited && finding.records.isEmpty)
        #expect(finding.meaning.contains("https://evil.test/gate?id=1"))
        guard case .indicator(let citation) = finding.cause else { throw OutputError("", "an indicator") }
        #expect(citation.type == "stix-pattern" && citation.source == "test.stix2")
        #expect(result.verdict == .attemptOrContact)
    }

    @Test func `records of several artefacts are joined in time and all are cited`() async throws {
        let patterns = patterns(
            "([domain-name:value = 'evil.test'] FOLLOWEDBY [domain-name:value = 'next.test']) WITHIN 60 SECONDS")
        let result = try await run(
            patterns,
            [
                "pages1.txt": "https://next.test/||160||\nhttps://next.test/||90||\n",
                "pages2.txt": "https://a.evil.test/||100||\nhttps://evil.test/||99||\n",
            ])
        #expect(result.counts == [.high: 1])
        let finding = try #require(result.findings.first)
        #expect(finding.recordCount == 2 && finding.records.count == 2)
        #expect(finding.records.map(\.moment) == [100, 160].map { Timestamp(unixSeconds: Int64($0)) })
        #expect(finding.moment == Timestamp(unixSeconds: Int64(160)))
        #expect(finding.record.contains { $0.name == "url" && $0.value == .text("https://next.test/") })
        let line = try #require(try scratch.lines("case/findings.jsonl").first)
        #expect(line.contains("\"record_count\":2") && line.contains("pages1.txt") && line.contains("pages2.txt"))
    }

    @Test func `the same evidence gives the same findings with any number of jobs`() async throws {
        let patterns = patterns(
            "[domain-name:value = 'evil.test'] REPEATS 3 TIMES WITHIN 600 SECONDS",
            "[domain-name:value = 'evil.test' AND url:value MATCHES 'id=[0-9]+7$'] AND [process:name LIKE 'badd%']")
        var files = [
            "processes.txt": (0..<200).map { $0 % 50 == 0 ? "baddish" : "process\($0)" }.joined(separator: "\n")
        ]
        for file in 0..<5 {
            files["pages\(file).txt"] = (0..<500).map { number in
                "https://\(number % 11 == 0 ? "x.evil" : "site\(number % 97)").test/?id=\(number)|t|\(number * 7_919 % 5_000)||"
            }.joined(separator: "\n")
        }
        var results: [AnalysisResult] = []
        for jobs in [1, 2, 16] { results.append(try await run(patterns, files, name: "jobs\(jobs)", jobs: jobs)) }
        #expect(results.allSatisfy { $0.findings == results[0].findings && $0.patternNotes == results[0].patternNotes })
        #expect(results[0].findings.count > 20 && !results[0].patternNotes.isEmpty)
        #expect(try scratch.bytes("jobs1/findings.jsonl") == scratch.bytes("jobs16/findings.jsonl"))
    }

    @Test func `too many records for a part of a pattern are counted and said`() async throws {
        let patterns = patterns("[domain-name:value = 'evil.test'] AND [process:name = 'nobody']")
        let pages = String(repeating: "https://evil.test/||100||\n", count: PatternHits.limit + 7)
        let result = try await run(patterns, ["pages.txt": pages])
        #expect(result.counts.isEmpty)
        #expect(result.patternNotes.count == 1 && result.patternNotes[0].hasPrefix("7 records"))
        let file = try #require(result.coverage.artifacts.first?.files.first)
        #expect(file.damageCount == 1 && file.damages.first?.kind == .beyondLimit)
    }

    @Test func `a marking and an end of validity are shown`() {
        let words = IndicatorWording.publication("TLP:AMBER", Timestamp(unixSeconds: Int64(0)))
        #expect(
            words
                == " Its publisher marked it TLP:AMBER. Its publisher held it to be valid until 1970-01-01T00:00:00.000000Z."
        )
    }
}
