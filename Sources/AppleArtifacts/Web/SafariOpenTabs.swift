import ArtifactModel
import FileFormats
import Primitives

/// The tabs that Safari has open or closed lately, private ones too, each with the pages that its back button leads to.
///
/// Since iOS 15 tabs are rows of a table of bookmarks, below the group that they belong to. Their times stand in property
/// lists inside two columns, as dates in UTC. The pages of a tab have no times; they are stored as in ``SafariTabs``.
///
/// Losses: a tab that was closed is removed after some time; tabs of other devices in a shared group are in it too.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP>
enum SafariOpenTabs: Artifact {
    struct Entry: Record {
        var tab: Int64
        var url: String?
        var localURL: String?
        var title: String?
        var viewed: Timestamp?
        var added: Timestamp?
        var closed: Timestamp?
        var history = SafariSession()
        var isPrivate: Bool?
        var isOpenedFromLink: Bool?
        var isDeleted: Bool?
        var group: Int64?
        var groupTitle: String?
        var groupType: String?
        var deviceUUID: String?
        var uuid: String?

        static let fields: [Field<Self>] = [
            Field("tab", integer: { $0.tab }, "bookmarks.id"),
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true),
            Field(
                "local_url", .observable(Observable(.url, .visited)), text: { $0.localURL },
                "what this device showed, where it is another address"),
            Field("title", .content, text: { $0.title }),
            Field("viewed", "A tab of Safari was last looked at", moment: { $0.viewed }),
            Field("added", "A tab of Safari was opened, or a bookmark was made", moment: { $0.added }),
            Field("closed", "A tab of Safari was closed", moment: { $0.closed }),
            Field(
                "back_urls", .observable(Observable(.url, .visited)), texts: { $0.history.urls }, shown: true,
                "pages of the tab's back and forward list, oldest first"),
            Field(
                "back_original_urls", .observable(Observable(.url, .visited)), texts: { $0.history.originalURLs },
                "addresses that were asked for and led to another page of the list"),
            Field("back_titles", .content, texts: { $0.history.titles }),
            Field("back_index", integer: { $0.history.index }, "which page of the list was shown, from 0"),
            Field("private_browsing", truth: { $0.isPrivate }, "whether the tab is in a group of private tabs"),
            Field("opened_from_link", truth: { $0.isOpenedFromLink }),
            Field("is_deleted", truth: { $0.isDeleted }, "whether the row waits for its deletion to be synchronised"),
            Field("tab_group", integer: { $0.group }, "bookmarks.id of the group"),
            Field("tab_group_title", .content, text: { $0.groupTitle }, "name that a person gave the group"),
            Field("tab_group_type", text: { $0.groupType }, shown: true, "a group that Safari makes itself"),
            Field("device_uuid", text: { $0.deviceUUID }, "the device of the account that last looked at the tab"),
            Field("uuid", text: { $0.uuid }, "bookmarks.external_uuid"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.safari-open-tabs", "Safari tabs since iOS 15",
        summary: "Tabs that are open in Safari or were closed lately, with the pages before and after",
        places: [
            .home("Library/Safari/SafariTabs.db"),
            .application("*", "Library/Safari/SafariTabs.db"),
        ],
        standing: .documented,
        losses: [
            "Closed tabs are removed after some time", "The pages behind the back button have no times",
            "Tabs of other devices of the account, or of people who share a group, are in it too",
            "A group without tabs is not listed",
        ],
        references: [
            Reference(
                "Alexis Brignoni and others", "iLEAPP: iOS Logs, Events, And Plists Parser",
                link: "https://github.com/abrignoni/iLEAPP")
        ])

    /// The names that Safari gives groups of its own, whatever the language of the device.
    private static let ownGroups: Set<String> = [
        "Local", "Private", "Windows", "pinned", "privatePinned", "recentlyClosed",
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let privateGroups = try privateGroups(of: database, noting: &sink)
        let scan = TableScan(
            "bookmarks", as: "b", key: "id",
            joins: [
                .init("bookmarks", as: "p", on: "id", equals: "b.parent"),
                .init("session_state", as: "s", on: "uuid", equals: "b.external_uuid"),
            ],
            columns: [
                "b.type", "b.url", "b.title", "b.parent", "p.title", "b.external_uuid", "b.extra_attributes",
                "b.local_attributes", "s.data", "b.date_closed", "b.deleted",
            ])
        try database.scan(scan, note: { sink.note($0) }) { tab, row in
            // Type 1 is a group; its tabs name it.
            guard row.integer(0) != 1 else { return }
            let place = "bookmarks, row \(tab)"
            let extra = BookmarkAttributes(row, 6, in: place + ", column extra_attributes", noting: &sink)
            let local = BookmarkAttributes(row, 7, in: place + ", column local_attributes", noting: &sink)
            let session = local["SessionState"]?.bytes ?? row.bytes(8) ?? []
            var entry = Entry(tab: tab, url: row.text(1), title: row.text(2), uuid: row.text(5))
            entry.localURL = extra["LocalURL"]?.text.flatMap { $0 == entry.url ? nil : $0 }
            entry.viewed =
                BookmarkAttributes.moment(local["LastVisitTime"]) ?? BookmarkAttributes.moment(extra["DateLastViewed"])
            entry.added = BookmarkAttributes.moment(extra["com.apple.Bookmark", "DateAdded"])
            entry.closed = BookmarkAttributes.moment(local["DateClosed"]) ?? row.cocoaSeconds(9)
            entry.history = SafariSession(session, in: place, noting: &sink)
            entry.isOpenedFromLink = local["OpenedFromLink"]?.truth
            entry.isDeleted = row.truth(10)
            entry.group = row.integer(3)
            entry.deviceUUID = extra["DeviceIdentifier"]?.text
            if let title = row.text(4), !title.isEmpty {
                if ownGroups.contains(title) { entry.groupType = title } else { entry.groupTitle = title }
            }
            if let privateGroups {
                entry.isPrivate = entry.group.map(privateGroups.contains)
            }
            if entry.groupType == "Private" || entry.groupType == "privatePinned" { entry.isPrivate = true }
            try sink.emit(entry, at: .row(tab, table: "bookmarks"))
        }
    }

    /// The groups that windows use for private tabs; nothing if windows are not recorded.
    private static func privateGroups(
        of database: SQLiteDatabase, noting sink: inout some RecordSink<Entry>
    ) throws -> Set<Int64>? {
        guard try database.columns(of: "windows").contains("private_tab_group_id") else { return nil }
        var groups: Set<Int64> = []
        let scan = TableScan("windows", as: "w", columns: ["w.private_tab_group_id"])
        try database.scan(scan, note: { sink.note($0) }) { _, row in
            if let group = row.integer(0), groups.count < 100_000 { groups.insert(group) }
        }
        return groups
    }
}

extension SafariSession {
    /// Reads a session, or notes why it can't be read and gives an empty one: the tab is worth a record anyway.
    init(_ bytes: [UInt8], in place: String, noting sink: inout some RecordSink) {
        self.init()
        do throws(ParseError) {
            guard bytes.count <= Self.sizeLimit else {
                throw ParseError(.beyondLimit, "at most \(Self.sizeLimit) bytes of session data")
            }
            self = try SafariSession(parsing: bytes)
            guard unread == 0 else { throw ParseError(.malformed, "an address in every entry of the session") }
        } catch {
            sink.note(ParseError(error.kind, error.expected, in: place))
        }
    }
}
