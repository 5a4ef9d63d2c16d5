import ArtifactModel
import FileFormats
import Primitives

/// The processes that used the network, one record for each stored count, and one for each process without a count.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set. `ZPROCESS.ZFIRSTTIMESTAMP` and `ZTIMESTAMP`
/// are the first and the latest use, `ZLIVEUSAGE.ZTIMESTAMP` is the time of the count. Counts are bytes.
///
/// Losses: processes without traffic leave nothing, a person can reset the statistics, and old rows are removed.
///
/// - SeeAlso: <http://www.mac4n6.com/blog/2019/1/6/network-and-application-usage-using-netusagesqlite-amp-datausagesqlite-ios-databases>
enum DataUsage: Artifact {
    struct Entry: Record {
        var process: String?
        var bundleIdentifier: String?
        var counted: Timestamp?
        var firstSeen: Timestamp?
        var lastSeen: Timestamp?
        var traffic = NetworkTraffic()
        var processRow: Int64?
        var usageRow: Int64?
        var processFound: Bool?
        var programFound: Bool?
        var missingBefore: Int64?

        static let fields: [Field<Self>] =
            [
                Field(
                    "process", .observable(Observable(.processName, .ran)), text: { $0.process }, shown: true,
                    "a name, or process/purpose or process/bundle as stored"),
                Field(
                    "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)),
                    text: { $0.bundleIdentifier }, shown: true),
                Field("counted", "Network use of a process was counted", moment: { $0.counted }, "time of the count"),
                Field("first_seen", "A process used the network for the first time", moment: { $0.firstSeen }),
                Field("last_seen", "A process used the network, the latest time", moment: { $0.lastSeen }),
            ] + NetworkTraffic.fields { $0.traffic } + [
                Field(
                    "process_row", integer: { $0.processRow },
                    "ZPROCESS.Z_PK, or the number by which a count refers to it"),
                Field("usage_row", integer: { $0.usageRow }, "ZLIVEUSAGE.Z_PK; absent for a process without a count"),
                Field(
                    "process_found", truth: { $0.processFound },
                    "whether the process that a count refers to is there; absent if it can't be told"),
                Field(
                    "program_found", truth: { $0.programFound },
                    "whether a file of this name is on the device; absent for applications, and if it can't be told"),
                Field(
                    "missing_before", integer: { $0.missingBefore },
                    "how many numbers are missing between this process and the one before it; on its first record only"),
            ]
    }

    static let card = ArtifactCard(
        "apple.network.data-usage", "Data usage",
        summary: "Processes that used the network, with their times and how much they sent and received",
        places: [
            .device("/private/var/wireless/Library/Databases/DataUsage.sqlite"),
            .device("/private/var/wireless/Library/Databases/DataUsage-watch.sqlite"),
            .device("/private/var/networkd/netusage.sqlite"),
            .device("/private/var/networkd/db/netusage.sqlite"),
        ],
        standing: .observed(["files that devices wrote in 2021 and 2023"]),
        losses: [
            "Processes without traffic leave nothing", "Old rows are removed, and a person can reset the statistics",
            "Backups hold DataUsage.sqlite, which counts cellular traffic and little else, and not netusage.sqlite",
        ],
        references: [
            Reference(
                "Sarah Edwards",
                "Network and Application Usage using netusage.sqlite & DataUsage.sqlite iOS Databases",
                date: "2019-01-06",
                link: "http://www.mac4n6.com/blog/2019/1/6/"
                    + "network-and-application-usage-using-netusagesqlite-amp-datausagesqlite-ios-databases"),
            methodology,
        ])

    static let methodology = Reference(
        "Amnesty International", "Forensic Methodology Report: How to catch NSO Group's Pegasus", date: "2021-07-18",
        link: "https://www.amnesty.org/en/latest/research/2021/07/"
            + "forensic-methodology-report-how-to-catch-nso-groups-pegasus/")

