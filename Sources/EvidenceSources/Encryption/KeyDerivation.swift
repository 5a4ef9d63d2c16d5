import Crypto
import CryptoExtras

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Stretches a backup password into the key of a key bag.
///
/// k1 = PBKDF2-HMAC-SHA256(password, DPSL, DPIC); key = PBKDF2-HMAC-SHA1(k1, SALT, ITER); key bags before iOS 10.2 begin
/// with the second. Devices ask for ten million rounds of the first.
///
/// The library does not say how far it is, so the fraction is an estimate from a short run; it can't be interrupted.
enum KeyDerivation {
    /// Derives the key while `progress` hears fractions from 0 to 1.
    static func key(
        from password: String, for bag: BackupKeyBag, progress: @escaping @Sendable (Double) -> Void
    ) async throws -> BackupKey {
        let bytes = Array(password.utf8)
        guard !bytes.isEmpty else {
            throw EvidenceError(
                .passwordMissing,
                "The password is empty, and no backup is encrypted with an empty one: expected the "
                    + "password that was set for encrypted backups of this device.")
        }
        let expected = try expectedDuration(bag)
        let start = ContinuousClock.now
        return try await withThrowingTaskGroup(of: BackupKey?.self) { group in
            group.addTask { try derive(bytes, bag) }
            if expected > .milliseconds(200) {
                group.addTask {
                    while !Task.isCancelled {
                        progress(min(0.99, (ContinuousClock.now - start) / expected))
                        try? await Task.sleep(for: .milliseconds(100))
                    }
                    return nil
                }
            }
            while let finished = try await group.next() {
                guard let key = finished else { continue }
                group.cancelAll()
                progress(1)
                return key
            }
            throw CancellationError()
        }
    }

    private static func derive(_ password: [UInt8], _ bag: BackupKeyBag) throws -> BackupKey {
        var secret = password
        if let first = bag.first { secret = try stretch(secret, first, .sha256) }
        return BackupKey(bytes: try stretch(secret, bag.second, .insecureSHA1))
    }

    private static func stretch(
        _ secret: [UInt8], _ stretching: BackupKeyBag.Stretching, _ hash: KDF.Insecure.PBKDF2.HashFunction
    ) throws -> [UInt8] {
        // Checked when the bag was read; the library would trap on a number beyond 32 bits.
        guard (1...BackupKeyBag.roundLimit).contains(stretching.rounds) else {
            throw EvidenceError(.damaged, "expected 1 to \(BackupKeyBag.roundLimit) rounds of key derivation")
        }
        return try KDF.Insecure.PBKDF2.deriveKey(
            from: secret, salt: stretching.salt, using: hash, outputByteCount: 32,
            unsafeUncheckedRounds: stretching.rounds
        ).withUnsafeBytes { Array($0) }
    }

    /// An estimate from 20,000 rounds, which take a few milliseconds.
    private static func expectedDuration(_ bag: BackupKeyBag) throws -> Duration {
        let sample = 20_000
        var expected = Duration.zero
        for (stretching, hash) in [(bag.first, .sha256), (bag.second, .insecureSHA1)]
            as [(BackupKeyBag.Stretching?, KDF.Insecure.PBKDF2.HashFunction)]
        {
            guard let stretching, stretching.rounds > 4 * sample else { continue }
            let start = ContinuousClock.now
            _ = try stretch([0], .init(salt: stretching.salt, rounds: sample), hash)
            expected += (ContinuousClock.now - start) * (Double(stretching.rounds) / Double(sample))
        }
        return expected
    }
}
