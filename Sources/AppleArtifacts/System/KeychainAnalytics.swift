import ArtifactModel
import FileFormats
import Primitives

/// Events and failures that the keychain and what is built on it wrote down, one record an event.
///
/// Times are seconds since 1970-01-01T00:00:00Z as REAL in `timestamp`. The event itself is a property list; its
/// `eventTime` is in milliseconds since the same moment.
///
/// Losses: the databases are emptied after they were sent, and say little about who asked.
///
/// - SeeAlso: <https://github.com/apple-oss-distributions/Security/tree/main/Analytics>
enum KeychainAnalytics: Artifact {
    struct Entry: Record {
        var occurred: Timestamp?
        var eventTime: Timestamp?
        var database: String
        var table: String
        var event: String?
        var eventClass: Int64?
        var errorDomain: String?
        var errorCode: Int64?
        var build: String?
        var product: String?
        var texts: [String]
        var links: [String]
        var details: PropertyList?

        static let fields: [Field<Self>] = [
            Field("occurred", "The keychain noted an event", moment: { $0.occurred }, "timestamp"),
            Field("event_time", "An event of the keychain happened", moment: { $0.eventTime }, "eventTime"),
            Field("database", text: { $0.database }, shown: true, "the name of the file"),
            Field("event_table", text: { $0.table }, "hard_failures, soft_failures, all_events or rockwells"),
            Field("event", text: { $0.event }, shown: true, "eventType"),
            Field("event_class", integer: { $0.eventClass }, "eventClass, not decoded"),
            Field("error_domain", text: { $0.errorDomain }, shown: true, "errorDomain"),
            Field("error_code", integer: { $0.errorCode }, "errorCode"),
            Field("build_version", text: { $0.build }, "build of the system"),
            Field("product_name", text: { $0.product }, "product"),
            Field(
                "texts", .observable(Observable(.processName)), texts: { $0.texts },
                "every text inside the event, for names of processes"),
            Field("links", .observable(Observable(.url, .mentioned)), texts: { $0.links }, "links inside the event"),
            Field("details", nested: { $0.details?.value ?? .absent }, "the event as stored"),
        ]
    }

    static let card = ArtifactCard(
        "apple.system.keychain-analytics", "Keychain analytics",
        summary: "Events and failures of the keychain and of what is built on it, with the build of the system",
        places: [.device("/private/var/Keychains/Analytics/*.db")],
        standing: .documented,
        losses: [
            "The databases are emptied after they were sent", "An event rarely names the process that asked",
        ],
        references: [
            Reference(
                "Apple", "Security: analytics of the keychain, source code",
                link: "https://github.com/apple-oss-distributions/Security/tree/main/Analytics"),
            Reference(
                "MVT Project", "Records extracted by mvt-ios", link: "https://docs.mvt.re/en/latest/ios/records/"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let tables = try tables(in: database)
        if tables.isEmpty { throw ParseError(.malformed, "a table named hard_failures, soft_failures or all_events") }
        for table in tables {
            try database.scan(scan(table), note: { sink.note($0) }) { number, row in
                var details: PropertyList?
                if let bytes = row.bytes(1) {
                    do throws(ParseError) {
                        details = try PropertyList(parsing: bytes)
                    } catch {
                        sink.note(ParseError(error.kind, error.expected, in: "\(table), row \(number)"))
                    }
                }
                var texts = PropertyListTexts()
                if let details { texts.add(details) }
                var links = LinkCollection()
                for text in texts.texts { links.add(linksIn: text) }
                try sink.emit(
                    Entry(
                        occurred: moment(row),
                        eventTime: details?["eventTime"]?.real.flatMap { Timestamp(unixSeconds: $0 / 1_000) },
                        database: file.name, table: table, event: details?["eventType"]?.text,
                        eventClass: details?["eventClass"]?.integer, errorDomain: details?["errorDomain"]?.text,
                        errorCode: details?["errorCode"]?.integer, build: details?["build"]?.text,
                        product: details?["product"]?.text, texts: texts.texts, links: links.links, details: details),
                    at: .row(number, table: table))
            }
        }
    }

    /// The tables of events that a database has; the older releases lack some of them.
    static func tables(in database: SQLiteDatabase) throws -> [String] {
        try ["hard_failures", "soft_failures", "all_events", "rockwells"].filter { try database.hasTable($0) }
    }

    /// Time and event of each row.
    static func scan(_ table: String) -> TableScan { TableScan(table, as: "e", columns: ["e.timestamp", "e.data"]) }

    /// The time of a row of ``scan(_:)``.
    static func moment(_ row: borrowing SQLiteRow) -> Timestamp? {
        row.real(0).flatMap { $0 == 0 ? nil : Timestamp(unixSeconds: $0) }
    }
}
