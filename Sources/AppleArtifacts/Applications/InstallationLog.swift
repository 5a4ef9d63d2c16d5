import ArtifactModel
import FileFormats
import Primitives

/// What the services for installations and containers wrote of applications that came, changed and went.
///
/// A line is `Wed Aug 11 05:51:02 2021 [pid] <level> (thread) function: message`. Its time is that of the clock on the
/// wall, without an offset from UTC, so it stays text and is no moment of the timeline.
///
/// Losses: the log is cut when it grows, and messages about other matters are stepped over.
///
/// - SeeAlso: <https://abrignoni.blogspot.com/2019/01/ios-mobile-installation-logs-parser.html>
enum InstallationLog: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String?
        var event: String
        var localTime: String?
        var group: String?
        var path: String?
        var process: Int64?
        var message: String

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.bundleIdentifier }, shown: true),
            Field(
                "event", text: { $0.event }, shown: true,
                "installed, updating, uninstalling, container-made, container-moved, container-removed, "
                    + "group-container-removed, restart"),
            Field("local_time", text: { $0.localTime }, shown: true, "by the clock of the device, offset not recorded"),
            Field(
                "installation_group", text: { $0.group }, "Customer, System, Placeholder: as the service calls it"),
            Field(
                "path", .observable(Observable(.filePath, .installed)), text: { $0.path },
                "the container, or the version before an update"),
            Field("process_identifier", integer: { $0.process }, "of the service that wrote the line"),
            Field("log_message", text: { $0.message }, "the message as it stands in the log"),
        ]
    }

    static let card = ArtifactCard(
        "apple.applications.installation-log", "Installation log",
        summary: "Applications that were installed, updated and removed, as the installation service logged it",
        places: [
            .device("/private/var/installd/Library/Logs/MobileInstallation/mobile_installation.log*"),
            .device("/private/var/mobile/Library/Logs/MobileInstallation/mobile_installation.log*"),
            .device("/private/var/root/Library/Logs/MobileContainerManager/containermanagerd.log*"),
        ],
        standing: .observed(["a log that a device wrote in 2021"]),
        losses: [
            "Times are those of the clock on the wall; the offset from UTC is not recorded",
            "The log is cut when it grows, after weeks or months",
            "Messages about other matters are not among the records",
            "Backups do not hold it",
        ],
        references: [
            Reference(
                "Alexis Brignoni", "iOS Mobile Installation Logs Parser", date: "2019-01",
                link: "https://abrignoni.blogspot.com/2019/01/ios-mobile-installation-logs-parser.html"),
            Reference(
                "iLEAPP", "mobileInstall.py and mobileContainerManager.py",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/mobileInstall.py"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        var isLog = false
        let bytes = try file.open().bytes()
        for line in LogLines(bytes) {
            guard let head = LogHead(line) else { continue }
            isLog = true
            guard let event = InstallationEvent(head.message) else { continue }
            let localTime = head.localTime
            if localTime == nil {
                sink.note(ParseError(.malformed, "a date of the calendar", at: line.startIndex))
            }
            try sink.emit(
                Entry(
                    bundleIdentifier: event.bundleIdentifier, event: event.name, localTime: localTime,
                    group: event.group, path: event.path, process: head.process,
                    message: String(decoding: head.message, as: UTF8.self)),
                at: .offset(line.startIndex))
        }
        if !isLog, !bytes.isEmpty {
            throw ParseError(.malformed, "lines of a date, a process identifier and a message", at: 0)
        }
    }

    /// What stands before the message of a line.
    private struct LogHead {
        private let date: ArraySlice<UInt8>
        let process: Int64
        /// "<notice> (0x16bae7000) -[Class method:]: message"; a message may hold anything.
        let message: ArraySlice<UInt8>

        init?(_ line: ArraySlice<UInt8>) {
            // Every line of the service has its process in brackets behind 24 letters of date; others go on with text.
            guard line.count > 27, let open = line.prefix(40).firstIndex(of: UInt8(ascii: "[")),
                let close = line[open...].prefix(16).firstIndex(of: UInt8(ascii: "]")),
                let process = Int64(String(decoding: line[(open + 1)..<close], as: UTF8.self))
            else { return nil }
            date = line[..<open]
            self.process = process
            message = line[(close + 1)...].drop { $0 == 0x20 }
        }

        /// The date, made text only for lines that say something.
        var localTime: String? {
            LocalTime.written(likeAsctime: String(decoding: date, as: UTF8.self).split(separator: " "))
        }
    }
}
