import ArtifactModel
import Primitives
import RuleLanguage

/// What rules say of the records of one artefact: which fire, and what correlations need to know of it.
struct RuleJudge: Sendable {
    /// What is counted for a rule.
    struct Tally: Sendable, Hashable {
        /// Records on which it fired.
        var hits = 0
        /// Of those, records that no correlation could use because they have no time.
        var timeless = 0
        /// Of those, records that no correlation could use because a field that it groups or measures by is empty.
        var incomplete = 0
    }

    /// How a match is turned into a line for a correlation.
    private struct Plan: Sendable {
        var use: RuleSet.Use
        var group: [Int]
        var values: [Int]
        var measures: Bool
        var needsNumber: Bool
    }

    let rules: RuleSet
    var matcher: RecordMatcher
    /// The number of the artefact in the catalogue.
    let artifact: Int
    /// The number of the file that is read, from 0.
    var file = -1
    private(set) var tallies: [Int: Tally] = [:]
    private(set) var sorter: SpillSorter?
    private let plans: [[Plan]]
    private let times: [[Int]]
    private var line = TextBuffer()

    /// Nothing if no rule looks at this artefact. Matches for correlations are written to files that begin with `prefix`.
    init?(_ rules: RuleSet, _ identifier: String, artifact: Int, prefix: String?) {
        guard let program = rules.programs[identifier], !program.rules.isEmpty else { return nil }
        self.rules = rules
        self.artifact = artifact
        matcher = RecordMatcher(program)
        let table = program.table
        let moments = table.columns.indices.filter { table.columns[$0].form == .moment }
        plans = rules.rules.map { rule in
            rule.artifacts.contains(identifier) ? rule.uses.map { RuleJudge.plan($0, rules, table) } : []
        }
        times = rules.rules.map { rule in
            rule.head.card.times.isEmpty ? Array(moments.prefix(1)) : rule.head.card.times.compactMap(table.column)
        }
        sorter = plans.contains { !$0.isEmpty } ? prefix.map { SpillSorter(prefix: $0, limit: 4 << 20) } : nil
    }

    private static func plan(_ use: RuleSet.Use, _ rules: RuleSet, _ table: FieldTable) -> Plan {
        let correlation = rules.correlations[use.correlation]
        let member = correlation.members[use.member]
        let kind = correlation.rule.kind
        return Plan(
            use: use, group: member.groupFields.compactMap(table.column),
            values: member.valueFields.compactMap(table.column), measures: !member.valueFields.isEmpty,
            needsNumber: kind == .valueSum || kind == .valueAverage
                || (kind == .valuePercentile && correlation.rule.percentile != nil))
    }

    /// The rules that fire on the record that the matcher was given; `value` reads any field of it.
    mutating func judge(_ location: Location, _ value: (Int) -> Value) -> [Int] {
        let fired = matcher.fired()
        for rule in fired {
            tallies[rule, default: Tally()].hits += 1
            if !plans[rule].isEmpty { keep(rule, location, value) }
        }
        return fired
    }

    /// Writes a line for each correlation and each time of the record.
    private mutating func keep(_ rule: Int, _ location: Location, _ value: (Int) -> Value) {
        var moments: [Timestamp] = []
        for column in times[rule] {
            if case .moment(let moment) = value(column), !moments.contains(moment) { moments.append(moment) }
        }
        guard !moments.isEmpty else {
            tallies[rule, default: Tally()].timeless += 1
            return
        }
        var isIncomplete = false
        for plan in plans[rule] {
            let measure: MatchLine.Measure?
            line.removeAll()
            var hasGroup = true
            for column in plan.group where hasGroup {
                hasGroup = MatchLine.append(group: value(column), to: &line)
            }
            measure = plan.measures ? RuleJudge.measure(plan, value) : MatchLine.Measure.none
            guard hasGroup, let measure else {
                isIncomplete = true
                continue
            }
            let start = line.bytes
            let key = MatchLine.key(correlation: plan.use.correlation, group: start[...])
            for moment in moments {
                line.bytes = start
                MatchLine.append(time: moment, member: plan.use.member, to: &line)
                MatchLine.append(
                    MatchLine.Record(artifact: artifact, file: max(0, file), location: location), measure, to: &line)
                sorter?.add(key: key, line, tie: 0)
            }
        }
        if isIncomplete { tallies[rule, default: Tally()].incomplete += 1 }
    }

    /// What the condition looks at; nothing if a field is empty.
    private static func measure(_ plan: Plan, _ value: (Int) -> Value) -> MatchLine.Measure? {
        if plan.needsNumber {
            guard let column = plan.values.first else { return nil }
            switch value(column) {
            case .integer(let number): return .integer(number)
            case .real(let number): return number.isFinite ? .real(number) : nil
            default: return nil
            }
        }
        // Only whether two values are the same matters, and the seed of this process is known to nobody: a file can't be
        // made so that different values look the same.
        var hasher = Hasher()
        for column in plan.values {
            let value = value(column)
            if case .absent = value { return nil }
            hasher.combine(value)
        }
        return .identity(UInt64(bitPattern: Int64(hasher.finalize())))
    }

    /// Writes what is still in memory.
    mutating func finish() { sorter?.spill() }
}
