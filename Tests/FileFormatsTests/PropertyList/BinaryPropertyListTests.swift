import FileFormats
import Primitives
import Testing

struct BinaryPropertyListTests {
    /// One value of every kind, written with Python's `plistlib`.
    static let every = [UInt8](
        hexadecimal: """
            62706c6973743030df10130102030405060708090a0b0c0d0e0f101112131415161718191a1b20212223242526272829
            2a54627974655464617461546461746555656d7074795566616c73655468756765556c65617374546c697374546c6f6e
            67596c6f6e672074657874586e65676174697665546e6f6e65547265616c5573686f727455736d616c6c547465787455
            74727574685375696456756d6c61757410c8440001feff3341c39936e4800000d0081400000000000000008000000000
            000001138000000000000000a31c1d1e10015374776fa11f23400a00000000000012b2d05e005f102878787878787878
            78787878787878787878787878787878787878787878787878787878787878787813fffffffffffffffba0233ff80000
            00000000119c40100755706c61696e0981012c6a004d00fc006e006300680065006e0020d83dde00000800310036003b
            00400046004c00510057005c0061006b00740079007e0084008a008f0095009900a000a200a700b000b100b200c300cc
            00d000d200d600d800e100e60111011a011b012401270129012f013001330000000000000201000000000000002b0000
            0000000000000000000000000148
            """)

    @Test func `every kind of value is read`() throws {
        let list = try PropertyList(parsing: Self.every)
        #expect(list["truth"] == .truth(true))
        #expect(list["false"] == .truth(false))
        #expect(list["small"] == .integer(7))
        #expect(list["byte"] == .integer(200))
        #expect(list["short"] == .integer(40_000))
        #expect(list["long"] == .integer(3_000_000_000))
        #expect(list["negative"] == .integer(-5))
        #expect(list["least"] == .integer(.min))
        #expect(list["huge"] == .null)
        #expect(list["real"] == .real(1.5))
        #expect(list["date"]?.moment?.description == "2021-11-03T07:12:09.000000Z")
        #expect(list["data"] == .bytes([0, 1, 0xFE, 0xFF]))
        #expect(list["text"] == .text("plain"))
        #expect(list["umlaut"] == .text("München 😀"))
        #expect(list["list"] == .list([.integer(1), .text("two"), .list([.real(3.25)])]))
        #expect(list["empty"] == .dictionary([:]))
        #expect(list["none"] == .list([]))
        #expect(list["uid"] == .uid(300))
        #expect(list["long text"] == .text(String(repeating: "x", count: 40)))
        #expect(list.members.count == 19)
    }

