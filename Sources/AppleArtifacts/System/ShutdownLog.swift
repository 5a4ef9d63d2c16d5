import ArtifactModel
import Primitives

/// The programs that were still running when the device shut down, one record for each program of each shutdown.
///
/// Every shutdown is a block of lines: notices after so many seconds, under each the programs still there, and at the
/// end `SIGTERM: [time]` in whole seconds since 1970-01-01T00:00:00Z. The seconds of the notices all count from the
/// start of the shutdown, so they are not added up. Behind the path of a program stands the UUID of its binary. A
/// shutdown that nothing delayed is one record without a program.
///
/// Losses: a shutdown by force leaves nothing, and iOS 26 begins the log anew at every start.
///
/// - SeeAlso: <https://securelist.com/shutdown-log-lightweight-ios-malware-detection-method/111734/>
enum ShutdownLog: Artifact {
    struct Entry: Record {
        var shutDown: Timestamp?
        var path: String?
        var uuid: String?
        var processIdentifier: Int64?
        var delay: Double?
        var notices: Int64 = 0
        var noticesInShutdown: Int64 = 0
        var shutdown: Int64
        var isComplete = true

        static let fields: [Field<Self>] = [
            Field("shut_down", "The device shut down", moment: { $0.shutDown }, "the time of the SIGTERM line"),
            Field(
                "process", .observable(Observable(.processName, .ran)), text: { $0.process }, shown: true,
                "the last part of the path"),
            Field(
                "path", .observable(Observable(.filePath, .ran)), text: { $0.path }, shown: true,
                "the program that was still running, without the UUID behind it"),
            Field("uuid", text: { $0.uuid }, "identifies the exact binary; of pid 0 it names the build of the system"),
            Field("process_identifier", integer: { $0.processIdentifier }, "pid"),
            Field(
                "delay_seconds", real: { $0.delay },
                "seconds from the start of the shutdown to the last notice that names the program"),
            Field(
                "delay_notices", integer: { $0.notices }, shown: true, "notices of this shutdown that name the program"),
            Field("shutdown_notices", integer: { $0.noticesInShutdown }, "all notices of this shutdown"),
            Field("shutdown", integer: { $0.shutdown }, "its number in this file, from 1"),
            Field("is_complete", truth: { $0.isComplete }, "whether a SIGTERM line ends the shutdown"),
        ]

        /// The name of the program.
        var process: String? { path.map { String($0.split(separator: "/").last ?? Substring($0)) } }
    }

    static let card = ArtifactCard(
        "apple.system.shutdown-log", "Shutdown log",
        summary: "Programs that were still running when the device shut down, with their paths",
        places: [
            .device("/private/var/db/diagnostics/shutdown.log"),
            .device("/private/var/db/diagnostics/shutdown.*.log"),
        ],
        standing: .documented,
        losses: [
            "A shutdown by force leaves nothing", "Programs that end at once are not named",
            "iOS 26 begins the log anew at every start, so earlier shutdowns are gone",
            "The last block may lack its end, and then has no time",
        ],
        references: [method, overwritten])

    static let method = Reference(
        "Kaspersky", "A lightweight method to detect potential iOS malware", date: "2024-01-16",
        link: "https://securelist.com/shutdown-log-lightweight-ios-malware-detection-method/111734/")

    private static let overwritten = Reference(
        "iVerify", "Key IOCs for Pegasus and Predator Spyware Cleaned With iOS 26 Update", date: "2025-10")

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let bytes = try file.open().bytes()
        var reader = ShutdownLogReader()
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            for entry in reader.read(bytes[start..<end], at: start) {
                try sink.emit(entry.entry, at: .offset(entry.offset))
            }
            start = end + 1
        }
        for entry in reader.finish(at: bytes.count) { try sink.emit(entry.entry, at: .offset(entry.offset)) }
        for damage in reader.damage { sink.note(damage) }
    }
}
