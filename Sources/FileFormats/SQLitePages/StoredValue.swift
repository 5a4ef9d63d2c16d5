/// A value as it stands in a page, without a copy; text is in the encoding of the database.
enum StoredValue {
    case null
    case integer(Int64)
    case real(Double)
    case text(UnsafeBufferPointer<UInt8>)
    case blob(UnsafeBufferPointer<UInt8>)
}

/// A value that was copied out of a database; text is in UTF-8.
enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text([UInt8])
    case blob([UInt8])

    /// Copies a value.
    init(_ stored: StoredValue, _ encoding: DatabaseHeader.Encoding) {
        switch stored {
        case .null: self = .null
        case .integer(let number): self = .integer(number)
        case .real(let number): self = .real(number)
        case .text(let bytes): self = .text(encoding.utf8(bytes))
        case .blob(let bytes): self = .blob(Array(bytes))
        }
    }

    /// Roughly how much memory it takes.
    var size: Int {
        switch self {
        case .text(let bytes), .blob(let bytes): bytes.count + 64
        default: 16
        }
    }
}

extension DatabaseHeader.Encoding {
    /// Text of this encoding in UTF-8, with what SQLite makes of surrogates that stand alone.
    ///
    /// SQLite joins a surrogate with whatever follows it, and cuts an odd byte off; what it reads is what is read here.
    func utf8(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        if self == .utf8 { return Array(bytes) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        let (low, high) = self == .utf16LittleEndian ? (0, 1) : (1, 0)
        var index = 0
        func unit(_ at: Int) -> UInt32 { UInt32(bytes[at + high]) << 8 | UInt32(bytes[at + low]) }
        while index + 1 < bytes.count {
            var scalar = unit(index)
            index += 2
            if scalar >= 0xD800, scalar < 0xE000, index + 1 < bytes.count {
                let second = unit(index)
                index += 2
                scalar = (second & 0x3FF) + (scalar & 0x3F) << 10 + (scalar & 0x3C0 + 0x40) << 10
            }
            switch scalar {
            case 0..<0x80: text.append(UInt8(scalar))
            case 0x80..<0x800: text += [0xC0 | UInt8(scalar >> 6 & 0x1F), 0x80 | UInt8(scalar & 0x3F)]
            case 0x800..<0x10000:
                text += [
                    0xE0 | UInt8(scalar >> 12 & 0xF), 0x80 | UInt8(scalar >> 6 & 0x3F), 0x80 | UInt8(scalar & 0x3F),
                ]
            default:
                text += [
                    0xF0 | UInt8(scalar >> 18 & 0x7), 0x80 | UInt8(scalar >> 12 & 0x3F),
                    0x80 | UInt8(scalar >> 6 & 0x3F), 0x80 | UInt8(scalar & 0x3F),
                ]
            }
        }
        return text
    }

    /// Text in this encoding.
    func encoded(_ text: String) -> [UInt8] {
        switch self {
        case .utf8: Array(text.utf8)
        case .utf16LittleEndian: text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        }
    }
}
