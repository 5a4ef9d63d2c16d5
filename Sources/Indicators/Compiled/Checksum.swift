/// A sum that shows damage to a file of ours. Whoever can write the file can make it agree: it is no signature.
enum Checksum {
    /// Over all bytes from an offset on, in four lanes of eight bytes.
    static func of(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
        guard start <= bytes.count else { return 0 }
        var (first, second, third, fourth) = (UInt64(1), UInt64(2), UInt64(3), UInt64(4))
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        var offset = start
        while offset + 32 <= bytes.count {
            first = (first ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* factor
            second = (second ^ bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)) &* factor
            third = (third ^ bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)) &* factor
            fourth = (fourth ^ bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self)) &* factor
            // The product moves everything up; this brings the top down again.
            first ^= first >> 29
            second ^= second >> 31
            third ^= third >> 29
            fourth ^= fourth >> 31
            offset += 32
        }
        var sum = KeyHash.absorb(KeyHash.absorb(first, second), KeyHash.absorb(third, fourth))
        while offset < bytes.count {
            sum = KeyHash.absorb(sum, UInt64(bytes[offset]))
            offset += 1
        }
        return KeyHash.absorb(sum, UInt64(bytes.count))
    }
}
