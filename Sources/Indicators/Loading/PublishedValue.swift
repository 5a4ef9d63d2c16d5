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
        try self.init(kind, value)
    }

    /// The same for publishers who name the kind in another way.
    init(_ kind: Indicator.Kind, _ value: String) throws(IndicatorPattern.Refusal) {
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
            guard !PublishedValue.emptyHashes.contains(String(decoding: hash, as: UTF8.self)) else {
                throw refusal("The hash is that of an empty file.")
            }
            guard !PublishedValue.trivialHashes.contains(String(decoding: hash, as: UTF8.self)),
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

    /// MD5, SHA-1, SHA-256 and the beginning of SHA-512 of nothing.
    private static let emptyHashes: Set<String> = [
        "d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
            + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
    ]

    /// MD5, SHA-1, SHA-256 and SHA-512 of contents that very many files have: a zero byte, a line feed, a space, `0`, `1`,
    /// `{}`, `[]`, both with a line feed, `null`, `true`, `false`, 512 and 4,096 zero bytes.
    private static let trivialHashes: Set<String> = [
        "93b885adfe0da089cdf634904fd59f71",
        "5ba93c9db0cff93f52b521d7420e43f6eda2784f",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "b8244d028981d693af7b456af8efa4cad63d282e19ff14942c246e50d9351d22"
            + "704a802a71c3580b6370de4ceb293c324a8423342557d4e5c38438f0e36910ee",
        "68b329da9893e34099c7d8ad5cb9c940",
        "adc83b19e793491b1c6ea0fd8b46cd9f32e592fc",
        "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b",
        "be688838ca8686e5c90689bf2ab585cef1137c999b48c70b92f67a5c34dc1569"
            + "7b5d11c982ed6d71be1e1e7f7b4e0733884aa97c3f7a339a8ed03577cf74be09",
        "7215ee9c7d9dc229d2921a40e899ec5f",
        "b858cb282617fb0956d960215c8e84d1ccf909c6",
        "36a9e7f1c95b82ffb99743e0c5c4ce95d83c9a430aac59f84ef3cbfab6145068",
        "f90ddd77e400dfe6a3fcf479b00b1ee29e7015c5bb8cd70f5f15b4886cc33927"
            + "5ff553fc8a053f8ddc7324f45168cffaf81f8c3ac93996f6536eef38e5e40768",
        "cfcd208495d565ef66e7dff9f98764da",
        "b6589fc6ab0dc82cf12099d1c2d40ab994e8410c",
        "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
        "31bca02094eb78126a517b206a88c73cfa9ec6f704c7030d18212cace820f025"
            + "f00bf0ea68dbf3f3a5436ca63b53bf7bf80ad8d5de7d8359d0b7fed9dbc3ab99",
        "c4ca4238a0b923820dcc509a6f75849b",
        "356a192b7913b04c54574d18c28d46e6395428ab",
        "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
        "4dff4ea340f0a823f15d3f4f01ab62eae0e5da579ccb851f8db9dfe84c58b2b3"
            + "7b89903a740e1ee172da793a6e79d560e5f7f9bd058a12a280433ed6fa46510a",
        "99914b932bd37a50b983c5e7c90ae93b",
        "bf21a9e8fbc5a3846fb05b4fa0859e0917b2202f",
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        "27c74670adb75075fad058d5ceaf7b20c4e7786c83bae8a32f626f9782af34c9"
            + "a33c2046ef60fd2a7878d378e29fec851806bbd9a67878f3a9f1cda4830763fd",
        "d751713988987e9331980363e24189ce",
        "97d170e1550eee4afc0af065b78cda302a97674c",
        "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945",
        "b25b294cb4deb69ea00a4c3cf3113904801b6015e5956bd019a8570b1fe1d604"
            + "0e944ef3cdee16d0a46503ca6e659a25f21cf9ceddc13f352a3c98138c15d6af",
        "8a80554c91d9fca8acb82f023de02f11",
        "5f36b2ea290645ee34d943220a14b54ee5ea5be5",
        "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356",
        "ca4b6defb8adcc010050bc8b1bb8f8092c4928b8a0fba32146abcfb256e4d916"
            + "72f88ca2cdf6210e754e5b8ac5e23fb023806ccd749ac8b701f79a691f03c87a",
        "58e0494c51d30eb3494f7c9198986bb9",
        "cd0d4cc32346750408f7d4f5e78ec9a6e5b79a0d",
        "37517e5f3dc66819f61f5a7bb8ace1921282415f10551d2defa5c3eb0985b570",
        "b7a9336ed3a424b5d4d59d9b20d0bbc33217207b584db6b758fddb9a70b99e7c"
            + "8c9f8387ef318a6b2039e62f09a3a2592bf5c76d6947a6ea1d107b924d7461f4",
        "37a6259cc0c1dae299a7866489dff0bd",
        "2be88ca4242c76e8253ac62474851065032d6833",
        "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b",
        "04f8ff2682604862e405bf88de102ed7710ac45c1205957625e4ee3e5f5a2241"
            + "e453614acc451345b91bafc88f38804019c7492444595674e94e8cf4be53817f",
        "b326b5062b2f0e69046810717534cb09",
        "5ffe533b830f08a0326348a9160afafc8ada44db",
        "b5bea41b6c623f7c09f1bf24dcae58ebab3c0cdd90ad966bc43a45b44867e12b",
        "9120cd5faef07a08e971ff024a3fcbea1e3a6b44142a6d82ca28c6c42e4f8525"
            + "95bcf53d81d776f10541045abdb7c37950629415d0dc66c8d86c64a5606d32de",
        "68934a3e9455fa72420237eb05902327",
        "7cb6efb98ba5972a9b5090dc2e517fe14d12cb04",
        "fcbcf165908dd18a9e49f7ff27810176db8e9f63b4352213741664245224f8aa",
        "719fa67eef49c4b2a2b83f0c62bddd88c106aaadb7e21ae057c8802b700e36f8"
            + "1fe3f144812d8b05d66dc663d908b25645e153262cf6d457aa34e684af9e328d",
        "bf619eac0cdf3f68d496ea9344137e8b",
        "5c3eb80066420002bc3dcc7ca4ab6efad7ed4ae5",
        "076a27c79e5ace2a3d47f9dd2e83e4ff6ea8872b3c2218f66c92b89b55f36560",
        "df40d4a774e0b453a5b87c00d6f0ef5d753143454e88ee5f7b607134598294c7"
            + "905ccbcf94bbc46e474db6eb44e56a6dbb6d9a1be9d4fb5d1b5f2d0c6ed34bfe",
        "620f0b67a91f7f74151bc5be745b7110",
        "1ceaf73df40e531df3bfb26b4fb7cd95fb7bff1d",
        "ad7facb2586fc6e966c004d7d1d16b024f5805ff7cb47c7a85dabd8b48892ca7",
        "2d23913d3759ef01704a86b4bee3ac8a29002313ecc98a7424425a78170f2195"
            + "77822fd77e4ae96313547696ad7d5949b58e12d5063ef2ee063b595740a3a12d",
    ]

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
