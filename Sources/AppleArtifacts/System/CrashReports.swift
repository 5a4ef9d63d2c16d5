import ArtifactModel
import FileFormats
import Primitives

/// The reports that the crash reporter wrote, one record a report: crashes, faults, limits passed, panics, and others.
///
/// A report begins with a line of JSON that says its kind; the body is JSON from iOS 15 on and text before, and text
/// still for reports of resource use. Times are written out with their offset from UTC. The lists of processes that
/// some reports hold are artefacts of their own (`apple.system.jetsam-reports`, `apple.system.stackshots`).
///
/// Losses: the system removes reports after some weeks and keeps few of each program; a person can delete them; a crash
/// of a program that ran outside of the system's care need not leave one.
///
/// - SeeAlso: <https://developer.apple.com/documentation/xcode/interpreting-the-json-format-of-a-crash-report>
enum CrashReports: Artifact {
    struct Entry: Record {
        var header: CrashReportHeader
        var report: CrashReport
        var unusualImages: [String] = []
        var identifier: String?

        /// The name in the first line is that of a process only for reports of processes.
        var process: String? { report.process ?? (BugType.isOfProcess(header.bugType) ? header.name : nil) }

        static let fields: [Field<Self>] =
            [
                Field(
                    "captured", "A report about a program was made", moment: { $0.report.captured ?? $0.header.written }
                ),
                Field("report_type", text: { BugType.meaning($0.header.bugType) }, shown: true, "in words"),
                Field(
                    "bug_type", text: { $0.header.bugType }, "as stored; 309 and 109 are crashes, as OSAnalytics lists"),
                Field("process", .observable(Observable(.processName, .ran)), text: { $0.process }, shown: true),
                Field("path", .observable(Observable(.filePath, .ran)), text: { $0.report.path }, shown: true),
                Field(
                    "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)),
                    text: { $0.report.bundleIdentifier ?? $0.header.bundleIdentifier }),
                Field("version", text: { $0.report.version ?? $0.header.applicationVersion }),
                Field("process_identifier", integer: { $0.report.processIdentifier }, "pid"),
                Field("launched", "A program was started that a report tells of", moment: { $0.report.launched }),
                Field("parent_process", .observable(Observable(.processName, .ran)), text: { $0.report.parent }),
                Field("parent_process_identifier", integer: { $0.report.parentIdentifier }),
                Field(
                    "responsible_process", .observable(Observable(.processName, .ran)), text: { $0.report.responsible },
                    "on whose behalf it ran"),
                Field("coalition_name", text: { $0.report.coalition }, "the group of processes that it belongs to"),
                Field("user_identifier", integer: { $0.report.userIdentifier }, "0 is root, 501 mobile"),
            ] + exceptionFields + binaryFields + otherFields

        private static let exceptionFields: [Field<Self>] = [
            Field("exception_type", text: { $0.report.exceptionType }, shown: true),
            Field("signal", text: { $0.report.signal }),
            Field("exception_subtype", text: { $0.report.exceptionSubtype }),
            Field("exception_codes", text: { $0.report.exceptionCodes }),
            Field("termination_namespace", text: { $0.report.terminationNamespace }, "who ended it: SIGNAL, JETSAM…"),
            Field("termination_code", text: { $0.report.terminationCode }),
            Field("termination_reason", text: { $0.report.terminationReason }),
            Field("terminated_by", .observable(Observable(.processName, .ran)), text: { $0.report.terminatedBy }),
            Field("faulting_thread", integer: { $0.report.faultingThread }),
            Field(
                "top_frames", texts: { $0.report.frames },
                "image and symbol of up to 16 frames of that thread; of a resource report, of its most frequent stack"),
            Field(
                "library_messages", .content, texts: { $0.report.messages },
                "what libraries left for the report; may quote data"),
        ]

        private static let binaryFields: [Field<Self>] = [
            Field("uuid", text: { $0.identifier }, "of the program's binary"),
            Field("image_count", integer: { Int64($0.report.images.count) }, "binaries loaded into the process"),
            Field(
                "unusual_images", .observable(Observable(.filePath, .ran)), texts: { $0.unusualImages },
                "loaded binaries that lie neither with the system nor with installed applications"),
            Field("signing_identifier", text: { $0.report.signingIdentifier }),
            Field("team_identifier", text: { $0.report.teamIdentifier }, "empty for programs of the system"),
            Field(
                "roots_installed", truth: { $0.report.hasRootsInstalled ?? $0.header.hasRootsInstalled },
                "whether parts of the system were replaced"),
            Field("is_first_party", truth: { $0.header.isFirstParty }),
        ]

