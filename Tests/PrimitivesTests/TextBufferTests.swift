import Primitives
import Testing

struct TextBufferTests {
    static func cell(_ text: String) -> String {
        var buffer = TextBuffer()
        buffer.append(cell: text)
        return buffer.string
    }

    static func json(_ text: String) -> String {
        var buffer = TextBuffer()
        buffer.append(jsonString: text)
        return buffer.string
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"no\"", "\"say \"\"no\"\"\""), ("=cmd()", "'=cmd()"),
        ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\\u{9}x"), ("a\nb", "a\\u{A}b"), ("", ""),
        ("\u{202E}x", "\\u{202E}x"), ("a;=cmd()", "a;'=cmd()"), ("a; b", "a; b"), ("ж", "ж"),
        ("x\u{61C}y", "x\\u{61C}y"), ("a\u{85}b", "a\\u{85}b"),
    ])
    func `a cell is harmless and can be read back`(text: String, expected: String) {
        #expect(TextBufferTests.cell(text) == expected)
    }

    @Test(arguments: [
        ("plain", "\"plain\""), ("\"\\\n\r\t", "\"\\\"\\\\\\n\\r\\t\""), ("\u{1B}[2J", "\"\\u001b[2J\""),
        ("\u{7F}\u{9B}", "\"\\u007f\\u009b\""), ("жé’", "\"жé’\""),
        ("a\u{202E}b\u{61C}\u{2066}", "\"a\\u202eb\\u061c\\u2066\""), ("\0", "\"\\u0000\""),
    ])
    func `a JSON string escapes what a terminal would obey`(text: String, expected: String) {
        #expect(TextBufferTests.json(text) == expected)
    }

    @Test func `Base64 has the padding of RFC 4648`() {
        let examples = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "foobar": "Zm9vYmFy"]
        for (text, expected) in examples.sorted(by: { $0.key < $1.key }) {
            var buffer = TextBuffer()
            buffer.append(base64: Array(text.utf8))
            #expect(buffer.string == "\"\(expected)\"")
        }
    }

    @Test func `numbers are written as JSON allows them`() {
        var buffer = TextBuffer()
        for number in [0.0, -1.5, 3, .infinity, .nan, 1e300] {
            buffer.append(jsonNumber: number)
            buffer.append(" ")
        }
        #expect(buffer.string == "0 -1.5 3 null null 1e+300 ")
    }
}
