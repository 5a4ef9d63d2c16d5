import ArtifactModel
import YAMLFormat

extension RuleReader {
    /// The members that all kinds of rules have, in Sigma's words.
    static let headMembers = [
        "title", "id", "name", "related", "taxonomy", "status", "description", "license", "references", "author",
        "date", "modified", "fields", "falsepositives", "level", "tags", "scope", "bridle",
    ]

    /// The members that all rules have.
    func head(_ members: [String: YAMLMember], line: Int) throws(RuleProblem) -> RuleHead {
        guard let title = try text(members["title"], limit: 256), !title.isEmpty else {
            throw problem(line, "a rule has a title")
        }
        var head = RuleHead(place: RulePlace(file: file, line: line), title: title)
        head.id = try identifier(members["id"])
        head.name = try identifier(members["name"])
        head.status = try word(members["status"], RuleHead.Status.self)
        head.description = try text(members["description"])
        head.references = try texts(members["references"])
        head.author = try text(members["author"])
        head.date = try date(members["date"])
        head.modified = try date(members["modified"])
        head.tags = try tags(members["tags"])
        head.fields = try texts(members["fields"])
        head.falsePositives = try texts(members["falsepositives"])
        head.level = try level(members["level"])
        try related(members["related"])
        for name in ["taxonomy", "license"] { _ = try text(members[name], limit: 256) }
        _ = try texts(members["scope"])
        if let card = members["bridle"] { head.card = try self.card(card.value) }
        return head
    }

    /// A word that other rules, options and files can name.
    private func identifier(_ member: YAMLMember?) throws(RuleProblem) -> String? {
        guard let member, let text = try text(member, limit: 256) else { return nil }
        guard !text.isEmpty, text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
            throw problem(member.line, "'\(member.name)' is one word")
        }
        return text
    }

    private func tags(_ member: YAMLMember?) throws(RuleProblem) -> [String] {
        let tags = try texts(member)
        for tag in tags {
            let parts = tag.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            let isTag =
                parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
                && tag.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (48...57).contains($0) || [0x5F, 0x2D, 0x2E].contains($0)
                }
            guard isTag else {
                throw problem(
                    member?.line ?? 1, "a tag is written in small letters with a dot: 'attack.t1204', not '\(tag)'")
            }
        }
        return tags
    }

    private func level(_ member: YAMLMember?) throws(RuleProblem) -> Severity? {
        guard let member, let text = try text(member) else { return nil }
        guard let severity = Severity(word: text) else {
            let words = Severity.allCases.map(\.word)
            throw problem(
                member.line,
                "'level' is none of the words \(words.joined(separator: ", "))"
                    + NearestName.suggestion(for: text, among: words))
        }
        return severity
    }

    private func related(_ member: YAMLMember?) throws(RuleProblem) {
        guard let member else { return }
        for value in try values(member) {
            let found = try members(value, "a related rule", ["id", "type"])
            guard let type = try text(found["type"]), found["id"] != nil else {
                throw problem(value.line, "a related rule has an id and a type")
            }
            let types = ["derived", "obsolete", "obsoletes", "merged", "renamed", "similar", "correlation"]
            guard types.contains(type) else {
                throw problem(
                    value.line,
                    "'type' is none of the words \(types.joined(separator: ", "))"
                        + NearestName.suggestion(for: type, among: types))
            }
        }
    }
}
