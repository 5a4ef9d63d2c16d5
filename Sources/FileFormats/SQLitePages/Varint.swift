/// SQLite's numbers of one to nine bytes: seven bits in each of the first eight, eight in the ninth.
///
/// Source: <https://www.sqlite.org/fileformat2.html#varint>
enum Varint {
    /// Reads the number at `offset` and moves behind it; nothing if it would reach `end`.
    @inline(__always)
    static func read(_ bytes: UnsafeRawPointer, _ offset: inout Int, _ end: Int) -> UInt64? {
        guard offset < end else { return nil }
        let first = bytes.byte(offset)
        if first < 0x80 {
            offset += 1
            return UInt64(first)
        }
        guard offset + 1 < end else { return nil }
        let second = bytes.byte(offset + 1)
        if second < 0x80 {
            offset += 2
            return UInt64(first & 0x7F) << 7 | UInt64(second)
        }
        return readLong(bytes, &offset, end)
    }

    private static func readLong(_ bytes: UnsafeRawPointer, _ offset: inout Int, _ end: Int) -> UInt64? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard offset + index < end else { return nil }
            let byte = bytes.byte(offset + index)
            if index == 8 {
                offset += 9
                return value << 8 | UInt64(byte)
            }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 {
                offset += index + 1
                return value
            }
        }
        return nil
    }

    /// How many bytes SQLite writes for a number.
    static func length(_ value: UInt64) -> Int {
        if value >> 56 != 0 { return 9 }
        var (length, rest) = (1, value >> 7)
        while rest != 0 {
            length += 1
            rest >>= 7
        }
        return length
    }
}
