import YAMLFormat

/// Which modifiers go together.
enum ModifierLaws {
    static let placement: [Modifier] = [.contains, .startswith, .endswith]
    static let comparison: [Modifier] = [.lt, .lte, .gt, .gte]
    static let datePart: [Modifier] = [.minute, .hour, .day, .month, .year]
    static let encoding: [Modifier] = [.utf16le, .utf16be, .utf16, .wide]

    /// Throws if the modifiers of a test contradict each other or its values.
    static func check(_ test: FieldTest, _ reader: RuleReader) throws(RuleProblem) {
        func refuse(_ reason: String) -> RuleProblem { reader.problem(test.line, reason) }
        func words(_ modifiers: [Modifier]) -> String { modifiers.map(\.rawValue).joined(separator: ", ") }
        func atMostOne(_ group: [Modifier]) throws(RuleProblem) {
            let found = test.modifiers.filter(group.contains)
            guard found.count <= 1 else { throw refuse("'\(words(found))' contradict each other; keep one of them") }
        }
        func alone(_ modifier: Modifier, with allowed: [Modifier]) throws(RuleProblem) {
            guard test.has(modifier) else { return }
            if let other = test.modifiers.first(where: { $0 != modifier && !allowed.contains($0) }) {
                throw refuse("'\(modifier.rawValue)' and '\(other.rawValue)' do not go together")
            }
        }
        for group in [placement, comparison, datePart, encoding, [.base64, .base64offset]] { try atMostOne(group) }
        for modifier in [Modifier.i, .m, .s] where test.has(modifier) && !test.has(.re) {
            throw refuse("'\(modifier.rawValue)' belongs behind 're'")
        }
        try alone(.re, with: [.i, .m, .s, .all, .neq])
        try alone(.exists, with: [])
        try alone(.cidr, with: [.all, .neq])
        try alone(.fieldref, with: placement + comparison + [.cased, .neq, .all])
        for modifier in comparison { try alone(modifier, with: datePart + [.fieldref]) }
        for modifier in datePart { try alone(modifier, with: comparison + [.neq]) }
        if let encoding = test.modifiers.first(where: encoding.contains), !test.has(.base64), !test.has(.base64offset) {
            throw refuse("'\(encoding.rawValue)' stands before 'base64' or 'base64offset'")
        }
        guard !test.has(.all) || test.values.count > 1 else {
            throw refuse("'all' needs more than one value; leave it out")
        }
        if test.field == nil {
            let allowed: [Modifier] = [.all, .re, .i, .m, .s, .cased, .contains, .windash]
            if let other = test.modifiers.first(where: { !allowed.contains($0) }) {
                throw refuse("'\(other.rawValue)' needs a field before it")
            }
            guard !test.values.contains(where: \.isNull) else { throw refuse("null needs a field before it") }
        }
    }
}
