import Analysis
import ArgumentParser
import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import Reports
import RuleLanguage

/// `bridle recheck CASE…`
struct RecheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recheck",
        abstract:
            "Judge the stored records of earlier cases again with today's indicators and rules, without the evidence.",
        discussion: """
            Writes a new case beside the earlier one (CASE-recheck-1), which stays as it is. Its changes.json and its \
            report say what is new, what no longer matches, and what only the evidence itself can answer.

            Indicators and rules are asked of the stored records again. What the built-in checks found is taken over, \
            and so is what rules found that look at message bodies, notes, titles or names which the earlier check did \
            not store (--include-content).

            EXAMPLES
              bridle recheck case/ -i new.stix2
              bridle recheck case/ --rules-only
              bridle recheck case/ --rules-only --rules new-rules/
              bridle recheck cases/* --fail-on high -o rechecked/
              bridle recheck case/ --resolve-short-links --proxy socks5h://127.0.0.1:9050

            EXIT CODES
              0    ran to its end
              10   the new case has something at or above --fail-on
              20   something of an earlier case is damaged (with --strict)
              64   wrong use
              65   no case, or a case without records
              66   no such folder
              73   the new case can't be written
              130  interrupted; what was written is whole and marked incomplete
            """)

    @Argument(
        help: ArgumentHelp("Case folders that 'bridle check -o' or 'bridle recheck' wrote.", valueName: "case"))
    var cases: [String]

    @OptionGroup var indicatorOptions: IndicatorOptions
    @OptionGroup var ruleOptions: RuleOptions
    @OptionGroup var shortLinkOptions: ShortLinkOptions

    @Flag(help: "Ask rules only; what indicators found is taken over.")
    var rulesOnly = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write the new case to this folder; with several cases, below it.", valueName: "dir"))
    var output: String?

    @Flag(help: "Replace an existing case folder.")
    var force = false

    @Option(help: "How many artefacts are judged at a time.")
    var jobs: Int = max(1, ProcessInfo.processInfo.activeProcessorCount)

    @Option(help: ArgumentHelp("Exit with 10 if something of this severity or above is found.", valueName: "severity"))
    var failOn: String?

    @Flag(help: "Exit with 20 if something of an earlier case is damaged or was not read to its end.")
    var strict = false

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @Flag(help: "Print nothing but errors and, with --json, the summary.")
    var quiet = false

    @Flag(help: "Show no progress bar.")
    var noProgress = false

    @Flag(help: "Use no colours (so does the variable NO_COLOR).")
    var noColor = false

    func run() async throws {
        let threshold = try failOn.map(CheckCommand.severity)
        guard !cases.isEmpty else { throw Failure(.usage, "Give the folder of at least one case.") }
        guard (1...256).contains(jobs) else { throw Failure(.usage, "--jobs takes a number from 1 to 256.") }
        if let output, output.isEmpty { throw Failure(.usage, "--output takes the name of a folder.") }
        guard !rulesOnly || indicatorOptions.indicators.isEmpty else {
            throw Failure(.usage, "--rules-only asks no indicators; leave out --indicators or --rules-only.")
        }
        guard !rulesOnly || !shortLinkOptions.resolveShortLinks else {
            throw Failure(
                .usage,
                "--rules-only asks no indicators, so nothing would be compared with where short links lead; leave out "
                    + "--resolve-short-links or --rules-only.")
        }
        var options = AnalysisOptions()
        options.jobs = jobs
        options.askShortLinks = try shortLinkOptions.resolver()?.asking(
            showsProgress: Terminal.showsProgress && !noProgress && !quiet, quiet: quiet)
        let indicators = rulesOnly ? try LoadedIndicators([] as [LoadedIndicators.Input]) : try indicatorOptions.load()
        options.rules = try ruleOptions.load()
        guard !rulesOnly || !options.rules.isEmpty else {
            throw Failure(.usage, "--rules-only without any rules asks nothing; give some with --rules.")
        }
        if indicators.set.count == 0, !rulesOnly, !quiet {
            Terminal.remark(
                "No indicators are loaded: every finding of an indicator will be gone from the new case. With "
                    + "--rules-only they are taken over.")
        }
        var worst = Exit.done
        for (path, target) in zip(cases, targets()) {
            do {
                let exit = try await recheck(path, target, indicators, options, threshold)
                if exit.rawValue > worst.rawValue { worst = exit }
            } catch let failure as Failure where cases.count > 1 && failure.exit != .interrupted {
                Terminal.complain("\(path.printableName): \(failure.message)")
                if failure.exit.rawValue > worst.rawValue { worst = failure.exit }
            }
            if worst == .interrupted { break }
        }
        if worst != .done { throw ExitCode(worst.rawValue) }
    }

    /// Where each new case goes.
    private func targets() -> [String] {
        if let output, cases.count == 1 { return [output] }
        var taken: Set<String> = []
        return cases.map { path in
            let url = URL(fileURLWithPath: path).standardizedFileURL
            let base = output.map { $0 + "/" + url.lastPathComponent } ?? url.path
            var number = 1
            func name() -> String { "\(base)-recheck-\(number)" }
            // With --force the first one is replaced; without, an earlier recheck is kept.
            while taken.contains(name().lowercased()) || (!force && FileManager.default.fileExists(atPath: name())) {
                number += 1
            }
            taken.insert(name().lowercased())
            return name()
        }
    }

    private func recheck(
        _ path: String, _ target: String, _ indicators: LoadedIndicators, _ options: AnalysisOptions,
        _ threshold: Severity?
    ) async throws -> Exit {
        var argument = CaseArgument()
        argument.path = path
        let folder = try argument.folder()
        let showsProgress = Terminal.showsProgress && !noProgress && !quiet
        if !quiet, !showsProgress { Terminal.remark("judging \(path.printableName) again") }
        let outcome = try await RecheckRun(
            path: folder, indicators: indicators, options: options, rulesOnly: rulesOnly, output: target, force: force,
            showsProgress: showsProgress, cases: cases
        ).run()
        let report = outcome.report
        for problem in outcome.problems where !quiet { Terminal.remark(problem.printable) }
        if outcome.movedAnnotations > 0, !quiet {
            Terminal.remark(
                "What people said of \(outcome.movedAnnotations.of("finding", "findings")) stands now at the same record "
                    + "and value, which another file of indicators names: look whether it still holds.")
        }
        if json {
            Terminal.say(SummaryJSON.bytes(of: report))
        } else if !quiet {
            Terminal.say(
                Array(
                    SummaryText.lines(
                        of: report, color: Terminal.showsColor && !noColor, width: min(Terminal.width, 110)
                    ).utf8))
            if let recheck = report.recheck { say(recheck) }
            Terminal.say("\nReport: \(target.printable)/report.html")
        }
        if outcome.isInterrupted { return .interrupted }
        if let threshold, let highest = report.highestSeverity, highest >= threshold { return .found }
        if strict, !outcome.problems.isEmpty || !report.coverage.isWhole { return .damaged }
        return .done
    }

    private func say(_ recheck: Recheck) {
        Terminal.say("\nCompared with the check of \(recheck.earlierEnd.day)")
        Terminal.say(
            "  \(recheck.addedCount.grouped) new, \(recheck.goneCount.grouped) no longer matched, "
                + "\(recheck.unchangedCount.grouped) unchanged, \(recheck.carriedCount.grouped) taken over")
        let ofRules = recheck.ofRules
        Terminal.say(
            "  of rules: \(ofRules.added.grouped) new, \(ofRules.gone.grouped) no longer matched, "
                + "\(ofRules.unchanged.grouped) unchanged, \(ofRules.carried.grouped) taken over")
        for (sign, changes, count) in [
            ("+", recheck.added, recheck.addedCount), ("-", recheck.gone, recheck.goneCount),
        ] {
            for change in changes.prefix(10) {
                let known = change.isKnownOtherwise ? " (known before from another file)" : ""
                let cause =
                    change.rule.isEmpty
                    ? "\(change.value.printableName) in \(change.source.printableName)"
                    : "rule \(change.rule.printableName)"
                Terminal.say(
                    "  \(sign) \(change.severity.printable)  \(change.title.printableLine)\(known)\n      "
                        + "\(cause); \(change.place.printableName)")
            }
            if count > 10 { Terminal.say("  \(sign) \((count - 10).grouped) more in changes.json") }
        }
        if !recheck.onlyTheEvidence.isEmpty { Terminal.say("\nOnly the evidence itself can answer") }
        for sentence in recheck.onlyTheEvidence { Terminal.say("  " + sentence.printableLine) }
    }
}
