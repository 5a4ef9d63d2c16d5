import RuleLanguage
import Testing

/// What can't be meant is refused, with the place and with what would have been right.
struct RefusalTests {
    @Test(arguments: [
        (
            "selection: {proces: x}\ncondition: selection",
            "1.yml:5: there is no field 'proces' in apple.network.usage; did you mean 'process'?"
        ),
        (
            "selection: {process|contain: x}\ncondition: selection",
            "1.yml:5: there is no modifier 'contain'; did you mean 'contains'?"
        ),
        ("selection: {process|expand: '%x%'}\ncondition: selection", "'expand' is not read"),
        (
            "selection: {process: x}\ncondition: selecton",
            "1.yml:6: there is no search 'selecton'; did you mean 'selection'?"
        ),
        (
            "selection: {process: x}\nother: {process: y}\ncondition: selection",
            "1.yml:6: the condition does not use the search 'other'"
        ),
        ("selection: {process: x}\ncondition: selection and", "the condition ends"),
        ("selection: {process: x}\ncondition: (selection", "not closed"),
        ("selection: {process: x}\ncondition: selection )", "goes on behind its end"),
        ("selection: {process: x}\ncondition: 2 of selection*", "'2 of' is not said"),
        ("selection: {process: x}\ncondition: selection | count() > 5", "a correlation of its own"),
        ("selection: {process: x}\ncondition: not selection", "fire on every record"),
        ("selection: {process: '*'}\ncondition: selection", "fire on every record"),
        ("selection: {process|contains: ''}\ncondition: selection", "fire on every record"),
        ("selection: {process|re: '.*'}\ncondition: selection", "fire on every record"),
        ("selection: {process|neq: x}\ncondition: selection", "fire on every record"),
        ("a: {process: x}\nb: {process: '*'}\ncondition: a or b", "fire on every record"),
        ("selection: {bytes_in: many}\ncondition: selection", "holds a whole number, and 'many' is none"),
        ("selection: {bytes_in|contains: 5}\ncondition: selection", "needs text"),
        ("selection: {process|gt: 5}\ncondition: selection", "'gt' compares numbers"),
        ("selection: {process_found: maybe}\ncondition: selection", "holds true or false"),
        ("selection: {first_seen: yesterday}\ncondition: selection", "write 2021-07-18"),
        ("selection: {first_seen|contains: '2021'}\ncondition: selection", "holds a time"),
        ("selection: {blob: x}\ncondition: selection", "holds bytes"),
        ("selection: {process.name: x}\ncondition: selection", "no members"),
        ("selection: {process|re: '(a'}\ncondition: selection", "the expression can't be used"),
        ("selection: {process|re: '(a)\\1'}\ncondition: selection", "the expression can't be used"),
        ("selection: {process|cidr: '10.0.0/99'}\ncondition: selection", "no range of addresses"),
        ("selection: {process|all: x}\ncondition: selection", "more than one value"),
        ("selection: {process|contains|endswith: x}\ncondition: selection", "contradict each other"),
        ("selection: {process|contains|contains: x}\ncondition: selection", "a modifier twice"),
        ("selection: {process|re|contains: x}\ncondition: selection", "do not go together"),
        ("selection: {process|wide: x}\ncondition: selection", "stands before 'base64'"),
        ("selection: {process|i: x}\ncondition: selection", "behind 're'"),
        ("selection: {process: [a, null]}\ncondition: selection", "null stands alone"),
        ("selection: {process: []}\ncondition: selection", "the list is empty"),
        ("selection: {}\ncondition: selection", "is empty"),
        ("selection: {process: {a: b}}\ncondition: selection", "a mapping stands there"),
        ("selection: {process|exists: 5}\ncondition: selection", "true or false"),
        ("selection: {process|fieldref: bytes_in}\ncondition: selection", "can't be compared"),
        ("selection: {process|fieldref: nothing}\ncondition: selection", "there is no field 'nothing'"),
        ("selection: {process|windash: '-a -b -c -d -e'}\ncondition: selection", "more than 1000 variants"),
        ("selection: {process: x}\ntimeframe: 5m\ncondition: selection", "belongs to a correlation"),
        ("condition: selection", "only a condition is there"),
        ("selection: {process: x}", "has a condition"),
    ])
    func `a detection that can't be meant is refused`(_ detection: String, _ expected: String) {
        let problems = MadeUpTables.problems(MadeUpTables.rule(detection))
        #expect(problems.count == 1)
        #expect(problems.first?.contains(expected) == true, "\(problems)")
    }

    @Test(arguments: [
        ("colour: red\n", "a rule has no member 'colour'"),
        ("levl: high\n", "did you mean 'level'?"),
        ("level: hihg\n", "did you mean 'high'?"),
        ("status: stabel\n", "did you mean 'stable'?"),
        ("date: 18.07.2021\n", "a date written as 2021-07-18"),
        ("tags: [Attack]\n", "a tag is written"),
        ("bridle: {famly: X}\n", "did you mean 'family'?"),
        ("bridle: {state: runs}\n", "'state' is none of the words"),
        ("bridle: {sources: [{title: x}]}\n", "an organisation and a title"),
        ("bridle: {times: [process]}\n", "no field of apple.network.usage that holds a time"),
        ("correlation: {}\n", "not several"),
        ("description: [a]\n", "is text, and a list stands there"),
        ("falsepositives: {a: b}\n", "is a list of texts"),
    ])
    func `a member that can't be meant is refused`(_ more: String, _ expected: String) {
        let problems = MadeUpTables.problems(
            MadeUpTables.rule("selection: {process: x}\ncondition: selection", more: more))
        #expect(problems.count == 1)
        #expect(problems.first?.contains(expected) == true, "\(problems)")
    }

