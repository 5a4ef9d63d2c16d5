import Crypto
import CryptoExtras
public import Primitives
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A file of an encrypted backup, decrypted where it is read: only the blocks that are asked for, never to disk.
///
/// AES-256 in cipher block chaining, the initialization vector zero, PKCS#7 padding at the end. To decrypt a block, the
/// cipher block before it is enough, so any position can be read without what stands before.
///
/// The length is taken from the padding of the last block. The size in the manifest was written earlier, and is wrong
/// for a database that grew in between.
public final class DecryptingSource: ByteSource {
    /// The number of decrypted bytes.
    public let count: Int
    /// What was odd about the end of the file; it is readable up to its last whole block all the same.
    public let damage: [ParseError]

    private let stored: any ByteSource
    private let key: SymmetricKey
    /// Whole blocks, in bytes.
    private let whole: Int
    /// The pieces that were read last, the newest first.
    private let recent = Mutex<[(index: Int, bytes: [UInt8])]>([])

    /// Decrypted at once: large enough for speed, small enough for a single page of a database.
    static let pieceSize = 16 << 10
    private static let recentLimit = 16
    private static let block = 16

    /// Decrypts with a file key; reads the last block to learn the length.
    init(_ stored: any ByteSource, key: SymmetricKey) throws(ParseError) {
        self.stored = stored
        self.key = key
        whole = stored.count / DecryptingSource.block * DecryptingSource.block
        if whole < stored.count {
            count = whole
            damage = [ParseError(.truncated, "whole blocks of 16 bytes", at: whole)]
            return
        }
        guard whole > 0 else {
            count = 0
            damage = []
            return
        }
        let last = try DecryptingSource.decrypt(
            stored, from: whole - DecryptingSource.block, to: whole, key: key)
        let padding = Int(last.last ?? 0)
        if (1...16).contains(padding), last.suffix(padding).allSatisfy({ Int($0) == padding }) {
            count = whole - padding
            damage = []
        } else {
            count = whole
            damage = [ParseError(.truncated, "padding at the end of the last block", at: whole)]
        }
    }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
        guard offset >= 0, offset < count else { return 0 }
        let wanted = min(buffer.count, count - offset)
        var filled = 0
        while filled < wanted {
            let position = offset + filled
            let bytes = try piece(position / DecryptingSource.pieceSize)
            let start = position % DecryptingSource.pieceSize
            let length = min(wanted - filled, bytes.count - start)
            guard length > 0 else { break }
            bytes.withUnsafeBytes { piece in
                UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + length])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: piece[start..<start + length]))
            }
            filled += length
        }
        return filled
    }

    private func piece(_ index: Int) throws(ParseError) -> [UInt8] {
        let known = recent.withLock { recent -> [UInt8]? in
            guard let position = recent.firstIndex(where: { $0.index == index }) else { return nil }
            let found = recent.remove(at: position)
            recent.insert(found, at: 0)
            return found.bytes
        }
        if let known { return known }
        let start = index * DecryptingSource.pieceSize
        let end = min(start + DecryptingSource.pieceSize, whole)
        let bytes = try DecryptingSource.decrypt(stored, from: start, to: end, key: key)
        recent.withLock { recent in
            recent.insert((index, bytes), at: 0)
            if recent.count > DecryptingSource.recentLimit { recent.removeLast() }
        }
        return bytes
    }

    /// Decrypts whole blocks; `start` and `end` are multiples of 16.
    private static func decrypt(
        _ stored: any ByteSource, from start: Int, to end: Int, key: SymmetricKey
    ) throws(ParseError) -> [UInt8] {
        let first = max(0, start - block)
        let cipher = try stored.bytes(in: first..<end)
        guard cipher.count == end - first else {
            throw ParseError(.truncated, "as many bytes as when the file was opened", at: first + cipher.count)
        }
        let vector = start == 0 ? [UInt8](repeating: 0, count: block) : Array(cipher[..<block])
        do {
            return try [UInt8](
                AES._CBC.decrypt(
                    cipher[(start - first)...], using: key, iv: AES._CBC.IV(ivBytes: vector), noPadding: true))
        } catch {
            throw ParseError(.malformed, "blocks of AES-256", at: start)
        }
    }
}
