import ArtifactModel
import FileFormats
import Primitives

/// Processes that ran, as the power log noted them: when one was first seen under a number, and the time it computed.
///
/// `PLProcessMonitorAgent_EventForward_ProcessID` has one row for each process as it appears. The tables of
/// `ProcessMonitor` have the processor time of each since its start or within an interval, in seconds (`unit` is `s`).
/// Names of processes are cut after 31 bytes. Times are corrected as ``PowerLog`` says.
///
/// Losses: processes that used little need not be measured; paths are not recorded.
///
/// - SeeAlso: <https://doubleblak.com/blogPost.php?k=powerlog>
enum PowerLogProcesses: Artifact {
    struct Entry: Record {
        var process: String?
        var bundleIdentifier: String?
        var identifier: Int64?
        var seen: Timestamp?
        var end: Timestamp?
        var processorSeconds: Double?
        var coalition: Int64?

        static let fields: [Field<Self>] = [
            Field(
                "process", .observable(Observable(.processName, .ran)), text: { $0.process }, shown: true,
                "cut after 31 bytes"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)),
                text: { $0.bundleIdentifier }, shown: true),
            Field("process_identifier", integer: { $0.identifier }, shown: true),
            Field("process_seen", "A process ran", moment: { $0.seen }, "start of the interval, or of the process"),
            Field("measured_until", "The measurement of a process ended", moment: { $0.end }),
            Field("processor_seconds", real: { $0.processorSeconds }, "processor time, absent if not measured"),
            Field("coalition", integer: { $0.coalition }, "CoalitionID: processes that were started for one purpose"),
        ]
    }

    static let card = ArtifactCard(
        "apple.usage.power-log-processes", "Processes in the power log",
        summary: "Processes that ran, with their numbers and the time they computed",
        places: PowerLog.places,
        standing: .observed(["a log that a device wrote in 2021"]),
        losses: PowerLog.losses + [
            "Processes that used little need not be measured", "Names are cut after 31 bytes, paths are not recorded",
        ],
        references: PowerLog.references)

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let log = try PowerLog(file, noting: &sink)
        let table = "PLProcessMonitorAgent_EventForward_ProcessID"
        let scan = TableScan(
            table, as: "p", key: "ID",
            columns: ["p.ProcessName", "p.BundleID", "p.PID", "p.timestamp", "p.CoalitionID"])
        try log.database.scan(scan, note: { sink.note($0) }) { row, columns in
            try sink.emit(
                Entry(
                    process: columns.filledText(0), bundleIdentifier: columns.filledText(1),
                    identifier: columns.integer(2),
                    seen: log.moment(columns.real(3)), coalition: columns.integer(4)),
                at: .row(row, table: table))
        }
        for monitor in ["EventInterval_ProcessMonitorInterval", "EventBackward_ProcessMonitor"] {
            do {
                try measurements(of: log, in: "PLProcessMonitorAgent_" + monitor, into: &sink)
            } catch let error as ParseError {
                sink.note(error)
            }
        }
    }

    /// Measurements lie in a table of their own and refer to the interval that they were made in.
    private static func measurements(
        of log: PowerLog, in table: String, into sink: inout some RecordSink<Entry>
    ) throws {
        let measured = table + "_Dynamic"
        let scan = TableScan(
            measured, as: "m", key: "ID", joins: [.init(table, as: "i", on: "ID", equals: "m.FK_ID")],
            columns: [
                "m.ProcessName", "m.BundleID", "m.PID", "i.timestamp", "i.timestampEnd", "m.value", "m.unit",
            ])
        // An interval begins at its time; the other table looks back from its time, from an unknown beginning.
        let looksBack = table.contains("EventBackward")
        try log.database.scan(scan, note: { sink.note($0) }) { row, columns in
            let time = log.moment(columns.real(3))
            try sink.emit(
                Entry(
                    process: columns.filledText(0), bundleIdentifier: columns.filledText(1),
                    identifier: columns.integer(2),
                    seen: looksBack ? nil : time, end: looksBack ? time : log.moment(columns.real(4)),
                    processorSeconds: columns.text(6) == "s" ? columns.real(5) : nil),
                at: .row(row, table: measured))
        }
    }
}
