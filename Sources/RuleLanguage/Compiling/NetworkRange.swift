#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A range of network addresses: `10.0.0.0/8`, `2001:db8::/32`.
public struct NetworkRange: Sendable, Hashable {
    private let address: [UInt8]
    private let bits: Int

    /// Reads the notation with a slash; an address alone is a range of one.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = NetworkRange.address(String(first)) else { return nil }
        var bits = address.count * 8
        if parts.count == 2 {
            guard let number = Int(parts[1]), (0...bits).contains(number), parts[1].utf8.first != 0x2B else {
                return nil
            }
            bits = number
        }
        self.address = address
        self.bits = bits
    }

    /// Whether a text is an address within the range.
    public func contains(_ text: String) -> Bool {
        guard text.utf8.count <= 64, let other = NetworkRange.address(text), other.count == address.count else {
            return false
        }
        let whole = bits / 8
        guard address[..<whole] == other[..<whole] else { return false }
        let rest = bits % 8
        return rest == 0 || (address[whole] ^ other[whole]) >> UInt8(8 - rest) == 0
    }

    /// Whether every address is within it.
    var isEverything: Bool { bits == 0 }

    private static func address(_ text: String) -> [UInt8]? {
        for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: size)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}
