/// The hash under which keys are found, made piece by piece: a host label by label, a path segment by segment.
///
/// Not secret by itself, but its start depends on the content of the whole set: who publishes indicators can't choose
/// keys that collide, and who writes evidence adds nothing to a table.
enum KeyHash {
    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Mixes a word into a hash. Both halves of the result are well spread: the high bits choose a word of the filter,
    /// the low ones the bits in it.
    @inline(__always) static func absorb(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* factor
        return product ^ product &>> 32
    }

    /// Mixes a piece of text into a hash, its length included.
    @inline(__always) static func absorb(_ hash: UInt64, _ start: UnsafeRawPointer, _ count: Int) -> UInt64 {
        var hash = hash &+ UInt64(truncatingIfNeeded: count)
        var position = start
        var left = count
        while left > 8 {
            hash = absorb(hash, position.loadUnaligned(as: UInt64.self))
            position += 8
            left -= 8
        }
        // The last one to eight bytes, without a look at what lies behind them.
        if left >= 4 {
            let first = UInt64(position.loadUnaligned(as: UInt32.self))
            let last = UInt64((position + (left - 4)).loadUnaligned(as: UInt32.self))
            return absorb(hash, first << 32 | last)
        }
        guard left > 0 else { return absorb(hash, 0) }
        let first = UInt64(position.load(as: UInt8.self))
        let middle = UInt64((position + left / 2).load(as: UInt8.self))
        let last = UInt64((position + (left - 1)).load(as: UInt8.self))
        return absorb(hash, first << 16 | middle << 8 | last)
    }

    /// The same for a part of a buffer; the range has to lie inside it.
    @inline(__always)
    static func absorb(_ hash: UInt64, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        guard let base = bytes.baseAddress, end > start else { return absorb(hash &+ 0, 0) }
        return absorb(hash, UnsafeRawPointer(base + start), end - start)
    }
}
