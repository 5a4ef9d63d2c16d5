import CSodium

/// The few functions of libsodium that signatures need, with sizes that can't be wrong.
enum Sodium {
    /// Whether the library is ready; it is made so once, before anything else of it is used.
    private static let isReady: Bool = sodium_init() >= 0

    static let keySize = 32
    static let secretKeySize = 64
    static let signatureSize = 64

    /// Whether an Ed25519 signature over a message is right.
    static func verify(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool {
        guard isReady, signature.count == signatureSize, key.count == keySize else { return false }
        return crypto_sign_verify_detached(signature, message, UInt64(message.count), key) == 0
    }

    /// An Ed25519 signature over a message; nothing if the key has the wrong size.
    static func sign(_ message: [UInt8], with key: [UInt8]) -> [UInt8]? {
        guard isReady, key.count == secretKeySize else { return nil }
        var signature = [UInt8](repeating: 0, count: signatureSize)
        var length: UInt64 = 0
        guard crypto_sign_detached(&signature, &length, message, UInt64(message.count), key) == 0 else { return nil }
        return signature
    }

    /// A new pair of keys.
    static func keyPair() -> (key: [UInt8], secret: [UInt8])? {
        guard isReady else { return nil }
        var key = [UInt8](repeating: 0, count: keySize)
        var secret = [UInt8](repeating: 0, count: secretKeySize)
        guard crypto_sign_keypair(&key, &secret) == 0 else { return nil }
        return (key, secret)
    }

    /// The public half that a secret key holds.
    static func publicHalf(of secret: [UInt8]) -> [UInt8]? {
        guard isReady, secret.count == secretKeySize else { return nil }
        var key = [UInt8](repeating: 0, count: keySize)
        guard crypto_sign_ed25519_sk_to_pk(&key, secret) == 0 else { return nil }
        return key
    }

    /// Bytes that nobody can guess.
    static func random(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        if isReady { randombytes_buf(&bytes, count) }
        return bytes
    }

    /// BLAKE2b of 1 to 64 bytes (RFC 7693).
    static func blake2b(_ message: [UInt8], size: Int) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: size)
        guard isReady, crypto_generichash(&digest, size, message, UInt64(message.count), nil, 0) == 0 else { return [] }
        return digest
    }
}
