import ArtifactModel
import FileFormats
import Primitives

/// Applications and web sites that Screen Time counted, one record for each and each hour.
///
/// `ZUSAGEBLOCK.ZSTARTDATE`, `ZLASTEVENTDATE` and `ZFIRSTPICKUPDATE` are seconds since 2001-01-01T00:00:00Z; zero means
/// not set. `ZTOTALTIMEINSECONDS` is the use within the block.
///
/// Losses: Screen Time must be on; the use of other devices of the family or account is among it.
///
/// - SeeAlso: <https://github.com/mac4n6/APOLLO/blob/master/modules/screentime_timed_items.txt>
enum ScreenTimeUsage: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String?
        var host: String?
        var start: Timestamp?
        var lastUsed: Timestamp?
        var seconds: Double?
        var category: String?
        var deviceName: String?
        var device: String?
        var account: String?

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)),
                text: { $0.bundleIdentifier }, shown: true),
            Field("host", .observable(Observable(.hostName, .visited)), text: { $0.host }, shown: true),
            Field("start", "Screen Time began to count an hour of use", moment: { $0.start }),
            Field(
                "last_used", "Screen Time counted use, the latest time in an hour", moment: { $0.lastUsed },
                "of anything in the hour, not only of this application or site"),
            Field("duration_seconds", real: { $0.seconds }, shown: true, "seconds of use within the hour"),
            Field("usage_category", text: { $0.category }, "DH1001 games and so on, as listed by the APOLLO project"),
            Field("device_name", text: { $0.deviceName }, "the device that was used; empty for this one at times"),
            Field("device_uuid", text: { $0.device }),
            Field(
                "account", .observable(Observable(.account)), text: { $0.account },
                "the Apple account of the person who used the device"),
        ]
    }

    static let card = ArtifactCard(
        "apple.usage.screen-time-usage", "Screen Time",
        summary: "Applications and web sites that Screen Time counted, by the hour",
        places: [
            .home("Library/Application Support/com.apple.remotemanagementd/RMAdminStore-Local.sqlite"),
            .home("Library/Application Support/com.apple.remotemanagementd/RMAdminStore-Cloud.sqlite"),
        ],
        standing: .documented,
        losses: [
            "Screen Time must be on", "It counts by the hour and keeps some weeks",
            "Use of other devices of the account or the family is among it", "Backups do not hold it",
        ],
        references: [
            Reference(
                "Sarah Edwards", "APOLLO: screentime_timed_items",
                link: "https://github.com/mac4n6/APOLLO/blob/master/modules/screentime_timed_items.txt")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let scan = TableScan(
            "ZUSAGETIMEDITEM", as: "i", key: "Z_PK",
            joins: [
                .init("ZUSAGECATEGORY", as: "c", on: "Z_PK", equals: "i.ZCATEGORY"),
                .init("ZUSAGEBLOCK", as: "b", on: "Z_PK", equals: "c.ZBLOCK"),
                .init("ZUSAGE", as: "u", on: "Z_PK", equals: "b.ZUSAGE"),
                .init("ZCOREDEVICE", as: "d", on: "Z_PK", equals: "u.ZDEVICE"),
                .init("ZCOREUSER", as: "p", on: "Z_PK", equals: "u.ZUSER"),
            ],
            columns: [
                "i.ZBUNDLEIDENTIFIER", "i.ZDOMAIN", "b.ZSTARTDATE", "b.ZLASTEVENTDATE", "i.ZTOTALTIMEINSECONDS",
                "c.ZIDENTIFIER", "d.ZNAME", "d.ZIDENTIFIER", "p.ZAPPLEID",
            ])
        try database.scan(scan, note: { sink.note($0) }) { item, row in
            try sink.emit(
                Entry(
                    bundleIdentifier: row.filledText(0), host: row.filledText(1), start: row.cocoaSeconds(2),
                    lastUsed: row.cocoaSeconds(3), seconds: row.real(4).flatMap { $0.isFinite ? $0 : nil },
                    category: row.text(5),
                    deviceName: row.text(6), device: row.text(7), account: row.text(8)),
                at: .row(item, table: "ZUSAGETIMEDITEM"))
        }
    }
}
