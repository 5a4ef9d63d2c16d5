import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import TestSupport
import Testing

@testable import Analysis

/// A whole run over made-up evidence: findings, records, timeline, coverage.
struct AnalysisTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private let indicators = IndicatorSet([
        Indicator(
            .domainName, "bad.example.org", family: "Imaginary", source: "first.stix2", reference: "https://a.org"),
        Indicator(.domainName, "bad.example.org", family: "Imaginary", source: "second.stix2"),
        Indicator(.processName, "badd", family: "Imaginary", source: "first.stix2"),
        Indicator(.emailAddress, "bad@example.org", family: "Other", source: "first.stix2"),
    ])

    private func run(
        _ files: [String: String], options: AnalysisOptions = AnalysisOptions(), name: String = "case",
        progress: RunProgress = RunProgress(), writes: Bool = true
    ) async throws -> AnalysisResult {
        let evidence = MemoryEvidence(
            device: files.reduce(into: [:]) { $0["/private/var/mobile/" + $1.key] = Array($1.value.utf8) })
        let folder = writes ? try CaseFolder(scratch.path(name), force: false, outside: []) : nil
        let result = try await analyze(
            [MadeUpPages.self, MadeUpProcesses.self], in: evidence, indicators: indicators, options: options,
            folder: folder, progress: progress)
        try folder?.publish()
        return result
    }

    private func object(_ line: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    private var withContent: AnalysisOptions {
        var options = AnalysisOptions()
        options.includesContent = true
        return options
    }

    @Test func `content is written only when it is asked for, and checks see it all the same`() async throws {
        let files = ["pages.txt": "https://a.org/|private|100||odd\n"]
        let without = try await run(files, name: "without")
        #expect(without.counts == [.medium: 1, .low: 1])
        for name in ["records/made.up.pages.jsonl", "findings.jsonl", "timeline.csv"] {
            let text = try scratch.text("without/" + name)
            #expect(!text.contains("\"title\":\"private\"") && !text.contains("title: private"), "\(name)")
        }
        #expect(without.findings.allSatisfy { finding in !finding.record.contains { $0.name == "title" } })
        _ = try await run(files, options: withContent, name: "with")
        #expect(try scratch.text("with/records/made.up.pages.jsonl").contains("\"title\":\"private\""))
        #expect(try scratch.text("with/findings.jsonl").contains("\"title\":\"private\""))
        #expect(try scratch.text("with/timeline.csv").contains("title: private"))
    }

    @Test func `an indicator gives a finding for each publisher, with the first moment that is there`() async throws {
        let result = try await run(["pages.txt": "https://x.bad.example.org/||0|200|\nhttps://x.bad.example.org/||||\n"]
        )
        #expect(result.counts == [.high: 4])
        #expect(result.verdict == .attemptOrContact)
        let lines = try scratch.lines("case/findings.jsonl").map(object)
        #expect(lines.count == 4)
        // Findings without a moment come last.
        #expect(
            lines.map { $0["moment"] as? String } == [
                "1970-01-01T00:00:00.000000Z", "1970-01-01T00:00:00.000000Z", nil, nil,
            ])
        let citations = try lines.map { try #require($0["indicator"] as? [String: Any]) }
        #expect(Set(citations.compactMap { $0["source"] as? String }) == ["first.stix2", "second.stix2"])
        #expect(citations.allSatisfy { $0["observed"] as? String == "x.bad.example.org" })
        #expect(citations.allSatisfy { $0["match"] as? String == "subdomain" })
        #expect(lines.allSatisfy { $0["state"] as? String == "visited" && $0["kind"] as? String == "indicator" })
        #expect(Set(lines.compactMap { $0["id"] as? String }).count == 4)
        #expect(lines.map { $0["id"] as? String } == result.findings.map(\.id))
    }

    @Test func `a later moment stands in when the first is not recorded`() async throws {
        _ = try await run(["pages.txt": "https://bad.example.org/|||200|\n"])
        let line = try object(try #require(try scratch.lines("case/findings.jsonl").first))
        #expect(line["moment"] as? String == "1970-01-01T00:03:20.000000Z")
    }

    @Test func `a check gives a finding with its words and sources`() async throws {
        _ = try await run(["pages.txt": "https://a.org/||100||odd\n"])
        let line = try object(try #require(try scratch.lines("case/findings.jsonl").first))
        #expect(line["kind"] as? String == "check" && line["indicator"] is NSNull)
        #expect((line["rule"] as? [String: Any])?["id"] as? String == "made.up.pages/odd-note")
        #expect(line["benign_causes"] as? [String] == ["This is a test"])
        #expect((line["source"] as? [String: Any])?["row"] as? Int == 0)
        for word in ["title", "meaning", "limits", "next_step", "severity"] { #expect(line[word] is String) }
    }

    @Test func `every moment is a row of the timeline, in order, unless it is outside the limits`() async throws {
        let files = ["pages.txt": "https://b.org/||300|100|\nhttps://a.org/||200||odd\nhttps://c.org/||||\n"]
        _ = try await run(files, name: "all")
        let rows = try scratch.lines("all/timeline.csv")
        #expect(rows.first == "moment,artifact,heading,description,severity,source")
        #expect(rows.dropFirst().map { String($0.prefix(19).suffix(5)) } == ["01:40", "03:20", "05:00"])
        #expect(rows[1].contains("made.up.pages,A page was opened,url: https://b.org/,,"))
        #expect(rows[2].contains(",A page was visited,url: https://a.org/; note: odd,medium,"))
        var options = AnalysisOptions()
        options.since = Timestamp(unixSeconds: Int64(200))
        options.until = Timestamp(unixSeconds: Int64(200))
        let limited = try await run(files, options: options, name: "limited")
        #expect(try scratch.lines("limited/timeline.csv").count == 2)
        #expect(limited.counts == [.medium: 1])
        #expect(try scratch.lines("limited/records/made.up.pages.jsonl").count == 3)
    }

    @Test func `cells that a spreadsheet or a terminal would obey are harmless`() async throws {
        let hostile = ["=cmd()", "+1", "-1", "@x", "\u{1B}[2J", "a\u{202E}b", "tab\there", "\"quoted\", twice"]
        let pages = hostile.map { "\($0)|\($0)|100|100|\($0)" }.joined(separator: "\n")
        _ = try await run(["pages.txt": pages], options: withContent)
        let text = try scratch.text("case/timeline.csv")
        #expect(!text.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || $0.value == 0x202E })
        #expect(try scratch.lines("case/timeline.csv").count == 1 + 2 * hostile.count)
        for line in try scratch.lines("case/timeline.csv").dropFirst() {
            // Quotation marks of RFC 4180 come in pairs.
            #expect(line.count { $0 == "\"" }.isMultiple(of: 2), "\(line)")
            for cell in line.split(separator: ",") { #expect(!["=", "+", "-", "@"].contains(cell.first), "\(line)") }
        }
        for line in try scratch.lines("case/records/made.up.pages.jsonl") { _ = try object(line) }
    }

    @Test func `coverage tells absent, damaged, stopped and read apart`() async throws {
        let absent = try await run([:], name: "absent").coverage
        #expect(absent.artifacts.map(\.status) == [.absent, .absent] && absent.isWhole)
        let coverage = try await run(
            [
                "pages1.txt": "https://a.org/||1300000100||\n",
                "pages2.txt": "DAMAGE\nhttps://a.org/||1300000300|0|\n",
                "pages3.txt": "https://a.org/||1300000200||\nEND\nhttps://a.org/||900||\n", "processes.txt": "a\n",
            ], name: "mixed"
        ).coverage
        let pages = try #require(coverage.artifacts.first)
        #expect(pages.files.map(\.status) == [.read, .damaged, .stopped])
        #expect(pages.files.map(\.records) == [1, 1, 1])
        #expect(pages.status == .stopped && !coverage.isWhole)
        #expect(pages.reach?.lowerBound == Timestamp(unixSeconds: Int64(1_300_000_100)))
        // The first of January 1970 stands for no time.
        #expect(pages.reach?.upperBound == Timestamp(unixSeconds: Int64(1_300_000_300)))
        // Named by two places, read once.
        #expect(coverage.artifacts.last?.files.count == 1 && coverage.artifacts.last?.status == .read)
        let damaged = try await run(["pages.txt": "DAMAGE\n"], name: "damaged").coverage
        #expect(damaged.artifacts.first?.status == .damaged && !damaged.isWhole)
    }

    @Test func `many damages are counted and the first are listed`() async throws {
        let coverage = try await run(["pages.txt": String(repeating: "DAMAGE\n", count: 500)]).coverage
        let file = try #require(coverage.artifacts.first?.files.first)
        #expect(file.damageCount == 500 && file.damages.count == 20)
        #expect(file.damages.first?.place == "line 0")
    }

    @Test func `an error that no artefact should throw is not quoted`() async throws {
        let coverage = try await run(["pages.txt": "https://a.org/||100||\nSURPRISE\n"]).coverage
        #expect(coverage.artifacts.first?.status == .stopped)
        #expect(try !scratch.text("case/coverage.json").contains("sentence"))
    }

    @Test func `a run that was stopped says so in every file it did not reach`() async throws {
        let progress = RunProgress()
        progress.stop()
        let result = try await run(
            ["pages.txt": "https://a.org/||100||\n", "processes.txt": "badd\n"], progress: progress)
        #expect(!result.isComplete)
        #expect(result.coverage.artifacts.map(\.status) == [.stopped, .stopped])
        #expect(result.coverage.artifacts.flatMap(\.files).allSatisfy { $0.isInterrupted && $0.records == 0 })
        #expect(try scratch.text("case/coverage.json").contains("\"stopped_because\":\"interrupted\""))
    }

    @Test func `a run that is stopped in the middle of a file keeps what it has`() async throws {
        let progress = RunProgress()
        let pages = String(repeating: "https://a.org/||100||\n", count: 200_000)
        let stopper = Task.detached {
            while progress.records < 4_096 { try? await Task.sleep(for: .milliseconds(1)) }
            progress.stop()
        }
        let result = try await run(["pages.txt": pages], progress: progress)
        await stopper.value
        let file = try #require(result.coverage.artifacts.first?.files.first)
        // On a machine that is faster than the stopper, the file is whole, and the run is still incomplete.
        #expect(!result.isComplete && file.records >= 4_096)
        #expect(file.isInterrupted == (file.records < 200_000))
        #expect(abs(try scratch.lines("case/records/made.up.pages.jsonl").count - file.records) <= 1)
    }

    @Test func `what could have matched falls when an artefact is absent`() async throws {
        func family(_ name: String, _ result: AnalysisResult) throws -> Coverage.Family {
            try #require(result.coverage.families.first { $0.name == name })
        }
        let both = try await run(["pages.txt": "https://a.org/||1||\n", "processes.txt": "a\n"], name: "both")
        #expect(try family("Imaginary", both).indicators == 3)
        #expect(try family("Imaginary", both).comparableIndicators == 3)
        #expect(try family("Imaginary", both).checks == 1 && family("Imaginary", both).appliedChecks == 1)
        // Nothing here holds an e-mail address.
        #expect(try family("Other", both).indicators == 1 && family("Other", both).comparableIndicators == 0)
        let pages = try await run(["pages.txt": "https://a.org/||1||\n"], name: "pages")
        #expect(try family("Imaginary", pages).comparableIndicators == 2)
        let damaged = try await run(["pages.txt": "END\n", "processes.txt": "a\n"], name: "damaged")
        #expect(try family("Imaginary", damaged).comparableIndicators == 1)
        #expect(try family("Imaginary", damaged).appliedChecks == 0)
        let none = try await run([:], name: "none")
        #expect(try family("Imaginary", none).comparableIndicators == 0)
        #expect(none.verdict == .tooLittleEvidence)
        #expect(none.coverage.families.map(\.name) == ["Imaginary", "Other"])
    }

    @Test func `a record of a thousand links to one domain does not fill the disk`() async throws {
        let links = (0..<300).map { "https://x\($0).bad.example.org/" }
        var sink = try JudgingSink<MadeUpLinks>(
            JudgingContext(indicators: indicators, options: AnalysisOptions(), progress: RunProgress(), folder: nil))
        sink.begin("links")
        try sink.emit(MadeUpLinks.Entry(links: links), at: .row(7, table: "links"))
        sink.findings.finish()
        #expect(sink.findings.counts[.high] == 100)
        #expect(sink.file.damageCount == 1)
        #expect(sink.file.damages.first?.kind == .beyondLimit && sink.file.damages.first?.place == "links, row 7")
        try sink.emit(MadeUpLinks.Entry(links: ["https://bad.example.org/"]), at: .row(8, table: "links"))
        #expect(sink.findings.counts[.high] == 102 && sink.file.damageCount == 1)
    }

    @Test func `the number of jobs and of lines in memory changes nothing`() async throws {
        var files = ["processes.txt": (0..<3_000).map { $0 % 7 == 0 ? "badd" : "process\($0)" }.joined(separator: "\n")]
        for file in 0..<5 {
            files["pages\(file).txt"] = (0..<3_000).map { number in
                "https://\(number % 11 == 0 ? "x.bad" : "site\(number % 97)").example.org/|t|\(number * 7_919 % 5_000)||"
                    + (number % 13 == 0 ? "odd" : "")
            }.joined(separator: "\n")
        }
        var results: [AnalysisResult] = []
        for jobs in [1, 2, 16] {
            var options = AnalysisOptions()
            options.jobs = jobs
            results.append(try await run(files, options: options, name: "jobs\(jobs)"))
        }
        #expect(results.allSatisfy { $0.findings == results[0].findings && $0.counts == results[0].counts })
        for name in ["findings.jsonl", "timeline.csv", "coverage.json", "records/made.up.pages.jsonl"] {
            #expect(try scratch.bytes("jobs1/" + name) == scratch.bytes("jobs2/" + name), "\(name)")
            #expect(try scratch.bytes("jobs1/" + name) == scratch.bytes("jobs16/" + name), "\(name)")
        }
        let lines = try scratch.lines("jobs1/findings.jsonl")
        #expect(lines.count == results[0].counts.values.reduce(0, +))
        // What memory keeps is the beginning of the file.
        let identifiers = try lines.prefix(500).map { try object($0)["id"] as? String }
        #expect(identifiers == results[0].findings.map(\.id))
        #expect(results[0].findings == results[0].findings.sorted())
    }

    @Test func `without a folder nothing is written and the findings are the same`() async throws {
        let files = ["pages.txt": "https://bad.example.org/||100||odd\n", "processes.txt": "badd\n"]
        let written = try await run(files)
        let kept = try await run(files, writes: false)
        #expect(written.findings == kept.findings && written.verdict == kept.verdict && kept.verdict == .strongMatch)
        #expect(try scratch.names() == ["case"])
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func `a file of the case that can't be written ends the run with that error`() async throws {
        let evidence = MemoryEvidence(
            device: [
                "/private/var/mobile/pages.txt": Array(String(repeating: "https://a.org/||1||\n", count: 9_000).utf8)
            ])
        let folder = try CaseFolder(scratch.path("case"), force: false, outside: [])
        // The sorted runs of the timeline can't be made where a folder has their name.
        try FileManager.default.createDirectory(
            atPath: folder.file(".made.up.pages.timeline-0"), withIntermediateDirectories: false)
        await #expect(throws: OutputError.self) {
            _ = try await analyze(
                [MadeUpPages.self], in: evidence, indicators: indicators, options: AnalysisOptions(), folder: folder,
                progress: RunProgress())
        }
        folder.discard()
        #expect(try scratch.names().isEmpty)
    }
}

/// Records of many links each.
enum MadeUpLinks: Artifact {
    struct Entry: Record {
        var links: [String]

        static let fields: [Field<Self>] = [
            Field("links", .observable(Observable(.url, .attempted)), texts: { $0.links }, shown: true)
        ]
    }

    static let card = ArtifactCard(
        "made.up.links", "Made-up links", summary: "Links that nobody sent", places: [.home("links.txt")],
        standing: .unexercised, losses: ["Everything"], references: [Reference("Nobody", "Nothing")])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {}
}
