import FileFormats
import Primitives

/// What a comparison other than an equality asks of a text.
enum TextTest: Sendable {
    /// It is one of these.
    case equals([[UInt8]])
    /// It agrees with an expression, for `LIKE` and `MATCHES`.
    case expression(BoundedExpression)
    /// It is an address in one of these networks.
    case isInside([AddressBlock])
    /// It is a value at all.
    case exists

    /// Whether a text passes.
    func passes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .equals(let wanted): wanted.contains { $0.elementsEqual(text) }
        case .expression(let expression): expression.matches(text)
        case .isInside(let blocks):
            if let address = IPAddress(ipv4: Array(text)) ?? IPAddress(ipv6: Array(text)) {
                blocks.contains { $0.contains(address) }
            } else {
                false
            }
        case .exists: true
        }
    }

    /// The expression that means what a `LIKE` pattern does: `%` is anything, `_` one character, the rest itself.
    static func expression(like pattern: String) -> String {
        var expression = "\\A"
        for scalar in pattern.unicodeScalars {
            switch scalar {
            case "%": expression += ".*"
            case "_": expression += "."
            default:
                let isWord = scalar.value >= 0x80 || scalar.value &- 0x30 < 10 || (scalar.value | 0x20) &- 0x61 < 26
                if !isWord, scalar.value >= 0x20 { expression += "\\" }
                expression.unicodeScalars.append(scalar)
            }
        }
        return expression + "\\z"
    }
}

/// Addresses that begin with the same bits.
struct AddressBlock: Hashable, Sendable {
    let address: IPAddress
    /// How many bits are the same.
    let length: Int

    /// Reads `198.51.100.0/24` or `2001:db8::/32`; an address alone is a block of one.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first else { return nil }
        let bytes = Array(first.utf8)
        guard let address = IPAddress(ipv4: bytes) ?? IPAddress(ipv6: bytes) else { return nil }
        let width = address.isIPv4 ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard parts[1].utf8.count <= 3, parts[1].utf8.allSatisfy({ $0 &- 0x30 < 10 }), let bits = Int(parts[1]),
                bits <= width
            else { return nil }
            length = bits
        }
        self.address = address
        self.length = length
    }

    func contains(_ other: IPAddress) -> Bool {
        guard other.isIPv4 == address.isIPv4 else { return false }
        // IPv4 addresses stand in the last 32 of 128 bits.
        var left = address.isIPv4 ? length + 96 : length
        for (first, second) in zip(address.groups, other.groups) where left > 0 {
            let mask = left >= 16 ? UInt16.max : UInt16.max << UInt16(16 - left)
            guard first & mask == second & mask else { return false }
            left -= 16
        }
        return true
    }
}
