public import Primitives

/// What came of adding a pack.
public struct PackOutcome: Sendable, Hashable {
    /// What the pack says of itself.
    public let manifest: PackManifest
    /// The key whose signature was right, if one could be compared.
    public let signer: String?
    /// The key that signed it, if no key is configured that it could be compared with.
    public let unknownSigner: String?
}

extension StoreChange {
    /// Takes over a pack: its files in place of those of an older pack of the same name.
    ///
    /// With keys, only one that is signed by one of them. A pack with a smaller number than the one that is there, or
    /// the same number and other content, is refused unless `allowOlder`.
    public func add(
        pack path: String, name: String, keys: [PublisherKey], allowOlder: Bool, at moment: Timestamp
    ) throws(StoreError) -> PackOutcome {
        let reader = try PackReader(path, name: name, keys: keys)
        defer { reader.finish() }
        let manifest = reader.manifest
        let installed = packs[manifest.name]
        guard installed != nil || !files.values.contains(where: { $0.source == manifest.name }) else {
            throw StoreError(
                .refused,
                "The pack \(name) calls itself \(manifest.name), as a source does whose files are in the store, and would "
                    + "take their place. Remove them first if that is what you want.")
        }
        if let installed, !allowOlder {
            guard installed.signer == nil || reader.signer != nil else {
                throw StoreError(
                    .refused,
                    "The pack \(name) has no signature that was compared, and the one that is there has one by a trusted "
                        + "key (\(installed.signer ?? "")). Give that key with --key; --allow-older adds the pack all the "
                        + "same.")
            }
            guard manifest.sequence >= installed.sequence else {
                throw StoreError(
                    .refused,
                    "The pack \(name) is older (sequence \(manifest.sequence)) than the one that is there (sequence "
                        + "\(installed.sequence)), and an older one may lack what was published since. "
                        + "--allow-older adds it all the same.")
            }
            guard manifest.sequence > installed.sequence || reader.digest == installed.digest else {
                throw StoreError(
                    .refused,
                    "The pack \(name) has the sequence of the one that is there (\(installed.sequence)) and other "
                        + "content, so one of the two is not what its publisher made. --allow-older adds it all the same."
                )
            }
        }
        var added: [StoredFile] = []
        try reader.members { (member: PackManifest.Member, bytes: [UInt8]) throws(StoreError) in
            var file = try put(bytes, name: StoreChange.name(of: member, in: manifest), at: moment)
            file.source = manifest.name
            file.publisher = member.publisher ?? manifest.publisher
            file.licence = member.licence ?? manifest.licence
            file.references = member.references
            file.signer = reader.signer
            added.append(file)
        }
        removeFiles(of: manifest.name)
        for file in added { put(file) }
        put(
            InstalledPack(
                name: manifest.name, sequence: manifest.sequence, digest: reader.digest, signer: reader.signer))
        return PackOutcome(manifest: manifest, signer: reader.signer, unknownSigner: reader.unknownSigner)
    }

    /// A member's own name below that of its pack, so that it takes nobody else's place.
    private static func name(of member: PackManifest.Member, in manifest: PackManifest) -> String {
        manifest.name + "/" + member.name.replacing("/", with: "-")
    }
}
