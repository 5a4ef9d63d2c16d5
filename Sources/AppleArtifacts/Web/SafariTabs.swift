import ArtifactModel
import FileFormats
import Primitives

/// The tabs that were open in Safari, each with the pages that its back button leads to.
///
/// `last_viewed_time` is in seconds since 2001-01-01T00:00:00Z as REAL; zero means not set. The pages of a tab have no
/// times. They stand in `session_data`, in `tab_sessions` or before iOS 12 in `tabs`: four bytes, then a property list.
///
/// Losses: a closed tab leaves at most its session, and iOS 15 and later keep tabs elsewhere.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP>
enum SafariTabs: Artifact {
    struct Entry: Record {
        var tab: Int64?
        var url: String?
        var visibleURL: String?
        var title: String?
        var viewed: Timestamp?
        var history = SafariSession()
        var isPrivate: Bool?
        var isOpenedFromLink: Bool?
        var profile: String?

        static let fields: [Field<Self>] = [
            Field("tab", integer: { $0.tab }, "tabs.id; absent for a session without a tab"),
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true),
            Field(
                "visible_url", .observable(Observable(.url, .visited)), text: { $0.visibleURL },
                "what the address field showed"),
            Field("title", .content, text: { $0.title }),
            Field("viewed", "A tab of Safari was last looked at", moment: { $0.viewed }),
            Field(
                "back_urls", .observable(Observable(.url, .visited)), texts: { $0.history.urls }, shown: true,
                "pages of the tab's back and forward list, oldest first"),
            Field(
                "back_original_urls", .observable(Observable(.url, .visited)), texts: { $0.history.originalURLs },
                "addresses that were asked for and led to another page of the list"),
            Field("back_titles", .content, texts: { $0.history.titles }),
            Field("back_index", integer: { $0.history.index }, "which page of the list was shown, from 0"),
            Field("private_browsing", truth: { $0.isPrivate }),
            Field("opened_from_link", truth: { $0.isOpenedFromLink }),
            Field("profile", text: { $0.profile }, "identifier of the Safari profile, iOS 17 and later"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.safari-tabs", "Safari tabs",
        summary: "Tabs that were open in Safari, with the pages before and after the one shown",
        places: [
            .home("Library/Safari/BrowserState.db"),
            .home("Library/Safari/Profiles/*/BrowserState.db"),
            .application("*", "Library/Safari/BrowserState.db"),
            .application("*", "Library/Safari/Profiles/*/BrowserState.db"),
        ],
        standing: .documented,
        losses: [
            "Closed tabs are removed", "The pages behind the back button have no times",
            "iOS 15 and later keep tabs in SafariTabs.db instead",
        ],
        references: [
            Reference(
                "Alexis Brignoni and others", "iLEAPP: iOS Logs, Events, And Plists Parser",
                link: "https://github.com/abrignoni/iLEAPP")
        ])

    /// More tabs than Safari opens; beyond, sessions without a tab are not looked for.
    private static let limit = 100_000

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let profile = file.safariProfile
        var tabs: Set<String> = []
        let scan = TableScan(
            "tabs", as: "t", joins: [.init("tab_sessions", as: "s", on: "tab_uuid", equals: "t.uuid")],
            columns: [
                "t.uuid", "t.url", "t.user_visible_url", "t.title", "t.last_viewed_time", "s.session_data",
                "t.session_data", "t.private_browsing", "t.opened_from_link",
            ])
        try database.scan(scan, note: { sink.note($0) }) { tab, row in
            if let identifier = row.text(0), tabs.count < limit { tabs.insert(identifier) }
            let history = try session(row, row.isNull(5) ? 6 : 5, in: "tabs, row \(tab)", noting: &sink)
            try sink.emit(
                Entry(
                    tab: tab, url: row.text(1), visibleURL: row.text(2), title: row.text(3),
                    viewed: row.real(4).flatMap(Timestamp.init(cocoaSeconds:)), history: history,
                    isPrivate: row.truth(7), isOpenedFromLink: row.truth(8), profile: profile),
                at: .row(tab, table: "tabs"))
        }
        guard try database.hasTable("tab_sessions") else { return }
        guard tabs.count < limit else {
            sink.note(ParseError(.beyondLimit, "at most \(limit) tabs", in: "tabs"))
            return
        }
        // A session that outlived its tab still tells where the tab was.
        let sessions = TableScan("tab_sessions", as: "s", columns: ["s.tab_uuid", "s.session_data"])
        try database.scan(sessions, note: { sink.note($0) }) { number, row in
            if let identifier = row.text(0), tabs.contains(identifier) { return }
            let history = try session(row, 1, in: "tab_sessions, row \(number)", noting: &sink)
            try sink.emit(Entry(history: history, profile: profile), at: .row(number, table: "tab_sessions"))
        }
    }

    /// Reads a session, or notes why it can't be read and gives an empty one: the tab is worth a record anyway.
    private static func session(
        _ row: borrowing SQLiteRow, _ column: Int, in place: String, noting sink: inout some RecordSink<Entry>
    ) throws -> SafariSession {
        var session = SafariSession()
        var damage: [ParseError] = []
        _ = row.withBytes(column) { bytes in
            guard bytes.count <= SafariSession.sizeLimit else {
                damage.append(ParseError(.beyondLimit, "at most \(SafariSession.sizeLimit) bytes of session data"))
                return
            }
            do throws(ParseError) {
                session = try SafariSession(parsing: Array(bytes))
            } catch {
                damage.append(error)
            }
        }
        if session.unread > 0 {
            damage.append(ParseError(.malformed, "an address in every entry of the session"))
        }
        for error in damage { sink.note(ParseError(error.kind, error.expected, in: place)) }
        return session
    }
}
