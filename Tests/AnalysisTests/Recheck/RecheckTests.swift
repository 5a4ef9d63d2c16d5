import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import TestSupport
import Testing

@testable import Analysis

/// Judging the stored records of a case again.
struct RecheckTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let catalog: [any Artifact.Type] = [MadeUpPages.self, MadeUpProcesses.self]

    private static let all = [
        Indicator(
            .domainName, "bad.example.org", family: "Imaginary", source: "first.stix2", reference: "https://a.org"),
        Indicator(.domainName, "bad.example.org", family: "Imaginary", source: "second.stix2"),
        Indicator(.domainName, "worse.example.net", source: "second.stix2"),
        Indicator(.url, "https://worse.example.net/a?b=\"c\"", family: "Other", source: "first.stix2"),
        Indicator(.processName, "badd", family: "Imaginary", source: "first.stix2"),
        Indicator(.processName, "worsed", family: "Imaginary", source: "first.stix2"),
        Indicator(.fileHashSHA256, String(repeating: "a", count: 64), source: "first.stix2"),
    ]

    /// Patterns over several records, as a publisher writes them.
    private static let patterns: [CompoundPattern] = {
        let texts = [
            "[process:name = 'badd'] AND [process:name = 'worsed']",
            "[domain-name:value = 'bad.example.org'] AND [process:name = 'worsed']",
            "[url:value LIKE '%ordinary%'] AND [process:name = 'ordinary']",
        ]
        let objects = texts.enumerated().map { number, text in
            "{\"type\":\"indicator\",\"id\":\"indicator--00000000-0000-4000-8000-00000000000\(number)\","
                + "\"spec_version\":\"2.1\",\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-01T00:00:00Z\","
                + "\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-01T00:00:00Z\",\"pattern\":\"\(text)\"}"
        }
        let bundle = "{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[\(objects.joined(separator: ","))]}"
        return IndicatorFile(Array(bundle.utf8), name: "patterns.stix2").patterns
    }()

    private static let files = [
        "pages.txt": """
        https://x.bad.example.org/|private|100|50|odd
        https://worse.example.net/a?b="c"|t\u{1B}[2J|200||
        https://ordinary.example/||9000000000|300|note, with "quotes"
        https://bad.example.org/\u{202E}|private||400|odd
        DAMAGE
        https://worse.example.net/|x|500||\u{7F}é👍🏽
        """,
        "pages2.txt": "https://bad.example.org/1|||600|\nEND\n",
        "processes.txt": "badd\nworsed\nordinary\nb\u{0301}add\n",
    ]

    /// A check, as the command writes it; its folder.
    @discardableResult private func check(
        _ name: String, _ indicators: [Indicator], _ patterns: [CompoundPattern] = [],
        options: AnalysisOptions = AnalysisOptions(), files: [String: String] = files
    ) async throws -> String {
        let evidence = MemoryEvidence(
            device: files.reduce(into: [:]) { $0["/private/var/mobile/" + $1.key] = Array($1.value.utf8) })
        let folder = try CaseFolder(scratch.path(name), force: true, outside: [])
        let set = IndicatorSet(indicators)
        let result = try await analyze(
            Self.catalog, in: evidence, indicators: set, patterns: PatternSet(patterns), options: options,
            folder: folder,
            progress: RunProgress())
        let moment = try #require(Timestamp(unixSeconds: 1_700_000_000 as Int64))
        let report = CaseReport(
            toolVersion: "1", evidence: evidence.summary, started: moment, ended: moment, indicatorSources: [],
            indicatorDigest: set.digest, coverage: result.coverage, counts: result.counts, findings: result.findings,
            verdict: result.verdict, verdictReasons: Verdict.reasons(for: result.grounds), isComplete: true)
        var text = TextBuffer()
        report.write(json: &text)
        try folder.write("case.json", text.bytes)
        try folder.publish()
        return scratch.path(name)
    }

    @discardableResult private func recheck(
        _ path: String, _ indicators: [Indicator], _ patterns: [CompoundPattern] = [], as name: String,
        version: String = "1", jobs: Int = 2
    ) async throws -> RecheckResult {
        let folder = try CaseFolder(scratch.path(name), force: true, outside: [path])
        var options = AnalysisOptions()
        options.jobs = jobs
        let result: RecheckResult
        do {
            result = try await Analysis.recheck(
                path, Self.catalog, indicators: IndicatorSet(indicators), patterns: PatternSet(patterns),
                options: options, folder: folder, progress: RunProgress(), version: version)
        } catch {
            folder.discard()
            throw error
        }
        var text = TextBuffer()
        result.report.write(json: &text)
        try folder.write("case.json", text.bytes)
        try folder.publish()
        return result
    }

    private static let outputs = [
        "findings.jsonl", "coverage.json", "timeline.csv", "facts.jsonl", "exposure.json", "protection.json",
        "records/made.up.pages.jsonl", "records/made.up.processes.jsonl",
    ]

    private func expectSame(_ first: String, _ second: String, _ comment: String) throws {
        for name in Self.outputs {
            #expect(
                try scratch.text(first + "/" + name) == scratch.text(second + "/" + name), "\(comment): \(name)")
        }
    }

    @Test(arguments: [false, true])
    func `a check with one set and a recheck with another are a check with the other`(content: Bool) async throws {
        var numbers = Numbers(state: 7)
        var options = AnalysisOptions()
        options.includesContent = content
        for round in 0..<12 {
            let old = Self.all.filter { _ in Bool.random(using: &numbers) }
            let new = round == 0 ? Self.all : Self.all.filter { _ in Bool.random(using: &numbers) }
            #expect(Self.patterns.count == 3)
            let oldPatterns = Self.patterns.filter { _ in Bool.random(using: &numbers) }
            let newPatterns = round == 0 ? Self.patterns : Self.patterns.filter { _ in Bool.random(using: &numbers) }
            let earlier = try await check("old", old, oldPatterns, options: options)
            try await check("fresh", new, newPatterns, options: options)
            let result = try await recheck(earlier, new, newPatterns, as: "new", jobs: 1 + round % 3)
            if round == 0 {
                let lines = try scratch.lines("new/findings.jsonl").filter { $0.contains("\"stix-pattern\"") }
                #expect(lines.count >= 3, "\(lines.count)")
            }
            try expectSame("new", "fresh", "round \(round)")
            #expect(result.problems.isEmpty, "\(result.problems)")
            // And a recheck of a recheck.
            try await recheck(scratch.path("new"), old, oldPatterns, as: "again")
            try expectSame("again", "old", "back in round \(round)")
        }
    }

    @Test func `what is new, what is gone and what stays is told`() async throws {
        let earlier = try await check("old", [Self.all[0], Self.all[4]])
        let result = try await recheck(earlier, [Self.all[1], Self.all[4], Self.all[5], Self.all[6]], as: "new")
        let change = try #require(result.report.recheck)
        // Three pages on one domain, now named by another file; a process that is new; one that stays.
        #expect(change.addedCount == 4 && change.goneCount == 3 && change.unchangedCount == 1, "\(change)")
        #expect(change.added.filter(\.isKnownOtherwise).map(\.source) == Array(repeating: "second.stix2", count: 3))
        #expect(change.gone.allSatisfy { $0.source == "first.stix2" && $0.value == "bad.example.org" })
        // Two odd notes and two private titles are taken over from the checks.
        #expect(change.carriedCount == 4)
        let words = change.onlyTheEvidence.joined(separator: "\n")
        #expect(words.contains("1 of type file:hashes.sha256"), "\(words)")
        #expect(words.contains("--include-content") && words.contains("Made-up pages") && words.contains("Checks"))
        let stored = try #require(Recheck.read(in: scratch.path("new")))
        #expect(stored == change)
        #expect(try StoredCase.read(scratch.path("new")).recheck == change)
    }

    @Test func `the earlier case stays as it was`() async throws {
        let earlier = try await check("old", Self.all)
        func state() throws -> [String: [UInt8]] {
            var state: [String: [UInt8]] = [:]
            for name in try FileManager.default.subpathsOfDirectory(atPath: earlier) {
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: earlier + "/" + name, isDirectory: &isFolder)
                state[name] = isFolder.boolValue ? [] : try scratch.bytes("old/" + name)
            }
            return state
        }
        let before = try state()
        try await recheck(earlier, [], as: "new")
        #expect(try state() == before)
        #expect(throws: OutputError.self) {
            try CaseFolder(earlier + "/inside", force: false, outside: [earlier])
        }
    }

    @Test func `a case without records is refused`() async throws {
        var options = AnalysisOptions()
        options.writesRecords = false
        let earlier = try await check("old", [], options: options)
        await #expect(throws: RecheckError.self) { try await recheck(earlier, Self.all, as: "new") }
        #expect(!FileManager.default.fileExists(atPath: scratch.path("new")))
    }

    @Test func `records that can't be read keep their earlier findings, and it is said`() async throws {
        let earlier = try await check("old", Self.all)
        let path = earlier + "/records/made.up.processes.jsonl"
        let whole = try scratch.bytes("old/records/made.up.processes.jsonl")
        let before = try scratch.lines("old/findings.jsonl").filter { $0.contains("made.up.processes") }
        func damage(_ change: () throws -> Void, _ comment: String) async throws {
            unlink(path)
            try change()
            let result = try await recheck(earlier, [], as: "new")
            #expect(!result.problems.isEmpty, "\(comment)")
            let after = try scratch.lines("new/findings.jsonl").filter { $0.contains("made.up.processes") }
            #expect(after == before, "\(comment)")
            #expect(result.report.recheck?.onlyTheEvidence.isEmpty == false)
        }
        try await damage({}, "missing")
        try await damage({ mkfifo(path, 0o600) }, "a pipe")
        try await damage({ symlink("/etc/hostname", path) }, "a link")
        try await damage({ mkdir(path, 0o700) }, "a folder")
        rmdir(path)
        for count in stride(from: 0, to: whole.count - 1, by: 17) {
            try await damage({ try Data(whole.prefix(count)).write(to: URL(fileURLWithPath: path)) }, "cut at \(count)")
        }
        let deep = String(repeating: "[", count: 100_000) + "\n"
        try await damage({ try scratch.write(deep, to: "old/records/made.up.processes.jsonl") }, "deep")
        let lines = [
            "{}", "[]", "5", "{\"process\":\"badd\"}", "{\"process\":\"badd\",\"source\":5}",
            "{\"source\":{\"path\":\"a\"}}",
            "{\"source\":{\"path\":\"a\",\"row\":99999999999999999999,\"table\":\"t\"}}",
            "\u{0}", "{\"process\":\"badd\",\"source\":{\"path\":\"x\",\"offset\":-1}}",
        ]
        for line in lines {
            try await damage({ try scratch.write(line + "\n", to: "old/records/made.up.processes.jsonl") }, line)
        }
    }

    @Test func `damage anywhere in a case is told and never a trap`() async throws {
        let earlier = try await check("old", Self.all)
        var numbers = Numbers(state: 3)
        for name in ["case.json", "coverage.json", "findings.jsonl", "facts.jsonl", "records/made.up.pages.jsonl"] {
            let whole = try scratch.bytes("old/" + name)
            for round in 0..<25 where !whole.isEmpty {
                var bytes = whole
                if round.isMultiple(of: 2) {
                    bytes = Array(whole.prefix(Int.random(in: 0..<whole.count, using: &numbers)))
                } else {
                    for _ in 0..<4 {
                        bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(
                            in: 0...255, using: &numbers)
                    }
                }
                try Data(bytes).write(to: URL(fileURLWithPath: earlier + "/" + name))
                // Whatever comes of it: an answer or an error in words.
                _ = try? await recheck(earlier, Self.all, as: "new")
            }
            try Data(whole).write(to: URL(fileURLWithPath: earlier + "/" + name))
        }
        #expect(try await recheck(earlier, Self.all, as: "new").problems.isEmpty)
    }

    @Test func `an artefact that is not known keeps its findings and records`() async throws {
        let earlier = try await check("old", Self.all)
        for name in ["coverage.json", "findings.jsonl"] {
            let text = try scratch.text("old/" + name).replacing("made.up.processes", with: "made.up.unheard-of")
            try scratch.write(text, to: "old/" + name)
        }
        rename(earlier + "/records/made.up.processes.jsonl", earlier + "/records/made.up.unheard-of.jsonl")
        let result = try await recheck(earlier, [], as: "new")
        #expect(result.report.recheck?.onlyTheEvidence.contains { $0.contains("made.up.unheard-of") } == true)
        #expect(result.report.recheck?.onlyTheEvidence.contains { $0.contains("Made-up processes") } == true)
        #expect(try scratch.text("new/findings.jsonl").contains("made.up.unheard-of"))
        #expect(
            try scratch.text("new/records/made.up.unheard-of.jsonl")
                == scratch.text("old/records/made.up.unheard-of.jsonl"))
    }

    @Test func `an identifier that leads elsewhere is not followed`() async throws {
        let earlier = try await check("old", Self.all)
        let text = try scratch.text("old/coverage.json").replacing("made.up.processes", with: "../../x")
        try scratch.write(text, to: "old/coverage.json")
        try scratch.write("secret", to: "x.jsonl")
        _ = try await recheck(earlier, [], as: "new")
        #expect(try scratch.names("new/records") == ["made.up.pages.jsonl"])
    }

    @Test func `what people said of findings goes along`() async throws {
        let earlier = try await check("old", Self.all)
        let finding = try #require(try scratch.lines("old/findings.jsonl").first?.dropFirst(7).prefix(32))
        try AnnotationFile.append(
            Annotation(
                finding: String(finding), action: .suppress, reason: "a test", author: "nobody",
                moment: try #require(Timestamp(unixSeconds: 0 as Int64))), in: earlier)
        let result = try await recheck(earlier, Self.all, as: "new")
        #expect(result.hasAnnotations)
        #expect(try StoredCase.read(scratch.path("new")).suppressedCount == 1)
    }
}
