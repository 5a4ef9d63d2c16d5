import ArtifactModel
import FileFormats
import Primitives

/// The processes of stackshots and kernel panics, one record a process of each report.
///
/// A stackshot lists every process and thread of a moment; it is written when the device hangs, when a person presses
/// the buttons of a sysdiagnose, and inside the report of a kernel panic. Threads are passed over.
///
/// Losses: names are cut off at 32 bytes and have no path; the system removes reports after some weeks.
///
/// - SeeAlso: <https://github.com/apple-oss-distributions/xnu/blob/main/tools/lldbmacros/kcdata.py>
enum Stackshots: Artifact {
    struct Entry: Record {
        var captured: Timestamp?
        var osVersion: String?
        var incident: String?
        var reason: String?
        var process: ReportedProcess

        static let fields: [Field<Self>] = [
            Field("captured", "A program was running when all processes were listed", moment: { $0.captured }),
            Field("process", .observable(Observable(.processName, .ran)), text: { $0.process.name }, shown: true),
            Field("process_identifier", integer: { $0.process.processIdentifier }, shown: true, "pid"),
            Field("uuid", text: { $0.process.uuid }, "of the program's binary"),
            Field("user_identifier", integer: { $0.process.userIdentifier }, "0 is root, 501 mobile"),
            Field("is_frontmost", truth: { $0.process.isFrontmost }, "whether a person was looking at it"),
            Field("states", texts: { $0.process.states }, "flags of the task, as stored"),
            Field("resident_bytes", integer: { $0.process.residentBytes }, "memory in use"),
            Field("listing_reason", text: { $0.reason }, "why the list was made"),
            Field("incident", text: { $0.incident }),
            Field("os_version", text: { $0.osVersion }),
        ]
    }

    static let card = ArtifactCard(
        "apple.system.stackshots", "Stackshots",
        summary: "Processes of a moment, from stackshots and kernel panics",
        places: CrashReports.places, standing: .documented,
        losses: [
            "Names are cut off at 32 bytes and have no path", "The system removes reports after some weeks",
            "Threads and their stacks are not read",
        ],
        references: [
            Reference(
                "Apple", "XNU: kcdata.py, which writes such reports",
                link: "https://github.com/apple-oss-distributions/xnu/blob/main/tools/lldbmacros/kcdata.py"),
            Reference("blacktop", "ipsw: kinds of reports", link: "https://github.com/blacktop/ipsw"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        guard
            let (header, listing) = try ProcessListReading.read(
                file, kinds: ["110", "188", "210", "288", "409", "410", "509"], names: ["stacks-", "panic-full-"],
                note: { sink.note($0) })
        else { return }
        // Older panics hold a message only.
        let isStackshot = header.bugType == "288" || header.bugType == "188" || header.bugType == "509"
        if !listing.hasList, isStackshot {
            sink.note(ParseError(.malformed, "a list of processes", in: "the body of the report"))
        }
        for process in listing.processes {
            try sink.emit(
                Entry(
                    captured: listing.captured ?? header.written, osVersion: listing.osVersion ?? header.osVersion,
                    incident: listing.incident ?? header.incident, reason: listing.reason, process: process),
                at: .offset(process.offset))
        }
    }
}
