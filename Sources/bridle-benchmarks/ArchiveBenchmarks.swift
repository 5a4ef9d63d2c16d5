import ArgumentParser
import Foundation
import SyntheticEvidence

/// Measures how a file system in an archive is listed, and how logs in it are read.
struct ArchiveBenchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archives",
        abstract: "Measure opening a file system of many files in a zip and a tar archive, and reading logs.",
        discussion: "EXAMPLE\n  bridle-benchmarks archives --bridle .build/release/bridle")

    @Option(help: "The command that is measured, built in release mode.")
    var bridle: String

    @Option(help: "How many files the archive has.")
    var entries: Int = 100_000

    @Option(help: "How many megabytes of logs and crash reports are read.")
    var megabytes: Int = 150

    @Option(help: ArgumentHelp("Only writes the archives to this folder.", visibility: .hidden))
    var writes: String?

    func run() throws {
        if let writes { return try write(to: writes) }
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("bridle-benchmark-\(getpid())")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        func path(_ name: String) -> String { root.appendingPathComponent(name).path }

        // In a process of its own: a child inherits the peak memory of its parent in the system's account.
        _ = try Measurement.run([
            CommandLine.arguments[0], "archives", "--bridle", bridle, "--entries", "\(entries)", "--writes", root.path,
        ])
        for name in ["many.zip", "many.tar"] {
            print(
                "\(name), \(entries) files, listed (inspect): \(try Measurement.run([bridle, "inspect", path(name)]))")
            let listing = [bridle, "check", path(name), "--no-store", "--quiet", "--artifact", "file-listing"]
            print("\(name), every file a record (check --artifact file-listing): \(try Measurement.run(listing))")
        }
        try measureReports(path)
    }

    private func write(to folder: String) throws {
        var zip = ZipWriter()
        var tar = TarWriter()
        for number in 0..<entries {
            let name = "private/var/mobile/Library/Synthetic/\(number % 500)/file-\(number).plist"
            zip.add(name, [1, 2, 3])
            tar.add(name, [1, 2, 3])
        }
        try Data(zip.finish()).write(to: URL(fileURLWithPath: folder + "/many.zip"))
        try Data(tar.finish()).write(to: URL(fileURLWithPath: folder + "/many.tar"))
    }

    private func measureReports(_ path: (String) -> String) throws {
        let folder = path("reports/private/var/mobile/Library/Logs/CrashReporter")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let report = ArchiveBenchmarks.report
        let count = megabytes * 1_000_000 / report.utf8.count
        for number in 0..<count {
            try Data(report.utf8).write(to: URL(fileURLWithPath: "\(folder)/daemon-\(number).ips"))
        }
        let check = [bridle, "check", path("reports"), "--no-store", "--quiet", "--artifact", "crash-reports"]
        let measured = try Measurement.run(check)
        let rate = Double(count * report.utf8.count) / 1e6 / measured.cpu
        print("\(count) crash reports, \(megabytes) MB: \(measured), \(Measurement.rounded(rate)) MB per CPU second")
    }

    /// A crash report of the usual size: mostly frames of threads and images, in the form of iOS 15 and later.
    private static let report: String = {
        let frames = (0..<1_500).map {
            #"{"imageOffset":\#($0 * 64),"symbol":"synthetic_function_\#($0)","symbolLocation":\#($0 % 90),"imageIndex":\#($0 % 40)}"#
        }
        let images = (0..<400).map {
            #"{"source":"P","arch":"arm64e","base":\#(4_294_967_296 + $0 * 65_536),"size":65536,"uuid":"00000000-0000-4000-8000-0000000\#(10_000 + $0)","path":"\/System\/Library\/Frameworks\/Synthetic\#($0).framework\/Synthetic\#($0)","name":"Synthetic\#($0)"}"#
        }
        return
            #"{"app_name":"daemon","timestamp":"2021-11-03 07:12:09.00 +0000","bug_type":"309","os_version":"iPhone OS 15.1 (19B74)","incident_id":"00000000-0000-4000-8000-000000000001","name":"daemon"}"#
            + "\n{\"procName\":\"daemon\",\"procPath\":\"\\/usr\\/libexec\\/daemon\",\"bug_type\":\"309\","
            + "\"captureTime\":\"2021-11-03 07:12:09.0000 +0000\",\"exception\":{\"type\":\"EXC_BAD_ACCESS\",\"signal\":"
            + "\"SIGSEGV\"},\"threads\":[{\"triggered\":true,\"frames\":[" + frames.joined(separator: ",")
            + "]}],\"usedImages\":[" + images.joined(separator: ",") + "]}\n"
    }()
}
