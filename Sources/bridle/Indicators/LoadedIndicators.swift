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
        /// The folder in which a feed's events lie.
        var folder: String?
        /// What the store knows of it, if it lies there.
        var stored: StoredFile?
        /// The content.
        let open: () throws -> FileBytes

        /// A file that a person names.
        init(path: String) {
            let url = URL(fileURLWithPath: path)
            name = url.lastPathComponent
            place = path
            folder = url.deletingLastPathComponent().path
            open = {
                do {
                    return try FileBytes(path)
                } catch {
                    throw Failure(.noInput, "The indicator file \(path.printableName) can't be read.")
                }
            }
        }

        /// A file of the store.
        init(_ file: StoredFile, of store: IndicatorStore) {
            name = file.name
            place = file.name + " in the store"
            stored = file
            open = { try store.source(of: file) }
        }
    }

    /// What one file gave.
    struct File {
        let name: String
        let stored: StoredFile?
        /// Its form, in words.
        let form: String
        let publication: IndicatorFile.Publication
        let indicators: Int
        let problems: Int
    }

    /// The indicators, ready to be compared.
    let set: IndicatorSet
    /// What each file gave.
    let files: [File]
    /// The patterns that say more than one value.
    let patterns: [CompoundPattern]
    /// What could not be used, in the order of the files.
    let problems: [IndicatorProblem]

    /// How many patterns could not be used; a remark is about one that was.
    var unusable: Int { problems.count { $0.kind != .remark } }

    /// "1,549 indicators and 3 patterns".
    var words: String {
        let indicators = set.count.of("indicator", "indicators")
        return patterns.isEmpty ? indicators : indicators + " and " + patterns.count.of("pattern", "patterns")
    }

    /// What each file gave, for a report.
    var sources: [CaseReport.IndicatorSource] {
        files.map { CaseReport.IndicatorSource(name: $0.name, indicators: $0.indicators, problems: $0.problems) }
    }

    init(set: IndicatorSet, files: [File], patterns: [CompoundPattern], problems: [IndicatorProblem]) {
        (self.set, self.files, self.patterns, self.problems) = (set, files, patterns, problems)
    }

    /// Loads files. One that can't be read at all ends the command: a check without it would say less than it seems to.
    /// One that was understood, and holds only what no record is compared with, does so if the others give nothing either.
    init(_ inputs: [Input]) throws {
        var builder = IndicatorSet.Builder()
        var problems: [IndicatorProblem] = []
        var files: [File] = []
        var patterns: [CompoundPattern] = []
        var unusable: Failure?
        for input in inputs {
            let loaded = try LoadedIndicators.load(input, into: &builder)
            if loaded.count == 0, loaded.patterns.isEmpty, let problem = loaded.problems.first,
                input.stored?.source == nil
            {
                let failure = Failure(
                    .data, "\(input.place.printableName) gave no indicator: \(problem.reason.printable)")
                guard loaded.problems.allSatisfy({ LoadedIndicators.isUnderstood($0.kind) }) else { throw failure }
                unusable = unusable ?? failure
            }
            patterns += loaded.patterns
            problems += loaded.problems
            files.append(
                File(
                    name: input.name, stored: input.stored, form: loaded.form.name, publication: loaded.publication,
                    indicators: loaded.count + loaded.patterns.count,
                    problems: loaded.problems.count { $0.kind != .remark }))
        }
        if let unusable, files.allSatisfy({ $0.indicators == 0 }) { throw unusable }
        self.init(set: builder.build(), files: files, patterns: patterns, problems: problems)
    }

    /// Whether a problem says that an indicator was read and has nothing to be compared with.
    private static func isUnderstood(_ kind: IndicatorProblem.Kind) -> Bool {
        switch kind {
        case .unknownProperty, .unsupportedPattern, .refusedValue, .revoked, .notForDetection, .duplicate, .remark: true
        case .damagedFile, .damagedObject, .empty, .malformedPattern: false
        }
    }

    /// Loads one file, whatever its form.
    static func load(_ input: Input, into builder: inout IndicatorSet.Builder) throws -> IndicatorFile {
        let source: FileBytes
        do { source = try input.open() } catch { throw Failure(error) }
        let loaded = IndicatorFile.load(source, name: input.name, into: &builder)
        guard loaded.form == .sharedFeed, let folder = input.folder else { return loaded }
        // Names of events are UUIDs, which the loader has made sure of.
        let name = URL(fileURLWithPath: folder).lastPathComponent
        return IndicatorFile.load(feed: source, name: name, into: &builder) { event in
            try? FileBytes(folder + "/" + event)
        }
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
