import ArtifactModel
import FileFormats
import Primitives

/// Which telephone number stands behind which hidden identifier of WhatsApp (LID), and since when that was known.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set.
///
/// Losses: people whose number WhatsApp never told the device have no pair.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/whatsApp.py>
enum WhatsappIdentityPairs: Artifact {
    struct Entry: Record {
        var pair: Int64
        var recorded: Timestamp?
        var hiddenAccount: String?
        var account: String?

        static let fields: [Field<Self>] = [
            Field("pair_row", integer: { $0.pair }, "ZWAPHONENUMBERLIDPAIR.Z_PK"),
            Field("recorded", "The number behind a WhatsApp identifier was recorded", moment: { $0.recorded }),
            Field(
                "hidden_account", .observable(Observable(.account, .mentioned)), text: { $0.hiddenAccount },
                shown: true,
                "ZLID: the identifier that hides the telephone number"),
            Field(
                "account", .observable(Observable(.account, .mentioned)), text: { $0.account },
                "ZPHONENUMBER: the number as an account of WhatsApp"),
            Field(
                "phone_number", .observable(Observable(.phoneNumber, .mentioned)),
                text: { $0.account.flatMap { WhatsAppDirectory.digits($0) }.map { "+" + $0 } }, shown: true,
                "the digits of the account"),
        ]
    }

    static let card = ArtifactCard(
        "apple.messages.whatsapp-identity-pairs", "WhatsApp identity pairs",
        summary: "Telephone numbers behind the hidden identifiers of WhatsApp",
        places: [.applicationGroup("*", "LID.sqlite"), .applicationGroup("*", "ChatStorage.sqlite")],
        standing: .documented,
        losses: ["People whose number the device never learned have no pair", "Older releases have no such table"],
        references: [
            Reference(
                "iLEAPP", "WhatsApp artefacts and public test images",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/whatsApp.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let table = "ZWAPHONENUMBERLIDPAIR"
        // The database of the chats has the pairs in some releases only; without them it is no less whole.
        if file.name == "ChatStorage.sqlite", try !database.hasTable(table) { return }
        let scan = TableScan(
            table, as: "p", key: "Z_PK", columns: ["p.ZTIMESTAMP", "p.ZLID", "p.ZPHONENUMBER"])
        try database.scan(scan, note: { sink.note($0) }) { pair, row in
            try sink.emit(
                Entry(
                    pair: pair, recorded: row.cocoaSeconds(0),
                    hiddenAccount: row.text(1) ?? row.integer(1).map { "\($0)" },
                    account: row.text(2) ?? row.integer(2).map { "\($0)" }),
                at: .row(pair, table: table))
        }
    }
}
