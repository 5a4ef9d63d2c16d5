import ArgumentParser
import Foundation
import SyntheticEvidence

/// Measures what rules cost on top of a check with indicators only, and a correlation over ten million matches.
struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure a check with 300 rules and 40 correlations against one with indicators only.",
        discussion: "EXAMPLE\n  bridle-benchmarks rules --bridle .build/release/bridle")

    @Option(help: "The command that is measured, built in release mode.")
    var bridle: String

    @Option(help: "How large the backup is, against 1.23 million rows.")
    var scale: Double = 0.3

    @Option(help: "Rounds.")
    var rounds: Int = 3

    @Option(help: "Indicators for the check: a file or a folder. Without it those of the demo are used.")
    var indicators: String?

    @Option(help: "How many matches the correlation is given.")
    var matches: Int = 10_000_000

    func run() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("bridle-benchmark-\(getpid())")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        func path(_ name: String) -> String { root.appendingPathComponent(name).path }
        let size = LargeBackup.Size().scaled(by: scale)
        print("\(size.rows) rows, \(GeneratedRules.ruleCount) rules, \(GeneratedRules.correlationCount) correlations")
        _ = try Measurement.run([CommandLine.arguments[0], "generate", path("plain"), "--scale", "\(scale)"])
        var published = path("indicators.stix2")
        try Data(IncidentIndicators.bundle.utf8).write(to: URL(fileURLWithPath: published))
        if let indicators { published = indicators }
        try Data(GeneratedRules.text.utf8).write(to: URL(fileURLWithPath: path("rules.yml")))
        let common = ["-i", published, "--no-store", "--quiet", "--no-default-rules", "--force"]
        var ratios: [Double] = []
        for round in 1...max(1, rounds) {
            let plain = try Measurement.run([bridle, "check", path("plain"), "-o", path("without")] + common)
            let ruled = try Measurement.run(
                [bridle, "check", path("plain"), "-o", path("with"), "--rules", path("rules.yml")] + common)
            ratios.append(ruled.cpu / plain.cpu)
            print(
                "round \(round): indicators \(plain), with rules \(ruled), ratio \(Measurement.rounded(ruled.cpu / plain.cpu))"
            )
        }
        print("median ratio \(Measurement.rounded(ratios.sorted()[ratios.count / 2]))")
        try measureMatches(path, size, common)
    }

    /// Rules that fire on every message, as many as it takes, and one correlation over all of them.
    private func measureMatches(_ path: (String) -> String, _ size: LargeBackup.Size, _ common: [String]) throws {
        let count = max(1, (matches + size.messages - 1) / size.messages)
        guard count <= 64 else {
            return print("a correlation has at most 64 rules; choose a larger --scale for \(matches) matches")
        }
        for (kind, more) in [("event_count", "gte: 1000000"), ("value_count", "field: sender, gte: 100000")] {
            try Data(GeneratedRules.everyMessage(count, kind, more).utf8).write(
                to: URL(fileURLWithPath: path("many.yml")))
            let measured = try Measurement.run(
                [
                    bridle, "check", path("plain"), "-o", path("many"), "--rules", path("many.yml"), "--no-records",
                    "--artifact", "apple.messages.text-messages",
                ] + common)
            print("\(kind) over \(count * size.messages) matches: \(measured)")
        }
    }
}
