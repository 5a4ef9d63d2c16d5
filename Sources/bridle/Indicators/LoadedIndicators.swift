import CaseModel
import Foundation
import IndicatorStore
import Indicators
import Primitives

/// What came of loading indicator files.
struct LoadedIndicators {
    /// One file, and what is known of it.
    struct Input {
        /// The name that findings cite.
        let name: String
        /// The name for complaints.
        let place: String
        /// What the store knows of it, if it lies there.
        var stored: StoredFile?
        /// The content.
        let bytes: () throws -> [UInt8]

        /// A file that a person names.
        init(path: String) {
            name = URL(fileURLWithPath: path).lastPathComponent
            place = path
            bytes = { try LoadedIndicators.bytes(path) }
        }

        /// A file of the store.
        init(_ file: StoredFile, of store: IndicatorStore) {
            name = file.name
            place = file.name + " in the store"
            stored = file
            bytes = { try store.bytes(of: file) }
        }
    }

    /// What one file gave.
    struct File {
        let name: String
        let stored: StoredFile?
        let indicators: Int
        let problems: Int
    }

    /// The indicators, ready to be compared.
    let set: IndicatorSet
    /// What each file gave.
    let files: [File]
    /// What could not be used, in the order of the files.
    let problems: [IndicatorProblem]

    /// What each file gave, for a report.
    var sources: [CaseReport.IndicatorSource] {
        files.map { CaseReport.IndicatorSource(name: $0.name, indicators: $0.indicators, problems: $0.problems) }
    }

    /// Loads files. One that can't be read at all ends the command: a check without it would say less than it seems to.
    init(_ inputs: [Input]) throws {
        var builder = IndicatorSet.Builder()
        var problems: [IndicatorProblem] = []
        var files: [File] = []
        for input in inputs {
            let loaded = PublishedFile.read(try input.bytes(), source: input.name)
            if loaded.indicators.isEmpty, let problem = loaded.problems.first, input.stored?.source == nil {
                throw Failure(
                    .data,
                    "\(input.place.printableName) gave no indicator: \(problem.reason) A STIX 2 bundle is expected.")
            }
            for var indicator in loaded.indicators {
                // The file may say it of itself; the store knows what was said of the file.
                if indicator.publisher == nil { indicator.publisher = input.stored?.publisher }
                if indicator.licence == nil { indicator.licence = input.stored?.licence }
                builder.add(indicator)
            }
            problems += loaded.problems
            files.append(
                File(
                    name: input.name, stored: input.stored, indicators: loaded.indicators.count,
                    problems: loaded.problems.count))
        }
        set = builder.build()
        self.problems = problems
        self.files = files
    }

    /// Loads files by their paths.
    init(_ paths: [String]) throws { try self.init(paths.map { Input(path: $0) }) }

    /// The files of a store: those of the generation that counts, and those that lie beside it.
    static func inputs(of store: IndicatorStore) throws -> [Input] {
        let files = try store.current()?.indicatorFiles ?? []
        return files.map { Input($0, of: store) } + store.looseFiles.map { Input(path: $0) }
    }

    /// The bytes of an indicator file.
    static func bytes(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.noInput, "The indicator file \(path.printableName) can't be read.")
        }
        return Array(data)
    }
}
