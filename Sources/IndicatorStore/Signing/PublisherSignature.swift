import Foundation

/// A signature in the form of minisign: over the content, and over a comment that says what the content is.
///
/// Four lines: a comment that nobody vouches for; Base64 of an algorithm, the identifier of the key and the signature
/// over the content; the trusted comment; Base64 of the signature over the first signature and the trusted comment. The
/// algorithm `Ed` signs the content itself, `ED` its BLAKE2b of 64 bytes.
/// Source: https://jedisct1.github.io/minisign/#signature-format
public struct PublisherSignature: Sendable, Hashable {
    /// Why a signature is not accepted.
    enum Objection: Error, Hashable {
        case otherKey(String)
        case wrongContent
        case wrongComment
    }

    let isPrehashed: Bool
    let identifier: [UInt8]
    let signature: [UInt8]
    /// What the signer says of the content.
    public let trustedComment: String
    let globalSignature: [UInt8]

    /// The largest text that is taken for a signature, in bytes.
    static let sizeLimit = 16 << 10

    /// Reads the four lines.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count <= PublisherSignature.sizeLimit, String(validating: bytes, as: UTF8.self) != nil else {
            return nil
        }
        // By bytes: as text, a carriage return and a line feed are one character.
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        let trusted = "trusted comment: "
        guard lines.count == 4, lines[0].hasPrefix("untrusted comment:"), lines[2].hasPrefix(trusted),
            let first = Data(base64Encoded: lines[1]), first.count == 74,
            let global = Data(base64Encoded: lines[3]), global.count == 64
        else { return nil }
        let packed = [UInt8](first)
        switch (packed[0], packed[1]) {
        case (UInt8(ascii: "E"), UInt8(ascii: "d")): isPrehashed = false
        case (UInt8(ascii: "E"), UInt8(ascii: "D")): isPrehashed = true
        default: return nil
        }
        identifier = Array(packed[2..<10])
        signature = Array(packed[10...])
        trustedComment = String(lines[2].dropFirst(trusted.count))
        globalSignature = [UInt8](global)
    }

    private init(
        isPrehashed: Bool, identifier: [UInt8], signature: [UInt8], trustedComment: String, globalSignature: [UInt8]
    ) {
        self.isPrehashed = isPrehashed
        self.identifier = identifier
        self.signature = signature
        self.trustedComment = trustedComment
        self.globalSignature = globalSignature
    }

    /// Which key it says it was made with.
    public var keyName: String { PublisherKey.name(of: identifier) }

    /// Compares the signature with a content and a key.
    func verify(_ content: [UInt8], by key: PublisherKey) throws(Objection) {
        guard key.identifier == identifier else { throw .otherKey(keyName) }
        let message = isPrehashed ? Sodium.blake2b(content, size: 64) : content
        guard Sodium.verify(signature, over: message, by: key.key) else { throw .wrongContent }
        guard Sodium.verify(globalSignature, over: signature + Array(trustedComment.utf8), by: key.key) else {
            throw .wrongComment
        }
    }

    /// Compares the signature with a content and the keys that a person trusts; the name of the key that made it.
    func verify(_ content: [UInt8], of thing: String, byOneOf keys: [PublisherKey]) throws(StoreError) -> String {
        guard let key = keys.first(where: { $0.identifier == identifier }) else {
            throw StoreError(
                .refused,
                "\(thing) is signed with the key \(keyName), which is none of the keys that the configuration trusts "
                    + "(\(keys.map(\.name).joined(separator: ", "))).")
        }
        do throws(Objection) {
            try verify(content, by: key)
        } catch {
            let what = error == .wrongComment ? "the comment of its signature was changed" : "its content was changed"
            throw StoreError(
                .refused,
                "The signature of \(thing) is wrong: \(what) after it was signed, or the key is another one of the same "
                    + "identifier. It was not used.")
        }
        return key.name
    }

    /// Signs a content, by its BLAKE2b.
    static func sign(_ content: [UInt8], with key: PublisherSecretKey, comment: String) -> PublisherSignature? {
        let line = comment.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard let signature = Sodium.sign(Sodium.blake2b(content, size: 64), with: key.secret),
            let global = Sodium.sign(signature + Array(line.utf8), with: key.secret)
        else { return nil }
        return PublisherSignature(
            isPrehashed: true, identifier: key.identifier, signature: signature, trustedComment: line,
            globalSignature: global)
    }

    /// The four lines.
    var text: String {
        let packed = Data(Array((isPrehashed ? "ED" : "Ed").utf8) + identifier + signature).base64EncodedString()
        return "untrusted comment: signature from bridle\n\(packed)\ntrusted comment: \(trustedComment)\n"
            + Data(globalSignature).base64EncodedString() + "\n"
    }
}
