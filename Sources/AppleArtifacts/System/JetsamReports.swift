import ArtifactModel
import FileFormats
import Primitives

/// The processes that ran when memory became short, one record a process of each report.
///
/// The system writes such a report whenever it ends processes to win memory (a jetsam event); it lists every process of
/// that moment, the ended ones with a reason. Memory is counted in pages of the size that the report names.
///
/// Losses: names are cut off at 32 bytes and have no path; the system removes reports after some weeks.
///
/// - SeeAlso: <https://developer.apple.com/documentation/xcode/identifying-high-memory-use-with-jetsam-event-reports>
enum JetsamReports: Artifact {
    struct Entry: Record {
        var captured: Timestamp?
        var osVersion: String?
        var incident: String?
        var isLargest: Bool?
        var process: ReportedProcess

        static let fields: [Field<Self>] = [
            Field("captured", "A program was running when memory was short", moment: { $0.captured }),
            Field("process", .observable(Observable(.processName, .ran)), text: { $0.process.name }, shown: true),
            Field("process_identifier", integer: { $0.process.processIdentifier }, shown: true, "pid"),
            Field("uuid", text: { $0.process.uuid }, "of the program's binary"),
            Field(
                "reason", text: { $0.process.reason }, shown: true,
                "why it was ended, if it was: per-process-limit, vm-pageshortage, highwater…"),
            Field("states", texts: { $0.process.states }, "frontmost, active, daemon, idle, suspended…"),
            Field("resident_bytes", integer: { $0.process.residentBytes }, "memory in use"),
            Field("largest_bytes", integer: { $0.process.largestBytes }, "most memory that it had used"),
            Field("cpu_seconds", real: { $0.process.cpuSeconds }, "CPU time since it was started"),
            Field("coalition", integer: { $0.process.coalition }, "the group of processes it belongs to"),
            Field(
                "signature_flags", integer: { $0.process.signatureFlags },
                "csFlags; 0x04000000 says that the program is part of the system, as XNU's cs_blobs.h says"),
            Field("is_largest", truth: { $0.isLargest }, "whether it used most memory of all"),
            Field("incident", text: { $0.incident }),
            Field("os_version", text: { $0.osVersion }),
        ]
    }

    static let card = ArtifactCard(
        "apple.system.jetsam-reports", "Memory shortages",
        summary: "Processes that were running when the system ended some to win memory",
        places: CrashReports.places, standing: .documented,
        losses: [
            "Names are cut off at 32 bytes and have no path", "The system removes reports after some weeks",
            "Reports of iOS 8 and earlier are text and not read here",
        ],
        references: [
            Reference(
                "Apple", "Identifying high-memory use with jetsam event reports",
                link: "https://developer.apple.com/documentation/xcode/"
                    + "identifying-high-memory-use-with-jetsam-event-reports"),
            Reference("blacktop", "ipsw: kinds of reports", link: "https://github.com/blacktop/ipsw"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        guard
            let (header, listing) = try ProcessListReading.read(
                file, kinds: ["98", "198", "298"], names: ["JetsamEvent"], note: { sink.note($0) })
        else { return }
        if !listing.hasList { sink.note(ParseError(.malformed, "a list of processes", in: "the body of the report")) }
        for process in listing.processes {
            try sink.emit(
                Entry(
                    captured: listing.captured ?? header.written, osVersion: listing.osVersion ?? header.osVersion,
                    incident: listing.incident ?? header.incident,
                    isLargest: listing.largestProcess.map { $0 == process.name }, process: process),
                at: .offset(process.offset))
        }
    }
}
