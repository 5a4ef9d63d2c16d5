/// Rules that fit together and to the artefacts: what a run is given.
public struct RuleSet: Sendable {
    /// A rule about one record.
    public struct Rule: Sendable {
        /// What the rule says of itself.
        public var head: RuleHead
        /// The artefacts whose records it looks at, in byte order.
        public var artifacts: [String]
        /// Whether it gives findings of its own; a rule that only serves a correlation gives none.
        public internal(set) var isReported = true
        /// The correlations that use it, and as which of their members.
        public internal(set) var uses: [Use] = []
    }

    /// A place of a rule in a correlation.
    public struct Use: Sendable, Hashable {
        /// The number of the correlation.
        public var correlation: Int
        /// The number of the member.
        public var member: Int
    }

    /// A rule about several records.
    public struct Correlation: Sendable {
        /// A rule of which it takes the matches.
        public struct Member: Sendable, Hashable {
            /// Where the matches come from.
            public enum Origin: Sendable, Hashable {
                /// A rule about one record, by its number.
                case rule(Int)
                /// Another correlation, by its number, which is always lower.
                case correlation(Int)
            }

            /// Where the matches come from.
            public var origin: Origin
            /// How the file calls it.
            public var name: String
            /// The fields that separate the groups, one for each name of `group-by`.
            public var groupFields: [String]
            /// The fields of the condition.
            public var valueFields: [String]
        }

        /// What the rule says of itself.
        public var head: RuleHead
        /// As it was written.
        public var rule: CorrelationRule
        /// Its rules.
        public var members: [Member]
        /// The artefacts whose records it looks at, in byte order.
        public var artifacts: [String]
        /// Whether it gives findings of its own.
        public internal(set) var isReported = true
        /// The correlations that use it, and as which of their members.
        public internal(set) var uses: [Use] = []
    }

    /// The rules about one record, in the order of the files.
    public internal(set) var rules: [Rule] = []
    /// The rules about several records; each stands behind those that it uses.
    public internal(set) var correlations: [Correlation] = []
    /// Published traces that can't be checked, and rules that are no longer used.
    public internal(set) var idle: [RuleHead] = []
    /// What has to be asked of the records of each artefact, by its identifier.
    public internal(set) var programs: [String: ArtifactProgram] = [:]
    /// Why the other rules are not used, in the order of the files.
    public internal(set) var problems: [RuleProblem] = []

    /// No rules.
    public init() {}

    /// Whether nothing is asked.
    public var isEmpty: Bool { rules.isEmpty && correlations.isEmpty }
    /// How many rules there are.
    public var count: Int { rules.count + correlations.count }

    /// All heads, in byte order of the identifiers.
    public var heads: [RuleHead] {
        (rules.map(\.head) + correlations.map(\.head) + idle).sorted { $0.identifier < $1.identifier }
    }
}
