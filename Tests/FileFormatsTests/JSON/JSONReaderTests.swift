import FileFormats
import Primitives
import Testing

@Suite struct `JSON` {
    private func value(_ text: String) throws -> JSONValue { try JSONValue(Array(text.utf8)) }

    @Test func `every kind of value is read`() throws {
        let read = try value(
            #" {"a": [1, -2, 0, 1.5, 2e3, -0.25E-1], "b": {"c": null, "d": true, "e": false}, "": ""} "#)
        #expect(read["a"]?.list == [.integer(1), .integer(-2), .integer(0), .real(1.5), .real(2000), .real(-0.025)])
        #expect(read["b"]?["c"] == .null)
        #expect(read["b"]?["d"]?.truth == true)
        #expect(read["b"]?["e"]?.truth == false)
        #expect(read[""]?.text?.isEmpty == true)
        #expect(read.members.map(\.name) == ["", "a", "b"])
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""a\"b\\c\/d""#, "a\"b\\c/d"), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
        (#""\u0041\u00fc\u20AC""#, "Aü€"), (#""\ud83d\ude00""#, "😀"),
        ("\"ü€😀 and a tail of sixteen\"", "ü€😀 and a tail of sixteen"),
        (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
        (#""12345678\n""#, "12345678\n"), (#""\u0000""#, "\0"),
    ])
    func `strings are unescaped`(text: String, expected: String) throws {
        #expect(try value(text).text == expected)
    }

    @Test func `of a name that occurs twice the last value is kept`() throws {
        #expect(try value(#"{"a": 1, "b": 2, "a": 3}"#) == .object(["a": .integer(3), "b": .integer(2)]))
    }

    @Test(arguments: [
        "", " ", "{", "[", "\"", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "[1", "[1,", "tru", "nul", "-", "1.",
        "1e", "\"\\",
        "\"\\u12", "\"abc",
    ])
    func `a text that ends early is truncated`(text: String) {
        let error = #expect(throws: ParseError.self) { try value(text) }
        #expect(error?.kind == .truncated)
        #expect(throws: ParseError.self) {
            var reader = JSONReader(Array(text.utf8))
            try reader.skip()
            try reader.end()
        }
    }

    @Test(arguments: [
        "{]", "[}", "[1,]", "{\"a\":1,}", "{,}", "[,]", "{a:1}", "{'a':1}", "{\"a\" 1}", "[1 2]", "01", "+1", ".5",
        "1.e2",
        "True", "nil", "\"\t\"", "\"\\x\"", "\"\\u12g4\"", "1 2", "{} x", "[1]]", "{\"a\":1 \"b\":2}", "NaN", "{1:2}",
    ])
    func `what is no JSON is malformed, whether it is read or stepped over`(text: String) {
        let error = #expect(throws: ParseError.self) { try value(text) }
        #expect(error?.kind == .malformed)
        #expect(throws: ParseError.self) {
            var reader = JSONReader(Array(text.utf8))
            try reader.skip()
            try reader.end()
        }
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
            [0xE2, 0x28, 0xA1],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are malformed`(bytes: [UInt8]) {
        for padding in ["", "1234567", "12345678", "a longer piece of plain text"] {
            let text = Array("[\"\(padding)".utf8) + bytes + Array("\"]".utf8)
            let error = #expect(throws: ParseError.self) { try JSONValue(text) }
            #expect(error?.kind == .malformed)
            #expect(throws: ParseError.self) {
                var reader = JSONReader(text)
                try reader.skip()
            }
        }
    }

    @Test func `nesting beyond the limit is refused and no stack is used up`() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        for attempt in [0, 1] {
            let error = #expect(throws: ParseError.self) {
                if attempt == 0 { _ = try JSONValue(deep) }
                var reader = JSONReader(deep)
                try reader.skip()
            }
            #expect(error?.kind == .beyondLimit)
        }
    }

    @Test func `nesting up to the limit is read`() throws {
        let text = Array((String(repeating: "[", count: 128) + String(repeating: "]", count: 128)).utf8)
        #expect(throws: Never.self) { try JSONValue(text) }
        #expect(throws: ParseError.self) { try JSONValue(text, depthLimit: 127) }
        var reader = JSONReader(text, depthLimit: 128)
        try reader.skip()
        try reader.end()
    }

    @Test func `what nobody reads is stepped over`() throws {
        var reader = JSONReader(Array(#"{"a": {"x": [1, {"y": "]"}]}, "b": "two", "c": [true, [false], 7]} "#.utf8))
        var found: [String] = []
        #expect(try reader.enterObject())
        while let key = try reader.key() {
            if key == "b" { found.append(try reader.string() ?? "none") }
            if key == "c" {
                #expect(try reader.string() == nil)
                #expect(try reader.enterArray())
                while try reader.element() {
                    if let number = try reader.integer() { found.append("\(number)") }
                }
            }
        }
        try reader.end()
        #expect(found == ["two", "7"])
    }

    @Test func `a number with a fraction is left by integer and read by number`() throws {
        var reader = JSONReader(Array("[1.5, 9223372036854775808]".utf8))
        #expect(try reader.enterArray())
        #expect(try reader.element())
        #expect(try reader.integer() == nil)
        #expect(try reader.number() == 1.5)
        #expect(try reader.element())
        #expect(try reader.number() == 9_223_372_036_854_775_808)
        #expect(try !reader.element())
        #expect(try value("9223372036854775808") == .real(9_223_372_036_854_775_808))
    }

    @Test func `several values in one file are read one after the other`() throws {
        let bytes = Array("{\"a\":1}\n{\"b\":2}\n".utf8)
        var first = JSONReader(bytes)
        #expect(try first.value() == .object(["a": .integer(1)]))
        var second = JSONReader(bytes, at: first.offset)
        #expect(try second.value() == .object(["b": .integer(2)]))
        try second.end()
    }

    @Test func `a byte order mark is passed over`() throws {
        #expect(try JSONValue([0xEF, 0xBB, 0xBF] + Array("[1]".utf8)) == .list([.integer(1)]))
    }

    @Test func `a text cut at any byte ends in an error and nothing else`() {
        let text = Array(#"{"a": [1, -2.5e3, "x\u00e9\ud83d\ude00ü€"], "b": {"c": null, "d": [true, false]}}"#.utf8)
        for count in 0..<text.count {
            #expect(throws: ParseError.self) { try JSONValue(Array(text[..<count])) }
        }
    }

    @Test func `a text with any byte replaced gives a value or an error`() {
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9ü"],"b":{"c":null}}"#.utf8)
        for index in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[index] = byte
                var reader = JSONReader(changed)
                let skipped = Result {
                    try reader.skip(); try reader.end()
                }
                let read = Result { try JSONValue(changed) }
                // Reading and stepping over agree on what is JSON.
                #expect((try? skipped.get()) == nil ? (try? read.get()) == nil : (try? read.get()) != nil)
            }
        }
    }
}
