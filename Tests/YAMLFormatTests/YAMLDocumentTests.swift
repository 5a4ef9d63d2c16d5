import Foundation
import Testing
import YAMLFormat

struct YAMLDocumentTests {
    private func root(_ text: String) throws -> YAMLValue {
        try #require(try YAMLDocument.documents(in: text).first).root
    }

    private func refusal(_ text: String, _ limits: YAMLLimits = YAMLLimits()) -> String {
        do {
            _ = try YAMLDocument.documents(in: text, limits: limits)
            return "not refused"
        } catch {
            return error.description
        }
    }

    @Test func `a mapping keeps the order of its members and the lines`() throws {
        let value = try root("# comment\nb: 1\na:\n  - x\n  - 'y'\nc: |\n  two\n  lines\n")
        let members = try #require(value.mapping)
        #expect(members.map(\.name) == ["b", "a", "c"])
        #expect(members.map(\.line) == [2, 3, 6])
        #expect(value["a"]?.texts == ["x", "y"])
        #expect(value["a"]?.sequence?.map(\.line) == [4, 5])
        #expect(value["c"]?.text == "two\nlines\n")
    }

    @Test(arguments: [
        ("5", YAMLScalar.Reading.integer(5)), ("-7", .integer(-7)), ("0x1F", .integer(31)), ("0o17", .integer(15)),
        ("017", .integer(17)), ("1.5", .real(1.5)), ("1e3", .real(1000)), (".5", .real(0.5)), ("5.", .real(5)),
        ("9223372036854775808", .real(9_223_372_036_854_775_808)), ("true", .truth(true)), ("FALSE", .truth(false)),
        ("yes", .text), ("on", .text), ("~", .null), ("null", .null), ("", .null), ("'5'", .text), ("\"true\"", .text),
        ("2021-07-18", .text), ("1.2.3", .text), ("1_000", .text), ("-", .text), ("12:30", .text),
        (".inf", .real(.infinity)),
        ("0x", .text), ("1e", .text), ("+", .text), ("0xFFFFFFFFFFFFFFFFFF", .text),
    ])
    func `a scalar reads as the core schema says`(_ text: String, _ reading: YAMLScalar.Reading) throws {
        guard text != "-" else { return }
        #expect(try root("a: \(text)")["a"]?.scalar?.reading == reading)
    }

    @Test func `several documents are several documents`() throws {
        let documents = try YAMLDocument.documents(in: "a: 1\n---\nb: 2\n---\n- c\n")
        #expect(documents.count == 3)
        #expect(documents.last?.root.texts == ["c"])
        #expect(try YAMLDocument.documents(in: "").isEmpty)
        #expect(try YAMLDocument.documents(in: "# nothing but a comment\n").isEmpty)
    }

