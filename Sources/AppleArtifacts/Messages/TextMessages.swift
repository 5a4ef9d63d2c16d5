import ArtifactModel
import FileFormats
import Primitives

/// The messages that the application Messages sent or received: iMessage, SMS, MMS and RCS.
///
/// Times are whole counts since 2001-01-01T00:00:00Z, seconds before iOS 11 and nanoseconds since then; zero means not
/// set.
///
/// Losses: deleted messages are found only while nothing was written over their row; of an edited message only the last text is read.
///
/// - SeeAlso: <https://support.apple.com/102174>
/// - SeeAlso: <https://docs.mvt.re/en/latest/ios/records/>
enum TextMessages: Artifact {
    struct Entry: Record {
        var message: Int64?
        var date: Timestamp?
        var delivered: Timestamp?
        var read: Timestamp?
        var played: Timestamp?
        var edited: Timestamp?
        var retracted: Timestamp?
        var direction: MessageDirection?
        var service: String?
        var guid: String?
        var handle: Int64?
        var correspondent: String?
        var country: String?
        var destination: String?
        var account: String?
        var room: String?
        var groupTitle: String?
        var subject: String?
        var body: MessageBody
        var isRead: Bool?
        var isDelivered: Bool?
        var isSent: Bool?
        var isSpam: Bool?
        var isCorrupt: Bool?
        var isSystemMessage: Bool?
        var hasAttachments: Bool?
        var error: Int64?
        var itemType: Int64?
        var groupAction: Int64?
        var associatedMessage: String?
        var associatedType: Int64?
        var balloon: String?
        var effect: String?
        var replyTo: String?
        var threadOriginator: String?
        var parts: Int64?

        static let fields: [Field<Self>] = [
            Field("message_row", integer: { $0.message }, "message.ROWID"),
            Field("date", "A message is dated", moment: { $0.date }, "message.date: sent or received"),
            Field("delivered", "A message was delivered", moment: { $0.delivered }, "date_delivered"),
            Field("read", "A message was read", moment: { $0.read }, "date_read; of a sent message by the other side"),
            Field("played", "A voice message was played", moment: { $0.played }, "date_played"),
            Field("edited", "A message was edited", moment: { $0.edited }, "date_edited"),
            Field("retracted", "A message was retracted", moment: { $0.retracted }, "date_retracted"),
            Field("direction", text: { $0.direction?.rawValue }, shown: true, "received or sent; from is_from_me"),
            Field("service", text: { $0.service }, shown: true, "iMessage, SMS, RCS"),
            Field("guid", text: { $0.guid }),
            Field("handle", integer: { $0.handle }, "handle_id; 0 stands for nobody in particular"),
            Field(
                "sender", .observable(Observable(.account, .attempted)),
                text: { $0.direction == .sent ? nil : $0.correspondent }, shown: true, "handle.id, unless it was sent"),
            Field(
                "recipient", .observable(Observable(.account, .contacted)),
                text: { $0.direction == .sent ? $0.correspondent : nil }, "handle.id of what was sent"),
            Field("country", text: { $0.country }, "handle.country"),
            Field(
                "destination_caller_id", text: { $0.destination }, "the address of this device that the message names"),
            Field("account", text: { $0.account }, "the account of this device that sent or received it"),
            Field("room", text: { $0.room }, "cache_roomnames: the group chat"),
            Field("group_title", .content, text: { $0.groupTitle }, "the name that a message gave to a group"),
            Field("subject", .content, text: { $0.subject }),
            Field("text", .content, text: { $0.body.text }),
            Field("text_source", text: { $0.body.source }, "the column that held the text"),
            Field(
                "text_length", integer: { $0.body.text.map { Int64($0.unicodeScalars.count) } },
                "characters (Unicode scalars)"),
            Field(
                "links", .observable(Observable(.url, .attempted)),
                texts: { $0.direction == .sent ? [] : $0.body.links }, shown: true,
                "from the text, its attributes and the preview, unless it was sent"),
            Field(
                "sent_links", .observable(Observable(.url, .mentioned)),
                texts: { $0.direction == .sent ? $0.body.links : [] }, shown: true, "the same of what was sent"),
            Field("is_read", truth: { $0.isRead }),
            Field("is_delivered", truth: { $0.isDelivered }),
            Field("is_sent", truth: { $0.isSent }),
            Field("is_spam", truth: { $0.isSpam }),
            Field("is_corrupt", truth: { $0.isCorrupt }),
            Field("is_system_message", truth: { $0.isSystemMessage }),
            Field("has_attachments", truth: { $0.hasAttachments }, "cache_has_attachments"),
            Field("error_code", integer: { $0.error }, "stored code, not decoded; 0 is none"),
            Field("item_type", integer: { $0.itemType }, "stored code, not decoded; 0 is an ordinary message"),
            Field("group_action_type", integer: { $0.groupAction }, "stored code, not decoded"),
            Field("associated_message_guid", text: { $0.associatedMessage }, "the message that this one reacts to"),
            Field("associated_message_type", integer: { $0.associatedType }, "stored code, not decoded"),
            Field("balloon_bundle_identifier", text: { $0.balloon }, "balloon_bundle_id: the extension that shows it"),
            Field("expressive_style", text: { $0.effect }, "expressive_send_style_id"),
            Field("reply_to_guid", text: { $0.replyTo }),
            Field("thread_originator_guid", text: { $0.threadOriginator }),
            Field("part_count", integer: { $0.parts }),
        ]
    }

