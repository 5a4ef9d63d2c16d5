import ArtifactModel
import FileFormats
import Primitives

/// The messages of Telegram, one record a message, with the links of their texts, buttons, previews and media.
///
/// The database is SQLite, its tables are numbered and hold packed values (Postbox). The time of a message stands in its
/// key, in whole seconds since 1970-01-01T00:00:00Z.
///
/// Losses: Telegram keeps messages on its servers, and here only those that were shown or fetched; secret chats that
/// ended leave nothing; a database that was encrypted can't be read; releases change what is packed.
///
/// - SeeAlso: <https://gist.github.com/stek29/8a7ac0e673818917525ec4031d77a713>
enum TelegramMessages: Artifact {
    struct Entry: Record {
        var key: PostboxMessage.Key
        var message: PostboxMessage?
        var sender: TelegramDirectory.Peer?
        var chat: TelegramDirectory.Peer?
        var origin: TelegramDirectory.Peer?
        var links: [String]

        var direction: MessageDirection? { message.map { $0.isIncoming ? .received : .sent } }

        static let fields: [Field<Self>] = [
            Field("date", "A Telegram message is dated", moment: { $0.key.date }),
            Field("direction", text: { $0.direction?.rawValue }, shown: true, "received or sent; from the flags"),
            Field(
                "sender", .observable(Observable(.account, .attempted)),
                text: { $0.direction == .sent ? nil : $0.sender?.account }, shown: true,
                "the telephone number of who wrote it, or else the user name"),
            Field(
                "sender_user_name", .observable(Observable(.account, .attempted)),
                text: { $0.direction == .sent ? nil : $0.sender?.userName }),
            Field("sender_name", .content, text: { $0.direction == .sent ? nil : $0.sender?.name }),
            Field("author_number", integer: { $0.message?.author }, "Telegram's number of who wrote it"),
            Field(
                "recipient", .observable(Observable(.account, .contacted)),
                text: { $0.direction == .sent ? $0.chat?.account : nil }, shown: true,
                "the other one of a chat of two, or a public group or channel"),
            Field("chat_number", integer: { $0.key.chat }, "Telegram's number of the chat"),
            Field("chat_type", text: { TelegramDirectory.kind($0.key.chat) }, "person, group, channel or secret chat"),
            Field("chat_title", .content, text: { $0.chat?.name }),
            Field(
                "chat_user_name", .observable(Observable(.account)), text: { $0.chat?.userName },
                "of a person, a public group or a channel"),
            Field("message_number", integer: { Int64($0.key.number) }, "in the chat"),
            Field("message_namespace", integer: { Int64($0.key.namespace) }, "0 from the server; others local"),
            Field(
                "forwarded", "A forwarded Telegram message was written", moment: { $0.message?.forward?.date }),
            Field(
                "forwarded_from", .observable(Observable(.account, .attempted)), text: { $0.origin?.account },
                "who wrote it first"),
            Field(
                "forwarded_name", .content, text: { $0.origin?.name ?? $0.message?.forward?.signature },
                "the name of who wrote it first"),
            Field("text", .content, text: { $0.message.flatMap { $0.text.isEmpty ? nil : $0.text } }),
            Field(
                "text_length", integer: { $0.message.map { Int64($0.text.unicodeScalars.count) } },
                "characters (Unicode scalars)"),
            Field(
                "links", .observable(Observable(.url, .attempted)), texts: { $0.links }, shown: true,
                "from the text, links behind words, buttons, previews and media"),
            Field("media_items", integer: { $0.message.map { Int64($0.media.count + $0.mediaKeys.count) } }),
            Field("flags", integer: { $0.message.map { Int64($0.flags) } }, "as stored; 4 is a message that came in"),
        ]
    }

    static let places: [Place] = [
        .applicationGroup("group.ph.telegra.Telegraph", "telegram-data/account-*/postbox/db/db_sqlite")
    ]

    static let card = ArtifactCard(
        "apple.messages.telegram-messages", "Telegram messages",
        summary: "Messages of Telegram that were kept on the device, with their accounts and links",
        places: places, standing: .documented,
        losses: [
            "Only messages that were shown or fetched are on the device",
            "A database that was encrypted can't be read, and backups hold none",
            "Releases change what is packed; a message that can't be unpacked keeps its chat and time only",
            "Files themselves are not read",
        ],
        references: references)

    static let references = [
        Reference(
            "Victor Oreshkin", "Telegram for iOS: reading of Postbox",
            link: "https://gist.github.com/stek29/8a7ac0e673818917525ec4031d77a713"),
        Reference(
            "iLEAPP", "Telegram",
            link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/telegramMesssages.py"),
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let directory = try TelegramDirectory(in: database) { sink.note($0) }
        let media = try mediaLinks(in: database) { sink.note($0) }
        try TelegramDirectory.scan("t7", in: database, note: { sink.note($0) }) { bytes, _, value, location in
            guard let bytes, let key = PostboxMessage.Key(bytes) else {
                return sink.note(ParseError(.malformed, "the key of a message", in: "t7"))
            }
            var entry = Entry(key: key, chat: directory.peer(key.chat), links: [])
            do throws(ParseError) {
                let message = try PostboxMessage(value)
                entry.message = message
                // In a chat of two the other one is who wrote what names no author.
                entry.sender =
                    message.author.map { directory.peer($0) }
                    ?? (TelegramDirectory.kind(key.chat) == "person" ? entry.chat : nil)
                entry.origin = directory.peer(message.forward?.author)
                var links = LinkCollection()
                links.add(linksIn: message.text)
                for value in message.attributes + message.media {
                    if case .bytes = value {
                        sink.note(ParseError(.unsupported, "an object that can be unpacked", in: "t7, a message"))
                    }
                    for text in value.texts { links.add(linksIn: text) }
                }
                for key in message.mediaKeys { for link in media[key] ?? [] { links.add(linksIn: link) } }
                entry.links = links.links
            } catch {
                sink.note(ParseError(error.kind, error.expected, at: error.offset, in: "t7, a message"))
            }
            try sink.emit(entry, at: location)
        }
    }

    /// The links of media in the table of media, by key; media that are kept with a message are there.
    private static func mediaLinks(
        in database: SQLiteDatabase, note: (ParseError) -> Void
    ) throws -> [[UInt8]: [String]] {
        guard try database.hasTable("t6") else { return [:] }
        var found: [[UInt8]: [String]] = [:]
        try TelegramDirectory.scan("t6", in: database, note: note) { key, _, value, _ in
            // A byte 0, a length of four bytes, the object; then how often it is referred to. A byte 1 refers to a message.
            guard let key, value.first == 0 else { return }
            let length = value.count < 5 ? Int.max : value[1..<5].reversed().reduce(0) { $0 << 8 | Int($1) }
            guard length <= value.count - 5, let media = try? PostboxValue(stored: Array(value[5..<5 + length])) else {
                return note(ParseError(.unsupported, "an object that can be unpacked", in: "t6, media"))
            }
            let links = media.texts.flatMap { LinkExtraction.links(in: $0) }
            if !links.isEmpty { found[key] = links }
        }
        return found
    }
}
