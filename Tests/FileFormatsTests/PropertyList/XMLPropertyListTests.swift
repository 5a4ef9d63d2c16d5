import FileFormats
import Primitives
import Testing

struct XMLPropertyListTests {
    static let document = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- a comment --> <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
            <key>text</key> <string>M&#252;nchen &lt;&amp;&gt; &#x1F600; <![CDATA[<raw> & ]]>é<!-- no --></string>
            <key>a &amp; b</key> <string/>
            <key>integer</key> <integer> -42 </integer>
            <key>hexadecimal</key> <integer>0xFF</integer>
            <key>least</key> <integer>-9223372036854775808</integer>
            <key>huge</key> <integer>9223372036854775808</integer>
            <key>real</key> <real>1.5e3</real>
            <key>true</key> <true/>
            <key>false</key> <false></false>
            <key>date</key> <date>2021-11-03T07:12:09Z</date>
            <key>no date</key> <date>2021-02-31T07:12:09Z</date>
            <key>data</key> <data>
                AAEC
                /v8=
            </data>
            <key>array</key> <array> <integer>+1</integer> <array/> <dict/> </array>
            <key>reference</key> <dict><key>CF$UID</key><integer>12</integer></dict>
        </dict>
        </plist>

        """

    private func parse(_ text: String) throws -> PropertyList { try PropertyList(parsing: Array(text.utf8)) }

    private func expectEvery(_ list: PropertyList) {
        #expect(list["text"] == .text("München <&> 😀 <raw> & é"))
        #expect(list["a & b"] == .text(""))
        #expect(list["integer"] == .integer(-42))
        #expect(list["hexadecimal"] == .integer(255))
        #expect(list["least"] == .integer(.min))
        #expect(list["huge"] == .null)
        #expect(list["real"] == .real(1500))
        #expect(list["true"] == .truth(true))
        #expect(list["false"] == .truth(false))
        #expect(list["date"]?.moment?.description == "2021-11-03T07:12:09.000000Z")
        #expect(list["no date"] == .null)
        #expect(list["data"] == .bytes([0, 1, 2, 0xFE, 0xFF]))
        #expect(list["array"] == .list([.integer(1), .list([]), .dictionary([:])]))
        #expect(list["reference"] == .uid(12))
        #expect(list.members.count == 14)
    }

    @Test func `every element is read`() throws { expectEvery(try parse(Self.document)) }

    @Test func `UTF-8 with a mark and UTF-16 in both orders, with and without a mark, are read`() throws {
        expectEvery(try PropertyList(parsing: [0xEF, 0xBB, 0xBF] + Array(Self.document.utf8)))
        let big = Self.document.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let little = Self.document.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        for bytes in [big, [0xFE, 0xFF] + big, little, [0xFF, 0xFE] + little] {
            expectEvery(try PropertyList(parsing: bytes))
        }
    }

    @Test func `ISO-8859-1 is read, another encoding is refused`() throws {
        let latin =
            Array("<?xml version='1.0' encoding='ISO-8859-1'?><string>M".utf8) + [0xFC] + Array("n</string>".utf8)
        #expect(try PropertyList(parsing: latin) == .text("Mün"))
        #expect(throws: ParseError.self) { try parse("<?xml version='1.0' encoding='EBCDIC-US'?><string>a</string>") }
    }

    @Test(arguments: [
        "", "text", "<plist/>", "<plist></plist>", "<plist><dict><string>a</string></dict></plist>",
        "<plist><dict><key>a</key></dict></plist>", "<plist><integer>1x</integer></plist>",
        "<plist><integer>0x</integer></plist>", "<plist><integer></integer></plist>", "<plist><real>one</real></plist>",
        "<plist><date>yesterday</date></plist>", "<plist><data>AA=A</data></plist>", "<plist><data>A</data></plist>",
        "<plist><data>A*==</data></plist>", "<plist><string>&nbsp;</string></plist>",
        "<plist><string>&#xD800;</string></plist>", "<plist><string>&#99999999999;</string></plist>",
        "<plist><string>a<b/></string></plist>", "<plist><set/></plist>", "<plist><true>a</true></plist>",
        "<plist><true/></plist><plist/>", "<plist><array></dict></plist>", "<plist><true/><true/></plist>",
    ]) func `what is no property list is refused`(text: String) {
        #expect(throws: ParseError.self) { try parse(text) }
    }

    @Test func `a document type with other declarations is skipped, one with entities is refused`() throws {
        #expect(
            try parse("<!DOCTYPE plist [ <!-- ]> ' --> <!ELEMENT plist ANY> ]><plist><true/></plist>") == .truth(true))
        #expect(throws: ParseError.self) {
            try parse("<!DOCTYPE plist [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><plist><string>&b;</string></plist>")
        }
    }

    @Test func `elements inside each other beyond a limit are refused`() throws {
        let text = String(repeating: "<array>", count: 100_000)
        let error = try #require(throws: ParseError.self) { try parse(text) }
        #expect(error.kind == .beyondLimit)
    }

    @Test func `values beyond a limit are refused`() throws {
        let text = "<array>" + String(repeating: "<true/>", count: 1_000_001) + "</array>"
        let error = try #require(throws: ParseError.self) { try parse(text) }
        #expect(error.kind == .beyondLimit)
    }

    @Test(.timeLimit(.minutes(30))) func `a damaged document is read or refused`() {
        var refused = 0
        forEachDamagedCopy(of: Array(Self.document.utf8)) { copy in
            do { _ = try PropertyList(parsing: copy) } catch { refused += 1 }
        }
        #expect(refused > Self.document.utf8.count)
    }
}
