import ArtifactModel
import Crypto
import CryptoExtras
import Foundation
import Primitives
import Testing

@testable import EvidenceSources

struct EncryptionTests {
    static let key = SymmetricKey(data: [UInt8](0..<32))

    static func encrypted(_ bytes: [UInt8]) throws -> [UInt8] {
        try [UInt8](AES._CBC.encrypt(bytes, using: key, iv: AES._CBC.IV(ivBytes: [UInt8](repeating: 0, count: 16))))
    }

    @Test func `any part reads as the same part of the whole`() throws {
        let plain = (0..<300_001).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) }
        let source = try DecryptingSource(MemorySource(try Self.encrypted(plain)), key: Self.key)
        #expect(source.count == plain.count)
        #expect(source.damage.isEmpty)
        var position = 1
        for round in 0..<600 {
            position = (position &* 48_271) % 300_001
            let length = [0, 1, 15, 16, 17, 100, 4_096, 65_536, 70_000][round % 9]
            let end = min(position + length, plain.count)
            #expect(try source.bytes(in: position..<position + length) == Array(plain[position..<end]))
        }
        #expect(try source.bytes() == plain)
        #expect(try source.bytes(in: 300_001..<300_010).isEmpty)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 65_535, 65_536, 65_537])
    func `the length comes from the padding`(_ length: Int) throws {
        let plain = [UInt8](repeating: 3, count: length)
        let source = try DecryptingSource(MemorySource(try Self.encrypted(plain)), key: Self.key)
        #expect(try source.bytes() == plain)
    }

    @Test func `a file cut off within a block is read up to the last whole one`() throws {
        let plain = [UInt8](0..<100)
        let source = try DecryptingSource(MemorySource(Array(try Self.encrypted(plain).prefix(70))), key: Self.key)
        #expect(try source.bytes() == Array(plain[..<64]))
        #expect(source.damage.map(\.kind) == [.truncated])
    }

    @Test func `a file cut off between blocks is read, and its padding is missed`() throws {
        let plain = [UInt8](repeating: 65, count: 100)
        let source = try DecryptingSource(MemorySource(Array(try Self.encrypted(plain).prefix(64))), key: Self.key)
        #expect(try source.bytes() == Array(plain[..<64]))
        #expect(source.damage.count == 1)
    }

    @Test func `an empty stored file is empty`() throws {
        #expect(try DecryptingSource(MemorySource([]), key: Self.key).count == 0)
    }

    /// A key bag from tags and values.
    static func bag(_ values: [(String, [UInt8])]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (tag, value) in values {
            bytes += Array(tag.utf8)
            bytes += [0, 0, UInt8(value.count >> 8), UInt8(value.count & 255)]
            bytes += value
        }
        return bytes
    }

    static let classKey: [(String, [UInt8])] = [
        ("UUID", [UInt8](repeating: 1, count: 16)), ("CLAS", [0, 0, 0, 3]), ("WRAP", [0, 0, 0, 2]),
        ("WPKY", [UInt8](repeating: 2, count: 40)),
    ]

    static func header(rounds: [UInt8]) -> [(String, [UInt8])] {
        [("UUID", [UInt8](repeating: 0, count: 16)), ("SALT", [1, 2, 3]), ("ITER", rounds)]
    }

    @Test func `a key bag is read`() throws {
        let bag = try BackupKeyBag(parsing: Self.bag(Self.header(rounds: [0, 0, 0, 9]) + Self.classKey))
        #expect(bag.first == nil)
        #expect(bag.second.rounds == 9)
        #expect(bag.classKeys.map(\.protectionClass) == [3])
    }

    @Test func `an absurd number of rounds is refused before it is begun`() throws {
        let bytes = Self.bag(Self.header(rounds: [0xFF, 0xFF, 0xFF, 0xFF]) + Self.classKey)
        #expect(throws: EvidenceError.self) { try BackupKeyBag(parsing: bytes) }
    }

    @Test(arguments: 0..<40)
    func `a key bag that is cut off or changed does not trap`(_ seed: Int) {
        var bytes = Self.bag(Self.header(rounds: [0, 0, 0, 9]) + Self.classKey)
        _ = try? BackupKeyBag(parsing: Array(bytes.prefix(seed * 4)))
        bytes[(seed * 37) % bytes.count] = 0xFF
        _ = try? BackupKeyBag(parsing: bytes)
    }

    @Test func `a key bag without salt, rounds or class keys is damaged`() {
        for values in [
            Self.classKey, Self.header(rounds: [0, 0, 0, 9]), Self.header(rounds: [0, 0, 0, 0]) + Self.classKey,
            Self.header(rounds: [9]) + Self.classKey,
            Self.header(rounds: [0, 0, 0, 9]).map { $0.0 == "SALT" ? ("SALT", []) : $0 } + Self.classKey,
        ] {
            #expect(throws: EvidenceError.self) { try BackupKeyBag(parsing: Self.bag(values)) }
        }
    }
}
