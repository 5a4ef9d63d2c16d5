import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import Synchronization
import TestSupport
import Testing

@testable import Analysis

/// What becomes of short links when somebody has them asked; who asks is made up here.
struct ShortLinkRunTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let catalog: [any Artifact.Type] = [MadeUpPages.self, MadeUpProcesses.self]
    private static let indicators = IndicatorSet([
        Indicator(.domainName, "bad.example.org", family: "Imaginary", source: "first.stix2"),
        Indicator(.url, "https://t.co/hop", family: "Imaginary", source: "first.stix2"),
    ])
    private static let patterns: PatternSet = {
        let text = "[domain-name:value = 'bad.example.org'] AND [process:name = 'worsed']"
        let bundle =
            "{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[{\"type\":\"indicator\","
            + "\"id\":\"indicator--00000000-0000-4000-8000-000000000001\",\"spec_version\":\"2.1\","
            + "\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-01T00:00:00Z\",\"pattern_type\":\"stix\","
            + "\"valid_from\":\"2026-01-01T00:00:00Z\",\"pattern\":\"\(text)\"}]}"
        return PatternSet(IndicatorFile(Array(bundle.utf8), name: "patterns.stix2").patterns)
    }()
    private static let asked = Timestamp(unixSeconds: 1_800_000_000 as Int64)

    private static let files = [
        "pages.txt": """
        http://bit.ly/one|private|100||first
        HTTP://BIT.LY/one#part|private|200||second
        https://t.co/two||300||
        https://bit.ly:22/odd||400||
        https://ordinary.example/||500||
        https://bit.ly/||600||
        """,
        "pages2.txt": "https://wa.me/three|||700|\n",
        "processes.txt": "worsed\n",
    ]

    /// Remembers what was asked.
    private final class Asking: Sendable {
        let links = Mutex<[[String]]>([])
        let answers: [String: (ShortLinkAnswer.Outcome, [String])]

        init(_ answers: [String: (ShortLinkAnswer.Outcome, [String])]) { self.answers = answers }

        func ask(_ links: [String], _ progress: RunProgress) async -> [ShortLinkAnswer] {
            self.links.withLock { $0.append(links) }
            return links.compactMap { link in
                answers[link].map {
                    ShortLinkAnswer(link: link, outcome: $0.0, asked: ShortLinkRunTests.asked, hops: $0.1)
                }
            } + [ShortLinkAnswer(link: "https://bit.ly/never-asked", outcome: .led, hops: ["https://bad.example.org/"])]
        }
    }

    private static let usual: [String: (ShortLinkAnswer.Outcome, [String])] = [
        "http://bit.ly/one": (.led, ["https://t.co/hop", "https://x.bad.example.org/a?b"]),
        "https://t.co/two": (.gone, []),
    ]

    @discardableResult private func check(
        _ name: String, _ asking: Asking?, jobs: Int = 2, records: Bool = true, files: [String: String] = files
    ) async throws -> AnalysisResult {
        let evidence = MemoryEvidence(
            device: files.reduce(into: [:]) { $0["/private/var/mobile/" + $1.key] = Array($1.value.utf8) })
        let folder = try CaseFolder(scratch.path(name), force: true, outside: [])
        var options = AnalysisOptions()
        (options.jobs, options.writesRecords) = (jobs, records)
        if let asking { options.askShortLinks = { await asking.ask($0, $1) } }
        let result = try await analyze(
            Self.catalog, in: evidence, indicators: Self.indicators, patterns: Self.patterns, options: options,
            folder: folder, progress: RunProgress())
        let moment = try #require(Timestamp(unixSeconds: 1_700_000_000 as Int64))
        let report = CaseReport(
            toolVersion: "1", evidence: evidence.summary, started: moment, ended: moment, indicatorSources: [],
            indicatorDigest: Self.indicators.digest, coverage: result.coverage, counts: result.counts,
            findings: result.findings, verdict: result.verdict, verdictReasons: [], isComplete: true)
        var text = TextBuffer()
        report.write(json: &text)
        try folder.write("case.json", text.bytes)
        try folder.publish()
        return result
    }

    private func recheck(_ path: String, as name: String, _ asking: Asking? = nil) async throws -> RecheckResult {
        let folder = try CaseFolder(scratch.path(name), force: true, outside: [scratch.path(path)])
        var options = AnalysisOptions()
        if let asking { options.askShortLinks = { await asking.ask($0, $1) } }
        let result = try await Analysis.recheck(
            scratch.path(path), Self.catalog, indicators: Self.indicators, patterns: Self.patterns, options: options,
            folder: folder, progress: RunProgress(), version: "1")
        var text = TextBuffer()
        result.report.write(json: &text)
        try folder.write("case.json", text.bytes)
        try folder.publish()
        return result
    }

    private static let outputs = [
        "findings.jsonl", "coverage.json", "timeline.csv", "short-links.jsonl", "records/made.up.pages.jsonl",
    ]

    @Test func `nobody asks unless told to, and the short links are counted`() async throws {
        let result = try await check("a", nil)
        #expect(result.coverage.shortLinks.found == 3 && result.coverage.shortLinks.unfit == 1)
        #expect(result.coverage.shortLinks.asked == 0)
        #expect(result.findings.isEmpty == false || result.verdict != .attemptOrContact)
        #expect(!result.findings.contains { if case .indicator = $0.cause { true } else { false } })
        #expect(!FileManager.default.fileExists(atPath: scratch.path("a/short-links.jsonl")))
        #expect(try scratch.text("a/coverage.json").contains("\"short_links\":{\"found\":3,"))
        let none = try await check("b", nil, files: ["processes.txt": "worsed\n"])
        #expect(none.coverage.shortLinks.isEmpty)
        #expect(try !scratch.text("b/coverage.json").contains("short_links"))
    }

    @Test func `where a link led is a finding on every record that holds it, and a weaker one`() async throws {
        let asking = Asking(Self.usual)
        let result = try await check("a", asking)
        #expect(asking.links.withLock { $0 } == [["http://bit.ly/one", "https://t.co/two", "https://wa.me/three"]])
        let findings = result.findings.filter { if case .indicator = $0.cause { true } else { false } }
        // Two records, each with the domain behind the link and the published link on the way there; and the pattern.
        #expect(findings.count == 5, "\(findings.map(\.title))")
        #expect(findings.allSatisfy { $0.severity == .medium })
        #expect(result.verdict == .attemptOrContact)
        let direct = findings.filter { $0.recordCount == 1 }
        #expect(Set(direct.map(\.location)) == [.row(0, table: "pages"), .row(1, table: "pages")])
        for finding in direct {
            guard case .indicator(let citation) = finding.cause else { continue }
            #expect(
                citation.resolution == Finding.Resolution(link: "http://bit.ly/one", asked: try #require(Self.asked)))
            #expect(finding.meaning.contains("http://bit.ly/one") && finding.meaning.contains("2027-01-15"))
            #expect(finding.limits.contains("need not be where the link led"))
            #expect(finding.state == .visited)
        }
        let joined = try #require(findings.first { $0.recordCount == 2 })
        #expect(joined.meaning.contains("(where http://bit.ly/one led when it was asked)"))
        #expect(joined.meaning.contains("asked, last on 2027-01-15") && joined.limits.contains("need not be"))
        let links = result.coverage.shortLinks
        #expect((links.found, links.asked, links.answered, links.led) == (3, 2, 2, 1))
        #expect(
            try scratch.text("a/short-links.jsonl") == """
                {"link":"http://bit.ly/one","outcome":"led","asked":"2027-01-15T08:00:00.000000Z",\
                "led_to":"https://x.bad.example.org/a?b","hops":["https://t.co/hop","https://x.bad.example.org/a?b"]}
                {"link":"https://t.co/two","outcome":"gone","asked":"2027-01-15T08:00:00.000000Z",\
                "led_to":null,"hops":[]}
                {"link":"https://wa.me/three","outcome":"not-asked","asked":null,"led_to":null,"hops":[]}

                """)
    }

    @Test(arguments: [1, 8]) func `the same answers give the same bytes, with and without records`(
        jobs: Int
    ) async throws {
        try await check("a", Asking(Self.usual))
        try await check("b", Asking(Self.usual), jobs: jobs)
        try await check("c", Asking(Self.usual), jobs: jobs, records: false)
        for name in Self.outputs {
            #expect(try scratch.text("a/" + name) == scratch.text("b/" + name), "\(name)")
            guard !name.hasPrefix("records") else { continue }
            #expect(try scratch.text("a/" + name) == scratch.text("c/" + name), "\(name)")
        }
    }

    @Test func `a recheck uses the answers that are there and asks for the others only`() async throws {
        try await check("old", nil)
        try await check("fresh", Asking(Self.usual))
        _ = try await recheck("old", as: "asked", Asking(Self.usual))
        let quiet = try await recheck("asked", as: "again")
        for name in Self.outputs {
            #expect(try scratch.text("asked/" + name) == scratch.text("fresh/" + name), "\(name)")
            #expect(try scratch.text("again/" + name) == scratch.text("fresh/" + name), "\(name)")
        }
        #expect(quiet.report.recheck?.goneCount == 0 && quiet.report.recheck?.addedCount == 0)
        let asking = Asking(["https://wa.me/three": (.led, ["https://bad.example.org/"])])
        let more = try await recheck("again", as: "more", asking)
        #expect(asking.links.withLock { $0 } == [["https://wa.me/three"]])
        #expect(more.report.recheck?.addedCount == 1 && more.report.recheck?.goneCount == 0)
        #expect(more.report.coverage.shortLinks.led == 2)
        #expect(try StoredCase.read(scratch.path("more")).coverage.shortLinks == more.report.coverage.shortLinks)
        let stored = try StoredCase.read(scratch.path("more")).findings
        #expect(stored.map(\.id) == more.report.findings.map(\.id))
        #expect(stored.map(\.cause) == more.report.findings.map(\.cause))
    }

    @Test func `a file of answers that somebody changed is told, and leads nowhere else`() async throws {
        try await check("old", Asking(Self.usual))
        let odd = [
            #"{"link":"https://far.example/","outcome":"led","asked":"2027-01-15T08:00:00Z","hops":["https://bad.example.org/"]}"#,
            #"{"link":"http://BIT.ly/one","outcome":"led","asked":"2027-01-15T08:00:00Z","hops":[]}"#,
            #"{"link":"http://bit.ly/one","outcome":"led","asked":null,"hops":["https://bad.example.org/"]}"#,
            #"{"link":"http://bit.ly/one","outcome":"led","asked":"2027-01-15T08:00:00Z","hops":["a\u001b[2J"]}"#,
            #"{"link":"http://bit.ly/one","outcome":"led","asked":"2027-01-15T08:00:00Z","hops":[1]}"#,
            #"{"link":"http://bit.ly/one","outcome":"maybe","asked":"2027-01-15T08:00:00Z","hops":[]}"#,
            #"{"link":"http://bit.ly/one","outcome":"led","asked":"2027-01-15T08:00:00Z","hops":["1","2","3","4","5","6"]}"#,
            "[[[[[[[[", "", String(repeating: "x", count: 200_000),
        ]
        try (odd.joined(separator: "\n") + "\n").write(
            toFile: scratch.path("old/short-links.jsonl"), atomically: true, encoding: .utf8)
        let result = try await recheck("old", as: "new")
        #expect(result.problems.contains { $0.contains("10 of 10 lines of short-links.jsonl") }, "\(result.problems)")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("new/short-links.jsonl")))
        // Nobody could judge again what the answers had led to; only the pattern over several records was asked without them.
        #expect(result.report.recheck?.goneCount == 1)
        // What checks found is among them.
        #expect(result.report.recheck?.carriedCount == 6)
    }

    @Test func `a loop led nowhere, and a proxy that failed asked nobody`() async throws {
        try await check(
            "loop", Asking(["http://bit.ly/one": (.loop, ["https://t.co/a", "http://bit.ly/one"])]))
        let looped = try StoredCase.read(scratch.path("loop")).coverage.shortLinks
        #expect(looped.answered >= 1 && looped.led == 0, "\(looped)")
        try await check("dead", Asking(["http://bit.ly/one": (.proxyFailed, [])]))
        try await check("alive", Asking(["http://bit.ly/one": (.gone, [])]))
        let (dead, alive) = try (
            StoredCase.read(scratch.path("dead")).coverage.shortLinks,
            StoredCase.read(scratch.path("alive")).coverage.shortLinks
        )
        #expect(dead.asked == alive.asked - 1 && dead.answered == alive.answered - 1, "\(dead) \(alive)")
    }

    @Test func `too many records and links are counted, not kept`() {
        var collector = ShortLinkCollector(keepsRecords: true, [])
        let observable = Observable(.url, .visited)
        for index in 0..<ShortLinkCollector.linkLimit + 5 {
            collector.note("https://bit.ly/\(index)", observable)
            guard collector.isWaiting else { continue }
            collector.endRecord(nil, "a", .offset(index), nil, size: 10, members: [])
        }
        #expect(collector.links.count == ShortLinkCollector.linkLimit && collector.beyondLimit == 5)
        #expect(collector.records.count == ShortLinkCollector.recordLimit)
        #expect(collector.dropped == ShortLinkCollector.linkLimit - ShortLinkCollector.recordLimit)
        var large = ShortLinkCollector(keepsRecords: true, [])
        for index in 0..<3 {
            large.note("https://bit.ly/a", observable)
            large.endRecord(nil, "a", .offset(index), nil, size: 10 << 20, members: [])
        }
        #expect(large.records.count == 1 && large.dropped == 2)
    }
}
