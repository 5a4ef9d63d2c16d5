import Primitives

/// Reads the list of a tar archive: of the forms ustar, pax and GNU, with long names, and damaged ones as far as possible.
///
/// A header that is none is noted, and the next one is looked for. Where the bytes end before the archive does, what was
/// read before counts, and the member that was cut is marked.
public struct TarIndex {
    /// More than any name or pax header needs, in bytes.
    private static let extraLimit = 1 << 20
    /// How far the next header is looked for behind a damaged one, in bytes.
    private static let searchLimit = 64 << 20
    /// Larger members are never kept while the list is read.
    private static let keptSize = 1 << 20

    private let source: any SequentialBytes
    private let isKept: ([UInt8]) -> Bool
    private var listing = ArchiveListing()
    private var offset = 0
    /// Where the content of the last member ends.
    private var contentEnd = 0
    private var longName: [UInt8]?
    private var longTarget: [UInt8]?
    private var pax = PaxRecords()

    private init(_ source: any SequentialBytes, _ isKept: @escaping ([UInt8]) -> Bool) {
        self.source = source
        self.isKept = isKept
    }

    /// The list of an archive; the content of small members whose name `isKept` wants is kept.
    public static func listing(
        of source: any SequentialBytes, isKept: @escaping (_ name: [UInt8]) -> Bool = { _ in false }
    ) -> ArchiveListing {
        var index = TarIndex(source, isKept)
        do throws(ParseError) {
            try index.read()
        } catch {
            index.listing.note(error)
            // Where the bytes end is not always known; the last member is cut if nothing was read behind it.
            if !index.markCut(), index.contentEnd > 0, index.offset <= index.contentEnd.roundedUpToBlock {
                index.listing.cutLast(at: .max)
            }
        }
        index.listing.finish()
        return index.listing
    }

    /// Whether bytes begin like a tar archive.
    public static func isArchive(_ start: [UInt8]) -> Bool {
        start.count >= TarHeader.blockSize && TarHeader(Array(start[..<TarHeader.blockSize])) != nil
    }

    private mutating func read() throws(ParseError) {
        var emptyBlocks = 0
        while emptyBlocks < 2 {
            let block = try bytes(TarHeader.blockSize, at: offset)
            guard block.count == TarHeader.blockSize else { return endTooEarly(block.count) }
            if TarHeader.isEmpty(block) {
                emptyBlocks += 1
                offset += TarHeader.blockSize
                continue
            }
            emptyBlocks = 0
            if let header = TarHeader(block) {
                try take(header)
            } else {
                listing.note(ParseError(.malformed, "the header of a member, with its checksum", at: offset))
                forget()
                guard try findHeader() else { return }
            }
        }
    }

    private mutating func take(_ header: TarHeader) throws(ParseError) {
        offset += TarHeader.blockSize
        var holes = header.hasMoreHoles
        while holes {
            let block = try bytes(TarHeader.blockSize, at: offset)
            guard block.count == TarHeader.blockSize else { return }
            offset += TarHeader.blockSize
            holes = block[504] != 0
        }
        switch header.kind {
        case UInt8(ascii: "x"): pax = PaxRecords(try extra(header) ?? []) ?? damagedRecords()
        case UInt8(ascii: "L"): longName = try extra(header).map(TarIndex.untilZero)
        case UInt8(ascii: "K"): longTarget = try extra(header).map(TarIndex.untilZero)
        case UInt8(ascii: "g"), UInt8(ascii: "V"), UInt8(ascii: "M"), UInt8(ascii: "D"): try skip(header.size)
        case UInt8(ascii: "1"):
            listing.add(
                pax.path ?? longName ?? header.name, linkedTo: pax.linkTarget ?? longTarget ?? header.linkTarget)
            // What content a link may bring along is that of its target.
            try skip(pax.size ?? header.size)
            forget()
        // Symbolic links, devices, folders, pipes: no content.
        case UInt8(ascii: "2")...UInt8(ascii: "6"): forget()
        default:
            try takeFile(header)
            forget()
        }
    }

