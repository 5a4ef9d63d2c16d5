import Crypto
import Primitives

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The key bag of a backup: the class keys, each wrapped with the key that the password is stretched into.
///
/// A run of values, each a tag of four letters, a length (32 bits, most significant byte first) and that many bytes.
/// Every `UUID` behind the first begins a class key. Sources: J. Bédrune and J. Sigwald, "iPhone data protection in
/// depth" (HITB 2011, http://esec-lab.sogeti.com/static/publications/11-hitbamsterdam-iphonedataprotection.pdf); Apple
/// Platform Security, "Keybags for Data Protection" (https://support.apple.com/guide/security/sec6483d5760/web).
struct BackupKeyBag: Sendable {
    /// One stretching of the password: PBKDF2 with HMAC.
    struct Stretching: Sendable {
        let salt: [UInt8]
        let rounds: Int
    }

    /// A class key as it is stored.
    struct ClassKey: Sendable {
        let protectionClass: UInt32
        /// Bit 0: wrapped with a key of the device; bit 1: wrapped with the key from the password.
        let wrapping: UInt32
        let wrapped: [UInt8]
    }

    /// The first stretching with SHA-256 (`DPSL`, `DPIC`); key bags before iOS 10.2 have none.
    let first: Stretching?
    /// The second stretching with SHA-1 (`SALT`, `ITER`).
    let second: Stretching
    /// In the order of the bag.
    let classKeys: [ClassKey]

    /// More rounds would take minutes to hours; devices use ten million.
    static let roundLimit = 1_000_000_000
    /// A bag has about ten class keys.
    private static let classLimit = 256

    /// Reads a key bag.
    init(parsing bytes: [UInt8]) throws(EvidenceError) {
        do throws(ParseError) {
            try self.init(values: BackupKeyBag.values(bytes))
        } catch {
            throw EvidenceError(
                .damaged,
                "The key bag of this backup can't be read (\(error)). Without it the backup stays encrypted: "
                    + "use another copy of the backup.")
        }
        for stretching in [first, second].compactMap(\.self) where stretching.rounds > BackupKeyBag.roundLimit {
            throw EvidenceError(
                .damaged,
                "The key bag of this backup asks for \(stretching.rounds) rounds of key derivation; expected "
                    + "at most \(BackupKeyBag.roundLimit). It is damaged or made to waste time: use another copy.")
        }
    }

    private static func values(_ bytes: [UInt8]) throws(ParseError) -> [(tag: String, value: [UInt8])] {
        var cursor = ByteCursor(bytes)
        var values: [(tag: String, value: [UInt8])] = []
        while !cursor.isAtEnd {
            let tag = String(decoding: try cursor.take(4, "a tag of the key bag"), as: UTF8.self)
            let length = Int(try cursor.bigEndian(bytes: 4, "a length in the key bag"))
            values.append((tag, Array(try cursor.take(length, "a value of the key bag"))))
            guard values.count <= classLimit * 8 else {
                throw ParseError(.beyondLimit, "a key bag of at most \(classLimit) classes")
            }
        }
        return values
    }

    private init(values: [(tag: String, value: [UInt8])]) throws(ParseError) {
        var header: [String: [UInt8]] = [:]
        var current: [String: [UInt8]]?
        var hasIdentifier = false
        var classKeys: [ClassKey] = []
        for (tag, value) in values + [("UUID", [])] {
            guard tag == "UUID" else {
                if current == nil { header[tag] = value } else { current?[tag] = value }
                continue
            }
            // The first UUID is that of the bag.
            guard hasIdentifier else {
                hasIdentifier = true
                continue
            }
            if let entry = current, let number = BackupKeyBag.number(entry["CLAS"]), let wrapped = entry["WPKY"] {
                classKeys.append(
                    ClassKey(
                        protectionClass: UInt32(truncatingIfNeeded: number),
                        wrapping: UInt32(truncatingIfNeeded: BackupKeyBag.number(entry["WRAP"]) ?? 0),
                        wrapped: wrapped))
            }
            current = [:]
        }
        first = try BackupKeyBag.stretching(header["DPSL"], header["DPIC"])
        guard let second = try BackupKeyBag.stretching(header["SALT"], header["ITER"]) else {
            throw ParseError(.malformed, "a salt and a number of rounds in the key bag")
        }
        self.second = second
        guard !classKeys.isEmpty else { throw ParseError(.malformed, "class keys in the key bag") }
        self.classKeys = classKeys
    }

    private static func stretching(_ salt: [UInt8]?, _ rounds: [UInt8]?) throws(ParseError) -> Stretching? {
        guard salt != nil || rounds != nil else { return nil }
        guard let salt, (1...1_024).contains(salt.count) else {
            throw ParseError(.malformed, "a salt of 1 to 1024 bytes in the key bag")
        }
        guard let rounds = number(rounds), rounds > 0 else {
            throw ParseError(.malformed, "a number of rounds in the key bag")
        }
        return Stretching(salt: salt, rounds: rounds)
    }

    /// Four bytes as a number, most significant byte first.
    private static func number(_ bytes: [UInt8]?) -> Int? {
        guard let bytes, bytes.count == 4 else { return nil }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }
}

/// The class keys that a password opens.
struct ClassKeys: Sendable {
    private let keys: [UInt32: SymmetricKey]
    /// How many class keys of the bag stay wrapped.
    let lockedCount: Int

    /// Opens a key bag; throws `passwordWrong` if the key opens no class that the password alone protects.
    init(_ bag: BackupKeyBag, key: BackupKey) throws(EvidenceError) {
        let opener = SymmetricKey(data: key.bytes)
        var keys: [UInt32: SymmetricKey] = [:]
        var locked = 0
        for entry in bag.classKeys {
            // Bit 1 is not set: only the device can unwrap it.
            if entry.wrapping & 2 != 0, let opened = ClassKeys.unwrap(entry.wrapped, opener) {
                keys[entry.protectionClass] = opened
            } else {
                locked += 1
            }
        }
        guard !keys.isEmpty else {
            throw EvidenceError(
                .passwordWrong,
                "The password or key does not open this backup. Expected the password that was set for "
                    + "encrypted backups of this device (often not the code of the device), or the key of this backup.")
        }
        self.keys = keys
        lockedCount = locked
    }

    /// The key of one file, from what the manifest stores: its class (32 bits, least significant byte first), then the
    /// key wrapped with the key of that class.
    func fileKey(_ stored: [UInt8], protectionClass: UInt32?) throws(ParseError) -> SymmetricKey {
        guard stored.count == 44 else { throw ParseError(.malformed, "a wrapped key of 40 bytes behind its class") }
        let named = stored[0..<4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let classes = protectionClass.map { [$0, named] } ?? [named]
        var isLocked = true
        for number in classes {
            guard let key = keys[number] else { continue }
            isLocked = false
            if let opened = ClassKeys.unwrap(Array(stored[4...]), key) { return opened }
        }
        throw isLocked
            ? ParseError(.locked, "a class key that the password opens")
            : ParseError(.malformed, "a file key that its class key opens")
    }

    /// AES key unwrapping (RFC 3394) of a 256-bit key; nothing if the check value is not right.
    private static func unwrap(_ wrapped: [UInt8], _ key: SymmetricKey) -> SymmetricKey? {
        guard wrapped.count == 40 else { return nil }
        return try? AES.KeyWrap.unwrap(wrapped, using: key)
    }
}
