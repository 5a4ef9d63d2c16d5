import Primitives

/// Finds the members of a zip archive whose directory is missing, by the header before each of them.
enum ZipRecovery {
    /// Name and fields behind a header, in bytes.
    private static let headerLimit = ZipRecord.localSize + 2 * 0xFFFF

    /// Adds what is found up to the first thing that is no member.
    static func read(_ source: any ByteSource, into listing: inout ArchiveListing) throws(ParseError) {
        var offset = 0
        while offset < source.count {
            let bytes = try source.bytes(in: offset..<min(source.count, offset + headerLimit))
            let signature = bytes.littleEndian(4, at: 0)
            if signature == UInt64(ZipRecord.directorySignature) { return }
            guard var record = ZipRecord(local: bytes), record.length <= bytes.count else {
                let kind: ParseError.Kind =
                    bytes.count < 4 || signature == UInt64(ZipRecord.localSignature)
                    ? .truncated : .malformed
                listing.note(ParseError(kind, "the header of a member", at: offset))
                return
            }
            record.headerOffset = offset
            let start = offset + record.length
            var behind: Int?
            if record.hasDescriptor, record.storedSize == 0 {
                behind = try measure(&record, from: start, in: source)
            } else if record.storedSize <= source.count - start {
                behind = start + record.storedSize
                if record.hasDescriptor, let end = behind { behind = try descriptorEnd(at: end, in: source) }
            }
            var member = record.member
            if behind == nil {
                member.isCut = true
                member.storedSize = source.count - start
                listing.note(ParseError(.truncated, "the rest of a member", at: source.count))
            }
            if record.isFile { listing.add(record.name, member) }
            guard let next = behind else { return }
            offset = next
        }
    }

    /// Unpacks a member whose size stands behind it, only to learn where it ends.
    private static func measure(
        _ record: inout ZipRecord, from start: Int, in source: any ByteSource
    ) throws(ParseError) -> Int? {
        // Without DEFLATE's own mark nothing tells the end.
        guard record.method == 8, record.flags & 1 == 0 else { return nil }
        let cursor = try InflateCursor.begin(.bare, at: start)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { memory.deallocate() }
        while cursor.unpack(into: memory, from: source, end: source.count) == memory.count {}
        record.size = cursor.output
        guard cursor.failure == nil else { return nil }
        record.storedSize = cursor.nextInput - start
        let end = try descriptorEnd(at: cursor.nextInput, in: source)
        let descriptor = try source.bytes(in: cursor.nextInput..<min(source.count, end))
        let hasSignature = descriptor.littleEndian(4, at: 0) == descriptorSignature
        record.checksum = UInt32(truncatingIfNeeded: descriptor.littleEndian(4, at: hasSignature ? 4 : 0))
        return end
    }

    private static let descriptorSignature: UInt64 = 0x0807_4B50

    /// The end of the sizes behind a member: with or without a signature, of 4 or of 8 bytes each (section 4.3.9).
    private static func descriptorEnd(at offset: Int, in source: any ByteSource) throws(ParseError) -> Int {
        let bytes = try source.bytes(in: offset..<min(source.count, offset + 28))
        let start = bytes.littleEndian(4, at: 0) == descriptorSignature ? 4 : 0
        for length in [start + 12, start + 20] {
            // What follows is another member, or the directory.
            let next = bytes.littleEndian(4, at: length)
            if next == UInt64(ZipRecord.localSignature) || next == UInt64(ZipRecord.directorySignature) {
                return offset + length
            }
        }
        return min(source.count, offset + start + 12)
    }
}
