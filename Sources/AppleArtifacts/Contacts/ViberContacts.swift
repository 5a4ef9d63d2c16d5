import ArtifactModel
import FileFormats
import Primitives

/// The contacts that Viber took from the address book, one record a telephone number.
///
/// Losses: somebody whom the person only chats with need not be a contact; there are no times.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/viber.py>
enum ViberContacts: Artifact {
    struct Entry: Record {
        var row: Int64
        var name: String?
        var number: String?
        var canonical: String?
        var identifier: String?

        static let fields: [Field<Self>] = [
            Field("contact_row", integer: { $0.row }, "ZABCONTACTNUMBER.Z_PK"),
            Field("display_name", .content, text: { $0.name }, "ZMAINNAME"),
            Field("phone_number", .observable(Observable(.phoneNumber)), text: { $0.number }, shown: true, "ZPHONE"),
            Field(
                "canonical_phone_number", .observable(Observable(.phoneNumber)), text: { $0.canonical },
                "ZCANONIZEDPHONENUM"),
            Field("contact_identifier", text: { $0.identifier }, "ZCONTACTID"),
        ]
    }

    static let card = ArtifactCard(
        "apple.contacts.viber-contacts", "Viber contacts",
        summary: "Contacts that Viber took from the address book",
        places: [ViberMessages.place], standing: .documented,
        losses: ["Members of chats need not be contacts", "There are no times"],
        references: ViberMessages.card.references)

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let scan = TableScan(
            "ZABCONTACTNUMBER", as: "n", key: "Z_PK",
            joins: [.init("ZABCONTACT", as: "c", on: "Z_PK", equals: "n.ZCONTACT")],
            columns: ["c.ZMAINNAME", "n.ZPHONE", "n.ZCANONIZEDPHONENUM", "c.ZCONTACTID"])
        try file.database(noting: &sink).scan(scan, note: { sink.note($0) }) { number, row in
            try sink.emit(
                Entry(
                    row: number, name: row.text(0), number: row.text(1), canonical: row.text(2),
                    identifier: row.text(3) ?? row.integer(3).map { "\($0)" }),
                at: .row(number, table: "ZABCONTACTNUMBER"))
        }
    }
}
