/// A question asked of every record of an artefact, with all that a reader of the answer must know.
///
/// A check looks at one record. What takes more than one record to see (a missing neighbour, the page that a redirect
/// led to) is worked out by the artefact and stands in a field of the record, so that a check, a rule and a person
/// see the same thing.
public struct Check<Entry: Record>: Sendable {
    /// `kebab-case`, unique within the artefact. Part of the data contract.
    public let identifier: String
    /// How much it should worry.
    public let severity: Severity
    /// One line for the head of the card.
    public let title: String
    /// The spyware family that the pattern was published for, under the name that the public indicator sets use, so that
    /// coverage counts both together: `KingSpawn` for what others call QuaDream or Reign.
    public let family: String?
    /// What the record shows if the question is answered with yes.
    public let state: Observable.State
    /// What the record says, and which published pattern that is.
    public let meaning: String
    /// What it does not prove.
    public let limits: String
    /// Ordinary causes of the same trace. Never empty: if none is known, that is said.
    public let benignCauses: [String]
    /// What to do next, in the order that keeps evidence.
    public let nextStep: String
    /// Where the pattern was published. Never empty.
    public let references: [Reference]
    /// The question.
    public let matches: @Sendable (Entry) -> Bool

    /// Declares a check.
    public init(
        _ identifier: String, _ severity: Severity, _ title: String, family: String? = nil,
        state: Observable.State = .unknown, meaning: String, limits: String, benignCauses: [String], nextStep: String,
        references: [Reference], matches: @escaping @Sendable (Entry) -> Bool
    ) {
        self.identifier = identifier
        self.severity = severity
        self.title = title
        self.family = family
        self.state = state
        self.meaning = meaning
        self.limits = limits
        self.benignCauses = benignCauses
        self.nextStep = nextStep
        self.references = references
        self.matches = matches
    }
}