        private static let otherFields: [Field<Self>] = [
            Field("resource_event", text: { $0.report.resourceEvent }, "cpu usage, wakeups, disk writes"),
            Field("resource_use", text: { $0.report.resourceUse }, "how much, as written"),
            Field("action_taken", text: { $0.report.actionTaken }),
            Field("duration_seconds", real: { $0.report.duration }, "seconds that the use was watched for"),
            Field("panic_reason", text: { $0.report.panic }, "first line of the kernel's message"),
            Field(
                "name", text: { $0.header.name },
                "in the first line; of a report that is of no process, what it is about"),
            Field("incident", text: { $0.report.incident ?? $0.header.incident }),
            Field("os_version", text: { $0.header.osVersion ?? $0.report.osVersion }),
            Field("product_type", text: { $0.report.hardware }),
            Field("is_complete", truth: { $0.report.isComplete }, "whether the body was read to its end"),
        ]
    }

    static let card = ArtifactCard(
        "apple.system.crash-reports", "Crash reports",
        summary:
            "Crashes, faults, passed limits and panics that the system reported, with the program",
        places: places, standing: .documented,
        losses: [
            "The system removes reports after some weeks and keeps few of each program",
            "A person can delete reports", "Most backups hold none: they come with file systems and diagnostics",
            "Of the threads only the one that failed is kept, and of a panic the first line",
        ],
        references: [
            Reference(
                "Apple", "Interpreting the JSON format of a crash report",
                link: "https://developer.apple.com/documentation/xcode/interpreting-the-json-format-of-a-crash-report"),
            Reference(
                "Apple", "Examining the fields in a crash report",
                link: "https://developer.apple.com/documentation/xcode/examining-the-fields-in-a-crash-report"),
            Reference("blacktop", "ipsw: kinds of reports", link: "https://github.com/blacktop/ipsw"),
        ])

    /// Where reports lie, in folders up to three deep: `Retired`, `Assistant`, `Panics`, `DiagnosticLogs/…`,
    /// `ProxiedDevice-…` for a watch. What was sent to Apple ends in `.ips.synced`, analytics in `.ips.ca`.
    static let places: [Place] = [
        .home("Library/Logs/CrashReporter/*.ips*"), .home("Library/Logs/CrashReporter/*/*.ips*"),
        .home("Library/Logs/CrashReporter/*/*/*.ips*"), .home("Library/Logs/CrashReporter/*/*/*/*.ips*"),
        .device("/private/var/root/Library/Logs/CrashReporter/*.ips*"),
    ]

    /// The longest report that is read to its end; above that its first line must do.
    private static let sizeLimit = 64 << 20

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let source = try file.open()
        let header = try CrashReportHeader(source.bytes(in: 0..<CrashReportHeader.lineLimit)) { sink.note($0) }
        var report = CrashReport()
        if header.bugType.map(BugType.withoutProcess.contains) != true {
            if source.count <= sizeLimit {
                report = try CrashReport(source.bytes(), at: header.bodyOffset) { sink.note($0) }
            } else {
                report.isComplete = false
                sink.note(ParseError(.beyondLimit, "at most \(sizeLimit) bytes in a report of one process"))
            }
        }
        guard header.bodyOffset > 0 || report.process != nil || report.panic != nil || report.incident != nil else {
            throw ParseError(.malformed, "a report of the crash reporter", at: 0)
        }
        if header.written == nil, report.captured == nil {
            sink.note(ParseError(.malformed, "a date, a time and an offset", in: "the head of the report"))
        }
        var entry = Entry(header: header, report: report)
        entry.unusualImages = unusual(report)
        entry.identifier = header.sliceUUID ?? report.images.first { $0.path != nil && $0.path == report.path }?.uuid
        try sink.emit(entry, at: .offset(0))
    }

    /// The paths of images that lie at unusual places, each once, in the order of the report.
    private static func unusual(_ report: CrashReport) -> [String] {
        var seen: Set<String> = []
        return report.images.compactMap(\.path).filter {
            $0.hasPrefix("/") && !ProgramPlace.isUsual($0) && seen.insert($0).inserted
        }
    }
}
