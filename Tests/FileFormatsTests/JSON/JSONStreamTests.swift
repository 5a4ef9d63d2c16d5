import FileFormats
import Primitives
import Testing

@Suite struct `A stream of JSON` {
    /// What a walk hands out, as words.
    private final class Notes {
        var words: [String] = []
    }

    private func walk(_ text: [UInt8], window: Int = 64, limit: Int = 1 << 20) -> ([String], JSONStream.Outcome) {
        let notes = Notes()
        var stream = JSONStream(MemorySource(text), windowSize: window, valueLimit: limit)
        let outcome = stream.walk(
            list: "objects",
            JSONStream.Handlers(
                object: { bytes, offset throws(ParseError) in
                    guard var members = JSONMembers(bytes, at: offset) else {
                        throw ParseError(.malformed, "an object")
                    }
                    var word = ""
                    while let member = try members.next() {
                        if member.name.equals("id") { word = member.value.text?.string ?? "?" }
                    }
                    notes.words.append(word)
                    return members.offset
                },
                other: { error, _ in notes.words.append(error == nil ? "other" : "damaged") },
                member: { notes.words.append("." + $0.name.string) }))
        return (notes.words, outcome)
    }

    private func walk(_ text: String, window: Int = 64) -> ([String], JSONStream.Outcome) {
        walk(Array(text.utf8), window: window)
    }

    @Test(arguments: [64, 65, 100, 1 << 20])
    func `gives the same through any window`(window: Int) {
        let objects = (0..<50).map {
            #"{"x": [1, {"id": "no"}, "é\u00e9"], "id": "n\#($0)", "y": "\#(String(repeating: "ä", count: $0))"}"#
        }
        let text =
            #"{"type": "bundle", "objects": [ "# + objects.joined(separator: " ,\n")
            + #", 12345678901234567890, true ], "z": {"a": []}} "#
        let (words, outcome) = walk(text, window: window)
        #expect(words == [".type"] + (0..<50).map { "n\($0)" } + ["other", "other", ".z"])
        #expect(outcome.failure == nil && outcome.isObject && outcome.listCount == 1)
    }

    @Test func `reads a bare list and several lists`() {
        #expect(walk(#"[{"id":"a"},{"id":"b"}]"#).0 == ["a", "b"])
        #expect(walk(#"{"objects":[{"id":"a"}],"objects":[{"id":"b"}]}"#).1.listCount == 2)
        #expect(walk(#"{"objects":7}"#).1.hasOtherMember)
        #expect(walk("[]").0.isEmpty && walk("{}").1.listCount == 0)
    }

    @Test func `a damaged element costs itself`() {
        let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        for damage in [
            #"{"id": "a" "b"}"#, #"{"id": nul}"#, #"{"x":\#(deep)}"#, "\"\u{1}\"", "nope", #"{"a":"]}\"{["}x"#,
        ] {
            let (words, outcome) = walk(#"{"objects": [{"id": "first"}, "# + damage + #", {"id": "last"}]}"#)
            #expect(words.first == "first")
            if !damage.hasSuffix("x") {
                #expect(words == ["first", "damaged", "last"], "\(damage)")
                #expect(outcome.failure == nil)
            }
        }
        var bytes = Array(#"[{"id": "first"}, {"id": "x?y"}, {"id": "last"}]"#.utf8)
        bytes[bytes.firstIndex(of: UInt8(ascii: "?")) ?? 0] = 0xFF
        #expect(walk(bytes).0 == ["first", "damaged", "last"])
    }

    @Test func `a text cut off anywhere gives what stands before, and ends in a failure`() {
        let text = Array(#"{"type": "b", "objects": [{"id": "a"}, {"id": "é", "n": [1.5e3, null]}], "z": 1}"#.utf8)
        var last = 0
        for count in text.indices {
            let (words, outcome) = walk(Array(text[..<count]))
            #expect(outcome.failure != nil, "\(count)")
            #expect(words.count >= last)
            last = words.count
        }
        #expect(walk(text).1.failure == nil)
    }

    @Test func `an element larger than the limit ends the walk`() {
        let text = #"[{"id":"a"},{"id":""# + String(repeating: "x", count: 5_000) + #""},{"id":"b"}]"#
        let (words, outcome) = walk(Array(text.utf8), window: 64, limit: 1_024)
        #expect(words == ["a"])
        #expect(outcome.failure?.kind == .beyondLimit)
        #expect(walk(Array(text.utf8), window: 64, limit: 8_192).0.count == 3)
    }

    @Test func `agrees with the reader on texts that are changed at random`() {
        let text = Array(
            #"{"type": "b", "objects": [{"id": "a", "x": [1, -2.5, {"y": "\n\u00e9"}]}, {"id": "b"}, 7], "z": {}}"#.utf8
        )
        var state: UInt64 = 7
        func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for _ in 0..<4_000 {
            var changed = text
            for _ in 0...below(2) {
                let index = below(changed.count)
                switch below(3) {
                case 0: changed[index] = UInt8(below(256))
                case 1: changed.remove(at: index)
                default: changed.insert(Array("{}[]\",:\\0".utf8)[below(9)], at: index)
                }
            }
            let (words, outcome) = walk(changed)
            let isSound = (try? JSONValue(changed, depthLimit: 64)) != nil
            if isSound {
                #expect(
                    outcome.failure == nil && !words.contains("damaged"), "\(String(decoding: changed, as: UTF8.self))")
            }
            if outcome.failure == nil, !words.contains("damaged") {
                #expect(isSound, "\(String(decoding: changed, as: UTF8.self))")
            }
        }
    }
}
