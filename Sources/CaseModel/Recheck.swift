public import Primitives

/// What became of an earlier case when its stored records were judged again.
public struct Recheck: Sendable, Hashable {
    /// A finding that is new, or one that is no longer made.
    public struct Change: Sendable, Hashable {
        /// The finding's identifier.
        public var identifier: String
        /// The word of its severity.
        public var severity: String
        /// Its title.
        public var title: String
        /// The artefact's identifier.
        public var artifact: String
        /// The moment of its record.
        public var moment: Timestamp?
        /// Its place in words.
        public var place: String
        /// The indicator's value and the file it was loaded from.
        public var value: String
        /// The file that the indicator was loaded from.
        public var source: String
        /// The identifier of the rule; empty if it was an indicator.
        public var rule: String
        /// Whether another file of indicators had, or has, the same value for the same place.
        public var isKnownOtherwise: Bool

        /// Joins the parts.
        public init(
            identifier: String, severity: String, title: String, artifact: String, moment: Timestamp?, place: String,
            value: String, source: String, rule: String = "", isKnownOtherwise: Bool
        ) {
            self.identifier = identifier
            self.severity = severity
            self.title = title
            self.artifact = artifact
            self.moment = moment
            self.place = place
            self.value = value
            self.source = source
            self.rule = rule
            self.isKnownOtherwise = isKnownOtherwise
        }
    }

    /// What became of findings, counted.
    public struct Counts: Sendable, Hashable {
        /// Findings that were not there before.
        public var added = 0
        /// Findings that are no longer made.
        public var gone = 0
        /// Findings that are as they were.
        public var unchanged = 0
        /// Findings that were taken over.
        public var carried = 0

        /// Nothing counted yet.
        public init() {}
    }

    /// How many changes are listed.
    public static let listed = 500

    /// The earlier case, as given.
    public var earlierCase: String
    /// The version of the tool that made it.
    public var earlierVersion: String
    /// When its check ended.
    public var earlierEnd: Timestamp
    /// The digest of the indicators that it used.
    public var earlierDigest: String
    /// The first findings that were not there before, in their order.
    public var added: [Change] = []
    /// How many there are.
    public var addedCount = 0
    /// The first findings that no current indicator and no current rule makes, in the order of the earlier case.
    public var gone: [Change] = []
    /// How many there are.
    public var goneCount = 0
    /// How many findings are as they were.
    public var unchangedCount = 0
    /// How many findings were taken over because stored records can't be asked again: those of checks, those of rules
    /// that look at more than was stored or are not there any more, and those whose records can't be read.
    public var carriedCount = 0
    /// How many of all these are findings of rules.
    public var ofRules = Counts()
    /// What only the evidence itself could answer, in sentences.
    public var onlyTheEvidence: [String] = []

    /// A recheck that found nothing different yet.
    public init(earlierCase: String, earlierVersion: String, earlierEnd: Timestamp, earlierDigest: String) {
        self.earlierCase = earlierCase
        self.earlierVersion = earlierVersion
        self.earlierEnd = earlierEnd
        self.earlierDigest = earlierDigest
    }
}
