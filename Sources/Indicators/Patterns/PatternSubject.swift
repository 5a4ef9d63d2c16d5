import ArtifactModel

/// What of a record a property speaks about: the same fields that single indicators of that property are compared with.
///
/// All comparisons of one observation that speak about one subject speak about one value of the record, as in STIX they
/// speak about one object: `[domain-name:value LIKE '%.evil.test' AND domain-name:value != 'a.evil.test']` needs a host
/// that fulfils both.
enum PatternSubject: UInt8, Hashable, Sendable, CaseIterable {
    case host, link, process, email, phone, path, application, profile, fileHash, certificate

    /// The fields that hold it.
    var kinds: [Observable.Kind] {
        switch self {
        case .host: [.url, .hostName]
        case .link: [.url]
        case .process: [.processName, .program]
        case .email: [.emailAddress, .account]
        case .phone: [.phoneNumber, .account]
        case .path: [.filePath, .program]
        case .application: [.applicationIdentifier]
        case .profile: [.profileIdentifier]
        case .fileHash: [.fileHash]
        case .certificate: [.certificateHash]
        }
    }
}

/// A property of STIX as far as records have it.
struct PatternProperty: Hashable, Sendable {
    /// Which text of a value is compared.
    enum Aspect: Hashable, Sendable {
        /// The host of a link, or the host itself.
        case host
        /// What the host is, in the words of STIX: `domain-name`, `ipv4-addr`, `ipv6-addr`.
        case hostType
        /// The whole text.
        case whole
        /// The name of the process, and both halves of `process/purpose`.
        case processName
        /// The address alone.
        case address
        /// The digits of a telephone number.
        case number
        /// The last part of a path.
        case fileName
        /// A path in the one form in which paths are compared.
        case path
        /// The folder that a path lies in.
        case folder
        /// Letters in lower case, without braces.
        case identifier
        /// Hexadecimal digits.
        case hash
    }

    let subject: PatternSubject
    let aspect: Aspect
    /// The property under which an equality is an indicator, if it can be one.
    let indicatorProperty: String?
    /// How many hexadecimal digits the hash that is meant has.
    var hashLength: Int?

    /// Whether case makes no difference for it.
    var ignoresCase: Bool {
        switch aspect {
        case .host, .hostType, .address, .identifier, .hash, .number: true
        case .whole, .processName, .fileName, .path, .folder: false
        }
    }

    private init(_ subject: PatternSubject, _ aspect: Aspect, _ indicatorProperty: String?, hashLength: Int? = nil) {
        self.subject = subject
        self.aspect = aspect
        self.indicatorProperty = indicatorProperty
        self.hashLength = hashLength
    }

    /// What a property means here; `nil` if no record has it.
    ///
    /// Addresses and senders of messages, the ends of connections and the pictures of processes are spelled by reference
    /// in STIX; here they are the fields that such records have.
    init?(_ path: ObjectPath) {
        let text = path.text.replacing("_refs[*].", with: "_ref.")
        switch text {
        case "domain-name:value": self.init(.host, .host, "domain-name:value")
        case "ipv4-addr:value": self.init(.host, .host, "ipv4-addr:value")
        case "ipv6-addr:value": self.init(.host, .host, "ipv6-addr:value")
        case "network-traffic:dst_ref.value", "network-traffic:src_ref.value": self.init(.host, .host, nil)
        case "network-traffic:dst_ref.type", "network-traffic:src_ref.type": self.init(.host, .hostType, nil)
        case "url:value": self.init(.link, .whole, "url:value")
        case "process:name", "process:binary_ref.name", "process:image_ref.name":
            self.init(.process, .processName, "process:name")
        case "email-addr:value", "email-message:from_ref.value", "email-message:sender_ref.value",
            "email-message:to_ref.value", "email-message:cc_ref.value", "email-message:bcc_ref.value":
            self.init(.email, .address, "email-addr:value")
        case "phone-number:value": self.init(.phone, .number, "phone-number:value")
        case "file:name": self.init(.path, .fileName, "file:name")
        case "file:path": self.init(.path, .path, "file:path")
        case "file:parent_directory_ref.path": self.init(.path, .folder, nil)
        case "directory:path": self.init(.path, .path, "directory:path")
        case "app:id": self.init(.application, .identifier, "app:id")
        case "configuration-profile:id": self.init(.profile, .identifier, "configuration-profile:id")
        default:
            guard let kind = PublishedValue.kind(of: text) else { return nil }
            switch kind {
            case .fileHashMD5, .fileHashSHA1, .fileHashSHA256, .fileHashSHA512:
                self.init(.fileHash, .hash, text, hashLength: kind.hashLength)
            case .certificateHash: self.init(.certificate, .hash, text)
            default: return nil
            }
        }
    }

    /// Calls `body` with every form in which the value is compared, until it says yes.
    func contains(
        _ value: UnsafeBufferPointer<UInt8>, where body: (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        switch aspect {
        case .host: return HostName.normalise(value) { host, _, _ in body(host) } ?? false
        case .hostType:
            let type = HostName.normalise(value) { _, form, _ in
                switch form {
                case .name: "domain-name"
                case .ipv4Address: "ipv4-addr"
                case .ipv6Address: "ipv6-addr"
                }
            }
            guard let type else { return false }
            return type.withBytes(body)
        case .whole: return body(ComparableText.trimmed(value))
        case .processName: return processNames(value, body)
        case .address: return ComparableText.emailAddress(value)?.withUnsafeBufferPointer(body) ?? false
        case .number: return PhoneNumber(value)?.digits.withUnsafeBufferPointer(body) ?? false
        case .identifier: return ComparableText.identifier(value).withUnsafeBufferPointer(body)
        case .hash:
            guard let hash = ComparableText.hash(value), hashLength ?? hash.count == hash.count else { return false }
            return hash.withUnsafeBufferPointer(body)
        case .fileName: return DevicePath.normalise(value) { body(DevicePath.lastPart($0)) }
        case .path: return DevicePath.normalise(value) { PatternProperty.spellings($0, body) }
        case .folder:
            return DevicePath.normalise(value) { path in
                let end = path.count - DevicePath.lastPart(path).count - 1
                guard end > 0 else { return false }
                return PatternProperty.spellings(UnsafeBufferPointer(rebasing: path[..<end]), body)
            }
        }
    }

    private func processNames(
        _ value: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        let name = ComparableText.trimmed(value)
        if body(name) { return true }
        guard let slash = name.firstIndex(of: UInt8(ascii: "/")) else { return false }
        if body(DevicePath.lastPart(name)) { return true }
        return slash > 0 && body(UnsafeBufferPointer(rebasing: name[..<slash]))
    }

    /// A path below `/private`, and without it, as publishers write it.
    private static func spellings(
        _ path: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        if body(path) { return true }
        guard path.starts(with: "/private/".utf8) else { return false }
        return body(UnsafeBufferPointer(rebasing: path[8...]))
    }
}
