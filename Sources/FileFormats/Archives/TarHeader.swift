import Primitives

/// The header of a member of a tar archive: one block of 512 bytes.
///
/// Sources: POSIX.1-2024, `pax`, "ustar Interchange Format"; the manual of GNU tar, "Basic Tar Format" and "Extensions
/// to the Archive Format", https://www.gnu.org/software/tar/manual/html_node/Standard.html.
struct TarHeader {
    static let blockSize = 512

    /// The letter for the kind of member.
    let kind: UInt8
    /// How many bytes follow, not counting what fills the last block.
    let size: Int
    let name: [UInt8]
    let linkTarget: [UInt8]
    /// When the content last changed, in whole seconds since 1970-01-01T00:00:00Z.
    let modified: Int?
    /// The permissions.
    let mode: UInt32
    /// The number of the owner.
    let owner: UInt32?
    /// Whether the header ends in the list of holes going on in the next block (GNU's old form).
    let hasMoreHoles: Bool

    /// Reads a block; nothing if its checksum is not that of a header.
    init?(_ block: [UInt8]) {
        guard block.count == TarHeader.blockSize, TarHeader.hasChecksum(block),
            let size = TarHeader.number(block[124..<136])
        else { return nil }
        self.size = size
        kind = block[156]
        modified = TarHeader.number(block[136..<148])
        mode = TarHeader.number(block[100..<108]).flatMap { UInt32(exactly: $0) } ?? 0
        owner = TarHeader.number(block[108..<116]).flatMap { UInt32(exactly: $0) }
        var name = TarHeader.text(block[0..<100])
        // "ustar" and a zero byte: POSIX. "ustar" and spaces: GNU, where other things stand in place of the prefix.
        if block[257..<263].elementsEqual(Array("ustar\0".utf8)) {
            let prefix = TarHeader.text(block[345..<500])
            if !prefix.isEmpty { name = prefix + [UInt8(ascii: "/")] + name }
        }
        self.name = name
        linkTarget = TarHeader.text(block[157..<257])
        hasMoreHoles = kind == UInt8(ascii: "S") && block[482] != 0
    }

    /// Whether a block is of zeros only.
    static func isEmpty(_ block: [UInt8]) -> Bool { block.allSatisfy { $0 == 0 } }

    /// Whether a block is a header beyond doubt.
    static func isHeader(_ block: [UInt8]) -> Bool {
        block.count == blockSize && block[257..<262].elementsEqual(Array("ustar".utf8)) && hasChecksum(block)
    }

    /// The sum of all bytes, those of the checksum itself taken as spaces; old writers took bytes as signed.
    private static func hasChecksum(_ block: [UInt8]) -> Bool {
        guard let stored = number(block[148..<156]) else { return false }
        var (plain, signed) = (0, 0)
        block.withUnsafeBufferPointer { block in
            for index in 0..<block.count {
                let byte = (148..<156).contains(index) ? UInt8(ascii: " ") : block[index]
                plain += Int(byte)
                signed += Int(Int8(bitPattern: byte))
            }
        }
        // A block of zeros has the sum of eight spaces, and no checksum.
        return stored != 0 && (stored == plain || stored == signed)
    }

    /// A number in octal digits, or, with the highest bit set, in bytes, the most significant first.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        guard let first = field.first else { return nil }
        var number = 0
        if first & 0x80 != 0 {
            guard first == 0x80 else { return nil }
            for byte in field.dropFirst() {
                guard number <= Int.max >> 9 else { return nil }
                number = number << 8 | Int(byte)
            }
            return number
        }
        for byte in field.drop(while: { $0 == UInt8(ascii: " ") }) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) else {
                return byte == 0 || byte == UInt8(ascii: " ") ? number : nil
            }
            guard number <= Int.max >> 4 else { return nil }
            number = number << 3 | Int(byte & 7)
        }
        return number
    }

    /// The bytes before the first zero byte.
    private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] { Array(field.prefix { $0 != 0 }) }
}

/// What a header of the pax format says about the member behind it.
struct PaxRecords {
    var path: [UInt8]?
    var linkTarget: [UInt8]?
    var size: Int?
    /// When the content last changed.
    var modified: Timestamp?
    /// Whether holes are left out.
    var isSparse = false

    init() {}

    /// Reads lines of the form "25 ctime=1084839148.1212\n"; nothing if one is not of that form.
    init?(_ bytes: [UInt8]) {
        var position = 0
        while position < bytes.count {
            var length = 0
            var index = position
            while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
                guard length <= bytes.count else { return nil }
                length = length * 10 + Int(bytes[index] - UInt8(ascii: "0"))
                index += 1
            }
            guard index < bytes.count, bytes[index] == UInt8(ascii: " "), length > index - position + 1,
                length <= bytes.count - position, bytes[position + length - 1] == UInt8(ascii: "\n")
            else { return nil }
            let record = bytes[index + 1..<position + length - 1]
            position += length
            guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let key = String(decoding: record[..<equals], as: UTF8.self)
            take(key, Array(record[(equals + 1)...]))
        }
    }

    private mutating func take(_ key: String, _ value: [UInt8]) {
        switch key {
        case "path" where !isSparse: path = value
        case "linkpath": linkTarget = value
        case "size":
            guard !value.isEmpty, value.count <= 18,
                value.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else { return }
            size = value.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        case "mtime": modified = PaxRecords.moment(value)
        case "GNU.sparse.name":
            isSparse = true
            path = value
        default: if key.utf8.starts(with: "GNU.sparse.".utf8) { isSparse = true }
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z in decimal digits, with a fraction of any length.
    private static func moment(_ value: [UInt8]) -> Timestamp? {
        let parts = value.split(separator: UInt8(ascii: "."), maxSplits: 1)
        guard let whole = parts.first, let seconds = Int64(String(decoding: whole, as: UTF8.self)) else { return nil }
        var microseconds: Int64 = 0
        let digits = parts.count > 1 ? parts[1].prefix(6) : []
        for index in 0..<6 {
            let digit = index < digits.count ? digits[digits.startIndex + index] : UInt8(ascii: "0")
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            microseconds = microseconds * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        if whole.first == UInt8(ascii: "-") { microseconds = -microseconds }
        let (scaled, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000)
        return isTooLarge ? nil : Timestamp(microseconds: scaled &+ microseconds)
    }
}
