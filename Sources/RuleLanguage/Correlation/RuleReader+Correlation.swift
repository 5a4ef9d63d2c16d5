import YAMLFormat

extension RuleReader {
    private static let correlationMembers = [
        "type", "rules", "aliases", "group-by", "timespan", "condition", "generate",
    ]

    func correlation(_ member: YAMLMember, _ head: RuleHead, generates: Bool?) throws(RuleProblem) -> CorrelationRule {
        let found = try members(member.value, "'correlation'", RuleReader.correlationMembers)
        guard let kind = try word(found["type"], CorrelationRule.Kind.self) else {
            throw problem(member.line, "a correlation has a type")
        }
        let rules = try texts(found["rules"])
        guard !rules.isEmpty else { throw problem(member.line, "a correlation names its rules") }
        guard rules.count <= 64 else { throw problem(member.line, "a correlation has at most 64 rules") }
        guard Set(rules).count == rules.count else {
            throw problem(member.line, "a correlation names each rule once")
        }
        guard let span = found["timespan"], let text = try text(span) else {
            throw problem(member.line, "a correlation has a timespan")
        }
        guard let timespan = RuleReader.microseconds(text) else {
            throw problem(span.line, "'timespan' is a number and a letter: 30s, 15m, 36h, 7d, 2w; at most 100 years")
        }
        let groupBy = try texts(found["group-by"])
        guard Set(groupBy).count == groupBy.count else {
            throw problem(member.line, "'group-by' names each field once")
        }
        var rule = CorrelationRule(
            head: head, kind: kind, rules: rules, groupBy: groupBy,
            aliases: try aliases(found["aliases"], rules), timespan: timespan, thresholds: [], fields: [],
            percentile: nil, generates: try truth(found["generate"]) ?? generates ?? false, line: member.line)
        try condition(found["condition"], of: &rule)
        return rule
    }

    private func aliases(
        _ member: YAMLMember?, _ rules: [String]
    ) throws(RuleProblem) -> [CorrelationRule.Alias] {
        guard let member else { return [] }
        var aliases: [CorrelationRule.Alias] = []
        for alias in try members(member.value, "'aliases'") {
            var fields: [String: String] = [:]
            for field in try members(alias.value, "an alias") {
                guard rules.contains(field.name) else {
                    throw problem(
                        field.line,
                        "the correlation has no rule '\(field.name)'"
                            + NearestName.suggestion(for: field.name, among: rules))
                }
                fields[field.name] = try text(field)
            }
            aliases.append(CorrelationRule.Alias(name: alias.name, fields: fields))
        }
        return aliases
    }

    private func condition(_ member: YAMLMember?, of rule: inout CorrelationRule) throws(RuleProblem) {
        let isTemporal = rule.kind == .temporal || rule.kind == .temporalOrdered
        guard let member else {
            guard isTemporal else { throw problem(rule.line, "a correlation of this type has a condition") }
            return
        }
        let comparisons = CorrelationRule.Threshold.Comparison.allCases
        let found = try members(member.value, "the condition", comparisons.map(\.rawValue) + ["field", "percentile"])
        for comparison in comparisons {
            guard let threshold = found[comparison.rawValue] else { continue }
            guard let number = threshold.value.scalar?.number, number.isFinite else {
                throw problem(threshold.line, "'\(comparison.rawValue)' is followed by a number")
            }
            rule.thresholds.append(CorrelationRule.Threshold(comparison, number))
        }
        guard !rule.thresholds.isEmpty else {
            throw problem(member.line, "the condition compares with a number: gte: 5")
        }
        if rule.kind == .temporalOrdered {
            throw problem(
                member.line, "temporal_ordered has no condition: all of its rules fire, one after the other")
        }
        rule.fields = try texts(found["field"])
        if rule.kind.needsField {
            guard !rule.fields.isEmpty else {
                throw problem(member.line, "the condition of this type names a field")
            }
            guard rule.fields.count == 1 || rule.kind == .valueCount else {
                throw problem(member.line, "the condition of this type names one field")
            }
        } else if let field = found["field"] {
            throw problem(field.line, "the condition of this type names no field; it counts records")
        }
        if let percentile = found["percentile"] {
            guard rule.kind == .valuePercentile else {
                throw problem(percentile.line, "'percentile' belongs to value_percentile")
            }
            rule.percentile = Int(try integer(percentile, 1...100) ?? 50)
        }
    }

    /// The microseconds of `90m`.
    static func microseconds(_ text: String) -> Int64? {
        guard text.utf8.count <= 10, let unit = text.last, let number = Int64(text.dropLast()), number > 0,
            text.utf8.first != UInt8(ascii: "+")
        else { return nil }
        let seconds: Int64
        switch unit {
        case "s": seconds = 1
        case "m": seconds = 60
        case "h": seconds = 3_600
        case "d": seconds = 86_400
        case "w": seconds = 604_800
        default: return nil
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: seconds)
        return overflow || product > 100 * 366 * 86_400 ? nil : product * 1_000_000
    }
}
