import Foundation

/// An address that may be fetched: HTTPS, or plain HTTP on this machine.
struct WebAddress: Hashable {
    let url: URL

    /// Reads an address; `base` is what a relative one is relative to. `thing` is named if it is none to be fetched.
    init(_ text: String, relativeTo base: WebAddress? = nil, of thing: String) throws(StoreError) {
        guard text.utf8.count <= 4_096, text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }),
            let url = URL(string: text, relativeTo: base?.url)?.absoluteURL
        else { throw StoreError(.data, "The address of \(thing) is none: expected https://HOST/PATH.") }
        let scheme = url.scheme?.lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw StoreError(
                .data, "The address of \(thing) is neither https:// nor on this machine; it is not fetched.")
        }
        guard let host = url.host(percentEncoded: false), !host.isEmpty else {
            throw StoreError(.data, "The address of \(thing) has no host: expected https://HOST/PATH.")
        }
        guard url.user(percentEncoded: false) == nil, url.password(percentEncoded: false) == nil else {
            throw StoreError(
                .data,
                "The address of \(thing) holds a name or password. Name the environment variables that hold them: "
                    + "user_environment and password_environment.")
        }
        guard scheme == "https" || WebAddress.isLoopback(host) else {
            throw StoreError(
                .data,
                "The address of \(thing) is not encrypted; only https:// is fetched (http:// on this machine only).")
        }
        self.url = url
    }

    /// The address for people.
    var text: String { url.absoluteString }

    var isEncrypted: Bool { url.scheme?.lowercased() == "https" }

    /// Whether two addresses lead to the same server, so that a password for one may be shown to the other.
    func hasServer(of other: WebAddress) -> Bool {
        url.scheme?.lowercased() == other.url.scheme?.lowercased()
            && url.host(percentEncoded: false)?.lowercased() == other.url.host(percentEncoded: false)?.lowercased()
            && port == other.port
    }

    /// The port of the server.
    var port: Int { url.port ?? (isEncrypted ? 443 : 80) }

    private static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
