import ArtifactModel
import YAMLFormat

/// Reads the members of a rule; everything that is not as it should be is thrown with its line.
struct RuleReader {
    let file: String

    func problem(_ line: Int, _ reason: String) -> RuleProblem {
        RuleProblem(RulePlace(file: file, line: line), reason)
    }

    /// The members of a mapping with these names only.
    func members(
        _ value: YAMLValue, _ noun: String, _ allowed: [String]
    ) throws(RuleProblem) -> [String: YAMLMember] {
        var found: [String: YAMLMember] = [:]
        for member in try members(value, noun) {
            guard allowed.contains(member.name) else {
                throw problem(
                    member.line,
                    "\(noun) has no member '\(member.name)'"
                        + NearestName.suggestion(for: member.name, among: allowed))
            }
            found[member.name] = member
        }
        return found
    }

    /// The members of a mapping, whatever they are called.
    func members(_ value: YAMLValue, _ noun: String) throws(RuleProblem) -> [YAMLMember] {
        guard let members = value.mapping else {
            throw problem(value.line, "\(noun) is a mapping, and \(value.kind) stands there")
        }
        return members
    }

    func text(_ member: YAMLMember?, limit: Int = 65_535) throws(RuleProblem) -> String? {
        guard let member else { return nil }
        guard let text = member.value.text else {
            throw problem(member.line, "'\(member.name)' is text, and \(member.value.kind) stands there")
        }
        guard text.utf8.count <= limit else {
            throw problem(member.line, "'\(member.name)' has at most \(limit) characters")
        }
        return text.last == "\n" ? String(text.dropLast()) : text
    }

    /// A list of texts; one text stands for a list of one.
    func texts(_ member: YAMLMember?) throws(RuleProblem) -> [String] {
        guard let member else { return [] }
        guard let texts = member.value.texts else {
            throw problem(member.line, "'\(member.name)' is a list of texts, and \(member.value.kind) stands there")
        }
        return texts.map { $0.last == "\n" ? String($0.dropLast()) : $0 }
    }

    func values(_ member: YAMLMember) throws(RuleProblem) -> [YAMLValue] {
        guard let values = member.value.sequence else {
            throw problem(member.line, "'\(member.name)' is a list, and \(member.value.kind) stands there")
        }
        return values
    }

    func integer(_ member: YAMLMember?, _ range: ClosedRange<Int64>) throws(RuleProblem) -> Int64? {
        guard let member else { return nil }
        guard let number = member.value.scalar?.integer, range.contains(number) else {
            throw problem(
                member.line,
                "'\(member.name)' is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func truth(_ member: YAMLMember?) throws(RuleProblem) -> Bool? {
        guard let member else { return nil }
        guard let truth = member.value.scalar?.truth else {
            throw problem(member.line, "'\(member.name)' is true or false")
        }
        return truth
    }

    /// One of some words.
    func word<Word: RawRepresentable & CaseIterable>(
        _ member: YAMLMember?, _ type: Word.Type
    ) throws(RuleProblem) -> Word? where Word.RawValue == String {
        guard let member, let text = try text(member) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue)
            throw problem(
                member.line,
                "'\(member.name)' is none of the words \(words.joined(separator: ", "))"
                    + NearestName.suggestion(for: text, among: words))
        }
        return word
    }

    /// A date as `2021-07-18`.
    func date(_ member: YAMLMember?) throws(RuleProblem) -> String? {
        guard let member, let text = try text(member) else { return nil }
        guard RuleReader.isDate(text) else {
            throw problem(member.line, "'\(member.name)' is a date written as 2021-07-18")
        }
        return text
    }

    static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let month = Int(parts[1]), let day = Int(parts[2])
        else { return false }
        return (1...12).contains(month) && (1...31).contains(day)
    }
}
