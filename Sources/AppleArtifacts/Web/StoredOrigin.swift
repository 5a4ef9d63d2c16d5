import Primitives

/// The sites of a storage folder whose name is a hash, from the file `origin` inside it (iOS 16 and later).
///
/// WebKit writes the site of the page and then the site that stored something, each as scheme, host and port. A text is
/// a count of characters in 4 bytes, 1 byte that is 1 for Latin-1 and 0 for UTF-16, and the characters; a count of
/// 0xFFFFFFFF is no text. A port is 1 byte, 0 for none, else 1 and the port in 2 bytes. Least significant byte first.
///
/// - SeeAlso: <https://github.com/WebKit/WebKit/blob/main/Source/WebCore/Modules/storage/StorageUtilities.cpp>
/// - SeeAlso: <https://github.com/WebKit/WebKit/blob/main/Source/WTF/wtf/persistence/PersistentCoders.cpp>
struct StoredOrigin: Sendable, Hashable {
    /// The site of the page: `https://www.example.com`.
    let top: String
    /// The site that stored something, which differs in frames of others; nothing if it can't be read.
    let client: String?
    /// Why it can't be read.
    let damage: ParseError?

    /// A host name has at most 253 letters; escaped or odd ones are given room.
    private static let textLimit: UInt64 = 4_096

    /// Reads the content of the file; the first site alone is worth having.
    init(parsing bytes: [UInt8]) throws(ParseError) {
        var cursor = ByteCursor(bytes)
        top = try Self.site(&cursor)
        do throws(ParseError) {
            client = try Self.site(&cursor)
            damage = nil
        } catch {
            client = nil
            damage = error
        }
    }

    private static func site(_ cursor: inout ByteCursor) throws(ParseError) -> String {
        let start = cursor.offset
        let scheme = try text(&cursor, "the scheme of a site")
        let host = try text(&cursor, "the host of a site")
        var port = ""
        switch try cursor.byte("whether a site has a port") {
        case 0: break
        case 1: port = ":\(try cursor.littleEndian(bytes: 2, "the port of a site"))"
        default: throw ParseError(.malformed, "0 or 1 before the port of a site", at: cursor.offset - 1)
        }
        guard !scheme.isEmpty else { throw ParseError(.malformed, "a site with a scheme", at: start) }
        return scheme + "://" + host + port
    }

    private static func text(_ cursor: inout ByteCursor, _ expected: String) throws(ParseError) -> String {
        let start = cursor.offset
        let count = try cursor.littleEndian(bytes: 4, expected)
        if count == 0xFFFF_FFFF { return "" }
        guard count <= textLimit else { throw ParseError(.beyondLimit, "at most \(textLimit) characters", at: start) }
        switch try cursor.byte(expected) {
        case 0:
            let bytes = Array(try cursor.take(Int(count) * 2, expected))
            let units = stride(from: 0, to: bytes.count - 1, by: 2).map {
                UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
            }
            return String(decoding: units, as: UTF16.self)
        case 1:
            var text = ""
            for byte in try cursor.take(Int(count), expected) { text.unicodeScalars.append(Unicode.Scalar(byte)) }
            return text
        default: throw ParseError(.malformed, "0 or 1 for the width of characters", at: cursor.offset - 1)
        }
    }
}
