import Analysis
import AppleArtifacts
import ArgumentParser
import ArtifactModel
import CaseModel
import EvidenceSources
import Foundation
import Indicators
import Primitives
import Reports

/// `bridle check EVIDENCE…`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read the evidence, compare it with published traces, and say what was found and what was not read.",
        discussion: """
            EXAMPLES
              bridle check ~/Backups/00008030-001A
              bridle check backup/ -i pegasus.stix2 -i predator.stix2 -o case/
              bridle check EXTRACTION_FFS.zip -o case/
              bridle check encrypted/ --password-file - -o case/ < password.txt
              bridle check backup/ --json --fail-on high | jq .verdict

            EXIT CODES
              0    ran to its end
              10   found something at or above --fail-on
              20   something was damaged or not read to its end (with --strict)
              64   wrong use
              65   not evidence, or damaged beyond reading
              66   the evidence is not there
              73   the output can't be written
              77   wrong or missing password or key
              130  interrupted; what was written is whole and marked incomplete
            """)

    @Argument(
        help: ArgumentHelp(
            "A backup folder, a device's file system (folder, tar, zip), or a folder above exactly one of these.",
            valueName: "evidence"))
    var evidence: [String]

    @OptionGroup var indicatorOptions: IndicatorOptions
    @OptionGroup var ruleOptions: RuleOptions
    @OptionGroup var evidenceOptions: EvidenceOptions
    @OptionGroup var shortLinkOptions: ShortLinkOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the case to this folder. Without it nothing is written.", valueName: "dir"))
    var output: String?

    @Flag(help: "Replace an existing case folder.")
    var force = false

    @Option(
        name: .customLong("artifact"),
        help: ArgumentHelp("Read only this artefact. May be given more than once.", valueName: "id"))
    var artifacts: [String] = []

    @Flag(
        help: "Work out the SHA-256 of every file of the evidence and compare it with published hashes; reads it whole."
    )
    var hashes = false

    @Option(
        help: ArgumentHelp(
            "Compare the files of messages with the YARA rules of this file; needs libyara 4.", valueName: "file"))
    var yara: String?

    @Option(help: "How many artefacts are read at a time.")
    var jobs: Int = max(1, ProcessInfo.processInfo.activeProcessorCount)

    @Flag(inversion: .prefixedNo, help: "Write every record to the case, or leave the records folder empty.")
    var records = true

    @Option(help: ArgumentHelp("Leave earlier events out of the timeline (findings stay).", valueName: "time"))
    var since: String?

    @Option(
        help: ArgumentHelp(
            "Leave later events out of the timeline (findings stay); a date includes its day.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("Exit with 10 if something of this severity or above is found.", valueName: "severity"))
    var failOn: String?

    @Flag(help: "Exit with 20 if something was damaged or not read to its end.")
    var strict = false

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @Flag(help: "Write and show message bodies, notes, titles and contact details of third parties.")
    var includeContent = false

    @Flag(help: "Print nothing but errors and, with --json, the summary.")
    var quiet = false

    @Flag(help: "Show no progress bar.")
    var noProgress = false

    @Flag(help: "Use no colours (so does the variable NO_COLOR).")
    var noColor = false

    func run() async throws {
        let threshold = try failOn.map(CheckCommand.severity)
        guard !evidence.isEmpty else {
            throw Failure(
                .usage, "Give the folder of a backup, or a device's file system (folder, tar or zip archive).")
        }
        var options = try analysisOptions()
        options.askShortLinks = try shortLinkOptions.resolver()?.asking(
            showsProgress: Terminal.showsProgress && !noProgress && !quiet, quiet: quiet)
        options.rules = try ruleOptions.load()
        let chosen = try ArtifactChoice.artifacts(artifacts, hashes: hashes)
        let yaraRules = try yara.map { try YARARules(path: $0) }
        let indicators = try indicatorOptions.load()
        if !quiet { warn(about: indicators) }

        let credential = try evidenceOptions.credential()
        var worst = Exit.done
        for (path, target) in zip(evidence, try targets()) {
            do {
                let exit = try await check(
                    path, credential, target, chosen, indicators, options, threshold, yaraRules)
                if exit.rawValue > worst.rawValue { worst = exit }
            } catch let failure as Failure where evidence.count > 1 && failure.exit != .interrupted {
                // One piece of evidence that can't be read does not take the others with it.
                Terminal.complain("\(path.printableName): \(failure.message)")
                if failure.exit.rawValue > worst.rawValue { worst = failure.exit }
            }
            if worst == .interrupted { break }
        }
        if worst != .done { throw ExitCode(worst.rawValue) }
    }

    /// The severity of a word that a person typed.
    static func severity(_ word: String) throws(Failure) -> Severity {
        guard let severity = Severity(word: word) else {
            throw Failure(
                .usage,
                "'\(word.printableName)' is no severity."
                    + Nearest.suggestion(for: word, among: Severity.allCases.map(\.word))
                    + " They are: \(Severity.allCases.map(\.word).joined(separator: ", ")).")
        }
        return severity
    }

    /// Where the case of each piece of evidence goes: to the folder given, or below it under the evidence's own name.
    private func targets() throws -> [String?] {
        guard let output else { return evidence.map { _ in nil } }
        guard !output.isEmpty else { throw Failure(.usage, "--output takes the name of a folder.") }
        guard evidence.count > 1 else { return [output] }
        var taken: Set<String> = []
        return evidence.map { path in
            let name = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
            // Folders of different parents often have one name, and some volumes do not tell `A` from `a`.
            var target = name == "/" ? "root" : name
            var number = 1
            while !taken.insert(target.lowercased()).inserted {
                number += 1
                target = "\(name)-\(number)"
            }
            return output + "/" + target
        }
    }

    private func check(
        _ path: String, _ credential: BackupCredential, _ target: String?, _ chosen: [any Artifact.Type],
        _ indicators: LoadedIndicators, _ options: AnalysisOptions, _ threshold: Severity?,
        _ yaraRules: YARARules?
    ) async throws -> Exit {
        let showsProgress = Terminal.showsProgress && !noProgress && !quiet
        let opened = try await EvidenceOptions.open(path, credential, showsProgress: showsProgress)
        if !quiet, !showsProgress { Terminal.remark("reading \(path.printableName)") }
        let examined: any Evidence = yaraRules.map { ScannedEvidence(opened, scanner: $0) } ?? opened
        let outcome = try await CheckRun(
            evidence: examined, indicators: indicators, artifacts: chosen, options: options, output: target,
            force: force, showsProgress: showsProgress, otherEvidence: evidence
        ).run()
        let report = outcome.report
        if json {
            Terminal.say(SummaryJSON.bytes(of: report))
        } else if !quiet {
            Terminal.say(
                Array(
                    SummaryText.lines(
                        of: report, color: Terminal.showsColor && !noColor, width: min(Terminal.width, 110)
                    ).utf8))
            if let target { Terminal.say("\nReport: \(target.printable)/report.html") }
        }
        if outcome.isInterrupted { return .interrupted }
        if let threshold, let highest = report.highestSeverity, highest >= threshold { return .found }
        if strict, !report.coverage.isWhole { return .damaged }
        return .done
    }

    private func analysisOptions() throws -> AnalysisOptions {
        guard (1...256).contains(jobs) else { throw Failure(.usage, "--jobs takes a number from 1 to 256.") }
        var options = AnalysisOptions()
        options.writesRecords = records
        options.includesContent = includeContent
        options.jobs = jobs
        options.since = try since.map { try CheckCommand.moment($0, "--since", time: "T00:00:00Z") }
        options.until = try until.map { try CheckCommand.moment($0, "--until", time: "T23:59:59.999999Z") }
        return options
    }

    private static func moment(_ text: String, _ option: String, time: String) throws -> Timestamp {
        guard let moment = Timestamp(rfc3339: text.count == 10 ? text + time : text) else {
            throw Failure(
                .usage, "\(option) takes a date (2021-11-03) or a time (2021-11-03T07:12:09Z), in UTC.")
        }
        return moment
    }

    private func warn(about indicators: LoadedIndicators) {
        if indicators.set.count == 0, indicators.patterns.isEmpty {
            Terminal.remark(
                "No indicators are loaded: only built-in checks and rules look at the records. Give published indicators "
                    + "with -i FILE, or add them to the store with 'bridle indicators add FILE'.")
        }
        if indicators.unusable > 0 {
            Terminal.remark(
                "\(indicators.unusable.grouped) published patterns could not be used; 'bridle indicators verify' "
                    + "says which and why.")
        }
    }
}
