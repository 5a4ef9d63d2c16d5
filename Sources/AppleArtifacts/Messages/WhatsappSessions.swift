import ArtifactModel
import FileFormats
import Primitives

/// The chats of WhatsApp, one record a chat, with what their stored messages say beside what the chat itself says.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set. A chat keeps the time of its last message
/// when that message is gone: a time later than that of every stored message says that messages are missing.
///
/// Losses: a chat that was deleted leaves no row, and messages that are missing in the middle are not noticed.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/whatsApp.py>
enum WhatsappSessions: Artifact {
    struct Entry: Record {
        var session: Int64
        var last: Timestamp?
        var chat: String?
        var phoneNumber: String?
        var title: String?
        var kind: Int64?
        var isArchived: Bool?
        var isRemoved: Bool?
        var isHidden: Bool?
        var counter: Int64?
        var groupCreated: Timestamp?
        var creator: String?
        var owner: String?
        var stored: Messages
        var messagesAreWhole: Bool

        static let fields: [Field<Self>] = [
            Field("chat_session", integer: { $0.session }, "ZWACHATSESSION.Z_PK"),
            Field(
                "last_message", "A WhatsApp chat had its last message", moment: { $0.last },
                "ZLASTMESSAGEDATE, which stays when the message is deleted"),
            Field(
                "chat", .observable(Observable(.account, .mentioned, .participant)), text: { $0.chat }, shown: true,
                "the account or group of the chat"),
            Field(
                "phone_number", .observable(Observable(.phoneNumber, .mentioned, .participant)),
                text: { $0.phoneNumber },
                shown: true,
                "from the account, or through its stored pair"),
            Field("chat_title", .content, text: { $0.title }, "ZPARTNERNAME"),
            Field("is_group", truth: { $0.isGroup }, "the account ends in @g.us, or the chat has a date of creation"),
            Field("session_type", integer: { $0.kind }, "ZSESSIONTYPE, not decoded"),
            Field("is_archived", truth: { $0.isArchived }),
            Field("is_removed", truth: { $0.isRemoved }, "ZREMOVED"),
            Field("is_hidden", truth: { $0.isHidden }),
            Field("message_counter", integer: { $0.counter }, "ZMESSAGECOUNTER as stored"),
            Field("stored_messages", integer: { $0.storedCount }, shown: true, "rows of ZWAMESSAGE that belong to it"),
            Field("first_stored", "The first stored message of a WhatsApp chat", moment: { $0.stored.first }),
            Field("last_stored", "The last stored message of a WhatsApp chat", moment: { $0.stored.last }),
            Field(
                "seconds_without_messages", real: { $0.silence },
                "seconds from the last stored message to the last message that the chat had"),
            Field("group_created", "A WhatsApp group was created", moment: { $0.groupCreated }),
            Field(
                "creator", .observable(Observable(.account, .mentioned, .participant)), text: { $0.creator },
                "ZCREATORJID of a group"
            ),
            Field(
                "owner", .observable(Observable(.account, .mentioned, .participant)), text: { $0.owner },
                "ZOWNERJID of a group"),
        ]

        /// How many messages are stored; nothing if damage leaves it open whether there are any.
        var storedCount: Int64? { messagesAreWhole || stored.count > 0 ? stored.count : nil }

        var isGroup: Bool { chat?.hasSuffix("@g.us") == true || groupCreated != nil }

        var silence: Double? {
            guard let last, let stored = stored.last else { return nil }
            return last.seconds(since: stored)
        }

        /// Whether the chat had a message that is later than every stored one; a second is what rounding may cost.
        ///
        /// Rows that damage took are no deleted messages, so a damaged table answers no.
        var lacksMessages: Bool {
            guard last != nil, messagesAreWhole else { return false }
            return stored.count == 0 || (silence ?? 0) > 1
        }
    }

    /// What the stored messages of a chat say together.
    struct Messages: Sendable {
        var count: Int64 = 0
        var first: Timestamp?
        var last: Timestamp?
    }

