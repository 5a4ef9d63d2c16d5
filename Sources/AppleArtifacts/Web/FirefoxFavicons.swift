import ArtifactModel
import FileFormats
import Primitives

/// The icons of pages that older versions of Firefox kept, one record a page and icon.
///
/// The date of an icon is a REAL since 1970-01-01T00:00:00Z whose unit changed between versions: seconds, milliseconds
/// or microseconds, told apart by size. Zero means not set.
///
/// Losses: current versions keep icons elsewhere, without the pages that they belong to.
///
/// - SeeAlso: <https://github.com/mozilla-mobile/firefox-ios>, `Storage/SQL/BrowserSchema.swift`
enum FirefoxFavicons: Artifact {
    struct Entry: Record {
        var icon: Int64?
        var item: Int64?
        var url: String?
        var iconURL: String?
        var stored: Timestamp?
        var width: Int64?
        var height: Int64?
        var iconType: Int64?

        static let fields: [Field<Self>] = [
            Field("icon", integer: { $0.icon }, "favicons.id"),
            Field("item", integer: { $0.item }, "history.id"),
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true, "the page"),
            Field("icon_url", .observable(Observable(.url, .contacted)), text: { $0.iconURL }, shown: true),
            Field("icon_stored", "A browser stored the icon of a page", moment: { $0.stored }),
            Field("icon_width", integer: { $0.width }, "pixels"),
            Field("icon_height", integer: { $0.height }, "pixels"),
            Field("icon_type", integer: { $0.iconType }, "favicons.type, not decoded"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.firefox-favicons", "Firefox icons of pages",
        summary: "Pages whose icons older versions of Firefox kept, with the addresses of the icons",
        places: [
            .applicationGroup("*", "profile.profile/browser.db"),
            .home("profile.profile/browser.db"),
        ],
        standing: .documented,
        losses: [
            "Private tabs are not recorded", "Pages without an icon are not listed",
            "Current versions of Firefox keep no such list",
        ],
        references: [
            Reference(
                "Mozilla", "firefox-ios: BrowserSchema.swift", link: "https://github.com/mozilla-mobile/firefox-ios")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        // Current versions still make the file, for other things.
        guard try database.hasTable("favicon_sites") else {
            sink.note(ParseError(.unsupported, "a table named favicon_sites"))
            return
        }
        let scan = TableScan(
            "favicon_sites", as: "s",
            joins: [
                .init("favicons", as: "f", on: "id", equals: "s.faviconID"),
                .init("history", as: "h", on: "id", equals: "s.siteID"),
            ],
            columns: ["s.faviconID", "s.siteID", "h.url", "f.url", "f.date", "f.width", "f.height", "f.type"])
        try database.scan(scan, note: { sink.note($0) }) { number, row in
            try sink.emit(
                Entry(
                    icon: row.integer(0), item: row.integer(1), url: row.text(2), iconURL: row.text(3),
                    stored: row.real(4).flatMap(moment), width: row.integer(5), height: row.integer(6),
                    iconType: row.integer(7)),
                at: .row(number, table: "favicon_sites"))
        }
    }

    /// A hundred thousand million is the year 5138 in seconds and 1973 in milliseconds; a thousand times that is the
    /// same for milliseconds and microseconds. No honest value lies on the wrong side.
    private static func moment(_ count: Double) -> Timestamp? {
        guard count != 0 else { return nil }
        if count.magnitude < 1e11 { return Timestamp(unixSeconds: count) }
        return Timestamp(unixSeconds: count / (count.magnitude < 1e14 ? 1_000 : 1_000_000))
    }
}
