/// A link of a shortening service, in the one form in which the service can be asked for it.
///
/// Scheme and host in lower case, the host without a dot behind it, no name or password, no port, no fragment; what is
/// not ASCII is escaped in the path and the query, which are otherwise kept as they are.
public struct ShortLink: Sendable, Hashable {
    /// The most bytes of a link that is asked for. A short link has some thirty.
    static let lengthLimit = 2_048

    /// The whole link.
    public let text: String
    /// The host of the service.
    public let service: String

    /// What a link of a shortening service is good for.
    public enum Reading: Sendable, Hashable {
        /// It can be asked for.
        case askable(ShortLink)
        /// It has another scheme or port than the services have, a control character, or is too long.
        case unfit
    }

    /// Reads a link; nothing if no well-known service shortened it, or if it is the service's own first page.
    public static func read(_ link: String) -> Reading? {
        link.withBytes { bytes in
            guard let service = ShortLinks.host(of: bytes), let authority = Authority(of: bytes) else { return nil }
            let rest = ComparableText.trimmed(UnsafeBufferPointer(rebasing: bytes[authority.end...]))
                .prefix { $0 != UInt8(ascii: "#") }
            guard rest.contains(where: { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") && $0 != 0x3F }) else {
                return nil
            }
            guard let scheme = scheme(bytes, authority), rest.count <= lengthLimit,
                rest.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
            else { return .unfit }
            var text = Array((scheme + "://" + service).utf8)
            if rest.first == 0x3F { text.append(UInt8(ascii: "/")) }
            for byte in rest { append(byte, to: &text) }
            guard text.count <= lengthLimit else { return .unfit }
            return .askable(ShortLink(text: String(decoding: text, as: UTF8.self), service: service))
        }
    }

    /// `http` or `https`, if the port is the one that the scheme has; a link without a scheme is taken as encrypted.
    private static func scheme(_ bytes: UnsafeBufferPointer<UInt8>, _ authority: Authority) -> String? {
        let port = bytes[authority.port]
        guard let end = authority.schemeEnd else {
            return port.isEmpty || port.elementsEqual("443".utf8) ? "https" : nil
        }
        let range = authority.start..<end
        if Authority.equals(bytes, range, "https") {
            return port.isEmpty || port.elementsEqual("443".utf8) ? "https" : nil
        }
        guard Authority.equals(bytes, range, "http") else { return nil }
        return port.isEmpty || port.elementsEqual("80".utf8) ? "http" : nil
    }

    /// Appends a byte of a path, escaped where an address has no such character (RFC 3986, section 2).
    private static func append(_ byte: UInt8, to text: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\\"): text.append(UInt8(ascii: "/"))
        case 0x21, 0x23...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, UInt8(ascii: "~"): text.append(byte)
        default:
            let digits = Array("0123456789ABCDEF".utf8)
            text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