    private mutating func takeFile(_ header: TarHeader) throws(ParseError) {
        let name = pax.path ?? longName ?? header.name
        let size = pax.size ?? header.size
        let isSparse = pax.isSparse || header.kind == UInt8(ascii: "S")
        // Before POSIX, a folder was a file whose name ends so.
        if name.last != UInt8(ascii: "/") {
            var member = ArchiveMember(isSparse ? .sparse : .stored, offset: offset, storedSize: size, size: size)
            // Zero is what writers put where they know no time.
            let seconds = header.modified == 0 ? nil : header.modified
            member.modified = pax.modified ?? seconds.flatMap { Timestamp(unixSeconds: Int64($0)) }
            member.mode = header.mode & 0xFFF | 0x8000
            member.owner = header.owner
            let number = listing.add(name, member)
            contentEnd = number == nil ? 0 : size > Int.max - offset ? .max : offset + size
            if let number, !isSparse, size <= TarIndex.keptSize, isKept(name) {
                let content = try bytes(size, at: offset)
                if content.count == size { listing.keep(content, of: number) }
            }
        }
        try skip(size)
    }

    private mutating func forget() {
        longName = nil
        longTarget = nil
        pax = PaxRecords()
    }

    private mutating func damagedRecords() -> PaxRecords {
        listing.note(ParseError(.malformed, "lines of a pax header", at: offset))
        return PaxRecords()
    }

    /// The content of a header that describes the next member; nothing if it is too large.
    private mutating func extra(_ header: TarHeader) throws(ParseError) -> [UInt8]? {
        var content: [UInt8]?
        if header.size <= TarIndex.extraLimit {
            content = try bytes(header.size, at: offset)
        } else {
            listing.note(ParseError(.beyondLimit, "a name of at most \(TarIndex.extraLimit) bytes", at: offset))
        }
        try skip(header.size)
        return content
    }

    /// Goes behind content and what fills its last block.
    private mutating func skip(_ size: Int) throws(ParseError) {
        guard size <= Int.max - offset - TarHeader.blockSize else {
            throw ParseError(.malformed, "a member that fits into the archive", at: offset)
        }
        offset = (offset + size).roundedUpToBlock
    }

    /// Looks for the next header behind damage.
    private mutating func findHeader() throws(ParseError) -> Bool {
        let start = offset
        while offset - start < TarIndex.searchLimit {
            offset += TarHeader.blockSize
            let block = try bytes(TarHeader.blockSize, at: offset)
            guard block.count == TarHeader.blockSize else {
                endTooEarly(block.count)
                return false
            }
            if TarHeader.isHeader(block) { return true }
        }
        listing.note(ParseError(.malformed, "another header within \(TarIndex.searchLimit) bytes", at: start))
        return false
    }

    private mutating func endTooEarly(_ rest: Int) {
        let end = source.end ?? offset + rest
        if !markCut() {
            listing.note(ParseError(.truncated, "two empty blocks at the end of the archive", at: end))
        } else {
            listing.note(ParseError(.truncated, "the rest of a member", at: end))
        }
    }

    /// Marks the last member, if the bytes end within it.
    @discardableResult private mutating func markCut() -> Bool {
        guard let end = source.end, contentEnd > end else { return false }
        listing.cutLast(at: end)
        return true
    }

    private func bytes(_ count: Int, at offset: Int) throws(ParseError) -> [UInt8] {
        guard count > 0 else { return [] }
        var failure: ParseError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(ParseError) {
                filled = try source.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private static func untilZero(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix { $0 != 0 }) }
}

extension Int {
    /// The first multiple of a block's size that is not less, if there is one.
    fileprivate var roundedUpToBlock: Int {
        let rest = self % TarHeader.blockSize
        return rest == 0 || self > .max - TarHeader.blockSize ? self : self + TarHeader.blockSize - rest
    }
}
