import ArtifactModel
import FileFormats
import Primitives

/// What the device noted of messages, calls and mails so that it can suggest people, one record an interaction.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set. `ZDIRECTION` is 1 for what was sent.
///
/// The codes of `ZMECHANISM` are not decoded: published lists of them contradict each other.
///
/// Losses: entries go after weeks or months, and an application decides itself what it hands in. The numbers and times
/// of each person as a whole are in `apple.contacts.interaction-contacts`.
///
/// - SeeAlso: <https://github.com/mac4n6/APOLLO/blob/master/modules/interaction_contact_interactions.txt>
enum Interactions: Artifact {
    struct Entry: Record {
        var interaction: Int64?
        var start: Timestamp?
        var end: Timestamp?
        var created: Timestamp?
        var bundle: String?
        var targetBundle: String?
        var account: String?
        var direction: MessageDirection?
        var mechanism: Int64?
        var isResponse: Bool?
        var sender: InteractionPeople.Person?
        var senderPhoneNumber: String?
        var senderContactName: String?
        var recipients: [InteractionPeople.Person]
        var recipientPhoneNumbers: [String]
        var recipientCount: Int64?
        var domain: String?
        var group: String?
        var contentURL: String?
        var attachments: [InteractionAttachments.Attachment]
        var location: String?
        var intent: String?
        var uuid: String?