    /// More rows than any honest database has; what lies beyond is read, and not compared with other rows.
    private static let limit = 1_000_000

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let processes = try numbers(in: database)
        if processes.isBeyondLimit {
            sink.note(ParseError(.beyondLimit, "at most \(limit) processes to compare", in: "ZPROCESS"))
        }
        let programs = ProgramNames.found(processes.names, in: evidence)
        var (counted, recovered): (Set<Int64>, Set<Int64>) = ([], [])
        do {
            let scan = TableScan(
                "ZLIVEUSAGE", as: "u", key: "Z_PK",
                joins: [.init("ZPROCESS", as: "p", on: "Z_PK", equals: "u.ZHASPROCESS")],
                columns: [
                    "p.ZPROCNAME", "p.ZBUNDLENAME", "p.ZFIRSTTIMESTAMP", "p.ZTIMESTAMP", "u.ZHASPROCESS",
                    "u.ZTIMESTAMP",
                ] + NetworkTraffic.columns(of: "u"), recovering: true)
            try database.scan(scan, note: { sink.note($0) }) { usage, row in
                var entry = entry(row)
                let process = row.integer(4)
                entry.counted = row.real(5).flatMap(Timestamp.init(cocoaSeconds:))
                entry.traffic = NetworkTraffic(row, from: 6)
                entry.processRow = process
                entry.usageRow = row.number
                entry.note(programs)
                if row.recovery != nil {
                    // What is not live says nothing of its neighbours.
                    if let process { recovered.insert(process) }
                    return try sink.emit(entry, at: row.location(usage, table: "ZLIVEUSAGE"))
                }
                if process == nil, !row.isNull(4) {
                    sink.note(
                        ParseError(.malformed, "the number of a process", in: "ZLIVEUSAGE, row \(usage)"))
                }
                if let process {
                    if processes.areWhole { entry.processFound = processes.known.contains(process) }
                    if counted.count < limit, counted.insert(process).inserted {
                        entry.missingBefore = processes.gaps[process]
                    }
                }
                try sink.emit(entry, at: .row(usage, table: "ZLIVEUSAGE"))
            }
        } catch let error as ParseError {
            // Without this table the processes are still worth reading.
            sink.note(error)
        }
        let scan = TableScan(
            "ZPROCESS", as: "p", key: "Z_PK",
            columns: ["p.ZPROCNAME", "p.ZBUNDLENAME", "p.ZFIRSTTIMESTAMP", "p.ZTIMESTAMP"], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { process, row in
            if row.recovery != nil {
                guard row.number.map({ !recovered.contains($0) }) ?? true else { return }
                var entry = entry(row)
                entry.processRow = row.number
                return try sink.emit(entry, at: row.location(process, table: "ZPROCESS"))
            }
            guard !counted.contains(process) else { return }
            var entry = entry(row)
            entry.processRow = process
            entry.missingBefore = processes.gaps[process]
            entry.note(programs)
            try sink.emit(entry, at: .row(process, table: "ZPROCESS"))
        }
    }

    /// What both tables say of a process, in columns 0 to 3.
    private static func entry(_ row: borrowing SQLiteRow) -> Entry {
        Entry(
            process: row.text(0), bundleIdentifier: row.text(1),
            firstSeen: row.real(2).flatMap(Timestamp.init(cocoaSeconds:)),
            lastSeen: row.real(3).flatMap(Timestamp.init(cocoaSeconds:)))
    }

    /// Which numbers `ZPROCESS` has and which it lacks.
    private struct Numbers {
        var known: Set<Int64> = []
        /// The names of those that belong to no application.
        var names: Set<Substring> = []
        /// How many numbers are missing before a process, for those that have such a gap.
        var gaps: [Int64: Int64] = [:]
        /// False if a row may have been missed: then no row is said to be gone.
        var areWhole = true
        var isBeyondLimit = false
    }

    /// Reads the numbers alone; damage is noted later, when the same pages are read for their content.
    private static func numbers(in database: SQLiteDatabase) throws -> Numbers {
        var numbers = Numbers()
        var previous: Int64?
        do {
            try database.scan(
                TableScan("ZPROCESS", as: "p", key: "Z_PK", columns: ["p.ZPROCNAME", "p.ZBUNDLENAME"]),
                note: { _ in numbers.areWhole = false }
            ) { process, row in
                guard numbers.known.count < limit else {
                    numbers.areWhole = false
                    numbers.isBeyondLimit = true
                    return
                }
                numbers.known.insert(process)
                if row.isNull(1), let name = ProgramNames.name(row.text(0)) { numbers.names.insert(name) }
                if let previous {
                    let (distance, overflow) = process.subtractingReportingOverflow(previous)
                    if overflow || distance > 1 { numbers.gaps[process] = overflow ? .max : distance - 1 }
                }
                previous = process
            }
        } catch is ParseError {
            numbers.areWhole = false
        }
        if !numbers.areWhole { numbers.gaps = [:] }
        return numbers
    }
}
