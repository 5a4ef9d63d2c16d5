import ArtifactModel
import FileFormats
import Primitives

/// The messages of Viber, one record a message, with the links of their texts and of what they carry along.
///
/// Times are seconds since 2001-01-01T00:00:00Z; zero means not set. What a message carries (previews, forwarded
/// messages, buttons) is JSON in `ZMETADATA`. The meaning of columns and words was established by the authors of iLEAPP.
///
/// Losses: deleted and secret messages leave no row; the text of a message that was edited is the newest one.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/viber.py>
enum ViberMessages: Artifact {
    struct Entry: Record {
        var message: Int64
        var date: Timestamp?
        var stateChanged: Timestamp?
        var state: String?
        var direction: MessageDirection?
        var sender: String?
        var senderName: String?
        var recipient: String?
        var conversation: Int64?
        var chatTitle: String?
        var systemType: String?
        var text: String?
        var links: [String]
        var attachmentName: String?
        var attachmentType: String?
        var attachmentSize: Int64?
        var isBeingDeleted: Bool?
        var disappearing: Int64?

        static let fields: [Field<Self>] = [
            Field("message_row", integer: { $0.message }, "ZVIBERMESSAGE.Z_PK"),
            Field("date", "A Viber message is dated", moment: { $0.date }, "ZDATE"),
            Field("state_changed", "The state of a Viber message is dated", moment: { $0.stateChanged }, "ZSTATEDATE"),
            Field("direction", text: { $0.direction?.rawValue }, shown: true, "received or sent; from ZSTATE"),
            Field("stored_state", text: { $0.state }, "ZSTATE: send, delivered, received…"),
            Field(
                "sender", .observable(Observable(.account, .attempted)), text: { $0.sender }, shown: true,
                "the telephone number of who wrote it"),
            Field("sender_name", .content, text: { $0.senderName }, "ZDISPLAYFULLNAME"),
            Field(
                "recipient", .observable(Observable(.account, .contacted)), text: { $0.recipient }, shown: true,
                "the other one of a conversation of two"),
            Field("conversation_row", integer: { $0.conversation }, "ZCONVERSATION.Z_PK"),
            Field("chat_title", .content, text: { $0.chatTitle }, "ZCONVERSATION.ZNAME"),
            Field("system_type", text: { $0.systemType }, "ZSYSTEMTYPE, as stored"),
            Field("text", .content, text: { $0.text }),
            Field(
                "text_length", integer: { $0.text.map { Int64($0.unicodeScalars.count) } },
                "characters (Unicode scalars)"),
            Field(
                "links", .observable(Observable(.url, .attempted)), texts: { $0.links }, shown: true,
                "from the text and from what the message carries"),
            Field("attachment_name", text: { $0.attachmentName }),
            Field("attachment_type", text: { $0.attachmentType }, "as stored"),
            Field("size", integer: { $0.attachmentSize }, "bytes of the attachment"),
            Field("is_being_deleted", truth: { $0.isBeingDeleted }, "ZBEINGDELETED"),
            Field("disappearing_seconds", integer: { $0.disappearing }, "seconds; ZTIMEBOMBDURATION"),
        ]
    }

    static let place = Place.applicationGroup("group.viber.share.container", "com.viber/database/Contacts.data")

