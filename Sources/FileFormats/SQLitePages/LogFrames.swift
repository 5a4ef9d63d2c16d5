import Primitives

/// The frames of a write-ahead log: which are valid, which are committed, and which is the last of each page.
///
/// A frame counts if its salts are those of the log's header and its checksum, which goes on from frame to frame, is
/// right. What stands behind the last commit was never part of the database; what has other salts is left over from
/// before the log was begun anew. Source: <https://www.sqlite.org/fileformat2.html#the_write_ahead_log>
struct LogFrames {
    static let headerSize = 32
    static let frameHeaderSize = 24
    /// More frames than an honest log has: four gigabytes of the usual pages.
    private static let limit = 1_000_000

    /// What the header of one frame says.
    struct FrameHeader {
        let page: Int
        /// Pages of the database behind this frame, if it ends a transaction.
        let databaseSize: Int
        let salts: UInt64
        let checksum: UInt64

        init(_ bytes: UnsafeRawPointer) {
            page = bytes.big32(0)
            databaseSize = bytes.big32(4)
            salts = bytes.big64(8)
            checksum = bytes.big64(16)
        }
    }

    let source: any ByteSource
    let pageSize: Int
    let salts: UInt64
    /// The last committed frame of each page, counted from 1.
    let current: [UInt32: Int32]
    /// Frames up to the last commit.
    let committed: Int
    /// Frames that belong to the log as it is, committed or not.
    let valid: Int
    /// Whole frames that the file holds, of whatever age.
    let total: Int
    /// Pages of the database behind the last commit.
    let databaseSize: Int

    /// Reads all frame headers and checks the sums of those that count.
    init(_ source: any ByteSource) throws(ParseError) {
        self.source = source
        let header = try source.bytes(in: 0..<LogFrames.headerSize)
        // 0x377f0682 or 0x377f0683; the last bit says in which order the sums take the bytes of a word.
        guard header.count == LogFrames.headerSize, header[0..<3] == [0x37, 0x7F, 0x06], header[3] & 0xFE == 0x82 else {
            throw ParseError(
                header.count < LogFrames.headerSize ? .truncated : .malformed, "a write-ahead log header", at: 0,
                in: "-wal")
        }
        func number(_ offset: Int) -> Int { header[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        let size = number(8)
        guard DatabaseHeader.isPageSize(size) else {
            throw ParseError(.malformed, "a page size of 512 to 65536 bytes", at: 8, in: "-wal")
        }
        pageSize = size
        salts = UInt64(number(16)) << 32 | UInt64(number(20))
        let frameSize = size + LogFrames.frameHeaderSize
        total = (source.count - LogFrames.headerSize) / frameSize
        guard total <= LogFrames.limit else {
            throw ParseError(.beyondLimit, "at most \(LogFrames.limit) frames", in: "-wal")
        }
        var sum = Checksum(isBigEndian: header[3] & 1 == 1)
        header.withUnsafeBytes { if let start = $0.baseAddress { sum.add(start, 24) } }
        guard sum.value == UInt64(number(24)) << 32 | UInt64(number(28)) else {
            throw ParseError(.malformed, "the checksum of a write-ahead log header", at: 24, in: "-wal")
        }
        var (current, pending): ([UInt32: Int32], [(UInt32, Int32)]) = ([:], [])
        var (committed, valid, databaseSize) = (0, 0, 0)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: frameSize + 16, alignment: 16)
        defer { buffer.deallocate() }
        let frame = UnsafeMutableRawBufferPointer(rebasing: buffer[..<frameSize])
        guard let start = UnsafeRawPointer(frame.baseAddress) else {
            throw ParseError(.unreadable, "memory for a frame", in: "-wal")
        }
        while valid < total {
            let length = try source.read(at: LogFrames.headerSize + valid * frameSize, into: frame)
            guard length == frameSize else { break }
            let header = FrameHeader(start)
            guard header.salts == salts, header.page != 0 else { break }
            sum.add(start, 8)
            sum.add(start + LogFrames.frameHeaderSize, size)
            guard sum.value == header.checksum else { break }
            valid += 1
            pending.append((UInt32(truncatingIfNeeded: header.page), Int32(valid)))
            if header.databaseSize != 0 {
                for (page, frame) in pending { current[page] = frame }
                pending.removeAll(keepingCapacity: true)
                committed = valid
                databaseSize = header.databaseSize
            }
        }
        self.current = current
        self.committed = committed
        self.valid = valid
        self.databaseSize = databaseSize
    }

    /// Where the page of a frame begins in the log.
    func offset(ofFrame frame: Int) -> Int {
        LogFrames.headerSize + (frame - 1) * (pageSize + LogFrames.frameHeaderSize) + LogFrames.frameHeaderSize
    }

    /// Two sums over pairs of words, as section 4.2 of the format describes them.
    private struct Checksum {
        let isBigEndian: Bool
        private var first: UInt32 = 0
        private var second: UInt32 = 0

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        var value: UInt64 { UInt64(first) << 32 | UInt64(second) }

        mutating func add(_ bytes: UnsafeRawPointer, _ count: Int) {
            var (one, two) = (first, second)
            var offset = 0
            while offset + 8 <= count {
                let left = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                let right = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                one = one &+ (isBigEndian ? UInt32(bigEndian: left) : UInt32(littleEndian: left)) &+ two
                two = two &+ (isBigEndian ? UInt32(bigEndian: right) : UInt32(littleEndian: right)) &+ one
                offset += 8
            }
            (first, second) = (one, two)
        }
    }
}
