public import ArtifactModel
public import Primitives

/// A record that matches something published, with all that a reader must know to judge it.
public struct Finding: Sendable, Hashable, Identifiable {
    /// Why the record was singled out.
    public enum Cause: Sendable, Hashable {
        /// A published indicator.
        case indicator(IndicatorCitation)
        /// A check that stands in Swift beside its artefact.
        case check(identifier: String, references: [Reference])
        /// A rule that was loaded as data, over one record or over several.
        case rule(RuleCitation)

        /// The word of the `kind` member.
        public var word: String {
            switch self {
            case .indicator: "indicator"
            case .check: "check"
            case .rule: "rule"
            }
        }
    }

    /// The indicator, as published and as found.
    public struct IndicatorCitation: Sendable, Hashable {
        /// `domain-name`, `process:name` …: the type as the publisher wrote it.
        public var type: String
        /// The value as published.
        public var value: String
        /// The part of the record that matched.
        public var observed: String
        /// How it matched: `exact`, `subdomain`, `path-prefix` …
        public var match: String
        /// The spyware that the publisher names.
        public var family: String?
        /// The file that it was loaded from.
        public var source: String
        /// Where it was published.
        public var reference: String?
        /// The short link of the record that led to what was observed, if that does not stand in the record itself.
        public var resolution: Resolution?

        /// Joins the parts.
        public init(
            type: String, value: String, observed: String, match: String, family: String?, source: String,
            reference: String?, resolution: Resolution? = nil
        ) {
            self.type = type
            self.value = value
            self.observed = observed
            self.match = match
            self.family = family
            self.source = source
            self.reference = reference
            self.resolution = resolution
        }
    }

    /// A short link that stands in a record, and when its service was asked where it leads.
    public struct Resolution: Sendable, Hashable {
        /// The link.
        public var link: String
        /// When it was asked, by the clock of the machine that asked.
        public var asked: Timestamp

        /// Joins the two.
        public init(link: String, asked: Timestamp) {
            self.link = link
            self.asked = asked
        }
    }

    /// A rule, as far as a reader needs it to look the rule up.
    public struct RuleCitation: Sendable, Hashable {
        /// The identifier in the rule's file.
        public var identifier: String
        /// The version in the rule's file, from 1.
        public var version: Int
        /// Whether it looks at several records and their times.
        public var isCorrelation: Bool
        /// Where the pattern was published.
        public var references: [Reference]

        /// Joins the parts.
        public init(identifier: String, version: Int, isCorrelation: Bool, references: [Reference]) {
            self.identifier = identifier
            self.version = version
            self.isCorrelation = isCorrelation
            self.references = references
        }
    }

    /// A record that a finding over several records rests on.
    public struct CitedRecord: Sendable, Hashable {
        /// The artefact's identifier.
        public var artifact: String
        /// The moment by which it was put in order.
        public var moment: Timestamp?
        /// The file, as people find it in the container.
        public var path: String
        /// Where in the file.
        public var location: Location

        /// Joins the parts.
        public init(artifact: String, moment: Timestamp?, path: String, location: Location) {
            self.artifact = artifact
            self.moment = moment
            self.path = path
            self.location = location
        }
    }

    /// The same for the same evidence and the same indicators: made of artefact, cause and place.
    public var id: String
    /// How much it should worry an analyst before having looked.
    public var severity: Severity
    /// Why the record was singled out.
    public var cause: Cause
    /// One line.
    public var title: String
    /// The artefact's identifier.
    public var artifact: String
    /// The artefact's title, for people.
    public var artifactTitle: String
    /// The first moment of the record, if it has one.
    public var moment: Timestamp?
    /// The file, as people find it in the container.
    public var path: String
    /// Where in the file.
    public var location: Location
    /// The record, as it stands in the records file.
    public var record: [NamedValue]
    /// The records that a rule over several rests on, in the order of their times; empty for a finding over one. The
    /// first ones only: ``recordCount`` tells how many there are in all.
    public var records: [CitedRecord]
    /// How many records it rests on.
    public var recordCount: Int
    /// The spyware family that the pattern was published for.
    public var family: String?
    /// What the record shows.
    public var state: Observable.State
    /// What the record says, and which published pattern that is.
    public var meaning: String
    /// What it does not prove.
    public var limits: String
    /// Ordinary causes of the same trace.
    public var benignCauses: [String]
    /// What to do next.
    public var nextStep: String
    /// How often the pattern was seen on devices that nobody suspects; absent if nobody counted.
    public var measurement: Measurement?

    /// Joins the parts; the identifier is worked out.
    public init(
        severity: Severity, cause: Cause, title: String, artifact: String, artifactTitle: String, moment: Timestamp?,
        path: String, location: Location, record: [NamedValue], records: [CitedRecord] = [], recordCount: Int = 1,
        family: String?, state: Observable.State, meaning: String, limits: String, benignCauses: [String],
        nextStep: String, measurement: Measurement? = nil
    ) {
        self.severity = severity
        self.cause = cause
        self.title = title
        self.artifact = artifact
        self.artifactTitle = artifactTitle
        self.moment = moment
        self.path = path
        self.location = location
        self.record = record
        self.records = records
        self.recordCount = recordCount
        self.family = family
        self.state = state
        self.meaning = meaning
        self.limits = limits
        self.benignCauses = benignCauses
        self.nextStep = nextStep
        self.measurement = measurement
        self.id = Finding.identifier(artifact, cause, path, location)
    }

    /// FNV-1a of what makes the finding, twice with different starts: 128 bits in hexadecimal digits.
    ///
    /// Not a defence against anybody; two findings of one case must differ, and a later run must find the same.
    private static func identifier(_ artifact: String, _ cause: Cause, _ path: String, _ location: Location) -> String {
        var text = TextBuffer()
        text.append(text: artifact)
        text.append(UInt8(0))
        text.append(text: cause.word)
        text.append(UInt8(0))
        switch cause {
        case .indicator(let indicator):
            for part in [indicator.type, indicator.value, indicator.observed, indicator.source, indicator.match] {
                text.append(text: part)
                text.append(UInt8(0))
            }
            // Not the moment: the same link that led to the same is the same finding.
            if let resolution = indicator.resolution { text.append(text: resolution.link) }
        case .check(let identifier, _): text.append(text: identifier)
        case .rule(let rule): text.append(text: rule.identifier)
        }
        text.append(UInt8(0))
        location.write(json: &text, path: path)
        func hash(_ start: UInt64) -> UInt64 {
            text.bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        }
        var digits = TextBuffer()
        for value in [hash(0xCBF2_9CE4_8422_2325), hash(0x9AE1_6A3B_2F90_404F)] {
            for shift in stride(from: 56, through: 0, by: -8) {
                digits.append(hexadecimal: UInt8(truncatingIfNeeded: value >> UInt64(shift)))
            }
        }
        return digits.string
    }
}

extension Finding: Comparable {
    /// Severity first, then moment (none comes last), then identifier: the order of every output.
    public static func < (left: Finding, right: Finding) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        if left.moment != right.moment {
            guard let first = left.moment else { return false }
            guard let second = right.moment else { return true }
            return first < second
        }
        return left.id < right.id
    }
}

extension Finding {
    /// Whether a text has the form of a finding's identifier: 32 hexadecimal digits in lower case.
    public static func isIdentifier(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
