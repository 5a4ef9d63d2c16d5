import Primitives

/// A compiled set of indicators: one piece of memory, made once or mapped from a file, and then only read.
///
/// Everything that a look-up follows was compared with the borders when the memory was taken over, and is compared again
/// where it costs nothing: a file that somebody changes while it is mapped gives wrong answers, not a crash.
///
/// `@unchecked Sendable` because nothing writes to the memory after `init`.
final class CompiledIndicators: @unchecked Sendable {
    typealias Layout = CompiledLayout

    /// "BRIDLEIN"
    static let magic: UInt64 = 0x4E49_454C_4449_5242
    /// Changes with every change of the layout, the hash, or the normal form of a key.
    static let version: UInt32 = 1
    static let order: UInt32 = 0x0102_0304
    static let alignment = 64

    /// Where memory comes from, and so how it is given back.
    enum Ownership: Sendable {
        case allocated
        case mapped(length: Int)
    }

    let memory: UnsafeRawBufferPointer
    private let ownership: Ownership

    let header: Layout.Header
    let hostFilter: HostFilter
    private let slots: UnsafeBufferPointer<UInt64>
    let keys: UnsafeBufferPointer<Layout.Key>
    let postings: UnsafeBufferPointer<UInt32>
    let entries: UnsafeBufferPointer<Layout.Entry>
    let values: UnsafeBufferPointer<UInt8>
    let publications: UnsafeBufferPointer<Layout.Publication>
    private let textEnds: UnsafeBufferPointer<UInt32>
    private let texts: UnsafeBufferPointer<UInt8>
    let tallies: UnsafeBufferPointer<Layout.Tally>
    /// Where the hash of a key begins, for each table.
    let seed: UInt64
    let hostSeed: UInt64

    /// Takes memory over if everything in it lies where it may; otherwise gives it back.
    init?(_ memory: UnsafeRawBufferPointer, _ ownership: Ownership, isTrusted: Bool) {
        guard let parts = CompiledSections(memory),
            let hostFilter = HostFilter(
                sieve: parts.records(.sieve), filter: parts.records(.filter), slots: parts.records(.slots),
                seed: Layout.Table.hosts.seed(parts.header.digestHigh))
        else {
            CompiledIndicators.giveBack(memory, ownership)
            return nil
        }
        self.memory = memory
        self.ownership = ownership
        header = parts.header
        slots = parts.records(.slots)
        keys = parts.records(.keys)
        postings = parts.records(.postings)
        entries = parts.records(.entries)
        values = parts.records(.values)
        publications = parts.records(.publications)
        textEnds = parts.records(.textEnds)
        texts = parts.records(.texts)
        tallies = parts.records(.tallies)
        seed = header.digestHigh
        hostSeed = Layout.Table.hosts.seed(header.digestHigh)
        self.hostFilter = hostFilter
        guard isTrusted || isSound() else { return nil }
    }

    deinit { CompiledIndicators.giveBack(memory, ownership) }

    // MARK: - Look-up

    /// Whether a table has any key.
    @inline(__always) func has(_ table: Layout.Table) -> Bool { header.tables &>> UInt64(table.rawValue) & 1 == 1 }

    /// Whether a key with this hash can be there at all.
    @inline(__always) func mayContain(_ hash: UInt64) -> Bool { hostFilter.mayContain(hash) }

