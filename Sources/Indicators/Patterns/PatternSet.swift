public import ArtifactModel

/// Compound patterns, ready to be asked of records: built once, then shared by all threads.
///
/// The equalities of all patterns are one ``IndicatorSet``: a value of a record is looked up once, however many patterns
/// there are, and most observations are looked at only if one of their equalities was found. What has none, such as
/// a single `LIKE`, is asked of every record that has the field.
public struct PatternSet: Sendable {
    /// The patterns, in the order given.
    public let patterns: [CompoundPattern]

    /// An observation of one of the patterns.
    struct Observation: Sendable {
        let pattern: Int
        let bound: BoundObservation
        let subjects: [PatternSubject]
        /// The number of its first test among the tests of all patterns.
        let firstTest: Int
        /// Tests of which at least one holds whenever the observation does; `nil` if there are no such tests.
        let triggers: [Int]?
    }

    let observations: [Observation]
    /// The number of the first observation of each pattern.
    let firstObservations: [Int]
    /// All equalities; the identifier of each is the number of its test.
    let equalities: IndicatorSet
    /// For each test, the observations that it triggers.
    let triggered: [[Int]]

    /// Prepares patterns.
    public init(_ patterns: [CompoundPattern]) {
        self.patterns = patterns
        var observations: [Observation] = []
        var firstObservations: [Int] = []
        var builder = IndicatorSet.Builder()
        var testCount = 0
        for (number, pattern) in patterns.enumerated() {
            firstObservations.append(observations.count)
            for bound in pattern.observations {
                for (index, test) in bound.tests.enumerated() {
                    guard case .indicators(let values) = test.condition else { continue }
                    for value in values {
                        builder.add(
                            Indicator(value.kind, value.value, source: "", identifier: "\(testCount + index)"))
                    }
                }
                observations.append(
                    Observation(
                        pattern: number, bound: bound, subjects: bound.subjects, firstTest: testCount,
                        triggers: PatternSet.triggers(bound.expression, bound.tests)?.map { testCount + $0 }))
                testCount += bound.tests.count
            }
        }
        var triggered = [[Int]](repeating: [], count: testCount)
        for (number, observation) in observations.enumerated() {
            for test in observation.triggers ?? [] { triggered[test].append(number) }
        }
        (self.observations, self.firstObservations, self.triggered) = (observations, firstObservations, triggered)
        equalities = builder.build()
    }

    /// Whether there are no patterns.
    public var isEmpty: Bool { patterns.isEmpty }

    /// How many observations the patterns have together: the numbers that ``PatternProbe/agreements()`` gives are below.
    public var observationCount: Int { observations.count }

    /// The pattern that an observation belongs to.
    public func pattern(of observation: Int) -> CompoundPattern { patterns[observations[observation].pattern] }

    /// The smallest known set of equalities of which one holds whenever the expression does.
    private static func triggers(_ expression: BoundComparison, _ tests: [BoundTest]) -> [Int]? {
        switch expression {
        case .test(let number):
            guard case .indicators = tests[number].condition, !tests[number].isNegated else { return nil }
            return [number]
        case .all(let parts):
            return parts.compactMap { triggers($0, tests) }.min { $0.count < $1.count }
        case .any(let parts):
            var all: [Int] = []
            for part in parts {
                guard let found = triggers(part, tests) else { return nil }
                all += found
            }
            return all
        }
    }

    /// What can be asked of the records of an artefact whose fields are of these kinds; `nil` if nothing can.
    public func probe(for kinds: Set<Observable.Kind>) -> PatternProbe? {
        let possible = observations.indices.map { number in
            observations[number].bound.canHold { kinds.isDisjoint(with: $0.kinds) == false }
        }
        guard possible.contains(true) else { return nil }
        return PatternProbe(self, possible)
    }
}

extension BoundObservation {
    /// Whether it can hold at all where only some subjects are recorded.
    func canHold(_ isRecorded: (PatternSubject) -> Bool) -> Bool {
        expression.evaluate { isRecorded(tests[$0].property.subject) }
    }
}
