/// The first question of every link and host: can it, or a domain above it, be in the set at all?
///
/// Plain pointers without an owner, so that the question changes no count of references: such a change is a locked
/// instruction, and waits for every look into memory before it. Whoever asks holds the set.
///
/// `@unchecked Sendable` because nothing writes to what the pointers lead to.
struct HostFilter: @unchecked Sendable {
    private let sieve: UnsafePointer<UInt64>
    private let sieveShift: UInt64
    private let filter: UnsafePointer<UInt64>
    private let filterShift: UInt64
    private let slots: UnsafePointer<UInt64>
    private let slotMask: Int
    private let seed: UInt64

    /// The most words of the sieve: half a megabyte. Twice as much lets fewer strangers pass and leaves no room in the
    /// cache of a core for what it is asked about; measured, it is slower.
    static let sieveLimit = 1 << 16
    /// The fewest words of both.
    static let fewestWords = 64

    /// All numbers of words have to be powers of two, or a look-up would leave them.
    init?(
        sieve: UnsafeBufferPointer<UInt64>, filter: UnsafeBufferPointer<UInt64>, slots: UnsafeBufferPointer<UInt64>,
        seed: UInt64
    ) {
        guard let first = sieve.baseAddress, let second = filter.baseAddress, let third = slots.baseAddress,
            [sieve, filter, slots].allSatisfy({
                $0.count >= HostFilter.fewestWords && $0.count.nonzeroBitCount == 1
            })
        else { return nil }
        (self.sieve, self.filter, self.slots, self.seed) = (first, second, third, seed)
        slotMask = slots.count - 1
        sieveShift = UInt64(64 - sieve.count.trailingZeroBitCount)
        filterShift = UInt64(64 - filter.count.trailingZeroBitCount)
    }

    // MARK: - Questions

    /// Whether a link or a host may be in the set. What is written in an unusual way always may.
    func mayAgree(link bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let authority = Authority(of: bytes), authority.isPlain, !authority.isBracketed else { return true }
        let count = authority.host.count
        guard count > 0, count <= HostName.lengthLimit else { return true }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: HostName.lengthLimit + 1) { small in
            for index in 0..<count {
                let byte = bytes[authority.host.lowerBound &+ index]
                small[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
            }
            let host = UnsafeBufferPointer(rebasing: small[0..<count])
            return HostName.endsInNumber(host) || mayAgree(host: host)
        }
    }

    /// Whether a host in small letters, or a domain above it, may be in the set.
    ///
    /// From the last label on, until nothing is known below: that is nearly always at the registered name, and the sieve
    /// says so without a look into memory that is not at hand. So a large set is hardly slower than a small one.
    @inline(__always) func mayAgree(host: UnsafeBufferPointer<UInt8>) -> Bool {
        var hash = seed
        var end = host.count
        while true {
            let start = HostName.labelStart(host, end)
            hash = KeyHash.absorb(hash, host, start, end)
            guard maySpeakOf(hash) else { return false }
            let word = word(hash)
            let key = HostFilter.keyBits(hash)
            if word & key == key, isInSlot(hash) { return true }
            let domain = HostFilter.domainBits(hash)
            guard start > 0, word & domain == domain else { return false }
            end = start - 1
        }
    }

    /// Whether a key with this hash can be there at all. Of a hundred absent keys about one passes.
    @inline(__always) func mayContain(_ hash: UInt64) -> Bool {
        let wanted = HostFilter.keyBits(hash)
        return word(hash) & wanted == wanted
    }

    /// Whether a slot of the table has this hash. A suffix that half of all hosts have and that passes the filter by
    /// chance, as one of a hundred does, would send them all the long way.
    @inline(never) private func isInSlot(_ hash: UInt64) -> Bool {
        var slot = CompiledIndicators.slot(hash, slotMask + 1)
        for _ in 0...slotMask {
            let entry = slots[slot]
            if entry == 0 { return false }
            if UInt32(truncatingIfNeeded: entry &>> 32) == UInt32(truncatingIfNeeded: hash) { return true }
            slot = (slot + 1) & slotMask
        }
        return false
    }

    /// Whether a host, or anything below it, can be there: the first question, answered by half a megabyte at most, which
    /// stays in the nearest caches. Of a million keys it lets one of seven strangers pass.
    @inline(__always) private func maySpeakOf(_ hash: UInt64) -> Bool {
        let mixed = HostFilter.sieveHash(hash)
        let wanted = HostFilter.sieveBits(mixed)
        return sieve[Int(truncatingIfNeeded: mixed &>> sieveShift)] & wanted == wanted
    }

    /// The word of the filter that speaks of a hash; it has 16 to 32 bits for each key.
    @inline(__always) private func word(_ hash: UInt64) -> UInt64 {
        filter[Int(truncatingIfNeeded: hash &>> filterShift)]
    }

    // MARK: - Bits

    @inline(__always) static func sieveHash(_ hash: UInt64) -> UInt64 { hash &* 0xD6E8_FEB8_6659_FD93 }

    @inline(__always) static func sieveBits(_ mixed: UInt64) -> UInt64 {
        1 &<< (mixed &>> 20 & 63) | 1 &<< (mixed &>> 26 & 63)
    }

    /// Three bits of a word that say: there is a key.
    @inline(__always) static func keyBits(_ hash: UInt64) -> UInt64 {
        1 &<< (hash & 63) | 1 &<< (hash &>> 6 & 63) | 1 &<< (hash &>> 12 & 63)
    }

    /// Three other bits that say: there is a host below this domain. Where they are missing, longer names are not asked for.
    @inline(__always) static func domainBits(_ hash: UInt64) -> UInt64 {
        1 &<< (hash &>> 18 & 63) | 1 &<< (hash &>> 24 & 63) | 1 &<< (hash &>> 30 & 63)
    }
}
