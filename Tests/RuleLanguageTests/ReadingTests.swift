import ArtifactModel
import Foundation
import RuleLanguage
import Testing

struct ReadingTests {
    @Test func `a rule keeps all that its file says`() throws {
        let text = """
            title: A process of that name
            id: r1
            name: short
            status: test
            description: |
              Two
              lines
            references: [https://example.org/a]
            author: A Person
            date: 2021-07-18
            modified: 2022-01-01
            tags: [attack.t1204]
            logsource: {product: ios, service: usage}
            detection:
              selection:
                process: [bh, 'roleaccountd']
                bytes_in|gte: 5
              filter:
                process|startswith: com.apple.
              condition: selection and not filter
            fields: [process]
            falsepositives: [Another program of that name]
            level: high
            bridle:
              version: 3
              surface: data usage
              family: Pegasus
              os: {from: '13.0', to: '14.6'}
              state: ran
              meaning: It says so.
              limits: It proves nothing.
              next-step: Ask.
              sources:
                - {organisation: Amnesty, title: Report, date: 2021-07-18, link: https://example.org/a}
              times: [last_seen]
              measured: [{corpus: phones, records: 5, hits: 0}]
              examples:
                fires:
                  - {process: bh, bytes_in: 7}
                quiet:
                  - - {artifact: apple.network.usage, process: bh}
                    - {process: x}
            """
        let file = RuleFile("a.yml", Array(text.utf8))
        #expect(file.problems.isEmpty, "\(file.problems)")
        let head = try #require(file.documents.first?.head)
        #expect(head.identifier == "short")
        #expect(head.description == "Two\nlines")
        #expect(head.severity == .high)
        #expect(head.card.version == 3)
        #expect(head.card.releases?.words == "13.0 to 14.6")
        #expect(head.card.state == .ran)
        #expect(head.citations.map(\.citation) == ["Amnesty, Report, 2021-07-18, https://example.org/a"])
        #expect(head.card.fires.map(\.entries.count) == [1])
        #expect(head.card.quiet.map(\.entries.count) == [2])
        #expect(head.card.quiet[0].entries[0].artifact == "apple.network.usage")
        let set = RuleSet([file], tables: MadeUpTables.all)
        #expect(set.problems.isEmpty)
        #expect(set.rules.map(\.artifacts) == [["apple.network.usage"]])
    }

    @Test func `documents share members through action`() {
        let text = """
            action: global
            title: Shared
            level: high
            logsource: {product: ios}
            detection: {condition: s}
            ---
            id: a
            logsource: {service: usage}
            detection: {s: {process: x}}
            ---
            id: b
            logsource: {service: crashes}
            detection: {s: {reason: y}}
            ---
            action: repeat
            id: c
            detection: {s: {process: z}}
            ---
            action: reset
            title: Alone
            id: d
            logsource: {service: usage}
            detection: {s: {process: x}, condition: s}
            """
        let set = MadeUpTables.compile(text)
        #expect(set.problems.isEmpty, "\(set.problems)")
        #expect(set.rules.map(\.head.identifier) == ["a", "b", "c", "d"])
        #expect(set.rules.map(\.head.title) == ["Shared", "Shared", "Shared", "Alone"])
        #expect(set.rules[2].artifacts == ["apple.system.crashes"])
        #expect(set.rules[3].head.level == nil)
    }

