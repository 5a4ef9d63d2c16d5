import ArtifactModel
import FileFormats
import Primitives

/// The messages of Kik, one record a message, with the links of their texts.
///
/// Times are seconds since 2001-01-01T00:00:00Z; zero means not set. That `ZTYPE` 1 was received, 2 sent, 3 came from the
/// administration of a group and 4 from a group was established by the authors of iLEAPP.
///
/// Losses: deleted messages leave no row; attachments are files of their own.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/kikMessages.py>
enum KikMessages: Artifact {
    struct Entry: Record {
        var message: Int64
        var date: Timestamp?
        var received: Timestamp?
        var type: Int64?
        var account: String?
        var identifier: String?
        var email: String?
        var name: String?
        var text: String?
        var links: [String]

        var direction: MessageDirection? {
            switch type {
            case 1, 3, 4: .received
            case 2: .sent
            default: nil
            }
        }

        static let fields: [Field<Self>] = [
            Field("message_row", integer: { $0.message }, "ZKIKMESSAGE.Z_PK"),
            Field("date", "A Kik message is dated", moment: { $0.date }, "ZTIMESTAMP"),
            Field("arrived", "A Kik message arrived", moment: { $0.received }, "ZRECEIVEDTIMESTAMP"),
            Field("direction", text: { $0.direction?.rawValue }, shown: true, "received or sent; from ZTYPE"),
            Field("message_type", integer: { $0.type }, "ZTYPE"),
            Field(
                "sender", .observable(Observable(.account, .attempted)),
                text: { $0.direction == .sent ? nil : $0.account }, shown: true, "user name"),
            Field(
                "recipient", .observable(Observable(.account, .contacted)),
                text: { $0.direction == .sent ? $0.account : nil }, shown: true, "user name"),
            Field(
                "chat", text: { $0.identifier }, "the account or group of the chat"),
            Field("email_address", .observable(Observable(.emailAddress)), text: { $0.email }, "of the other one"),
            Field("sender_name", .content, text: { $0.name }, "ZDISPLAYNAME of the other one"),
            Field("text", .content, text: { $0.text }, "ZBODY"),
            Field(
                "text_length", integer: { $0.text.map { Int64($0.unicodeScalars.count) } },
                "characters (Unicode scalars)"),
            Field(
                "links", .observable(Observable(.url, .attempted)), texts: { $0.links }, shown: true, "from the text"),
        ]
    }

    static let card = ArtifactCard(
        "apple.messages.kik-messages", "Kik messages",
        summary: "Messages of Kik with their accounts and links",
        places: [
            .applicationGroup("group.com.kik.chat", "cores/private/*/kik.sqlite"),
            .application("com.kik.chat", "Documents/kik.sqlite"),
        ],
        standing: .documented,
        losses: ["Deleted messages leave no row", "Attachments are not read here"],
        references: [
            Reference(
                "iLEAPP", "Kik",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/kikMessages.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let scan = TableScan(
            "ZKIKMESSAGE", as: "m", key: "Z_PK",
            joins: [.init("ZKIKUSER", as: "u", on: "Z_PK", equals: "m.ZUSER")],
            columns: [
                "m.ZTIMESTAMP", "m.ZRECEIVEDTIMESTAMP", "m.ZTYPE", "u.ZUSERNAME", "u.ZJID", "u.ZEMAIL",
                "u.ZDISPLAYNAME", "m.ZBODY",
            ])
        try file.database(noting: &sink).scan(scan, note: { sink.note($0) }) { message, row in
            let text = row.text(7)
            try sink.emit(
                Entry(
                    message: message, date: row.cocoaSeconds(0), received: row.cocoaSeconds(1), type: row.integer(2),
                    account: row.text(3), identifier: row.text(4), email: row.text(5), name: row.text(6), text: text,
                    links: text.map { LinkExtraction.links(in: $0) } ?? []),
                at: .row(message, table: "ZKIKMESSAGE"))
        }
    }
}