    static let card = ArtifactCard(
        "apple.messages.text-messages", "Text messages",
        summary: "Messages of the application Messages (iMessage, SMS, MMS, RCS) with their senders and links",
        places: [.home("Library/SMS/sms.db")],
        standing: .documented,
        losses: [
            "Deleted messages are found only while their row was not written over",
            "Of an edited message only the last text is read",
            "Links in previews are read from keyed archives only, not from what other extensions store",
        ],
        references: [appleNotice, records])

    static let checks: [Check<Entry>] = [
        Check(
            "apple-threat-notice", .high, "A message begins like Apple's notice of a spyware attack",
            state: .attempted,
            meaning:
                "A received message begins with the words by which Apple tells people that mercenary spyware was "
                + "aimed at them. Apple sends such notices to few people, by iMessage and e-mail.",
            limits:
                "It is a notice, no trace of spyware: it does not show that an attack succeeded, nor that Apple wrote "
                + "the message. Fake notices circulate.",
            benignCauses: [
                "Fraudsters copy the words, mostly with a link or a telephone number that Apple's notices never have",
                "People forward the notice that they received themselves",
            ],
            nextStep:
                "Follow no link and call no number in the message. Let the person type account.apple.com by hand and "
                + "sign in: a true notice stands at the top of that page. If it does, seek help from a digital "
                + "security helpline, keep the device as it is and take a full backup before any update or reset.",
            references: [appleNotice, records],
            matches: { entry in entry.direction != .sent && entry.body.text.map(ThreatNotice.opens) == true })
    ]

    private static let appleNotice = Reference(
        "Apple", "About Apple threat notifications and protecting against mercenary spyware",
        link: "https://support.apple.com/102174")
    private static let records = Reference(
        "MVT project", "Records extracted by MVT", link: "https://docs.mvt.re/en/latest/ios/records/")

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        // The handle is looked up, never required: it is 0 for groups and for what the device itself writes.
        let scan = TableScan(
            "message", as: "m", joins: [.init("handle", as: "h", on: "ROWID", equals: "m.handle_id")],
            columns: [
                "m.text", "m.attributedBody", "m.payload_data", "m.date", "m.date_delivered", "m.date_read",
                "m.date_played", "m.date_edited", "m.date_retracted", "m.is_from_me", "m.service", "m.guid",
                "m.handle_id", "h.id", "h.country", "m.destination_caller_id", "m.account", "m.cache_roomnames",
                "m.group_title", "m.subject", "m.is_read", "m.is_delivered", "m.is_sent", "m.is_spam", "m.is_corrupt",
                "m.is_system_message", "m.cache_has_attachments", "m.error", "m.item_type", "m.group_action_type",
                "m.associated_message_guid", "m.associated_message_type", "m.balloon_bundle_id",
                "m.expressive_send_style_id", "m.reply_to_guid", "m.thread_originator_guid", "m.part_count",
            ], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { message, row in
            let isRecovered = row.recovery != nil
            let body = MessageBody(text: row.text(0), attributed: 1, payload: 2, in: row) { damage in
                var damage = damage
                damage.place = "message, row \(message)" + (damage.place.map { ", " + $0 } ?? "")
                // What is left of a deleted row may be in pieces; the file is not damaged by that.
                if !isRecovered { sink.note(damage) }
            }
            try sink.emit(
                Entry(
                    message: row.number, date: row.cocoaMoment(3), delivered: row.cocoaMoment(4),
                    read: row.cocoaMoment(5), played: row.cocoaMoment(6), edited: row.cocoaMoment(7),
                    retracted: row.cocoaMoment(8), direction: MessageDirection(isOutgoing: row.integer(9)),
                    service: row.text(10), guid: row.text(11), handle: row.integer(12), correspondent: row.text(13),
                    country: row.text(14), destination: row.text(15), account: row.text(16), room: row.text(17),
                    groupTitle: row.text(18), subject: row.text(19), body: body, isRead: row.truth(20),
                    isDelivered: row.truth(21), isSent: row.truth(22), isSpam: row.truth(23),
                    isCorrupt: row.truth(24), isSystemMessage: row.truth(25), hasAttachments: row.truth(26),
                    error: row.integer(27), itemType: row.integer(28), groupAction: row.integer(29),
                    associatedMessage: row.text(30), associatedType: row.integer(31), balloon: row.text(32),
                    effect: row.text(33), replyTo: row.text(34), threadOriginator: row.text(35),
                    parts: row.integer(36)),
                at: row.location(message, table: "message"))
        }
    }
}
