public import Primitives

/// A value of Postbox, the store of Telegram on Apple's systems.
///
/// An object is a list of members, each a name (one byte of length, UTF-8), a byte for the type, and the value; numbers
/// are least significant byte first; texts, bytes and lists have a length of four bytes. A nested object begins with a
/// hash of its class and its length in bytes. A stored value is an object whose only member `_` is the object meant.
///
/// Source: Victor Oreshkin, <https://gist.github.com/stek29/8a7ac0e673818917525ec4031d77a713>
public indirect enum PostboxValue: Sendable, Hashable {
    /// A whole number of four or eight bytes.
    case integer(Int64)
    /// Yes or no.
    case truth(Bool)
    /// A number with a fraction.
    case real(Double)
    /// Text.
    case text(String)
    /// Bytes.
    case bytes([UInt8])
    /// Values of one type.
    case list([PostboxValue])
    /// Members in the order of the object.
    case object([Member])
    /// Nothing.
    case null

    /// A member of an object.
    public struct Member: Sendable, Hashable {
        /// Its name, mostly one or two letters.
        public var name: String
        /// Its value.
        public var value: PostboxValue
    }

    /// Objects inside each other.
    private static let depthLimit = 32

    /// Reads a stored value: the object under `_`, or the members themselves if there is none.
    public init(stored bytes: [UInt8]) throws(ParseError) {
        var cursor = ByteCursor(bytes)
        let members = try PostboxValue.members(&cursor, end: bytes.count, depth: 0)
        self = members.first { $0.name == "_" }?.value ?? .object(members)
    }

    /// The value under a name, if this is an object that has one.
    public subscript(name: String) -> PostboxValue? {
        if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
    }

    /// Text, if this is text.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// A whole number, if this is one.
    public var integer: Int64? { if case .integer(let number) = self { number } else { nil } }

    /// Every text inside, in the order of the value.
    public var texts: [String] {
        var texts: [String] = []
        collect(into: &texts)
        return texts
    }

    private func collect(into texts: inout [String]) {
        switch self {
        case .text(let text): texts.append(text)
        case .list(let values): for value in values { value.collect(into: &texts) }
        case .object(let members): for member in members { member.value.collect(into: &texts) }
        default: break
        }
    }

    // MARK: - Reading

    private static func members(_ cursor: inout ByteCursor, end: Int, depth: Int) throws(ParseError) -> [Member] {
        guard depth < depthLimit else {
            throw ParseError(.beyondLimit, "at most \(depthLimit) nested objects", at: cursor.offset)
        }
        var members: [Member] = []
        while cursor.offset < end {
            let name = try text(&cursor, length: Int(cursor.byte("the length of a name")))
            members.append(Member(name: name, value: try value(&cursor, depth: depth)))
        }
        return members
    }

    private static func value(_ cursor: inout ByteCursor, depth: Int) throws(ParseError) -> PostboxValue {
        let start = cursor.offset
        switch try cursor.byte("the type of a value") {
        case 0: return .integer(try number(&cursor))
        case 1: return .integer(try wide(&cursor))
        case 2: return .truth(try cursor.byte("a truth") != 0)
        case 3: return .real(Double(bitPattern: try cursor.littleEndian(bytes: 8, "a number")))
        case 4: return .text(try text(&cursor, length: count(&cursor)))
        case 5: return .object(try object(&cursor, depth: depth))
        case 6: return .list(try list(&cursor, size: 4) { cursor throws(ParseError) in .integer(try number(&cursor)) })
        case 7: return .list(try list(&cursor, size: 8) { cursor throws(ParseError) in .integer(try wide(&cursor)) })
        case 8:
            return .list(
                try list(&cursor, size: 8) { cursor throws(ParseError) in .object(try object(&cursor, depth: depth)) })
        case 9:
            return .list(
                try list(&cursor, size: 16) { cursor throws(ParseError) in
                    let key = try object(&cursor, depth: depth)
                    return .list([.object(key), .object(try object(&cursor, depth: depth))])
                })
        case 10: return .bytes(Array(try cursor.take(count(&cursor), "bytes")))
        case 11: return .null
        case 12:
            return .list(
                try list(&cursor, size: 4) { cursor throws(ParseError) in
                    .text(try text(&cursor, length: count(&cursor)))
                })
        case 13:
            return .list(
                try list(&cursor, size: 4) { cursor throws(ParseError) in
                    .bytes(Array(try cursor.take(count(&cursor), "bytes")))
                })
        default: throw ParseError(.unsupported, "a known type of value", at: start)
        }
    }

    private static func object(_ cursor: inout ByteCursor, depth: Int) throws(ParseError) -> [Member] {
        try cursor.skip(4, "the hash of a class")
        let start = cursor.offset
        let length = try count(&cursor)
        guard length <= cursor.remaining else { throw ParseError(.truncated, "all bytes of an object", at: start) }
        // The object is read by itself, so that no member reaches beyond it.
        var inner = ByteCursor(Array(try cursor.take(length, "an object")))
        return try members(&inner, end: length, depth: depth + 1)
    }

    /// `size` is the least that an element takes, so that no count asks for more than the bytes can hold.
    private static func list(
        _ cursor: inout ByteCursor, size: Int, _ element: (inout ByteCursor) throws(ParseError) -> PostboxValue
    ) throws(ParseError) -> [PostboxValue] {
        let start = cursor.offset
        let count = try count(&cursor)
        guard count <= cursor.remaining / size else {
            throw ParseError(.truncated, "all elements of a list", at: start)
        }
        var values: [PostboxValue] = []
        for _ in 0..<count { values.append(try element(&cursor)) }
        return values
    }

    static func number(_ cursor: inout ByteCursor) throws(ParseError) -> Int64 {
        Int64(Int32(truncatingIfNeeded: try cursor.littleEndian(bytes: 4, "a number")))
    }

    static func wide(_ cursor: inout ByteCursor) throws(ParseError) -> Int64 {
        Int64(bitPattern: try cursor.littleEndian(bytes: 8, "a number"))
    }

    static func count(_ cursor: inout ByteCursor) throws(ParseError) -> Int {
        let start = cursor.offset
        let count = try number(&cursor)
        guard count >= 0 else { throw ParseError(.malformed, "a length that is not negative", at: start) }
        return Int(count)
    }

    static func text(_ cursor: inout ByteCursor, length: Int) throws(ParseError) -> String {
        String(decoding: try cursor.take(length, "text"), as: UTF8.self)
    }
}
