import Foundation

/// The secret key of a publisher, in the form that minisign gives to keys without a password.
///
/// Base64 of `Ed`, two zero bytes (no password), `B2`, 48 bytes that a password would need, the identifier (8), the key
/// (64) and BLAKE2b of 32 bytes over algorithm, identifier and key. A key with a password is refused, in words: the
/// derivation costs a gigabyte, and `minisign` itself signs a manifest as well.
/// Source: https://jedisct1.github.io/minisign/#secret-key-format
public struct PublisherSecretKey: Sendable {
    let identifier: [UInt8]
    let secret: [UInt8]

    private static let size = 158

    /// A new key.
    public static func generate() throws(StoreError) -> PublisherSecretKey {
        guard let pair = Sodium.keyPair() else {
            throw StoreError(.cantCreate, "A key can't be made: libsodium is not ready.")
        }
        return PublisherSecretKey(identifier: Sodium.random(8), secret: pair.secret)
    }

    private init(identifier: [UInt8], secret: [UInt8]) {
        self.identifier = identifier
        self.secret = secret
    }

    /// Reads a key file.
    public init(file path: String) throws(StoreError) {
        guard let bytes = try DurableFile.bytes(path, limit: 4_096) else {
            throw StoreError(.noInput, "There is no key file \(path). 'bridle indicators keygen' makes one.")
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        guard let line = lines.last(where: { !$0.hasPrefix("untrusted comment:") }),
            let data = Data(base64Encoded: line), data.count == PublisherSecretKey.size
        else {
            throw StoreError(
                .data, "\(path) holds no secret key: expected a file that 'bridle indicators keygen' wrote.")
        }
        let packed = [UInt8](data)
        guard packed[2] == 0, packed[3] == 0 else {
            throw StoreError(
                .data,
                "The key in \(path) is protected by a password, which is not supported. Sign the pack's manifest with "
                    + "minisign, or make a key with 'bridle indicators keygen'.")
        }
        identifier = Array(packed[54..<62])
        secret = Array(packed[62..<126])
        let sum = Sodium.blake2b(Array("Ed".utf8) + identifier + secret, size: 32)
        guard packed.starts(with: Array("Ed".utf8)), sum == Array(packed[126...]) else {
            throw StoreError(.data, "The key in \(path) is damaged: its sum is not that of its bytes.")
        }
    }

    /// The public half.
    public var publicKey: PublisherKey? {
        Sodium.publicHalf(of: secret).map { PublisherKey(identifier: identifier, key: $0) }
    }

    /// Writes the key to a new file that only its owner can read; a file that exists is left alone.
    public func write(to path: String) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            guard errno == EEXIST else { throw DurableFile.unwritable(path, errno) }
            throw StoreError(.cantCreate, "\(path) exists already, and a key is never replaced; choose another name.")
        }
        defer { close(descriptor) }
        let head = Array("Ed".utf8) + [0, 0] + Array("B2".utf8) + [UInt8](repeating: 0, count: 48)
        let sum = Sodium.blake2b(Array("Ed".utf8) + identifier + secret, size: 32)
        let line = Data(head + identifier + secret + sum).base64EncodedString()
        let text = Array(
            "untrusted comment: bridle secret key; anybody who has it can sign in your name\n\(line)\n".utf8)
        do throws(StoreError) {
            try DurableFile.write(text, to: descriptor, path)
            try DurableFile.synchronize(descriptor, path)
        } catch {
            unlink(path)
            throw error
        }
    }
}
