import FileFormats
import Primitives
import Testing

struct KeyedArchiveTests {
    /// A dictionary of one object of every kind, one of them unknown, which holds the dictionary again.
    static let every = [UInt8](
        hexadecimal: """
            62706c6973743030d4010203040506898c5924617263686976657258246f626a656374735424746f7058247665727369
            6f6e5f100f4e534b657965644172636869766572af10210708252c2d2e2f303132333435363c3f45484c5054585c5f62
            686c70737d81838655246e756c6cd3090a0b0c0d195624636c617373574e532e6b6579735a4e532e6f626a6563747380
            02ab0e0f1011121314151617188003800480058006800780088009800a800b800c1028ab1a1b1c1d1e1f202122232480
            0d800f8011801380158018801a801c800080011007d2262728295824636c61737365735a24636c6173736e616d65a329
            2a2b5f10134e534d757461626c6544696374696f6e6172795c4e5344696374696f6e617279584e534f626a656374546c
            697374537365745474657874546461746154646174655375726c5475756964556f74686572536e696c5473656c66d209
            0b3738800ea3393a3b800309233ff8000000000000d226273d3ea23e2b574e534172726179d30940414243445b4e532e
            6f626a6563742e305b4e532e6f626a6563742e31801080038004d226274647a2472b554e53536574d209494a4b594e53
            2e737472696e67801267006d00fc007400610062006c0065d226274d4ea34e4f2b5f100f4e534d757461626c65537472
            696e67584e53537472696e67d209515253574e532e646174618014420102d226275556a356572b5d4e534d757461626c
            6544617461564e5344617461d209595a5b574e532e74696d6580172341c39936e4800000d15d5e56756e757365641001
            d226276061a2612b564e5344617465d3096364656667574e532e626173655b4e532e72656c6174697665802080195562
            3f633d64d3096364696a6b802080005f101768747470733a2f2f6578616d706c652e6f72672f612f78d2096d6e6f5c4e
            532e757569646279746573801b4f1010000102030405060708090a0b0c0d0e0fd226277172a2722b564e5355554944d5
            097475767778797a7b7c55636f756e7455656d707479546c6f7374556f776e6572801d1003801e80638001d226277e7f
            a37f802b555468696e675442617365d10982801fd226278485a2852b564e534e756c6cd226278788a2882b554e535552
            4cd18a8b54726f6f74800112000186a000080011001b00240029003200440068006e0075007c0084008f0091009d009f
            00a100a300a500a700a900ab00ad00af00b100b300bf00c100c300c500c700c900cb00cd00cf00d100d300d500da00e3
            00ee00f201080115011e01230127012c01310136013a013f01450149014e015301550159015b015c0165016a016d0175
            017c0188019401960198019a019f01a201a801ad01b701b901c801cd01d101e301ec01f101f901fb01fe020302070215
            021c02210229022b02340237023e024002450248024f0256025e026a026c026e0274027b027d027f0299029e02ab02ad
            02c002c502c802cf02da02e002e602eb02f102f302f502f702f902fb03000304030a030f031203140319031c03230328
            032b033103340339033b0000000000000201000000000000008d00000000000000000000000000000340
            """)

    @Test func `objects become the values they stand for`() throws {
        let archive = try KeyedArchive(parsing: Self.every)
        var damage: [ParseError] = []
        let root = archive.unarchived(damage: &damage)
        #expect(root["list"] == .list([.text("list"), .truth(true), .real(1.5)]))
        #expect(root["set"] == .list([.text("list"), .text("set")]))
        #expect(root["text"] == .text("mütable"))
        #expect(root["data"] == .bytes([1, 2]))
        #expect(root["date"]?.moment?.description == "2021-11-03T07:12:09.000000Z")
        #expect(root["url"] == .text("https://example.org/a/b?c=d"))
        #expect(root["uuid"] == .text("00010203-0405-0607-0809-0A0B0C0D0E0F"))
        #expect(root["nil"] == .null)
        #expect(root["40"] == .integer(7))
        let thing: [String: PropertyList] = [
            "$class": .text("Thing"), "count": .integer(3), "owner": .null, "empty": .null, "lost": .null,
        ]
        #expect(root["other"] == .dictionary(thing))
        #expect(root["self"] == .null)
        #expect(root.members.count == 11)
        #expect(damage.map(\.kind) == [.malformed, .malformed])
        #expect(archive.root?["NS.keys"]?[0] == .uid(3))
        #expect(KeyedArchive.isArchive(try PropertyList(parsing: Self.every)))
    }

