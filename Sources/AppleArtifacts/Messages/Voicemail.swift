import ArtifactModel
import FileFormats
import Primitives

/// Messages that callers left on the voicemail of the provider, one record a message; the sound is not read.
///
/// `date` and `expiration` are seconds since 1970-01-01T00:00:00Z, `trashed_date` is seconds since 2001-01-01T00:00:00Z; zero
/// means not set. That flag 75 marks a message as deleted was established by the authors of iLEAPP.
///
/// Losses: the sound lies in files of its own; without visual voicemail of the provider nothing is stored.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/voicemail.py>
enum Voicemail: Artifact {
    struct Entry: Record {
        var message: Int64
        var date: Timestamp?
        var trashed: Timestamp?
        var sender: String?
        var callback: String?
        var recipient: String?
        var iccid: String?
        var duration: Double?
        var flags: Int64?
        var transcript: String?

        static let fields: [Field<Self>] = [
            Field(
                "message_row", integer: { $0.message }, "voicemail.ROWID; the sound is <row>.amr beside the database"),
            Field("date", "A caller left a voicemail", moment: { $0.date }),
            Field("trashed", "A voicemail was deleted", moment: { $0.trashed }),
            Field("sender", .observable(Observable(.account, .attempted)), text: { $0.sender }, shown: true),
            Field(
                "callback_number", .observable(Observable(.phoneNumber, .attempted)), text: { $0.callback },
                "the number to call back"),
            Field("recipient", .observable(Observable(.account)), text: { $0.recipient }, "which number was called"),
            Field("iccid", text: { $0.iccid }, "number of the SIM card"),
            Field("duration_seconds", real: { $0.duration }, shown: true, "seconds"),
            Field("is_deleted", truth: { $0.trashed != nil || $0.flags == 75 }),
            Field("flags", integer: { $0.flags }, "as stored; 75 is deleted, as established by the authors of iLEAPP"),
            Field("text", .content, text: { $0.transcript }, "what the system understood of it, in some releases"),
        ]
    }

    static let card = ArtifactCard(
        "apple.messages.voicemail", "Voicemail",
        summary: "Messages on the voicemail of the provider, with caller, time and length",
        places: [.home("Library/Voicemail/voicemail.db")],
        standing: .documented,
        losses: [
            "The sound is not read", "Without visual voicemail of the provider nothing is stored",
            "Messages that a person removes for good leave no row",
        ],
        references: [
            Reference(
                "iLEAPP", "Voicemail",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/voicemail.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let scan = TableScan(
            "voicemail", as: "v", joins: [.init("map", as: "p", on: "label", equals: "v.label")],
            columns: [
                "v.date", "v.trashed_date", "v.sender", "v.callback_num", "v.receiver", "p.account", "v.duration",
                "v.flags", "v.transcription",
            ])
        try file.database(noting: &sink).scan(scan, note: { sink.note($0) }) { message, row in
            try sink.emit(
                Entry(
                    message: message, date: row.real(0).flatMap { $0 == 0 ? nil : Timestamp(unixSeconds: $0) },
                    trashed: row.cocoaSeconds(1), sender: row.text(2), callback: row.text(3), recipient: row.text(4),
                    iccid: row.text(5), duration: row.real(6), flags: row.integer(7), transcript: row.text(8)),
                at: .row(message, table: "voicemail"))
        }
    }
}
