/// Collects the keys under which indicators are found.
struct KeyCollection {
    typealias Layout = CompiledLayout

    /// How many publications of one value are looked at when it is found; those of different families and sources come
    /// first, and the rest is counted.
    static let listed = 20

    private let seed: UInt64
    /// The values, and behind them the keys that are written differently.
    private(set) var values: [UInt8]
    private(set) var keys: [Layout.Key] = []
    private(set) var postings: [UInt32] = []
    private(set) var tables: UInt64 = 0

    private var hashes: [UInt64] = []
    private var slots: [UInt32]
    /// Which indicator has which key, in the order of the indicators.
    private var pairs: [(key: UInt32, indicator: UInt32)] = []
    /// The highest bit of a pair's key: the indicator agrees with the host itself only.
    private static let conditional: UInt32 = 1 << 31

    /// Keys are hashed from `seed` on; `values` holds the values of all indicators, of which there are `count`.
    init(seed: UInt64, values: [UInt8], count: Int) {
        self.seed = seed
        self.values = values
        var size = 1_024
        while size < count * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        // Most indicators have one key each.
        keys.reserveCapacity(count + count / 8)
        hashes.reserveCapacity(count + count / 8)
        pairs.reserveCapacity(count + count / 8)
    }

    // MARK: - Adding

