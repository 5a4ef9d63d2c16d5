import ArtifactModel
import FileFormats
import Primitives

/// The bookmarks and the reading list of Safari, one record an address.
///
/// Times are dates in UTC inside the property list of a column; many bookmarks have none. The reading list is the folder
/// that Safari names `com.apple.ReadingList`.
///
/// Losses: a bookmark that was deleted is removed once this is synchronised. A bookmark says who kept an address, not who
/// opened it: applications and shared links add to the reading list too.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP>
enum SafariBookmarks: Artifact {
    struct Entry: Record {
        var bookmark: Int64
        var url: String?
        var title: String?
        var added: Timestamp?
        var viewed: Timestamp?
        var preview: String?
        var isInReadingList: Bool?
        var isRead: Bool?
        var isHidden: Bool?
        var isDeleted: Bool?
        var folder: Int64?
        var folderTitle: String?
        var uuid: String?

        static let fields: [Field<Self>] = [
            Field("bookmark", integer: { $0.bookmark }, "bookmarks.id"),
            Field("url", .observable(Observable(.url, .mentioned)), text: { $0.url }, shown: true),
            Field("title", .content, text: { $0.title }),
            Field("added", "A tab of Safari was opened, or a bookmark was made", moment: { $0.added }),
            Field("viewed", "An entry of the reading list was last looked at", moment: { $0.viewed }),
            Field("preview_summary", .content, text: { $0.preview }, "first words of a page of the reading list"),
            Field("in_reading_list", truth: { $0.isInReadingList }, shown: true),
            Field("is_read", truth: { $0.isRead }),
            Field("is_hidden", truth: { $0.isHidden }),
            Field("is_deleted", truth: { $0.isDeleted }, "whether the row waits for its deletion to be synchronised"),
            Field("folder_row", integer: { $0.folder }, "bookmarks.id of the folder"),
            Field("folder_title", .content, text: { $0.folderTitle }),
            Field("uuid", text: { $0.uuid }, "bookmarks.external_uuid"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.safari-bookmarks", "Safari bookmarks",
        summary: "Addresses that were kept as bookmarks or in the reading list of Safari",
        places: [
            .home("Library/Safari/Bookmarks.db"),
            .application("*", "Library/Safari/Bookmarks.db"),
        ],
        standing: .documented,
        losses: [
            "Deleted bookmarks are removed", "Many bookmarks have no time",
            "Bookmarks that other devices of the account made are in it too",
        ],
        references: [
            Reference(
                "Alexis Brignoni and others", "iLEAPP: iOS Logs, Events, And Plists Parser",
                link: "https://github.com/abrignoni/iLEAPP")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let list = "com.apple.ReadingList"
        let scan = TableScan(
            "bookmarks", as: "b", key: "id", joins: [.init("bookmarks", as: "p", on: "id", equals: "b.parent")],
            columns: [
                "b.type", "b.url", "b.title", "b.parent", "p.title", "b.external_uuid", "b.extra_attributes",
                "b.read", "b.hidden", "b.deleted",
            ])
        try database.scan(scan, note: { sink.note($0) }) { bookmark, row in
            // Type 1 is a folder; what lies in it names it.
            guard row.integer(0) != 1 else { return }
            let extra = BookmarkAttributes(
                row, 6, in: "bookmarks, row \(bookmark), column extra_attributes", noting: &sink)
            let folder = row.text(4)
            try sink.emit(
                Entry(
                    bookmark: bookmark, url: row.text(1), title: row.text(2),
                    added: BookmarkAttributes.moment(extra[list, "DateAdded"])
                        ?? BookmarkAttributes.moment(extra["com.apple.Bookmark", "DateAdded"]),
                    viewed: BookmarkAttributes.moment(extra[list, "DateLastViewed"]),
                    preview: extra[list, "PreviewText"]?.text, isInReadingList: folder.map { $0 == list },
                    isRead: row.truth(7), isHidden: row.truth(8), isDeleted: row.truth(9), folder: row.integer(3),
                    folderTitle: folder.flatMap { $0 == list || $0.isEmpty ? nil : $0 }, uuid: row.text(5)),
                at: .row(bookmark, table: "bookmarks"))
        }
    }
}
