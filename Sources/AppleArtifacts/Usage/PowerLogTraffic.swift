import ArtifactModel
import FileFormats
import Primitives

/// How much processes sent and received within some minutes, as the power log measured it.
///
/// `PLProcessNetworkAgent_EventInterval_UsageDiff` has one row for each process and interval, in bytes. Times are
/// corrected as ``PowerLog`` says.
///
/// Losses: a process without traffic has no row, and who was at the other end is not recorded.
///
/// - SeeAlso: <https://github.com/mac4n6/APOLLO/blob/master/modules/powerlog_process_data_usage.txt>
enum PowerLogTraffic: Artifact {
    struct Entry: Record {
        var process: String?
        var bundleIdentifier: String?
        var start: Timestamp?
        var end: Timestamp?
        var traffic = NetworkTraffic()

        static let fields: [Field<Self>] =
            [
                Field(
                    "process", .observable(Observable(.processName, .ran)), text: { $0.process }, shown: true,
                    "a name, or process/purpose as stored"),
                Field(
                    "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)),
                    text: { $0.bundleIdentifier }, shown: true),
                Field("start", "A process used the network: the interval began", moment: { $0.start }),
                Field("end", "A process used the network: the interval ended", moment: { $0.end }),
            ] + NetworkTraffic.fields { $0.traffic }
    }

    static let card = ArtifactCard(
        "apple.usage.power-log-traffic", "Traffic in the power log",
        summary: "How much processes sent and received within intervals of some minutes",
        places: PowerLog.places,
        standing: .observed(["a log that a device wrote in 2021"]),
        losses: PowerLog.losses + ["Who was at the other end is not recorded"],
        references: PowerLog.references)

    static let checks: [Check<Entry>] = [BackupAgentTraffic.check { $0.process }]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let log = try PowerLog(file, noting: &sink)
        let table = "PLProcessNetworkAgent_EventInterval_UsageDiff"
        let scan = TableScan(
            table, as: "u", key: "ID",
            columns: [
                "u.ProcessName", "u.BundleName", "u.timestamp", "u.timestampEnd", "u.WifiIn", "u.WifiOut", "u.CellIn",
                "u.CellOut",
            ])
        try log.database.scan(scan, note: { sink.note($0) }) { usage, row in
            try sink.emit(
                Entry(
                    process: row.filledText(0), bundleIdentifier: row.filledText(1), start: log.moment(row.real(2)),
                    end: log.moment(row.real(3)),
                    traffic: NetworkTraffic(
                        wifiReceived: row.real(4), wifiSent: row.real(5), cellularReceived: row.real(6),
                        cellularSent: row.real(7))),
                at: .row(usage, table: table))
        }
    }
}
