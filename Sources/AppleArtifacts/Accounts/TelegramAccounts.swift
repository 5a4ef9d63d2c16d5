import ArtifactModel
import FileFormats
import Primitives

/// The accounts that Telegram was signed in to on this device, one record an account.
///
/// The list of accounts is JSON. It also holds keys of the accounts, which are not read.
///
/// Losses: an account that was signed out of is gone; neither its telephone number nor a time is in the list.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP>
enum TelegramAccounts: Artifact {
    struct Entry: Record {
        var identifier: String?
        var isCurrent: Bool
        var isTesting: Bool?
        var locks: [String]

        static let fields: [Field<Self>] = [
            Field("account_identifier", text: { $0.identifier }, shown: true, "names the folder account-… of its data"),
            Field("is_current", truth: { $0.isCurrent }, shown: true, "whether it was the one in use"),
            Field("is_testing", truth: { $0.isTesting }, "whether it belongs to Telegram's servers for tests"),
            Field("locks", texts: { $0.locks }, "how the application is locked, as stored"),
        ]
    }

    static let card = ArtifactCard(
        "apple.accounts.telegram-accounts", "Telegram accounts",
        summary: "Accounts that Telegram was signed in to on this device",
        places: [
            .applicationGroup("group.ph.telegra.Telegraph", "telegram-data/accounts-metadata/atomic-state")
        ],
        standing: .documented,
        losses: [
            "An account that was signed out of is gone", "There is neither a telephone number nor a time",
            "Keys that the file holds are not read",
        ],
        references: [Reference("iLEAPP", "Telegram accounts", link: "https://github.com/abrignoni/iLEAPP")])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let state = try JSONValue(file.open().bytes(), depthLimit: 32)
        guard let records = state["records"]?.list else { throw ParseError(.malformed, "a list named records") }
        let current = identifier(state["currentRecordId"])
        let locks = state["accessChallengeData"]?.members.map(\.name) ?? []
        for (index, record) in records.enumerated() {
            let identifier = identifier(record["id"])
            if identifier == nil { sink.note(ParseError(.malformed, "a number", in: "records, \(index + 1), id")) }
            let environment = record["attributes"]?.list?.lazy.compactMap { $0["environment"]?["environment"]?.integer }
                .first
            try sink.emit(
                Entry(
                    identifier: identifier, isCurrent: identifier != nil && identifier == current,
                    isTesting: environment.map { $0 != 0 }, locks: locks),
                at: .key("records/\(index)"))
        }
    }

    private static func identifier(_ value: JSONValue?) -> String? {
        value?.text ?? value?.integer.map { "\($0)" }
    }
}
