/// A link in the one form in which links are compared as a whole.
///
/// Scheme and host in lower case and as ``HostName`` has them, no default port, no fragment, a slash where the path is
/// empty. Path and query are compared as they are: upper and lower case, escapes and their order mean something there.
enum Link {
    /// The normalised link; `nil` if there is no host. Without a scheme of its own it gets `scheme`.
    static func normalised(_ bytes: UnsafeBufferPointer<UInt8>, scheme assumed: String = "https") -> [UInt8]? {
        guard let authority = Authority(of: bytes) else { return nil }
        let host = HostName.normalise(bytes) { host, form, _ in
            form == .ipv6Address ? [0x5B] + host + [0x5D] : Array(host)
        }
        guard let host else { return nil }
        let scheme: [UInt8]
        if let end = authority.schemeEnd {
            scheme = bytes[authority.start..<end].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        } else {
            scheme = Array(assumed.utf8)
        }
        var text = scheme + Array("://".utf8) + host
        let port = bytes[authority.port]
        let isDefault =
            (scheme == Array("http".utf8) && port.elementsEqual("80".utf8))
            || (scheme == Array("https".utf8) && port.elementsEqual("443".utf8))
        if !port.isEmpty, !isDefault { text += [UInt8(ascii: ":")] + port }
        let rest = ComparableText.trimmed(UnsafeBufferPointer(rebasing: bytes[authority.end...]))
        let fragment = rest.firstIndex(of: UInt8(ascii: "#")) ?? rest.count
        if fragment == 0 || rest[0] == UInt8(ascii: "?") { text.append(UInt8(ascii: "/")) }
        return text + rest[..<fragment]
    }
}
