import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import RuleLanguage
import TestSupport
import Testing

@testable import Analysis

/// Rules that are asked of stored records.
struct RecheckRulesTests {
    let cases: StoredCases
    var scratch: Scratch { cases.scratch }

    init() throws {
        cases = StoredCases(
            scratch: try Scratch(), catalog: [MadeUpPages.self, MadeUpProcesses.self],
            indicators: [Indicator(.domainName, "bad.example.org", family: "Imaginary", source: "a.stix2")])
    }

    private static func evidence(_ pages: String = pages, processes: String = "badd\nordinary\n") -> MemoryEvidence {
        MemoryEvidence(device: [
            "/private/var/mobile/pages.txt": Array(pages.utf8),
            "/private/var/mobile/pages2.txt": Array("https://x/2|second|105|700|odd\n".utf8),
            "/private/var/mobile/processes.txt": Array(processes.utf8),
        ])
    }

    private static let pages = """
        https://bad.example.org/1|private|100|500|odd
        https://ordinary.example/|letter|101||even
        https://ordinary.example/2||102|501|odd
        DAMAGE
        https://bad.example.org/2|private|||odd
        """ + "\n"

    private static let notes = RuleTexts.pages("note", "note: odd", more: "level: low\n")
    private static let titles = RuleTexts.pages("title", "title: private", more: "level: medium\n")
    private static let untitled = RuleTexts.pages("untitled", "title: null")
    private static let urls = RuleTexts.pages(
        "urls", "url|contains: ordinary", more: "level: high\nbridle: {family: Other, version: 2}\n")
    private static let processes =
        "title: P\nid: processes\nlevel: high\nlogsource: {service: made.up.processes}\n"
        + "detection: {s: {process: badd}, condition: s}\n---\n"
    private static let near = RuleTexts.correlation(
        "near", "event_count", "note", "10s", ", condition: {gte: 2}, generate: true")
    private static let byTitle = RuleTexts.correlation(
        "by-title", "event_count", "note", "10s", ", group-by: [title], condition: {gte: 1}, generate: true")
    private static let all = RuleTexts.set(notes, titles, untitled, urls, processes, near, byTitle)

