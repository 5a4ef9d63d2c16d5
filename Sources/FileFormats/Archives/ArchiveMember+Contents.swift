import CZlib
public import Primitives

extension ArchiveMember {
    /// Up to this size the content is unpacked at once, and its checksum compared, in bytes.
    private static let wholeLimit = 32 << 20
    /// DEFLATE can't make bytes more than 1032 times as many.
    private static let largestRatio = 1_032

    /// The content of a member of a tar archive.
    public func contents(inTar archive: any ByteSource) throws(ParseError) -> any ByteSource {
        try check()
        let range = offset..<offset.addingReportingOverflow(storedSize).partialValue
        return PartSource(archive, range, damage: cutDamage)
    }

    /// The content of a member of a zip archive.
    public func contents(inZip archive: any ByteSource) throws(ParseError) -> any ByteSource {
        try check()
        let range = try storedRange(in: archive)
        guard packing == .deflated else { return PartSource(archive, range, damage: cutDamage) }
        guard size / ArchiveMember.largestRatio <= storedSize + 64 else {
            throw ParseError(.beyondLimit, "content of at most \(ArchiveMember.largestRatio) times the stored bytes")
        }
        if size > ArchiveMember.wholeLimit {
            let unpacked = InflatedSource(archive, range, form: .bare, announced: size)
            return PartSource(unpacked, 0..<size, damage: cutDamage)
        }
        return try unpacked(range, of: archive)
    }

    /// Throws where there is no content that can be handed out.
    private func check() throws(ParseError) {
        switch packing {
        case .stored, .deflated: return
        case .encrypted: throw ParseError(.locked, "a member of the archive without a password")
        case .sparse: throw ParseError(.unsupported, "a member that is stored with its holes")
        case .unsupported: throw ParseError(.unsupported, "a member that is stored as it is, or packed by DEFLATE")
        case .missingTarget: throw ParseError(.absent, "the earlier member that this one is a link to")
        }
    }

    private var cutDamage: [ParseError] {
        isCut ? [ParseError(.truncated, "\(size) bytes, as the archive says", at: storedSize)] : []
    }

    /// Behind the header that stands before the member.
    private func storedRange(in archive: any ByteSource) throws(ParseError) -> Range<Int> {
        guard offset >= 0, offset <= archive.count - ZipRecord.localSize else {
            throw ParseError(.truncated, "the member that the directory of the archive lists")
        }
        let bytes = try archive.bytes(in: offset..<offset + ZipRecord.localSize)
        guard let header = ZipRecord(local: bytes) else {
            throw ParseError(.malformed, "the header of a member", at: offset)
        }
        let start = offset + header.length
        guard start <= archive.count, storedSize <= archive.count - start else {
            throw ParseError(.truncated, "the member that the directory of the archive lists", at: archive.count)
        }
        return start..<start + storedSize
    }

    private func unpacked(_ range: Range<Int>, of archive: any ByteSource) throws(ParseError) -> any ByteSource {
        let cursor = try InflateCursor.begin(.bare, at: range.lowerBound)
        // One byte more, to see whether the content goes on.
        var bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, filled in
            filled = cursor.unpack(into: UnsafeMutableRawBufferPointer(buffer), from: archive, end: range.upperBound)
        }
        var damage = cutDamage
        if bytes.count > size {
            bytes.removeLast()
            damage.append(ParseError(.malformed, "\(size) bytes, as the archive says", at: size))
        } else if let failure = cursor.failure, !isCut {
            damage.append(ParseError(failure.kind, failure.expected, at: bytes.count))
        } else if bytes.count < size, !isCut {
            damage.append(ParseError(.truncated, "\(size) bytes, as the archive says", at: bytes.count))
        } else if !isCut {
            let sum = bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32(clamping: $0.count)) }
            if UInt32(truncatingIfNeeded: sum) != checksum {
                damage.append(ParseError(.malformed, "bytes that agree with the checksum of the archive"))
            }
        }
        return PartSource(MemorySource(bytes), 0..<bytes.count, damage: damage)
    }
}
