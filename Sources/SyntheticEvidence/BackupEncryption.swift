import Crypto
import CryptoExtras

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How a made-up backup is encrypted.
public struct BackupEncryption: Sendable {
    /// The password of the backup.
    public var password: String
    /// Rounds of the first stretching (`DPIC`); nothing for a key bag as before iOS 10.2, which has only the second.
    ///
    /// Devices use ten million.
    public var firstRounds: Int?
    /// Rounds of the second stretching (`ITER`); devices use ten thousand.
    public var secondRounds: Int
    /// Whether `Manifest.db` is encrypted too; it was not by iOS 10.0 and 10.1.
    public var encryptsManifest: Bool
    /// The class whose key only the device can unwrap, as in real backups: files of it stay locked.
    public static let lockedClass: UInt32 = 11

    /// Encrypts with few rounds, so that tests are fast.
    public init(
        password: String, firstRounds: Int? = 1_000, secondRounds: Int = 100, encryptsManifest: Bool = true
    ) {
        self.password = password
        self.firstRounds = firstRounds
        self.secondRounds = secondRounds
        self.encryptsManifest = encryptsManifest
    }
}

/// Numbers that repeat from run to run: synthetic evidence keeps no secret. SplitMix64.
struct RepeatableNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 32) }
    }
}

/// The key bag of a made-up backup, and its keys in the clear.
struct KeyBagWriter {
    /// The bag as `Manifest.plist` holds it.
    let bytes: [UInt8]
    private let classKeys: [UInt32: [UInt8]]

    init(_ encryption: BackupEncryption, numbers: inout RepeatableNumbers) throws {
        let firstSalt = numbers.bytes(20)
        let secondSalt = numbers.bytes(20)
        var secret = Array(encryption.password.utf8)
        if let rounds = encryption.firstRounds {
            secret = try KeyBagWriter.stretch(secret, firstSalt, .sha256, rounds)
        }
        let opener = try KeyBagWriter.stretch(secret, secondSalt, .insecureSHA1, encryption.secondRounds)
        var bag: [UInt8] = []
        func append(_ tag: String, _ value: [UInt8]) {
            bag += Array(tag.utf8) + KeyBagWriter.bigEndian(value.count) + value
        }
        func append(_ tag: String, _ number: Int) { append(tag, KeyBagWriter.bigEndian(number)) }
        append("VERS", 5)
        append("TYPE", 1)
        append("UUID", numbers.bytes(16))
        append("HMCK", numbers.bytes(40))
        append("WRAP", 0)
        append("SALT", secondSalt)
        append("ITER", encryption.secondRounds)
        if let rounds = encryption.firstRounds {
            append("DPWT", 0)
            append("DPIC", rounds)
            append("DPSL", firstSalt)
        }
        var classKeys: [UInt32: [UInt8]] = [:]
        for number in UInt32(1)...BackupEncryption.lockedClass {
            let key = numbers.bytes(32)
            let isLocked = number == BackupEncryption.lockedClass
            classKeys[number] = key
            append("UUID", numbers.bytes(16))
            append("CLAS", Int(number))
            append("WRAP", isLocked ? 1 : 2)
            append("KTYP", 0)
            append("WPKY", try KeyBagWriter.wrap(key, with: isLocked ? numbers.bytes(32) : opener))
        }
        bytes = bag
        self.classKeys = classKeys
    }

    /// A file key as the manifest stores it: the class, least significant byte first, and the wrapped key.
    func stored(_ key: [UInt8], protectionClass: UInt32) throws -> [UInt8] {
        guard let classKey = classKeys[protectionClass] else {
            throw SyntheticEvidenceError("expected a protection class from 1 to 11")
        }
        return Array(KeyBagWriter.bigEndian(Int(protectionClass)).reversed())
            + (try KeyBagWriter.wrap(key, with: classKey))
    }

    /// AES-256-CBC with a zero vector and PKCS#7 padding.
    static func encrypt(_ bytes: [UInt8], with key: [UInt8]) throws -> [UInt8] {
        try [UInt8](
            AES._CBC.encrypt(
                bytes, using: SymmetricKey(data: key), iv: AES._CBC.IV(ivBytes: [UInt8](repeating: 0, count: 16))))
    }

    private static func wrap(_ key: [UInt8], with opener: [UInt8]) throws -> [UInt8] {
        try [UInt8](AES.KeyWrap.wrap(SymmetricKey(data: key), using: SymmetricKey(data: opener)))
    }

    private static func stretch(
        _ secret: [UInt8], _ salt: [UInt8], _ hash: KDF.Insecure.PBKDF2.HashFunction, _ rounds: Int
    ) throws -> [UInt8] {
        try KDF.Insecure.PBKDF2.deriveKey(
            from: secret, salt: salt, using: hash, outputByteCount: 32, unsafeUncheckedRounds: rounds
        ).withUnsafeBytes { Array($0) }
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
