import ArtifactModel
import FileFormats
import Primitives

/// The icons of pages that Safari keeps or refused, one record a page and icon.
///
/// Times are seconds since 2001-01-01T00:00:00Z; zero means not set. Pages may stay here after the history was deleted.
///
/// Losses: pages without an icon are not listed, and the file is in no backup.
///
/// - SeeAlso: <https://www.amnesty.org/en/latest/research/2021/07/forensic-methodology-report-how-to-catch-nso-groups-pegasus/>
enum SafariFavicons: Artifact {
    struct Entry: Record {
        var url: String?
        var iconURL: String?
        var stored: Timestamp?
        var isRejected: Bool
        var uuid: String?
        var width: Int64?
        var height: Int64?

        static let fields: [Field<Self>] = [
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true, "the page"),
            Field("icon_url", .observable(Observable(.url, .contacted)), text: { $0.iconURL }, shown: true),
            Field("icon_stored", "A browser stored the icon of a page", moment: { $0.stored }),
            Field("is_rejected", truth: { $0.isRejected }, shown: true, "whether Safari asked for the icon in vain"),
            Field("uuid", text: { $0.uuid }, "name of the stored icon"),
            Field("icon_width", integer: { $0.width }, "pixels"),
            Field("icon_height", integer: { $0.height }, "pixels"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.safari-favicons", "Safari icons of pages",
        summary: "Pages whose icons Safari keeps or refused, with the addresses of the icons",
        places: [
            .home("Library/Image Cache/Favicons/Favicons.db"),
            .application("*", "Library/Image Cache/Favicons/Favicons.db"),
        ],
        standing: .documented,
        losses: [
            "Pages without an icon are not listed", "A page that was only suggested may be listed as well",
            "No backup holds the file",
        ],
        references: [
            Reference(
                "Amnesty International", "Forensic Methodology Report: How to catch NSO Group's Pegasus",
                date: "2021-07-18",
                link: "https://www.amnesty.org/en/latest/research/2021/07/"
                    + "forensic-methodology-report-how-to-catch-nso-groups-pegasus/")
        ])

    /// More icons than Safari keeps; beyond, icons without a page are not looked for.
    private static let limit = 500_000

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        var seen: Set<String> = []
        let pages = TableScan(
            "page_url", as: "p", joins: [.init("icon_info", as: "i", on: "uuid", equals: "p.uuid")],
            columns: ["p.url", "i.url", "i.timestamp", "p.uuid", "i.width", "i.height"])
        try database.scan(pages, note: { sink.note($0) }) { number, row in
            if let uuid = row.text(3), seen.count < limit { seen.insert(uuid) }
            try sink.emit(
                Entry(
                    url: row.text(0), iconURL: row.text(1), stored: row.cocoaSeconds(2), isRejected: false,
                    uuid: row.text(3), width: row.integer(4), height: row.integer(5)),
                at: .row(number, table: "page_url"))
        }
        if try database.hasTable("icon_info"), seen.count < limit {
            let icons = TableScan(
                "icon_info", as: "i", columns: ["i.url", "i.timestamp", "i.uuid", "i.width", "i.height"])
            try database.scan(icons, note: { sink.note($0) }) { number, row in
                if let uuid = row.text(2), seen.contains(uuid) { return }
                try sink.emit(
                    Entry(
                        iconURL: row.text(0), stored: row.cocoaSeconds(1), isRejected: false, uuid: row.text(2),
                        width: row.integer(3), height: row.integer(4)),
                    at: .row(number, table: "icon_info"))
            }
        }
        guard try database.hasTable("rejected_resources") else { return }
        let rejected = TableScan(
            "rejected_resources", as: "r", columns: ["r.page_url", "r.icon_url", "r.timestamp"])
        try database.scan(rejected, note: { sink.note($0) }) { number, row in
            try sink.emit(
                Entry(url: row.text(0), iconURL: row.text(1), stored: row.cocoaSeconds(2), isRejected: true),
                at: .row(number, table: "rejected_resources"))
        }
    }
}
