import Analysis
import ArgumentParser
import ArtifactModel
import CaseModel
import EvidenceSources
import Foundation
import Primitives
import SyntheticEvidence

/// `bridle demo [DIR]`
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Make synthetic evidence of the incident of 2021, and check it from end to end.",
        discussion: """
            Eleven phones that never existed, of people who never existed: most with a published trace planted in a \
            different place, one of them encrypted, some with nothing planted. All of it is written to a folder.

            EXAMPLE
              bridle demo /tmp/bridle-demo
            """)

    @Argument(help: ArgumentHelp("The folder to write.", valueName: "dir"))
    var folder: String = "bridle-demo"

    @Flag(help: "Replace the folder if it exists.")
    var force = false

    func run() async throws {
        let files = FileManager.default
        let root = URL(fileURLWithPath: folder).standardizedFileURL
        if files.fileExists(atPath: root.path) {
            // Only what a demo wrote is replaced: a marker says so.
            let isDemo = files.fileExists(atPath: root.appendingPathComponent("SYNTHETIC.txt").path)
            guard force, isDemo else {
                throw Failure(
                    .cantCreate,
                    "\(folder.printableName) exists already"
                        + (isDemo ? "; replace it with --force, or name another folder." : " and no demo wrote it."))
            }
            try? files.removeItem(at: root)
        }
        do {
            for name in ["evidence", "cases"] {
                try files.createDirectory(at: root.appendingPathComponent(name), withIntermediateDirectories: true)
            }
            try Data("Everything here is synthetic: made by 'bridle demo', about people who do not exist.\n".utf8)
                .write(to: root.appendingPathComponent("SYNTHETIC.txt"))
            try Data(IncidentIndicators.bundle.utf8).write(to: root.appendingPathComponent("indicators.stix2"))
        } catch {
            throw Failure(.cantCreate, "\(folder.printableName) can't be written: \(error.localizedDescription)")
        }
        let indicators = try LoadedIndicators([root.appendingPathComponent("indicators.stix2").path])
        Terminal.say(
            "Synthetic evidence of the incident of 2021. No phone, no person and no message in it is real.\n")
        Terminal.say(DemoCommand.row("phone", "planted", "findings", "verdict"))
        Terminal.say(DemoCommand.row("-----", "-------", "--------", "-------"))
        var reports: [String] = []
        for person in SyntheticPerson.all {
            let evidence = root.appendingPathComponent("evidence/" + person.folder).path
            do {
                try SyntheticPhone(person).write(to: evidence)
            } catch {
                throw Failure(error)
            }
            let output = root.appendingPathComponent("cases/" + person.folder).path
            let report = try await check(evidence, person, indicators, output)
            let findings =
                report.findingCount == 0 ? "none" : "\(report.findingCount), \(report.highestSeverity?.word ?? "")"
            Terminal.say(
                DemoCommand.row(
                    person.folder + (person.password == nil ? "" : " (encrypted)"), person.trace.rawValue, findings,
                    report.verdict.headline))
            reports.append(output + "/report.html")
        }
        Terminal.say(
            "\nA verdict without a match says nothing about what was not examined; each report lists that.\n")
        Terminal.say("Check one yourself (the password of the encrypted one is 'synthetic'):")
        let name = folder.printable
        Terminal.say("  bridle check \(name)/evidence/cedar -i \(name)/indicators.stix2\n")
        Terminal.say("Report: \((reports.first ?? "").printable)")
    }

    private func check(
        _ evidence: String, _ person: SyntheticPerson, _ indicators: LoadedIndicators, _ output: String
    ) async throws -> CaseReport {
        do {
            let credential: BackupCredential = person.password.map { password in .password { password } } ?? .none
            let opened = try await EvidenceOpener.open(evidence, credential: credential)
            var options = AnalysisOptions()
            options.rules = try LoadedRules([], pack: true).set
            let outcome = try await CheckRun(
                evidence: opened, indicators: indicators, options: options, output: output
            ).run()
            guard !outcome.isInterrupted else {
                throw Failure(.interrupted, "Interrupted; the demo can be made again with --force.")
            }
            return outcome.report
        } catch {
            throw Failure(error)
        }
    }

    private static func row(_ phone: String, _ planted: String, _ findings: String, _ verdict: String) -> String {
        phone.padding(to: 18) + planted.padding(to: 36) + findings.padding(to: 18) + verdict
    }
}
