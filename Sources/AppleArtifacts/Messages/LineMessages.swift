import ArtifactModel
import FileFormats
import Primitives

/// The messages of LINE, one record a message, with the links of their texts.
///
/// Times are milliseconds since 1970-01-01T00:00:00Z. A message without a sender was sent from here, as established by
/// the authors of iLEAPP.
///
/// Losses: deleted messages leave no row; messages that are encrypted from end to end are here as they were shown.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/line.py>
enum LineMessages: Artifact {
    struct Entry: Record {
        var message: Int64
        var date: Timestamp?
        var direction: MessageDirection
        var sender: String?
        var senderName: String?
        var chat: String?
        var contentType: Int64?
        var text: String?
        var links: [String]

        static let fields: [Field<Self>] = [
            Field("message_row", integer: { $0.message }, "ZMESSAGE.Z_PK"),
            Field("date", "A LINE message is dated", moment: { $0.date }, "ZTIMESTAMP"),
            Field("direction", text: { $0.direction.rawValue }, shown: true, "received or sent; from ZSENDER"),
            Field(
                "sender", .observable(Observable(.account, .attempted)), text: { $0.sender }, shown: true,
                "LINE's identifier of who wrote it"),
            Field("sender_name", .content, text: { $0.senderName }, "ZUSER.ZNAME"),
            Field("chat", text: { $0.chat }, "the account or group of the chat"),
            Field("content_type", integer: { $0.contentType }, "ZCONTENTTYPE, not decoded"),
            Field("text", .content, text: { $0.text }),
            Field(
                "text_length", integer: { $0.text.map { Int64($0.unicodeScalars.count) } },
                "characters (Unicode scalars)"),
            Field(
                "links", .observable(Observable(.url, .attempted)), texts: { $0.links }, shown: true, "from the text"),
        ]
    }

    static let card = ArtifactCard(
        "apple.messages.line-messages", "LINE messages",
        summary: "Messages of LINE with their accounts and links",
        places: [
            .applicationGroup(
                "group.com.linecorp.line", "Library/Application Support/PrivateStore/*/Messages/Line.sqlite")
        ],
        standing: .documented,
        losses: ["Deleted messages leave no row", "Files and calls are not read here"],
        references: [
            Reference(
                "Elliot Glendye, iLEAPP", "LINE",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/line.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let scan = TableScan(
            "ZMESSAGE", as: "m", key: "Z_PK",
            joins: [
                .init("ZUSER", as: "u", on: "Z_PK", equals: "m.ZSENDER"),
                .init("ZCHAT", as: "c", on: "Z_PK", equals: "m.ZCHAT"),
            ],
            columns: ["m.ZTIMESTAMP", "m.ZSENDER", "u.ZMID", "u.ZNAME", "c.ZMID", "m.ZCONTENTTYPE", "m.ZTEXT"])
        try file.database(noting: &sink).scan(scan, note: { sink.note($0) }) { message, row in
            let text = row.text(6)
            try sink.emit(
                Entry(
                    message: message,
                    date: row.real(0).flatMap { $0 == 0 ? nil : Timestamp(unixSeconds: $0 / 1_000) },
                    direction: row.isNull(1) ? .sent : .received, sender: row.text(2), senderName: row.text(3),
                    chat: row.text(4), contentType: row.integer(5), text: text,
                    links: text.map { LinkExtraction.links(in: $0) } ?? []),
                at: .row(message, table: "ZMESSAGE"))
        }
    }
}
