import Foundation

/// The public key of a publisher, in the form of minisign.
///
/// Base64 of the letters `Ed`, the identifier (8 bytes) and the key of Ed25519 (32 bytes).
/// Source: https://jedisct1.github.io/minisign/#public-key-format
public struct PublisherKey: Sendable, Hashable {
    /// The identifier: which key this is.
    let identifier: [UInt8]
    let key: [UInt8]

    init(identifier: [UInt8], key: [UInt8]) {
        self.identifier = identifier
        self.key = key
    }

    /// Reads a key: one line of Base64, or a file of two lines, the first of which is a comment.
    public init?(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("untrusted comment:") }
        guard lines.count == 1, let data = Data(base64Encoded: lines[0]) else { return nil }
        let bytes = [UInt8](data)
        guard bytes.count == 42, bytes[0] == UInt8(ascii: "E"), bytes[1] == UInt8(ascii: "d") else { return nil }
        identifier = Array(bytes[2..<10])
        key = Array(bytes[10...])
    }

    /// The key in one line.
    public var text: String { Data(Array("Ed".utf8) + identifier + key).base64EncodedString() }

    /// The identifier as minisign shows it: a number in 16 hexadecimal digits.
    public var name: String { PublisherKey.name(of: identifier) }

    static func name(of identifier: [UInt8]) -> String {
        identifier.reversed().map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
