/// A host name or address in the one form in which hosts are compared.
///
/// Taken from a link or from a bare host. Lower case, no user information, no port, no trailing dot; escapes with `%`
/// are undone; what is not ASCII is mapped and written in Punycode by ``InternationalName``, the ideographic full stops
/// U+3002, U+FF0E and U+FF61 among it. A name that the standard does not allow, as one with an emoji, is lower-cased and
/// written in Punycode all the same, so that indicator and evidence agree. A leading `www.` stays; the comparison deals
/// with it.
///
/// IPv4 addresses in octal, hexadecimal or with fewer than four parts are understood as browsers understand them
/// (https://url.spec.whatwg.org/#concept-ipv4-parser), and IPv4 addresses mapped into IPv6 are IPv4.
public struct HostName: Sendable, Hashable {
    /// What a host is.
    public enum Form: Sendable, Hashable {
        /// A name, to be compared label by label.
        case name
        /// An IPv4 address as four decimal numbers; only compared as a whole.
        case ipv4Address
        /// An IPv6 address in the short form of RFC 5952; only compared as a whole.
        case ipv6Address
    }

    /// The normalised host in ASCII.
    public let text: String
    /// What it is.
    public let form: Form

    /// The host of a link or of a bare host with or without a port, if there is one.
    public init?(_ text: String) {
        let found = text.withBytes { bytes in
            HostName.normalise(bytes) { host, form, _ in (String(decoding: host, as: UTF8.self), form) }
        }
        guard let found else { return nil }
        (self.text, form) = found
    }

    /// The host with the letters of its script in place of Punycode, for people to read.
    public var readable: String {
        guard form == .name, text.contains("xn--") else { return text }
        return text.split(separator: ".", omittingEmptySubsequences: false).map { label in
            guard label.hasPrefix("xn--"), let scalars = Punycode.decode(label.dropFirst(4)) else {
                return String(label)
            }
            var decoded = String.UnicodeScalarView()
            decoded.append(contentsOf: scalars)
            return String(decoded)
        }.joined(separator: ".")
    }

    /// The most bytes of a host name (RFC 1035, section 2.3.4), with some room for two trailing dots.
    static let lengthLimit = 255

