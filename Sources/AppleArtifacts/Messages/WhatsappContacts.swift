import ArtifactModel
import FileFormats
import Primitives

/// The contacts of WhatsApp, one record a contact: accounts, numbers, names and when they changed.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set. The time after which messages disappear is
/// in whole seconds; zero or nothing means that they stay.
///
/// Losses: people with whom messages were exchanged need not be contacts, and deleted contacts are
/// found only while nothing was written over their row.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/whatsApp.py>
enum WhatsappContacts: Artifact {
    struct Entry: Record {
        var contact: Int64?
        var modified: Timestamp?
        var account: String?
        var hiddenAccount: String?
        var phoneNumber: String?
        var localizedPhoneNumber: String?
        var fullName: String?
        var givenName: String?
        var familyName: String?
        var userName: String?
        var businessName: String?
        var about: String?
        var aboutEmoji: String?
        var aboutChanged: Timestamp?
        var aboutExpires: Timestamp?
        var remark: String?
        var disappearing: Int64?
        var disappearingSet: Timestamp?
        var hasDisappearing: Bool
        var phoneStatus: Int64?
        var syncPolicy: Int64?

        static let fields: [Field<Self>] = [
            Field("contact_row", integer: { $0.contact }, "ZWAADDRESSBOOKCONTACT.Z_PK"),
            Field("modified", "A WhatsApp contact was last updated", moment: { $0.modified }, "ZLASTUPDATED"),
            Field(
                "account", .observable(Observable(.account, .mentioned, .contact)), text: { $0.account }, shown: true,
                "ZWHATSAPPID"),
            Field(
                "hidden_account", .observable(Observable(.account, .mentioned, .contact)), text: { $0.hiddenAccount },
                shown: true,
                "ZLID: the identifier that hides the telephone number"),
            Field(
                "phone_number", .observable(Observable(.phoneNumber, .mentioned, .contact)), text: { $0.phoneNumber },
                shown: true
            ),
            Field(
                "localized_phone_number", .observable(Observable(.phoneNumber, .mentioned, .contact)),
                text: { $0.localizedPhoneNumber }),
            Field("display_name", .content, text: { $0.fullName }, "ZFULLNAME"),
            Field("given_name", .content, text: { $0.givenName }),
            Field("family_name", .content, text: { $0.familyName }, "ZLASTNAME"),
            Field(
                "user_name", .observable(Observable(.account, .mentioned, .contact)), text: { $0.userName }, "ZUSERNAME"
            ),
            Field("business_name", .content, text: { $0.businessName }),
            Field("about", .content, text: { $0.about }, "what the contact says of itself"),
            Field("about_emoji", .content, text: { $0.aboutEmoji }),
            Field("about_changed", "A WhatsApp contact changed what it says of itself", moment: { $0.aboutChanged }),
            Field("about_expires", "What a WhatsApp contact says of itself expires", moment: { $0.aboutExpires }),
            Field("remark", .content, text: { $0.remark }, "ZNOTES"),
            Field("disappearing_seconds", integer: { $0.disappearing }, "seconds after which messages disappear"),
            Field("disappearing_on", truth: { $0.isDisappearing }, "absent if this release does not record it"),
            Field("disappearing", text: { $0.disappearingWords }, "disappearing_seconds in words"),
            Field(
                "disappearing_set", "Disappearing messages were set for a WhatsApp contact",
                moment: { $0.disappearingSet }),
            Field("phone_status", integer: { $0.phoneStatus }, "ZPHONESTATUS or ZPHONENUMBERSTATUS, not decoded"),
            Field("sync_policy", integer: { $0.syncPolicy }, "ZSYNCPOLICY, not decoded"),
        ]

        var isDisappearing: Bool? { hasDisappearing ? (disappearing ?? 0) > 0 : nil }

        var disappearingWords: String? {
            guard hasDisappearing else { return nil }
            guard let seconds = disappearing, seconds > 0 else { return "off" }
            if seconds == 86_400 { return "24 hours" }
            return seconds.isMultiple(of: 86_400) ? "\(seconds / 86_400) days" : "\(seconds) seconds"
        }
    }

    static let card = ArtifactCard(
        "apple.messages.whatsapp-contacts", "WhatsApp contacts",
        summary: "Contacts of WhatsApp with their accounts, hidden identifiers and numbers",
        places: [.applicationGroup("*", "ContactsV2.sqlite")],
        standing: .documented,
        losses: [
            "People with whom messages were exchanged need not be contacts",
            "Deleted contacts are found only while their row was not written over",
            "Names come from the address book of the device or from the contacts themselves",
        ],
        references: [
            Reference(
                "iLEAPP", "WhatsApp artefacts and public test images",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/whatsApp.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let table = "ZWAADDRESSBOOKCONTACT"
        let hasDisappearing = try database.columns(of: table).contains("zdisappearingmodeduration")
        let scan = TableScan(
            table, as: "c", key: "Z_PK",
            columns: [
                "c.ZLASTUPDATED", "c.ZWHATSAPPID", "c.ZLID", "c.ZPHONENUMBER", "c.ZLOCALIZEDPHONENUMBER",
                "c.ZFULLNAME", "c.ZGIVENNAME", "c.ZLASTNAME", "c.ZUSERNAME", "c.ZBUSINESSNAME", "c.ZABOUTTEXT",
                "c.ZABOUTEMOJI", "c.ZABOUTTIMESTAMP", "c.ZABOUTEXPIRATIONTIMESTAMP", "c.ZNOTES",
                "c.ZDISAPPEARINGMODEDURATION", "c.ZDISAPPEARINGMODETIMESTAMP", "c.ZPHONESTATUS",
                "c.ZPHONENUMBERSTATUS", "c.ZSYNCPOLICY",
            ], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { contact, row in
            try sink.emit(
                Entry(
                    contact: row.number, modified: row.cocoaSeconds(0), account: row.text(1),
                    hiddenAccount: row.text(2),
                    phoneNumber: row.text(3), localizedPhoneNumber: row.text(4), fullName: row.text(5),
                    givenName: row.text(6), familyName: row.text(7), userName: row.text(8),
                    businessName: row.text(9), about: row.text(10), aboutEmoji: row.text(11),
                    aboutChanged: row.cocoaSeconds(12), aboutExpires: row.cocoaSeconds(13), remark: row.text(14),
                    disappearing: row.integer(15), disappearingSet: row.cocoaSeconds(16),
                    hasDisappearing: hasDisappearing, phoneStatus: row.integer(17) ?? row.integer(18),
                    syncPolicy: row.integer(19)),
                at: row.location(contact, table: table))
        }
    }
}
