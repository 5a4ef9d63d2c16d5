import ArtifactModel
import RuleLanguage

/// The card of a rule as a page for people.
struct RulePage {
    /// A part of a page: a heading with lines under it.
    private typealias Part = (heading: String, lines: [String])

    let head: RuleHead
    let kind: String
    let artifacts: [String]
    private let parts: [Part]

    /// The page of a rule of a set.
    init(_ rule: RuleSet.Rule) {
        let use = rule.isReported ? "one record" : "one record; it serves other rules and gives no finding of its own"
        self.init(rule.head, "a rule about " + use, rule.artifacts, [])
    }

    /// The page of a rule over several records.
    init(_ correlation: RuleSet.Correlation) {
        let rule = correlation.rule
        var lines = ["\(rule.kind.rawValue) over: " + correlation.members.map(\.name).joined(separator: ", ")]
        lines.append("within \(RulePage.words(microseconds: rule.timespan)), borders included")
        if !rule.groupBy.isEmpty { lines.append("separately for each " + rule.groupBy.joined(separator: " and ")) }
        let field = rule.fields.isEmpty ? "" : rule.fields.joined(separator: " and ") + " "
        for threshold in rule.thresholds {
            lines.append("\(field)\(threshold.comparison.rawValue) \(RulePage.words(threshold.number))")
        }
        if let percentile = rule.percentile { lines.append("percentile \(percentile)") }
        self.init(
            correlation.head, "a rule over several records", correlation.artifacts, [("What it asks", lines)])
    }

    /// The page of something that is not run.
    init(idle head: RuleHead) {
        let reason = head.card.notCheckable ?? "The rule is \(head.status?.rawValue ?? "not used")."
        self.init(head, "not run", [], [("Why it can't be checked", [reason])])
    }

    private init(_ head: RuleHead, _ kind: String, _ artifacts: [String], _ asked: [Part]) {
        self.head = head
        self.kind = kind
        self.artifacts = artifacts
        let card = head.card
        var parts: [Part] = []
        func add(_ heading: String, _ lines: [String]) {
            if !lines.isEmpty { parts.append((heading, lines)) }
        }
        add("", head.description.map { [$0] } ?? [])
        parts += asked
        add("Looks at", artifacts)
        add("Where", card.surface.map { [$0] } ?? [])
        add("Family", card.family.map { [$0] } ?? [])
        add("Releases", card.releases.map { [$0.words] } ?? [])
        add("What a record shows", card.state.map { [$0.rawValue] } ?? [])
        add("What it means", card.meaning.map { [$0] } ?? [])
        add("What it does not prove", card.limits.map { [$0] } ?? [])
        add("Ordinary causes", head.falsePositives)
        add("What to do next", card.nextStep.map { [$0] } ?? [])
        add(
            "On devices that nobody suspects",
            card.measured.isEmpty && card.meaning != nil && kind != "not run"
                ? ["Not measured."] : card.measured.map { "\($0.hits) of \($0.records) records, \($0.corpus)" })
        add("Sources", head.citations.map(\.citation))
        add("Examples", ["fires on \(card.fires.count), stays quiet on \(card.quiet.count)"])
        self.parts = parts
    }

    /// Lines for a terminal.
    var text: String {
        var lines = [head.identifier, head.title, ""]
        lines.append(
            "\(kind), \(head.severity.word), \(head.status?.rawValue ?? "no status"), version \(head.card.version)")
        for part in parts {
            lines.append("")
            if !part.heading.isEmpty { lines.append(part.heading) }
            lines += part.lines.map { (part.heading.isEmpty ? "" : "  ") + $0.replacing("\n", with: " ") }
        }
        lines += ["", head.place.description]
        return lines.joined(separator: "\n")
    }

    /// A section in Markdown.
    var markdown: String {
        var lines = ["## `\(head.identifier)`", "", "**\(head.title.markdown)**"]
        lines.append("")
        lines.append(
            "\(kind), \(head.severity.word), \(head.status?.rawValue ?? "no status"), version \(head.card.version)")
        for part in parts {
            lines.append("")
            let texts = part.lines.map { $0.replacing("\n", with: " ").markdown }
            if part.heading.isEmpty {
                lines += texts
            } else if texts.count == 1 {
                lines.append("*\(part.heading):* \(texts[0])")
            } else {
                lines += ["*\(part.heading):*", ""] + texts.map { "- " + $0 }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func words(microseconds: Int64) -> String {
        let seconds = microseconds / 1_000_000
        for (unit, length) in [("days", 86_400), ("hours", 3_600), ("minutes", 60)] as [(String, Int64)]
        where seconds >= length && seconds % length == 0 {
            return "\(seconds / length) \(unit)"
        }
        return "\(seconds) seconds"
    }

    private static func words(_ number: Double) -> String {
        Int64(exactly: number).map(String.init) ?? "\(number)"
    }
}

extension RuleSet {
    /// The pages of all rules, in byte order of the identifiers.
    var pages: [RulePage] {
        (rules.map { RulePage($0) } + correlations.map { RulePage($0) } + idle.map { RulePage(idle: $0) })
            .sorted { $0.head.identifier.utf8.lexicographicallyPrecedes($1.head.identifier.utf8) }
    }
}

extension String {
    /// The text with the characters escaped that Markdown has a use for.
    fileprivate var markdown: String {
        var text = ""
        for character in self {
            if "\\`*_<>|[]#".contains(character) { text.append("\\") }
            text.append(character)
        }
        return text
    }
}