    @Test func `an archive in XML without a root gives everything it names`() throws {
        let text = """
            <plist><dict><key>$top</key><dict><key>a</key><dict><key>CF$UID</key><integer>1</integer></dict>
            <key>b</key><integer>2</integer></dict>
            <key>$objects</key><array><string>$null</string><string>one</string></array></dict></plist>
            """
        let archive = try KeyedArchive(parsing: Array(text.utf8))
        #expect(archive.root == nil)
        #expect(archive.unarchived() == .dictionary(["a": .text("one"), "b": .integer(2)]))
    }

    @Test func `a property list that is no archive is refused`() {
        #expect(throws: ParseError.self) { try KeyedArchive(parsing: BinaryPropertyListTests.every) }
        #expect(throws: ParseError.self) { try KeyedArchive(parsing: []) }
    }

    @Test(.timeLimit(.minutes(30))) func `lists that share lists a thousand million times are cut at the limit`() throws
    {
        var objects: [PropertyList] = [.text("$null")]
        for level in 2...30 { objects.append(.list([PropertyList](repeating: .uid(level), count: 10))) }
        let archive = try KeyedArchive(
            .dictionary(["$top": .dictionary(["root": .uid(1)]), "$objects": .list(objects)]))
        var damage: [ParseError] = []
        _ = archive.unarchived(nodeLimit: 10_000, damage: &damage)
        #expect(damage.contains { $0.kind == .beyondLimit })
    }

    @Test func `objects inside each other beyond a limit are cut`() throws {
        var objects: [PropertyList] = [.text("$null")]
        for level in 2...10_000 { objects.append(.list([.uid(level)])) }
        let archive = try KeyedArchive(
            .dictionary(["$top": .dictionary(["root": .uid(1)]), "$objects": .list(objects)]))
        var damage: [ParseError] = []
        _ = archive.unarchived(damage: &damage)
        #expect(damage.map(\.kind) == [.beyondLimit])
    }

    @Test(arguments: [
        ("https://a.example/b/c?d", "e", "https://a.example/b/e"),
        ("https://a.example/b/c", "/e", "https://a.example/e"),
        ("https://a.example", "e", "https://a.example/e"), ("https://a.example", "/e", "https://a.example/e"),
        ("https://a.example/b", "//c.example/", "https://c.example/"),
        ("https://a.example/b#c", "?d", "https://a.example/b?d"),
        ("https://a.example/b#c", "#d", "https://a.example/b#d"), ("https://a.example/b", "tel:1", "tel:1"),
        ("file:///a/b", "c", "file:///a/c"), ("https://a.example/b", "", "https://a.example/b"),
    ]) func `a relative address is joined with its base`(base: String, relative: String, expected: String) throws {
        let objects: [PropertyList] = [
            .text("$null"), .dictionary(["$class": .uid(2), "NS.base": .text(base), "NS.relative": .text(relative)]),
            .dictionary(["$classname": .text("NSURL")]),
        ]
        let archive = try KeyedArchive(
            .dictionary(["$top": .dictionary(["root": .uid(1)]), "$objects": .list(objects)]))
        #expect(archive.unarchived() == .text(expected))
    }

    @Test(.timeLimit(.minutes(30))) func `a damaged archive is read or refused`() {
        var refused = 0
        forEachDamagedCopy(of: Self.every) { copy in
            do { _ = try KeyedArchive(parsing: copy).unarchived() } catch { refused += 1 }
        }
        #expect(refused > Self.every.count)
    }
}
