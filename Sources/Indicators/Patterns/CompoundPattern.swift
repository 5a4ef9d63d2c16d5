public import ArtifactModel
public import Primitives

/// A published pattern that says more than that one value is a trace: several properties of a record, or several records
/// in time.
///
/// What it asks of one record stands in `observations`, how the records belong together in `join`. Single values go the
/// quicker way of an ``Indicator``.
public struct CompoundPattern: Sendable {
    /// The pattern as it was published.
    public let text: String
    /// The publisher's identifier: `indicator--` and a UUID.
    public let identifier: String
    /// The name of the file it was read from.
    public let source: String
    /// The malware, tool, campaign, intrusion set, threat actor or report it was published for.
    public var family: String?
    /// The first link among the external references of the indicator, of its family, or of its report.
    public var reference: String?
    /// The name or, if it has none, the description that the publisher gave it.
    public var note: String?
    /// From when on the publisher holds it to be valid. Not used for comparison: evidence is often older.
    public var validFrom: Timestamp?
    /// Until when the publisher holds it to be valid. Not used for comparison either.
    public var validUntil: Timestamp?
    /// The publisher's confidence from 0 to 100.
    public var confidence: Int?
    /// Who published it.
    public var publisher: String?
    /// How far it may be passed on.
    public var marking: String?
    /// The licence under which it was published.
    public var licence: String?

    let observations: [BoundObservation]
    let join: PatternJoin

    init(_ text: String, identifier: String, source: String, _ bound: (observations: [BoundObservation], PatternJoin)) {
        (self.text, self.identifier, self.source) = (text, identifier, source)
        (observations, join) = bound
    }
}

extension CompoundPattern {
    /// Whether records can agree with it at all, if each of these sets is the kinds of fields that the records of one
    /// artefact have.
    public func canAgree(with recorded: [Set<Observable.Kind>]) -> Bool {
        join.holds { number in
            observations[number].isIn(recorded)
        }
    }

    /// Whether records with these kinds of fields can fulfil a part of it.
    public func concerns(_ kinds: Set<Observable.Kind>) -> Bool { observations.contains { $0.isIn([kinds]) } }
}

extension BoundObservation {
    /// Whether one of these sets of fields is enough for it: an observation is one record.
    fileprivate func isIn(_ recorded: [Set<Observable.Kind>]) -> Bool {
        recorded.contains { kinds in canHold { !kinds.isDisjoint(with: $0.kinds) } }
    }
}

extension PatternJoin {
    /// Whether it can be fulfilled where `isPossible` says so of each observation.
    fileprivate func holds(_ isPossible: (Int) -> Bool) -> Bool {
        switch self {
        case .observation(let number): isPossible(number)
        case .all(let parts), .sequence(let parts): parts.allSatisfy { $0.holds(isPossible) }
        case .any(let parts): parts.contains { $0.holds(isPossible) }
        case .qualified(let part, _): part.holds(isPossible)
        }
    }
}

/// How the records that fulfil the observations of a pattern belong together.
indirect enum PatternJoin: Hashable, Sendable {
    /// One record that fulfils the observation of that number.
    case observation(Int)
    case all([PatternJoin])
    case any([PatternJoin])
    case sequence([PatternJoin])
    case qualified(PatternJoin, ObservationExpression.Qualifier)
}

/// What a pattern asks of one record.
struct BoundObservation: Sendable {
    /// The comparisons as far as there are fields for them.
    let expression: BoundComparison
    /// The single tests that the expression names by number.
    let tests: [BoundTest]

    /// What of a record it speaks about, in fixed order.
    var subjects: [PatternSubject] {
        let named = Set(tests.map(\.property.subject))
        return PatternSubject.allCases.filter(named.contains)
    }
}

/// Tests that belong together.
indirect enum BoundComparison: Sendable {
    case test(Int)
    case all([BoundComparison])
    case any([BoundComparison])

    /// Whether it holds, if `holds` says so for each test.
    func evaluate(_ holds: (Int) -> Bool) -> Bool {
        switch self {
        case .test(let number): holds(number)
        case .all(let parts): parts.allSatisfy { $0.evaluate(holds) }
        case .any(let parts): parts.contains { $0.evaluate(holds) }
        }
    }
}

/// One comparison with a field.
struct BoundTest: Sendable {
    enum Condition: Sendable {
        /// The value agrees with one of these as it would with an indicator of its own.
        case indicators([(kind: Indicator.Kind, value: String)])
        /// The value's text passes a test.
        case text(TextTest)
    }

    let property: PatternProperty
    let condition: Condition
    /// Whether the value must be there and not fulfil the condition.
    let isNegated: Bool
    /// Whether few records fulfil it: a pattern must have such a test on every way through it.
    let isSpecific: Bool
}
