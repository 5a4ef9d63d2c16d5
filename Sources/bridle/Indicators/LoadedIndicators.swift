import CaseModel
import Foundation
import Indicators

/// What came of loading indicator files.
struct LoadedIndicators {
    /// The indicators, ready to be compared.
    let set: IndicatorSet
    /// What each file gave.
    let sources: [CaseReport.IndicatorSource]
    /// What could not be used, in the order of the files.
    let problems: [IndicatorProblem]

    /// Loads files. One that can't be read at all ends the command: a check without it would say less than it seems to.
    init(_ paths: [String]) throws {
        var indicators: [Indicator] = []
        var problems: [IndicatorProblem] = []
        var sources: [CaseReport.IndicatorSource] = []
        for path in paths {
            let name = URL(fileURLWithPath: path).lastPathComponent
            let loaded = StructuredThreatInformation(try LoadedIndicators.bytes(path), source: name)
            if loaded.indicators.isEmpty, let problem = loaded.problems.first {
                throw Failure(
                    .data, "\(path.printableName) gave no indicator: \(problem.reason) A STIX 2 bundle is expected.")
            }
            indicators += loaded.indicators
            problems += loaded.problems
            sources.append(
                CaseReport.IndicatorSource(
                    name: name, indicators: loaded.indicators.count, problems: loaded.problems.count))
        }
        set = IndicatorSet(indicators)
        self.problems = problems
        self.sources = sources
    }

    /// The bytes of an indicator file.
    static func bytes(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.noInput, "The indicator file \(path.printableName) can't be read.")
        }
        return Array(data)
    }
}
