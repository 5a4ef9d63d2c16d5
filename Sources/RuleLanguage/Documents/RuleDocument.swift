/// One document of a file of rules.
public enum RuleDocument: Sendable, Hashable {
    /// A rule about one record.
    case detection(DetectionRule)
    /// A rule about several records and their times.
    case correlation(CorrelationRule)
    /// A condition that is added to other rules.
    case filter(FilterRule)
    /// A published trace that can't be checked, with the reason.
    case notCheckable(RuleHead)

    /// What all rules have.
    public var head: RuleHead {
        switch self {
        case .detection(let rule): rule.head
        case .correlation(let rule): rule.head
        case .filter(let rule): rule.head
        case .notCheckable(let head): head
        }
    }
}

/// Which records a rule looks at.
public struct LogSource: Sendable, Hashable {
    /// `ios` or `android`.
    public var product: String?
    /// An artefact's identifier, or its last part.
    public var service: String?
    /// A group of artefacts: a family (`network`), or what their fields hold (`process-name`).
    public var category: String?
    /// Where it stands.
    public var line: Int
}

/// A rule about one record.
public struct DetectionRule: Sendable, Hashable {
    /// What all rules have.
    public var head: RuleHead
    /// Which records.
    public var logSource: LogSource
    /// The question.
    public var detection: Detection
}

/// A condition that is added to other rules: they fire only where it holds too.
public struct FilterRule: Sendable, Hashable {
    /// What all rules have.
    public var head: RuleHead
    /// Which records the rules that it is added to look at.
    public var logSource: LogSource
    /// The rules, by identifier or name.
    public var rules: [String]
    /// The condition that has to hold too.
    public var detection: Detection
}
