public import ArtifactModel
public import YAMLFormat

/// What a reader must know before believing a rule: the members under `bridle:` in its file.
public struct RuleCard: Sendable, Hashable {
    /// Releases of the operating system between which the pattern was seen, as published.
    public struct Releases: Sendable, Hashable {
        /// The first, if one is known.
        public var from: String?
        /// The last, if one is known.
        public var to: String?

        /// "14.4 to 14.4.2"
        public var words: String {
            switch (from, to) {
            case (let from?, let to?): "\(from) to \(to)"
            case (let from?, nil): "from \(from)"
            case (nil, let to?): "up to \(to)"
            case (nil, nil): "any"
            }
        }
    }

    /// How often it fired on data of devices on which nothing was planted.
    public struct Measurement: Sendable, Hashable {
        /// Which data.
        public var corpus: String
        /// How many records it looked at.
        public var records: Int64
        /// On how many of them it fired.
        public var hits: Int64
    }

    /// The version of the rule, from 1; it grows with every change of what the rule fires on.
    public var version = 1
    /// Where the trace lies, in words: "data usage of processes".
    public var surface: String?
    /// The spyware family that the pattern was published for, under the name that the public indicator sets use.
    public var family: String?
    /// The releases of the operating system.
    public var releases: Releases?
    /// What a record shows if the rule fires.
    public var state: Observable.State?
    /// What the record says, and which published pattern that is.
    public var meaning: String?
    /// What it does not prove.
    public var limits: String?
    /// What to do next, in the order that keeps evidence.
    public var nextStep: String?
    /// Where the pattern was published.
    public var sources: [Reference] = []
    /// The moment fields by which a correlation puts the records in order; empty for the first one.
    public var times: [String] = []
    /// Records on which it fires.
    public var fires: [RuleExample] = []
    /// Records on which it stays quiet.
    public var quiet: [RuleExample] = []
    /// How often it fired on data of devices on which nothing was planted.
    public var measured: [Measurement] = []
    /// Why a published trace can't be checked, for entries that only say so.
    public var notCheckable: String?

    /// A card without any member.
    public init() {}
}

/// Records that a rule is tried with.
public struct RuleExample: Sendable, Hashable {
    /// One record, as a mapping of its fields.
    public struct Entry: Sendable, Hashable {
        /// The artefact, if the example names one.
        public var artifact: String?
        /// The fields that have a value.
        public var fields: [YAMLMember]
        /// The line of the file.
        public var line: Int
    }

    /// The records, in no particular order.
    public var entries: [Entry]
    /// The line of the file.
    public var line: Int
}
