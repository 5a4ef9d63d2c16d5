import FileFormats
import Primitives

extension Generation {
    /// More files than any store needs.
    static let fileLimit = 100_000
    /// The largest description of a generation, in bytes.
    static let sizeLimit = 128 << 20

    /// The description as it lies in the store.
    var json: [UInt8] {
        var buffer = TextBuffer()
        buffer.append("{\"format\":1,\"generation\":")
        buffer.append(decimal: Int64(number))
        buffer.append(member: "created", created.description)
        buffer.append(member: "action", action)
        buffer.append(",\n\"packs\":[")
        for (index, pack) in packs.enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            buffer.append("{\"sequence\":")
            buffer.append(decimal: pack.sequence)
            buffer.append(member: "name", pack.name)
            buffer.append(member: "sha256", pack.digest)
            buffer.append(member: "signer", pack.signer)
            buffer.append("}")
        }
        buffer.append("],\n\"files\":[")
        for (index, file) in files.enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            buffer.append("{\"size\":")
            buffer.append(decimal: Int64(file.size))
            for (name, value) in file.texts { buffer.append(member: name, value) }
            if !file.references.isEmpty {
                buffer.append(",\"references\":")
                buffer.append(jsonStrings: file.references)
            }
            buffer.append("}")
        }
        buffer.append("]}\n")
        return buffer.bytes
    }

    /// Reads a description; throws what is wrong with it.
    init(json bytes: [UInt8]) throws(ParseError) {
        let value = try JSONValue(bytes, depthLimit: 8)
        guard value["format"]?.integer == 1 else { throw ParseError(.unsupported, "a store of format 1") }
        guard let number = value["generation"]?.integer.flatMap({ Int(exactly: $0) }), number > 0,
            let created = value["created"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
            let action = value["action"]?.text, let files = value["files"]?.list, let packs = value["packs"]?.list,
            files.count <= Generation.fileLimit, packs.count <= Generation.fileLimit
        else { throw ParseError(.malformed, "the description of a generation") }
        self.init(number: number, created: created, action: action)
        for file in files {
            guard let file = StoredFile(json: file) else { throw ParseError(.malformed, "the description of a file") }
            self.files.append(file)
        }
        for pack in packs {
            guard let name = pack["name"]?.text, let sequence = pack["sequence"]?.integer,
                let digest = pack["sha256"]?.text
            else { throw ParseError(.malformed, "the description of a pack") }
            self.packs.append(
                InstalledPack(name: name, sequence: sequence, digest: digest, signer: pack["signer"]?.text))
        }
    }
}

extension StoredFile {
    /// The members that are texts, in the order in which they are written.
    fileprivate var texts: [(StaticString, String?)] {
        [
            ("name", name), ("sha256", digest), ("role", role.rawValue), ("stored", stored.description),
            ("source", source), ("address", address), ("etag", entityTag), ("last_modified", lastModified),
            ("version", version), ("publisher", publisher), ("licence", licence), ("signer", signer),
        ]
    }

    fileprivate init?(json value: JSONValue) {
        guard let name = value["name"]?.text, let digest = value["sha256"]?.text, StoredFile.isDigest(digest),
            let size = value["size"]?.integer.flatMap({ Int(exactly: $0) }), size >= 0,
            let stored = value["stored"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
            let role = value["role"]?.text.flatMap({ Role(rawValue: $0) })
        else { return nil }
        self.init(name: name, digest: digest, size: size, stored: stored)
        self.role = role
        source = value["source"]?.text
        address = value["address"]?.text
        entityTag = value["etag"]?.text
        lastModified = value["last_modified"]?.text
        version = value["version"]?.text
        publisher = value["publisher"]?.text
        licence = value["licence"]?.text
        signer = value["signer"]?.text
        references = value["references"]?.list?.compactMap(\.text) ?? []
    }

    /// Whether a text is a SHA-256 in lower-case hexadecimal digits: the only name that a content has on disk.
    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

extension TextBuffer {
    /// Appends `,"name":"text"`, or nothing if there is no text.
    mutating func append(member name: StaticString, _ text: String?) {
        guard let text else { return }
        append(",\"")
        append(name)
        append("\":")
        append(jsonString: text)
    }
}