    @Test func `values are found without reading the others`() throws {
        let list = try BinaryPropertyList(parsing: Self.every)
        func find(_ name: StaticString) throws -> Int { try #require(list.value(named: name, in: list.root)) }
        #expect(list.count(of: list.root) == 19)
        #expect(list.integer(try find("least")) == .min)
        #expect(list.truth(try find("truth")) == true)
        #expect(list.truth(try find("false")) == false)
        #expect(list.truth(try find("small")) == nil)
        #expect(list.text(try find("umlaut")) == "München 😀")
        #expect(list.data(try find("data")) == [0, 1, 0xFE, 0xFF])
        #expect(list.uid(try find("uid")) == 300)
        #expect(list.real(try find("real")) == 1.5)
        #expect(list.moment(try find("date"))?.description == "2021-11-03T07:12:09.000000Z")
        let second = try #require(list.element(1, of: try find("list")))
        #expect(list.isText(second, "two"))
        #expect(list.element(3, of: try find("list")) == nil)
        #expect(list.element(-1, of: try find("list")) == nil)
        #expect(list.value(named: "absent", in: list.root) == nil)
        #expect(list.text(-1) == nil && list.text(.max) == nil)
        var names: [String] = []
        list.forEachMember(of: list.root) { key, _ in names.append(list.text(key) ?? "") }
        #expect(names.count == 19 && names.contains("long text"))
    }

    @Test func `sets, null, floats and numbers of 16 bytes are read`() throws {
        let zeros = [UInt8](repeating: 0, count: 8)
        let ones = [UInt8](repeating: 0xFF, count: 8)
        let list = try PropertyList(
            parsing: [UInt8](propertyListObjects: [
                [0xA6, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6],
                [0xC1, 0, 2], [0x00], [0x22, 0x3F, 0xC0, 0, 0], [0x14] + zeros + [0, 0, 0, 0, 0, 0, 0, 5],
                [0x14] + ones + ones,
                [0x14] + ones + zeros,
            ]))
        #expect(list == .list([.list([.null]), .null, .real(1.5), .integer(5), .integer(-1), .null]))
    }

    @Test func `a date beyond the calendar has no form`() throws {
        for pattern: [UInt8] in [[0x7F, 0xF8], [0x7F, 0xF0], [0xFF, 0xEF]] {
            let list = try PropertyList(parsing: [UInt8](propertyListObjects: [[0x33] + pattern + [0, 0, 0, 0, 0, 0]]))
            #expect(list == .null)
        }
        let zero = try PropertyList(parsing: [UInt8](propertyListObjects: [[0x33, 0, 0, 0, 0, 0, 0, 0, 0]]))
        #expect(zero.moment?.description == "2001-01-01T00:00:00.000000Z")
    }

    @Test func `a list that holds itself is refused`() {
        let direct = [UInt8](propertyListObjects: [[0xA1, 0, 0]])
        let indirect = [UInt8](propertyListObjects: [[0xA1, 0, 1], [0xD1, 0, 2, 0, 0], [0x51, 0x61]])
        #expect(throws: ParseError.self) { try PropertyList(parsing: direct) }
        #expect(throws: ParseError.self) { try PropertyList(parsing: indirect) }
    }

    @Test(.timeLimit(.minutes(30))) func `lists that share lists a thousand million times are refused`() throws {
        // Ten levels of ten references each: 10^10 values in 300 bytes.
        var objects: [[UInt8]] = []
        for level: UInt8 in 1...10 { objects.append([0xAA] + [[UInt8]](repeating: [0, level], count: 10).joined()) }
        objects.append([0x10, 1])
        let error = try #require(throws: ParseError.self) {
            try PropertyList(parsing: [UInt8](propertyListObjects: objects))
        }
        #expect(error.kind == .beyondLimit)
    }

    @Test func `lists inside each other beyond a limit are refused`() throws {
        var objects: [[UInt8]] = []
        for level: UInt8 in 1...200 { objects.append([0xA1, 0, level]) }
        objects.append([0x10, 1])
        let error = try #require(throws: ParseError.self) {
            try PropertyList(parsing: [UInt8](propertyListObjects: objects))
        }
        #expect(error.kind == .beyondLimit)
    }

    @Test func `texts that overlap cost no more than the file has bytes`() throws {
        // 1,000 texts of 4,000 letters each, all but the first letter shared.
        var file = Array("bplist00".utf8) + [0xAF, 0x11, 0x03, 0xE8]
        for object in 1...1_000 { file += [UInt8(object >> 8), UInt8(object & 0xFF)] }
        let first = file.count
        for _ in 0..<2_000 { file += [0x5F, 0x11, 0x0F, 0xA0] }
        let table = file.count
        file += [0, 8]
        for offset in stride(from: first, to: first + 4_000, by: 4) {
            file += [UInt8(offset >> 8), UInt8(offset & 0xFF)]
        }
        file += [0, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 3, 0xE9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        file += [UInt8(table >> 8), UInt8(table & 0xFF)]
        let error = try #require(throws: ParseError.self) { try PropertyList(parsing: file) }
        #expect(error.kind == .beyondLimit)
    }

    @Test(.timeLimit(.minutes(30))) func `a damaged file is read or refused`() {
        var refused = 0
        forEachDamagedCopy(of: Self.every) { copy in
            do { _ = try PropertyList(parsing: copy) } catch { refused += 1 }
            guard let list = try? BinaryPropertyList(parsing: copy) else { return }
            for object in -1...list.objectCount {
                _ = (list.text(object), list.data(object), list.integer(object), list.real(object), list.moment(object))
                _ = (list.uid(object), list.element(0, of: object), list.value(named: "text", in: object))
            }
        }
        #expect(refused > Self.every.count)
    }
}
