import ArtifactModel
import FileFormats
import Primitives

/// The pages that Firefox recorded as visited, one record a visit, from either generation of its database.
///
/// `browser.db` (until about 2022) has visits in microseconds since 1970-01-01T00:00:00Z, `places.db` in milliseconds;
/// zero means not set. The kinds of visit are those of Mozilla's `nsINavHistoryService`.
///
/// Losses: private tabs leave nothing here, old visits are removed when the database grows, a person can delete it.
///
/// - SeeAlso: <https://github.com/mozilla/application-services/blob/main/components/places/sql/create_shared_schema.sql>
/// - SeeAlso: <https://github.com/mozilla-mobile/firefox-ios>, `Storage/SQL/BrowserSchema.swift`
enum FirefoxHistory: Artifact {
    struct Entry: Record {
        var visit: Int64?
        var item: Int64?
        var url: String?
        var title: String?
        var visited: Timestamp?
        var fromVisit: Int64?
        var fromURL: String?
        var visitType: Int64?
        var isLocal: Bool?
        var isDeleted: Bool?

        /// The kind of visit in words.
        var visitTypeName: String? {
            switch visitType {
            case 1: "link"
            case 2: "typed"
            case 3: "bookmark"
            case 4: "embedded"
            case 5: "permanent redirect"
            case 6: "temporary redirect"
            case 7: "download"
            case 8: "framed link"
            case 9: "reload"
            default: nil
            }
        }

        /// Whether a redirect led here.
        var isRedirect: Bool? { visitType.map { $0 == 5 || $0 == 6 } }

        static let fields: [Field<Self>] = [
            Field("visit", integer: { $0.visit }, "moz_historyvisits.id or visits.id"),
            Field("item", integer: { $0.item }, "moz_places.id or history.id"),
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true),
            Field("title", .content, text: { $0.title }),
            Field("visited", "Firefox recorded a visit", moment: { $0.visited }),
            Field("from_visit", integer: { $0.fromVisit }, "the visit that led here by a link or a redirect"),
            Field(
                "from_url", .observable(Observable(.url, .visited)), text: { $0.fromURL }, shown: true,
                "the page of from_visit"),
            Field("is_redirect", truth: { $0.isRedirect }, "whether a redirect led here"),
            Field("visit_type", integer: { $0.visitType }, "how the page was reached, as stored"),
            Field("visit_type_name", text: { $0.visitTypeName }, "visit_type in words"),
            Field("is_local", truth: { $0.isLocal }, "whether this device made the visit, not another of the account"),
            Field("is_deleted", truth: { $0.isDeleted }, "whether a person deleted the page"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.firefox-history", "Firefox history",
        summary: "Pages that Firefox recorded as visited, old and current database",
        places: [
            .applicationGroup("*", "profile.profile/places.db"),
            .applicationGroup("*", "profile.profile/browser.db"),
            .home("profile.profile/places.db"),
            .home("profile.profile/browser.db"),
        ],
        standing: .documented,
        losses: [
            "Private tabs are not recorded", "Old visits are removed when the database grows",
            "A page that was never visited, such as a bookmark, is not listed",
            "Visits on other devices of the same account may be in it too",
        ],
        references: [
            Reference(
                "Mozilla", "application-services: create_shared_schema.sql",
                link: "https://github.com/mozilla/application-services/blob/main/components/places/sql/"
                    + "create_shared_schema.sql"),
            Reference(
                "Mozilla", "firefox-ios: BrowserSchema.swift", link: "https://github.com/mozilla-mobile/firefox-ios"),
        ])

    static let checks: [Check<Entry>] = [
        RedirectPattern.check { (isRedirect: $0.isRedirect, from: $0.fromURL, to: $0.url) }
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        if try database.hasTable("moz_historyvisits") {
            try places(database, into: &sink)
        } else if try database.hasTable("visits") {
            try visits(database, into: &sink)
        } else {
            // Current versions still make browser.db, for other things.
            sink.note(ParseError(.unsupported, "a table named moz_historyvisits or visits"))
        }
    }

    /// The generation of `places.db`.
    private static func places(_ database: SQLiteDatabase, into sink: inout some RecordSink<Entry>) throws {
        let scan = TableScan(
            "moz_historyvisits", as: "v", key: "id",
            joins: [
                .init("moz_places", as: "p", on: "id", equals: "v.place_id"),
                .init("moz_historyvisits", as: "f", on: "id", equals: "v.from_visit"),
                .init("moz_places", as: "fp", on: "id", equals: "f.place_id"),
            ],
            columns: [
                "v.place_id", "p.url", "p.title", "v.visit_date", "v.from_visit", "fp.url", "v.visit_type",
                "v.is_local",
            ], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { visit, row in
            try sink.emit(
                Entry(
                    visit: row.number, item: row.integer(0), url: row.text(1), title: row.text(2),
                    visited: moment(row.real(3), perSecond: 1_000),
                    fromVisit: row.integer(4).flatMap { $0 == 0 ? nil : $0 }, fromURL: row.text(5),
                    visitType: row.integer(6), isLocal: row.truth(7)),
                at: row.location(visit, table: "moz_historyvisits"))
        }
    }

    /// The generation of `browser.db`.
    private static func visits(_ database: SQLiteDatabase, into sink: inout some RecordSink<Entry>) throws {
        let scan = TableScan(
            "visits", as: "v", key: "id", joins: [.init("history", as: "h", on: "id", equals: "v.siteID")],
            columns: ["v.siteID", "h.url", "h.title", "v.date", "v.type", "v.is_local", "h.is_deleted"],
            recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { visit, row in
            try sink.emit(
                Entry(
                    visit: row.number, item: row.integer(0), url: row.text(1), title: row.text(2),
                    visited: moment(row.real(3), perSecond: 1_000_000), visitType: row.integer(4),
                    isLocal: row.truth(5), isDeleted: row.truth(6)),
                at: row.location(visit, table: "visits"))
        }
    }

    /// A moment from a count since 1970-01-01T00:00:00Z; zero is not set.
    private static func moment(_ count: Double?, perSecond: Double) -> Timestamp? {
        count.flatMap { $0 == 0 ? nil : Timestamp(unixSeconds: $0 / perSecond) }
    }
}