    static let card = ArtifactCard(
        "apple.messages.whatsapp-sessions", "WhatsApp chats",
        summary: "Chats of WhatsApp with their accounts, stored messages and signs of deleted ones",
        places: WhatsappMessages.card.places, standing: .observed(["iOS 15"]),
        losses: [
            "A chat that was deleted leaves no row", "Messages that are missing in the middle are not noticed",
            "Accounts without a stored pair keep their telephone number hidden",
        ],
        references: WhatsappMessages.card.references)

    static let checks: [Check<Entry>] = [
        Check(
            "last-message-missing", .informational, "The last message of a chat is not stored",
            meaning: "The chat has a last message that is later than every message that is stored, or messages are no "
                + "longer stored at all: messages were deleted or disappeared.",
            limits: "It does not show who deleted them, nor what they said.",
            benignCauses: [
                "Disappearing messages, and chats that a person emptied",
                "Calls and notices that WhatsApp counts as a message and keeps elsewhere",
            ],
            nextStep: "Ask the owner whether they deleted messages of this chat or let them disappear.",
            references: card.references,
            matches: { $0.lacksMessages })
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let identities = try WhatsAppIdentities(beside: file, in: evidence, chats: database) { sink.note($0) }
        let (messages, areWhole) = try messages(in: database) { sink.note($0) }
        let scan = TableScan(
            "ZWACHATSESSION", as: "s", key: "Z_PK",
            joins: [.init("ZWAGROUPINFO", as: "g", on: "Z_PK", equals: "s.ZGROUPINFO")],
            columns: [
                "s.ZLASTMESSAGEDATE", "s.ZCONTACTJID", "s.ZPARTNERNAME", "s.ZSESSIONTYPE", "s.ZARCHIVED", "s.ZREMOVED",
                "s.ZHIDDEN", "s.ZMESSAGECOUNTER", "g.ZCREATIONDATE", "g.ZCREATORJID", "g.ZOWNERJID",
            ])
        try database.scan(scan, note: { sink.note($0) }) { session, row in
            let chat = row.text(1)
            try sink.emit(
                Entry(
                    session: session, last: row.cocoaSeconds(0), chat: chat,
                    phoneNumber: identities.phoneNumber(of: chat), title: row.text(2), kind: row.integer(3),
                    isArchived: row.truth(4), isRemoved: row.truth(5), isHidden: row.truth(6),
                    counter: row.integer(7), groupCreated: row.cocoaSeconds(8), creator: row.text(9),
                    owner: row.text(10), stored: messages[session] ?? Messages(),
                    messagesAreWhole: areWhole),
                at: .row(session, table: "ZWACHATSESSION"))
        }
    }

    /// The stored messages by the chat that they belong to, and whether none of them can have been missed.
    private static func messages(
        in database: SQLiteDatabase, note: (ParseError) -> Void
    ) throws -> (messages: [Int64: Messages], areWhole: Bool) {
        guard try database.hasTable("ZWAMESSAGE") else {
            note(ParseError(.absent, "a table named ZWAMESSAGE"))
            return ([:], false)
        }
        var messages: [Int64: Messages] = [:]
        var areWhole = database.damage.isEmpty
        let scan = TableScan("ZWAMESSAGE", as: "m", key: "Z_PK", columns: ["m.ZCHATSESSION", "m.ZMESSAGEDATE"])
        try database.scan(
            scan,
            note: { damage in
                areWhole = false
                note(damage)
            }
        ) { _, row in
            guard let session = row.integer(0) else { return }
            var found = messages[session] ?? Messages()
            found.count += 1
            if let date = row.cocoaSeconds(1) {
                found.first = found.first.map { min($0, date) } ?? date
                found.last = found.last.map { max($0, date) } ?? date
            }
            messages[session] = found
        }
        return (messages, areWhole)
    }
}
