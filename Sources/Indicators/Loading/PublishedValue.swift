/// What a property and a value of a pattern mean here, or why they are not used.
struct PublishedValue {
    /// What the value is.
    let kind: Indicator.Kind
    /// What the reader should know about its use.
    var remark: String?

    init(_ property: String, _ value: String) throws(IndicatorPattern.Refusal) {
        guard let kind = PublishedValue.kind(of: property) else {
            let name = property.utf8.count <= 80 ? property : "such a property"
            throw IndicatorPattern.Refusal(kind: .unknownProperty, reason: "No record is compared with \(name).")
        }
        (self.kind, remark) = try value.withBytes { bytes in
            Result { () throws(IndicatorPattern.Refusal) in
                try PublishedValue.examine(ComparableText.trimmed(bytes), kind)
            }
        }.get()
    }

    /// The kind that a property names; hashes are spelled with and without hyphens and in either case.
    static func kind(of property: String) -> Indicator.Kind? {
        switch property {
        case "domain-name:value": return .domainName
        case "ipv4-addr:value": return .ipv4Address
        case "ipv6-addr:value": return .ipv6Address
        case "url:value": return .url
        case "process:name": return .processName
        case "email-addr:value", "email-message:from_ref.value", "email-message:sender_ref.value": return .emailAddress
        case "file:name": return .fileName
        case "file:path", "directory:path": return .filePath
        case "app:id": return .applicationIdentifier
        case "configuration-profile:id": return .profileIdentifier
        case "android-property:name": return .androidProperty
        default: break
        }
        switch property.lowercased().filter({ $0 != "-" }) {
        case "file:hashes.md5": return .fileHashMD5
        case "file:hashes.sha1": return .fileHashSHA1
        case "file:hashes.sha256": return .fileHashSHA256
        case "file:hashes.sha512": return .fileHashSHA512
        case "app:cert.md5", "app:cert.sha1", "app:cert.sha256", "app:cert.sha512", "x509certificate:hashes.md5",
            "x509certificate:hashes.sha1", "x509certificate:hashes.sha256":
            return .certificateHash
        default: return nil
        }
    }

    private static func refusal(_ reason: String) -> IndicatorPattern.Refusal {
        IndicatorPattern.Refusal(kind: .refusedValue, reason: reason)
    }

    /// The kind that the value really is, and a remark.
    private static func examine(
        _ value: UnsafeBufferPointer<UInt8>, _ kind: Indicator.Kind
    ) throws(IndicatorPattern.Refusal) -> (Indicator.Kind, String?) {
        guard !value.isEmpty else { throw refusal("The value is empty.") }
        guard value.count > 1 || (kind == .filePath && value[0] == UInt8(ascii: "/")) else {
            throw refusal("The value is a single character and would match by chance.")
        }
        guard value.count <= 4_096 else { throw refusal("The value is longer than 4,096 bytes.") }
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw refusal("The value has control characters.") }
        switch kind {
        case .domainName: return try domain(value)
        case .ipv4Address, .ipv6Address: return (try address(value), nil)
        case .url:
            guard Link.normalised(value) != nil else { throw refusal("The link has no host.") }
        case .fileName:
            guard !value.contains(UInt8(ascii: "/")) else { throw refusal("A file name has no slash.") }
        case .filePath: return (kind, try path(value))
        case .emailAddress:
            guard let address = ComparableText.emailAddress(value), let at = address.firstIndex(of: UInt8(ascii: "@")),
                at > 0, at < address.count - 1
            else { throw refusal("The e-mail address has nothing before or behind an @.") }
        case .fileHashMD5, .fileHashSHA1, .fileHashSHA256, .fileHashSHA512:
            guard let hash = ComparableText.hash(value), hash.count == kind.hashLength else {
                throw refusal("Such a hash has \(kind.hashLength ?? 0) hexadecimal digits.")
            }
        case .certificateHash:
            guard let hash = ComparableText.hash(value), [32, 40, 64, 128].contains(hash.count) else {
                throw refusal("A hash of a certificate has 32, 40, 64 or 128 hexadecimal digits.")
            }
        case .processName, .applicationIdentifier, .profileIdentifier, .androidProperty: break
        }
        return (kind, nil)
    }

    private static func domain(
        _ value: UnsafeBufferPointer<UInt8>
    ) throws(IndicatorPattern.Refusal) -> (Indicator.Kind, String?) {
        guard let domain = PublishedDomain(value), domain.host.allSatisfy({ $0 > 0x20 }) else {
            throw refusal("The domain is no host name.")
        }
        let host = String(decoding: domain.host, as: UTF8.self)
        guard domain.form == .name else {
            try refuseLocal(host)
            return (domain.form == .ipv4Address ? .ipv4Address : .ipv6Address, "The domain is an address.")
        }
        // A path behind it says whose page is meant, even on a shared host.
        if domain.path != nil {
            return (.domainName, "The domain has a path, which is compared with the path of links.")
        }
        guard !BroadValues.suffixes.contains(host) else {
            throw refusal("Under this suffix anybody can have a domain.")
        }
        return (.domainName, nil)
    }

    private static func address(_ value: UnsafeBufferPointer<UInt8>) throws(IndicatorPattern.Refusal) -> Indicator.Kind
    {
        var value = value
        if let slash = value.firstIndex(of: UInt8(ascii: "/")) {
            let length = String(decoding: value[(slash + 1)...], as: UTF8.self)
            guard length == "32" || length == "128" else { throw refusal("The value is a network, not an address.") }
            value = UnsafeBufferPointer(rebasing: value[..<slash])
        }
        let text = String(decoding: value, as: UTF8.self)
        guard let host = HostName(text), host.form != .name else { throw refusal("The value is no address.") }
        try refuseLocal(host.text)
        return host.form == .ipv4Address ? .ipv4Address : .ipv6Address
    }

    private static func refuseLocal(_ address: String) throws(IndicatorPattern.Refusal) {
        let bytes = Array(address.utf8)
        if (IPAddress(ipv4: bytes) ?? IPAddress(ipv6: bytes))?.isLocal == true {
            throw refusal("The address is one that every network can have.")
        }
    }

    private static func path(_ value: UnsafeBufferPointer<UInt8>) throws(IndicatorPattern.Refusal) -> String? {
        let path = DevicePath.normalise(value) { String(decoding: $0, as: UTF8.self) }
        guard !BroadValues.folders.contains(path) else {
            throw refusal("Every device has this folder, and much in it.")
        }
        return value[0] == UInt8(ascii: "/") ? nil : "The path has no slash at its start; one was added."
    }
}