        static let fields: [Field<Self>] = [
            Field("interaction_row", integer: { $0.interaction }, "ZINTERACTIONS.Z_PK"),
            Field("start", "An interaction began", moment: { $0.start }, "ZSTARTDATE"),
            Field("end", "An interaction ended", moment: { $0.end }, "ZENDDATE, unless it is the start"),
            Field("created", "An interaction was noted", moment: { $0.created }, "ZCREATIONDATE"),
            Field(
                "created_after_start", real: { $0.createdAfterStart }, "seconds from the start to when it was noted"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)), text: { $0.bundle },
                shown: true, "the application that handed it in"),
            Field(
                "target_bundle_identifier", .observable(Observable(.applicationIdentifier)),
                text: { $0.targetBundle }, "ZTARGETBUNDLEID"),
            Field(
                "account", .observable(Observable(.account, .mentioned, .owner)), text: { $0.account },
                "the account of the owner"),
            Field("direction", text: { $0.direction?.rawValue }, shown: true, "received or sent; from ZDIRECTION"),
            Field("mechanism", integer: { $0.mechanism }, "ZMECHANISM, not decoded"),
            Field("is_response", truth: { $0.isResponse }),
            Field(
                "sender", .observable(Observable(.account, .attempted)), text: { $0.sender?.identifier }, shown: true,
                "the account that it came from"),
            Field(
                "sender_custom_identifier", .observable(Observable(.account, .attempted)),
                text: { $0.sender?.customIdentifier }, "what the application itself calls the sender"),
            Field(
                "sender_phone_number", .observable(Observable(.phoneNumber, .attempted)),
                text: { $0.senderPhoneNumber }, "behind an account of WhatsApp"),
            Field("sender_name", .content, text: { $0.sender?.name }),
            Field("sender_contact_name", .content, text: { $0.senderContactName }, "the name in WhatsApp's contacts"),
            Field("sender_person_identifier", text: { $0.sender?.personIdentifier }, "ZPERSONID"),
            Field(
                "recipients", .observable(Observable(.account, .mentioned, .recipient)),
                texts: { $0.recipients.compactMap(\.identifier) },
                shown: true, "the accounts that it went to, the owner's own among them"),
            Field(
                "recipient_phone_numbers", .observable(Observable(.phoneNumber, .mentioned, .recipient)),
                texts: { $0.recipientPhoneNumbers },
                "behind accounts of WhatsApp"),
            Field("recipient_names", .content, texts: { $0.recipients.compactMap(\.name) }),
            Field(
                "recipient_person_identifiers", texts: { $0.recipients.compactMap(\.personIdentifier) }, "ZPERSONID"),
            Field("recipient_count", integer: { $0.recipientCount }, "ZRECIPIENTCOUNT"),
            Field(
                "conversation", text: { $0.domain },
                "ZDOMAINIDENTIFIER: the chat or folder, as the application names it"),
            Field("group_title", .content, text: { $0.group }, "ZGROUPNAME"),
            Field("content_url", .observable(Observable(.url, .mentioned)), text: { $0.contentURL }, "ZCONTENTURL"),
            Field("attachment_count", integer: { Int64($0.attachments.count) }),
            Field("attachment_types", texts: { $0.attachments.compactMap(\.type) }, "uniform type identifiers"),
            Field(
                "attachment_urls", .observable(Observable(.url, .mentioned)),
                texts: { $0.attachments.compactMap(\.url) }),
            Field("attachment_texts", .content, texts: { $0.attachments.compactMap(\.text) }),
            Field("attachment_identifiers", texts: { $0.attachments.compactMap(\.identifier) }, "hexadecimal digits"),
            Field("attachment_photo_identifiers", texts: { $0.attachments.compactMap(\.photoIdentifier) }),
            Field("attachment_cloud_identifiers", texts: { $0.attachments.compactMap(\.cloudIdentifier) }),
            Field(
                "attachment_sizes", nested: { $0.sizes },
                "bytes of each attachment"),
            Field("location_uuid", text: { $0.location }, "ZLOCATIONUUID"),
            Field("intent_identifier", text: { $0.intent }, "ZDERIVEDINTENTIDENTIFIER"),
            Field("uuid", text: { $0.uuid }, "ZUUID"),
        ]

        /// Bytes of each attachment; nothing without attachments.
        var sizes: Value {
            attachments.isEmpty ? .absent : .list(attachments.map { $0.size.map(Value.integer) ?? .absent })
        }

        /// Seconds from the start to the note; much of it says that the application handed in old messages.
        var createdAfterStart: Double? {
            guard let created, let start else { return nil }
            return created.seconds(since: start)
        }
    }

    static let card = ArtifactCard(
        "apple.contacts.interactions", "Interactions with people",
        summary: "Messages, calls and mails as the system noted them, with sender, recipients and attachments",
        places: [.home("Library/CoreDuet/People/interactionC.db")],
        standing: .documented,
        losses: [
            "Entries go after weeks or months", "An application decides itself what it hands in",
            "The text of a message is rarely here", "Messages can be handed in long after they were sent",
        ],
        references: [
            Reference(
                "Sarah Edwards", "APOLLO: interactions with contacts",
                link: "https://github.com/mac4n6/APOLLO/blob/master/modules/interaction_contact_interactions.txt")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let people = try InteractionPeople(in: database) { sink.note($0) }
        let attachments = try InteractionAttachments(in: database) { sink.note($0) }
        let directory = WhatsAppDirectory(in: evidence) { sink.note($0) }
        let scan = TableScan(
            "ZINTERACTIONS", as: "i", key: "Z_PK",
            columns: [
                "i.ZSTARTDATE", "i.ZENDDATE", "i.ZCREATIONDATE", "i.ZBUNDLEID", "i.ZTARGETBUNDLEID", "i.ZACCOUNT",
                "i.ZDIRECTION", "i.ZMECHANISM", "i.ZISRESPONSE", "i.ZSENDER", "i.ZRECIPIENTCOUNT",
                "i.ZDOMAINIDENTIFIER", "i.ZGROUPNAME", "i.ZCONTENTURL", "i.ZLOCATIONUUID",
                "i.ZDERIVEDINTENTIDENTIFIER", "i.ZUUID",
            ], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { interaction, row in
            let (start, end) = (row.cocoaSeconds(0), row.cocoaSeconds(1))
            let bundle = row.text(3)
            let sender = row.integer(9).flatMap { people.person($0) }
            let recipients = people.recipients(of: interaction)
            var (number, name): (String?, String?)
            var numbers: [String] = []
            if bundle == WhatsAppDirectory.bundle {
                let found =
                    directory.person(sender?.identifier) ?? directory.person(sender?.customIdentifier)
                (number, name) = (found?.phoneNumber, found?.name)
                numbers = recipients.compactMap { directory.person($0.identifier)?.phoneNumber }
            }
            try sink.emit(
                Entry(
                    interaction: row.number, start: start, end: end == start ? nil : end,
                    created: row.cocoaSeconds(2), bundle: bundle, targetBundle: row.text(4), account: row.text(5),
                    direction: MessageDirection(isOutgoing: row.integer(6)), mechanism: row.integer(7),
                    isResponse: row.truth(8), sender: sender, senderPhoneNumber: number, senderContactName: name,
                    recipients: recipients, recipientPhoneNumbers: numbers, recipientCount: row.integer(10),
                    domain: row.text(11), group: row.text(12), contentURL: row.text(13),
                    attachments: attachments.attachments(of: interaction),
                    location: uuid(row), intent: row.text(15), uuid: row.text(16)),
                at: row.location(interaction, table: "ZINTERACTIONS"))
        }
    }

    /// The UUID in column 14, in hexadecimal digits where it is stored as 16 bytes.
    private static func uuid(_ row: borrowing SQLiteRow) -> String? {
        guard let bytes = row.bytes(14) else { return nil }
        return bytes.count == 16 ? bytes.hexadecimal : String(decoding: bytes, as: UTF8.self)
    }
}
