import ArtifactModel
import FileFormats
import Primitives

/// The mails that Mail keeps: senders, dates and the links in their first lines, from its two indexes.
///
/// Dates are seconds since 1970-01-01T00:00:00Z; zero means not set. `Envelope Index` has the dates and numbers of a mail,
/// `Protected Index` beside it the texts.
///
/// Losses: a mail that was removed from the device leaves nothing; the mails themselves are not read.
///
/// - SeeAlso: <https://www.doubleblak.com/iosmail>
enum MailMessages: Artifact {
    struct Entry: Record {
        var sender: String?
        var senderName: String?
        var received: Timestamp?
        var sent: Timestamp?
        var viewed: Timestamp?
        var subject: String?
        var recipients: [String] = []
        var links: [String] = []
        var mailbox: String?
        var isRead: Bool?
        var isDeleted: Bool?
        var flags: Int64?
        var size: Int64?
        var message: Int64

        static let fields: [Field<Self>] = [
            Field("sender", .observable(Observable(.account, .attempted)), text: { $0.sender }, shown: true),
            Field("sender_name", .content, text: { $0.senderName }),
            Field("received", "A mail was received", moment: { $0.received }, "or stored, if it was sent from here"),
            Field("sent", "A mail was sent, as it says itself", moment: { $0.sent }),
            Field("viewed", "A mail was last looked at", moment: { $0.viewed }),
            Field("subject", .content, text: { $0.subject }),
            Field("recipients", .observable(Observable(.account)), texts: { $0.recipients }),
            Field(
                "links", .observable(Observable(.url, .attempted)), texts: { $0.links }, shown: true,
                "in the first lines, which is all that is kept here"),
            Field("mailbox", text: { $0.mailbox }, shown: true, "account and folder as Mail writes them"),
            Field("is_read", truth: { $0.isRead }),
            Field("is_deleted", truth: { $0.isDeleted }),
            Field("flags", integer: { $0.flags }, "as stored"),
            Field("size", integer: { $0.size }, "bytes"),
            Field("message_row", integer: { $0.message }, "messages.ROWID"),
        ]
    }

    private static let folder = "Library/Mail/"

    static let card = ArtifactCard(
        "apple.mail.mail-messages", "Mail",
        summary: "Mails with senders, recipients and dates, and the links in their first lines",
        places: [.home(folder + "Envelope Index")],
        standing: .documented,
        losses: [
            "Only the first lines of a mail are searched for links", "Attachments are not read",
            "A mail that was removed from the device leaves nothing", "Backups seldom hold mails",
            "Without the Protected Index there are dates and folders only",
        ],
        references: [
            Reference("Ian Whiffin", "iOS Mail", date: "2020-03-29", link: "https://www.doubleblak.com/iosmail"),
            Reference(
                "macfor.io", "Envelope Index Database",
                link: "https://kb-macfor-io.pages.dev/docs/communication/mail/envelope-index"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let texts = try texts(beside: database, in: evidence, noting: &sink)
        let recipients = recipients(in: database, noting: &sink)
        let scan = TableScan(
            "messages", as: "m", joins: [.init("mailboxes", as: "b", on: "ROWID", equals: "m.mailbox")],
            columns: [
                "m.sender", "m.subject", "m.summary", "m.date_received", "m.date_sent", "m.date_last_viewed", "b.url",
                "m.read", "m.deleted", "m.flags", "m.size",
            ])
        try database.scan(scan, note: { sink.note($0) }) { message, row in
            var entry = Entry(
                received: moment(row.real(3)), sent: moment(row.real(4)), viewed: moment(row.real(5)),
                mailbox: row.text(6), isRead: row.truth(7), isDeleted: row.truth(8), flags: row.integer(9),
                size: row.integer(10), message: message)
            if let older = texts?.older[message] {
                let sender = older.sender.map(MailTexts.parts)
                entry.sender = sender?.address
                entry.senderName = sender?.name
                entry.subject = older.subject
                entry.recipients = older.recipients
            } else if let texts {
                let sender = row.integer(0).flatMap { texts.addresses[$0] }
                entry.sender = sender?.address
                entry.senderName = sender?.name
                entry.subject = row.integer(1).flatMap { texts.subjects[$0] }
                entry.links = row.integer(2).flatMap { texts.links[$0] } ?? []
                entry.recipients = (recipients[message] ?? []).compactMap { texts.addresses[$0]?.address }
            }
            try sink.emit(entry, at: .row(message, table: "messages"))
        }
    }

    /// The texts, from the index beside this one; macOS and some tools keep them in the same file.
    private static func texts(
        beside database: SQLiteDatabase, in evidence: any Evidence, noting sink: inout some RecordSink
    ) throws -> MailTexts? {
        do {
            if let file = try evidence.files(at: .home(folder + "Protected Index")).first {
                return try MailTexts(try file.database(noting: &sink), note: { sink.note($0) })
            }
            if try database.hasTable("subjects") { return try MailTexts(database, note: { sink.note($0) }) }
            sink.note(ParseError(.absent, "the Protected Index with the texts of the mails"))
        } catch let error as ParseError {
            sink.note(error)
        }
        return nil
    }

    /// The numbers of the addresses that each mail went to; without the table there are none.
    private static func recipients(
        in database: SQLiteDatabase, noting sink: inout some RecordSink
    ) -> [Int64: [Int64]] {
        let limit = 1_000_000
        var found: [Int64: [Int64]] = [:]
        var count = 0
        do {
            guard try database.hasTable("recipients") else { return [:] }
            // The column that names the mail was called message_id in older releases.
            let scan = TableScan(
                "recipients", as: "r", columns: ["r.message", "r.message_id", "r.address", "r.address_id"])
            try database.scan(scan, note: { sink.note($0) }) { _, row in
                guard let message = row.integer(0) ?? row.integer(1), let address = row.integer(2) ?? row.integer(3)
                else { return }
                count += 1
                if count <= limit { found[message, default: []].append(address) }
            }
        } catch let error as ParseError {
            sink.note(error)
        } catch {
            sink.note(ParseError(.malformed, "a table of recipients", in: "recipients"))
        }
        if count > limit { sink.note(ParseError(.beyondLimit, "at most \(limit) recipients", in: "recipients")) }
        return found
    }

    private static func moment(_ seconds: Double?) -> Timestamp? {
        seconds.flatMap { $0 == 0 ? nil : Timestamp(unixSeconds: $0) }
    }
}