    @Test(arguments: [
        ("{product: windows, service: sysmon}", "there is no product 'windows'"),
        ("{product: ios, service: usag}", "there is no artefact 'usag'; did you mean 'usage'?"),
        ("{product: ios, category: netwrk}", "there is no category 'netwrk'; did you mean 'network'?"),
        ("{product: android, service: usage}", "there is no artefact 'usage'"),
        ("{product: ios, servce: usage}", "did you mean 'service'?"),
        ("{definition: x}", "names a product, a service or a category"),
        ("{product: ios, category: system}", "none of these artefacts has all fields of the rule (bundle_identifier)"),
    ])
    func `a log source that is not there is refused`(_ source: String, _ expected: String) {
        let problems = MadeUpTables.problems(
            "title: A\nlogsource: \(source)\ndetection: {s: {bundle_identifier: x}, condition: s}\n")
        #expect(problems.count == 1)
        #expect(problems.first?.contains(expected) == true, "\(problems)")
    }

    @Test func `two rules with one id are refused, and the first one stays`() {
        let text = MadeUpTables.rule("selection: {process: x}\ncondition: selection")
        let set = MadeUpTables.compile(text, text)
        #expect(set.rules.count == 1)
        #expect(
            set.problems.map(\.description) == [
                "2.yml:1: there are two rules with the id 'r1'; the other one is at 1.yml:1"
            ])
    }

    @Test func `a file that is no YAML, no UTF-8 or too large is refused and the others stay`() {
        let good = RuleFile("a", Array(MadeUpTables.rule("s: {process: x}\ncondition: s").utf8))
        let files = [
            good, RuleFile("b", [0xFF, 0xFE]), RuleFile("c", Array("a: [".utf8)),
            RuleFile("d", [UInt8](repeating: 0x61, count: 5 << 20)), RuleFile("e", Array("- a\n".utf8)),
            RuleFile("f", Array("title: A\n".utf8)), RuleFile("g", Array("a: &x [*x]\n".utf8)), RuleFile("h", []),
        ]
        let set = RuleSet(files, tables: MadeUpTables.all)
        #expect(set.rules.count == 1)
        #expect(set.problems.map(\.place.file) == ["b", "c", "d", "e", "f", "g"])
    }

    @Test(arguments: [
        ("rules: [nobody]", "there is no rule 'nobody'"),
        ("rules: [r2]", "there is no rule 'r2'; did you mean 'r1'?"),
        ("rules: []", "names its rules"),
        ("rules: [r1, r1]", "names each rule once"),
        ("rules: [r1]\n  group-by: [proces]", "did you mean 'process'?"),
        ("rules: [r1]\n  aliases: {who: {r9: process}}", "the correlation has no rule 'r9'"),
        ("rules: [r1]\n  group-by: [who]\n  aliases: {who: {}}", "names no field for the rule 'r1'"),
        ("rules: [r1]\n  timespan: 5y", "30s, 15m"),
        ("rules: [r1]\n  timespan: -5m", "30s, 15m"),
        ("rules: [r1]\n  timespan: 0s", "30s, 15m"),
        ("rules: [r1]\n  timespan: 99999999d", "30s, 15m"),
        ("rules: [r1]\n  condition: {gte: many}", "followed by a number"),
        ("rules: [r1]\n  condition: {field: process}", "compares with a number"),
        ("rules: [r1]\n  condition: {gte: 1, field: process}", "names no field"),
        ("rules: [r1]\n  condition: {gte: 1, percentile: 5}", "belongs to value_percentile"),
        ("rules: [r1]\n  type: value_sum\n  condition: {gte: 1}", "names a field"),
        ("rules: [r1]\n  type: value_sum\n  condition: {gte: 1, field: process}", "a number is needed"),
        ("rules: [r1]\n  type: event_cout", "did you mean 'event_count'?"),
        ("rules: [r1]\n  type: temporal_ordered\n  condition: {gte: 2}", "has no condition"),
        ("rules: [timeless]", "no field that holds a time"),
    ])
    func `a correlation that can't be meant is refused`(_ lines: String, _ expected: String) {
        var text = "title: C\ncorrelation:\n  \(lines)\n"
        for (name, value) in [("type", "event_count"), ("timespan", "5m"), ("condition", "{gte: 2}")]
        where !lines.contains(name + ":") {
            text += "  \(name): \(value)\n"
        }
        let problems = MadeUpTables.problems(
            MadeUpTables.rule("s: {process: x}\ncondition: s"),
            "title: T\nid: timeless\nlogsource: {service: timeless}\ndetection: {s: {process: x}, condition: s}\n", text
        )
        #expect(problems.count == 1)
        #expect(problems.first?.contains(expected) == true, "\(problems)")
    }

    @Test func `correlations in a circle are refused with the circle`() {
        func correlation(_ name: String, _ rule: String) -> String {
            "title: C\nname: \(name)\ncorrelation: {type: event_count, rules: [\(rule)], timespan: 5m, condition: {gte: 2}}\n"
        }
        let problems = MadeUpTables.problems(correlation("a", "b"), correlation("b", "c"), correlation("c", "a"))
        #expect(problems.count == 3)
        #expect(problems.allSatisfy { $0.contains("in a circle") })
        #expect(MadeUpTables.problems(correlation("a", "a")).first?.contains("in a circle: a → a") == true)
        let long = (0..<300).map { correlation("n\($0)", "n\(($0 + 1) % 300)") }
        let set = RuleSet(long.enumerated().map { RuleFile("\($0)", Array($1.utf8)) }, tables: MadeUpTables.all)
        #expect(set.problems.count == 300)
    }
}
