import AppleArtifacts
import ArtifactModel
import CaseModel
import FileFormats
import Foundation
import Indicators
import Primitives
import RuleLanguage
import RulePack
import TestSupport
import Testing

@testable import Analysis

/// A rule fires on a stored record exactly when it fires on the record itself: asked of every field of every fixture.
@Suite(.timeLimit(.minutes(30))) struct StoredFieldTests {
    private static let known = AppleArtifactsCatalog.artifacts
    private static let pack = RuleSet(RulePack.rules(), tables: known.map { FieldTable($0) })
    static let fixtures = Fixture.all.filter { fixture in
        known.contains { $0.card.identifier == fixture.artifact }
    }

    @Test(arguments: fixtures) func `rules about any field of a fixture`(fixture: Fixture) async throws {
        let artifact = try #require(Self.known.first { $0.card.identifier == fixture.artifact })
        let cases = StoredCases(scratch: try Scratch(), catalog: [artifact])
        let evidence = try fixture.evidence()
        try await cases.check("plain", evidence, RuleSet(), content: true)
        let layout = StoredLayout(opening: artifact)
        let records = try cases.scratch.lines("plain/records/\(fixture.artifact).jsonl").map {
            try StoredRecord(Array($0.utf8), layout)
        }
        #expect(records.allSatisfy { $0.mistyped.isEmpty })
        guard !records.isEmpty else { return }
        // Findings of records that share a place have one identifier: which of them was made again is not known.
        let places = Set(records.map { EarlierFindings.place(fixture.artifact, $0.path, $0.location) })
        guard places.count == records.count || !layout.fields.contains(where: { $0.form == .nested }) else { return }
        let texts = Self.rules(layout, records)
        let rules = RuleSet(
            texts.enumerated().map { RuleFile("\($0).yml", Array($1.utf8)) }, tables: [FieldTable(artifact)])
        for content in layout.hasContent ? [true, false] : [true] {
            let fresh = try await cases.check("old", evidence, rules, content: content)
            #expect(fresh.rules.contains { $0.hits > 0 })
            let result = try await cases.recheck("old", as: "new", rules)
            try cases.expectSame("new", "old", "\(fixture.testDescription), content \(content)")
            #expect(result.problems.isEmpty, "\(result.problems)")
            #expect(result.report.recheck?.addedCount == 0 && result.report.recheck?.goneCount == 0)
            // Against a case that no rule was asked of: what is found was not taken over.
            try await cases.check("bare", evidence, RuleSet(), content: content)
            let asked = try await cases.recheck("bare", as: "asked", rules)
            let unasked = Set(asked.report.coverage.rules.filter { !$0.notAsked.isEmpty }.map(\.identifier))
            func certain(_ name: String) throws -> [String] {
                try cases.findings(name).filter { line in
                    !unasked.contains { line.contains("\"rule\":{\"id\":\"\($0)\"") }
                }
            }
            #expect(try certain("asked") == certain("old"), "\(fixture.testDescription), content \(content)")
            let nested = Set(layout.fields.filter { $0.form == .nested }.map(\.name))
            let hidden = content ? [] : Set(layout.fields.filter(\.isContent).map(\.name))
            #expect(
                unasked.allSatisfy { name in nested.union(hidden).contains { name.hasSuffix("-" + $0) } },
                "\(unasked.sorted())")
        }
    }

    @Test(arguments: fixtures) func `the rules that come along`(fixture: Fixture) async throws {
        let artifact = try #require(Self.known.first { $0.card.identifier == fixture.artifact })
        guard Self.pack.programs[fixture.artifact]?.rules.isEmpty == false else { return }
        let cases = StoredCases(scratch: try Scratch(), catalog: [artifact])
        for content in StoredLayout(opening: artifact).hasContent ? [true, false] : [true] {
            try await cases.check("old", fixture.evidence(), Self.pack, content: content)
            try await cases.recheck("old", as: "new", Self.pack)
            try cases.expectSame("new", "old", fixture.testDescription)
        }
    }

    @Test func `the examples of the rules that come along`() throws {
        let tables = Dictionary(uniqueKeysWithValues: Self.known.map { ($0.card.identifier, FieldTable($0)) })
        let layouts = Dictionary(
            uniqueKeysWithValues: Self.known.map { ($0.card.identifier, StoredLayout(opening: $0)) })
        var (count, fired) = (0, 0)
        for rule in Self.pack.rules {
            for example in rule.head.card.fires + rule.head.card.quiet {
                for entry in example.entries {
                    let record = try ExampleRecord(
                        entry, rule.head.place.file, artifacts: rule.artifacts, tables: tables)
                    guard let program = Self.pack.programs[record.artifact],
                        let layout = layouts[record.artifact]
                    else { continue }
                    let stored = try StoredRecord(Self.line(layout, record.values), layout)
                    let (first, second) = (Self.fired(program, record.values), Self.fired(program, stored.values))
                    let unclear = RuleDoubts(program).unclear(stored)
                    #expect(first.filter { !unclear.contains($0) } == second.filter { !unclear.contains($0) })
                    count += 1
                    fired += first.count
                }
            }
        }
        #expect(count > 100 && fired > 50, "\(count) \(fired)")
    }

    private static func fired(_ program: ArtifactProgram, _ values: [Value]) -> [Int] {
        var matcher = RecordMatcher(program)
        matcher.begin()
        for (field, value) in values.enumerated() where value != .absent { matcher.take(field, value) }
        return matcher.fired()
    }

    private static func line(_ layout: StoredLayout, _ values: [Value]) -> [UInt8] {
        var text = TextBuffer()
        text.append("{")
        for (field, value) in zip(layout.fields, values) where value != .absent {
            text.append(jsonString: field.name)
            text.append(":")
            value.write(json: &text)
            text.append(",")
        }
        text.append("\"source\":{\"path\":\"a\",\"offset\":0}}")
        return text.bytes
    }

    // MARK: - Rules about every field

    private static func rules(_ layout: StoredLayout, _ records: [StoredRecord]) -> [String] {
        var rules: [String] = []
        func rule(_ name: String, _ search: String) {
            rules.append(
                "title: \(name)\nid: \(name)\nlevel: low\nlogsource: {service: \(layout.card.identifier)}\n"
                    + "detection: {s: {\(search)}, condition: s}\n")
        }
        func correlation(_ name: String, _ more: String) {
            rules.append(
                "title: \(name)\nid: \(name)\nlevel: low\n"
                    + "correlation: {type: \(more), timespan: 1d, generate: true}\n")
        }
        for (place, field) in layout.fields.enumerated() {
            let name = field.name
            rule("is-\(name)", "\(name)|exists: true")
            rule("not-\(name)", "\(name): null")
            if layout.fields.contains(where: { $0.form == .moment }) {
                correlation(
                    "group-\(name)", "event_count, rules: [is-\(name)], group-by: [\(name)], condition: {gte: 1}")
                correlation(
                    "count-\(name)", "value_count, rules: [is-\(name)], condition: {field: \(name), gte: 2}")
            }
            let values = records.map { $0.values[place] }.filter { $0 != .absent }
            guard let first = values.first else { continue }
            switch first {
            case .text, .texts:
                rule("long-\(name)", "\(name)|re: '.{12}'")
                rule("word-\(name)", "\(name)|contains: e")
                guard let text = word(first) else { continue }
                rule("eq-\(name)", "\(name): \(text)")
            case .integer(let number):
                rule("eq-\(name)", "\(name): \(number)")
                rule("gt-\(name)", "\(name)|gte: \(number)")
            case .real(let number):
                rule("lte-\(name)", "\(name)|lte: \(number)")
                rule("gte-\(name)", "\(name)|gte: 0")
            case .truth(let truth): rule("eq-\(name)", "\(name): \(truth)")
            case .moment(let moment):
                rule("eq-\(name)", "\(name): '\(moment)'")
                rule("gt-\(name)", "\(name)|gt: '\(moment)'")
                rule("hour-\(name)", "\(name)|hour|lt: 12")
            case .list, .table:
                rule("word-\(name)", "\(name)|contains: a")
                rule("form-\(name)", "\(name)|re: '^[A-Za-z0-9+/]+=*$'")
                rule("gt-\(name)", "\(name)|gte: 1")
                guard case .table(let members) = first, let member = members.first,
                    member.name.utf8.allSatisfy({ $0 | 0x20 > 0x60 && $0 | 0x20 < 0x7B })
                else { continue }
                rule("member-\(name)", "\(name).\(member.name)|exists: true")
            case .bytes, .absent: break
            }
        }
        return rules
    }

    /// The first text, if it can be written between quotation marks as it stands.
    private static func word(_ value: Value) -> String? {
        var found: String?
        switch value {
        case .text(let text): found = text
        case .texts(let texts): found = texts.first
        default: break
        }
        guard let found, found.count < 100,
            found.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && !"'\\*?\"".utf8.contains($0) })
        else { return nil }
        return "'\(found)'"
    }
}
