import Primitives

extension IndicatorSet {
    /// What is found for a host, apart from the indicators of the host itself.
    struct HostTraits: OptionSet {
        let rawValue: UInt8
        /// Links to exactly this host are published.
        static let hasLinks = HostTraits(rawValue: 1)
    }

    /// Compares the host of a link or of a bare host, and every domain above it, with the indicators.
    @inline(__always)
    func findHost(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout MatchCollection) {
        _ = findHost(bytes, isLink: false, &found)
    }

    /// The same for a link, which may be published as a whole, too.
    func findLink(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout MatchCollection) {
        guard let traits = findHost(bytes, isLink: true, &found) else {
            // What has no host can only agree byte for byte.
            if compiled.has(.links) { find(.links, ComparableText.trimmed(bytes), .urlExact, &found) }
            return
        }
        if traits.contains(.hasLinks) { findWholeLink(bytes, &found) }
    }

    @inline(__always)
    private func findHost(
        _ bytes: UnsafeBufferPointer<UInt8>, isLink: Bool, _ found: inout MatchCollection
    ) -> HostTraits? {
        HostName.normalise(bytes) { host, form, path in
            if form == .name {
                return findName(host, bytes, path, isLink, &found)
            }
            return findAddress(host, bytes, path, isLink, &found)
        }
    }

    /// Hashes from the end, and asks for a key at every dot.
    @inline(never)
    private func findName(
        _ host: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, _ path: Int?, _ isLink: Bool,
        _ found: inout MatchCollection
    ) -> HostTraits {
        let worldWideWeb = HostName.worldWideWebLength(host)
        var traits: HostTraits = []
        var hash = compiled.hostSeed
        var end = host.count
        while true {
            let start = HostName.labelStart(host, end)
            hash = KeyHash.absorb(hash, host, start, end)
            if compiled.mayContain(hash) {
                let suffix = UnsafeBufferPointer(rebasing: host[start...])
                if let number = compiled.find(.hosts, hash, { $0.holdsSame(as: suffix) }) {
                    found.add(compiled.indicators(under: number), host, start == 0 ? .exact : .subdomain)
                    if start == 0 || start == worldWideWeb {
                        found.add(compiled.indicators(under: number, conditional: true), host, .exact)
                    }
                    let flags = compiled.keys[number].flags
                    if flags & CompiledLayout.Key.hasPaths != 0 { findPath(behind: suffix, bytes, path, &found) }
                    if start == 0, flags & CompiledLayout.Key.hasLinks != 0 { traits.insert(.hasLinks) }
                }
            }
            guard start > 0 else { return traits }
            end = start - 1
        }
    }

    private func findAddress(
        _ host: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, _ path: Int?, _ isLink: Bool,
        _ found: inout MatchCollection
    ) -> HostTraits {
        var traits: HostTraits = []
        if let number = compiled.find(.addresses, host) {
            found.add(compiled.indicators(under: number), host, .exact)
            let flags = compiled.keys[number].flags
            if flags & CompiledLayout.Key.hasPaths != 0 { findPath(behind: host, bytes, path, &found) }
            if flags & CompiledLayout.Key.hasLinks != 0 { traits.insert(.hasLinks) }
        }
        guard compiled.has(.networks), let address = IPAddress(host) else { return traits }
        for bits in (address.isIPv4 ? 96 : 0)...128 {
            let key = IPNetwork.key(IPNetwork.masked(address, address.isIPv4 ? bits - 96 : bits), bits)
            key.withUnsafeBufferPointer { key in
                guard let number = compiled.find(.networks, key) else { return }
                found.add(compiled.indicators(under: number), host, .network)
            }
        }
        return traits
    }

    /// Compares the host and the beginnings of the path of a link with domains that were published with a path.
    private func findPath(
        behind host: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, _ path: Int?,
        _ found: inout MatchCollection
    ) {
        guard let path, path < bytes.count, !HostPath.endsPath(bytes[path]) else { return }
        let rest = UnsafeBufferPointer(rebasing: bytes[path...])
        var hash = HostPath.start(host, compiled.seed)
        var index = 0
        while index < rest.count, !HostPath.endsPath(rest[index]) {
            let end = HostPath.segmentEnd(rest, index)
            hash = KeyHash.absorb(hash, rest, index, end)
            if compiled.mayContain(hash) {
                let number = compiled.find(.hostPaths, hash) { key in
                    key.count == host.count + end && key[..<host.count].elementsEqual(host)
                        && key[host.count...].elementsEqual(rest[..<end])
                }
                if let number {
                    let agreeing = UnsafeBufferPointer(rebasing: bytes[..<(path + end)])
                    found.add(compiled.indicators(under: number), agreeing, .pathPrefix)
                }
            }
            index = end
        }
    }

    // MARK: - Links as a whole

    private func findWholeLink(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout MatchCollection) {
        let link = ComparableText.trimmed(bytes)
        guard let key = Link.normalised(link) else { return }
        key.withUnsafeBufferPointer { key in
            guard let number = compiled.find(.links, key) else { return }
            // Most publishers of one link write it in the same way; each is looked at for itself.
            let numbers = compiled.indicators(under: number)
            var (same, other): ([Int], [Int]) = ([], [])
            for index in numbers.prefix(KeyCollection.listed) where Int(index) < compiled.entries.count {
                let value = compiled.value(of: compiled.entries[Int(index)])
                if ComparableText.trimmed(value).elementsEqual(link) {
                    same.append(Int(index))
                } else {
                    other.append(Int(index))
                }
            }
            found.add(same, link, .urlExact)
            found.add(other, link, .urlNormalised)
            found.noteOthers(numbers.count - KeyCollection.listed)
        }
    }
}
