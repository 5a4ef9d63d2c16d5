import Primitives

/// What a zip archive says about one member, in its directory or before the member itself.
///
/// Source: PKWARE, APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.4.
struct ZipRecord {
    static let directorySignature: UInt32 = 0x0201_4B50
    static let localSignature: UInt32 = 0x0403_4B50
    /// Bytes of an entry of the directory before the name.
    static let directorySize = 46
    /// Bytes before the name where the member itself lies.
    static let localSize = 30

    var flags: UInt16 = 0
    var method: UInt16 = 0
    var checksum: UInt32 = 0
    var storedSize = 0
    var size = 0
    /// Where the header before the member lies.
    var headerOffset = 0
    var name: [UInt8] = []
    /// Kind and permissions as in `st_mode` of POSIX; 0 if the member was not made on such a system.
    var mode: UInt32 = 0
    /// When the content last changed, where an extra field says so in UTC: the record's own time has no zone.
    var modified: Timestamp?
    /// Whether it is a folder or a link, not a file.
    var isFile = true
    /// Bytes of the record with all its fields.
    var length = 0

    /// Whether sizes and checksum stand behind the member, because they were not known before.
    var hasDescriptor: Bool { flags & 8 != 0 }

    init() {}

    /// Reads an entry of the directory; nothing if it is none, or not whole.
    init?(directory bytes: [UInt8], at start: Int) {
        guard bytes.count - start >= ZipRecord.directorySize,
            bytes.littleEndian(4, at: start) == UInt64(ZipRecord.directorySignature)
        else { return nil }
        let nameLength = Int(bytes.littleEndian(2, at: start + 28))
        let extraLength = Int(bytes.littleEndian(2, at: start + 30))
        let commentLength = Int(bytes.littleEndian(2, at: start + 32))
        length = ZipRecord.directorySize + nameLength + extraLength + commentLength
        guard bytes.count - start >= length else { return nil }
        take(bytes, at: start + 8)
        headerOffset = Int(bytes.littleEndian(4, at: start + 42))
        let nameStart = start + ZipRecord.directorySize
        name = Array(bytes[nameStart..<nameStart + nameLength])
        let extra = bytes[nameStart + nameLength..<nameStart + nameLength + extraLength]
        guard takeLargeSizes(extra, hasOffset: true) else { return nil }
        modified = ZipRecord.modified(extra)
        // The upper half of the external attributes is a Unix mode if the member was made on Unix or macOS.
        let system = bytes[start + 5]
        if system == 3 || system == 19 { mode = UInt32(bytes.littleEndian(2, at: start + 40)) }
        if mode & 0xF000 != 0, mode & 0xF000 != 0x8000 { isFile = false }
        finishName(isFromWindows: [0, 10, 11, 14].contains(system))
    }

    /// Reads the header before a member; nothing if it is none, or not whole.
    init?(local bytes: [UInt8], at start: Int = 0) {
        guard bytes.count - start >= ZipRecord.localSize,
            bytes.littleEndian(4, at: start) == UInt64(ZipRecord.localSignature)
        else { return nil }
        let nameLength = Int(bytes.littleEndian(2, at: start + 26))
        let extraLength = Int(bytes.littleEndian(2, at: start + 28))
        length = ZipRecord.localSize + nameLength + extraLength
        take(bytes, at: start + 6)
        let nameStart = start + ZipRecord.localSize
        guard bytes.count - start >= length else { return }
        name = Array(bytes[nameStart..<nameStart + nameLength])
        guard takeLargeSizes(bytes[nameStart + nameLength..<nameStart + nameLength + extraLength], hasOffset: false)
        else { return nil }
        finishName(isFromWindows: false)
    }

    /// The fields that both forms share, from the flags on.
    private mutating func take(_ bytes: [UInt8], at start: Int) {
        flags = UInt16(truncatingIfNeeded: bytes.littleEndian(2, at: start))
        method = UInt16(truncatingIfNeeded: bytes.littleEndian(2, at: start + 2))
        checksum = UInt32(truncatingIfNeeded: bytes.littleEndian(4, at: start + 8))
        storedSize = Int(bytes.littleEndian(4, at: start + 12))
        size = Int(bytes.littleEndian(4, at: start + 16))
    }

