import YAMLFormat

extension RuleReader {
    func logSource(_ member: YAMLMember) throws(RuleProblem) -> LogSource {
        let found = try members(member.value, "'logsource'", ["product", "service", "category", "definition"])
        let source = LogSource(
            product: try text(found["product"], limit: 256), service: try text(found["service"], limit: 256),
            category: try text(found["category"], limit: 256), line: member.line)
        _ = try text(found["definition"])
        guard source.product != nil || source.service != nil || source.category != nil else {
            throw problem(member.line, "'logsource' names a product, a service or a category")
        }
        return source
    }

    /// The searches and the condition, all of which stand in one mapping.
    func detection(
        _ members: [YAMLMember], _ noun: String, line: Int
    ) throws(RuleProblem) -> Detection {
        var searches: [NamedSearch] = []
        var condition: YAMLMember?
        for member in members {
            if member.name == "condition" {
                condition = member
            } else if member.name == "timeframe" {
                throw problem(member.line, "'timeframe' is not read here; a 'timespan' belongs to a correlation")
            } else {
                searches.append(
                    NamedSearch(name: member.name, search: try search(member.value, member.name), line: member.line))
            }
        }
        guard let condition else { throw problem(line, "\(noun) has a condition") }
        guard !searches.isEmpty else { throw problem(line, "\(noun) has a search, and only a condition is there") }
        let names = searches.map(\.name)
        var parts: [Condition] = []
        let texts = try self.texts(condition)
        guard !texts.isEmpty else { throw problem(condition.line, "the condition is empty") }
        for text in texts {
            do {
                parts.append(try ConditionParser.parse(text, names: names))
            } catch {
                throw problem(condition.line, error.words)
            }
        }
        let joined = parts.count == 1 ? parts[0] : Condition.any(parts)
        let used = joined.searches
        if let unused = searches.indices.first(where: { !used.contains($0) && !searches[$0].name.hasPrefix("_") }) {
            throw problem(searches[unused].line, "the condition does not use the search '\(searches[unused].name)'")
        }
        return Detection(searches: searches, condition: joined, line: condition.line)
    }

    private func search(_ value: YAMLValue, _ name: String) throws(RuleProblem) -> Search {
        switch value.content {
        case .scalar: return .test(try test("", value, value.line))
        case .mapping(let members):
            guard !members.isEmpty else { throw problem(value.line, "the search '\(name)' is empty") }
            var parts: [Search] = []
            for member in members { parts.append(.test(try test(member.name, member.value, member.line))) }
            return parts.count == 1 ? parts[0] : .all(parts)
        case .sequence(let values):
            guard !values.isEmpty else { throw problem(value.line, "the search '\(name)' is empty") }
            var parts: [Search] = []
            for value in values {
                guard value.sequence == nil else {
                    throw problem(value.line, "a list in a list is not read in a search")
                }
                parts.append(try search(value, name))
            }
            return parts.count == 1 ? parts[0] : .any(parts)
        }
    }

    /// `field|modifier|modifier: value`, or a list of values.
    private func test(_ key: String, _ value: YAMLValue, _ line: Int) throws(RuleProblem) -> FieldTest {
        let parts = key.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        var modifiers: [Modifier] = []
        for word in parts.dropFirst() { modifiers.append(try modifier(word, line)) }
        guard Set(modifiers).count == modifiers.count else {
            throw problem(line, "'\(key)' has a modifier twice")
        }
        var values: [YAMLScalar] = []
        for element in value.sequence ?? [value] {
            guard let scalar = element.scalar else {
                throw problem(element.line, "'\(key)' is compared with values, and \(element.kind) stands there")
            }
            values.append(scalar)
        }
        guard !values.isEmpty else { throw problem(line, "'\(key)' is compared with nothing: the list is empty") }
        guard values.count == 1 || !values.contains(where: \.isNull) else {
            throw problem(line, "null stands alone; write a search of its own for '\(parts[0])' and null")
        }
        let field = parts.first.flatMap { $0.isEmpty ? nil : $0 }
        let test = FieldTest(field: field, modifiers: modifiers, values: values, line: line)
        try ModifierLaws.check(test, self)
        return test
    }

    private func modifier(_ word: String, _ line: Int) throws(RuleProblem) -> Modifier {
        if let modifier = Modifier(rawValue: word) { return modifier }
        switch word {
        case "expand":
            throw problem(
                line, "'expand' is not read: Bridle has no lists of names from outside to put in; write the values out")
        case "week":
            throw problem(line, "'week' is not read: weeks are counted in several ways; use gte and lte with dates")
        default:
            throw problem(
                line,
                "there is no modifier '\(word)'"
                    + NearestName.suggestion(for: word, among: Modifier.allCases.map(\.rawValue)))
        }
    }
}
