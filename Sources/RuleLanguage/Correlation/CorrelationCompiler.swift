/// Fits correlations to the rules that they name, in an order in which each stands behind those that it uses.
struct CorrelationCompiler {
    let tables: [FieldTable]
    var set: RuleSet
    /// The numbers of the rules about one record, by identifier and by name.
    let rules: [String: Int]
    /// All rules that could be read, by identifier and by name.
    let known: [String: RuleHead]
    /// The numbers of the correlations that are compiled already.
    private var compiled: [String: Int] = [:]

    init(tables: [FieldTable], set: RuleSet, rules: [String: Int], known: [String: RuleHead]) {
        self.tables = tables
        self.set = set
        self.rules = rules
        self.known = known
    }

    mutating func compile(_ correlations: [CorrelationRule]) {
        var waiting = correlations
        let names = Set(correlations.flatMap { [$0.head.id, $0.head.name, $0.head.identifier].compactMap(\.self) })
        // In rounds, each taking what refers to nothing that waits: bounded, and the order of the files stays.
        while !waiting.isEmpty {
            let before = waiting.count
            var next: [CorrelationRule] = []
            for rule in waiting {
                guard rule.rules.allSatisfy({ compiled[$0] != nil || !names.contains($0) || rules[$0] != nil }) else {
                    next.append(rule)
                    continue
                }
                add(rule)
            }
            waiting = next
            guard waiting.count < before else { break }
        }
        var numbers: [String: Int] = [:]
        for (number, rule) in waiting.enumerated() {
            for name in [rule.head.id, rule.head.name, rule.head.identifier] { if let name { numbers[name] = number } }
        }
        let next = waiting.map { rule in rule.rules.lazy.compactMap { numbers[$0] }.first }
        for number in waiting.indices { set.problems.append(circle(number, next, waiting)) }
    }

    /// What is wrong with a correlation that waits for another one that waits.
    private func circle(_ start: Int, _ next: [Int?], _ waiting: [CorrelationRule]) -> RuleProblem {
        var chain = [start]
        while let following = next[chain[chain.count - 1]], following != start, chain.count <= waiting.count {
            chain.append(following)
        }
        let place = waiting[start].head.place
        guard next[chain[chain.count - 1]] == start else {
            return RuleProblem(place, "a rule that the correlation names can't be used, or refers to itself")
        }
        var names = (chain + [start]).map { waiting[$0].head.identifier }
        if names.count > 12 { names = names.prefix(6) + ["…"] + names.suffix(5) }
        return RuleProblem(place, "correlations refer to each other in a circle: \(names.joined(separator: " → "))")
    }

    private mutating func add(_ rule: CorrelationRule) {
        do throws(RuleProblem) {
            var members: [RuleSet.Correlation.Member] = []
            var artifacts: Set<String> = []
            for name in rule.rules {
                let member = try member(name, rule)
                switch member.origin {
                case .rule(let number): artifacts.formUnion(set.rules[number].artifacts)
                case .correlation(let number): artifacts.formUnion(set.correlations[number].artifacts)
                }
                members.append(member)
            }
            guard Set(members.map(\.origin)).count == members.count else {
                throw problem(rule, "the correlation names one rule twice, by its id and by its name")
            }
            let number = set.correlations.count
            for (index, member) in members.enumerated() {
                let use = RuleSet.Use(correlation: number, member: index)
                switch member.origin {
                case .rule(let origin):
                    if set.rules[origin].uses.isEmpty { set.rules[origin].isReported = false }
                    set.rules[origin].uses.append(use)
                    if rule.generates { set.rules[origin].isReported = true }
                case .correlation(let origin):
                    if set.correlations[origin].uses.isEmpty { set.correlations[origin].isReported = false }
                    set.correlations[origin].uses.append(use)
                    if rule.generates { set.correlations[origin].isReported = true }
                }
            }
            set.correlations.append(
                RuleSet.Correlation(head: rule.head, rule: rule, members: members, artifacts: artifacts.sorted()))
            for name in [rule.head.id, rule.head.name, rule.head.identifier] {
                if let name { compiled[name] = number }
            }
        } catch {
            set.problems.append(error)
        }
    }

    private func problem(_ rule: CorrelationRule, _ reason: String) -> RuleProblem {
        RuleProblem(RulePlace(file: rule.head.place.file, line: rule.line), reason)
    }

    private func member(
        _ name: String, _ rule: CorrelationRule
    ) throws(RuleProblem) -> RuleSet.Correlation.Member {
        func field(_ wanted: String) throws(RuleProblem) -> String {
            guard let alias = rule.aliases.first(where: { $0.name == wanted }) else { return wanted }
            guard let field = alias.fields[name] else {
                throw problem(rule, "the alias '\(wanted)' names no field for the rule '\(name)'")
            }
            return field
        }
        var group: [String] = []
        for wanted in rule.groupBy { group.append(try field(wanted)) }
        var values: [String] = []
        for wanted in rule.fields { values.append(try field(wanted)) }
        if let number = rules[name] {
            for artifact in set.rules[number].artifacts {
                guard let table = tables.first(where: { $0.artifact == artifact }) else { continue }
                try check(group, values, table, set.rules[number].head, rule)
            }
            return RuleSet.Correlation.Member(
                origin: .rule(number), name: name, groupFields: group, valueFields: values)
        }
        if let number = compiled[name] {
            let known = set.correlations[number].rule.groupBy
            for wanted in group + values where !known.contains(wanted) {
                throw problem(
                    rule,
                    "the correlation '\(name)' is not grouped by '\(wanted)'"
                        + NearestName.suggestion(for: wanted, among: known))
            }
            guard [.eventCount, .temporal, .temporalOrdered, .valueCount].contains(rule.kind) else {
                throw problem(
                    rule, "a correlation of this type is made over records, not over the correlation '\(name)'")
            }
            return RuleSet.Correlation.Member(
                origin: .correlation(number), name: name, groupFields: group, valueFields: values)
        }
        if known[name] != nil { throw problem(rule, "the rule '\(name)' that the correlation names can't be used") }
        throw problem(
            rule, "there is no rule '\(name)'" + NearestName.suggestion(for: name, among: known.keys))
    }

    private func check(
        _ group: [String], _ values: [String], _ table: FieldTable, _ head: RuleHead, _ rule: CorrelationRule
    ) throws(RuleProblem) {
        guard table.firstMoment != nil else {
            throw problem(
                rule, "\(table.artifact) has no field that holds a time, so its records can't be put in order")
        }
        for name in group + values where table.column(name) == nil {
            throw problem(
                rule,
                "there is no field '\(name)' in \(table.artifact)"
                    + NearestName.suggestion(for: name, among: table.columns.map(\.name)))
        }
        let needsNumber =
            rule.kind == .valueSum || rule.kind == .valueAverage
            || (rule.kind == .valuePercentile && rule.percentile != nil)
        for name in values {
            guard needsNumber, let column = table.column(name) else { continue }
            let form = table.columns[column].form
            guard form == .integer || form == .real else {
                throw problem(rule, "'\(name)' in \(table.artifact) holds \(form.words), and a number is needed")
            }
        }
    }
}
