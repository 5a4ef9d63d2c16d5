import FileFormats
public import Primitives

/// What a pack says of itself: signed as a whole, and with it, by their SHA-256, all its members.
public struct PackManifest: Sendable, Hashable {
    /// One file of the pack.
    public struct Member: Sendable, Hashable {
        /// Its name in the archive: `files/0001-pegasus.stix2`.
        public var path: String
        /// Its name for people and findings.
        public var name: String
        /// SHA-256 of the content in lower-case hexadecimal digits.
        public var digest: String
        /// The number of bytes.
        public var size: Int
        /// Who published it.
        public var publisher: String?
        /// Under which licence.
        public var licence: String?
        /// Where it was written about.
        public var references: [String]
    }

    /// The same for all packs of one series.
    public var name: String
    /// Grows from pack to pack of a series.
    public var sequence: Int64
    /// When it was made.
    public var created: Timestamp
    /// Who made it.
    public var publisher: String?
    /// Under which licence, unless a member says otherwise.
    public var licence: String?
    /// The files, in the order in which they stand in the archive.
    public var members: [Member]

    /// The largest manifest, in bytes, and the most members.
    static let sizeLimit = 16 << 20
    static let memberLimit = 20_000

    init(
        name: String, sequence: Int64, created: Timestamp, publisher: String?, licence: String?, members: [Member]
    ) {
        self.name = name
        self.sequence = sequence
        self.created = created
        self.publisher = publisher
        self.licence = licence
        self.members = members
    }

    /// The manifest as it stands in the pack.
    var json: [UInt8] {
        var buffer = TextBuffer()
        buffer.append("{\"format\":\"bridle-indicators\",\"version\":1,\"sequence\":")
        buffer.append(decimal: sequence)
        buffer.append(member: "name", name)
        buffer.append(member: "created", created.description)
        buffer.append(member: "publisher", publisher)
        buffer.append(member: "licence", licence)
        buffer.append(",\n\"members\":[")
        for (index, member) in members.enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            buffer.append("{\"size\":")
            buffer.append(decimal: Int64(member.size))
            buffer.append(member: "path", member.path)
            buffer.append(member: "name", member.name)
            buffer.append(member: "sha256", member.digest)
            buffer.append(member: "publisher", member.publisher)
            buffer.append(member: "licence", member.licence)
            if !member.references.isEmpty {
                buffer.append(",\"references\":")
                buffer.append(jsonStrings: member.references)
            }
            buffer.append("}")
        }
        buffer.append("\n]}\n")
        return buffer.bytes
    }

    /// Reads a manifest; throws what is wrong with it.
    init(json bytes: [UInt8]) throws(ParseError) {
        let value = try JSONValue(bytes, depthLimit: 8)
        guard value["format"]?.text == "bridle-indicators" else {
            throw ParseError(.malformed, "a manifest of indicators")
        }
        guard value["version"]?.integer == 1 else { throw ParseError(.unsupported, "a manifest of version 1") }
        guard let name = value["name"]?.text, StoredFile.name(from: name) == name,
            let sequence = value["sequence"]?.integer, sequence >= 0,
            let created = value["created"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
            let list = value["members"]?.list
        else { throw ParseError(.malformed, "name, sequence, moment and members of a pack") }
        guard list.count <= PackManifest.memberLimit else {
            throw ParseError(.beyondLimit, "at most \(PackManifest.memberLimit) members")
        }
        var paths: Set<String> = []
        var names: Set<String> = []
        var members: [Member] = []
        for item in list {
            guard let path = item["path"]?.text, let name = item["name"]?.text, let digest = item["sha256"]?.text,
                let size = item["size"]?.integer.flatMap({ Int(exactly: $0) }), StoredFile.isDigest(digest),
                (0...DownloadLimits.file).contains(size), PackManifest.isPlain(name)
            else { throw ParseError(.malformed, "path, name, SHA-256 and size of a member") }
            guard paths.insert(path).inserted, names.insert(name.replacing("/", with: "-")).inserted else {
                throw ParseError(.malformed, "members that differ in path and name")
            }
            members.append(
                Member(
                    path: path, name: name, digest: digest, size: size, publisher: item["publisher"]?.text,
                    licence: item["licence"]?.text, references: item["references"]?.list?.compactMap(\.text) ?? []))
        }
        self.init(
            name: name, sequence: sequence, created: created, publisher: value["publisher"]?.text,
            licence: value["licence"]?.text, members: members)
    }

    /// Whether a name is one that the store gives: plain parts between slashes.
    private static func isPlain(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return parts.count <= 3 && parts.allSatisfy { StoredFile.name(from: $0) == $0 }
    }
}
