/// What a property and a value of a pattern mean here, or why they are not used.
struct PublishedValue {
    /// What the value is.
    let kind: Indicator.Kind
    /// What the reader should know about its use.
    var remark: String?

    init(_ property: String, _ value: String) throws(IndicatorPattern.Refusal) {
        try self.init(PublishedValue.kind(named: property), value)
    }

    /// The same for publishers who name the kind in another way.
    init(_ kind: Indicator.Kind, _ value: String) throws(IndicatorPattern.Refusal) {
        self = try value.withBytes { bytes in
            Result { () throws(IndicatorPattern.Refusal) in try PublishedValue(kind, bytes) }
        }.get()
    }

    /// The same for a value that stands somewhere else.
    init(_ kind: Indicator.Kind, _ value: UnsafeBufferPointer<UInt8>) throws(IndicatorPattern.Refusal) {
        (self.kind, remark) = try PublishedValue.examine(ComparableText.trimmed(value), kind)
    }

    /// The kind that a property names, or why there is none.
    static func kind(named property: String) throws(IndicatorPattern.Refusal) -> Indicator.Kind {
        guard let kind = kind(of: property) else {
            let name = property.utf8.count <= 80 ? property : "such a property"
            throw IndicatorPattern.Refusal(kind: .unknownProperty, reason: "No record is compared with \(name).")
        }
        return kind
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
        case "phone-number:value": return .phoneNumber
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
        case .ipv4Address, .ipv6Address: return try address(value)
        case .url: try link(value)
        case .fileName:
            guard !value.contains(UInt8(ascii: "/")) else { throw refusal("A file name has no slash.") }
            guard value.contains(where: { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: ".") }) else {
                throw refusal("The value has no letter of a name.")
            }
            if let reason = BroadValues.reasonToRefuse(fileName: String(decoding: value, as: UTF8.self)) {
                throw refusal(reason)
            }
        case .filePath: return (kind, try path(value))
        case .emailAddress:
            guard let address = ComparableText.emailAddress(value), let at = address.firstIndex(of: UInt8(ascii: "@")),
                at > 0, at < address.count - 1
            else { throw refusal("The e-mail address has nothing before or behind an @.") }
            if let reason = BroadValues.reasonToRefuse(address: String(decoding: address, as: UTF8.self)) {
                throw refusal(reason)
            }
        case .phoneNumber:
            guard let number = PhoneNumber(value), number.isInternational, number.digits.count >= 8 else {
                throw refusal("A telephone number is published with + and its country code.")
            }
        case .fileHashMD5, .fileHashSHA1, .fileHashSHA256, .fileHashSHA512:
            guard let hash = ComparableText.hash(value), hash.count == kind.hashLength else {
                throw refusal("Such a hash has \(kind.hashLength ?? 0) hexadecimal digits.")
            }
            guard !TrivialContents.emptyHashes.contains(String(decoding: hash, as: UTF8.self)) else {
                throw refusal("The hash is that of an empty file.")
            }
            guard !TrivialContents.hashes.contains(String(decoding: hash, as: UTF8.self)),
                hash.contains(where: { $0 != hash[0] })
            else { throw refusal("The hash is that of a file with next to nothing in it.") }
        case .certificateHash:
            guard let hash = ComparableText.hash(value), [32, 40, 64, 128].contains(hash.count) else {
                throw refusal("A hash of a certificate has 32, 40, 64 or 128 hexadecimal digits.")
            }
        case .processName:
            if let reason = BroadValues.reasonToRefuse(process: String(decoding: value, as: UTF8.self)) {
                throw refusal(reason)
            }
        case .applicationIdentifier:
            if let reason = BroadValues.reasonToRefuse(application: String(decoding: value, as: UTF8.self)) {
                throw refusal(reason)
            }
        case .profileIdentifier, .androidProperty: break
        }
        return (kind, BroadValues.caution(kind, String(decoding: value, as: UTF8.self)))
    }

    // MARK: - Hosts

    /// A link to nothing but the first page of a host says as much as the host does.
    private static func link(_ value: UnsafeBufferPointer<UInt8>) throws(IndicatorPattern.Refusal) {
        guard Link.normalised(value) != nil else { throw refusal("The link has no host.") }
        let found = HostName.normalise(value) { host, form, end in (String(decoding: host, as: UTF8.self), form, end) }
        guard let (host, form, end) = found, form == .name else { return }
        let rest = value[(end ?? value.count)...]
        let path = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard path.allSatisfy({ $0 == UInt8(ascii: "/") }), rest.dropFirst(path.count).count <= 1 else { return }
        guard PublicSuffixList.current.standing(of: host) == .ordinary else {
            throw refusal("The link leads to the page of a suffix under which anybody can have a domain.")
        }
        if let reason = BroadValues.reasonToRefuse(host: host) { throw refusal(reason) }
    }

    private static func domain(
        _ value: UnsafeBufferPointer<UInt8>
    ) throws(IndicatorPattern.Refusal) -> (Indicator.Kind, String?) {
        if let network = IPNetwork(value) {
            try refuseWide(network)
            return (network.isIPv4 ? .ipv4Address : .ipv6Address, "The domain is a network.")
        }
        guard let domain = PublishedDomain(value), domain.host.allSatisfy({ $0 > 0x20 }) else {
            throw refusal("The domain is no host name.")
        }
        let host = String(decoding: domain.host, as: UTF8.self)
        guard domain.form == .name else {
            try refuseLocal(IPAddress(host: domain.host))
            return (domain.form == .ipv4Address ? .ipv4Address : .ipv6Address, "The domain is an address.")
        }
        guard domain.host.contains(where: { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: ".") }) else {
            throw refusal("The domain has no letter of a name.")
        }
        guard !domain.host.contains(UInt8(ascii: "*")) else {
            throw refusal("A star stands for names in front of a domain, and nowhere else.")
        }
        // A path behind it says whose page is meant, even on a shared host.
        if let path = domain.path {
            if let reason = BroadValues.reasonToRefuse(host: host, path: String(decoding: path, as: UTF8.self)) {
                throw refusal(reason)
            }
            return (.domainName, "The domain has a path, which is compared with the path of links.")
        }
        switch PublicSuffixList.current.standing(of: host) {
        case .registry: throw refusal("Under this suffix anybody can have a domain.")
        case .company: throw refusal("The company of this suffix gives names below it to anybody.")
        case .ordinary: break
        }
        if let reason = BroadValues.reasonToRefuse(host: host) { throw refusal(reason) }
        return (.domainName, domain.host.contains(UInt8(ascii: ".")) ? nil : "The domain has no dot.")
    }

    private static func address(
        _ value: UnsafeBufferPointer<UInt8>
    ) throws(IndicatorPattern.Refusal) -> (Indicator.Kind, String?) {
        if let network = IPNetwork(value) {
            try refuseWide(network)
            return (
                network.isIPv4 ? .ipv4Address : .ipv6Address,
                network.hadMoreBits ? "The address has more bits than its prefix; they were passed over." : nil
            )
        }
        guard !value.contains(UInt8(ascii: "/")) else { throw refusal("The value is no address and no network.") }
        let text = String(decoding: value, as: UTF8.self)
        guard let host = HostName(text), host.form != .name else { throw refusal("The value is no address.") }
        try refuseLocal(IPAddress(host: Array(host.text.utf8)))
        return (host.form == .ipv4Address ? .ipv4Address : .ipv6Address, nil)
    }

    private static func refuseWide(_ network: IPNetwork) throws(IndicatorPattern.Refusal) {
        try refuseLocal(network.address, network.prefix)
        guard !network.isTooWide else {
            throw refusal("The network is as wide as a whole provider: expected /16 and more, or /32 and more of IPv6.")
        }
    }

    private static func refuseLocal(
        _ address: IPAddress?, _ prefix: Int = 128
    ) throws(IndicatorPattern.Refusal) {
        guard let address else { return }
        if address.isLocal { throw refusal("The address is one that every network can have.") }
        if let reason = BroadValues.reasonToRefuse(address: address, prefix: prefix) { throw refusal(reason) }
    }

    // MARK: - Paths

    private static func path(_ value: UnsafeBufferPointer<UInt8>) throws(IndicatorPattern.Refusal) -> String? {
        let path = PublishedPath(value)
        var segments = path.segments[...]
        // What lies below `/private/var/tmp/*` is what lies below `/private/var/tmp`.
        while let last = segments.last, last.allSatisfy({ $0 == UInt8(ascii: "*") }) { segments.removeLast() }
        let folder = segments.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
        guard !(path.isAbsolute ? BroadValues.folders.contains("/" + folder) : BroadValues.endings.contains(folder))
        else { throw refusal("Every device has this folder, and much in it.") }
        let letters = segments.joined().lazy.filter { $0 != UInt8(ascii: "*") }.count
        guard segments.count >= 2 || letters >= 4 else { throw refusal("The path is too short to mean one thing.") }
        if path.form == .pattern {
            // What stands in front of the first star is a folder, and may be one that every device has.
            let closed =
                path.isAbsolute && path.key.count > 1 ? path.key.lazy.filter { $0 == UInt8(ascii: "/") }.count : 0
            let open = segments.dropFirst(closed)
            guard open.joined().lazy.filter({ $0 != UInt8(ascii: "*") }).count >= 3 else {
                throw refusal("The pattern has too few letters beside its stars.")
            }
        }
        guard !BroadValues.agreesWithEveryDevice(path) else { throw refusal("Every device has such a path.") }
        if value[0] == UInt8(ascii: "/") { return nil }
        return path.isAbsolute
            ? "The path has no slash at its start; one was added."
            : "The path does not begin at the root; it is compared with the ends of paths."
    }
}

extension IPAddress {
    /// The address that a normalised host is.
    init?(host: [UInt8]) {
        guard let address = host.withUnsafeBufferPointer({ IPAddress($0) }) else { return nil }
        self = address
    }
}
