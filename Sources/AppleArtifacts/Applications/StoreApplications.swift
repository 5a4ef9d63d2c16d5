import ArtifactModel
import FileFormats
import Primitives

/// What the store's service knows: applications on the device, and those that accounts of the device obtained.
///
/// `timestamp` and `date_purchased` are seconds since 2001-01-01T00:00:00Z; zero means not set. What the numbers of
/// `deletion_date` count is not published.
///
/// Losses: the list of what was obtained covers other devices and the family, and says nothing of this device.
///
/// - SeeAlso: <https://www.stark4n6.com/2025/04/tracking-ios-app-installs-and-purchase.html>
enum StoreApplications: Artifact {
    struct Entry: Record {
        var installed: String?
        var listed: String?
        var installation: Timestamp?
        var purchased: Timestamp?
        var name: String?
        var vendor: String?
        var version: String?
        var build: String?
        var account: String?
        var url: String?
        var item: Int64?
        var isSystem: Bool?
        var isHidden: Bool?
        var deletion: Double?
        var category: String?

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.installed }, shown: true, "of an application that is or was on the device"),
            Field(
                "obtained_bundle_identifier", .observable(Observable(.applicationIdentifier)), text: { $0.listed },
                shown: true, "of an application that an account obtained, on whichever device"),
            Field("installation_noted", "The store noted an application on the device", moment: { $0.installation }),
            Field("purchased", "An application was obtained from the store", moment: { $0.purchased }),
            Field("application_name", text: { $0.name }),
            Field("artist", text: { $0.vendor }, "the developer"),
            Field("version", text: { $0.version }),
            Field("build", text: { $0.build }),
            Field("account", .observable(Observable(.account)), text: { $0.account }, "the account that obtained it"),
            Field("product_url", text: { $0.url }, "its page in the store"),
            Field("store_item", integer: { $0.item }, "number in the store"),
            Field("is_system_application", truth: { $0.isSystem }),
            Field("is_hidden", truth: { $0.isHidden }, "hidden from the home screen"),
            Field("deletion_date_stored", real: { $0.deletion }, "as stored"),
            Field("store_category", text: { $0.category }),
        ]
    }

    static let card = ArtifactCard(
        "apple.applications.store-applications", "Applications known to the store",
        summary: "Applications on the device, and those that accounts obtained, as the store's service knows them",
        places: [.home("Library/Caches/com.apple.appstored/storeUser.db")],
        standing: .documented,
        losses: [
            "What an account obtained need not have been on this device",
            "Applications from elsewhere than the store can be missing", "Backups do not hold it",
        ],
        references: [
            Reference(
                "Kevin Pagano", "Tracking iOS App Installs and Purchase History", date: "2025-04",
                link: "https://www.stark4n6.com/2025/04/tracking-ios-app-installs-and-purchase.html")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        do {
            try current(in: database, into: &sink)
        } catch let error as ParseError {
            sink.note(error)
        }
        try obtained(in: database, into: &sink)
    }

    private static func current(in database: SQLiteDatabase, into sink: inout some RecordSink<Entry>) throws {
        let scan = TableScan(
            "current_apps", as: "a",
            columns: [
                "a.bundle_id", "a.timestamp", "a.item_name", "a.vendor_name", "a.short_version", "a.bundle_version",
                "a.item_id", "a.is_system_app", "a.deletion_date",
            ])
        try database.scan(scan, note: { sink.note($0) }) { application, row in
            try sink.emit(
                Entry(
                    installed: row.filledText(0), installation: row.cocoaSeconds(1), name: row.text(2),
                    vendor: row.text(3), version: row.text(4), build: row.text(5), item: row.integer(6),
                    isSystem: row.truth(7), deletion: row.real(8)),
                at: .row(application, table: "current_apps"))
        }
    }

    private static func obtained(in database: SQLiteDatabase, into sink: inout some RecordSink<Entry>) throws {
        let accounts = try accounts(in: database, noting: &sink)
        let scan = TableScan(
            "purchase_history_apps", as: "p",
            columns: [
                "p.bundle_id", "p.date_purchased", "p.long_title", "p.title", "p.developer_name", "p.product_url",
                "p.store_item_id", "p.hidden_from_springboard", "p.genre_name", "p.purchaser_dsid",
            ])
        try database.scan(scan, note: { sink.note($0) }) { application, row in
            try sink.emit(
                Entry(
                    listed: row.filledText(0), purchased: row.cocoaSeconds(1), name: row.filledText(2) ?? row.text(3),
                    vendor: row.text(4), account: row.integer(9).flatMap { accounts[$0] }, url: row.text(5),
                    item: row.integer(6), isHidden: row.truth(7), category: row.text(8)),
                at: .row(application, table: "purchase_history_apps"))
        }
    }

    /// Names of accounts by their numbers; an account has several rows, and the last one that has a name counts.
    private static func accounts(
        in database: SQLiteDatabase, noting sink: inout some RecordSink
    ) throws -> [Int64: String] {
        var accounts: [Int64: String] = [:]
        do {
            let scan = TableScan("account_events", as: "e", columns: ["e.account_id", "e.apple_id"])
            try database.scan(scan, note: { sink.note($0) }) { _, row in
                guard let number = row.integer(0), let name = row.filledText(1), accounts.count < 10_000 else { return }
                accounts[number] = name
            }
        } catch let error as ParseError {
            sink.note(error)
        }
        return accounts
    }
}
