public import Primitives

/// A file of a generation of the store: what it is called, where its content lies, and where it came from.
public struct StoredFile: Sendable, Hashable {
    /// What the content is for.
    public enum Role: String, Sendable, Hashable {
        /// It holds indicators.
        case indicators
        /// It is a list of other files: an index, or the manifest of a feed.
        case list
    }

    /// The name that findings cite: `pegasus.stix2`, `mvt/pegasus.stix2`.
    public var name: String
    /// SHA-256 of the content in lower-case hexadecimal digits; the content lies under it.
    public var digest: String
    /// The number of bytes.
    public var size: Int
    /// What the content is for.
    public var role: Role
    /// When this content came into the store.
    public var stored: Timestamp
    /// The configured source or the pack that it belongs to; nothing for what a person added.
    public var source: String?
    /// Where it was fetched.
    public var address: String?
    /// The server's `ETag` for it.
    public var entityTag: String?
    /// The server's `Last-Modified` for it.
    public var lastModified: String?
    /// The publisher's version of it: the time stamp of a MISP event, the last moment of a TAXII collection.
    public var version: String?
    /// Who published it.
    public var publisher: String?
    /// Under which licence.
    public var licence: String?
    /// Where it was written about.
    public var references: [String]
    /// The identifier of the key whose signature over it was right.
    public var signer: String?

    /// A file that a person added.
    public init(name: String, digest: String, size: Int, stored: Timestamp) {
        self.name = name
        self.digest = digest
        self.size = size
        self.stored = stored
        role = .indicators
        references = []
    }

    /// A name without anything that a path, a terminal or a list could stumble over.
    public static func name(from text: String) -> String {
        var name = ""
        for scalar in text.unicodeScalars.prefix(120) {
            let isPlain =
                scalar.value > 0x20 && scalar.value < 0x7F && !"/\\\"'`$:*?<>|".unicodeScalars.contains(scalar)
            name.unicodeScalars.append(isPlain ? scalar : "_")
        }
        while name.hasPrefix(".") { name.removeFirst() }
        return name.isEmpty ? "file" : name
    }
}

/// A pack that was added: the number that no older one of the same name may have.
public struct InstalledPack: Sendable, Hashable {
    /// The name that its publisher gave it.
    public var name: String
    /// Grows with every pack of that name.
    public var sequence: Int64
    /// SHA-256 of its manifest.
    public var digest: String
    /// The identifier of the key that signed it, if the signature could be compared.
    public var signer: String?

    /// Joins the parts.
    public init(name: String, sequence: Int64, digest: String, signer: String?) {
        self.name = name
        self.sequence = sequence
        self.digest = digest
        self.signer = signer
    }
}

/// One state of the store; never changed once it is written.
public struct Generation: Sendable, Hashable {
    /// Counts from 1.
    public var number: Int
    /// When it was made.
    public var created: Timestamp
    /// What made it: `add`, `update`, `remove`.
    public var action: String
    /// The files, in byte order of their names.
    public var files: [StoredFile]
    /// The packs, in byte order of their names.
    public var packs: [InstalledPack]

    init(number: Int, created: Timestamp, action: String, files: [StoredFile] = [], packs: [InstalledPack] = []) {
        self.number = number
        self.created = created
        self.action = action
        self.files = files
        self.packs = packs
    }

    /// The files that hold indicators.
    public var indicatorFiles: [StoredFile] { files.filter { $0.role == .indicators } }

    /// The file of a name.
    public subscript(name: String) -> StoredFile? { files.first { $0.name == name } }
}
