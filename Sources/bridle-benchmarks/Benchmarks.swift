import ArgumentParser
import Foundation
import SyntheticEvidence

/// Measures the main job on a large synthetic backup, beside a bare SQLite loop in the same run.
@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bridle-benchmarks",
        abstract: "Measure a whole check against a bare SQLite loop over the same tables that writes as many bytes.",
        discussion: """
            Every measured command is a process of its own; the operating system's account of it is printed: CPU \
            seconds (user and system) and peak memory. Rounds take turns, and the ratio is taken within a round.

            EXAMPLES
              bridle-benchmarks --bridle .build/release/bridle
              bridle-benchmarks --bridle .build/release/bridle --scale 0.1 --indicators ../indicators
              bridle-benchmarks pages
            """,
        subcommands: [
            Run.self, Bare.self, Generate.self, ArchiveBenchmarks.self, IndicatorScale.self, Bundles.self, Pages.self,
            Rules.self,
        ],
        defaultSubcommand: Run.self)

    /// Makes the backup only, to measure it with other tools.
    struct Generate: ParsableCommand {
        @Argument(help: "The folder to make.") var folder: String
        @Option(help: "How large the backup is, against 1.23 million rows.") var scale: Double = 1
        @Option(help: "Encrypts the backup with a synthetic password.") var password: String?

        func run() throws {
            let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("bridle-\(getpid())")
            try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: scratch) }
            try LargeBackup(LargeBackup.Size().scaled(by: scale)).write(
                to: folder, encryption: password.map { BackupEncryption(password: $0) }, scratch: scratch.path)
        }
    }

    /// The whole comparison.
    struct Run: ParsableCommand {
        @Option(help: "The command that is measured, built in release mode.")
        var bridle: String

        @Option(help: "How large the backup is, against 1.23 million rows.")
        var scale: Double = 1

        @Option(help: "Rounds.")
        var rounds: Int = 3

        @Option(help: "Indicators for the check: a file or a folder. Without it those of the demo are used.")
        var indicators: String?

        @Flag(help: "Measure an encrypted backup too.")
        var encrypted = false

        func run() throws {
            let root = FileManager.default.temporaryDirectory.appendingPathComponent("bridle-benchmark-\(getpid())")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: root) }
            func path(_ name: String) -> String { root.appendingPathComponent(name).path }
            let size = LargeBackup.Size().scaled(by: scale)
            print(
                "\(size.rows) rows: manifest \(size.manifestRows), messages \(size.messages), visits \(size.visits), "
                    + "WhatsApp \(size.chats), data usage \(size.usages)")
            // In a process of its own: a child inherits the peak memory of its parent in the system's account.
            _ = try Measurement.run([CommandLine.arguments[0], "generate", path("plain"), "--scale", "\(scale)"])
            var published = path("indicators.stix2")
            try Data(IncidentIndicators.bundle.utf8).write(to: URL(fileURLWithPath: published))
            if let indicators { published = indicators }

            let check = [bridle, "check", path("plain"), "-i", published, "--no-store", "--quiet", "-o", path("case")]
            var ratios: [Double] = []
            for round in 1...max(1, rounds) {
                try? FileManager.default.removeItem(atPath: path("case"))
                let whole = try Measurement.run(check)
                let written = Measurement.size(of: path("case"))
                let bare = try Measurement.run([
                    CommandLine.arguments[0], "bare", path("plain"), "--write", path("bytes"), "--bytes", "\(written)",
                ])
                ratios.append(whole.cpu / bare.cpu)
                print(
                    "round \(round): check \(whole) for \(written / 1_000_000) MB written, bare loop \(bare), "
                        + "ratio \(Measurement.rounded(whole.cpu / bare.cpu)), "
                        + "\(Int(Double(size.rows) / whole.cpu)) records per CPU second")
            }
            print("median ratio \(Measurement.rounded(ratios.sorted()[ratios.count / 2]))")
            let again = try Measurement.run([
                bridle, "recheck", path("case"), "-i", published, "--no-store", "--quiet", "-o", path("rechecked"),
            ])
            try? FileManager.default.removeItem(atPath: path("rechecked"))
            print("recheck: \(again), \(Int(Double(size.rows) / again.cpu)) records per CPU second")
            try? FileManager.default.removeItem(atPath: path("case"))
            let memory = try Measurement.run(check + ["--jobs", "1"])
            print("one artefact at a time: \(memory)")
            if encrypted { try measureEncrypted(path, published) }
            print("start (bridle --version): \(try Measurement.run([bridle, "--version"]))")
        }

        private func measureEncrypted(_ path: (String) -> String, _ published: String) throws {
            _ = try Measurement.run([
                CommandLine.arguments[0], "generate", path("encrypted"), "--scale", "\(scale)", "--password",
                "synthetic",
            ])
            try Data("synthetic\n".utf8).write(to: URL(fileURLWithPath: path("password")))
            try? FileManager.default.removeItem(atPath: path("case"))
            let measured = try Measurement.run([
                bridle, "check", path("encrypted"), "-i", published, "--no-store", "--quiet", "-o", path("case"),
                "--password-file", path("password"),
            ])
            print("encrypted: \(measured)")
        }
    }
}
