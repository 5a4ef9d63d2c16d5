import ArtifactModel
import FileFormats
import Primitives

/// The pages that Safari recorded as visited, one record a visit, with the visits that redirects joined.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL in `history_visits.visit_time`; zero means not set.
///
/// Losses: private tabs leave nothing here, Safari forgets after a year at the latest, and a person can delete it.
///
/// - SeeAlso: <https://www.amnesty.org/en/latest/research/2019/10/morocco-human-rights-defenders-targeted-with-nso-groups-spyware/>
enum SafariHistory: Artifact {
    struct Entry: Record {
        var visit: Int64?
        var item: Int64?
        var url: String?
        var title: String?
        var visited: Timestamp?
        var redirectSource: Int64?
        var redirectDestination: Int64?
        var destinationURL: String?
        var redirectSeconds: Double?
        var origin: Int64?
        var isLoaded: Bool?
        var profile: String?

        static let fields: [Field<Self>] = [
            Field("visit", integer: { $0.visit }, "history_visits.id; absent for a recovered page without a visit"),
            Field("item", integer: { $0.item }, "history_items.id"),
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true),
            Field("title", .content, text: { $0.title }),
            Field("visited", "Safari recorded a visit", moment: { $0.visited }),
            Field("redirect_source", integer: { $0.redirectSource }, "the visit that led here"),
            Field("redirect_destination", integer: { $0.redirectDestination }, "the visit that this one led to"),
            Field(
                "redirect_url", .observable(Observable(.url, .visited)), text: { $0.destinationURL }, shown: true,
                "the page that this visit was redirected to"),
            Field("redirect_seconds", real: { $0.redirectSeconds }, "seconds from this visit to the redirected one"),
            Field(
                "origin", integer: { $0.origin },
                "0 is this device, 1 another device of the same account, as established by the APOLLO project"),
            Field("loaded", truth: { $0.isLoaded }, "whether Safari recorded that the page was loaded"),
            Field("profile", text: { $0.profile }, "identifier of the Safari profile, iOS 17 and later"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.safari-history", "Safari history",
        summary: "Pages that Safari recorded as visited, and the redirects between them",
        places: [
            .home("Library/Safari/History.db"),
            .home("Library/Safari/Profiles/*/History.db"),
            .application("*", "Library/Safari/History.db"),
            .application("*", "Library/Safari/Profiles/*/History.db"),
        ],
        standing: .documented,
        losses: [
            "Private tabs are not recorded", "Safari forgets visits after a year at the latest",
            "Visits on other devices of the same account are in it too", "A person or an application can delete visits",
        ],
        references: [
            Reference(
                "Amnesty International", "Morocco: Human Rights Defenders Targeted with NSO Group's Spyware",
                date: "2019-10-10",
                link: "https://www.amnesty.org/en/latest/research/2019/10/"
                    + "morocco-human-rights-defenders-targeted-with-nso-groups-spyware/"),
            Reference(
                "Sarah Edwards", "APOLLO: Apple Pattern of Life Lazy Output'er",
                link: "https://github.com/mac4n6/APOLLO"),
        ])

    static let checks: [Check<Entry>] = [
        Check(
            "redirect-under-a-second", .medium, "An unencrypted page led elsewhere in under a second",
            family: "Pegasus", state: .visited,
            meaning:
                "Safari opened a page without encryption and was redirected to another site in less than a second. "
                + "This is the trace that network injection left on the phones of Moroccan activists in 2019.",
            limits: "It does not show who redirected the page, nor that anything was delivered.",
            benignCauses: [
                "Sites that still answer on http:// send visitors to another address of theirs",
                "Link shorteners, advertising and captive portals of Wi-Fi networks do the same",
            ],
            nextStep: "Look at the destination: a long random path, an odd port or a name that nobody knows needs an "
                + "expert. Keep the backup; do not open the link.",
            references: Array(card.references.prefix(1)),
            matches: { entry in
                guard let url = entry.url, let destination = entry.destinationURL, let seconds = entry.redirectSeconds,
                    seconds >= 0, seconds < 1, url.lowercased().hasPrefix("http://")
                else { return false }
                return site(url) != site(destination)
            })
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let profile = file.safariProfile
        // The destination of a redirect is joined here, so that a check needs to see one record only.
        let scan = TableScan(
            "history_visits", as: "v", key: "id",
            joins: [
                .init("history_items", as: "i", on: "id", equals: "v.history_item"),
                .init("history_visits", as: "d", on: "id", equals: "v.redirect_destination"),
                .init("history_items", as: "di", on: "id", equals: "d.history_item"),
            ],
            columns: [
                "v.history_item", "i.url", "v.title", "v.visit_time", "v.redirect_source", "v.redirect_destination",
                "di.url", "d.visit_time", "v.origin", "v.load_successful",
            ], recovering: true)
        var items: Set<Int64> = []
        try database.scan(scan, note: { sink.note($0) }) { visit, row in
            let time = row.real(3).flatMap(Timestamp.init(cocoaSeconds:))
            if row.recovery != nil, let item = row.integer(0) { items.insert(item) }
            let later = row.real(7).flatMap(Timestamp.init(cocoaSeconds:))
            try sink.emit(
                Entry(
                    visit: row.number, item: row.integer(0), url: row.text(1), title: row.text(2),
                    visited: time, redirectSource: row.integer(4),
                    redirectDestination: row.integer(5), destinationURL: row.text(6),
                    redirectSeconds: time.flatMap { later?.seconds(since: $0) }, origin: row.integer(8),
                    isLoaded: row.truth(9), profile: profile),
                at: row.location(visit, table: "history_visits"))
        }
        // A page that was deleted may be there longer than its visits.
        guard try database.hasTable("history_items") else { return }
        let pages = TableScan("history_items", as: "i", key: "id", columns: ["i.url"], recovering: true)
        try database.scan(pages, note: { _ in }) { item, row in
            guard row.recovery != nil, row.number.map({ !items.contains($0) }) ?? true, let url = row.text(0) else {
                return
            }
            try sink.emit(
                Entry(item: row.number, url: url, profile: profile), at: row.location(item, table: "history_items"))
        }
    }

    /// The host without `www.`, lower-case, without a name and password before it: enough to tell two sites apart.
    private static func site(_ url: String) -> Substring {
        let rest = url.lowercased().split(separator: "://", maxSplits: 1).last ?? ""
        let authority = rest.prefix { !"/?#".contains($0) }
        let host = (authority.split(separator: "@").last ?? "").prefix { $0 != ":" }
        return host.hasPrefix("www.") ? host.dropFirst(4) : host
    }
}
