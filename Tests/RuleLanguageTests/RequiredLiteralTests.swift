import FileFormats
import Testing

@testable import RuleLanguage

struct RequiredLiteralTests {
    @Test(
        arguments: [
            ("abc", "abc"), ("ABC", "abc"), ("^https?://[a-z]+\\.evil\\.(com|net)/$", ".evil."), ("ab|cd", nil),
            ("(ab|cd)ef", "ef"),
            ("abc?", "ab"), ("abc*d", "ab"), ("abc+d", "abc"), ("ab{2}cd", "cd"), ("a[bc]d", nil), ("[]ab]cd", "cd"),
            ("[^]ab]cd", "cd"), ("[[:alpha:]]abc", nil), ("(?x)a b c", nil), ("\\x41bcd", nil), ("\\d\\d-ab", "-ab"),
            ("\\Qa.b\\E", nil), ("a.b", nil), ("", nil), ("x", nil), ("ä-bcd", nil), ("ab\\", nil), ("(ab", nil),
            ("a{2", nil),
            ("(?i)abc", nil), ("abc(de", nil), ("ab\\.cd", "ab.cd"), ("a\\|bc", "a|bc"), ("(a|b)|cd", nil),
        ] as [(String, String?)])
    func `only what must stand in every match is required`(_ pattern: String, _ expected: String?) {
        #expect(RequiredLiteral.text(of: pattern).map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test(.timeLimit(.minutes(30))) func `whatever an expression matches holds its literal`() {
        var state: UInt64 = 11
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let parts = [
            "a", "b", "c", "ab", "bc", "a?", "b*", "c+", "[ab]", "(ab|c)", "(a|b)?", ".", "\\w", "a{0,2}", "|", "ca",
            "\\.",
        ]
        var matched = 0
        for _ in 0..<4_000 {
            let pattern = (0..<1 + random(5)).map { _ in parts[random(parts.count)] }.joined()
            guard let literal = RequiredLiteral.text(of: pattern), let expression = try? BoundedExpression(pattern)
            else {
                continue
            }
            for _ in 0..<20 {
                let text = String((0..<random(8)).map { _ in Array("abc.")[random(4)] })
                guard expression.matches(text) else { continue }
                matched += 1
                #expect(Array(text.utf8).firstRange(of: literal) != nil, "\(pattern) \(text)")
            }
        }
        #expect(matched > 500)
    }
}
