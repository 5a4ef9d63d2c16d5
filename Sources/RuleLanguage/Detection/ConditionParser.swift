/// Reads `selection and not 1 of filter*`.
///
/// From the least to the most binding: `or`, `and`, `not`, `x of y`, brackets.
struct ConditionParser {
    /// Brackets within brackets.
    private static let depthLimit = 64

    private let tokens: [String]
    private let names: [String]
    private var position = 0
    private var depth = 0

    /// Parses a condition over searches with these names; throws the reason.
    static func parse(_ text: String, names: [String]) throws(Reason) -> Condition {
        guard text.utf8.count <= 16_384 else { throw Reason("a condition has at most 16,384 characters") }
        guard !text.contains("|") else {
            throw Reason("a condition has no '|'; what counts records over time is a correlation of its own")
        }
        var parser = ConditionParser(tokens: tokens(of: text), names: names)
        let condition = try parser.either()
        guard parser.position == parser.tokens.count else {
            throw Reason("the condition goes on behind its end with '\(parser.tokens[parser.position])'")
        }
        return condition
    }

    /// What is wrong.
    struct Reason: Error {
        let words: String
        init(_ words: String) { self.words = words }
    }

    private init(tokens: [String], names: [String]) {
        self.tokens = tokens
        self.names = names
    }

    private static func tokens(of text: String) -> [String] {
        var tokens: [String] = []
        var word = ""
        for character in text {
            if character.isWhitespace || character == "(" || character == ")" {
                if !word.isEmpty { tokens.append(word) }
                word = ""
                if !character.isWhitespace { tokens.append(String(character)) }
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? tokens : tokens + [word]
    }

    private var next: String? { position < tokens.count ? tokens[position] : nil }

    private mutating func take(_ word: String) -> Bool {
        guard next?.lowercased() == word else { return false }
        position += 1
        return true
    }

    private mutating func either() throws(Reason) -> Condition {
        var parts = [try both()]
        while take("or") { parts.append(try both()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func both() throws(Reason) -> Condition {
        var parts = [try negated()]
        while take("and") { parts.append(try negated()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negated() throws(Reason) -> Condition {
        var isNegated = false
        while take("not") { isNegated.toggle() }
        let condition = try operand()
        return isNegated ? .not(condition) : condition
    }

    private mutating func operand() throws(Reason) -> Condition {
        guard let word = next else { throw Reason("the condition ends where the name of a search is expected") }
        if take("(") {
            depth += 1
            guard depth <= ConditionParser.depthLimit else {
                throw Reason("a condition has at most \(ConditionParser.depthLimit) brackets within brackets")
            }
            let condition = try either()
            guard take(")") else { throw Reason("a bracket of the condition is not closed") }
            depth -= 1
            return condition
        }
        position += 1
        if ["1", "any", "all"].contains(word.lowercased()), take("of") { return try quantified(word.lowercased()) }
        if let number = names.firstIndex(of: word) { return .search(number) }
        if Int(word) != nil, next?.lowercased() == "of" {
            throw Reason("'\(word) of' is not said in a condition; '1 of' and 'all of' are")
        }
        guard ![")", "and", "or", "of"].contains(word.lowercased()) else {
            throw Reason("the condition has '\(word)' where the name of a search is expected")
        }
        throw Reason("there is no search '\(word)'" + NearestName.suggestion(for: word, among: names))
    }

    private mutating func quantified(_ quantity: String) throws(Reason) -> Condition {
        guard let pattern = next else { throw Reason("'\(quantity) of' is followed by 'them' or a name with *") }
        position += 1
        let found = names.indices.filter { index in
            pattern.lowercased() == "them"
                ? !names[index].hasPrefix("_") : ConditionParser.matches(names[index], pattern)
        }
        guard !found.isEmpty else {
            throw Reason(
                "no search has a name like '\(pattern)'" + NearestName.suggestion(for: pattern, among: names))
        }
        let parts = found.map { Condition.search($0) }
        if parts.count == 1 { return parts[0] }
        return quantity == "all" ? .all(parts) : .any(parts)
    }

    /// Whether a name has the form of a pattern with `*`; the last `*` is the only one that is tried again.
    private static func matches(_ name: String, _ pattern: String) -> Bool {
        let (name, pattern) = (Array(name.utf8), Array(pattern.utf8))
        var (position, wanted) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while position < name.count {
            if wanted < pattern.count, pattern[wanted] == UInt8(ascii: "*") {
                star = (wanted, position)
                wanted += 1
            } else if wanted < pattern.count, pattern[wanted] == name[position] {
                wanted += 1
                position += 1
            } else if let last = star {
                wanted = last.pattern + 1
                position = last.name + 1
                star = (last.pattern, position)
            } else {
                return false
            }
        }
        return pattern[wanted...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