    /// Sizes of 4 GB and more stand in an extra field, each only if its place in the record is full (section 4.5.3).
    private mutating func takeLargeSizes(_ extra: ArraySlice<UInt8>, hasOffset: Bool) -> Bool {
        let full = 0xFFFF_FFFF
        guard size == full || storedSize == full || (hasOffset && headerOffset == full) else { return true }
        let bytes = Array(extra)
        var position = 0
        while bytes.count - position >= 4 {
            let identifier = bytes.littleEndian(2, at: position)
            let length = Int(bytes.littleEndian(2, at: position + 2))
            position += 4
            guard length <= bytes.count - position else { return true }
            if identifier == 1 {
                var field = position
                func next(_ value: inout Int) -> Bool {
                    guard value == full, field + 8 <= position + length else { return true }
                    guard let large = Int(exactly: bytes.littleEndian(8, at: field)), large <= Int.max >> 2 else {
                        return false
                    }
                    value = large
                    field += 8
                    return true
                }
                guard next(&size), next(&storedSize) else { return false }
                if hasOffset { return next(&headerOffset) }
                return true
            }
            position += length
        }
        return true
    }

    /// The time of the last change from the extra field of Info-ZIP (0x5455: seconds since 1970) or of NTFS (0x000A:
    /// tenths of microseconds since 1601-01-01), both in UTC.
    ///
    /// Source: APPNOTE.TXT 4.5.5 for NTFS; https://libzip.org/specifications/extrafld.txt for Info-ZIP.
    private static func modified(_ extra: ArraySlice<UInt8>) -> Timestamp? {
        guard extra.count >= 9 else { return nil }
        let bytes = Array(extra)
        var position = 0
        while bytes.count - position >= 4 {
            let identifier = bytes.littleEndian(2, at: position)
            let length = Int(bytes.littleEndian(2, at: position + 2))
            position += 4
            guard length <= bytes.count - position else { return nil }
            if identifier == 0x5455, length >= 5, bytes[position] & 1 == 1 {
                let seconds = UInt32(truncatingIfNeeded: bytes.littleEndian(4, at: position + 1))
                return Timestamp(unixSeconds: Int64(Int32(bitPattern: seconds)))
            }
            // Four reserved bytes, then attribute 1 of 24 bytes: changed, read, created.
            if identifier == 0x000A, length >= 32, bytes.littleEndian(2, at: position + 4) == 1 {
                let count = bytes.littleEndian(8, at: position + 8)
                guard let signed = Int64(exactly: count), signed > 0 else { return nil }
                return Timestamp(microseconds: signed / 10 - 11_644_473_600_000_000)
            }
            position += length
        }
        return nil
    }

    private mutating func finishName(isFromWindows: Bool) {
        // Some programs of Windows write its separators, against section 4.4.17.
        if isFromWindows, !name.contains(UInt8(ascii: "/")), name.contains(UInt8(ascii: "\\")) {
            name = name.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
        }
        if name.last == UInt8(ascii: "/") { isFile = false }
    }

    /// The member as the list has it.
    var member: ArchiveMember {
        let packing: ArchiveMember.Packing =
            if flags & 1 != 0 || method == 99 { .encrypted } else {
                switch method {
                case 0: .stored
                case 8: .deflated
                default: .unsupported
                }
            }
        var member = ArchiveMember(packing, offset: headerOffset, storedSize: storedSize, size: size)
        member.checksum = checksum
        member.modified = modified
        member.mode = mode
        return member
    }
}

extension [UInt8] {
    /// An unsigned number, least significant byte first, of bytes that were counted before.
    func littleEndian(_ count: Int, at offset: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in (0..<count).reversed() where indices.contains(offset + index) {
            number = number << 8 | UInt64(self[offset + index])
        }
        return number
    }
}
