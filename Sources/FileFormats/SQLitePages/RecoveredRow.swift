import Primitives

/// A row that is not live any more, copied out of its page.
struct RecoveredRow {
    var recovery: Recovery
    /// The wanted values.
    var values: [SQLiteValue]
}

/// A number that stands for the content of a row, so that equal rows are seen without keeping them.
struct ContentHash {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    private mutating func mix(_ word: UInt64) {
        value = (value ^ word) &* 0xD6E8_FEB8_6659_FD93
        value ^= value >> 32
    }

    mutating func add(_ stored: StoredValue) {
        switch stored {
        case .null: mix(1)
        case .integer(let number):
            mix(2)
            mix(UInt64(bitPattern: number))
        case .real(let number):
            mix(3)
            mix(number.bitPattern)
        case .text(let bytes):
            mix(4)
            add(bytes)
        case .blob(let bytes):
            mix(5)
            add(bytes)
        }
    }

    private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        mix(UInt64(bytes.count))
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index + 8 <= raw.count {
            mix(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        while index < raw.count {
            rest = rest << 8 | UInt64(raw[index])
            index += 1
        }
        mix(rest)
    }

    /// The content of the wanted columns, without the number of the row.
    init(_ row: UnsafePointer<RecordRow>) {
        for column in 0..<row.pointee.count where row.pointee.slots[column].source != .row {
            add(row.pointee.value(column))
        }
    }
}
