/// What becomes of a pattern here: single indicators, a compound pattern, and what of it is not used.
///
/// The alternatives at the top are looked at one by one. An alternative that is an equality is an indicator; the others
/// together are a compound pattern. An alternative that has no field to be compared with is refused, and the rest is
/// used; a part of an AND or of a sequence that has none refuses the whole of it, because what is left would mean less
/// than the publisher said.
struct PatternReading {
    /// Equalities that are indicators of their own, in the order of the pattern.
    private(set) var equalities: [(published: PublishedValue, value: String)] = []
    /// The alternatives that are more than that.
    private(set) var compound: (observations: [BoundObservation], PatternJoin)?
    /// Why parts of the pattern, or all of it, are not used.
    private(set) var refusals: [IndicatorPattern.Refusal] = []

    /// The most repetitions that are counted.
    static let repetitionLimit = 10_000
    /// The most observations of one pattern.
    static let observationLimit = 200

    /// What the expressions of one file may cost together, roughly in bytes.
    static let expressionRoom = 128 << 20
    /// What is left of it behind this pattern.
    private(set) var room: Int

    init(
        _ bytes: UnsafeBufferPointer<UInt8>, room: Int = PatternReading.expressionRoom
    ) throws(IndicatorPattern.Refusal) {
        self.room = room
        let expression = try PatternParser.parse(bytes)
        var alternatives: [ObservationExpression] = []
        PatternReading.split(expression, into: &alternatives)
        var joins: [PatternJoin] = []
        var observations: [BoundObservation] = []
        for alternative in alternatives {
            if case .observation(.comparison(let comparison)) = alternative, !comparison.isNegated,
                let found = PatternBinder.equalities(comparison)
            {
                for result in found {
                    do throws(IndicatorPattern.Refusal) {
                        equalities.append(try result.get())
                    } catch {
                        refusals.append(error)
                    }
                }
                continue
            }
            do throws(IndicatorPattern.Refusal) {
                let before = observations.count
                var binder = PatternBinder(observations: observations, room: self.room)
                defer { self.room = binder.room }
                let join = try binder.bind(alternative)
                observations = binder.observations
                refusals += binder.refusals
                guard observations.count <= PatternReading.observationLimit else {
                    observations.removeLast(observations.count - before)
                    throw IndicatorPattern.Refusal(
                        kind: .unsupportedPattern,
                        reason: "The pattern has more than \(PatternReading.observationLimit) observations.")
                }
                joins.append(join)
            } catch {
                refusals.append(error)
            }
        }
        if !joins.isEmpty { compound = (observations, joins.count == 1 ? joins[0] : .any(joins)) }
        if !equalities.isEmpty || compound != nil {
            refusals = refusals.map {
                IndicatorPattern.Refusal(
                    kind: $0.kind, reason: $0.reason + " The other alternatives of the pattern are used.")
            }
        }
    }

    /// The alternatives at the top: observations joined by OR, and comparisons joined by OR in one of them.
    private static func split(_ expression: ObservationExpression, into list: inout [ObservationExpression]) {
        switch expression {
        case .any(let parts): for part in parts { split(part, into: &list) }
        case .observation(let comparison): split(comparison, into: &list)
        default: list.append(expression)
        }
    }

    private static func split(_ comparison: ComparisonExpression, into list: inout [ObservationExpression]) {
        if case .any(let parts) = comparison {
            for part in parts { split(part, into: &list) }
        } else {
            list.append(.observation(comparison))
        }
    }
}