    static let card = ArtifactCard(
        "apple.messages.viber-messages", "Viber messages",
        summary: "Messages of Viber with their accounts and links",
        places: [place], standing: .documented,
        losses: [
            "Deleted and secret messages leave no row", "Only the newest text of an edited message is there",
            "Calls of Viber are not read here",
        ],
        references: [
            Reference(
                "Evangelos Dragonas, iLEAPP", "Viber",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/viber.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let numbers = try phoneNumbers(in: database) { sink.note($0) }
        let scan = TableScan(
            "ZVIBERMESSAGE", as: "m", key: "Z_PK",
            joins: [
                .init("ZMEMBER", as: "s", on: "Z_PK", equals: "m.ZPHONENUMINDEX"),
                .init("ZCONVERSATION", as: "c", on: "Z_PK", equals: "m.ZCONVERSATION"),
                .init("ZMEMBER", as: "i", on: "Z_PK", equals: "c.ZINTERLOCUTOR"),
                .init("ZATTACHMENT", as: "a", on: "Z_PK", equals: "m.ZATTACHMENT"),
            ],
            columns: [
                "m.ZDATE", "m.ZSTATEDATE", "m.ZSTATE", "m.ZPHONENUMINDEX", "s.ZDISPLAYFULLNAME", "c.ZINTERLOCUTOR",
                "i.ZDISPLAYFULLNAME", "m.ZCONVERSATION", "c.ZNAME", "m.ZSYSTEMTYPE", "m.ZTEXT", "m.ZMETADATA",
                "a.ZNAME", "a.ZTYPE", "a.ZFILESIZE", "m.ZBEINGDELETED", "m.ZTIMEBOMBDURATION",
            ])
        try database.scan(scan, note: { sink.note($0) }) { message, row in
            let direction: MessageDirection? =
                switch row.text(2) {
                case "received": .received
                case "send", "delivered": .sent
                default: nil
                }
            var entry = Entry(
                message: message, date: row.cocoaSeconds(0), stateChanged: row.cocoaSeconds(1), state: row.text(2),
                direction: direction, conversation: row.integer(7), chatTitle: row.text(8),
                systemType: row.text(9) ?? row.integer(9).map { "\($0)" }, text: row.text(10), links: [],
                attachmentName: row.text(12), attachmentType: row.text(13), attachmentSize: row.integer(14),
                isBeingDeleted: row.truth(15), disappearing: row.integer(16))
            let (member, other) = (row.integer(3), row.integer(5))
            if direction != .sent {
                // Of two, the other one is the sender of what no member is named for.
                entry.sender = (member ?? other).flatMap { numbers[$0] }
                entry.senderName = member == nil ? row.text(6) : row.text(4)
            }
            if direction != .received { entry.recipient = other.flatMap { numbers[$0] } }
            var links = LinkCollection()
            links.add(linksIn: entry.text)
            for text in texts(row.bytes(11)) { links.add(linksIn: text) }
            entry.links = links.links
            try sink.emit(entry, at: .row(message, table: "ZVIBERMESSAGE"))
        }
    }

    /// The telephone number of each member; with its country where it is known.
    private static func phoneNumbers(
        in database: SQLiteDatabase, note: (ParseError) -> Void
    ) throws -> [Int64: String] {
        guard try database.hasTable("ZPHONENUMBER") else {
            note(ParseError(.malformed, "a table named ZPHONENUMBER"))
            return [:]
        }
        var numbers: [Int64: String] = [:]
        let scan = TableScan(
            "ZPHONENUMBER", as: "p", key: "Z_PK", columns: ["p.ZMEMBER", "p.ZCANONIZEDPHONENUM", "p.ZPHONE"])
        try database.scan(scan, note: note) { _, row in
            guard let member = row.integer(0), numbers[member] == nil else { return }
            numbers[member] = row.text(2) ?? row.text(1)
        }
        return numbers
    }

    /// Every text of what a message carries; the bytes themselves if they are no JSON.
    private static func texts(_ bytes: [UInt8]?) -> [String] {
        guard let bytes, !bytes.isEmpty else { return [] }
        guard let value = try? JSONValue(bytes, depthLimit: 64) else { return [String(decoding: bytes, as: UTF8.self)] }
        var texts: [String] = []
        func collect(_ value: JSONValue) {
            switch value {
            case .text(let text): texts.append(text)
            case .list(let values): for value in values { collect(value) }
            case .object: for member in value.members { collect(member.value) }
            default: break
            }
        }
        collect(value)
        return texts
    }
}
