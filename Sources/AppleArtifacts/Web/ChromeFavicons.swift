import ArtifactModel
import FileFormats
import Primitives

/// The icons of pages that Chrome keeps, one record a page and icon.
///
/// Times are microseconds since 1601-01-01T00:00:00Z; zero means not set. An icon may be kept in several sizes; the
/// latest time of all of them counts.
///
/// Losses: incognito tabs leave nothing here, and icons of pages outside the history are removed after some time.
///
/// - SeeAlso: <https://chromium.googlesource.com/chromium/src/+/refs/heads/main/components/favicon/core/favicon_database.cc>
enum ChromeFavicons: Artifact {
    struct Entry: Record {
        var icon: Int64?
        var url: String?
        var iconURL: String?
        var stored: Timestamp?
        var requested: Timestamp?
        var profile: String?

        static let fields: [Field<Self>] = [
            Field("icon", integer: { $0.icon }, "favicons.id"),
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true, "the page"),
            Field("icon_url", .observable(Observable(.url, .contacted)), text: { $0.iconURL }, shown: true),
            Field("icon_stored", "A browser stored the icon of a page", moment: { $0.stored }),
            Field("icon_requested", "A browser last needed the icon of a page", moment: { $0.requested }),
            Field("profile", text: { $0.profile }, "folder of the Chrome profile"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.chrome-favicons", "Chrome icons of pages",
        summary: "Pages whose icons Chrome keeps, with the addresses of the icons",
        places: [.application("*", "Library/Application Support/Google/Chrome/*/Favicons")],
        standing: .documented,
        losses: [
            "Incognito tabs are not recorded", "Pages without an icon are not listed",
            "Icons of pages that left the history are removed after some time",
        ],
        references: [
            Reference(
                "The Chromium Authors", "favicon_database.cc",
                link: "https://chromium.googlesource.com/chromium/src/+/refs/heads/main/"
                    + "components/favicon/core/favicon_database.cc")
        ])

    /// More icons than a browser keeps; beyond, an icon has no times.
    private static let limit = 1_000_000

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let profile = file.folder(behind: "Chrome")
        // Several bitmaps belong to one icon and several icons to one page, so the times are read first.
        var times: [Int64: (stored: Timestamp?, requested: Timestamp?)] = [:]
        if try database.hasTable("favicon_bitmaps") {
            let bitmaps = TableScan(
                "favicon_bitmaps", as: "b", columns: ["b.icon_id", "b.last_updated", "b.last_requested"])
            try database.scan(bitmaps, note: { sink.note($0) }) { _, row in
                guard let icon = row.integer(0), times.count < limit else { return }
                let known = times[icon]
                times[icon] = (
                    later(known?.stored, row.integer(1).flatMap(Timestamp.init(webkitMicroseconds:))),
                    later(known?.requested, row.integer(2).flatMap(Timestamp.init(webkitMicroseconds:)))
                )
            }
        }
        if times.count == limit {
            sink.note(ParseError(.beyondLimit, "fewer than \(limit) icons", in: "favicon_bitmaps"))
        }
        var seen: Set<Int64> = []
        let mapping = TableScan(
            "icon_mapping", as: "m", joins: [.init("favicons", as: "f", on: "id", equals: "m.icon_id")],
            columns: ["m.page_url", "m.icon_id", "f.url"])
        try database.scan(mapping, note: { sink.note($0) }) { number, row in
            let icon = row.integer(1)
            if let icon, seen.count < limit { seen.insert(icon) }
            let time = icon.flatMap { times[$0] }
            try sink.emit(
                Entry(
                    icon: icon, url: row.text(0), iconURL: row.text(2), stored: time?.stored,
                    requested: time?.requested, profile: profile),
                at: .row(number, table: "icon_mapping"))
        }
        guard try database.hasTable("favicons"), seen.count < limit else { return }
        // The page may be forgotten before its icon is.
        let icons = TableScan("favicons", as: "f", key: "id", columns: ["f.url"])
        try database.scan(icons, note: { sink.note($0) }) { icon, row in
            guard !seen.contains(icon) else { return }
            let time = times[icon]
            try sink.emit(
                Entry(
                    icon: icon, iconURL: row.text(0), stored: time?.stored, requested: time?.requested,
                    profile: profile),
                at: .row(icon, table: "favicons"))
        }
    }

    /// The later of two moments of which either may be missing.
    private static func later(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }
}
