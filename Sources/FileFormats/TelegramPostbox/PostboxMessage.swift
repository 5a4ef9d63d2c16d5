public import Primitives

/// A message as Postbox, the store of Telegram on Apple's systems, keeps it.
///
/// The key is 20 bytes, most significant byte first: chat (8), namespace (4), seconds since 1970-01-01T00:00:00Z (4), number
/// (4). The value has fixed fields, some of them announced by flags, then the text, then lists of objects.
///
/// Source: Victor Oreshkin, <https://gist.github.com/stek29/8a7ac0e673818917525ec4031d77a713>
public struct PostboxMessage: Sendable, Hashable {
    /// Where a message belongs.
    public struct Key: Sendable, Hashable {
        /// The number of the chat.
        public let chat: Int64
        /// Whether the message is from the server (0), local or scheduled.
        public let namespace: Int32
        /// When it was written.
        public let date: Timestamp?
        /// Its number in the chat.
        public let number: Int32

        /// Reads a key.
        public init?(_ bytes: [UInt8]) {
            guard bytes.count == 20 else { return nil }
            func number(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
            chat = Int64(bitPattern: number(0..<8))
            namespace = Int32(truncatingIfNeeded: number(8..<12))
            date = Timestamp(unixSeconds: Int64(Int32(truncatingIfNeeded: number(12..<16))))
            self.number = Int32(truncatingIfNeeded: number(16..<20))
        }
    }

    /// Where a message was forwarded from.
    public struct Forward: Sendable, Hashable {
        /// The number of who wrote it first.
        public var author: Int64
        /// When it was written first.
        public var date: Timestamp?
        /// The name that stands for an author who does not want to be linked.
        public var signature: String?
    }

    /// Flags of the message; 4 is a message that came in.
    public private(set) var flags: UInt32 = 0
    /// The number of who wrote it.
    public private(set) var author: Int64?
    /// Where it was forwarded from.
    public private(set) var forward: Forward?
    /// The text.
    public private(set) var text = ""
    /// Links in the text, buttons, replies and the like.
    public private(set) var attributes: [PostboxValue] = []
    /// Media that are kept with the message.
    public private(set) var media: [PostboxValue] = []
    /// Keys of media in the table of media.
    public private(set) var mediaKeys: [[UInt8]] = []

    /// Whether the message came in.
    public var isIncoming: Bool { flags & 4 != 0 }

    /// What the flags of a message announce, in the order of the fields: bit and size.
    private static let announced: [(bit: UInt8, size: Int)] = [(1, 8), (2, 4), (4, 8), (8, 4), (16, 4), (32, 8)]

    /// Reads a value.
    public init(_ bytes: [UInt8]) throws(ParseError) {
        var cursor = ByteCursor(bytes)
        guard try cursor.byte("the kind of a message") == 0 else {
            throw ParseError(.unsupported, "a message of kind 0", at: 0)
        }
        try cursor.skip(8, "the stable number and version of a message")
        let known = PostboxMessage.announced.reduce(0) { $0 | $1.bit }
        let fields = try cursor.byte("flags of a message's fields")
        guard fields & ~known == 0 else { throw ParseError(.unsupported, "known fields of a message", at: 9) }
        for field in PostboxMessage.announced where fields & field.bit != 0 {
            try cursor.skip(field.size, "a field of a message")
        }
        flags = UInt32(truncatingIfNeeded: try cursor.littleEndian(bytes: 4, "flags of a message"))
        try cursor.skip(4, "tags of a message")
        forward = try PostboxMessage.forward(&cursor)
        if try cursor.byte("whether an author is named") == 1 { author = try PostboxValue.wide(&cursor) }
        text = try PostboxValue.text(&cursor, length: PostboxValue.count(&cursor))
        attributes = try PostboxMessage.objects(&cursor)
        media = try PostboxMessage.objects(&cursor)
        let start = cursor.offset
        let count = try PostboxValue.count(&cursor)
        guard count <= cursor.remaining / 12 else { throw ParseError(.truncated, "all numbers of media", at: start) }
        for _ in 0..<count {
            // The table of media has the same two numbers with the most significant byte first.
            let space = try cursor.take(4, "a namespace of media").reversed()
            mediaKeys.append(space + (try cursor.take(8, "a number of media").reversed()))
        }
    }

    private static func forward(_ cursor: inout ByteCursor) throws(ParseError) -> Forward? {
        let fields = try cursor.byte("flags of a forward")
        guard fields != 0 else { return nil }
        var forward = Forward(author: try PostboxValue.wide(&cursor))
        let date = try PostboxValue.number(&cursor)
        forward.date = date == 0 ? nil : Timestamp(unixSeconds: date)
        if fields & 2 != 0 { try cursor.skip(8, "the source of a forward") }
        if fields & 4 != 0 { try cursor.skip(16, "the source message of a forward") }
        if fields & 8 != 0 { forward.signature = try PostboxValue.text(&cursor, length: PostboxValue.count(&cursor)) }
        if fields & 16 != 0 { try cursor.skip(PostboxValue.count(&cursor), "the kind of an announcement") }
        if fields & 32 != 0 { try cursor.skip(4, "flags of a forward") }
        return forward
    }

    /// Objects, each with its length in bytes. One that can't be read is left out: its length leads to the next.
    private static func objects(_ cursor: inout ByteCursor) throws(ParseError) -> [PostboxValue] {
        let start = cursor.offset
        let count = try PostboxValue.count(&cursor)
        guard count <= cursor.remaining / 4 else { throw ParseError(.truncated, "all objects of a message", at: start) }
        var objects: [PostboxValue] = []
        for _ in 0..<count {
            let bytes = Array(try cursor.take(PostboxValue.count(&cursor), "an object of a message"))
            do throws(ParseError) {
                objects.append(try PostboxValue(stored: bytes))
            } catch {
                objects.append(.bytes(bytes))
            }
        }
        return objects
    }
}
