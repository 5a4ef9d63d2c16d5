import FileFormats
import Primitives
import Testing

struct TypedStreamTests {
    /// The example of <https://stackoverflow.com/questions/18834352>.
    static let short = [UInt8](
        hexadecimal: """
            040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E670084 84084E534F
            626A656374008592848484084E53537472696E67019484012B064665736B6572868402694901069284 84840C4E534469
            6374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D65
            8692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686
            """)

    /// A mutable text of more than 127 bytes with three kinds of attributes: a part, data, a link (twice), a structure.
    static let long = [UInt8](
        hexadecimal: """
            040b73747265616d747970656481e803840140848484194e534d757461626c6541747472696275746564537472696e67
            008484124e5341747472696275746564537472696e67008484084e534f626a6563740085928484840f4e534d75746162
            6c65537472696e67018484084e53537472696e67019584012b815101436166c3a920f09f98802068747470733a2f2f65
            78616d706c652e6f72672f6120616e642078787878787878787878787878787878787878787878787878787878787878
            787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878
            787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878
            787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878
            787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878
            787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878
            787878787878787878787878787878787878787878787878787878787886840269490108928484840c4e534469637469
            6f6e617279009584016901928498981d5f5f6b494d4d657373616765506172744174747269627574654e616d65869284
            8484084e534e756d626572008484074e5356616c7565009584012a849b9b00868699021592849a9b03928498981e5f5f
            6b494d4461746144657465637465644174747269627574654e616d6586928484840d4e534d757461626c654461746100
            8484064e534461746100959b0584045b35635d86840001028692849898165f5f6b494d4c696e6b417474726962757465
            4e616d658692848484054e5355524c009584016300928498981568747470733a2f2f6578616d706c652e6f72672f6186
            86929b929c8699018131019903812c0192849a9b0292a592a692849898057363616c658692849d840b7b434753697a65
            3d64667d83000000000000f83f02868686
            """)

    private static let header = Array("\u{4}\u{B}streamtyped".utf8) + [0x81, 0xE8, 0x03]

    @Test func `the text of a message is read`() throws {
        let message = try TypedStream.attributedString(Self.short)
        #expect(message == .init(text: "Fesker", links: [], damage: nil))
    }

    @Test func `a long text in Unicode and its links are read`() throws {
        let message = try TypedStream.attributedString(Self.long)
        #expect(message.text == "Café 😀 https://example.org/a and " + String(repeating: "x", count: 300))
        #expect(message.links == ["https://example.org/a"])
        #expect(message.damage == nil)
    }

    @Test func `a stream of the other byte order is read`() throws {
        // NSString "abc", its length in two bytes.
        let stream =
            Array("\u{4}\u{B}typedstream".utf8) + [0x81, 0x03, 0xE8, 0x84, 1, 0x40, 0x84, 0x84, 0x84, 8]
            + Array("NSString".utf8) + [1, 0x85, 0x84, 1, 0x2B, 0x81, 0x00, 0x03, 0x61, 0x62, 0x63, 0x86]
        #expect(try TypedStream.attributedText(stream) == "abc")
    }

    @Test func `damage behind the text is noted, and the text is kept`() throws {
        let message = try TypedStream.attributedString(Array(Self.long.dropLast(40)))
        #expect(message.text.hasPrefix("Café"))
        #expect(message.links == ["https://example.org/a"])
        #expect(message.damage?.kind == .truncated)
    }

    @Test func `a text inside another object is found, and that is noted`() throws {
        // An NSArray of one NSString.
        let stream: [UInt8] =
            Self.header + [0x84, 1, 0x40, 0x84, 0x84, 0x84, 7] + Array("NSArray".utf8) + [0, 0x85, 0x84, 1, 0x69, 1]
            + [0x92, 0x84, 0x84, 0x84, 8] + Array("NSString".utf8) + [
                1, 0x85, 0x84, 1, 0x2B, 2, 0x68, 0x69, 0x86, 0x86,
            ]
        let message = try TypedStream.attributedString(stream)
        #expect(message.text == "hi")
        #expect(message.damage?.kind == .malformed)
    }

    @Test func `what holds no text is refused`() {
        #expect(throws: ParseError.self) { try TypedStream.attributedText([]) }
        #expect(throws: ParseError.self) { try TypedStream.attributedText(Self.header) }
        #expect(throws: ParseError.self) { try TypedStream.attributedText(Self.header + [0x84, 1, 0x69, 5]) }
        #expect(throws: ParseError.self) { try TypedStream.attributedText(Array("bplist00".utf8)) }
    }

    @Test func `a text that is cut off is refused`() throws {
        let start = try #require(Self.short.firstIndex(of: UInt8(ascii: "F")))
        let error = try #require(throws: ParseError.self) {
            try TypedStream.attributedText(Array(Self.short[...start]))
        }
        #expect(error.kind == .truncated)
    }

    @Test func `a class that is its own ancestor is refused`() {
        let stream = Self.header + [0x84, 1, 0x40, 0x84, 0x84, 0x84, 1, 0x41, 0, 0x93, 0x86]
        #expect(throws: ParseError.self) { try TypedStream.attributedText(stream) }
    }

    @Test(
        .timeLimit(.minutes(30)),
        arguments: [
            "[4000000000!]", "[60000[60000!]]", "[4000000000{}]", "[4000000000[0{aaaaaaaaaaaaaaaa}]]",
            "[99999999999999999999c]",
        ])
    func `an array of more values than any text needs is refused`(type: String) throws {
        let stream = Self.header + [0x84, UInt8(type.utf8.count)] + Array(type.utf8)
        #expect(throws: ParseError.self) { try TypedStream.attributedText(stream) }
    }

    @Test func `types and objects inside each other beyond a limit are refused`() throws {
        let count = 5_000
        let type = String(repeating: "[1", count: count) + "i" + String(repeating: "]", count: count)
        let length = type.utf8.count
        let nested = Self.header + [0x84, 0x81, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(type.utf8)
        #expect(throws: ParseError.self) { try TypedStream.attributedText(nested) }
        let object: [UInt8] = [0x84, 0x84, 0x84, 1, 0x41, 0, 0x85]
        let again: [UInt8] = [0x92, 0x84, 0x93]
        let objects = Self.header + [0x84, 1, 0x40] + object + [[UInt8]](repeating: again, count: 100_000).joined()
        let error = try #require(throws: ParseError.self) { try TypedStream.attributedText(objects) }
        #expect(error.kind == .beyondLimit)
    }

    @Test(.timeLimit(.minutes(30))) func `a damaged archive is read or refused`() {
        var refused = 0
        for stream in [Self.short, Self.long] {
            forEachDamagedCopy(of: stream) { copy in
                do { _ = try TypedStream.attributedString(copy) } catch { refused += 1 }
            }
        }
        #expect(refused > Self.short.count)
    }
}
