extension IndicatorSet {
    /// Compares the host of a link or of a bare host, and every domain above it, with the indicators.
    @inline(__always)
    func findHost(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout Found) {
        guard !tables.hosts.isEmpty else { return }
        _ = HostName.normalise(bytes) { host, form, path in
            if form == .name {
                findName(host, bytes, path, &found)
            } else {
                let hash = ByteTable.backwardHash(host)
                guard tables.hosts.mayContain(hash) else { return }
                addHost(host, wholeOf: host, isWhole: true, hash, bytes, path, &found)
            }
        }
    }

    /// Hashes from the end, and asks for a key at every dot.
    @inline(__always)
    private func findName(
        _ host: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, _ path: Int?, _ found: inout Found
    ) {
        let start = IndicatorSet.worldWideWebLength(host) ?? 0
        var hash = ByteTable.seed
        var index = host.count
        while index > start {
            index -= 1
            let byte = host[index]
            if byte == UInt8(ascii: "."), tables.hosts.mayContain(hash) {
                let suffix = UnsafeBufferPointer(rebasing: host[(index + 1)...])
                addHost(suffix, wholeOf: host, isWhole: false, hash, bytes, path, &found)
            }
            hash = ByteTable.hash(hash, byte)
        }
        if tables.hosts.mayContain(hash) {
            let suffix = UnsafeBufferPointer(rebasing: host[start...])
            addHost(suffix, wholeOf: host, isWhole: true, hash, bytes, path, &found)
        }
        guard start > 0 else { return }
        // The indicator may have the "www." as well.
        while index > 0 {
            index -= 1
            hash = ByteTable.hash(hash, host[index])
        }
        if tables.hosts.mayContain(hash) { addHost(host, wholeOf: host, isWhole: true, hash, bytes, path, &found) }
    }

    /// The length of a leading `www.`, if two labels or more follow it.
    @inline(__always)
    static func worldWideWebLength(_ host: UnsafeBufferPointer<UInt8>) -> Int? {
        guard host.count > 4, host[3] == UInt8(ascii: "."), host[0] == UInt8(ascii: "w"), host[1] == UInt8(ascii: "w"),
            host[2] == UInt8(ascii: "w"), host[4...].contains(UInt8(ascii: "."))
        else { return nil }
        return 4
    }

    /// Adds the indicators under `suffix`, which is `host` itself (apart from `www.`) if `isWhole`.
    @inline(never)
    private func addHost(
        _ suffix: UnsafeBufferPointer<UInt8>, wholeOf host: UnsafeBufferPointer<UInt8>, isWhole: Bool, _ hash: UInt64,
        _ bytes: UnsafeBufferPointer<UInt8>, _ path: Int?, _ found: inout Found
    ) {
        for posting in tables.hosts.find(suffix, hash: hash) {
            switch posting.condition {
            case .withoutWorldWideWeb:
                if isWhole { found.add(posting.indicator, host, .exact) }
            case .none:
                found.add(posting.indicator, host, suffix.count == host.count ? .exact : .subdomain)
            case .path:
                guard let path, let wanted = tables.pathsBehindHosts[posting.indicator] else { continue }
                let rest = bytes[path...]
                guard rest.starts(with: wanted) else { continue }
                let next = path + wanted.count
                if next < bytes.count, ![0x20, 0x23, 0x2F, 0x3F].contains(bytes[next]) { continue }
                found.add(posting.indicator, UnsafeBufferPointer(rebasing: bytes[..<next]), .pathPrefix)
            }
        }
    }

    // MARK: - Links as a whole

    func findLink(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout Found) {
        let link = ComparableText.trimmed(bytes)
        // What has no host can only agree byte for byte.
        let key = Link.normalised(link) ?? Array(link)
        key.withUnsafeBufferPointer { key in
            for posting in tables.links.find(key) {
                let isExact = indicators[posting.indicator].value.withBytes {
                    ComparableText.trimmed($0).elementsEqual(link)
                }
                found.add(posting.indicator, link, isExact ? .urlExact : .urlNormalised)
            }
        }
    }
}