    @Test(arguments: [true, false], [true, false])
    func `the same rules give the same findings`(content: Bool, saysContent: Bool) async throws {
        try await cases.check("old", Self.evidence(), Self.all, content: content, saysContent: saysContent)
        #expect(try cases.findings("old", "\"kind\":\"rule\"").count >= 9)
        let result = try await cases.recheck("old", as: "new", Self.all)
        try cases.expectSame("new", "old")
        #expect(result.problems.isEmpty, "\(result.problems)")
        let change = try #require(result.report.recheck)
        #expect(change.addedCount == 0 && change.goneCount == 0, "\(change)")
        let carried = try cases.findings("old").filter { line in
            ["\"id\":\"title\"", "\"id\":\"untitled\"", "\"id\":\"by-title\""].contains { line.contains($0) }
        }
        #expect(!carried.isEmpty)
        #expect(change.ofRules.carried == (content ? 0 : carried.count))
        #expect(
            change.ofRules.unchanged + change.ofRules.carried == (try cases.findings("old", "\"kind\":\"rule\"").count))
        let rules = result.report.coverage.rules.filter { !$0.notAsked.isEmpty }.map(\.identifier)
        #expect(rules == (content ? [] : ["by-title", "title", "untitled"]))
        if !content {
            let title = try #require(result.report.coverage.rules.first { $0.identifier == "title" })
            #expect(title.notAsked == ["Made-up pages: needs content that was not stored (title)"])
        }
        // And a recheck of the recheck, which nobody writes.
        let again = try await cases.recheck("new", as: "", Self.all, writes: false)
        #expect(again.report.counts == result.report.counts)
        #expect(again.report.coverage == result.report.coverage)
    }

    @Test func `newer rules find what a fresh check finds, and changes name the rule`() async throws {
        let newer = RuleTexts.set(Self.urls, Self.processes, Self.notes, Self.near)
        try await cases.check("old", Self.evidence(), RuleTexts.set(Self.notes, RuleTexts.pages("urls", "note: even")))
        try await cases.check("fresh", Self.evidence(), newer)
        let result = try await cases.recheck("old", as: "new", newer)
        try cases.expectSame("new", "fresh")
        let change = try #require(result.report.recheck)
        #expect(
            change.ofRules.added == 3 && change.ofRules.gone == 0 && change.ofRules.carried == 0, "\(change.ofRules)")
        #expect(Set(change.added.map(\.rule)) == ["urls", "processes", "near"])
        #expect(result.report.coverage.families.contains { $0.name == "Other" })
        // Back again: what newer rules found is gone where the rule is still there.
        let older = RuleTexts.set(
            RuleTexts.pages("urls", "note: even"), RuleTexts.pages("note", "note: never"), Self.processes)
        let back = try #require(try await cases.recheck("new", as: "back", older).report.recheck)
        #expect(back.ofRules.gone == 5 && back.gone.map(\.rule).sorted() == ["note", "note", "note", "note", "urls"])
        // The correlation is not there any more, so nobody asked it.
        #expect(back.ofRules.carried == 1 && back.ofRules.unchanged == 2, "\(back.ofRules)")
        #expect(back.onlyTheEvidence.contains { $0.hasPrefix("Not among the rules") && $0.contains("near") })
        let stored = try StoredCase.read(scratch.path("back"))
        #expect(stored.recheck == back)
        #expect(stored.coverage.rules.first { $0.identifier == "near" }?.notAsked == [RuleQuestions.unknown])
    }

    @Test func `a new rule over content that was not stored is not asked, and counts for nothing`() async throws {
        let family = RuleTexts.pages("untitled", "title: null", more: "bridle: {family: Other}\n")
        try await cases.check("old", Self.evidence(), RuleSet())
        let result = try await cases.recheck("old", as: "new", RuleTexts.set(family))
        #expect(try cases.findings("new", "\"kind\":\"rule\"").isEmpty)
        let rule = try #require(result.report.coverage.rules.first)
        #expect(!rule.couldFire && rule.examined.isEmpty && rule.hits == 0 && rule.notAsked.count == 1)
        let other = try #require(result.report.coverage.families.first { $0.name == "Other" })
        #expect(other.checks == 1 && other.appliedChecks == 0)
        // Nor in the next recheck, which finds it among the rules of this one.
        let again = try await cases.recheck("new", as: "again", RuleTexts.set(family))
        #expect(again.report.coverage.families == result.report.coverage.families)
        #expect(again.report.coverage.rules == result.report.coverage.rules)
    }

    @Test func `a field that an older version did not write is not taken for empty`() async throws {
        let rules = RuleTexts.set(
            RuleTexts.pages("unopened", "opened: null"), RuleTexts.pages("note", "note: odd"),
            RuleTexts.correlation(
                "by-opened", "event_count", "note", "10s", ", group-by: [opened], condition: {gte: 1}, generate: true"))
        try await cases.check("old", Self.evidence(), rules)
        let before = try cases.findings("old", "\"kind\":\"rule\"")
        let path = "old/records/made.up.pages.jsonl"
        try scratch.write(try scratch.text(path).replacing(/"opened":"[^"]*",/, with: ""), to: path)
        // The same version writes all that it knows: the field is empty.
        let same = try await cases.recheck("old", as: "same", rules)
        #expect(same.report.recheck?.ofRules.gone == 3)
        let result = try await cases.recheck("old", as: "new", rules, version: "2")
        #expect(try cases.findings("new", "\"kind\":\"rule\"").count == before.count)
        #expect(
            result.report.coverage.rules.filter { !$0.notAsked.isEmpty }.map(\.identifier) == ["by-opened", "unopened"])
        #expect(result.report.recheck?.onlyTheEvidence.contains { $0.contains("no stored record has opened") } == true)
    }

    @Test func `correlations over records that can't be read are taken over`() async throws {
        try await cases.check("old", Self.evidence(), Self.all, content: true)
        let near = try cases.findings("old", "\"id\":\"near\"")
        #expect(!near.isEmpty)
        let path = "old/records/made.up.pages.jsonl"
        let whole = try scratch.lines(path)
        func damage(_ lines: [String], _ comment: String, isMoved: Bool = false) async throws {
            try scratch.write(lines.map { $0 + "\n" }.joined(), to: path)
            let result = try await cases.recheck("old", as: "new", Self.all)
            #expect(try cases.findings("new", "\"id\":\"near\"") == near, "\(comment)")
            // What could be judged is judged, and nothing is lost.
            let (new, old) = (try cases.findings("new"), try cases.findings("old"))
            #expect(isMoved ? Set(old).isSubset(of: new) : old == new, "\(comment)")
            #expect(!result.problems.isEmpty, "\(comment)")
            let rule = try #require(result.report.coverage.rules.first { $0.identifier == "near" })
            #expect(rule.hits == near.count && rule.notAsked.first?.contains("can't be read") == true, "\(comment)")
        }
        try await damage(Array(whole.dropFirst()), "a line less")
        try await damage([whole[0], String(whole[1].dropLast(9))] + whole.dropFirst(2), "half a line")
        try await damage(
            whole.map { $0.replacing("pages2.txt", with: "pages3.txt") }, "a file that nobody read", isMoved: true)
        let twice = whole[0].replacing("\"note\":\"odd\"", with: "\"note\":\"even\",\"note\":\"odd\"")
        #expect(twice != whole[0])
        try await damage([twice] + whole.dropFirst(), "a field twice")
        let nothing = whole[0].replacing("\"note\":\"odd\"", with: "\"note\":null,\"note\":\"odd\"")
        try await damage([nothing] + whole.dropFirst(), "a field twice, once with nothing")
        let values = String(repeating: "0,", count: Value.storedLimit + 1)
        try await damage(whole + ["{\"x\":[" + values + "0]}"], "a line of a million numbers")
        #expect(try cases.findings("old").count == cases.findings("new").count)
    }

    @Test func `a line longer than any record is passed over in little memory`() async throws {
        try await cases.check("old", Self.evidence(), Self.all, content: true)
        let path = scratch.path("old/records/made.up.pages.jsonl")
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        try file.seekToEnd()
        for _ in 0..<100 { try file.write(contentsOf: Data(repeating: 0x20, count: 1 << 20)) }
        try file.write(contentsOf: Data("\n".utf8))
        try file.close()
        let result = try await cases.recheck("old", as: "new", Self.all)
        #expect(result.problems.contains { $0.contains("1 lines of records/made.up.pages.jsonl are damaged") })
        #expect(try cases.findings("new") == cases.findings("old"))
    }

    @Test func `a value of the wrong type answers no rule that looks at it`() async throws {
        let rules = RuleTexts.set(
            Self.notes, RuleTexts.pages("missing", "note: null"), Self.urls, Self.near)
        try await cases.check("old", Self.evidence(), rules)
        let before = try cases.findings("old")
        let path = "old/records/made.up.pages.jsonl"
        let lines = try scratch.lines(path)
        for wrong in ["5", "null", "[]", "{}", "true", "[\"odd\"]", "1.5"] {
            let changed = lines.enumerated().map { number, line in
                number == 0 ? line.replacing("\"note\":\"odd\"", with: "\"note\":\(wrong)") : line
            }
            try scratch.write(changed.map { $0 + "\n" }.joined(), to: path)
            let result = try await cases.recheck("old", as: "new", rules)
            func rulesOnly(_ lines: [String]) -> [String] { lines.filter { $0.contains("\"kind\":\"rule\"") } }
            #expect(rulesOnly(try cases.findings("new")) == rulesOnly(before), "\(wrong)")
            #expect(
                result.report.coverage.rules.filter { !$0.notAsked.isEmpty }.map(\.identifier)
                    == ["missing", "near", "note"], "\(wrong)")
        }
    }

    @Test func `what checks and rules that were not asked found stands in the timeline`() async throws {
        try await cases.check("old", Self.evidence(), RuleTexts.set(Self.titles, Self.notes, Self.near))
        try await cases.recheck("old", as: "new", RuleTexts.set(Self.titles, Self.notes, Self.near))
        #expect(try scratch.text("new/timeline.csv") == scratch.text("old/timeline.csv"))
        #expect(try scratch.text("new/timeline.csv").contains(",medium,"))
    }

    @Test func `with rules only, what indicators found is taken over`() async throws {
        let newer = RuleTexts.set(Self.notes, Self.urls, Self.processes)
        try await cases.check("old", Self.evidence(), RuleTexts.set(Self.notes))
        try await cases.check("fresh", Self.evidence(), newer)
        let result = try await cases.recheck("old", as: "new", newer, indicators: [], rulesOnly: true)
        try cases.expectSame("new", "fresh")
        #expect(result.report.indicatorDigest == IndicatorSet(cases.indicators).digest)
        #expect(result.report.recheck?.goneCount == 0)
        #expect(result.report.recheck?.onlyTheEvidence.contains { $0.hasPrefix("Indicators were not asked") } == true)
        #expect(result.report.verdict == (try StoredCase.read(scratch.path("fresh"))).verdict)
    }

    @Test func `an interruption declares nothing gone`() async throws {
        try await cases.check("old", Self.evidence(), Self.all)
        let progress = RunProgress()
        progress.stop()
        let result = try await cases.recheck("old", as: "new", Self.all, progress: progress)
        #expect(!result.report.isComplete && result.report.recheck?.goneCount == 0)
        #expect(try cases.findings("new") == cases.findings("old"))
    }

    @Test func `recovered records keep their marks`() async throws {
        let cases = StoredCases(scratch: scratch, catalog: [RecoveredRecordTests.MadeUpRows.self])
        let set = RuleSet(
            [
                "title: R\nid: r\nlogsource: {service: made.up.rows}\ndetection: {s: {url|contains: bad}, condition: s}\n",
                "title: C\nid: c\nlevel: high\ncorrelation: {type: event_count, rules: [r], timespan: 10s, "
                    + "condition: {gte: 3}, generate: true}\n",
            ].enumerated().map { RuleFile("\($0).yml", Array($1.utf8)) },
            tables: [FieldTable(RecoveredRecordTests.MadeUpRows.self)])
        try await cases.check("old", MemoryEvidence(device: ["/private/var/mobile/rows.txt": [1]]), set)
        #expect(try cases.findings("old", "\"recovered\":{").count == 3)
        let result = try await cases.recheck("old", as: "new", set)
        try cases.expectSame("new", "old")
        #expect(result.report.recheck?.ofRules.unchanged == 4)
    }

    @Test func `damage anywhere is told and never a trap`() async throws {
        try await cases.check("old", Self.evidence(), Self.all, content: true)
        var numbers = Numbers(state: 11)
        for name in ["case.json", "coverage.json", "findings.jsonl", "records/made.up.pages.jsonl"] {
            let whole = try scratch.bytes("old/" + name)
            for _ in 0..<30 {
                var bytes = whole
                for _ in 0..<3 {
                    bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
                }
                try Data(bytes).write(to: URL(fileURLWithPath: scratch.path("old/" + name)))
                _ = try? await cases.recheck(
                    "old", as: "new", Self.all, version: Bool.random(using: &numbers) ? "1" : "2")
            }
            try Data(whole).write(to: URL(fileURLWithPath: scratch.path("old/" + name)))
        }
        #expect(try await cases.recheck("old", as: "new", Self.all).problems.isEmpty)
    }
}
