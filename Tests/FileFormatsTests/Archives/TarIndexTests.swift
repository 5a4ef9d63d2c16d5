import FileFormats
import Primitives
import SyntheticEvidence
import Testing

struct TarIndexTests {
    static func listing(_ bytes: [UInt8]) -> ArchiveListing { TarIndex.listing(of: ForwardSource(MemorySource(bytes))) }

    static func names(_ listing: ArchiveListing) -> [String] {
        (0..<listing.paths.count).map { index in
            String(decoding: listing.paths.path(at: index).map { $0 == 0 ? 47 : $0 }, as: UTF8.self)
        }
    }

    static func content(_ name: String, _ listing: ArchiveListing, _ bytes: [UInt8]) throws -> [UInt8] {
        let path = name.utf8.map { $0 == 47 ? 0 : $0 }
        let index = try #require(listing.paths.index(of: path))
        return try listing.members[listing.paths.number(at: index)].contents(inTar: MemorySource(bytes)).bytes()
    }

    static let long = String(repeating: "long-name/", count: 13) + "file.db"

    @Test(arguments: [TarWriter.LongNames.pax, .gnu, .ustar])
    func `names, long ones too, lead to their content`(_ form: TarWriter.LongNames) throws {
        var writer = TarWriter(longNames: form)
        writer.addFolder("./a")
        writer.add("./a/one", Array("1".utf8))
        writer.add(Self.long, Array(repeating: 7, count: 1_025))
        writer.add("/absolute//./x", Array("3".utf8))
        writer.add("empty", [])
        writer.addLink("link", to: "/etc/passwd")
        let bytes = writer.finish()
        let listing = Self.listing(bytes)
        #expect(listing.damage.isEmpty)
        #expect(Self.names(listing) == ["a/one", "absolute/x", "empty", Self.long])
        #expect(try Self.content("a/one", listing, bytes) == Array("1".utf8))
        #expect(try Self.content(Self.long, listing, bytes) == Array(repeating: 7, count: 1_025))
        #expect(try Self.content("absolute/x", listing, bytes) == Array("3".utf8))
        #expect(try Self.content("empty", listing, bytes).isEmpty)
    }

    @Test func `names that lead out are left out, and the first of two members wins`() throws {
        var writer = TarWriter()
        writer.add("a/../../b", [1])
        writer.add("same", Array("first".utf8))
        writer.add("./same", Array("second".utf8))
        writer.add(bytes: [0x62, 0xE9], [1])
        writer.add(String(repeating: "x/", count: 2_500), [1])
        let bytes = writer.finish()
        let listing = Self.listing(bytes)
        #expect(listing.outside == 1)
        #expect(listing.duplicates == 1)
        #expect(listing.malformedNames == 1)
        #expect(listing.unusable == 0)
        #expect(listing.paths.count == 2)
        #expect(try Self.content("same", listing, bytes) == Array("first".utf8))
        var other = TarWriter()
        other.add(String(repeating: "x/", count: 2_500) + "y", [1])
        #expect(Self.listing(other.finish()).unusable == 1)
    }

    @Test func `a hard link has the content of its target`() throws {
        var writer = TarWriter()
        writer.add("target", Array("shared".utf8))
        writer.addHardLink("other", to: "./target")
        writer.addHardLink("lost", to: "nowhere")
        let bytes = writer.finish()
        let listing = Self.listing(bytes)
        #expect(try Self.content("other", listing, bytes) == Array("shared".utf8))
        #expect(throws: ParseError.self) { try Self.content("lost", listing, bytes) }
    }

    @Test func `a damaged header costs its member, and the next one is found`() throws {
        var writer = TarWriter()
        writer.add("one", Array(repeating: 1, count: 600))
        let damaged = writer.bytes.count
        writer.add("two", Array(repeating: 2, count: 600))
        writer.add("three", Array(repeating: 3, count: 600))
        var bytes = writer.finish()
        bytes[damaged] ^= 0xFF
        let listing = Self.listing(bytes)
        #expect(Self.names(listing) == ["one", "three"])
        #expect(listing.damage.map(\.kind) == [.malformed])
        #expect(listing.damage.first?.offset == damaged)
        #expect(try Self.content("three", listing, bytes) == Array(repeating: 3, count: 600))
    }

