public import ArtifactModel

extension Indicator {
    /// What an indicator's value is. The raw value is the key under which such values are published.
    ///
    /// `app`, `configuration-profile` and `android-property` are no objects of STIX; the publishers of the public sets
    /// made them up and agree on them.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A domain: its host and all below it.
        case domainName = "domain-name"
        /// An address of the Internet Protocol, version 4.
        case ipv4Address = "ipv4-addr"
        /// An address of the Internet Protocol, version 6.
        case ipv6Address = "ipv6-addr"
        /// A link.
        case url
        /// The name of a process.
        case processName = "process:name"
        /// An e-mail address.
        case emailAddress = "email-addr"
        /// A telephone number with its country code. STIX has no object for it; MISP has an attribute of this name.
        case phoneNumber = "phone-number:value"
        /// The last part of a path.
        case fileName = "file:name"
        /// An absolute path of a file or a folder.
        case filePath = "file:path"
        /// MD5 of a file's content.
        case fileHashMD5 = "file:hashes.md5"
        /// SHA-1 of a file's content.
        case fileHashSHA1 = "file:hashes.sha1"
        /// SHA-256 of a file's content.
        case fileHashSHA256 = "file:hashes.sha256"
        /// SHA-512 of a file's content.
        case fileHashSHA512 = "file:hashes.sha512"
        /// A hash of the certificate that an application was signed with; its length says which hash.
        case certificateHash = "app:cert"
        /// An application's bundle identifier or package name.
        case applicationIdentifier = "app:id"
        /// The identifier or UUID of a configuration profile.
        case profileIdentifier = "configuration-profile:id"
        /// The name of a system property of Android; nothing on an Apple device is compared with it.
        case androidProperty = "android-property:name"

        /// Whether a field of `kind` can match indicators of this kind at all: the ground of every statement about
        /// coverage.
        public func isComparable(with kind: Observable.Kind) -> Bool { kind.comparableKinds.contains(self) }

        /// All kinds in the order in which indicators are sorted.
        static let ordered = allCases

        /// The place in ``ordered``.
        var ordinal: UInt8 { UInt8(truncatingIfNeeded: Kind.ordinals[self] ?? 0) }

        private static let ordinals = Dictionary(
            uniqueKeysWithValues: ordered.enumerated().map { ($0.element, $0.offset) })

        /// How many hexadecimal digits a hash of this kind has, if it is a hash of a file.
        var hashLength: Int? {
            switch self {
            case .fileHashMD5: 32
            case .fileHashSHA1: 40
            case .fileHashSHA256: 64
            case .fileHashSHA512: 128
            default: nil
            }
        }
    }
}

extension Observable.Kind {
    /// The kinds of indicators that a field of this kind is compared with, in the order of ``Indicator/Kind``.
    ///
    /// A process is never compared with paths, nor a path with processes: `bh` is a process of Pegasus, and a folder in
    /// a well-known video application; `BackupAgent` is a process of Triangulation, and a file of every iOS. Only a field
    /// that holds the path of a program that ran is both.
    public var comparableKinds: [Indicator.Kind] {
        switch self {
        case .url: [.domainName, .ipv4Address, .ipv6Address, .url]
        case .hostName: [.domainName, .ipv4Address, .ipv6Address]
        case .emailAddress: [.emailAddress]
        case .account: [.emailAddress, .phoneNumber]
        case .phoneNumber: [.phoneNumber]
        case .processName: [.processName]
        case .filePath: [.fileName, .filePath]
        case .program: [.processName, .fileName, .filePath]
        case .applicationIdentifier: [.applicationIdentifier]
        case .profileIdentifier: [.profileIdentifier]
        case .fileHash: [.fileHashMD5, .fileHashSHA1, .fileHashSHA256, .fileHashSHA512]
        case .certificateHash: [.certificateHash]
        }
    }
}
