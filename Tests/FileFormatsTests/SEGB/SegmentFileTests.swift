import FileFormats
import Primitives
import Testing

/// Files of both versions are built here number by number, so that a test can bend any of them.
struct SegmentFileTests {
    static func little(_ number: UInt64, bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: number >> UInt64($0 * 8)) }
    }

    /// The entry "abc", whose CRC-32 is 352441C2, as version 1 stores it.
    static func first(state: UInt64 = 1, time: Double = 656_000_000.5, checksum: UInt64 = 0x3524_41C2) -> [UInt8] {
        little(3, bytes: 4) + little(state, bytes: 4) + little(time.bitPattern, bytes: 8) + little(0, bytes: 8)
            + little(checksum, bytes: 4) + little(0, bytes: 4) + Array("abc".utf8)
    }

    static func version1(_ entries: [[UInt8]], end: Int? = nil) -> [UInt8] {
        var body: [UInt8] = []
        for entry in entries {
            while !body.count.isMultiple(of: 8) { body.append(0) }
            body += entry
        }
        return little(UInt64(end ?? 56 + body.count), bytes: 4) + Array(repeating: 0, count: 48) + Array("SEGB".utf8)
            + body
    }

    static func version2(_ contents: [String], ends: [UInt64]? = nil, count: UInt64? = nil) -> [UInt8] {
        var body: [UInt8] = []
        var found: [UInt64] = []
        for content in contents {
            while !body.count.isMultiple(of: 4) { body.append(0) }
            body += little(content == "abc" ? 0x3524_41C2 : 0, bytes: 4) + little(0, bytes: 4) + Array(content.utf8)
            found.append(UInt64(body.count))
        }
        let trailer = (ends ?? found).flatMap {
            little($0, bytes: 4) + little(1, bytes: 4) + little(656_000_000.5.bitPattern, bytes: 8)
        }
        return Array("SEGB".utf8) + little(count ?? UInt64(contents.count), bytes: 4)
            + Array(repeating: 0, count: 24) + body + trailer
    }

    @Test func `entries of the first version are read with state, time and checksum`() throws {
        let file = try SegmentFile(
            parsing: Self.version1([Self.first(), Self.first(state: 3, time: 0), Self.first(checksum: 1)]))
        #expect(file.version == 1)
        #expect(file.damage.isEmpty)
        #expect(file.entries.map { Array($0.content) } == Array(repeating: Array("abc".utf8), count: 3))
        #expect(file.entries.map(\.state) == [.written, .deleted, .written])
        #expect(file.entries.map(\.isIntact) == [true, true, false])
        #expect(file.entries.map(\.offset) == [88, 128, 168])
        #expect(
            file.entries.map(\.time) == [
                Timestamp(cocoaSeconds: 656_000_000.5), nil, Timestamp(cocoaSeconds: 656_000_000.5),
            ])
    }

    @Test func `entries of the second version are read in the order of their bytes`() throws {
        let file = try SegmentFile(parsing: Self.version2(["abc", "defgh", "abc"], ends: [39, 11, 25]))
        #expect(file.version == 2)
        #expect(file.damage.isEmpty)
        #expect(file.entries.map { String(decoding: $0.content, as: UTF8.self) } == ["abc", "defgh", "abc"])
        #expect(file.entries.map(\.isIntact) == [true, false, true])
        #expect(file.entries.map(\.offset) == [40, 52, 68])
    }

    @Test func `an entry longer than the file ends the reading, and keeps those before it`() throws {
        var long = Self.first()
        long[2] = 0x7F
        let file = try SegmentFile(parsing: Self.version1([Self.first(), long, Self.first()]))
        #expect(file.entries.count == 1)
        #expect(file.damage.map(\.kind) == [.truncated])
    }

    @Test func `an end beyond the file is noted`() throws {
        let file = try SegmentFile(parsing: Self.version1([Self.first()], end: 0xFFFF_FFFF))
        #expect(file.entries.count == 1)
        #expect(file.damage.map(\.kind) == [.truncated])
    }

    @Test func `ends that overlap, go back or lie in the trailer cost their entry only`() throws {
        let file = try SegmentFile(
            parsing: Self.version2(["abc", "abc", "abc", "abc"], ends: [11, 12, 0xFFFF_FFFF, 23]))
        #expect(file.entries.count == 2)
        #expect(file.damage.count == 2)
    }

    @Test func `more entries than the file can hold are refused`() {
        #expect(throws: ParseError.self) { try SegmentFile(parsing: Self.version2(["abc"], count: 0xFFFF_FFFF)) }
    }

    @Test func `bytes that are neither version are refused`() {
        #expect(throws: ParseError.self) { try SegmentFile(parsing: []) }
        #expect(throws: ParseError.self) { try SegmentFile(parsing: Array(repeating: 0x53, count: 100)) }
    }

    @Test func `damaged copies are read without a trap and without entries from nothing`() {
        for whole in [Self.version1([Self.first(), Self.first()]), Self.version2(["abc", "abc"])] {
            forEachDamagedCopy(of: whole) { bytes in
                let file = try? SegmentFile(parsing: bytes)
                #expect((file?.entries.count ?? 0) <= bytes.count / 8)
                #expect((file?.damage.count ?? 0) <= 20)
            }
        }
    }
}
