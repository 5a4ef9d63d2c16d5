/// An address of the Internet Protocol, read from any notation that a browser understands.
struct IPAddress: Hashable {
    /// The first and the last eight bytes. IPv4 stands in the last four, mapped as `::ffff:0:0/96` (RFC 4291).
    let high: UInt64
    let low: UInt64

    /// Whether this is IPv4.
    var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    var ipv4: UInt32 { UInt32(truncatingIfNeeded: low) }

    var groups: [UInt16] {
        (0..<8).map { UInt16(truncatingIfNeeded: ($0 < 4 ? high : low) >> UInt64(48 - 16 * ($0 % 4))) }
    }

    /// Four decimal numbers, or the short form of RFC 5952: small letters, no leading zeros, and the longest run of
    /// zero groups as two colons.
    var text: String {
        if isIPv4 { return "\(ipv4 >> 24).\(ipv4 >> 16 & 255).\(ipv4 >> 8 & 255).\(ipv4 & 255)" }
        let groups = self.groups
        var best = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(best.count, 1) { best = start..<end }
            start = max(end, start + 1)
        }
        func words(_ range: Range<Int>) -> String {
            range.map { String(groups[$0], radix: 16) }.joined(separator: ":")
        }
        return best.isEmpty ? words(0..<8) : words(0..<best.lowerBound) + "::" + words(best.upperBound..<8)
    }

    /// Whether no two devices on the Internet can agree on whose it is: private, shared by a provider's customers, local,
    /// unspecified, for groups, reserved or broadcast.
    /// Source: https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
    var isLocal: Bool {
        if isIPv4 {
            return ipv4 >> 24 == 0 || ipv4 >> 24 == 10 || ipv4 >> 24 == 127 || ipv4 >> 16 == 0xA9FE
                || ipv4 >> 20 == 0xAC1 || ipv4 >> 16 == 0xC0A8 || ipv4 >> 22 == 0x191 || ipv4 >> 28 >= 0xE
        }
        return high >> 54 == 0xFE80 >> 6 || high >> 57 == 0xFC >> 1 || high >> 56 == 0xFF || (high == 0 && low < 2)
    }

    init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    init(ipv4: UInt32) { self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(ipv4)) }

    /// An address in either notation.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        if text.contains(UInt8(ascii: ":")) {
            self.init(ipv6: Array(text))
        } else {
            self.init(ipv4: text)
        }
    }

    /// Reads one to four numbers; the last one fills what is left.
    init?(ipv4 host: some Collection<UInt8>) {
        var (sum, number, parts) = (UInt64(0), UInt64(0), 0)
        var index = host.startIndex
        while true {
            var end = index
            while end < host.endIndex, host[end] != UInt8(ascii: ".") { end = host.index(after: end) }
            guard parts < 4, let value = IPAddress.number(host[index..<end]) else { return nil }
            parts += 1
            if end == host.endIndex {
                number = value
                break
            }
            guard value < 256 else { return nil }
            sum = sum << 8 | value
            index = host.index(after: end)
        }
        let bits = UInt64(8 * (5 - parts))
        guard number < 1 << bits else { return nil }
        self.init(ipv4: UInt32(truncatingIfNeeded: sum << bits | number))
    }

    /// Decimal, `0x` hexadecimal or octal with a leading zero, below 2^32.
    private static func number(_ text: some Collection<UInt8>) -> UInt64? {
        guard let first = text.first, text.count <= 16 else { return nil }
        var digits = Array(text)
        var radix: UInt64 = 10
        if first == UInt8(ascii: "0"), digits.count > 1 {
            if digits[1] | 0x20 == UInt8(ascii: "x") {
                radix = 16
                digits.removeFirst(2)
            } else {
                radix = 8
            }
        }
        var number: UInt64 = 0
        for digit in digits {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x41...0x46: value = digit - 0x37
            case 0x61...0x66: value = digit - 0x57
            default: return nil
            }
            guard value < radix else { return nil }
            number = number * radix + UInt64(value)
            guard number <= UInt64(UInt32.max) else { return nil }
        }
        return number
    }

    /// Reads groups with at most one `::`, an IPv4 address at the end, and a zone, which is passed over. An address of
    /// IPv4 that a network translates (`64:ff9b::/96`, RFC 6052) is that address: telephone networks do so.
    init?(ipv6 host: [UInt8]) {
        guard host.count <= 100 else { return nil }
        let zone = host.firstIndex(of: UInt8(ascii: "%")) ?? host.count
        var parts = host[..<zone].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return nil }
        var tail: [UInt16] = []
        if let last = parts.last, last.contains(UInt8(ascii: ".")) {
            guard let address = IPAddress(ipv4: last) else { return nil }
            tail = [UInt16(address.ipv4 >> 16), UInt16(address.ipv4 & 0xFFFF)]
            parts.removeLast()
        }
        // A double colon at the start or end leaves two empty parts there; one of them goes.
        if parts.count >= 2, parts[0].isEmpty, parts[1].isEmpty { parts.removeFirst() }
        if tail.isEmpty, parts.count >= 2, parts[parts.count - 1].isEmpty, parts[parts.count - 2].isEmpty {
            parts.removeLast()
        }
        var before: [UInt16] = []
        var after: [UInt16]?
        for part in parts {
            if part.isEmpty {
                guard after == nil else { return nil }
                after = []
                continue
            }
            guard part.count <= 4, part.first != UInt8(ascii: "+"), part.first != UInt8(ascii: "-"),
                let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
            else { return nil }
            if after == nil { before.append(group) } else { after?.append(group) }
        }
        let known = before.count + (after?.count ?? 0) + tail.count
        guard after == nil ? known == 8 : known < 8 else { return nil }
        let groups = before + [UInt16](repeating: 0, count: 8 - known) + (after ?? []) + tail
        let high = groups[0..<4].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
        let low = groups[4..<8].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
        if high == 0x0064_FF9B_0000_0000, low >> 32 == 0 {
            self.init(ipv4: UInt32(truncatingIfNeeded: low))
        } else {
            self.init(high: high, low: low)
        }
    }
}
