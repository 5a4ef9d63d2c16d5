import CZlib
public import Primitives

/// A file of a Biome stream: entries in the order in which they were written, each with a state and a time.
///
/// Two versions exist; numbers have their least significant byte first, times are 64-bit numbers of seconds since
/// 2001-01-01T00:00:00Z.
///
///     Version 1, to iOS 16                           Version 2, from iOS 17
///      0  end of the entries, from the file's start   0  SEGB
///      4  not known                                   4  number of entries
///     52  SEGB                                        8  creation
///     56  entries, each beginning at a multiple       16  not known
///         of 8:                                      32  entries, each beginning at a multiple of 4:
///          0  size of the content                         0  CRC-32 of the content
///          4  state                                       4  not known
///          8  time, 16 another time                       8  content
///         24  CRC-32 of the content                   …  at the end of the file, 16 bytes for each entry:
///         28  not known                                   0  end of the entry, from byte 32 of the file
///         32  content                                     4  state
///                                                         8  time
///
/// - SeeAlso: <https://github.com/cclgroupltd/ccl-segb>
/// - SeeAlso: <https://cellebrite.com/en/understanding-and-decoding-the-newest-ios-segb-format/>
public struct SegmentFile: Sendable {
    /// What became of an entry; a struct, because the writers of the format may know more.
    public struct State: Sendable, Hashable, RawRepresentable {
        /// The number as stored.
        public let rawValue: Int32

        /// A state from its number.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// The entry is in use.
        public static let written = State(rawValue: 1)
        /// The entry was deleted; its bytes may be there all the same.
        public static let deleted = State(rawValue: 3)
    }

    /// One entry.
    public struct Entry: Sendable {
        /// Distance of the content in bytes from the start of the file.
        public var offset: Int
        /// What became of it.
        public var state: State
        /// When it was written, by the device's clock.
        public var time: Timestamp?
        /// The content, most often a message of Protocol Buffers.
        public var content: ArraySlice<UInt8>
        /// Whether the content is what the checksum was made of; false once the bytes were overwritten or wiped.
        public var isIntact: Bool
    }

    /// 1 or 2.
    public let version: Int
    /// The entries in the order of the file.
    public private(set) var entries: [Entry] = []
    /// What was not read, and why.
    public private(set) var damage: [ParseError] = []

    private static let magic = Array("SEGB".utf8)
    /// One damaged file must not fill the notes.
    private static let damageLimit = 20

    /// Reads all entries; throws if the bytes are neither version.
    public init(parsing bytes: [UInt8]) throws(ParseError) {
        if bytes.count >= 32, bytes[0..<4].elementsEqual(SegmentFile.magic) {
            version = 2
            try readSecond(bytes)
        } else if bytes.count >= 56, bytes[52..<56].elementsEqual(SegmentFile.magic) {
            version = 1
            try readFirst(bytes)
        } else {
            throw ParseError(bytes.count < 56 ? .truncated : .malformed, "the header of a Biome stream", at: 0)
        }
    }

    private mutating func note(_ error: ParseError) {
        if damage.count < SegmentFile.damageLimit { damage.append(error) }
    }

    private mutating func readFirst(_ bytes: [UInt8]) throws(ParseError) {
        var cursor = ByteCursor(bytes)
        let end = try Int(cursor.littleEndian(bytes: 4, "the end of the entries"))
        if end > bytes.count { note(ParseError(.truncated, "all entries that the header announces", at: bytes.count)) }
        cursor = ByteCursor(bytes, at: 56)
        while cursor.offset < min(end, bytes.count) {
            let start = cursor.offset
            do throws(ParseError) {
                let size = try Int(cursor.littleEndian(bytes: 4, "the size of an entry"))
                let state = try cursor.littleEndian(bytes: 4, "the state of an entry")
                let time = try cursor.littleEndian(bytes: 8, "the time of an entry")
                try cursor.skip(8, "another time of an entry")
                let checksum = try cursor.littleEndian(bytes: 4, "the checksum of an entry")
                try cursor.skip(4, "the head of an entry")
                let offset = cursor.offset
                add(try cursor.take(size, "the content of an entry"), at: offset, state, time, checksum)
            } catch {
                // Without its size there is no way to the next entry.
                note(error)
                return
            }
            let padding = (8 - cursor.offset % 8) % 8
            guard padding <= cursor.remaining, cursor.offset > start else { return }
            try cursor.skip(padding, "the start of the next entry")
        }
    }

    private mutating func readSecond(_ bytes: [UInt8]) throws(ParseError) {
        var cursor = ByteCursor(bytes, at: 4)
        let count = try Int(cursor.littleEndian(bytes: 4, "a number of entries"))
        guard count <= (bytes.count - 32) / 16 else {
            throw ParseError(.truncated, "16 bytes at the end for each entry", at: bytes.count)
        }
        let trailer = bytes.count - count * 16
        var heads: [(end: Int, state: UInt64, time: UInt64)] = []
        heads.reserveCapacity(count)
        cursor = ByteCursor(bytes, at: trailer)
        for _ in 0..<count {
            let end = try Int(cursor.littleEndian(bytes: 4, "the end of an entry"))
            let state = try cursor.littleEndian(bytes: 4, "the state of an entry")
            heads.append((end, state, try cursor.littleEndian(bytes: 8, "the time of an entry")))
        }
        // Entries are stored one behind the other; sorted, each begins where the one before it ends.
        heads.sort { ($0.end, $0.time) < ($1.end, $1.time) }
        var start = 32
        for head in heads {
            let end = head.end + 32
            guard end <= trailer, end - start >= 8 else {
                note(ParseError(.malformed, "an end of an entry behind its start", at: start))
                continue
            }
            var entry = ByteCursor(bytes, at: start)
            let checksum = try entry.littleEndian(bytes: 4, "the checksum of an entry")
            add(bytes[start + 8..<end], at: start + 8, head.state, head.time, checksum)
            start = end + (4 - end % 4) % 4
        }
    }

    private mutating func add(
        _ content: ArraySlice<UInt8>, at offset: Int, _ state: UInt64, _ time: UInt64, _ checksum: UInt64
    ) {
        entries.append(
            Entry(
                offset: offset, state: State(rawValue: Int32(truncatingIfNeeded: state)),
                time: Timestamp(cocoaSeconds: Double(bitPattern: time)), content: content,
                isIntact: SegmentFile.checksum(content) == checksum))
    }

    private static func checksum(_ content: ArraySlice<UInt8>) -> UInt64 {
        content.withUnsafeBufferPointer { UInt64(crc32(0, $0.baseAddress, UInt32(clamping: $0.count))) }
    }
}
