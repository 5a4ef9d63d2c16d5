/// A value of a list that says nothing about its kind, and the property that it is, judging by its looks.
public struct ListedValue {
    /// The property of STIX that it would be published under.
    let property: String
    /// The value, with what publishers do to make it harmless undone.
    let value: String
    /// Whether it was made harmless: `hxxp://evil[.]test`.
    let wasHarmless: Bool
    /// Whether it could be something else: a bundle identifier looks like a domain.
    var isGuess = false

    /// What a value is; `nil` if it looks like nothing that is known.
    init?(_ text: String) {
        let value = ListedValue.restored(text)
        wasHarmless = value != text
        self.value = value
        let bytes = Array(value.utf8)
        guard !bytes.isEmpty, !bytes.contains(where: { $0 <= 0x20 }) else { return nil }
        if value.contains("://") {
            property = "url:value"
        } else if let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > 0 {
            property = "email-addr:value"
        } else if ListedValue.isAddress(bytes), let block = AddressBlock(value) {
            property = block.address.isIPv4 ? "ipv4-addr:value" : "ipv6-addr:value"
        } else if let hash = ListedValue.hashProperty(bytes) {
            property = hash
        } else if bytes[0] == UInt8(ascii: "+"), bytes.dropFirst().allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2D }) {
            property = "phone-number:value"
        } else if bytes[0] == UInt8(ascii: "/") {
            property = "file:path"
        } else {
            let host = bytes.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") }
            guard host.contains(UInt8(ascii: ".")) else { return nil }
            let labels = host.split(separator: UInt8(ascii: "."))
            guard labels.count >= 2, let first = labels.first else { return nil }
            let word = String(decoding: first, as: UTF8.self).lowercased()
            let isWhole = host.count == bytes.count
            isGuess = isWhole && ListedValue.reversed.contains(word)
            property = isGuess ? "app:id" : "domain-name:value"
        }
    }

    /// Labels with which identifiers begin and hosts hardly ever do.
    private static let reversed: Set<String> = [
        "com", "org", "net", "edu", "gov", "info", "biz", "io", "me", "de", "fr", "ru", "cn", "jp", "kr", "in", "uk",
        "it",
        "es", "pl", "br", "eu", "tv", "co", "android", "air", "app", "dev", "ch", "nl", "se", "cz", "us", "ca", "au",
        "tr",
        "ir", "il", "ae", "vn", "id", "th", "my", "sg", "hk", "tw", "ua", "by", "kz", "cc", "ai",
    ]

    private static func isAddress(_ bytes: [UInt8]) -> Bool {
        let isNumeric = bytes.allSatisfy {
            $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/")
        }
        if isNumeric { return bytes.count(where: { $0 == UInt8(ascii: ".") }) == 3 }
        return bytes.count(where: { $0 == UInt8(ascii: ":") }) >= 2
    }

    private static func hashProperty(_ bytes: [UInt8]) -> String? {
        guard bytes.allSatisfy({ $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 6 }) else { return nil }
        return switch bytes.count {
        case 32: "file:hashes.md5"
        case 40: "file:hashes.sha1"
        case 64: "file:hashes.sha256"
        case 128: "file:hashes.sha512"
        default: nil
        }
    }

    /// Undoes what keeps people from clicking: brackets around dots, colons and at signs, and `hxxp`.
    public static func restored(_ text: String) -> String {
        guard
            text.utf8.contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "{") })
                || text.lowercased().hasPrefix("hxxp")
        else { return text }
        var text = text
        for (harmless, real) in [
            ("[.]", "."), ("(.)", "."), ("{.}", "."), ("[dot]", "."), ("(dot)", "."), ("[:]", ":"), ("[://]", "://"),
            ("[@]", "@"), ("(@)", "@"), ("[at]", "@"), ("[/]", "/"),
        ] {
            text = text.replacing(harmless, with: real)
        }
        if text.lowercased().hasPrefix("hxxp") { text = "http" + text.dropFirst(4) }
        return text
    }
}
