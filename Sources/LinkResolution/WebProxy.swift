import Foundation

/// A proxy that a person named, and the way to make everything that is fetched go through it.
public struct WebProxy: Sendable, Hashable {
    /// The whole address, which may hold a password.
    let address: String
    /// The host and the port, for people.
    public let name: String
    let scheme: String
    let host: String
    let port: Int?

    /// Reads `http://HOST:PORT`, `socks5h://HOST:PORT` and the like; nothing if it is none.
    public init?(_ text: String) {
        guard text.utf8.count <= 4_096, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let url = URL(string: text),
            let scheme = url.scheme?.lowercased(), let host = url.host, !host.isEmpty,
            ["http", "https", "socks5", "socks5h", "socks4", "socks4a"].contains(scheme),
            url.port.map({ (1...65_535).contains($0) }) ?? true
        else { return nil }
        address = text
        name = host + (url.port.map { ":\($0)" } ?? "")
        (self.scheme, self.host, port) = (scheme, host, url.port)
    }

    /// Makes the library that fetches use it for everything from now on, and for addresses that the environment excepts
    /// as well if `withoutExceptions`. For the first moments of a command: the environment belongs to all threads.
    ///
    /// On Linux the library underneath takes its proxy from the environment and from nowhere else. Names are looked up
    /// by the proxy: with `socks5` as it stands they would be looked up by this machine, and whoever answers for its
    /// names would see them.
    public func takeOver(withoutExceptions: Bool) {
        let address = withoutExceptions ? addressThatLooksUp : address
        for name in ["https_proxy", "http_proxy", "HTTPS_PROXY"] { setenv(name, address, 1) }
        if withoutExceptions { for name in WebProxy.exceptions { unsetenv(name) } }
    }

    /// Whether the environment says that everything goes through it. Otherwise nothing may be asked.
    var isInForce: Bool {
        func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
        return ["https_proxy", "http_proxy"].allSatisfy { value($0) == addressThatLooksUp }
            && WebProxy.exceptions.allSatisfy { value($0) == nil }
    }

    private static let exceptions = ["no_proxy", "NO_PROXY"]

    /// The address with the scheme that leaves the looking up of names to the proxy.
    private var addressThatLooksUp: String {
        let better = ["socks5": "socks5h", "socks4": "socks4a"][scheme] ?? scheme
        return better + address.dropFirst(scheme.utf8.count)
    }

    #if canImport(Darwin)
        /// The same for macOS, whose library does not look at the environment. It knows no encrypted proxies, no version
        /// 4 of SOCKS, and no passwords here; then there is nothing, and nothing may be asked.
        var dictionary: [AnyHashable: Any]? {
            guard !address.contains("@") else { return nil }
            switch scheme {
            case "http":
                let port = port ?? 1_080
                return [
                    "HTTPEnable": 1, "HTTPProxy": host, "HTTPPort": port, "HTTPSEnable": 1, "HTTPSProxy": host,
                    "HTTPSPort": port,
                ]
            case "socks5", "socks5h": return ["SOCKSEnable": 1, "SOCKSProxy": host, "SOCKSPort": port ?? 1_080]
            default: return nil
            }
        }
    #endif
}
