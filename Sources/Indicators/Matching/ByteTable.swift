/// Finds which indicators have a key, for keys of bytes; built once, then only read.
///
/// Three steps, each cheaper than the next one: a bitmap that has a bit for every key and is nearly always asked in
/// vain, a table of hashes with open addressing, and the comparison of the bytes. The bitmap has 16 to 32 bits for each
/// key, so that about one of twenty-four absent keys passes it, and for 100,000 keys it stays in the nearest caches.
///
/// The hash is not secret. Whoever publishes indicators could choose keys that collide and make the table slow; who
/// writes evidence can't, because looking up adds nothing.
///
/// A class, because a look-up must not count the references of half a dozen arrays.
final class ByteTable: Sendable {
    /// One indicator under a key.
    struct Posting: Sendable {
        /// Its index in the set.
        let indicator: Int
        /// What has to be known about it before it counts as a match.
        let condition: Condition
    }

    /// Conditions of a posting.
    enum Condition: UInt8, Sendable {
        /// None.
        case none
        /// The indicator has a leading `www.` that the key lacks: only the host itself matches, and nothing below it.
        case withoutWorldWideWeb
        /// The indicator is a host with a path: the path has to be compared.
        case path
    }

    private let bitmap: [UInt64]
    private let shift: UInt64
    /// The number of a key plus one, or 0 for an empty slot.
    private let slots: [UInt32]
    private let hashes: [UInt64]
    private let content: [UInt8]
    /// Where key `n` ends in `content`.
    private let ends: [Int]
    private let postings: [Posting]
    /// Where the postings of key `n` end.
    private let postingEnds: [Int]

    /// Whether there are no keys.
    let isEmpty: Bool

    /// Builds the table; `hash` is the hash that look-ups use.
    init(_ entries: [(key: [UInt8], posting: Posting)], hash: (UnsafeBufferPointer<UInt8>) -> UInt64) {
        isEmpty = entries.isEmpty
        var hashes: [UInt64] = []
        var content: [UInt8] = []
        var ends: [Int] = []
        var postings: [Posting] = []
        var postingEnds: [Int] = []
        let sorted = entries.sorted { left, right in
            left.key == right.key
                ? left.posting.indicator < right.posting.indicator : left.key.lexicographicallyPrecedes(right.key)
        }
        var last: [UInt8]?
        for entry in sorted {
            if entry.key != last {
                last = entry.key
                content += entry.key
                ends.append(content.count)
                postingEnds.append(postings.count)
                hashes.append(entry.key.withUnsafeBufferPointer(hash))
            }
            postings.append(entry.posting)
            postingEnds[postingEnds.count - 1] = postings.count
        }
        // A power of two, at least twice the number of keys.
        var size = 64
        while size < hashes.count * 2 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        var bitmap = [UInt64](repeating: 0, count: size * 16 / 64)
        shift = UInt64(64 - (size * 16).trailingZeroBitCount)
        for (index, hash) in hashes.enumerated() {
            let mixed = ByteTable.mix(hash)
            let bit = mixed >> shift
            bitmap[Int(bit >> 6)] |= 1 << (bit & 63)
            var slot = Int(truncatingIfNeeded: mixed) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(index + 1)
        }
        (self.bitmap, self.slots, self.hashes, self.content) = (bitmap, slots, hashes, content)
        (self.ends, self.postings, self.postingEnds) = (ends, postings, postingEnds)
    }

    /// Whether a key with this hash can be in the table at all.
    @inline(__always) func mayContain(_ hash: UInt64) -> Bool {
        let bit = ByteTable.mix(hash) >> shift
        return bitmap[Int(truncatingIfNeeded: bit >> 6)] >> (bit & 63) & 1 == 1
    }

    /// The indicators under a key. Call `mayContain` before.
    func find(_ key: UnsafeBufferPointer<UInt8>, hash: UInt64) -> ArraySlice<Posting> {
        var slot = Int(truncatingIfNeeded: ByteTable.mix(hash)) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if hashes[index] == hash {
                let start = index == 0 ? 0 : ends[index - 1]
                if content[start..<ends[index]].elementsEqual(key) {
                    return postings[(index == 0 ? 0 : postingEnds[index - 1])..<postingEnds[index]]
                }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return []
    }

    /// The indicators under a key that is hashed from its start.
    func find(_ key: UnsafeBufferPointer<UInt8>) -> ArraySlice<Posting> {
        guard !isEmpty else { return [] }
        let hash = ByteTable.forwardHash(key)
        return mayContain(hash) ? find(key, hash: hash) : []
    }

    // MARK: - Hashes

    /// The value before any byte (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/).
    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always) static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }

    /// Spreads the hash over the high bits, which choose the bit, and the low ones, which choose the slot.
    @inline(__always) private static func mix(_ hash: UInt64) -> UInt64 {
        let product = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 29
    }

    /// From the first byte to the last: for paths, which are asked for every beginning.
    static func forwardHash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 { key.reduce(seed) { hash($0, $1) } }

    /// From the last byte to the first: for hosts, which are asked for every ending.
    static func backwardHash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
        key.reversed().reduce(seed) { hash($0, $1) }
    }
}
