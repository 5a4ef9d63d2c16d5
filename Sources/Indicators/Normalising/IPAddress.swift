/// An address of the Internet Protocol, read from any notation that a browser understands.
struct IPAddress: Hashable {
    /// Eight groups of sixteen bits; IPv4 addresses stand in the last two, mapped as `::ffff:0:0/96` (RFC 4291).
    let groups: [UInt16]

    /// Whether this is IPv4.
    var isIPv4: Bool { groups[0..<5].allSatisfy { $0 == 0 } && groups[5] == 0xFFFF }

    private var ipv4: UInt32 { UInt32(groups[6]) << 16 | UInt32(groups[7]) }

    /// Four decimal numbers, or eight groups of four hexadecimal digits.
    var text: String {
        if isIPv4 { return "\(ipv4 >> 24).\(ipv4 >> 16 & 255).\(ipv4 >> 8 & 255).\(ipv4 & 255)" }
        return groups.map { group in
            let digits = String(group, radix: 16)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }.joined(separator: ":")
    }

    /// Whether no two devices on the Internet can agree on whose it is: private, local, unspecified or broadcast.
    var isLocal: Bool {
        if isIPv4 {
            return ipv4 >> 24 == 0 || ipv4 >> 24 == 10 || ipv4 >> 24 == 127 || ipv4 >> 16 == 0xA9FE
                || ipv4 >> 20 == 0xAC1 || ipv4 >> 16 == 0xC0A8 || ipv4 == .max
        }
        return groups[0] & 0xFFC0 == 0xFE80 || groups[0] & 0xFE00 == 0xFC00
            || (groups[0..<7].allSatisfy { $0 == 0 } && groups[7] < 2)
    }

    private init(number: UInt32) {
        groups = [0, 0, 0, 0, 0, 0xFFFF, UInt16(number >> 16), UInt16(number & 0xFFFF)]
    }

    /// Reads one to four numbers; the last one fills what is left.
    init?(ipv4 host: some Collection<UInt8>) {
        let parts = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return nil }
        var numbers: [UInt64] = []
        for part in parts {
            guard let number = IPAddress.number(Array(part)) else { return nil }
            numbers.append(number)
        }
        guard let last = numbers.popLast(), numbers.allSatisfy({ $0 < 256 }) else { return nil }
        guard last < 1 << (8 * UInt64(4 - numbers.count)) else { return nil }
        var sum = last
        for (index, number) in numbers.enumerated() { sum |= number << UInt64(24 - 8 * index) }
        self.init(number: UInt32(truncatingIfNeeded: sum))
    }

    /// Decimal, `0x` hexadecimal or octal with a leading zero, below 2^32.
    private static func number(_ text: [UInt8]) -> UInt64? {
        guard !text.isEmpty, text.count <= 16 else { return nil }
        let string = String(decoding: text, as: UTF8.self)
        let number: UInt64?
        if string.hasPrefix("0x") {
            number = string.count == 2 ? 0 : text[2] == UInt8(ascii: "+") ? nil : UInt64(string.dropFirst(2), radix: 16)
        } else if text[0] == UInt8(ascii: "0"), text.count > 1 {
            number = UInt64(string, radix: 8)
        } else {
            number = text[0] &- 0x30 < 10 ? UInt64(string) : nil
        }
        return number.flatMap { $0 <= UInt64(UInt32.max) ? $0 : nil }
    }

    /// Reads groups with at most one `::`, an IPv4 address at the end, and a zone, which is passed over.
    init?(ipv6 host: [UInt8]) {
        guard host.count <= 100 else { return nil }
        let zone = host.firstIndex(of: UInt8(ascii: "%")) ?? host.count
        var parts = host[..<zone].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return nil }
        var tail: [UInt16] = []
        if let last = parts.last, last.contains(UInt8(ascii: ".")) {
            guard let address = IPAddress(ipv4: last) else { return nil }
            tail = Array(address.groups[6...])
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
        groups = before + [UInt16](repeating: 0, count: 8 - known) + (after ?? []) + tail
    }
}
