import Analysis
import AppleArtifacts
import ArgumentParser
import ArtifactModel
import CaseModel
import EvidenceSources
import Foundation
import Indicators
import RuleLanguage

extension RulesCommand {
    /// Tries rules with their examples, and with data on which they must stay quiet.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try rules with the examples in their files, and with data on which they must stay quiet.",
            discussion: """
                Without a path the rules that come along are tried. Ordinary data is evidence as 'bridle check' takes it, or
                a list of paths on a device, one a line, in a file that ends in .txt.

                EXAMPLES
                  bridle rules test
                  bridle rules test mine/ --clean reference-backup/ --clean paths-of-a-device.txt

                EXIT CODES
                  0    every rule does what its file says
                  65   one does not, or a rule of severity medium or above fires on ordinary data
                """)

        @Argument(help: ArgumentHelp("Files of rules, or folders of them.", valueName: "path"))
        var paths: [String] = []

        @Option(
            help: ArgumentHelp(
                "Data on which no rule may fire: evidence, or a list of paths. May be given more than once.",
                valueName: "path"))
        var clean: [String] = []

        @OptionGroup var evidenceOptions: EvidenceOptions

        func run() async throws {
            let set = try LoadedRules(paths, pack: paths.isEmpty).set
            for line in LoadedRules.lines(set.problems, limit: .max) { Terminal.say(line) }
            var failures = set.problems.count
            let trial = RuleTrial(set, tables: LoadedRules.tables)
            let results: [RuleTrial.Result]
            do { results = try trial.results() } catch { throw Failure(error) }
            for result in results {
                let derived = result.derived > 0 ? ", \(result.derived) derived" : ""
                let word = result.failures.isEmpty ? (result.examples == 0 ? "no examples" : "ok") : "FAILED"
                Terminal.say(
                    "\(result.identifier.printableName.padding(to: 44)) \(word) (\(result.examples) examples\(derived))"
                )
                for failure in result.failures { Terminal.say("  " + failure.description.printableName) }
                failures += result.failures.count
            }
            for path in clean { failures += try await hits(on: path, set, trial) }
            guard failures == 0 else {
                throw Failure(
                    .data, "\(failures.grouped) \(failures == 1 ? "thing is" : "things are") not as the rules say.")
            }
        }

        /// Prints how often each rule fires on clean data; returns how many should not have.
        private func hits(on path: String, _ set: RuleSet, _ trial: RuleTrial) async throws -> Int {
            Terminal.say("\n\(path.printableName)")
            var counts: [(identifier: String, severity: Severity, isReported: Bool, hits: Int)] = []
            var suffix = ""
            if path.hasSuffix(".txt") {
                guard let data = FileManager.default.contents(atPath: path) else {
                    throw Failure(.noInput, "The list \(path.printableName) can't be read.")
                }
                let lines = data.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
                counts = trial.hits(ofPaths: lines).map { ($0.identifier, $0.severity, $0.isReported, $0.hits) }
                suffix = " of \(lines.count.grouped) paths"
            } else {
                let evidence = try await evidenceOptions.open(path, showsProgress: false)
                var options = AnalysisOptions()
                options.rules = set
                options.writesRecords = false
                options.writesTimeline = false
                let result: AnalysisResult
                do {
                    result = try await analyze(
                        AppleArtifactsCatalog.artifacts, in: evidence, indicators: IndicatorSet([]), options: options,
                        folder: nil, progress: RunProgress())
                } catch { throw Failure(error) }
                counts = result.rules.map { ($0.identifier, $0.severity, $0.isReported, $0.hits) }
                let records = result.coverage.artifacts.reduce(0) { $0 + $1.records }
                suffix = " in \(records.grouped) records"
            }
            var failures = 0
            for count in counts {
                let isFailure = count.isReported && count.severity >= .medium && count.hits > 0
                if isFailure { failures += 1 }
                Terminal.say(
                    "  \(count.identifier.printableName.padding(to: 44)) \(count.hits.grouped) hits\(suffix)"
                        + (isFailure ? "  FAILED (\(count.severity.word))" : ""))
            }
            return failures
        }
    }
}
