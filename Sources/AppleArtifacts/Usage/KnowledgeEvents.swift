import ArtifactModel
import FileFormats
import Primitives

/// What the device noted of its use in knowledgeC.db: applications in the foreground, installations, pages, states.
///
/// `ZSTARTDATE`, `ZENDDATE` and `ZCREATIONDATE` are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set.
/// `ZSECONDSFROMGMT` is the offset of the device from UTC at that time, and already left out of the times.
///
/// Losses: events are kept for about four weeks, and since iOS 16 most of them go to Biome instead.
///
/// - SeeAlso: <https://www.mac4n6.com/blog/2018/8/5/knowledge-is-power-using-the-knowledgecdb-database-on-macos-and-ios-to-determine-precise-user-and-application-usage>
enum KnowledgeEvents: Artifact {
    struct Entry: Record {
        var event = UsageEvent()
        var recorded: Timestamp?

        static let fields: [Field<Self>] =
            UsageEvent.fields { $0.event } + [
                Field("recorded", "The device wrote an event of its use", moment: { $0.recorded }, "ZCREATIONDATE")
            ]
    }

    static let card = ArtifactCard(
        "apple.usage.knowledge-events", "Knowledge events",
        summary: "Applications that were used and installed, pages, and states of the device, with their times",
        places: [.home("Library/CoreDuet/Knowledge/knowledgeC.db")],
        standing: .documented,
        losses: [
            "Events are kept for about four weeks", "Since iOS 16 most events go to Biome instead",
            "Events of other devices of the account can be among them", "Backups do not hold it",
        ],
        references: [
            Reference(
                "Sarah Edwards",
                "Knowledge is Power! Using the macOS/iOS knowledgeC.db Database to Determine Precise User and "
                    + "Application Usage",
                date: "2018-08-05",
                link: "https://www.mac4n6.com/blog/2018/8/5/knowledge-is-power-using-the-knowledgecdb-database-on-"
                    + "macos-and-ios-to-determine-precise-user-and-application-usage"),
            Reference(
                "Sarah Edwards", "APOLLO: Apple Pattern of Life Lazy Output'er",
                link: "https://github.com/mac4n6/APOLLO"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let scan = TableScan(
            "ZOBJECT", as: "o", key: "Z_PK",
            joins: [
                .init("ZSTRUCTUREDMETADATA", as: "m", on: "Z_PK", equals: "o.ZSTRUCTUREDMETADATA"),
                .init("ZSOURCE", as: "s", on: "Z_PK", equals: "o.ZSOURCE"),
            ],
            columns: [
                "o.ZSTREAMNAME", "o.ZSTARTDATE", "o.ZENDDATE", "o.ZCREATIONDATE", "o.ZVALUESTRING", "o.ZVALUEINTEGER",
                "o.ZVALUEDOUBLE", "o.ZSECONDSFROMGMT", "o.ZUUID", "s.ZBUNDLEID", "s.ZDEVICEID",
                "m.Z_DKDIGITALHEALTHMETADATAKEY__WEBPAGEURL", "m.Z_DKDIGITALHEALTHMETADATAKEY__WEBDOMAIN",
                "m.Z_DKSAFARIHISTORYMETADATAKEY__TITLE", "m.Z_DKAPPINSTALLMETADATAKEY__TITLE",
            ])
        try database.scan(scan, note: { sink.note($0) }) { object, row in
            var event = UsageEvent(
                stream: row.text(0), start: row.cocoaSeconds(1), end: row.cocoaSeconds(2))
            event.url = row.text(11)
            event.host = row.text(12)
            event.title = row.text(13) ?? row.text(14)
            event.integer = row.integer(5)
            event.real = row.real(6)
            event.offset = row.integer(7)
            event.uuid = row.text(8)
            event.source = row.text(9)
            event.device = row.text(10)
            event.take(row.text(4))
            try sink.emit(Entry(event: event, recorded: row.cocoaSeconds(3)), at: .row(object, table: "ZOBJECT"))
        }
    }
}
