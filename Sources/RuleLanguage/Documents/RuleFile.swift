public import YAMLFormat

/// A file of rules: its documents, and what could not be read of it.
///
/// Several documents in one file may share members: a document with `action: global` gives its members to all that
/// follow, `action: reset` ends that, and `action: repeat` begins with the members of the document before it.
public struct RuleFile: Sendable {
    /// The name by which problems call it.
    public let name: String
    /// The rules that could be read, in the order of the file.
    public private(set) var documents: [RuleDocument] = []
    /// Why the others could not.
    public private(set) var problems: [RuleProblem] = []

    /// Reads a file.
    public init(_ name: String, _ bytes: some Collection<UInt8>, limits: YAMLLimits = YAMLLimits()) {
        self.name = name
        let reader = RuleReader(file: name)
        var global: [YAMLMember] = []
        var previous: [YAMLMember] = []
        let found: [YAMLDocument]
        do {
            found = try YAMLDocument.documents(in: bytes, limits: limits)
        } catch {
            problems.append(reader.problem(error.line ?? 1, error.reason))
            return
        }
        for document in found {
            do throws(RuleProblem) {
                // A document without anything, as behind a last `---`.
                if document.root.scalar?.isNull == true { continue }
                var members = try reader.members(document.root, "a rule")
                let action = members.first { $0.name == "action" }
                members.removeAll { $0.name == "action" }
                switch try reader.text(action) {
                case nil: members = RuleFile.merged(global, members)
                case "global":
                    global = RuleFile.merged(global, members)
                    continue
                case "reset":
                    global = []
                    if members.isEmpty { continue }
                case "repeat": members = RuleFile.merged(previous, members)
                case .some(let word):
                    throw reader.problem(
                        action?.line ?? 1,
                        "'action' is none of the words global, reset, repeat"
                            + NearestName.suggestion(for: word, among: ["global", "reset", "repeat"]))
                }
                previous = members
                documents.append(try reader.document(members, line: document.root.line))
            } catch {
                problems.append(error)
            }
        }
    }

    /// The members of both; where both have one, mappings are joined and otherwise the second one stands.
    private static func merged(_ base: [YAMLMember], _ other: [YAMLMember]) -> [YAMLMember] {
        var members = base
        for member in other {
            guard let index = members.firstIndex(where: { $0.name == member.name }) else {
                members.append(member)
                continue
            }
            if let first = members[index].value.mapping, let second = member.value.mapping {
                members[index] = YAMLMember(
                    member.name, line: member.line,
                    YAMLValue(.mapping(merged(first, second)), line: member.value.line))
            } else {
                members[index] = member
            }
        }
        return members
    }
}

extension RuleReader {
    /// A rule of any kind.
    func document(_ members: [YAMLMember], line: Int) throws(RuleProblem) -> RuleDocument {
        let kinds = ["detection", "correlation", "filter"].filter { kind in members.contains { $0.name == kind } }
        guard kinds.count <= 1 else {
            throw problem(line, "a rule has one of 'detection', 'correlation' and 'filter', not several")
        }
        let allowed =
            RuleReader.headMembers
            + (kinds.first.map { kind in
                kind == "correlation"
                    ? [kind, "generate"] : kind == "filter" ? [kind, "logsource"] : [kind, "logsource"]
            } ?? ["detection", "correlation", "filter", "logsource"])
        let found = try self.members(YAMLValue(.mapping(members), line: line), "a rule", allowed)
        let head = try self.head(found, line: line)
        switch kinds.first {
        case "detection":
            guard let source = found["logsource"], let detection = found["detection"] else {
                throw problem(line, "a rule with a detection has a 'logsource'")
            }
            return .detection(
                DetectionRule(
                    head: head, logSource: try logSource(source),
                    detection: try self.detection(
                        try self.members(detection.value, "'detection'"), "'detection'", line: detection.line)))
        case "correlation":
            guard let correlation = found["correlation"] else { break }
            return .correlation(
                try self.correlation(correlation, head, generates: try truth(found["generate"])))
        case "filter":
            guard let source = found["logsource"], let filter = found["filter"] else {
                throw problem(line, "a filter has a 'logsource'")
            }
            var parts = try self.members(filter.value, "'filter'")
            guard let rules = parts.first(where: { $0.name == "rules" }) else {
                throw problem(filter.line, "a filter names its rules")
            }
            parts.removeAll { $0.name == "rules" }
            let names = try texts(rules)
            guard !names.isEmpty else { throw problem(rules.line, "a filter names its rules") }
            return .filter(
                FilterRule(
                    head: head, logSource: try logSource(source), rules: names,
                    detection: try detection(parts, "'filter'", line: filter.line)))
        default:
            if head.card.notCheckable != nil { return .notCheckable(head) }
        }
        throw problem(line, "a rule has a 'detection', a 'correlation' or a 'filter'")
    }
}
