import ArtifactModel
import FileFormats
import Primitives

/// The files that Messages sent or received, one record for each message that a file hangs on.
///
/// Times are whole counts since 2001-01-01T00:00:00Z, in seconds or in nanoseconds; zero means not set.
///
/// Losses: only what the database says of a file is read here, not the file. Deleted messages take their rows along.
///
/// - SeeAlso: <https://citizenlab.ca/2021/09/forcedentry-nso-group-imessage-zero-click-exploit-captured-in-the-wild/>
/// - SeeAlso: <https://docs.mvt.re/en/latest/ios/records/>
enum MessageAttachments: Artifact {
    struct Entry: Record {
        var attachment: Int64?
        var created: Timestamp?
        var started: Timestamp?
        var guid: String?
        var originalGUID: String?
        var message: Int64?
        var messageGUID: String?
        var messageDate: Timestamp?
        var direction: MessageDirection?
        var service: String?
        var handle: String?
        var destination: String?
        var filename: String?
        var path: String?
        var transferName: String?
        var mimeType: String?
        var typeIdentifier: String?
        var size: Int64?
        var transferState: Int64?
        var isSticker: Bool?
        var isHidden: Bool?
        var balloon: String?

        static let fields: [Field<Self>] = [
            Field("attachment_row", integer: { $0.attachment }, "attachment.ROWID"),
            Field("created", "Messages recorded an attachment", moment: { $0.created }, "attachment.created_date"),
            Field("started", "Messages began to transfer an attachment", moment: { $0.started }, "start_date"),
            Field("guid", text: { $0.guid }, "attachment.guid"),
            Field("original_guid", text: { $0.originalGUID }),
            Field("message_row", integer: { $0.message }, "message.ROWID"),
            Field("message_guid", text: { $0.messageGUID }, "message.guid"),
            Field("date", "A message with an attachment is dated", moment: { $0.messageDate }, "message.date"),
            Field("direction", text: { $0.direction?.rawValue }, shown: true, "received or sent; from is_outgoing"),
            Field("service", text: { $0.service }, "iMessage, SMS, RCS"),
            Field(
                "sender", .observable(Observable(.account, .attempted)),
                text: { $0.direction == .sent ? nil : $0.handle }, shown: true, "handle.id, unless it was sent"),
            Field(
                "recipient", .observable(Observable(.account, .contacted)),
                text: { $0.direction == .sent ? $0.handle : nil }, "handle.id of what was sent"),
            Field(
                "destination_caller_id", text: { $0.destination }, "the address of this device that the message names"),
            Field("filename", text: { $0.filename }, "as stored"),
            Field(
                "path", .observable(Observable(.filePath, .attempted)), text: { $0.path },
                "the stored name as an absolute path on the device"),
            Field("transfer_name", text: { $0.transferName }, shown: true, "the name that the sender gave the file"),
            Field("mime_type", text: { $0.mimeType }),
            Field("uniform_type_identifier", text: { $0.typeIdentifier }, "attachment.uti"),
            Field("size", integer: { $0.size }, "bytes; attachment.total_bytes"),
            Field("transfer_state", integer: { $0.transferState }, "attachment.transfer_state, not decoded"),
            Field("is_sticker", truth: { $0.isSticker }),
            Field("is_hidden", truth: { $0.isHidden }, "attachment.hide_attachment"),
            Field("balloon_bundle_identifier", text: { $0.balloon }, "the message's balloon_bundle_id"),
        ]
    }

    static let card = ArtifactCard(
        "apple.messages.message-attachments", "Message attachments",
        summary: "Files that Messages sent or received, with their stored names and declared types",
        places: [.home("Library/SMS/sms.db")],
        standing: .documented,
        losses: [
            "The files themselves are not read here, so a type is what the database declares",
            "Deleted messages take the rows of their attachments along",
        ],
        references: [forcedEntry, records])

