import ArtifactModel
import CaseModel
import Primitives
public import RuleLanguage

/// Tries rules with the examples that their files hold.
///
/// For a rule over several records more examples are derived from those on which it fires: the same records too far
/// apart, and for a sequence in the contrary order; both must stay quiet.
public struct RuleTrial: Sendable {
    /// What came of one rule.
    public struct Result: Sendable, Hashable {
        /// The rule.
        public var identifier: String
        /// How many examples it was tried with.
        public var examples = 0
        /// How many examples were derived from those.
        public var derived = 0
        /// What was not as it should be.
        public var failures: [RuleProblem] = []
    }

    private let rules: RuleSet
    private let tables: [String: FieldTable]

    /// Rules, and the artefacts that they were compiled against.
    public init(_ rules: RuleSet, tables: [FieldTable]) {
        self.rules = rules
        self.tables = Dictionary(tables.map { ($0.artifact, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Tries every rule, in byte order of the identifiers.
    public func results() throws(OutputError) -> [Result] {
        var results: [Result] = []
        for (number, rule) in rules.rules.enumerated() {
            results.append(
                try result(rule.head, rule.artifacts) { records throws(OutputError) in
                    try self.hits(records).rules.contains(number)
                })
        }
        for (number, correlation) in rules.correlations.enumerated() {
            let fires: ([ExampleRecord]) throws(OutputError) -> Bool = { records throws(OutputError) in
                try self.hits(records).correlations.contains(number)
            }
            var result = try result(correlation.head, correlation.artifacts, fires)
            try derive(correlation, &result, fires)
            results.append(result)
        }
        return results.sorted { $0.identifier.utf8.lexicographicallyPrecedes($1.identifier.utf8) }
    }

    private func result(
        _ head: RuleHead, _ artifacts: [String], _ fires: ([ExampleRecord]) throws(OutputError) -> Bool
    ) throws(OutputError) -> Result {
        var result = Result(identifier: head.identifier)
        for (examples, isExpected) in [(head.card.fires, true), (head.card.quiet, false)] {
            for example in examples {
                result.examples += 1
                let place = RulePlace(file: head.place.file, line: example.line)
                do throws(RuleProblem) {
                    let records = try self.records(example, head, artifacts)
                    let fired: Bool
                    do throws(OutputError) { fired = try fires(records) } catch { throw RuleProblem(place, "\(error)") }
                    if fired != isExpected {
                        throw RuleProblem(
                            place,
                            isExpected
                                ? "the rule '\(head.identifier)' stays quiet on an example on which it should fire"
                                : "the rule '\(head.identifier)' fires on an example on which it should stay quiet")
                    }
                } catch {
                    result.failures.append(error)
                }
            }
        }
        return result
    }

    private func records(
        _ example: RuleExample, _ head: RuleHead, _ artifacts: [String]
    ) throws(RuleProblem) -> [ExampleRecord] {
        var records: [ExampleRecord] = []
        for entry in example.entries {
            records.append(try ExampleRecord(entry, head.place.file, artifacts: artifacts, tables: tables))
        }
        return records
    }

    /// The rules and correlations that fire on some records, by their numbers.
    private func hits(_ records: [ExampleRecord]) throws(OutputError) -> (rules: Set<Int>, correlations: Set<Int>) {
        let scratch = rules.correlations.isEmpty ? nil : try ScratchFolder()
        var fired: Set<Int> = []
        var runs: [String] = []
        var sources: [Correlator.Source] = []
        for (number, artifact) in Set(records.map(\.artifact)).sorted().enumerated() {
            sources.append(Correlator.Source(identifier: artifact, title: artifact, files: ["example"]))
            guard
                var judge = RuleJudge(
                    rules, artifact, artifact: number, prefix: scratch.map { "\($0.path)/\(number)-" })
            else { continue }
            judge.file = 0
            for (row, record) in records.enumerated() where record.artifact == artifact {
                judge.matcher.begin()
                for (field, value) in record.values.enumerated() where value != .absent {
                    judge.matcher.take(field, value)
                }
                fired.formUnion(judge.judge(.row(Int64(row), table: "example")) { record.values[$0] })
            }
            judge.finish()
            runs += judge.sorter?.runs ?? []
        }
        guard let scratch else { return (fired, []) }
        var correlator = Correlator(
            rules, sources, prefix: scratch.path + "/", includesContent: false, isStopped: { false })
        try correlator.correlate(runs) { _ in }
        return (fired, Set(correlator.outcomes.indices.filter { correlator.outcomes[$0].hits > 0 }))
    }

    /// How often each rule fires on a list of paths, as the files of a device that nobody suspects.
    ///
    /// Each path is the field `path` of every artefact in which that field holds files that lie on the device, and not
    /// programs that ran: a stock program that lies there says nothing of one that runs.
    public func hits(ofPaths paths: some Sequence<String>) -> [RuleOutcome] {
        var tallies: [Int: RuleJudge.Tally] = [:]
        var examined: Set<String> = []
        for artifact in tables.keys.sorted() {
            guard let table = tables[artifact], let column = table.column("path"),
                table.columns[column].observable == .filePath, table.columns[column].state != .ran,
                var judge = RuleJudge(rules, artifact, artifact: 0, prefix: nil)
            else { continue }
            examined.insert(artifact)
            for (row, path) in paths.enumerated() {
                judge.matcher.begin()
                judge.matcher.take(column, .text(path))
                _ = judge.judge(.row(Int64(row), table: "paths")) { $0 == column ? .text(path) : .absent }
            }
            for (rule, tally) in judge.tallies { tallies[rule, default: RuleJudge.Tally()].hits += tally.hits }
        }
        return rules.outcomes(tallies, [], examined: examined).filter { !$0.isCorrelation && !$0.examined.isEmpty }
    }

    // MARK: - Derived examples

    private func derive(
        _ correlation: RuleSet.Correlation, _ result: inout Result,
        _ fires: ([ExampleRecord]) throws(OutputError) -> Bool
    ) throws(OutputError) {
        guard Self.needsNearness(correlation) else { return }
        let span = correlation.rule.timespan
        for example in correlation.head.card.fires {
            guard let records = try? self.records(example, correlation.head, correlation.artifacts),
                records.count > 1, records.allSatisfy({ $0.moment != nil })
            else { continue }
            let ordered = records.sorted { ($0.moment?.microseconds ?? 0) < ($1.moment?.microseconds ?? 0) }
            func expectQuiet(_ records: [ExampleRecord], _ words: String) throws(OutputError) {
                result.derived += 1
                guard try fires(records) else { return }
                result.failures.append(
                    RuleProblem(
                        RulePlace(file: correlation.head.place.file, line: example.line),
                        "the rule '\(correlation.head.identifier)' fires on the records of its example \(words)"))
            }
            try expectQuiet(Self.apart(ordered, by: span + 1_000_000), "when they lie too far apart")
            if correlation.rule.kind == .temporalOrdered {
                try expectQuiet(Self.reversed(ordered), "in the contrary order")
            }
            try tryBorders(ordered, span, correlation, &result, fires, example)
        }
    }

    /// Whether a condition can't hold for one record alone.
    private static func needsNearness(_ correlation: RuleSet.Correlation) -> Bool {
        switch correlation.rule.kind {
        case .temporalOrdered: return correlation.members.count > 1
        case .temporal where correlation.rule.thresholds.isEmpty: return correlation.members.count > 1
        case .eventCount, .valueCount, .temporal:
            return correlation.rule.thresholds.contains {
                ($0.comparison == .gte && $0.number > 1) || ($0.comparison == .gt && $0.number >= 1)
            }
        case .valueSum, .valueAverage, .valuePercentile: return false
        }
    }

    private static func apart(_ records: [ExampleRecord], by gap: Int64) -> [ExampleRecord] {
        guard let first = records.first?.moment?.microseconds else { return records }
        return records.enumerated().map { index, record in
            let wanted = first + Int64(index) * gap
            return record.shifted(by: wanted - (record.moment?.microseconds ?? 0))
        }
    }

    private static func reversed(_ records: [ExampleRecord]) -> [ExampleRecord] {
        let moments = records.compactMap { $0.moment?.microseconds }
        // Records of one moment have no order that could be turned round.
        guard moments.count == records.count, Set(moments).count == moments.count else { return [] }
        return zip(records, moments.reversed()).map { $0.shifted(by: $1 - ($0.moment?.microseconds ?? 0)) }
    }

    /// If all records of an example are needed: with the last one exactly at the border the rule fires, and a second
    /// later it stays quiet.
    private func tryBorders(
        _ records: [ExampleRecord], _ span: Int64, _ correlation: RuleSet.Correlation, _ result: inout Result,
        _ fires: ([ExampleRecord]) throws(OutputError) -> Bool, _ example: RuleExample
    ) throws(OutputError) {
        guard records.count <= 64, let first = records.first?.moment?.microseconds,
            let last = records.last?.moment?.microseconds,
            correlation.members.allSatisfy({ if case .rule = $0.origin { true } else { false } })
        else { return }
        for index in records.indices {
            var fewer = records
            fewer.remove(at: index)
            if try fires(fewer) { return }
        }
        var moved = records
        moved[moved.count - 1] = records[records.count - 1].shifted(by: first + span - last)
        let place = RulePlace(file: correlation.head.place.file, line: example.line)
        result.derived += 2
        if try !fires(moved) {
            result.failures.append(
                RuleProblem(
                    place,
                    "the rule '\(correlation.head.identifier)' stays quiet on records that just fill its timespan"))
        }
        moved[moved.count - 1] = moved[moved.count - 1].shifted(by: 1_000_000)
        if try fires(moved) {
            result.failures.append(
                RuleProblem(
                    place,
                    "the rule '\(correlation.head.identifier)' fires on records a second further apart than its timespan"
                ))
        }
    }
}
