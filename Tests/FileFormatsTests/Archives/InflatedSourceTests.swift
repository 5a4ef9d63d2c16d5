import FileFormats
import Primitives
import SyntheticEvidence
import Testing

struct InflatedSourceTests {
    /// Bytes that pack well and repeat nowhere.
    static let content: [UInt8] = (0..<3_000_000).map { UInt8(truncatingIfNeeded: ($0 >> 6) &* 2_654_435_761 >> 7) }

    /// Reads without asking how many bytes there are.
    static func read(_ source: InflatedSource, at offset: Int, _ count: Int) throws -> [UInt8] {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { memory.deallocate() }
        let length = try source.read(at: offset, into: memory)
        return Array(memory[..<length])
    }

    @Test func `any position can be read, in any order`() throws {
        let source = InflatedSource(gzip: MemorySource(ZipWriter.gzipped(Self.content)))
        for offset in [2_900_000, 0, 1_500_000, 1_499_990, 262_143, 2_999_000, 2_000_000, 262_144] {
            let found = try Self.read(source, at: offset, 1_000)
            #expect(found == Array(Self.content[offset..<offset + 1_000]))
        }
        #expect(try Self.read(source, at: 2_999_999, 10).count == 1)
        #expect(try Self.read(source, at: Self.content.count, 1).isEmpty)
        #expect(source.end == Self.content.count)
        #expect(source.count == Self.content.count)
    }

    @Test func `several packed parts behind each other are one`() throws {
        let stored = ZipWriter.gzipped(Array("one ".utf8)) + ZipWriter.gzipped(Array("two".utf8)) + [0, 0, 0]
        let source = InflatedSource(gzip: MemorySource(stored))
        #expect(try Self.read(source, at: 0, 20) == Array("one two".utf8))
    }

    @Test func `damage is thrown where it is, and what stands before can be read`() throws {
        let stored = ZipWriter.gzipped(Self.content)
        let source = InflatedSource(gzip: MemorySource(Array(stored[..<(stored.count / 2)])))
        #expect(try Self.read(source, at: 0, 100) == Array(Self.content[..<100]))
        #expect(throws: ParseError.self) { try Self.read(source, at: Self.content.count - 100, 100) }
        let end = try #require(source.end)
        #expect(end > 100)
        #expect(try Self.read(source, at: end - 50, 50) == Array(Self.content[end - 50..<end]))
    }

    @Test func `a large member of a zip archive is read piece by piece`() throws {
        // Beyond the 32 MB that are unpacked at once.
        var large: [UInt8] = []
        for _ in 0..<12 { large += Self.content }
        var writer = ZipWriter()
        writer.add("large", large, .deflated)
        let bytes = writer.finish()
        let member = try #require(try ZipDirectory.listing(of: MemorySource(bytes)).members.first)
        let source = try member.contents(inZip: MemorySource(bytes))
        #expect(source.count == large.count)
        for offset in [35_000_000, 1_000_000, 20_000_000, 0] {
            let found = try source.bytes(in: offset..<offset + 500)
            #expect(found == Array(large[offset..<offset + 500]))
        }
        let whole = try source.bytes()
        #expect(whole == large)
    }
}