    /// Adds the keys of an indicator.
    mutating func add(_ entry: Layout.Entry, _ number: UInt32) {
        let (start, count) = (Int(entry.valueStart), Int(entry.valueLength))
        guard Int(entry.kind) < Indicator.Kind.ordered.count else { return }
        let kind = Indicator.Kind.ordered[Int(entry.kind)]
        // A copy, because keys are appended to what it is copied from.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { copy in
            values.withUnsafeBufferPointer { values in
                for index in 0..<count { copy.initializeElement(at: index, to: values[start + index]) }
            }
            let value = ComparableText.trimmed(UnsafeBufferPointer(copy))
            guard !value.isEmpty else { return }
            add(kind, value, Owner(number: number, start: start, count: count))
        }
    }

    /// Whose key it is, and where its value stands, which may be the key already.
    private struct Owner {
        let number: UInt32
        let start: Int
        let count: Int
    }

    private mutating func add(_ kind: Indicator.Kind, _ value: UnsafeBufferPointer<UInt8>, _ owner: Owner) {
        switch kind {
        case .domainName, .ipv4Address, .ipv6Address: addHost(value, owner)
        case .url: addLink(value, owner)
        case .processName:
            insert(.processes, value, owner)
            if value.count > ComparableText.processNameLimit {
                let start = UnsafeBufferPointer(rebasing: value[..<ComparableText.processNameLimit])
                insert(.processBeginnings, start, owner)
            }
        case .emailAddress: insert(.emailAddresses, ComparableText.emailAddress(value), owner)
        case .phoneNumber: insert(.phoneNumbers, PhoneNumber(value)?.digits, owner)
        case .fileName: insert(.fileNames, value, owner)
        case .filePath: addPath(PublishedPath(value), owner)
        case .fileHashMD5, .fileHashSHA1, .fileHashSHA256, .fileHashSHA512:
            insert(.fileHashes, ComparableText.hash(value), owner)
        case .certificateHash: insert(.certificateHashes, ComparableText.hash(value), owner)
        case .applicationIdentifier: insert(.applications, ComparableText.identifier(value), owner)
        case .profileIdentifier: insert(.profiles, ComparableText.identifier(value), owner)
        case .androidProperty: break
        }
    }

    private mutating func addHost(_ value: UnsafeBufferPointer<UInt8>, _ owner: Owner) {
        if let network = IPNetwork(value) {
            if network.isSingleAddress {
                insert(.addresses, Array(network.address.text.utf8), owner)
            } else {
                insert(.networks, network.key, owner)
            }
            return
        }
        guard let domain = PublishedDomain(value) else { return }
        let table = domain.form == .name ? Layout.Table.hosts : .addresses
        domain.host.withUnsafeBufferPointer { host in
            if let path = domain.path {
                insert(table, host, nil, flags: Layout.Key.hasPaths)
                let key = domain.host + path
                let hash = HostPath.hash(host, path, seed)
                key.withUnsafeBufferPointer { insert(.hostPaths, $0, hash, owner) }
                return
            }
            insert(table, host, owner)
            // "www.example.org" stands for "example.org" too, but not for its other subdomains.
            if table == .hosts, let rest = HostName.worldWideWebLength(host) {
                insert(table, UnsafeBufferPointer(rebasing: host[rest...]), owner, isConditional: true)
            }
        }
    }

    private mutating func addLink(_ value: UnsafeBufferPointer<UInt8>, _ owner: Owner) {
        let host = HostName.normalise(value) { host, form, _ in (Array(host), form) }
        guard let (host, form) = host else {
            insert(.links, value, owner)
            return
        }
        host.withUnsafeBufferPointer {
            insert(form == .name ? .hosts : .addresses, $0, nil, flags: Layout.Key.hasLinks)
        }
        // A link without a scheme is meant for both.
        var last: [UInt8]?
        for scheme in ["https", "http"] {
            guard let key = Link.normalised(value, scheme: scheme), key != last else { continue }
            key.withUnsafeBufferPointer { insert(.links, $0, owner) }
            last = key
        }
    }

    private mutating func addPath(_ path: PublishedPath, _ owner: Owner) {
        let table: Layout.Table
        let hash: UInt64
        let key = path.key
        switch path.form {
        case .beginning: (table, hash) = (.paths, DevicePath.hash(key, Layout.Table.paths.seed(seed)))
        case .ending: (table, hash) = (.pathEndings, DevicePath.hashFromEnd(key, Layout.Table.pathEndings.seed(seed)))
        case .pattern: (table, hash) = (.pathPatterns, DevicePath.hash(key, Layout.Table.pathPatterns.seed(seed)))
        }
        key.withUnsafeBufferPointer { insert(table, $0, hash, owner) }
    }

    // MARK: - Inserting

    private mutating func insert(_ table: Layout.Table, _ key: [UInt8]?, _ owner: Owner) {
        key?.withUnsafeBufferPointer { insert(table, $0, owner) }
    }

    private mutating func insert(
        _ table: Layout.Table, _ key: UnsafeBufferPointer<UInt8>, _ owner: Owner?, flags: UInt8 = 0,
        isConditional: Bool = false
    ) {
        let hash =
            table == .hosts
            ? HostName.hash(key, table.seed(seed)) : KeyHash.absorb(table.seed(seed), key, 0, key.count)
        insert(table, key, hash, owner, flags: flags, isConditional: isConditional)
    }

    private mutating func insert(
        _ table: Layout.Table, _ key: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ owner: Owner?, flags: UInt8 = 0,
        isConditional: Bool = false
    ) {
        // No field of a record is this long, and it would not fit the layout.
        guard key.count <= Int(UInt16.max), values.count + key.count <= Int(UInt32.max),
            keys.count < Int(KeyCollection.conditional) - 2
        else { return }
        let number = self.number(of: key, table, hash, owner)
        keys[number].flags |= flags
        tables |= 1 << UInt64(table.rawValue)
        guard let owner else { return }
        let mark = isConditional ? KeyCollection.conditional : 0
        pairs.append((UInt32(number) | mark, owner.number))
    }

    /// The number of a key, which is new if the key is.
    private mutating func number(
        of key: UnsafeBufferPointer<UInt8>, _ table: Layout.Table, _ hash: UInt64, _ owner: Owner?
    ) -> Int {
        let tag = UInt32(truncatingIfNeeded: hash)
        var slot = CompiledIndicators.slot(hash, slots.count)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            let other = keys[number]
            if other.tag == tag, other.table == table.rawValue, Int(other.length) == key.count,
                stands(key, at: Int(other.start))
            {
                return number
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        var start = values.count
        if let owner, key.count <= owner.count, stands(key, at: owner.start) {
            start = owner.start
        } else if let owner, key.count <= owner.count, stands(key, at: owner.start + owner.count - key.count) {
            start = owner.start + owner.count - key.count
        } else {
            values.append(contentsOf: key)
        }
        keys.append(
            Layout.Key(start: UInt32(start), tag: tag, length: UInt16(key.count), table: table.rawValue))
        hashes.append(hash)
        slots[slot] = UInt32(keys.count)
        if keys.count * 2 > slots.count { grow() }
        return keys.count - 1
    }

    private func stands(_ key: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        values.withUnsafeBufferPointer { values in
            guard start >= 0, start + key.count <= values.count else { return false }
            for index in 0..<key.count where values[start + index] != key[index] { return false }
            return true
        }
    }

    private mutating func grow() { slots = KeyCollection.slots(hashes, count: slots.count * 2) }

    private static func slots(_ hashes: [UInt64], count: Int) -> [UInt32] {
        var slots = [UInt32](repeating: 0, count: count)
        for (number, hash) in hashes.enumerated() {
            var slot = CompiledIndicators.slot(hash, count)
            while slots[slot] != 0 { slot = (slot + 1) & (count - 1) }
            slots[slot] = UInt32(number + 1)
        }
        return slots
    }

    // MARK: - Finishing

    /// Lines the postings up behind their keys, and ends the keys with one that says where the postings end.
    mutating func finish(_ entries: [Layout.Entry], _ publications: [Layout.Publication]) {
        // Two counters for each key: in any case, and with the host itself only.
        var counts = [UInt32](repeating: 0, count: keys.count * 2 + 1)
        func place(_ pair: UInt32) -> Int {
            Int(pair & ~KeyCollection.conditional) * 2 + (pair & KeyCollection.conditional == 0 ? 0 : 1)
        }
        for pair in pairs { counts[place(pair.key)] += 1 }
        var sum: UInt32 = 0
        for index in counts.indices {
            let count = counts[index]
            counts[index] = sum
            sum += count
        }
        for number in keys.indices {
            keys[number].postings = counts[number * 2]
            keys[number].conditional = counts[number * 2 + 1]
        }
        postings = [UInt32](repeating: 0, count: pairs.count)
        for pair in pairs {
            let index = place(pair.key)
            postings[Int(counts[index])] = pair.indicator
            counts[index] += 1
        }
        pairs = []
        keys.append(Layout.Key(start: 0, postings: sum, conditional: sum))
        for number in 0..<keys.count - 1 {
            order(Int(keys[number].postings)..<Int(keys[number].conditional), entries, publications)
            order(Int(keys[number].conditional)..<Int(keys[number + 1].postings), entries, publications)
        }
    }

    /// Puts one posting of every family and source in front, where there are more than are looked at.
    private mutating func order(
        _ range: Range<Int>, _ entries: [Layout.Entry], _ publications: [Layout.Publication]
    ) {
        guard range.count > KeyCollection.listed else { return }
        var seen: Set<UInt64> = []
        var first: [UInt32] = []
        var rest: [UInt32] = []
        for posting in postings[range] {
            let publication = publications[Int(entries[Int(posting)].publication)]
            if seen.insert(UInt64(publication.family) << 32 | UInt64(publication.source)).inserted {
                first.append(posting)
            } else {
                rest.append(posting)
            }
        }
        postings.replaceSubrange(range, with: first + rest)
    }

    /// The filter, and the table of keys: in each slot the low half of a hash and the number of a key, plus one.
    mutating func lookup() -> (sieve: [UInt64], filter: [UInt64], slots: [UInt64]) {
        slots = []
        // 16 to 32 bits for each key, in words of 64.
        var words = HostFilter.fewestWords
        while words * 4 < hashes.count { words *= 2 }
        var filter = [UInt64](repeating: 0, count: words)
        let shift = UInt64(64 - words.trailingZeroBitCount)
        for hash in hashes { filter[Int(hash >> shift)] |= HostFilter.keyBits(hash) }
        var sieve = [UInt64](repeating: 0, count: min(words, HostFilter.sieveLimit))
        for (number, hash) in hashes.enumerated() where keys[number].table == Layout.Table.hosts.rawValue {
            KeyCollection.mark(hash, in: &sieve)
        }
        markDomains(in: &filter, shift, &sieve)
        var size = 64
        while size < hashes.count * 2 { size *= 2 }
        var table = [UInt64](repeating: 0, count: size)
        for (number, hash) in hashes.enumerated() {
            var slot = CompiledIndicators.slot(hash, size)
            while table[slot] != 0 { slot = (slot + 1) & (size - 1) }
            table[slot] = hash << 32 | UInt64(number + 1)
        }
        hashes = []
        return (sieve, filter, table)
    }

    /// Says of every domain above a host that there is something below it.
    private func markDomains(in filter: inout [UInt64], _ shift: UInt64, _ sieve: inout [UInt64]) {
        let seed = Layout.Table.hosts.seed(seed)
        values.withUnsafeBufferPointer { values in
            for key in keys where key.table == Layout.Table.hosts.rawValue {
                let start = Int(key.start)
                let host = UnsafeBufferPointer(rebasing: values[start..<start + Int(key.length)])
                var hash = seed
                var end = host.count
                while true {
                    let label = HostName.labelStart(host, end)
                    guard label > 0 else { break }
                    hash = KeyHash.absorb(hash, host, label, end)
                    filter[Int(hash >> shift)] |= HostFilter.domainBits(hash)
                    KeyCollection.mark(hash, in: &sieve)
                    end = label - 1
                }
            }
        }
    }

    private static func mark(_ hash: UInt64, in sieve: inout [UInt64]) {
        let mixed = HostFilter.sieveHash(hash)
        sieve[Int(mixed >> UInt64(64 - sieve.count.trailingZeroBitCount))] |= HostFilter.sieveBits(mixed)
    }

    /// Gives the memory of a part back that was copied.
    mutating func release(_ section: Layout.Section) {
        switch section {
        case .keys: keys = []
        case .postings: postings = []
        default: values = []
        }
    }
}