    /// The number of a key, if it is there. `agrees` compares its bytes.
    @inline(__always)
    func find(_ table: Layout.Table, _ hash: UInt64, _ agrees: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int? {
        let tag = UInt32(truncatingIfNeeded: hash)
        var slot = CompiledIndicators.slot(hash, slots.count)
        for _ in 0..<slots.count {
            let entry = slots[slot]
            guard entry != 0 else { return nil }
            // The other half of the slot is the hash once more, so that a stranger costs no second look.
            if UInt32(truncatingIfNeeded: entry &>> 32) == tag {
                let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1
                guard number >= 0, number < keys.count else { return nil }
                let key = keys[number]
                if key.table == table.rawValue, agrees(bytes(key)) { return number }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    @inline(__always) static func slot(_ hash: UInt64, _ count: Int) -> Int {
        Int(truncatingIfNeeded: hash &>> 20) & (count - 1)
    }

    /// The number of a key that was hashed in one piece.
    func find(_ table: Layout.Table, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard has(table) else { return nil }
        let hash = KeyHash.absorb(table.seed(seed), bytes, 0, bytes.count)
        guard mayContain(hash) else { return nil }
        return find(table, hash) { $0.holdsSame(as: bytes) }
    }

    /// The indicators under a key: those that agree in any case, or those that agree only with the host itself.
    func indicators(under number: Int, conditional: Bool = false) -> UnsafeBufferPointer<UInt32> {
        guard number >= 0, number + 1 < keys.count else { return UnsafeBufferPointer(start: nil, count: 0) }
        let key = keys[number]
        let start = Int(conditional ? key.conditional : key.postings)
        let end = Int(conditional ? keys[number + 1].postings : key.conditional)
        guard start < end, end <= postings.count else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(rebasing: postings[start..<end])
    }

    /// The bytes of a key.
    @inline(__always) func bytes(_ key: Layout.Key) -> UnsafeBufferPointer<UInt8> {
        slice(Int(key.start), Int(key.length))
    }

    /// The value of an indicator as it was published.
    func value(of entry: Layout.Entry) -> UnsafeBufferPointer<UInt8> {
        slice(Int(entry.valueStart), Int(entry.valueLength))
    }

    @inline(__always) private func slice(_ start: Int, _ count: Int) -> UnsafeBufferPointer<UInt8> {
        guard start + count <= values.count else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(rebasing: values[start..<start + count])
    }

    /// A text by its number; `nil` for 0.
    func text(_ number: UInt32) -> String? {
        let index = Int(number)
        guard index > 0, index <= textEnds.count else { return nil }
        let start = index == 1 ? 0 : Int(textEnds[index - 2])
        let end = Int(textEnds[index - 1])
        guard start <= end, end <= texts.count else { return nil }
        return String(decoding: texts[start..<end], as: UTF8.self)
    }

    private static func giveBack(_ memory: UnsafeRawBufferPointer, _ ownership: Ownership) {
        switch ownership {
        case .allocated: memory.deallocate()
        case .mapped(let length): MappedFile.unmap(memory, length)
        }
    }

    // MARK: - Borders

    /// Whether every number in the memory leads to something that is there.
    private func isSound() -> Bool {
        let kinds = Indicator.Kind.ordered.count
        var last = 0
        for end in textEnds {
            guard Int(end) >= last, Int(end) <= texts.count else { return false }
            last = Int(end)
        }
        for publication in publications {
            for number in [
                publication.source, publication.family, publication.reference, publication.publisher,
                publication.marking, publication.licence,
            ] where Int(number) > textEnds.count { return false }
        }
        for entry in entries {
            guard Int(entry.valueStart) + Int(entry.valueLength) <= values.count, Int(entry.kind) < kinds,
                Int(entry.publication) < publications.count, Int(entry.note) <= textEnds.count,
                entry.flags & Layout.Entry.hasUUID != 0 || entry.identifierLow <= UInt64(textEnds.count)
            else { return false }
        }
        last = 0
        for key in keys {
            guard Int(key.start) + Int(key.length) <= values.count, Int(key.postings) >= last,
                key.conditional >= key.postings, Int(key.conditional) <= postings.count
            else { return false }
            last = Int(key.conditional)
        }
        // The last key is only there to say where the postings of the one before end.
        guard let end = keys.last, Int(end.postings) == postings.count else { return false }
        guard postings.allSatisfy({ Int($0) < entries.count }) else { return false }
        guard slots.allSatisfy({ Int($0 & 0xFFFF_FFFF) < keys.count }) else { return false }
        return tallies.allSatisfy {
            Int($0.kind) < kinds && Int($0.family) <= textEnds.count && Int($0.source) <= textEnds.count
        }
    }
}
