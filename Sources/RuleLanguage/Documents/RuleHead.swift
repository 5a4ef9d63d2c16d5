public import ArtifactModel

/// What all rules have: the members that say which rule it is, and what a reader should know.
public struct RuleHead: Sendable, Hashable {
    /// How far a rule is trusted by who wrote it.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// The words of Sigma.
        case stable, test, experimental, deprecated, unsupported
    }

    /// Where it stands.
    public var place: RulePlace
    /// One line.
    public var title: String
    /// The identifier, if there is one.
    public var id: String?
    /// A name that correlations can use in place of the identifier.
    public var name: String?
    /// How far it is trusted.
    public var status: Status?
    /// What it finds, in sentences.
    public var description: String?
    /// Addresses of sources.
    public var references: [String] = []
    /// Who wrote it.
    public var author: String?
    /// When it was written, as `2021-07-18`.
    public var date: String?
    /// When it was last changed.
    public var modified: String?
    /// Labels.
    public var tags: [String] = []
    /// Fields that are of interest to a reader.
    public var fields: [String] = []
    /// Ordinary causes of the same trace.
    public var falsePositives: [String] = []
    /// How much it should worry.
    public var level: Severity?
    /// What stands under `bridle:`.
    public var card = RuleCard()

    /// What the rule is called in outputs: its name, which people can read, its id, or its title in small letters.
    public var identifier: String {
        if let name { return name }
        if let id { return id }
        let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "untitled" : words.joined(separator: "-")
    }

    /// How much it should worry; a rule that does not say so should not worry much.
    public var severity: Severity { level ?? .low }

    /// The sources with their organisations, or else the bare addresses.
    public var citations: [Reference] {
        card.sources.isEmpty ? references.map { Reference("", "", link: $0) } : card.sources
    }
}
