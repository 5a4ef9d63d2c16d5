/// The parts of a link that tell two sites apart: enough for a check, no parser of addresses.
struct WebAddress: Sendable, Hashable {
    /// `http`, in lower case.
    let scheme: String
    /// The host in lower case, without a name and password before it and a port behind it.
    let host: String
    /// The port, if the link names one.
    let port: Int?

    /// Reads a link with `://` in it.
    init?(_ link: String) {
        let parts = link.lowercased().split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        scheme = String(parts[0])
        let authority = parts[1].prefix { !"/?#\\".contains($0) }
        let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        // An address in brackets holds colons of its own.
        let end = place.lastIndex(of: "]").map { place.index(after: $0) } ?? place.startIndex
        let colon = place[end...].firstIndex(of: ":") ?? place.endIndex
        host = String(place[..<colon])
        port = colon == place.endIndex ? nil : Int(place[place.index(after: colon)...])
        guard !host.isEmpty else { return nil }
    }

    /// The host without `www.`.
    var site: Substring { host.hasPrefix("www.") ? host.dropFirst(4) : Substring(host) }

    /// Whether the link names a port that is not the one of its scheme, 80 or 443.
    var hasUnusualPort: Bool { port.map { $0 != 80 && $0 != 443 } ?? false }

    /// Whether the host is the domain or lies below it.
    func isWithin(_ domain: String) -> Bool { host == domain || host.hasSuffix("." + domain) }
}
