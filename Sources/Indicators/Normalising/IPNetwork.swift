/// A network as it is published: an address, a slash, and how many bits of it all addresses in it have in common.
struct IPNetwork: Hashable {
    /// The first address.
    let address: IPAddress
    /// How many bits count: up to 32, or up to 128.
    let prefix: Int
    /// Whether the published address had bits behind the prefix, which were passed over.
    let hadMoreBits: Bool

    /// Whether this is IPv4.
    var isIPv4: Bool { address.isIPv4 }

    /// Whether the prefix covers the whole address.
    var isSingleAddress: Bool { prefix == (isIPv4 ? 32 : 128) }

    /// The shortest prefix that is no whole provider's: 65,536 addresses, or what a provider gets at the least.
    var isTooWide: Bool { prefix < (isIPv4 ? 16 : 32) }

    /// Reads `198.51.100.0/24` or `2001:db8::/48`.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count <= 120, let slash = text.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let digits = text[(slash + 1)...]
        guard (1...3).contains(digits.count), digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        let prefix = digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
        var host = UnsafeBufferPointer(rebasing: text[..<slash])
        if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
            host = UnsafeBufferPointer(rebasing: host[1..<host.count - 1])
        }
        // A host name with a path that is a number is no network: all of four parts are asked for.
        guard host.contains(UInt8(ascii: ":")) || host.lazy.filter({ $0 == UInt8(ascii: ".") }).count == 3,
            let address = IPAddress(host)
        else { return nil }
        guard prefix <= (address.isIPv4 ? 32 : 128) else { return nil }
        let masked = IPNetwork.masked(address, prefix)
        self.address = masked
        self.prefix = prefix
        hadMoreBits = masked != address
    }

    /// The address with nothing but zeros behind the prefix.
    static func masked(_ address: IPAddress, _ prefix: Int) -> IPAddress {
        let bits = address.isIPv4 ? prefix + 96 : prefix
        let high = bits >= 64 ? UInt64.max : bits == 0 ? 0 : UInt64.max << UInt64(64 - bits)
        let low = bits >= 128 ? UInt64.max : bits <= 64 ? 0 : UInt64.max << UInt64(128 - bits)
        return IPAddress(high: address.high & high, low: address.low & low)
    }

    /// Under which it is found: sixteen bytes and the number of bits that count.
    var key: [UInt8] { IPNetwork.key(address, isIPv4 ? prefix + 96 : prefix) }

    static func key(_ address: IPAddress, _ bits: Int) -> [UInt8] {
        var key: [UInt8] = []
        for word in [address.high, address.low] {
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                key.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        key.append(UInt8(truncatingIfNeeded: bits))
        return key
    }
}
