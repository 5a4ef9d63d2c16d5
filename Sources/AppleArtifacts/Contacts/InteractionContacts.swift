import ArtifactModel
import FileFormats
import Primitives

/// How often and when the device noted interactions with each person, one record a person and account.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set. "Received from" counts what the person
/// sent, "received with" what was sent to the owner and the person alike, "sent to" what the owner sent.
///
/// Losses: counts and times cover what the device still remembers of a person, not all that ever was.
///
/// - SeeAlso: <https://github.com/mac4n6/APOLLO/blob/master/modules/interaction_contact_interactions.txt>
enum InteractionContacts: Artifact {
    struct Entry: Record {
        var contact: Int64?
        var created: Timestamp?
        var identifier: String?
        var customIdentifier: String?
        var personIdentifier: String?
        var name: String?
        var type: Int64?
        var counts: [Int64?]
        var moments: [Timestamp?]

        static let fields: [Field<Self>] = [
            Field("contact_row", integer: { $0.contact }, "ZCONTACTS.Z_PK"),
            Field("created", "A person was first noted", moment: { $0.created }, "ZCREATIONDATE"),
            Field(
                "account", .observable(Observable(.account, .mentioned, .participant)), text: { $0.identifier },
                shown: true,
                "ZIDENTIFIER"),
            Field(
                "custom_identifier", .observable(Observable(.account, .mentioned, .participant)),
                text: { $0.customIdentifier },
                "what the application itself calls the person"),
            Field("person_identifier", text: { $0.personIdentifier }, "ZPERSONID"),
            Field("display_name", .content, text: { $0.name }, shown: true),
            Field("contact_type", integer: { $0.type }, "ZTYPE, not decoded"),
            Field("received_from_count", integer: { $0.counts[0] }, "ZINCOMINGSENDERCOUNT"),
            Field("received_with_count", integer: { $0.counts[1] }, "ZINCOMINGRECIPIENTCOUNT"),
            Field("sent_to_count", integer: { $0.counts[2] }, "ZOUTGOINGRECIPIENTCOUNT"),
            Field(
                "first_received_from", "The first interaction came from a person", moment: { $0.moments[0] },
                "ZFIRSTINCOMINGSENDERDATE"),
            Field(
                "last_received_from", "The last interaction came from a person", moment: { $0.moments[1] },
                "ZLASTINCOMINGSENDERDATE"),
            Field(
                "first_received_with", "The first interaction came to a person too", moment: { $0.moments[2] },
                "ZFIRSTINCOMINGRECIPIENTDATE"),
            Field(
                "last_received_with", "The last interaction came to a person too", moment: { $0.moments[3] },
                "ZLASTINCOMINGRECIPIENTDATE"),
            Field(
                "first_sent_to", "The first interaction went to a person", moment: { $0.moments[4] },
                "ZFIRSTOUTGOINGRECIPIENTDATE"),
            Field(
                "last_sent_to", "The last interaction went to a person", moment: { $0.moments[5] },
                "ZLASTOUTGOINGRECIPIENTDATE"),
        ]
    }

    static let card = ArtifactCard(
        "apple.contacts.interaction-contacts", "People of interactions",
        summary: "How often and when the device noted interactions with each person",
        places: Interactions.card.places, standing: .documented,
        losses: [
            "Entries go after weeks or months", "The counts cover what the device still remembers",
            "The same person may stand here with several accounts",
        ],
        references: Interactions.card.references)

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let scan = TableScan(
            "ZCONTACTS", as: "c", key: "Z_PK",
            columns: [
                "c.ZCREATIONDATE", "c.ZIDENTIFIER", "c.ZCUSTOMIDENTIFIER", "c.ZPERSONID", "c.ZDISPLAYNAME", "c.ZTYPE",
                "c.ZINCOMINGSENDERCOUNT", "c.ZINCOMINGRECIPIENTCOUNT", "c.ZOUTGOINGRECIPIENTCOUNT",
                "c.ZFIRSTINCOMINGSENDERDATE", "c.ZLASTINCOMINGSENDERDATE", "c.ZFIRSTINCOMINGRECIPIENTDATE",
                "c.ZLASTINCOMINGRECIPIENTDATE", "c.ZFIRSTOUTGOINGRECIPIENTDATE", "c.ZLASTOUTGOINGRECIPIENTDATE",
            ], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { contact, row in
            try sink.emit(
                Entry(
                    contact: row.number, created: row.cocoaSeconds(0), identifier: row.text(1),
                    customIdentifier: row.text(2), personIdentifier: row.text(3), name: row.text(4),
                    type: row.integer(5), counts: [row.integer(6), row.integer(7), row.integer(8)],
                    moments: [
                        row.cocoaSeconds(9), row.cocoaSeconds(10), row.cocoaSeconds(11), row.cocoaSeconds(12),
                        row.cocoaSeconds(13), row.cocoaSeconds(14),
                    ]),
                at: row.location(contact, table: "ZCONTACTS"))
        }
    }
}
