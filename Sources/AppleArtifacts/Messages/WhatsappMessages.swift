import ArtifactModel
import FileFormats
import Primitives

/// The messages of WhatsApp, one record a message, with the links of their texts, media and previews.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set.
///
/// Losses: deleted and disappeared messages are found only while nothing was written over their row. Chats whose messages are all gone are not listed.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/whatsApp.py>
enum WhatsappMessages: Artifact {
    struct Entry: Record {
        var message: Int64?
        var date: Timestamp?
        var sent: Timestamp?
        var stanza: String?
        var direction: MessageDirection?
        var sender: String?
        var senderPhoneNumber: String?
        var recipient: String?
        var recipientPhoneNumber: String?
        var pushName: String?
        var profileName: String?
        var chat: String?
        var chatTitle: String?
        var session: Int64?
        var kind: Int64?
        var status: Int64?
        var error: Int64?
        var groupEvent: Int64?
        var flags: Int64?
        var isStarred: Bool?
        var parent: Int64?
        var text: String?
        var links: [String]
        var media: WhatsAppExtras.Media?
        var preview: WhatsAppExtras.Preview?

        static let fields: [Field<Self>] = [
            Field("message_row", integer: { $0.message }, "ZWAMESSAGE.Z_PK"),
            Field("date", "A WhatsApp message is dated", moment: { $0.date }, "ZMESSAGEDATE"),
            Field("sent", "A WhatsApp message was sent", moment: { $0.sent }, "ZSENTDATE"),
            Field("stanza_identifier", text: { $0.stanza }, "ZSTANZAID, the same on both ends"),
            Field("direction", text: { $0.direction?.rawValue }, shown: true, "received or sent; from ZISFROMME"),
            Field(
                "sender", .observable(Observable(.account, .attempted)), text: { $0.sender }, shown: true,
                "the account that wrote it: the member of a group, or ZFROMJID if that is no group"),
            Field(
                "sender_phone_number", .observable(Observable(.phoneNumber, .attempted)),
                text: { $0.senderPhoneNumber }, "from the account, or through its stored pair"),
            Field(
                "recipient", .observable(Observable(.account, .contacted)), text: { $0.recipient }, shown: true,
                "the account that a sent message went to: ZTOJID"),
            Field(
                "recipient_phone_number", .observable(Observable(.phoneNumber, .contacted)),
                text: { $0.recipientPhoneNumber }, "from the account, or through its stored pair"),
            Field(
                "push_name", .observable(Observable(.account, .attempted)), text: { $0.pushName },
                "ZPUSHNAME as stored: a name, or Base64 in releases that keep names elsewhere"),
            Field(
                "profile_name", .observable(Observable(.account, .attempted)), text: { $0.profileName },
                "the name that the sender chose; ZWAPROFILEPUSHNAME"),
            Field("chat", text: { $0.chat }, "the account or group of the chat"),
            Field("chat_title", .content, text: { $0.chatTitle }, "ZPARTNERNAME"),
            Field("chat_session", integer: { $0.session }, "ZWACHATSESSION.Z_PK"),
            Field("message_type", integer: { $0.kind }, "ZMESSAGETYPE, not decoded"),
            Field("message_status", integer: { $0.status }, "ZMESSAGESTATUS, not decoded"),
            Field("error_code", integer: { $0.error }, "ZMESSAGEERRORSTATUS, not decoded"),
            Field("group_event_type", integer: { $0.groupEvent }, "ZGROUPEVENTTYPE, not decoded"),
            Field("flags", integer: { $0.flags }, "ZFLAGS, not decoded"),
            Field("is_starred", truth: { $0.isStarred }),
            Field("parent_message", integer: { $0.parent }, "the message that this one belongs to"),
            Field("text", .content, text: { $0.text }),
            Field(
                "text_length", integer: { $0.text.map { Int64($0.unicodeScalars.count) } },
                "characters (Unicode scalars)"),
            Field(
                "links", .observable(Observable(.url, .attempted)), texts: { $0.direction == .sent ? [] : $0.links },
                shown: true,
                "from text, media and previews, without those to WhatsApp's own media hosts, unless it was sent"),
            Field(
                "sent_links", .observable(Observable(.url, .mentioned)),
                texts: { $0.direction == .sent ? $0.links : [] }, shown: true, "the same of what was sent"),
            Field("media_items", integer: { $0.media?.count }),
            Field("media_path", text: { $0.media?.path }, "relative to WhatsApp's folder Message"),
            Field("mime_type", text: { $0.media?.type }),
            Field("size", integer: { $0.media?.size }, "bytes of the media"),
            Field("media_title", .content, text: { $0.media?.title }),
            Field("media_author", .content, text: { $0.media?.author }),
            Field("preview_items", integer: { $0.preview?.count }),
            Field("preview_title", .content, text: { $0.preview?.title }),
            Field("preview_summary", .content, text: { $0.preview?.summary }),
        ]
    }

