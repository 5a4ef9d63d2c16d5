import Crypto
import Foundation
public import Primitives

/// Indicators in one signed file, for machines that no network reaches.
///
/// A plain tar archive: `manifest.json`, its signature in the form of minisign if it is signed, and the files in the
/// order of the manifest. `tar xf` and `minisign -V -m manifest.json` read it as well.
public enum IndicatorPack {
    static let manifestName = "manifest.json"
    static let signatureName = "manifest.json.minisig"
    /// The largest pack, in bytes.
    static let sizeLimit = 2 << 30

    /// What an export is called.
    public struct Label: Sendable {
        /// The series that the pack belongs to.
        public var name: String
        /// Grows from pack to pack of a series.
        public var sequence: Int64
        /// When it is made.
        public var created: Timestamp
        /// Who makes it.
        public var publisher: String?
        /// Under which licence.
        public var licence: String?

        /// Joins the parts.
        public init(name: String, sequence: Int64, created: Timestamp, publisher: String?, licence: String?) {
            self.name = name
            self.sequence = sequence
            self.created = created
            self.publisher = publisher
            self.licence = licence
        }
    }

    /// Whether bytes begin like a pack.
    public static func isPack(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.starts(with: Array(manifestName.utf8) + [0])
            && bytes.dropFirst(257).starts(with: Array("ustar".utf8))
    }

    /// Writes files of a store as a pack. The same files and label give the same bytes, signed ones too.
    public static func write(
        _ files: [StoredFile], of store: IndicatorStore, as label: Label, signedWith key: PublisherSecretKey?,
        to path: String
    ) throws(StoreError) -> PackManifest {
        guard StoredFile.name(from: label.name) == label.name else {
            throw StoreError(.usage, "The name of a pack is plain ASCII without spaces, slashes or quotation marks.")
        }
        var members: [PackManifest.Member] = []
        for (index, file) in files.enumerated() {
            let digits = String(index + 1)
            let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            let tail = file.name.split(separator: "/").last.map { PackTar.tail(String($0)) } ?? "file"
            members.append(
                PackManifest.Member(
                    path: "files/\(number)-\(tail)", name: file.name, digest: file.digest, size: file.size,
                    publisher: file.publisher, licence: file.licence, references: file.references))
        }
        let manifest = PackManifest(
            name: label.name, sequence: label.sequence, created: label.created, publisher: label.publisher,
            licence: label.licence, members: members)
        let bytes = manifest.json
        let beside = path + ".partial"
        do throws(StoreError) {
            let descriptor = try DurableFile.open(creating: beside)
            defer { close(descriptor) }
            func put(_ name: String, _ content: [UInt8]) throws(StoreError) {
                let zeros = [UInt8](repeating: 0, count: PackTar.padding(content.count))
                for part in [PackTar.header(name: name, size: content.count), content, zeros] {
                    try DurableFile.write(part, to: descriptor, beside)
                }
            }
            try put(manifestName, bytes)
            if let key {
                guard
                    let signature = PublisherSignature.sign(
                        bytes, with: key, comment: "pack \(label.name), sequence \(label.sequence)")
                else { throw StoreError(.cantCreate, "The pack can't be signed with this key.") }
                try put(signatureName, Array(signature.text.utf8))
            }
            for (file, member) in zip(files, members) { try put(member.path, try store.bytes(of: file)) }
            try DurableFile.write([UInt8](repeating: 0, count: 1_024), to: descriptor, beside)
            try DurableFile.synchronize(descriptor, beside)
            try DurableFile.move(beside, to: path)
        } catch {
            unlink(beside)
            throw error
        }
        return manifest
    }
}

extension PackTar {
    /// The part of a name that may stand in the archive.
    static func tail(_ name: String) -> String {
        let plain = name.utf8.prefix(80).map { byte -> UInt8 in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            return isPlain ? byte : UInt8(ascii: "_")
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