    @Test func `anchors and aliases are refused, and what looks like them is not`() throws {
        #expect(
            refusal("a: &x 1\nb: *x\n")
                == "line 1: an anchor (&name) is not read; write the value out where it is needed")
        #expect(refusal("a: 1\nb: *x\n").contains("alias"))
        #expect(refusal("{\"a\":&x 1}").contains("anchor"))
        #expect(refusal("? &k a\n: 1\n").contains("anchor"))
        let value = try root("a: 'Tom &Jerry *x'\nb: https://example.org/?a=1&b=*\nc: \"*.example &x\"\nd: R&D\n")
        #expect(value["a"]?.text == "Tom &Jerry *x")
        #expect(value["b"]?.text == "https://example.org/?a=1&b=*")
        #expect(value["c"]?.text == "*.example &x")
    }

    @Test(.timeLimit(.minutes(30))) func `a bomb of aliases is refused before it opens`() {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1...60 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
        }
        #expect(refusal(text).contains("anchor"))
        // As a key it would be opened by whoever compares keys.
        #expect(refusal(text + "? *a60\n: 1\n").contains("anchor"))
        #expect(
            refusal(text.replacing("\n", with: ", ").replacing("a0: ", with: "{a0: ") + "*a60 : 1}").contains("anchor"))
    }

    @Test func `tags, merges, keys that are no words and repeated keys are refused with their line`() {
        #expect(refusal("a: !!binary aGk=\n") == "line 1: a tag (!name) is not read; write the value without it")
        #expect(refusal("a: !thing {b: 1}\n").contains("tag"))
        #expect(refusal("a: !!str 5\n").contains("tag"))
        #expect(refusal("a:\n  <<: {b: 1}\n").contains("line 2: merging"))
        #expect(refusal("[a, b]: 1\n").contains("a key is a word"))
        #expect(refusal("x:\n  a: 1\n  b: 2\n  a: 3\n").contains("'a'"))
        #expect(refusal("a: 1\n'a': 2\n").contains("twice"))
    }

    @Test(.timeLimit(.minutes(30))) func `size, depth and number are bounded`() {
        #expect(refusal(String(repeating: "a", count: 101), YAMLLimits(bytes: 100)).contains("100 bytes"))
        #expect(refusal(String(repeating: "[", count: 70) + String(repeating: "]", count: 70)).contains("64 levels"))
        #expect(refusal(String(repeating: "[", count: 100_000)).contains("nested too deeply"))
        #expect(refusal(String(repeating: "{a: ", count: 100_000)).contains("nested too deeply"))
        #expect(refusal(String(repeating: "- ", count: 100_000) + "a").contains("nested too deeply"))
        #expect(
            refusal(String(repeating: "- a\n", count: 101), YAMLLimits(nodes: 100)).contains("more than 100 values"))
        #expect(refusal(String(repeating: "--- a\n", count: 11), YAMLLimits(documents: 10)).contains("10 documents"))
    }

    @Test func `the deepest text that the library follows fits a small stack`() {
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            _ = try? YAMLDocument.documents(in: String(repeating: "[", count: 990) + String(repeating: "]", count: 990))
            _ = try? YAMLDocument.documents(in: String(repeating: "- ", count: 990) + "a")
            _ = try? YAMLDocument.documents(
                in: String(repeating: "{a: ", count: 990) + String(repeating: "}", count: 990))
            done.signal()
        }
        thread.stackSize = 2 << 20
        thread.start()
        done.wait()
    }

    @Test func `bytes that are not UTF-8 are named by their line`() {
        #expect(throws: YAMLError("the text is not UTF-8; save it in that encoding", line: 2)) {
            try YAMLDocument.documents(in: Array("a: 1\nb: ".utf8) + [0xFF, 0x0A])
        }
        #expect(refusal("a: \u{0}\n").contains("character that YAML does not allow"))
        #expect(refusal("a: \u{7}\n").contains("character that YAML does not allow"))
    }

    @Test(arguments: [
        "a: [1", "a: 'x", "a: b: c", "\ta: 1", "%YAML 9", "a: \"\\q\"", "- a\nb: 1", "a: |x", "?", "---\n...\n...\n&",
        "*", "&", "!", "@a", "`a",
    ])
    func `what is no YAML is refused or read, and never ends the program`(_ text: String) {
        #expect(!refusal(text).isEmpty)
    }

    @Test(.timeLimit(.minutes(30))) func `damage at any byte of an ordinary text never ends the program`() {
        let text = Array(
            "title: A\nlist:\n  - {a: 1, b: [x, 'y', \"z\\n\"]}\n  - |\n    block\n  - >-\n    folded\n? key\n: v\n---\nb: 2\n"
                .utf8)
        for index in text.indices {
            for byte in [0, 9, 10, 0x21, 0x22, 0x26, 0x27, 0x2A, 0x2D, 0x3A, 0x5B, 0x7B, 0x7C, 0xC3] as [UInt8] {
                var copy = text
                copy[index] = byte
                _ = try? YAMLDocument.documents(in: copy)
            }
            _ = try? YAMLDocument.documents(in: text[..<index])
        }
    }
}
