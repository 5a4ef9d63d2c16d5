import FileFormats
import Primitives
import Testing

/// Writes down what it is told, as `+name`, `text`, `-name`.
private final class Listener: XMLVisitor {
    var heard: [String] = []
    private var text: [UInt8] = []

    private func endText() {
        if !text.isEmpty { heard.append(String(decoding: text, as: UTF8.self)) }
        text = []
    }

    func enter(_ name: String, attributes: [String: String]) {
        endText()
        let list = attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
        heard.append("+" + name + list.joined())
    }

    func take(text piece: UnsafeBufferPointer<UInt8>) { text += piece }

    func leave(_ name: String) {
        endText()
        heard.append("-" + name)
    }
}

@Suite struct `XML` {
    private func hear(_ bytes: [UInt8], _ limits: XMLStream.Limits = .init()) -> (heard: [String], error: ParseError?) {
        let listener = Listener()
        do throws(ParseError) {
            var start: Int? = 0
            while let from = start { start = try XMLStream.read(bytes, from: from, limits: limits, to: listener) }
            return (listener.heard, nil)
        } catch {
            return (listener.heard, error)
        }
    }

    private func hear(_ text: String) -> (heard: [String], error: ParseError?) { hear(Array(text.utf8)) }

    @Test func `elements, attributes, text, entities, comments and character data are told`() {
        let (heard, error) = hear(
            "<?xml version='1.0'?><!-- x --><p:a xmlns:p=\"urn:x\" p:b='1 &lt; 2'>t&amp;&#x00e9;<![CDATA[<c>]]><d/>\n</p:a>"
        )
        #expect(error == nil)
        #expect(heard == ["+a b=1 < 2 p=urn:x", "t&é<c>", "+d", "-d", "\n", "-a"])
    }

    private static let sample = "<a b='ü'>é</a>"
    private static let told = ["+a b=ü", "é", "-a"]

    private static func wide(_ text: String, isBigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return isBigEndian ? pair : pair.reversed()
        }
    }

    @Test(
        arguments: [
            Array(sample.utf8), [0xEF, 0xBB, 0xBF] + Array(sample.utf8), wide("\u{FEFF}" + sample, isBigEndian: true),
            wide("\u{FEFF}" + sample, isBigEndian: false),
            wide("<?xml version='1.0' encoding='UTF-16'?>" + sample, isBigEndian: false),
            Array("<?xml version='1.0' encoding='utf-16'?>".utf8) + Array(sample.utf8),
            Array("<?xml version='1.0' encoding='ISO-8859-1'?><a b='".utf8) + [0xFC] + Array("'>".utf8) + [0xE9]
                + Array("</a>".utf8),
        ] as [[UInt8]])
    func `the encodings that are read all tell the same`(bytes: [UInt8]) {
        let (heard, error) = hear(bytes)
        #expect(error == nil && heard == Self.told)
    }

    @Test func `another encoding, and text that is not in its own, are refused with the reason`() {
        #expect(hear("<?xml version='1.0' encoding='EBCDIC-CP-US'?><a/>").error?.kind == .unsupported)
        #expect(hear([0x3C, 0x61, 0x3E, 0xFF, 0xFE, 0x3C, 0x2F, 0x61, 0x3E]).error?.kind == .malformed)
        #expect(hear("<?xml version='1.0' encoding='us-ascii'?><a>é</a>").error?.kind == .malformed)
    }

    @Test(
        arguments: [
            "<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>",
            "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1/'> %x; ]><a/>",
        ])
    func `a document type ends the reading before anything is told`(text: String) {
        let (heard, error) = hear(text)
        #expect(heard.isEmpty)
        #expect(error?.kind == .unsupported && error?.expected == "XML without a document type")
    }

    @Test func `depth, attributes and tags have limits, and text has none`() {
        let deep = hear(String(repeating: "<a>", count: 100_000))
        #expect(deep.heard.count == 256 && deep.error?.kind == .beyondLimit)
        let many = (0..<300).map { " a\($0)=''" }.joined()
        #expect(hear("<a\(many)/>").error?.kind == .beyondLimit)
        let long = String(repeating: "x", count: 2 << 20)
        #expect(hear("<a b='\(long)'/>").error == nil)
        #expect(hear("<a b='\(String(repeating: "x", count: 5 << 20))'/>").error?.kind == .beyondLimit)
        #expect(hear("<!-- \(String(repeating: "x", count: 5 << 20)) --><a/>").error?.kind == .beyondLimit)
        let text = hear("<a>\(String(repeating: "xyz\n", count: 2 << 20))</a>")
        #expect(text.error == nil && text.heard.dropFirst().first?.utf8.count == 8 << 20)
    }

    @Test func `documents one after the other are told one after the other`() {
        let one = "<?xml version='1.0'?>\n<a/>\n"
        #expect(hear(one + one + "<b/>" + one).heard == ["+a", "-a", "+a", "-a", "+b", "-b", "+a", "-a"])
        #expect(hear(one + one).error == nil)
        #expect(hear(one + "\u{FEFF}" + one).heard.count == 4)
        let ended = hear(one + "text")
        #expect(ended.heard == ["+a", "-a"] && ended.error?.offset == one.utf8.count)
    }

    @Test(arguments: [
        "", " ", "<", "<a", "<a>", "<a><b></a></b>", "<a>&x;</a>", "<a b='1' b='2'/>", "x", "<a>&#0;</a>",
    ])
    func `what is not well-formed is refused with its place`(text: String) throws {
        let error = try #require(hear(text).error)
        #expect([.truncated, .malformed].contains(error.kind) && error.offset ?? -1 <= text.utf8.count)
    }

    @Test func `a damaged document is read to the damage`() {
        let whole = Array(
            "<?xml version='1.0' encoding='utf-8'?><p:a xmlns:p='urn:x' b='&lt;'>t<!-- c --><![CDATA[d]]>&#65;<e/></p:a>"
                .utf8)
        #expect(hear(whole).error == nil)
        forEachDamagedCopy(of: whole) { _ = hear($0) }
        for count in whole.indices {
            #expect(hear(Array(whole[..<count])).error?.kind == .truncated, "\(count)")
        }
    }
}
