import Crypto
import Foundation
import Primitives

/// Reads a pack from its beginning to its end: first what vouches for the rest, then the rest.
///
/// Nothing of a pack reaches the store before its manifest is believed, and no member whose bytes are not those that
/// the manifest names.
struct PackReader {
    private let descriptor: Int32
    private let path: String
    private let name: String
    let manifest: PackManifest
    /// SHA-256 of the manifest.
    let digest: String
    /// The name of the key whose signature was right, if one could be compared.
    let signer: String?
    /// The key that the pack names, if it is signed and nothing could be compared.
    let unknownSigner: String?

    /// Reads manifest and signature.
    ///
    /// With keys, only a pack with a right signature by one of them is read. `name` is what a person calls it.
    init(_ path: String, name: String, keys: [PublisherKey]) throws(StoreError) {
        self.path = path
        self.name = name
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw StoreError(.noInput, "The pack \(name) can't be read: \(String(cString: strerror(errno))).")
        }
        do throws(StoreError) {
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                throw StoreError(.data, "The pack \(name) is not an ordinary file.")
            }
            guard status.st_size <= IndicatorPack.sizeLimit else {
                throw StoreError(.data, "The pack \(name) is larger than \(IndicatorPack.sizeLimit) bytes.")
            }
            guard let first = try PackReader.header(descriptor, name), first.name == IndicatorPack.manifestName,
                first.size <= PackManifest.sizeLimit
            else { throw PackReader.wrong(name, "expected its manifest first") }
            let bytes = try PackReader.content(descriptor, name, first.size)
            digest = SHA256.hash(data: bytes).hexadecimal
            // A signature stands behind the manifest or nowhere.
            let position = lseek(descriptor, 0, SEEK_CUR)
            var signature: PublisherSignature?
            if let next = try PackReader.header(descriptor, name), next.name == IndicatorPack.signatureName {
                guard next.size <= PublisherSignature.sizeLimit,
                    let read = PublisherSignature(try PackReader.content(descriptor, name, next.size))
                else { throw PackReader.wrong(name, "its signature is not one of minisign") }
                signature = read
            } else {
                lseek(descriptor, position, SEEK_SET)
            }
            if keys.isEmpty {
                signer = nil
                unknownSigner = signature?.keyName
            } else {
                guard let signature else {
                    throw StoreError(
                        .refused,
                        "The pack \(name) is not signed, and the configuration names keys that packs must be signed "
                            + "with. It was not used.")
                }
                signer = try signature.verify(bytes, of: "the pack \(name)", byOneOf: keys)
                unknownSigner = nil
            }
            do throws(ParseError) {
                manifest = try PackManifest(json: bytes)
            } catch {
                throw PackReader.wrong(name, "its manifest is not what it should be (\(error))")
            }
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Ends the reading.
    func finish() { close(descriptor) }

    /// Hands over every member, compared with the manifest, in its order.
    func members(_ take: (PackManifest.Member, [UInt8]) throws(StoreError) -> Void) throws(StoreError) {
        for member in manifest.members {
            guard let header = try PackReader.header(descriptor, name) else {
                throw PackReader.wrong(name, "it has fewer members than its manifest")
            }
            guard header.name == member.path, header.size == member.size else {
                throw PackReader.wrong(name, "its members are not those of its manifest, in name, order or size")
            }
            let bytes = try PackReader.content(descriptor, name, header.size)
            guard SHA256.hash(data: bytes).hexadecimal == member.digest else {
                throw PackReader.wrong(name, "a member is not the one that its manifest names (SHA-256)")
            }
            try take(member, bytes)
        }
        guard try PackReader.header(descriptor, name) == nil else {
            throw PackReader.wrong(name, "it has more members than its manifest")
        }
    }

    /// The next header, or nothing at the two empty blocks that end the archive.
    private static func header(_ descriptor: Int32, _ name: String) throws(StoreError) -> (name: String, size: Int)? {
        let block = try exactly(PackTar.blockSize, descriptor, name)
        if block.allSatisfy({ $0 == 0 }) {
            guard try exactly(PackTar.blockSize, descriptor, name).allSatisfy({ $0 == 0 }) else {
                throw wrong(name, "expected two empty blocks at its end")
            }
            var byte: UInt8 = 0
            guard read(descriptor, &byte, 1) == 0 else { throw wrong(name, "something stands behind its end") }
            return nil
        }
        switch PackTar.read(block) {
        case .success(let header): return header
        case .failure(let objection): throw wrong(name, objection.words)
        }
    }

    private static func content(_ descriptor: Int32, _ name: String, _ size: Int) throws(StoreError) -> [UInt8] {
        guard size <= DownloadLimits.file else {
            throw wrong(name, "a member is larger than \(DownloadLimits.file) bytes")
        }
        // A size is believed only if the file is that long: nothing is reserved for a lie.
        var status = stat()
        let position = Int(lseek(descriptor, 0, SEEK_CUR))
        guard fstat(descriptor, &status) == 0, position >= 0, size <= Int(status.st_size) - position else {
            throw wrong(name, "it ends in the middle of a member")
        }
        let bytes = try exactly(size, descriptor, name)
        guard try exactly(PackTar.padding(size), descriptor, name).allSatisfy({ $0 == 0 }) else {
            throw wrong(name, "expected zero bytes behind a member")
        }
        return bytes
    }

    private static func exactly(_ count: Int, _ descriptor: Int32, _ name: String) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let length = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { read(descriptor, $0 + filled, count - filled) } ?? 0
            }
            if length < 0, errno == EINTR { continue }
            guard length > 0 else { throw wrong(name, "it ends in the middle") }
            filled += length
        }
        return bytes
    }

    private static func wrong(_ name: String, _ words: String) -> StoreError {
        StoreError(.data, "The pack \(name) is not used: \(words). Nothing was changed.")
    }
}
