/// The numbers by which a record's header says what its columns hold.
///
/// Source: <https://www.sqlite.org/fileformat2.html#record_format>
enum SerialType {
    /// What kinds of values a column holds, as a set of bits.
    struct Classes: OptionSet, Hashable {
        let rawValue: UInt8
        static let null = Classes(rawValue: 1)
        static let integer = Classes(rawValue: 2)
        static let real = Classes(rawValue: 4)
        static let text = Classes(rawValue: 8)
        static let blob = Classes(rawValue: 16)
        static let all: Classes = [.null, .integer, .real, .text, .blob]
    }

    /// How many bytes the value takes; at most half of what a UInt64 holds, so always an Int.
    @inline(__always)
    static func size(_ type: UInt64) -> Int {
        if type >= 12 { return Int((type - 12) >> 1) }
        // 0 null, 1 to 6 integers of 1, 2, 3, 4, 6 and 8 bytes, 7 real, 8 and 9 the numbers 0 and 1, 10 and 11 reserved.
        return Int(truncatingIfNeeded: (0x0000_0000_8864_3210 as UInt64) >> (type * 4) & 0xF)
    }

    /// What kind of value it is; nothing for the two numbers that are reserved.
    @inline(__always)
    static func classes(_ type: UInt64) -> Classes {
        switch type {
        case 0: .null
        case 1...6, 8, 9: .integer
        case 7: .real
        case 10, 11: []
        default: type & 1 == 0 ? .blob : .text
        }
    }
}
