import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import RuleLanguage
import TestSupport
import Testing

@testable import Analysis

/// Rules in a whole run: what becomes a finding, what is counted, and that nothing depends on chance.
struct RuleRunTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run(
        _ set: RuleSet, _ pages: String, processes: String = "", name: String = "case", jobs: Int = 2,
        content: Bool = false, writes: Bool = true
    ) async throws -> AnalysisResult {
        #expect(set.problems.isEmpty, "\(set.problems)")
        let evidence = MemoryEvidence(device: [
            "/private/var/mobile/pages.txt": Array(pages.utf8),
            "/private/var/mobile/processes.txt": Array(processes.utf8),
        ])
        var options = AnalysisOptions()
        options.rules = set
        options.jobs = jobs
        options.includesContent = content
        let folder = writes ? try CaseFolder(scratch.path(name), force: true, outside: []) : nil
        let result = try await analyze(
            [MadeUpPages.self, MadeUpProcesses.self], in: evidence, indicators: IndicatorSet([]), options: options,
            folder: folder, progress: RunProgress())
        if let folder {
            try folder.write("case.json", Array("{}".utf8))
            try folder.publish()
        }
        return result
    }

    private func rules(_ result: AnalysisResult) -> [String] {
        result.findings.compactMap { if case .rule(let rule) = $0.cause { rule.identifier } else { nil } }
    }

    @Test func `a rule about one record gives a finding with the words of its card`() async throws {
        let set = RuleTexts.set(
            RuleTexts.pages(
                "r", "note: odd one, url|contains: example",
                more: """
                    level: medium
                    falsepositives: [A test]
                    bridle: {version: 4, family: Imaginary, state: visited, meaning: M., limits: L., next-step: N., sources: [{organisation: O, title: T}], measured: [{corpus: phones, records: 9, hits: 1}]}
                    """))
        let result = try await run(set, "http://example.org|secret|100||Odd One\nhttp://example.org|x|200||even\n")
        let finding = try #require(result.findings.first)
        #expect(result.findings.count == 1)
        #expect(
            finding.cause
                == .rule(
                    Finding.RuleCitation(
                        identifier: "r", version: 4, isCorrelation: false, references: [Reference("O", "T")])))
        #expect(finding.meaning == "M." && finding.limits == "L." && finding.nextStep == "N.")
        #expect(finding.benignCauses == ["A test"] && finding.family == "Imaginary" && finding.state == .visited)
        #expect(finding.measurement?.records == 9)
        #expect(!finding.record.contains { $0.name == "title" })
        #expect(result.rules.map(\.hits) == [1])
        #expect(result.coverage.families.map(\.name) == ["Imaginary"])
        #expect(result.coverage.families.first?.appliedChecks == result.coverage.families.first?.checks)
    }

    @Test func `content is compared and not written`() async throws {
        let set = RuleTexts.set(RuleTexts.pages("r", "title|contains: secret"))
        let result = try await run(set, "u|a Secret|100||n\nu|x|200||n\n")
        #expect(rules(result) == ["r"])
        let text = try String(
            contentsOf: URL(fileURLWithPath: scratch.path("case") + "/findings.jsonl"), encoding: .utf8)
        #expect(!text.lowercased().contains("a secret"))
        // Nor as the name of a group.
        let grouped = RuleTexts.set(
            RuleTexts.pages("r", "note: n"),
            RuleTexts.correlation("c", "event_count", "r", "1h", ", group-by: [title], condition: {gte: 2}"))
        let found = try await run(grouped, "u|whisper|100||n\nu|whisper|101||n\n")
        #expect(rules(found) == ["c"])
        #expect(found.findings.allSatisfy { finding in !finding.record.contains { $0.name == "title" } })
        let shown = try await run(grouped, "u|whisper|100||n\nu|whisper|101||n\n", content: true)
        #expect(shown.findings.first?.record.first == NamedValue("title", .text("whisper")))
    }

    @Test func `a correlation cites its records and replaces their findings`() async throws {
        let set = RuleTexts.set(
            RuleTexts.pages("a", "note: first"), RuleTexts.pages("b", "note: second"),
            RuleTexts.correlation("c", "temporal_ordered", "a, b", "10s", ", group-by: [url]"))
        let pages =
            "x|t|100||first\nx|t|110||second\ny|t|100||first\ny|t|111||second\nz|t|110||first\nz|t|100||second\n"
        for writes in [true, false] {
            let result = try await run(set, pages, writes: writes)
            let finding = try #require(result.findings.first)
            #expect(result.findings.count == 1)
            #expect(finding.records.map(\.location) == [.row(0, table: "pages"), .row(1, table: "pages")])
            #expect(finding.recordCount == 2)
            #expect(finding.severity == .high)
            #expect(finding.moment?.description == "1970-01-01T00:01:40.000000Z")
            #expect(finding.record.first == NamedValue("url", .text("x")))
            #expect(result.rules.map(\.hits) == [3, 3, 1])
        }
        let line = try String(
            contentsOf: URL(fileURLWithPath: scratch.path("case") + "/findings.jsonl"), encoding: .utf8)
        #expect(
            line.contains(#""kind":"rule""#)
                && line.contains(#""record_count":2,"records":[{"artifact":"made.up.pages""#))
        let hidden = try FileManager.default.contentsOfDirectory(atPath: scratch.path("case")).filter {
            $0.hasPrefix(".")
        }
        #expect(hidden.isEmpty)
    }

    @Test func `records without a time or without a group are counted and not guessed`() async throws {
        let set = RuleTexts.set(
            RuleTexts.pages("a", "note: n"),
            RuleTexts.correlation("c", "event_count", "a", "10s", ", group-by: [url], condition: {gte: 2}"))
        let result = try await run(set, "x|t|||n\nx|t|||n\n|t|100||n\n|t|101||n\nx|t|100||n\n")
        #expect(result.findings.isEmpty)
        let outcome = try #require(result.rules.first { $0.identifier == "a" })
        #expect(outcome.hits == 5 && outcome.timeless == 2 && outcome.incomplete == 2)
        let coverage = try String(
            contentsOf: URL(fileURLWithPath: scratch.path("case") + "/coverage.json"), encoding: .utf8)
        #expect(coverage.contains(#""hits":5,"without_time":2,"without_field":2"#))
    }

    @Test func `a correlation can rest on others, and on several times of a record`() async throws {
        let set = RuleTexts.set(
            RuleTexts.pages("a", "note: a"), RuleTexts.pages("b", "note: b"),
            RuleTexts.correlation("many-a", "event_count", "a", "10s", ", condition: {gte: 3}"),
            RuleTexts.correlation("many-b", "event_count", "b", "10s", ", condition: {gte: 2}"),
            RuleTexts.correlation("both", "temporal_ordered", "many-a, many-b", "60s"))
        let a = "x||100||a\nx||101||a\nx||102||a\n"
        #expect(rules(try await run(set, a + "x||150||b\nx||152||b\n")) == ["both"])
        #expect(rules(try await run(set, a + "x||150||b\nx||163||b\n")).isEmpty)
        #expect(rules(try await run(set, a + "x||90||b\nx||91||b\n")).isEmpty)
        #expect(rules(try await run(set, "x||100||a\nx||101||a\nx||150||b\nx||152||b\n")).isEmpty)
        let times = RuleTexts.set(
            RuleTexts.pages("a", "note: a", more: "bridle: {times: [opened]}"), RuleTexts.pages("b", "note: b"),
            RuleTexts.correlation("c", "temporal", "a, b", "10s"))
        #expect(rules(try await run(times, "x||100|500|a\nx||505||b\n")) == ["c"])
        #expect(rules(try await run(times, "x||500|100|a\nx||505||b\n")).isEmpty)
    }

    @Test func `aliases group by different fields`() async throws {
        let set = RuleTexts.set(
            RuleTexts.pages("a", "note: a"), RuleTexts.pages("b", "title: b"),
            RuleTexts.correlation(
                "c", "temporal", "a, b", "10s", ", group-by: [who], aliases: {who: {a: url, b: note}}"))
        #expect(rules(try await run(set, "x||100||a\nq|b|101||x\n")) == ["c"])
        #expect(rules(try await run(set, "x||100||a\nx|b|101||y\n")).isEmpty)
    }

    @Test func `a clock that jumps changes nothing, and neither does the order of the records`() async throws {
        let set = RuleTexts.set(
            RuleTexts.pages("a", "note: n"),
            RuleTexts.correlation("c", "event_count", "a", "10s", ", condition: {gte: 3}"))
        let lines = [
            "x||100||n", "x||4102444800||n", "x||105||n", "x||-62135596800||n", "x||110||n", "x||253402300799||n",
        ]
        let forwards = try await run(set, lines.joined(separator: "\n"))
        let backwards = try await run(set, lines.reversed().joined(separator: "\n"))
        #expect(rules(forwards) == ["c"] && rules(backwards) == ["c"])
        #expect(forwards.findings.first?.recordCount == 3)
    }

    @Test func `the same bytes come out however many artefacts are read at a time`() async throws {
        let set = RuleTexts.set(
            RuleTexts.pages("a", "note|contains: n"), RuleTexts.pages("b", "url: x", more: "level: high"),
            RuleTexts.correlation(
                "c", "event_count", "a", "10s", ", group-by: [url], condition: {gte: 3}, generate: true"),
            RuleTexts.correlation("d", "value_count", "a", "1h", ", condition: {field: url, gte: 4}"))
        var random = Repeatable(seed: 3)
        let pages = (0..<2_000).map { _ in
            "u\(Int.random(in: 0...9, using: &random))|t|\(Int.random(in: 1...20_000, using: &random))||n"
        }.joined(separator: "\n")
        var seen: Set<String> = []
        for (name, jobs) in [("one", 1), ("two", 2), ("eight", 8)] {
            _ = try await run(set, pages, name: name, jobs: jobs)
            seen.insert(
                try ["findings.jsonl", "coverage.json"].map {
                    try String(contentsOf: URL(fileURLWithPath: scratch.path(name) + "/" + $0), encoding: .utf8)
                }.joined())
        }
        #expect(seen.count == 1)
        #expect(seen.first?.contains(#""id":"c""#) == true)
    }

    @Test func `examples are tried, and derived ones too`() throws {
        let tables = RuleTexts.tables
        func results(_ examples: String, _ timespan: String = "10s") throws -> [RuleTrial.Result] {
            let set = RuleTexts.set(
                RuleTexts.pages("a", "note: a", more: "bridle: {examples: {fires: [{note: a}], quiet: [{note: b}]}}"),
                RuleTexts.pages("b", "note: b"),
                "title: C\nid: c\ncorrelation: {type: temporal_ordered, rules: [a, b], timespan: \(timespan)}\nbridle: {examples: \(examples)}\n"
            )
            #expect(set.problems.isEmpty, "\(set.problems)")
            return try RuleTrial(set, tables: tables).results()
        }
        let good = try results(
            "{fires: [[{note: a, visited: 2021-01-01T00:00:00Z}, {note: b, visited: 2021-01-01T00:00:05Z}]], quiet: [[{note: b, visited: 2021-01-01}]]}"
        )
        #expect(good.map(\.identifier) == ["a", "b", "c"])
        #expect(good.flatMap(\.failures).isEmpty, "\(good)")
        #expect(good.map(\.examples) == [2, 0, 2])
        #expect(good.map(\.derived) == [0, 0, 4])
        let wrong = try results("{fires: [[{note: b, visited: 2021-01-01}]], quiet: [[{note: a, visted: 2021-01-01}]]}")
        #expect(wrong[2].failures.map(\.reason).contains { $0.contains("stays quiet on an example") })
        #expect(wrong[2].failures.map(\.reason).contains { $0.contains("'visted'") })
    }
}
