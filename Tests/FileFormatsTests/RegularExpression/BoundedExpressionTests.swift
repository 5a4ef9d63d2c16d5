import Foundation
import Primitives
import Testing

@testable import FileFormats

@Suite struct `A bounded expression` {
    private static func both(_ expression: BoundedExpression, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            let quick = expression.matches(bytes)
            #expect(quick == expression.matchesByWalking(bytes))
            return quick
        }
    }

    @Test(
        arguments: [
            ("", ["", "a"], []), ("abc", ["abc", "xabcx"], ["ab", "acb", ""]),
            ("^abc$", ["abc", "abc\n"], ["xabc", "abcd"]),
            ("a.c", ["abc", "aéc", "a😀c"], ["ac", "a\nc"]), ("(?s)a.c", ["a\nc"], []),
            ("a*b", ["b", "aaab"], ["a"]), ("^a+?b$", ["ab", "aab"], ["b"]), ("^(a|bc)+$", ["abca"], ["ab", ""]),
            ("^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"]), ("^a{2}$", ["aa"], ["a", "aaa"]),
            ("^a{2,}$", ["aa", "aaaaa"], ["a"]),
            ("^a{,2}$", ["", "a", "aa"], ["aaa"]), ("a{", ["a{"], ["a"]), ("a{x}", ["a{x}"], ["ax"]),
            ("x{,}", ["x{,}"], ["x"]),
            ("[abc]", ["b"], ["d", ""]), ("[^abc]", ["d", "é"], ["a", ""]),
            ("[a-c0-9_]", ["b", "5", "_"], ["d", "-"]),
            ("[]a]", ["]", "a"], ["b"]), ("[^]a]", ["b"], ["]"]), ("[a-]", ["-", "a"], ["b"]),
            ("[\\w-]", ["-", "x"], ["."]),
            ("[a-\\d]", ["-", "a", "5"], ["b"]), ("[\\]\\\\]", ["]", "\\"], ["a"]), ("[\\x41-\\x43]", ["B"], ["D"]),
            ("[[:alpha:]_]", ["x", "_"], ["1"]), ("[[:^digit:]]", ["x"], ["1"]), ("[а-я]", ["ж"], ["Ж", "z"]),
            ("\\d\\D\\w\\W\\s\\S", ["1aa- x"], ["11a- x"]), ("\\x{1F600}", ["😀"], ["x"]),
            ("\\u0041\\x42[\\103]", ["ABC"], ["abc"]),
            ("\\.\\*\\[\\/", [".*[/"], ["a*[/"]), ("\\Qa.b*\\Ec", ["a.b*c"], ["axbc"]),
            ("\\t\\n\\r\\f\\e\\a", ["\t\n\r\u{C}\u{1B}\u{7}"], []),
            ("\\bword\\b", ["a word.", "word"], ["sword", "words"]), ("\\Bord", ["word"], ["ord"]),
            ("(?i)straße", ["STRAßE", "straße"], ["strasse"]), ("(?i)[a-c]x", ["Bx", "bX"], ["dx"]),
            ("(?i)k", ["\u{212A}", "K"], ["l"]),
            ("(?i)Ж", ["ж"], ["з"]), ("(?i)[^a]", ["b"], ["A", "a"]), ("a(?i)b", ["aB", "ab"], ["AB"]),
            ("(?i:a)b", ["Ab"], ["AB"]),
            ("(?i)a(?-i)b", ["Ab"], ["AB"]), ("((?i)a|b)c", ["Bc", "Ac"], ["BC"]),
            ("(?m)^b$", ["a\nb\nc", "b"], ["ab"]), ("^b$", [], ["a\nb\nc"]),
            ("(?x) a b # comment\n c", ["abc"], ["a b c"]), ("(?#comment)a", ["a"], []), ("a\\z", ["a"], ["a\n"]),
            ("a\\Z", ["a", "a\n"], ["a\n\n"]),
            ("(?<name>a)(?P<other>b)(?'third'c)(?:d)", ["abcd"], ["abc"]), ("(a*)*b", ["aab"], ["aa"]),
            ("(|a)+", ["", "x"], []),
            ("a||b", ["", "c"], []), ("(a|)b", ["b"], ["a"]), ("\\p{Lu}\\p{Ll}", ["Éa"], ["éA"]),
            ("\\pL\\PL", ["a1"], ["aa"]), ("^\\p{^L}$", ["1"], ["a"]),
            ("\\h\\v\\R\\N", ["\u{A0}\u{2028}\r\nx"], ["x"]),
            ("^[^\\s]+@[^\\s]+\\.test$", ["a@b.test"], ["a b@c.test"]),
            ("^\\xff$", ["ÿ"], ["\u{FFFD}"]), ("(a?){3}a{3}", ["aaa"], ["aa"]), ("$", ["", "x"], []),
            ("^*a", ["a", "ba"], []), ("(^|/)bh($|/)", ["bh", "/bh/x", "x/bh"], ["abh", "bhx"]),
        ] as [(String, [String], [String])])
    func `finds what it says`(pattern: String, yes: [String], no: [String]) throws {
        let expression = try BoundedExpression(pattern)
        for text in yes { #expect(Self.both(expression, text), "\(pattern) in \(text)") }
        for text in no { #expect(!Self.both(expression, text), "\(pattern) not in \(text)") }
    }

    @Test(
        arguments: [
            ("(a)\\1", "unsupported at byte 4: expected an expression without back-references"),
            ("(?<n>a)\\k<n>", "unsupported at byte 8: expected an expression without back-references"),
            ("é(?=a)", "unsupported at byte 4: expected an expression without look-ahead"),
            ("(?<!a)b", "unsupported at byte 2: expected an expression without look-behind"),
            ("(?>a)", "unsupported at byte 2: expected an expression without atomic groups"),
            ("a++", "unsupported at byte 2: expected an expression without possessive quantifiers"),
            ("(?R)", "unsupported at byte 2: expected an expression without recursion"),
            ("(?(1)a|b)", "unsupported at byte 2: expected an expression without conditions"),
            ("(*FAIL)", "unsupported at byte 1: expected an expression without verbs"),
            ("\\y", "unsupported at byte 1: expected an escape that is known here"),
            ("\\p{Greek}", "unsupported at byte 9: expected a general category such as L, Lu or Nd"),
            ("(a", "malformed at byte 2: expected a closing parenthesis"),
            ("a)", "malformed at byte 1: expected no closing parenthesis without an opening one"),
            ("[a", "malformed at byte 2: expected a closing square bracket"),
            ("*", "malformed at byte 0: expected something to repeat before a quantifier"),
            ("[b-a]", "malformed at byte 4: expected a range whose end is not below its start"),
            ("a{3,2}", "malformed at byte 5: expected a second count that is not below the first"),
            ("\\", "malformed at byte 1: expected a character behind a backslash"),
            ("\\u12", "malformed at byte 4: expected the hexadecimal digits of a character"),
            ("a{10001}", "beyond-limit at byte 7: expected counts of at most 10000"),
            ("((a{100}){100}){100}", "beyond-limit: expected an expression of at most 20000 steps"),
            (
                String(repeating: "(", count: 100_000),
                "beyond-limit: expected an expression of at most 16384 characters"
            ),
            (String(repeating: "(", count: 1_000), "beyond-limit at byte 60: expected at most 60 nested groups"),
        ])
    func `refuses what it can't do, with the reason`(pattern: String, reason: String) {
        #expect { try BoundedExpression(pattern) } throws: { "\($0)" == reason }
    }

    @Test func `expressions made to explode take time in proportion to the text`() throws {
        let text = String(repeating: "a", count: 4_000) + "!"
        let start = ContinuousClock.now
        for pattern in [
            "^(a+)+$", "^(a|aa)+$", "^(a|a?)+$", "(.*a){20}b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a*)*(a*)*(a*)*b",
            "(x+x+)+y", "(?:a?){200}a{200}b", ".*.*.*=.*", "(.{0,300}b){2}c",
        ] {
            #expect(!Self.both(try BoundedExpression(pattern), text), "\(pattern)")
        }
        #expect(ContinuousClock.now - start < .seconds(60))
        for pattern in [
            String(repeating: "(", count: 60), String(repeating: "a*", count: 8_000),
            String(repeating: "a?", count: 8_000),
            "(((((a{99}){99}){99}){99}){99})", "((((((){9999}){9999}){9999}){9999}){9999})",
            String(repeating: "[^a]", count: 4_000),
            String((0..<16_000).compactMap { Unicode.Scalar(0x4E00 + $0).map(Character.init) }),
            "(?i)" + String(repeating: "[\u{100}-\u{500}]", count: 3_000), "(a{0,9999}){0,9999}",
        ] {
            let begin = ContinuousClock.now
            if let expression = try? BoundedExpression(pattern) {
                _ = expression.matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")
            }
            #expect(ContinuousClock.now - begin < .seconds(10), "\(pattern.prefix(20))")
        }
    }

    @Test func `bytes that are not UTF-8 count one by one`() throws {
        for (pattern, expected) in [("^a..b$", true), ("^a\u{FFFD}{2}b$", true), ("^a.b$", false)] {
            let expression = try BoundedExpression(pattern)
            let found = [0x61, 0xFF, 0xC3, 0x62].withUnsafeBufferPointer { expression.matches($0) }
            #expect(found == expected)
        }
        let cut: [UInt8] = [0xE2, 0x82]
        #expect(try cut.withUnsafeBufferPointer { try BoundedExpression("^..$").matches($0) })
    }

    @Test func `ignoring case and taking every character can be asked for from outside`() throws {
        #expect(try BoundedExpression("ab", isCaseInsensitive: true).matches("xAB"))
        #expect(try BoundedExpression("a.b", dotMatchesLineFeed: true).matches("a\nb"))
        #expect(try !BoundedExpression("(?-i)ab", isCaseInsensitive: true).matches("AB"))
    }

    @Test func `agrees with another engine on random expressions`() throws {
        var random = Seeded(state: 20_261_122)
        var tables = 0
        for _ in 0..<3_000 {
            let pattern = Self.randomExpression(&random, 3)
            let other = try NSRegularExpression(pattern: pattern)
            let expression = try BoundedExpression(pattern)
            if expression.hasTable { tables += 1 }
            for _ in 0..<8 {
                let text = String((0..<random.below(9)).map { _ in "aabbc \n"[random.below(7)] })
                let expected = other.firstMatch(in: text, range: NSRange(location: 0, length: text.utf16.count)) != nil
                #expect(
                    Self.both(expression, text) == expected, "\(pattern.debugDescription) in \(text.debugDescription)")
            }
        }
        #expect(tables > 2_500)
    }

    private static func randomExpression(_ random: inout Seeded, _ depth: Int) -> String {
        switch random.below(depth > 0 ? 14 : 7) {
        case 0: return "a"
        case 1: return "b"
        case 2: return "[ab]"
        case 3: return "[^a]"
        case 4: return "."
        case 5: return ["\\b", "^", "$", "\\B", "\\z", "\\A", "\\Z"][random.below(7)]
        case 6: return ["\\w", "\\s", "\\S", "c", "(?i)B"][random.below(5)]
        case 7, 8, 9: return randomExpression(&random, depth - 1) + randomExpression(&random, depth - 1)
        case 10: return "(" + randomExpression(&random, depth - 1) + "|" + randomExpression(&random, depth - 1) + ")"
        case 11: return "(?:" + randomExpression(&random, depth - 1) + ")" + ["*", "+", "?", "*?"][random.below(4)]
        case 12: return "(" + randomExpression(&random, depth - 1) + "){\(random.below(3)),\(2 + random.below(2))}"
        default: return "(" + randomExpression(&random, depth - 1) + ")"
        }
    }
}

/// Numbers that look random and are the same every time (splitmix64).
private struct Seeded {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(limit))
    }
}

extension String {
    fileprivate subscript(index: Int) -> Character { self[self.index(startIndex, offsetBy: index)] }
}