    @Test func `cut anywhere, what stood before counts, and the cut is told`() throws {
        var writer = TarWriter()
        writer.add("one", Array(repeating: 1, count: 700))
        writer.add(Self.long, Array(repeating: 2, count: 700))
        let bytes = writer.finish()
        for end in 0..<bytes.count - 512 {
            let cut = Array(bytes[..<end])
            let listing = Self.listing(cut)
            #expect(!listing.damage.isEmpty, "\(end)")
            if end >= 512 + 700 { #expect(try Self.content("one", listing, cut).count == 700, "\(end)") }
            if end > 600, end < 512 + 700 {
                let member = try #require(listing.members.first)
                #expect(member.isCut)
                let content = try member.contents(inTar: MemorySource(cut))
                #expect(content.count == end - 512)
                #expect(content.damage.map(\.kind) == [.truncated])
            }
        }
        #expect(Self.listing(bytes).damage.isEmpty)
    }

    @Test func `any byte may be wrong`() {
        var writer = TarWriter()
        writer.add(Self.long, Array(repeating: 2, count: 700))
        writer.addHardLink("link", to: "x")
        let bytes = writer.finish()
        for index in bytes.indices {
            for mask in [0xFF, 0x80, 0x01] as [UInt8] {
                var damaged = bytes
                damaged[index] ^= mask
                for member in Self.listing(damaged).members {
                    _ = try? member.contents(inTar: MemorySource(damaged)).bytes()
                }
            }
        }
    }

    @Test(arguments: ["99999999999", "77777777777", "\u{7F}\u{7F}"])
    func `a size beyond the archive is believed up to its end only`(_ size: String) throws {
        var writer = TarWriter()
        writer.addRecords([("size", Array(size.utf8))])
        writer.add("large", [1, 2, 3])
        let bytes = writer.finish()
        let listing = Self.listing(bytes)
        let member = try #require(listing.members.first)
        let content = try member.contents(inTar: MemorySource(bytes)).bytes()
        #expect(content.starts(with: [1, 2, 3]))
        #expect(content.count < 10_000)
    }

    @Test func `a sparse member says that it is not read`() throws {
        var writer = TarWriter()
        writer.addRecords([("GNU.sparse.major", [0x31]), ("GNU.sparse.name", Array("holes".utf8))])
        writer.add("GNUSparseFile.0/holes", [1])
        let listing = Self.listing(writer.finish())
        #expect(Self.names(listing) == ["holes"])
        #expect(listing.members.first?.packing == .sparse)
        #expect(throws: ParseError.self) { try listing.members[0].contents(inTar: MemorySource([])) }
    }

    @Test func `small members that are wanted are kept`() throws {
        var writer = TarWriter()
        writer.add("a/wanted", Array("w".utf8))
        writer.add("a/other", Array("o".utf8))
        let listing = TarIndex.listing(of: ForwardSource(MemorySource(writer.finish()))) { name in
            name.suffix(6).elementsEqual("wanted".utf8)
        }
        #expect(listing.kept == [0: Array("w".utf8)])
    }

    @Test func `a tar archive that unpacks without end is ended`() {
        var writer = TarWriter()
        writer.add("a", Array(repeating: 0, count: 100_000))
        writer.add("b", Array(repeating: 0, count: 100_000))
        let source = InflatedSource(gzip: MemorySource(ZipWriter.gzipped(writer.finish())))
        let listing = TarIndex.listing(of: LimitedBytes(source, limit: 50_000))
        #expect(listing.damage.map(\.kind) == [.beyondLimit])
        #expect(listing.members.map(\.isCut) == [true])
    }
}