    static let checks: [Check<Entry>] = [
        Check(
            "received-into-temporary-folder", .medium, "A received attachment is stored under /var/tmp with -1 behind",
            family: "Pegasus", state: .attempted,
            meaning:
                "The database says that a received attachment lies directly in /private/var/tmp under a name that "
                + "ends in -1. Attachments ordinarily lie below Library/SMS/Attachments; this form was seen with "
                + "attachments that were part of attacks on Messages.",
            limits: "It shows a stored path. It does not show what the file held, nor that anything ran.",
            benignCauses: [
                "A transfer that was interrupted or failed can leave the path of a temporary copy in its row"
            ],
            nextStep: "Keep the backup. Look at the message, its sender and what else arrived within the hour, and "
                + "give them to a laboratory together.",
            references: [records],
            matches: { entry in
                guard entry.direction != .sent, let path = entry.path, path.hasPrefix(temporaryFolder) else {
                    return false
                }
                return path.hasSuffix("-1") && !path.dropFirst(temporaryFolder.count).contains("/")
            }),
        Check(
            "gif-of-another-type", .low, "A received attachment is named .gif and declared as something else",
            family: "Pegasus", state: .attempted,
            meaning:
                "A received attachment has a name that ends in .gif, while the database declares a type that is no "
                + "GIF. The FORCEDENTRY messages of 2021 carried files named .gif that were PSD or PDF documents.",
            limits:
                "Only names and declared types are compared; the published files were told by their content. It does "
                + "not show that the file did anything.",
            benignCauses: [
                "Applications and gateways rename pictures without converting them",
                "Animated pictures are converted to HEIC or MP4 and keep the old name",
            ],
            nextStep: "Look at the first bytes of the file itself: 8BPS or %PDF under a name that ends in .gif needs a "
                + "laboratory.",
            references: [forcedEntry],
            matches: { entry in
                guard entry.direction != .sent, entry.names.contains(where: { $0.lowercased().hasSuffix(".gif") })
                else { return false }
                let typeIdentifier = entry.typeIdentifier?.lowercased() ?? ""
                let mimeType = entry.mimeType?.lowercased() ?? ""
                return !["", "com.compuserve.gif"].contains(typeIdentifier) || !["", "image/gif"].contains(mimeType)
            }),
        Check(
            "received-sample-pass", .medium, "A received attachment is named sample.pkpass",
            family: "Pegasus", state: .attempted,
            meaning:
                "A received attachment is called sample.pkpass. The BLASTPASS messages of 2023 carried Wallet passes "
                + "under this name, many of them within minutes.",
            limits: "It shows a name. A pass can have any name, and the published trace is the content of the file.",
            benignCauses: ["Developers and ticket sellers use sample.pkpass as the name of an example"],
            nextStep: "Count how many of them arrived within an hour, look at crashes of homed and of "
                + "MessagesBlastDoorService in that time, and keep the files for a laboratory.",
            references: [blastPass, passTalk],
            matches: { entry in
                entry.direction != .sent && entry.names.contains { $0.lowercased() == "sample.pkpass" }
            }),
    ]

    private static let temporaryFolder = "/private/var/tmp/"

    private static let forcedEntry = Reference(
        "Citizen Lab", "FORCEDENTRY: NSO Group iMessage Zero-Click Exploit Captured in the Wild", date: "2021-09-13",
        link: "https://citizenlab.ca/2021/09/forcedentry-nso-group-imessage-zero-click-exploit-captured-in-the-wild/")
    private static let blastPass = Reference(
        "Citizen Lab", "BLASTPASS: NSO Group iPhone Zero-Click, Zero-Day Exploit Captured in the Wild",
        date: "2023-09-07",
        link:
            "https://citizenlab.ca/2023/09/blastpass-nso-group-iphone-zero-click-zero-day-exploit-captured-in-the-wild/"
    )
    private static let passTalk = Reference("iVerify", "You Shall Not PASS, Black Hat Asia", date: "2024")
    private static let records = Reference(
        "MVT project", "Records extracted by MVT", link: "https://docs.mvt.re/en/latest/ios/records/")

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let scan = TableScan(
            "attachment", as: "a",
            joins: [
                .init("message_attachment_join", as: "j", on: "attachment_id", equals: "a.ROWID"),
                .init("message", as: "m", on: "ROWID", equals: "j.message_id"),
                .init("handle", as: "h", on: "ROWID", equals: "m.handle_id"),
            ],
            columns: [
                "a.created_date", "a.start_date", "a.guid", "a.original_guid", "j.message_id", "m.guid", "m.date",
                "a.is_outgoing", "m.is_from_me", "m.service", "h.id", "m.destination_caller_id", "a.filename",
                "a.transfer_name", "a.mime_type", "a.uti", "a.total_bytes", "a.transfer_state", "a.is_sticker",
                "a.hide_attachment", "m.balloon_bundle_id",
            ], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { attachment, row in
            let filename = row.text(12)
            try sink.emit(
                Entry(
                    attachment: row.number, created: row.cocoaMoment(0), started: row.cocoaMoment(1),
                    guid: row.text(2), originalGUID: row.text(3), message: row.integer(4), messageGUID: row.text(5),
                    messageDate: row.cocoaMoment(6),
                    direction: MessageDirection(isOutgoing: row.integer(7))
                        ?? MessageDirection(isOutgoing: row.integer(8)),
                    service: row.text(9), handle: row.text(10), destination: row.text(11), filename: filename,
                    path: filename.flatMap(absolutePath), transferName: row.text(13), mimeType: row.text(14),
                    typeIdentifier: row.text(15), size: row.integer(16), transferState: row.integer(17),
                    isSticker: row.truth(18), isHidden: row.truth(19), balloon: row.text(20)),
                at: row.location(attachment, table: "attachment"))
        }
    }

    /// The stored name as an absolute path below `/private/var`; nothing if it is relative to a folder not named.
    private static func absolutePath(_ stored: String) -> String? {
        if stored.hasPrefix("~/") { return "/private/var/mobile/" + stored.dropFirst(2) }
        if stored.hasPrefix("/var/") { return "/private" + stored }
        if stored.hasPrefix("/tmp/") { return "/private/var" + stored }
        return stored.hasPrefix("/") ? stored : nil
    }
}

extension MessageAttachments.Entry {
    /// The last component of the stored name, and the name that the sender gave.
    fileprivate var names: [String] {
        [filename?.split(separator: "/").last.map(String.init), transferName].compactMap { $0 }
    }
}
