import CaseModel

/// What the `Location` of an answer names, as text. It is compared and written down, and never opened.
enum NamedAddress {
    /// The whole address; nothing if the text can be none.
    ///
    /// A relative one is completed by the rules of RFC 3986, section 5, as far as services use them: an address without
    /// its scheme, a path, a query. Foundation was rejected for it: on Linux it makes a path of `javascript:`.
    static func absolute(_ location: String, from base: String) -> String? {
        let text = String(location.drop { $0 == " " || $0 == "\t" })
        guard ShortLinkAnswer.isAddress(text), let scheme = base.firstRange(of: "://") else { return nil }
        guard !hasScheme(text) else { return text }
        let start = base[scheme.upperBound...].firstIndex { "/?".contains($0) } ?? base.endIndex
        let whole: String
        if text.hasPrefix("//") {
            whole = base[..<scheme.lowerBound] + ":" + text
        } else if text.hasPrefix("/") {
            whole = base[..<start] + text
        } else if text.hasPrefix("?") {
            whole = String(base.prefix { $0 != "?" }) + text
        } else {
            // A fragment alone, or a path relative to a link that is no folder: beside the link.
            let path = base.prefix { $0 != "?" }
            let folder = path[start...].lastIndex(of: "/").map { path[...$0] } ?? base[..<start] + "/"
            whole = text.hasPrefix("#") ? base : folder + text
        }
        return ShortLinkAnswer.isAddress(whole) ? whole : nil
    }

    /// Whether it begins with a scheme (RFC 3986, section 3.1).
    private static func hasScheme(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), let first = text.utf8.first,
            (first | 0x20) &- 0x61 < 26
        else { return false }
        return text.utf8[..<colon].allSatisfy { byte in
            (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2B || byte == 0x2D || byte == 0x2E
        }
    }
}