    static let card = ArtifactCard(
        "apple.messages.whatsapp-messages", "WhatsApp messages",
        summary: "Messages of WhatsApp with their accounts and links",
        places: [.applicationGroup("*", "ChatStorage.sqlite")],
        standing: .observed(["iOS 15"]),
        losses: [
            "Deleted and disappeared messages are found only while their row was not written over",
            "Chats without stored messages, and calls, are not read here",
            "Accounts without a stored pair keep their telephone number hidden",
        ],
        references: [
            Reference(
                "iLEAPP", "WhatsApp artefacts and public test images",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/whatsApp.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let identities = try WhatsAppIdentities(beside: file, in: evidence, chats: database) { sink.note($0) }
        let extras = try WhatsAppExtras(in: database) { sink.note($0) }
        let names = try profileNames(database) { sink.note($0) }
        let scan = TableScan(
            "ZWAMESSAGE", as: "m", key: "Z_PK",
            joins: [
                .init("ZWACHATSESSION", as: "s", on: "Z_PK", equals: "m.ZCHATSESSION"),
                .init("ZWAGROUPMEMBER", as: "g", on: "Z_PK", equals: "m.ZGROUPMEMBER"),
            ],
            columns: [
                "m.ZMESSAGEDATE", "m.ZSENTDATE", "m.ZSTANZAID", "m.ZISFROMME", "m.ZFROMJID", "m.ZTOJID",
                "g.ZMEMBERJID", "m.ZPUSHNAME", "s.ZCONTACTJID", "s.ZPARTNERNAME", "m.ZCHATSESSION", "m.ZMESSAGETYPE",
                "m.ZMESSAGESTATUS", "m.ZMESSAGEERRORSTATUS", "m.ZGROUPEVENTTYPE", "m.ZFLAGS", "m.ZSTARRED",
                "m.ZPARENTMESSAGE", "m.ZTEXT",
            ], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { message, row in
            let direction = MessageDirection(isOutgoing: row.integer(3))
            // In a group ZFROMJID is the group; the person is a row of its own, and what WhatsApp writes has none.
            let origin = row.text(4)
            let group = origin.flatMap { $0.hasSuffix("@g.us") ? $0 : nil }
            let sender = direction == .sent ? nil : row.text(6) ?? (group == nil ? origin : nil)
            let recipient = direction == .received ? nil : row.text(5)
            let text = row.text(18)
            let (media, preview) = (extras.media(of: message), extras.preview(of: message))
            var links = LinkCollection()
            links.add(linksIn: text, unless: isOwnMedia)
            for text in preview?.texts ?? [] { links.add(linksIn: text, unless: isOwnMedia) }
            for address in media?.addresses ?? [] { links.add(linksIn: address, unless: isOwnMedia) }
            try sink.emit(
                Entry(
                    message: row.number, date: row.cocoaSeconds(0), sent: row.cocoaSeconds(1), stanza: row.text(2),
                    direction: direction, sender: sender, senderPhoneNumber: identities.phoneNumber(of: sender),
                    recipient: recipient, recipientPhoneNumber: identities.phoneNumber(of: recipient),
                    pushName: row.text(7), profileName: sender.flatMap { names[$0] }, chat: row.text(8) ?? group,
                    chatTitle: row.text(9), session: row.integer(10), kind: row.integer(11), status: row.integer(12),
                    error: row.integer(13), groupEvent: row.integer(14), flags: row.integer(15),
                    isStarred: row.truth(16), parent: row.integer(17), text: text, links: links.links, media: media,
                    preview: preview),
                at: row.location(message, table: "ZWAMESSAGE"))
        }
    }

    /// The names that accounts chose for themselves, by account; releases before them have no such table.
    private static func profileNames(
        _ database: SQLiteDatabase, note: (ParseError) -> Void
    ) throws -> [String: String] {
        guard try database.hasTable("ZWAPROFILEPUSHNAME") else { return [:] }
        var names: [String: String] = [:]
        let scan = TableScan("ZWAPROFILEPUSHNAME", as: "n", key: "Z_PK", columns: ["n.ZJID", "n.ZPUSHNAME"])
        try database.scan(scan, note: note) { _, row in
            if let account = row.text(0), let name = row.text(1) { names[account] = name }
        }
        return names
    }

    /// Whether a link leads to a host from which WhatsApp itself loads media: `mmg.whatsapp.net`, `mmg-fna.…`.
    ///
    /// The host is what stands behind the last `@`, or a link could hide its own behind that of WhatsApp.
    static func isOwnMedia(_ link: String) -> Bool {
        guard let scheme = link.firstRange(of: "://") else { return false }
        let authority = link[scheme.upperBound...].prefix { !"/?#\\".contains($0) }
        let host = (authority.split(separator: "@", omittingEmptySubsequences: false).last ?? "")
            .prefix { $0 != ":" }.lowercased()
        return host.hasPrefix("mmg") && host.hasSuffix(".whatsapp.net")
    }
}
