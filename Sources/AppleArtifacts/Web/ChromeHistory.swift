import ArtifactModel
import FileFormats
import Primitives

/// The pages that Chrome recorded as visited, one record a visit, with the page that each visit came from.
///
/// Times are microseconds since 1601-01-01T00:00:00Z; zero means not set. A visit that a redirect led to has the time of
/// the visit before it, so the speed of a redirect can't be seen. The codes of a transition are those of Chromium's
/// `page_transition_types.h`.
///
/// Losses: incognito tabs leave nothing here, Chrome forgets after ninety days, and a person can delete it.
///
/// - SeeAlso: <https://chromium.googlesource.com/chromium/src/+/refs/heads/main/components/history/core/browser/visit_database.cc>
enum ChromeHistory: Artifact {
    struct Entry: Record {
        var visit: Int64?
        var item: Int64?
        var url: String?
        var title: String?
        var visited: Timestamp?
        var lastVisited: Timestamp?
        var fromVisit: Int64?
        var fromURL: String?
        var transition: Int64?
        var visitSeconds: Double?
        var visitSource: Int64?
        var visitCount: Int64?
        var typedCount: Int64?
        var isHidden: Bool?
        var profile: String?

        /// How the page was reached, by the lowest eight bits.
        var transitionType: String? {
            let words = [
                "link", "typed", "bookmark", "subframe", "subframe by a person", "generated", "start page", "form",
                "reload", "keyword", "generated keyword",
            ]
            return transition.flatMap { code in
                let core = Int(truncatingIfNeeded: code & 0xFF)
                return words.indices.contains(core) ? words[core] : nil
            }
        }

        /// Whether a redirect led here: of the page, 0x40000000, or of the server, 0x80000000.
        ///
        /// The code is stored as a signed number of 32 bits; its lowest bits are the same in 64.
        var isRedirect: Bool? { transition.map { $0 & 0xC000_0000 != 0 } }

        static let fields: [Field<Self>] = [
            Field("visit", integer: { $0.visit }, "visits.id; absent for a page whose visits are gone"),
            Field("item", integer: { $0.item }, "urls.id"),
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true),
            Field("title", .content, text: { $0.title }),
            Field("visited", "Chrome recorded a visit", moment: { $0.visited }),
            Field(
                "last_visited", "Chrome recorded the latest visit of a page whose visits are gone",
                moment: { $0.lastVisited }),
            Field("from_visit", integer: { $0.fromVisit }, "the visit that led here by a link or a redirect"),
            Field(
                "from_url", .observable(Observable(.url, .visited)), text: { $0.fromURL }, shown: true,
                "the page of from_visit"),
            Field("is_redirect", truth: { $0.isRedirect }, "whether a redirect led here"),
            Field("transition", integer: { $0.transition }, "how the page was reached, code and flags as stored"),
            Field("transition_type", text: { $0.transitionType }, "the code of transition in words"),
            Field("visit_seconds", real: { $0.visitSeconds }, "seconds that the page was open"),
            Field(
                "visit_source", integer: { $0.visitSource },
                "visit_source.source: 0 another device of the account, 1 this one, larger numbers an import"),
            Field("visit_count", integer: { $0.visitCount }, "visits of the page that Chrome counted"),
            Field("typed_count", integer: { $0.typedCount }, "visits by a typed address"),
            Field("is_hidden", truth: { $0.isHidden }, "whether Chrome leaves the page out of suggestions"),
            Field("profile", text: { $0.profile }, "folder of the Chrome profile"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.chrome-history", "Chrome history",
        summary: "Pages that Chrome recorded as visited, and the pages that led to them",
        places: [.application("*", "Library/Application Support/Google/Chrome/*/History")],
        standing: .documented,
        losses: [
            "Incognito tabs are not recorded", "Chrome forgets visits after ninety days",
            "Visits on other devices of the same account may be in it too",
            "The time of a redirect is that of the page before it", "A person or an application can delete visits",
        ],
        references: [
            Reference(
                "The Chromium Authors", "visit_database.cc",
                link: "https://chromium.googlesource.com/chromium/src/+/refs/heads/main/"
                    + "components/history/core/browser/visit_database.cc"),
            Reference(
                "The Chromium Authors", "page_transition_types.h",
                link: "https://chromium.googlesource.com/chromium/src/+/refs/heads/main/"
                    + "ui/base/page_transition_types.h"),
        ])

    static let checks: [Check<Entry>] = [
        RedirectPattern.check { (isRedirect: $0.isRedirect, from: $0.fromURL, to: $0.url) }
    ]

    /// More pages than a history holds; beyond, pages without a visit are not looked for.
    private static let limit = 1_000_000

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let profile = file.folder(behind: "Chrome")
        var seen: Set<Int64> = []
        let scan = TableScan(
            "visits", as: "v", key: "id",
            joins: [
                .init("urls", as: "u", on: "id", equals: "v.url"),
                .init("visits", as: "f", on: "id", equals: "v.from_visit"),
                .init("urls", as: "fu", on: "id", equals: "f.url"),
                .init("visit_source", as: "s", on: "id", equals: "v.id"),
            ],
            columns: [
                "v.url", "u.url", "u.title", "v.visit_time", "v.from_visit", "fu.url", "v.transition",
                "v.visit_duration", "s.source", "u.visit_count", "u.typed_count", "u.hidden",
            ], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { visit, row in
            if let item = row.integer(0), seen.count < limit { seen.insert(item) }
            try sink.emit(
                Entry(
                    visit: row.number, item: row.integer(0), url: row.text(1), title: row.text(2),
                    visited: row.integer(3).flatMap(Timestamp.init(webkitMicroseconds:)),
                    fromVisit: row.integer(4).flatMap { $0 == 0 ? nil : $0 }, fromURL: row.text(5),
                    transition: row.integer(6), visitSeconds: row.real(7).map { $0 / 1_000_000 },
                    visitSource: row.integer(8), visitCount: row.integer(9), typedCount: row.integer(10),
                    isHidden: row.truth(11), profile: profile),
                at: row.location(visit, table: "visits"))
        }
        guard seen.count < limit else {
            sink.note(ParseError(.beyondLimit, "at most \(limit) pages", in: "visits"))
            return
        }
        // A page outlives its visits if it was typed or is a bookmark.
        guard try database.hasTable("urls") else { return }
        let pages = TableScan(
            "urls", as: "u", key: "id",
            columns: ["u.url", "u.title", "u.last_visit_time", "u.visit_count", "u.typed_count", "u.hidden"],
            recovering: true)
        try database.scan(pages, note: { sink.note($0) }) { item, row in
            guard row.number.map({ !seen.contains($0) }) ?? true else { return }
            try sink.emit(
                Entry(
                    item: row.number, url: row.text(0), title: row.text(1),
                    lastVisited: row.integer(2).flatMap(Timestamp.init(webkitMicroseconds:)),
                    visitCount: row.integer(3), typedCount: row.integer(4), isHidden: row.truth(5), profile: profile),
                at: row.location(item, table: "urls"))
        }
    }
}
