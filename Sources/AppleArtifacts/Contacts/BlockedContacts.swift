import ArtifactModel
import FileFormats
import Primitives

/// The numbers and addresses that a person blocked for calls, messages and FaceTime, one record each.
///
/// The code of the country is that of the device's region, not of the number. The list has one time: when it was changed
/// last, as a date in seconds since 2001-01-01T00:00:00Z.
///
/// Losses: who is no longer blocked is not there; when somebody was blocked is not recorded; numbers that applications
/// block are in a database of their own.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/blockedContacts.py>
enum BlockedContacts: Artifact {
    struct Entry: Record {
        var changed: Timestamp?
        var account: String?
        var country: String?
        var type: Int64?
        var revision: Int64?

        static let fields: [Field<Self>] = [
            Field("account", .observable(Observable(.account)), text: { $0.account }, shown: true, "who is blocked"),
            Field("country", text: { $0.country }, "the device's region when it was blocked"),
            Field("blocked_type", integer: { $0.type }, "0 is a telephone number, 1 an e-mail address"),
            Field(
                "list_changed", "The list of blocked contacts was changed", moment: { $0.changed }, "the latest time"),
            Field("list_revision", integer: { $0.revision }, "how often the list was changed"),
        ]
    }

    static let card = ArtifactCard(
        "apple.contacts.blocked-contacts", "Blocked contacts",
        summary: "Telephone numbers and addresses that are blocked for calls and messages",
        places: [.home("Library/Preferences/com.apple.cmfsyncagent.plist")],
        standing: .documented,
        losses: [
            "Who is no longer blocked is not there", "When somebody was blocked is not recorded",
            "The list is shared by the devices of an account",
        ],
        references: [
            Reference(
                "iLEAPP", "Blocked contacts",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/blockedContacts.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard let store = list.dictionary("__kCMFBlockListStoreTopLevelKey", noting: &sink) else {
            throw ParseError(.malformed, "a dictionary named __kCMFBlockListStoreTopLevelKey")
        }
        let changed = store.moment("__kCMFBlockListStoreRevisionTimestampKey", noting: &sink)
        let revision = store.integer("__kCMFBlockListStoreRevisionKey", noting: &sink)
        guard let items = store["__kCMFBlockListStoreArrayKey"]?.list else {
            throw ParseError(.malformed, "a list named __kCMFBlockListStoreArrayKey")
        }
        for (index, item) in items.enumerated() {
            let place = "item \(index + 1)"
            let account =
                item.text("__kCMFItemPhoneNumberUnformattedKey", in: place, noting: &sink)
                ?? item.text("__kCMFItemEmailUnformattedKey", in: place, noting: &sink)
            if account == nil { sink.note(ParseError(.malformed, "a number or an address", in: place)) }
            try sink.emit(
                Entry(
                    changed: changed, account: account,
                    country: item.text("__kCMFItemPhoneNumberCountryCodeKey", in: place, noting: &sink),
                    type: item.integer("__kCMFItemTypeKey", in: place, noting: &sink), revision: revision),
                at: .key("__kCMFBlockListStoreArrayKey/\(index)"))
        }
    }
}