    /// Calls `body` with the normalised host, and the offset in `bytes` where the path begins if that is known.
    ///
    /// No memory is taken from the heap unless the host is written in an unusual way.
    @inline(__always)
    static func normalise<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>, Form, _ path: Int?) -> Result
    ) -> Result? {
        guard let authority = Authority(of: bytes) else { return nil }
        if authority.isPlain, !authority.isBracketed {
            let count = authority.host.count
            guard count > 0, count <= lengthLimit else { return nil }
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: lengthLimit + 1) { buffer in
                for index in 0..<count {
                    let byte = bytes[authority.host.lowerBound + index]
                    buffer[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
                }
                let host = UnsafeBufferPointer(rebasing: buffer[0..<count])
                guard endsInNumber(host) else { return body(host, .name, authority.end) }
                guard let address = IPAddress(ipv4: host) else { return nil }
                let text = Array(address.text.utf8)
                return text.withUnsafeBufferPointer { body($0, .ipv4Address, authority.end) }
            }
        }
        guard let (text, form) = unusual(bytes, authority) else { return nil }
        return Array(text.utf8).withUnsafeBufferPointer { body($0, form, authority.end) }
    }

    /// Whether the last label is a number, which makes the host an IPv4 address or no host.
    static func endsInNumber(_ host: UnsafeBufferPointer<UInt8>) -> Bool {
        // Nearly every host ends in a letter that is no hexadecimal digit, or in "e" or so: look at the label's start.
        guard let last = host.last, last &- 0x30 < 10 || last &- 0x61 < 6 || last == UInt8(ascii: "x") else {
            return false
        }
        var start = host.count
        while start > 0, host[start - 1] != UInt8(ascii: ".") { start -= 1 }
        let label = host[start...]
        if label.allSatisfy({ $0 &- 0x30 < 10 }) { return true }
        return label.count >= 2 && host[start] == UInt8(ascii: "0") && host[start + 1] == UInt8(ascii: "x")
            && label.dropFirst(2).allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }
    }

    /// The slow way: brackets, escapes, other scripts, characters that browsers ignore.
    private static func unusual(_ bytes: UnsafeBufferPointer<UInt8>, _ authority: Authority) -> (String, Form)? {
        // An escaped or accented letter takes at most nine bytes.
        guard authority.host.count <= lengthLimit * 9 else { return nil }
        let host = bytes[authority.host]
        if authority.isBracketed || (authority.isBare && host.lazy.filter { $0 == UInt8(ascii: ":") }.count > 1) {
            guard let address = IPAddress(ipv6: Array(host)) else { return nil }
            return (address.text, address.isIPv4 ? .ipv4Address : .ipv6Address)
        }
        guard let decoded = String(validating: withoutEscapes(host), as: UTF8.self) else { return nil }
        let mapped = Array(decoded.unicodeScalars.lazy.filter { !isIgnored($0) })
        var name = String.UnicodeScalarView()
        name.append(contentsOf: mapped)
        var text: [UInt8]
        if mapped.allSatisfy(\.isASCII) {
            text = String(name).utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        } else {
            guard let ascii = InternationalName.ascii(String(name)) ?? withoutStandard(mapped) else { return nil }
            text = ascii
        }
        while text.last == UInt8(ascii: ".") { text.removeLast() }
        // A letter in full width may turn into what ends a host, which browsers refuse.
        guard !text.isEmpty, text.count <= lengthLimit, !text.contains(where: { "/\\?#@:".utf8.contains($0) }) else {
            return nil
        }
        return text.withUnsafeBufferPointer { host in
            guard endsInNumber(host) else { return (String(decoding: host, as: UTF8.self), .name) }
            return IPAddress(ipv4: host).map { ($0.text, .ipv4Address) }
        }
    }

    /// What is done with names that the standard does not allow.
    private static func withoutStandard(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
        let mapped = scalars.compactMap(mapping)
        var labels: [String] = []
        for label in mapped.split(separator: ".", omittingEmptySubsequences: false) {
            var lower = String.UnicodeScalarView()
            lower.append(contentsOf: label)
            let scalars = Array(String(lower).lowercased().unicodeScalars)
            if scalars.allSatisfy(\.isASCII) {
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars)
                labels.append(String(text))
            } else {
                guard let encoded = Punycode.encode(scalars) else { return nil }
                labels.append("xn--" + encoded)
            }
        }
        return Array(labels.joined(separator: ".").utf8)
    }

    private static func withoutEscapes(_ host: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
        func digit(_ index: Int) -> UInt8? {
            guard index < host.endIndex else { return nil }
            return switch host[index] {
            case 0x30...0x39: host[index] - 0x30
            case 0x41...0x46: host[index] - 0x37
            case 0x61...0x66: host[index] - 0x57
            default: nil
            }
        }
        var decoded: [UInt8] = []
        var index = host.startIndex
        while index < host.endIndex {
            if host[index] == UInt8(ascii: "%"), let high = digit(index + 1), let low = digit(index + 2) {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(host[index])
                index += 1
            }
        }
        return decoded
    }

    /// Line breaks and tabs, which browsers take out of links before they read them.
    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    private static func mapping(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x3002, 0xFF0E, 0xFF61: "."
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
        // The soft hyphen, spaces and joiners of no width.
        case 0xAD, 0x200B, 0x2060, 0xFEFF: nil
        default: scalar
        }
    }

    // MARK: - Labels

    /// The hash of a host, label by label from the last, so that the hash of every domain above it is on the way.
    static func hash(_ host: UnsafeBufferPointer<UInt8>, _ seed: UInt64) -> UInt64 {
        var hash = seed
        var end = host.count
        while true {
            let start = labelStart(host, end)
            hash = KeyHash.absorb(hash, host, start, end)
            guard start > 0 else { return hash }
            end = start - 1
        }
    }

    /// Where the label that ends at an offset begins.
    @inline(__always) static func labelStart(_ host: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
        var start = end
        while start > 0, host[start - 1] != UInt8(ascii: ".") { start -= 1 }
        return start
    }

    /// The length of a leading `www.`, if two labels or more follow it.
    @inline(__always)
    static func worldWideWebLength(_ host: UnsafeBufferPointer<UInt8>) -> Int? {
        guard host.count > 4, host[3] == UInt8(ascii: "."), host[0] == UInt8(ascii: "w"), host[1] == UInt8(ascii: "w"),
            host[2] == UInt8(ascii: "w"), host[4...].contains(UInt8(ascii: "."))
        else { return nil }
        return 4
    }
}
