import ArtifactModel
import FileFormats
import Primitives

/// The network use of processes that iOS keeps as the baseline of its daily analytics, one record a process.
///
/// The list `netUsageBaseline` has under each name a date and four numbers of bytes: received and sent over Wi-Fi,
/// received and sent over the cellular network. The date is stored in seconds since 2001-01-01T00:00:00Z.
///
/// Losses: only processes that had used the network when the baseline was last written; later releases write none.
///
/// - SeeAlso: <https://www.amnesty.org/en/latest/research/2021/07/forensic-methodology-report-how-to-catch-nso-groups-pegasus/>
enum AnalyticsDaily: Artifact {
    struct Entry: Record {
        var process: String
        var counted: Timestamp?
        var traffic: NetworkTraffic

        static let fields: [Field<Self>] =
            [
                Field(
                    "process", .observable(Observable(.processName, .ran)), text: { $0.process }, shown: true,
                    "a name, or process/purpose or process/bundle as stored"),
                Field("counted", "Network use of a process was counted", moment: { $0.counted }, "time of the count"),
            ] + NetworkTraffic.fields { $0.traffic }
    }

    static let card = ArtifactCard(
        "apple.network.analytics-daily", "Daily analytics",
        summary: "Processes that used the network, from the baseline of the daily analytics",
        places: [.home("Library/Preferences/com.apple.osanalytics.addaily.plist")],
        standing: .documented,
        losses: [
            "Only processes that had used the network when the baseline was written",
            "Some releases write no baseline",
        ],
        references: [DataUsage.methodology] + BackupAgentTraffic.references)

    static let checks: [Check<Entry>] = [BackupAgentTraffic.check { $0.process }]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try PropertyList(parsing: file.open().bytes())
        guard let baseline = list["netUsageBaseline"], baseline.dictionary != nil else {
            throw ParseError(.malformed, "a dictionary named netUsageBaseline")
        }
        for (index, member) in baseline.members.enumerated() {
            let values = member.value
            // A list that is short by its date would give the numbers to the wrong names.
            let isPlaced = values[0]?.moment != nil || values[4] != nil
            let numbers = (1...4).map { isPlaced ? values[$0]?.real : nil }
            // The name is worth a record even if what stands under it can't be read.
            if values[0]?.moment == nil || numbers.contains(nil) {
                sink.note(
                    ParseError(.malformed, "a date and four numbers", in: "netUsageBaseline, member \(index + 1)"))
            }
            try sink.emit(
                Entry(
                    process: member.name, counted: values[0]?.moment,
                    traffic: NetworkTraffic(
                        wifiReceived: numbers[0], wifiSent: numbers[1], cellularReceived: numbers[2],
                        cellularSent: numbers[3])),
                at: .key("netUsageBaseline/" + member.name))
        }
    }
}
