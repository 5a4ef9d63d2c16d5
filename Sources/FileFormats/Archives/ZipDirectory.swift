public import Primitives

/// Reads the list of a zip archive from its directory, which stands at the end; archives beyond 4 GB too.
///
/// Without a directory the archive was cut off, and the members are found one after another from the start.
public enum ZipDirectory {
    /// The record at the very end: 22 bytes and a comment of at most 65535 (section 4.3.16).
    private static let endSize = 22
    private static let endSignature: UInt64 = 0x0605_4B50
    private static let largeEndSignature: UInt64 = 0x0606_4B50
    private static let largeLocatorSignature: UInt64 = 0x0706_4B50
    /// The directory is read in pieces of this size; no record is larger than 200 KB.
    private static let window = 4 << 20

    /// Where the directory lies.
    private struct Position {
        var start: Int
        var size: Int
        var count: UInt64
        /// What has to be added to every offset because something stands before the archive.
        var shift: Int
    }

    /// Whether bytes begin like a zip archive: with a member, or with the end of an empty archive.
    public static func isArchive(_ start: [UInt8]) -> Bool {
        start.count >= 22 && [UInt64(ZipRecord.localSignature), endSignature].contains(start.littleEndian(4, at: 0))
    }

    /// The list of an archive.
    public static func listing(of source: any ByteSource) throws(ParseError) -> ArchiveListing {
        guard let position = try position(in: source) else {
            var listing = ArchiveListing()
            listing.note(ParseError(.truncated, "the directory at the end of a zip archive", at: source.count))
            try ZipRecovery.read(source, into: &listing)
            listing.finish()
            return listing
        }
        var listing = ArchiveListing()
        try read(position, in: source, into: &listing)
        listing.finish()
        return listing
    }

    private static func read(
        _ position: Position, in source: any ByteSource, into listing: inout ArchiveListing
    ) throws(ParseError) {
        var bytes: [UInt8] = []
        var offset = 0
        // Of the bytes in the window.
        var windowEnd = position.start
        let end = position.start + position.size
        var count: UInt64 = 0
        while true {
            if bytes.count - offset < 256 << 10, windowEnd < end {
                let next = try source.bytes(in: windowEnd..<min(end, windowEnd + window))
                bytes = Array(bytes[offset...]) + next
                offset = 0
                windowEnd = next.isEmpty ? end : windowEnd + next.count
            }
            guard offset < bytes.count else { break }
            guard let record = ZipRecord(directory: bytes, at: offset) else {
                listing.note(
                    ParseError(.malformed, "an entry of the directory", at: windowEnd - (bytes.count - offset)))
                break
            }
            offset += record.length
            count += 1
            guard record.isFile else { continue }
            var member = record.member
            let (shifted, isTooLarge) = member.offset.addingReportingOverflow(position.shift)
            member.offset = isTooLarge ? source.count : shifted
            listing.add(record.name, member)
        }
        // The short form counts only up to 65535.
        if count != position.count, count & 0xFFFF != position.count {
            listing.note(
                ParseError(.malformed, "as many entries as the directory announces", at: position.start))
        }
    }

    /// Finds the directory by the record at the end, if there is one.
    private static func position(in source: any ByteSource) throws(ParseError) -> Position? {
        let start = max(0, source.count - endSize - 0xFFFF)
        let bytes = try source.bytes(in: start..<source.count)
        guard bytes.count >= endSize else { return nil }
        for index in stride(from: bytes.count - endSize, through: 0, by: -1) where bytes[index] == 0x50 {
            // A comment that contains the signature does not end where the file does.
            guard bytes.littleEndian(4, at: index) == endSignature,
                index + endSize + Int(bytes.littleEndian(2, at: index + 20)) <= bytes.count
            else { continue }
            if let position = try position(bytes, at: index, start + index, in: source) { return position }
        }
        return nil
    }

    private static func position(
        _ bytes: [UInt8], at index: Int, _ endOffset: Int, in source: any ByteSource
    ) throws(ParseError) -> Position? {
        var count = bytes.littleEndian(2, at: index + 10)
        var size = bytes.littleEndian(4, at: index + 12)
        var start = bytes.littleEndian(4, at: index + 16)
        var behind = endOffset
        if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF, endOffset >= 20 {
            let locator = try source.bytes(in: endOffset - 20..<endOffset)
            if locator.littleEndian(4, at: 0) == largeLocatorSignature,
                let announced = Int(exactly: locator.littleEndian(8, at: 8))
            {
                for offset in [announced, endOffset - 76] where offset >= 0 && offset <= source.count - 56 {
                    let record = try source.bytes(in: offset..<offset + 56)
                    guard record.littleEndian(4, at: 0) == largeEndSignature else { continue }
                    count = record.littleEndian(8, at: 32)
                    size = record.littleEndian(8, at: 40)
                    start = record.littleEndian(8, at: 48)
                    behind = offset
                    break
                }
            }
        }
        guard let size = Int(exactly: size), let announced = Int(exactly: start), size <= behind else { return nil }
        // The directory stands directly before its end record; where it is said to be differs if something was put
        // before the archive.
        for start in [announced, behind - size] where start >= 0 && start <= source.count - size {
            let signature = try source.bytes(in: start..<min(start + 4, source.count))
            let isEmpty = size == 0 && count == 0
            if isEmpty || signature.littleEndian(4, at: 0) == UInt64(ZipRecord.directorySignature) {
                return Position(start: start, size: size, count: count, shift: start - announced)
            }
        }
        return nil
    }
}
