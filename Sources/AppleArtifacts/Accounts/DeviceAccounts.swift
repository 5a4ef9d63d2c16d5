import ArtifactModel
import FileFormats
import Primitives

/// The accounts that are set up on the device: mail, calendars, Apple accounts and those of other services.
///
/// `ZDATE` and `ZLASTCREDENTIALRENEWALREJECTIONDATE` are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set.
/// Addresses and servers come from keyed archives in `ZACCOUNTPROPERTY`.
///
/// Losses: an account that was removed leaves nothing; passwords and tokens lie in the keychain.
///
/// - SeeAlso: <https://github.com/log2timeline/plaso/blob/main/plaso/parsers/sqlite_plugins/ios_accounts.py>
enum DeviceAccounts: Artifact {
    struct Entry: Record {
        var account: String?
        var created: Timestamp?
        var kind: String?
        var kindIdentifier: String?
        var description: String?
        var owner: String?
        var addresses = AccountProperties.Found()
        var isActive: Bool?
        var isAuthenticated: Bool?
        var isVisible: Bool?
        var credential: String?
        var authentication: String?
        var rejected: Timestamp?
        var uuid: String?
        var parent: Int64?

        static let fields: [Field<Self>] = [
            Field(
                "account", .observable(Observable(.account, .unknown, .owner)), text: { $0.account }, shown: true,
                "ZUSERNAME"),
            Field("created", "An account was set up on the device", moment: { $0.created }),
            Field("account_type", text: { $0.kind }, shown: true, "what the device calls this kind of account"),
            Field("account_type_identifier", text: { $0.kindIdentifier }, "com.apple.account.SubscribedCalendar"),
            Field("description", .content, text: { $0.description }, "what a person or a server called it"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier)), text: { $0.owner },
                "the application or process that set it up"),
            Field(
                "email_addresses", .observable(Observable(.emailAddress, .unknown, .owner)),
                texts: { $0.addresses.emailAddresses },
                "addresses of the owner that belong to the account"),
            Field(
                "phone_numbers", .observable(Observable(.phoneNumber, .unknown, .owner)),
                texts: { $0.addresses.phoneNumbers },
                "numbers of the owner that belong to the account"),
            Field(
                "hosts", .observable(Observable(.hostName)), texts: { $0.addresses.hosts }, shown: true,
                "servers that the account is set to; whether they were reached is not recorded"),
            Field("is_active", truth: { $0.isActive }),
            Field("is_authenticated", truth: { $0.isAuthenticated }, "whether the service accepted the credential"),
            Field("is_visible", truth: { $0.isVisible }, "whether Settings shows it"),
            Field("credential_type", text: { $0.credential }, "password, token, oauth2, as the kind of account says"),
            Field("authentication_type", text: { $0.authentication }, "parent: that of the account it belongs to"),
            Field(
                "credential_rejected", "A service refused to renew the credential of an account",
                moment: { $0.rejected }),
            Field("uuid", text: { $0.uuid }, "ZIDENTIFIER"),
            Field("parent_account_row", integer: { $0.parent }, "ZACCOUNT.Z_PK of the account that it belongs to"),
        ]
    }

    static let card = ArtifactCard(
        "apple.accounts.device-accounts", "Accounts of the device",
        summary: "Accounts that are set up on the device, with their kind, servers and the time they were made",
        places: [.home("Library/Accounts/Accounts3.sqlite")],
        standing: .observed(["a file that a device wrote in 2020"]),
        losses: [
            "An account that was removed leaves nothing", "Passwords and tokens lie in the keychain",
            "A credential that was refused only once may have expired, and no more",
            "Applications keep accounts of their own elsewhere",
        ],
        references: [
            Reference(
                "Plaso", "Parser for Accounts3.sqlite of iOS",
                link: "https://github.com/log2timeline/plaso/blob/main/plaso/parsers/sqlite_plugins/ios_accounts.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let properties = try AccountProperties(database, note: { sink.note($0) })
        let scan = TableScan(
            "ZACCOUNT", as: "a", key: "Z_PK",
            joins: [.init("ZACCOUNTTYPE", as: "t", on: "Z_PK", equals: "a.ZACCOUNTTYPE")],
            columns: [
                "a.ZUSERNAME", "a.ZDATE", "t.ZACCOUNTTYPEDESCRIPTION", "t.ZIDENTIFIER", "a.ZACCOUNTDESCRIPTION",
                "a.ZOWNINGBUNDLEID", "a.ZACTIVE", "a.ZAUTHENTICATED", "a.ZVISIBLE", "a.ZCREDENTIALTYPE",
                "t.ZCREDENTIALTYPE", "a.ZAUTHENTICATIONTYPE", "a.ZLASTCREDENTIALRENEWALREJECTIONDATE", "a.ZIDENTIFIER",
                "a.ZPARENTACCOUNT",
            ])
        try database.scan(scan, note: { sink.note($0) }) { account, row in
            try sink.emit(
                Entry(
                    account: row.filledText(0), created: row.cocoaSeconds(1), kind: row.text(2),
                    kindIdentifier: row.text(3),
                    description: row.text(4), owner: row.text(5), addresses: properties.found(for: account),
                    isActive: row.truth(6), isAuthenticated: row.truth(7), isVisible: row.truth(8),
                    credential: row.text(9) ?? row.text(10), authentication: row.text(11),
                    rejected: row.cocoaSeconds(12), uuid: row.text(13), parent: row.integer(14)),
                at: .row(account, table: "ZACCOUNT"))
        }
    }
}
