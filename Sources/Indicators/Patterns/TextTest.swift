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
            if let address = IPAddress(text) {
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
            default: append(scalar, to: &expression)
            }
        }
        return expression + "\\z"
    }

    /// The expression that agrees with a text where it stands as it is.
    static func expression(literal text: String) -> String {
        var expression = ""
        for scalar in text.unicodeScalars { append(scalar, to: &expression) }
        return expression
    }

    private static func append(_ scalar: Unicode.Scalar, to expression: inout String) {
        let isWord = scalar.value >= 0x80 || scalar.value &- 0x30 < 10 || (scalar.value | 0x20) &- 0x61 < 26
        if !isWord, scalar.value >= 0x20 { expression += "\\" }
        expression.unicodeScalars.append(scalar)
    }
}

/// Addresses that begin with the same bits: a network, or one address.
struct AddressBlock: Hashable, Sendable {
    let address: IPAddress
    /// How many bits are the same.
    let length: Int

    /// Reads `198.51.100.0/24` or `2001:db8::/32`; an address alone is a block of one.
    init?(_ text: String) {
        let found = text.withBytes { bytes in
            IPNetwork(bytes).map { ($0.address, $0.prefix) }
                ?? (bytes.contains(UInt8(ascii: "/")) ? nil : IPAddress(bytes).map { ($0, $0.isIPv4 ? 32 : 128) })
        }
        guard let found else { return nil }
        (address, length) = found
    }

    func contains(_ other: IPAddress) -> Bool {
        other.isIPv4 == address.isIPv4 && IPNetwork.masked(other, length) == address
    }
}