    @Test func `a category means all artefacts that have the fields`() {
        func artifacts(_ source: String, _ field: String) -> [String] {
            MadeUpTables.compile(
                "title: A\nlogsource: \(source)\ndetection: {s: {\(field): x}, condition: s}\n"
            ).rules.first?.artifacts ?? []
        }
        #expect(
            artifacts("{product: ios, category: system}", "process") == [
                "apple.system.crashes", "apple.system.timeless",
            ])
        #expect(artifacts("{product: ios, category: system}", "reason") == ["apple.system.crashes"])
        #expect(
            artifacts("{category: process_name}", "process")
                == ["apple.network.usage", "apple.system.crashes", "apple.system.timeless"])
        #expect(artifacts("{product: android}", "package") == ["android.apps.packages"])
        #expect(artifacts("{service: apple.network.usage}", "process") == ["apple.network.usage"])
    }

    @Test func `a trace that can't be checked is listed and not run`() {
        let set = MadeUpTables.compile(
            "title: Never published\nid: x\nbridle: {family: Pegasus, not-checkable: Nothing was published.}\n",
            MadeUpTables.rule("s: {process: x}\ncondition: s", more: "status: deprecated\n"))
        #expect(set.problems.isEmpty, "\(set.problems)")
        #expect(set.idle.map(\.identifier) == ["x", "r1"])
        #expect(set.isEmpty)
    }

    @Test func `a rule that only serves a correlation gives no findings of its own`() {
        let rule = MadeUpTables.rule("s: {process: x}\ncondition: s")
        func correlation(_ more: String) -> String {
            "title: C\nid: c\ncorrelation: {type: event_count, rules: [r1], timespan: 5m, condition: {gte: 2}\(more)}\n"
        }
        #expect(MadeUpTables.compile(rule, correlation("")).rules.map(\.isReported) == [false])
        #expect(MadeUpTables.compile(rule, correlation(", generate: true")).rules.map(\.isReported) == [true])
        let nested = MadeUpTables.compile(
            "title: D\nid: d\ncorrelation: {type: event_count, rules: [c], timespan: 5m, condition: {gte: 2}}\n",
            correlation(""), rule)
        #expect(nested.problems.isEmpty, "\(nested.problems)")
        #expect(nested.correlations.map(\.head.identifier) == ["c", "d"])
        #expect(nested.correlations.map(\.isReported) == [false, true])
    }

    @Test func `tests that several rules ask are asked once`() throws {
        let set = MadeUpTables.compile(
            (0..<10).map {
                "title: A\nid: r\($0)\nlogsource: {service: usage}\ndetection: {s: {process: [x, y], bytes_in: \($0)}, condition: s}\n"
            }.joined(separator: "---\n"))
        #expect(set.problems.isEmpty)
        let program = try #require(set.programs["apple.network.usage"])
        #expect(program.rules.count == 10)
        #expect(program.tests.count == 12)
        #expect(program.columns.count == 2)
    }

    @Test func `the specification's own examples are read`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared/samples/sigma-specification/tests/schema")
        let files =
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
        let rules = files.filter { $0.pathExtension == "yml" }.sorted { $0.path < $1.path }
        guard !rules.isEmpty else { return }
        for url in rules {
            let file = RuleFile(url.lastPathComponent, Array(try Data(contentsOf: url)))
            #expect(file.problems.isEmpty, "\(file.problems)")
            let kind = url.deletingLastPathComponent().lastPathComponent
            switch file.documents.first {
            case .detection: #expect(kind == "rules")
            case .correlation: #expect(kind == "correlation")
            case .filter: #expect(kind == "filter")
            case .notCheckable, nil: Issue.record("\(url.lastPathComponent) is of no kind")
            }
            // They are about Windows, which is refused when they are fitted to what Bridle reads.
            #expect(!RuleSet([file], tables: MadeUpTables.all).problems.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(30))) func `damage at any byte of a rule never ends the program`() {
        let text = Array(
            (MadeUpTables.rule(
                "s:\n  process|contains: [x, 'y*']\n  first_seen|gte: 2021-01-01\nf: {links|re: 'a+'}\ncondition: s and not 1 of f*",
                more: "level: high\nbridle: {family: X, examples: {fires: [{process: x}]}}\n")
                + "---\ntitle: C\ncorrelation: {type: event_count, rules: [r1], timespan: 5m, condition: {gte: 2}}\n")
                .utf8)
        for index in text.indices {
            for byte in [0, 10, 0x22, 0x27, 0x2A, 0x2D, 0x3A, 0x5B, 0x7B, 0x7C, 0x39, 0xC3] as [UInt8] {
                var copy = text
                copy[index] = byte
                _ = RuleSet([RuleFile("a", copy)], tables: MadeUpTables.all)
            }
            _ = RuleSet([RuleFile("a", Array(text[..<index]))], tables: MadeUpTables.all)
        }
    }
}
