import ArtifactModel
import Primitives
import RuleLanguage
import Testing

@testable import Analysis

/// The quick way of asking many rules gives what the slow way gives.
struct RecordMatcherTests {
    static let table = FieldTable(
        "apple.made.up", "Made up",
        [
            FieldTable.Column(name: "text", form: .text), FieldTable.Column(name: "other", form: .text),
            FieldTable.Column(name: "texts", form: .texts), FieldTable.Column(name: "number", form: .integer),
            FieldTable.Column(name: "real", form: .real), FieldTable.Column(name: "truth", form: .truth),
            FieldTable.Column(name: "when", form: .moment), FieldTable.Column(name: "then", form: .moment),
            FieldTable.Column(name: "nested", form: .nested), FieldTable.Column(name: "blob", form: .bytes),
        ])

    private func fires(_ search: String, _ values: [String: Value], condition: String = "s") throws -> Bool {
        let set = RuleSet(
            [
                RuleFile(
                    "a",
                    Array(
                        "title: A\nlogsource: {service: up}\ndetection:\n  s: {\(search)}\n  condition: \(condition)\n"
                            .utf8))
            ], tables: [Self.table])
        #expect(set.problems.isEmpty, "\(set.problems)")
        var matcher = RecordMatcher(try #require(set.programs["apple.made.up"]))
        matcher.begin()
        for (name, value) in values { matcher.take(try #require(Self.table.column(name)), value) }
        return !matcher.fired().isEmpty
    }

    @Test(arguments: [
        ("text: abc", "abc", true), ("text: abc", "ABC", true), ("text: ABC", "abc", true),
        ("text: abc", "abcd", false),
        ("text|cased: abc", "ABC", false), ("text|cased: aBc", "aBc", true), ("text|contains: b", "aBc", true),
        ("text|contains: bd", "abc", false), ("text|startswith: ab", "ABC", true), ("text|startswith: b", "abc", false),
        ("text|endswith: bc", "abc", true), ("text|endswith: ab", "abc", false),
        ("text|endswith|cased: BC", "abc", false),
        ("text: 'a*c'", "abbbc", true), ("text: 'a*c'", "abbbd", false), ("text: 'a?c'", "abc", true),
        ("text: 'a?c'", "ac", false), ("text: 'a?c'", "aéc", true), ("text: 'a\\*c'", "a*c", true),
        ("text: 'a\\*c'", "abc", false), ("text: 'a\\\\*'", "a\\x", true), ("text: 'a\\b'", "a\\b", true),
        ("text: '*b*d*'", "abcde", true), ("text: '*b*d*'", "adcbe", false), ("text: '*ab'", "aab", true),
        ("text: 'É'", "é", true), ("text|contains: straße", "STRASSE", false), ("text|contains: Å", "xåx", true),
        ("text: ''", "", true), ("text: ''", "a", false), ("text|re: 'a+b$'", "xaab", true),
        ("text|re: 'A+b'", "aab", false), ("text|re|i: 'A+b'", "aab", true), ("text|re|m: '^b'", "a\nb", true),
        ("text|re: '^b'", "a\nb", false), ("text|re|s: 'a.b'", "a\nb", true),
        ("text|cidr: 10.0.0.0/8", "10.20.30.40", true),
        ("text|cidr: 10.0.0.0/8", "11.20.30.40", false), ("text|cidr: 10.1.2.128/25", "10.1.2.127", false),
        ("text|cidr: '2001:db8::/33'", "2001:db8:7fff::1", true),
        ("text|cidr: '2001:db8::/33'", "2001:db8:8000::1", false),
        ("text|cidr: 10.0.0.0/8", "no address", false), ("text|base64|contains: hello", "xxaGVsbG8=", true),
        ("text|base64offset|contains: 'foo bar'", "eGZvbyBiYXJ4", true),
        ("text|base64offset|contains: hello", "aGVsbA", false),
        ("text|base64offset|contains: 'foo bar'", "Zm9vIGJhcg==", true),
        ("text|wide|base64offset|contains: ab", "YQBiAA==", true), ("text|windash: '-x'", "/x", true),
        ("text|windash|contains: ' -x'", "a \u{2013}x", true), ("text|windash: 'a-b'", "a/b", false),
        ("text: 5", "5", true), ("text|contains|all: [a, b]", "cba", true), ("text|contains|all: [a, d]", "cba", false),
        ("text|contains: [d, b]", "abc", true), ("text|exists: true", "x", true), ("text|exists: false", "x", false),
        ("text: null", "x", false),
    ])
    func `a text is compared as Sigma says`(_ search: String, _ text: String, _ expected: Bool) throws {
        #expect(try fires(search, ["text": .text(text)]) == expected)
        if !search.hasPrefix("text: null"), !search.contains("exists: false") {
            #expect(try fires(search, [:]) == false)
        }
    }

    @Test func `numbers, truths, moments, nested values and other fields are compared by their kind`() throws {
        let moment = Value.moment(try #require(Timestamp(rfc3339: "2021-07-18T09:30:00Z")))
        let later = Value.moment(try #require(Timestamp(rfc3339: "2021-07-18T09:30:01Z")))
        let nested = Value.table([
            NamedValue("name", .text("Bh")),
            NamedValue("list", .list([.integer(7), .table([NamedValue("x", .text("y"))])])),
        ])
        let cases: [(String, [String: Value], Bool)] = [
            ("number: 5", ["number": .integer(5)], true), ("number: '5'", ["number": .integer(5)], true),
            ("number: [4, 5]", ["number": .integer(5)], true), ("number: 5.0", ["number": .integer(5)], true),
            ("number|gte: 5", ["number": .integer(5)], true), ("number|gt: 5", ["number": .integer(5)], false),
            ("number|lt: 5", ["number": .integer(4)], true), ("number|lte: 4.5", ["number": .integer(5)], false),
            ("number|gt: 9223372036854775806", ["number": .integer(.max)], true),
            ("number: '*'", ["number": .integer(0)], true), ("real: 5", ["real": .real(5)], true),
            ("real|gt: 1.5", ["real": .real(1.6)], true), ("real|gt: 1", ["real": .real(.nan)], false),
            ("truth: true", ["truth": .truth(true)], true), ("truth: false", ["truth": .truth(true)], false),
            ("truth: 'False'", ["truth": .truth(false)], true), ("when: 2021-07-18", ["when": moment], true),
            ("when: 2021-07-18T09:30:00Z", ["when": moment], true), ("when|gt: 2021-07-18", ["when": moment], false),
            ("when|gte: 2021-07-18", ["when": moment], true), ("when|lt: 2021-07-18", ["when": moment], false),
            ("when|lte: 2021-07-18", ["when": moment], true),
            ("when|lt: 2021-07-18T09:30:00Z", ["when": moment], false),
            ("when|hour: 9", ["when": moment], true), ("when|hour|gte: 10", ["when": moment], false),
            ("when|minute: 30", ["when": moment], true), ("when|month: 7", ["when": moment], true),
            ("when|day|lt: 19", ["when": moment], true), ("when|year: 2021", ["when": moment], true),
            ("when|fieldref: then", ["when": moment, "then": moment], true),
            ("when|lt|fieldref: then", ["when": moment, "then": later], true),
            ("when|gt|fieldref: then", ["when": moment, "then": later], false),
            ("when|fieldref: then", ["when": moment], false),
            ("text|fieldref: other", ["text": .text("A"), "other": .text("a")], true),
            ("text|fieldref|cased: other", ["text": .text("A"), "other": .text("a")], false),
            ("text|contains|fieldref: other", ["text": .text("xay"), "other": .text("A")], true),
            ("text|startswith|fieldref: other", ["text": .text("xay"), "other": .text("a")], false),
            ("text|endswith|fieldref: texts", ["text": .text("xay"), "texts": .texts(["q", "ay"])], true),
            ("number|lt|fieldref: real", ["number": .integer(1), "real": .real(1.5)], true),
            ("texts: b", ["texts": .texts(["a", "B"])], true), ("texts: c", ["texts": .texts(["a", "b"])], false),
            ("texts|contains|all: [x, y]", ["texts": .texts(["ax", "by"])], true),
            ("nested|contains: bh", ["nested": nested], true), ("nested.name: bh", ["nested": nested], true),
            ("nested.name: y", ["nested": nested], false), ("nested.list.x: y", ["nested": nested], true),
            ("nested.list: 7", ["nested": nested], true), ("nested.list|gt: 6", ["nested": nested], true),
            ("nested.list|gt: 7", ["nested": nested], false),
            ("nested.nothing|exists: true", ["nested": nested], false),
            ("blob|exists: true", ["blob": .bytes([1])], true), ("blob: null", [:], true),
            ("text: null, number: 5", ["number": .integer(5)], true),
            ("text: null, number: 5", ["number": .integer(5), "text": .text("x")], false),
            ("text|neq: x, number: 5", ["number": .integer(5), "text": .text("y")], true),
            ("text|neq: [x, y], number: 5", ["number": .integer(5), "text": .text("y")], false),
        ]
        for (search, values, expected) in cases {
            #expect(try fires(search, values) == expected, "\(search) \(values)")
        }
    }

    @Test func `keywords are looked for in every text`() throws {
        let set = RuleSet(
            [
                RuleFile(
                    "a",
                    Array(
                        "title: A\nlogsource: {service: up}\ndetection:\n  k: [needle, 'a?c']\n  condition: k\n".utf8))
            ], tables: [Self.table])
        var matcher = RecordMatcher(try #require(set.programs["apple.made.up"]))
        func fires(_ field: String, _ value: Value) throws -> Bool {
            matcher.begin()
            matcher.take(try #require(Self.table.column(field)), value)
            return !matcher.fired().isEmpty
        }
        #expect(try fires("other", .text("a Needle in hay")))
        #expect(try fires("texts", .texts(["x", "xxaBcxx"])))
        #expect(try fires("nested", .list([.text("needle")])))
        #expect(try !fires("text", .text("nothing")))
        #expect(try !fires("number", .integer(5)))
    }

    @Test func `many rules at once fire as each of them alone`() throws {
        var random = Repeatable(seed: 7)
        let words = ["a", "ab", "abc", "b", "bc", "ca", "cab", "", "abcabc", "*", "a*c", "?b", "c*", "*a", "*bc*"]
        let modifiers = ["", "|contains", "|startswith", "|endswith", "|cased", "|contains|cased"]
        var texts: [String] = []
        for number in 0..<120 {
            func search() -> String {
                let field = ["text", "other", "texts"].randomElement(using: &random) ?? "text"
                let values = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    "'" + (words.randomElement(using: &random) ?? "") + "'"
                }
                return "{\(field)\(modifiers.randomElement(using: &random) ?? ""): [\(values.joined(separator: ", "))]}"
            }
            let condition =
                ["s", "s and t", "s or t", "s and not t", "1 of *", "all of *", "s and not (t or s)"].randomElement(
                    using: &random)
                ?? "s"
            let unused = condition == "s" ? "_t" : "t"
            texts.append(
                "title: R\(number)\nid: r\(number)\nlogsource: {service: up}\ndetection:\n  s: \(search())\n  \(unused): \(search())\n"
                    + "  condition: \(condition)\n")
        }
        let whole = RuleSet(
            [RuleFile("all", Array(texts.joined(separator: "---\n").utf8))], tables: [Self.table])
        #expect(whole.rules.count > 50)
        var all = RecordMatcher(try #require(whole.programs["apple.made.up"]))
        let program = all.program
        for _ in 0..<400 {
            func word() -> String {
                String(
                    (0..<Int.random(in: 0...6, using: &random)).map { _ in "abcABC".randomElement(using: &random) ?? "a"
                    })
            }
            var values: [Int: Value] = [:]
            if Bool.random(using: &random) { values[0] = .text(word()) }
            if Bool.random(using: &random) { values[1] = .text(word()) }
            if Bool.random(using: &random) { values[2] = .texts([word(), word()]) }
            all.begin()
            for (field, value) in values { all.take(field, value) }
            let slow = program.rules.filter { rule in
                rule.expression.holds { number in
                    let test = program.tests[number]
                    return TestAsking.holds(test.test, values[program.columns[test.column].field] ?? .absent)
                }
            }.map(\.rule).sorted()
            #expect(all.fired() == slow)
        }
    }
}

/// The same numbers in every run.
struct Repeatable: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
