import FileFormats
import Primitives

/// Joins the comparisons of a pattern with the fields of records, and refuses what has none.
struct PatternBinder {
    typealias Refusal = IndicatorPattern.Refusal

    private(set) var observations: [BoundObservation]
    /// Alternatives inside of the pattern that are not used.
    private(set) var refusals: [Refusal] = []
    /// What the expressions may cost that are still to come.
    private(set) var room: Int

    init(observations: [BoundObservation], room: Int) { (self.observations, self.room) = (observations, room) }

    // MARK: - Observations

    mutating func bind(_ expression: ObservationExpression) throws(Refusal) -> PatternJoin {
        switch expression {
        case .observation(let comparison):
            var tests: [BoundTest] = []
            let bound = try bind(comparison, &tests)
            guard PatternBinder.isSpecific(bound, tests) else {
                throw Refusal(
                    kind: .refusedValue,
                    reason: "The pattern would match what everybody has: no comparison in it is specific.")
            }
            observations.append(BoundObservation(expression: bound, tests: tests))
            return .observation(observations.count - 1)
        case .all(let parts): return .all(try parts.map { part throws(Refusal) in try required(part) })
        case .sequence(let parts): return .sequence(try parts.map { part throws(Refusal) in try required(part) })
        case .any(let parts):
            var joins: [PatternJoin] = []
            var failures: [Refusal] = []
            for part in parts {
                do throws(Refusal) { joins.append(try bind(part)) } catch { failures.append(error) }
            }
            guard !joins.isEmpty else { throw failures[0] }
            refusals += failures
            return joins.count == 1 ? joins[0] : .any(joins)
        case .qualified(let inside, let qualifier):
            if case .times(let count) = qualifier, count > PatternReading.repetitionLimit {
                throw Refusal(
                    kind: .unsupportedPattern,
                    reason: "More than \(PatternReading.repetitionLimit) repetitions are not counted.")
            }
            return .qualified(try bind(inside), qualifier)
        }
    }

    /// A part without which the rest would say less than the publisher meant.
    private mutating func required(_ part: ObservationExpression) throws(Refusal) -> PatternJoin {
        do throws(Refusal) {
            return try bind(part)
        } catch {
            throw PatternBinder.demanded(error)
        }
    }

    private static func demanded(_ refusal: Refusal) -> Refusal {
        let suffix = " The pattern demands it, so it is not used."
        guard !refusal.reason.hasSuffix(suffix) else { return refusal }
        return Refusal(kind: refusal.kind, reason: refusal.reason + suffix)
    }

    // MARK: - Comparisons

    private mutating func bind(
        _ expression: ComparisonExpression, _ tests: inout [BoundTest]
    ) throws(Refusal) -> BoundComparison {
        switch expression {
        case .comparison(let comparison):
            let (test, failures) = try test(comparison)
            refusals += failures
            tests.append(test)
            return .test(tests.count - 1)
        case .all(let parts):
            var bound: [BoundComparison] = []
            for part in parts {
                do throws(Refusal) { bound.append(try bind(part, &tests)) } catch {
                    throw PatternBinder.demanded(error)
                }
            }
            return .all(bound)
        case .any(let parts):
            var bound: [BoundComparison] = []
            var failures: [Refusal] = []
            for part in parts {
                let count = tests.count
                do throws(Refusal) { bound.append(try bind(part, &tests)) } catch {
                    tests.removeLast(tests.count - count)
                    failures.append(error)
                }
            }
            guard !bound.isEmpty else { throw failures[0] }
            refusals += failures
            return bound.count == 1 ? bound[0] : .any(bound)
        }
    }

    /// Whether every way through the expression has a specific test on it.
    private static func isSpecific(_ expression: BoundComparison, _ tests: [BoundTest]) -> Bool {
        switch expression {
        case .test(let number): tests[number].isSpecific && !tests[number].isNegated
        case .all(let parts): parts.contains { isSpecific($0, tests) }
        case .any(let parts): parts.allSatisfy { isSpecific($0, tests) }
        }
    }

    // MARK: - Single comparisons

    private static func property(_ path: ObjectPath) throws(Refusal) -> PatternProperty {
        guard let property = PatternProperty(path) else {
            let text = path.text
            let name = text.utf8.count <= 80 ? text : "such a property"
            throw Refusal(kind: .unknownProperty, reason: "No record is compared with \(name).")
        }
        return property
    }

    private static func text(_ constant: PatternConstant) throws(Refusal) -> String {
        guard case .text(let text) = constant else {
            throw Refusal(
                kind: .unsupportedPattern, reason: "The property is a text, and is compared with something else.")
        }
        return text
    }

    /// The equalities that a comparison is made of, each usable or not; `nil` if it is more than equalities.
    static func equalities(
        _ comparison: PatternComparison
    ) -> [Result<(published: PublishedValue, value: String), Refusal>]? {
        switch comparison.operation {
        case .equal, .isIn: break
        case .isSubset:
            // A network is an indicator of its own, if it is one that is used.
            guard let found = try? equality(comparison.path, comparison.constants[0]) else { return nil }
            return [.success(found)]
        default: return nil
        }
        if let property = PatternProperty(comparison.path), property.aspect == .folder || property.aspect == .hostType {
            return nil
        }
        return comparison.constants.map { constant in
            Result { () throws(Refusal) in try equality(comparison.path, constant) }
        }
    }

    private static func equality(
        _ path: ObjectPath, _ constant: PatternConstant
    ) throws(Refusal) -> (published: PublishedValue, value: String) {
        guard let property = PatternProperty(path) else {
            // Some properties are published as indicators and are in no record of a pattern.
            let value = try text(constant)
            return (try PublishedValue(path.text, value), value)
        }
        let value = try text(constant)
        guard property.aspect != .folder, property.aspect != .hostType else {
            throw Refusal(kind: .unsupportedPattern, reason: "The property is no trace by itself.")
        }
        return (try PublishedValue(property.indicatorProperty ?? hostProperty(value), value), value)
    }

    /// Which property a value of `network-traffic:dst_ref.value` would be published under.
    private static func hostProperty(_ value: String) -> String {
        guard let block = AddressBlock(value) else { return "domain-name:value" }
        return block.address.isIPv4 ? "ipv4-addr:value" : "ipv6-addr:value"
    }

    private mutating func test(_ comparison: PatternComparison) throws(Refusal) -> (BoundTest, [Refusal]) {
        let property = try PatternBinder.property(comparison.path)
        let isNegated = comparison.isNegated
        func made(_ test: TextTest, _ isSpecific: Bool) -> (BoundTest, [Refusal]) {
            (BoundTest(property: property, condition: .text(test), isNegated: isNegated, isSpecific: isSpecific), [])
        }
        switch comparison.operation {
        case .exists: return made(.exists, false)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            throw Refusal(
                kind: .unsupportedPattern,
                reason: "The order of texts says nothing; \(comparison.path.text) is compared by = IN LIKE and MATCHES."
            )
        case .equal, .isIn:
            if property.aspect == .folder || property.aspect == .hostType {
                return try PatternBinder.plainEquality(comparison, property)
            }
            return try PatternBinder.indicatorEquality(comparison, property)
        case .like:
            let pattern = try PatternBinder.text(comparison.constants[0])
            let expression = try expression(TextTest.expression(like: pattern), property)
            return made(.expression(expression), !EverydayValues.agree(with: expression, property.aspect))
        case .matches:
            let expression = try expression(try PatternBinder.text(comparison.constants[0]), property)
            return made(.expression(expression), !EverydayValues.agree(with: expression, property.aspect))
        case .isSubset, .isSuperset:
            let value = try PatternBinder.text(comparison.constants[0])
            guard property.aspect == .host, let block = AddressBlock(value) else {
                throw Refusal(
                    kind: .unsupportedPattern, reason: "Only addresses lie in a network, written as 198.51.100.0/24.")
            }
            let width = block.address.isIPv4 ? 32 : 128
            guard comparison.operation == .isSubset || block.length == width else {
                throw Refusal(
                    kind: .unsupportedPattern, reason: "Records hold single addresses, which contain no network.")
            }
            let isSpecific =
                block.length >= width / 4 + 8 && !block.address.isLocal
                && BroadValues.reasonToRefuse(address: block.address, prefix: block.length) == nil
            return made(.isInside([block]), isSpecific)
        }
    }

    private static func plainEquality(
        _ comparison: PatternComparison, _ property: PatternProperty
    ) throws(Refusal) -> (BoundTest, [Refusal]) {
        var values: [[UInt8]] = []
        var isSpecific = property.aspect == .folder
        for constant in comparison.constants {
            let value = try text(constant)
            if property.aspect == .folder {
                values.append(value.withBytes { DevicePath.normalise($0) { Array($0) } })
                if (try? PublishedValue("file:path", value)) == nil { isSpecific = false }
            } else {
                values.append(Array(value.utf8))
            }
        }
        let test = BoundTest(
            property: property, condition: .text(.equals(values)), isNegated: comparison.isNegated,
            isSpecific: isSpecific)
        return (test, [])
    }

    private static func indicatorEquality(
        _ comparison: PatternComparison, _ property: PatternProperty
    ) throws(Refusal) -> (BoundTest, [Refusal]) {
        var values: [(kind: Indicator.Kind, value: String)] = []
        var failures: [Refusal] = []
        for constant in comparison.constants {
            do throws(Refusal) {
                let (published, value) = try equality(comparison.path, constant)
                values.append((published.kind, value))
            } catch {
                failures.append(error)
            }
        }
        guard !values.isEmpty else { throw failures[0] }
        let test = BoundTest(
            property: property, condition: .indicators(values), isNegated: comparison.isNegated, isSpecific: true)
        return (test, failures)
    }

    private mutating func expression(
        _ pattern: String, _ property: PatternProperty
    ) throws(Refusal) -> BoundedExpression {
        let full = Refusal(
            kind: .unsupportedPattern,
            reason: "The expressions of the file would take too long to be compared with every record.")
        guard room > 0 else { throw full }
        let expression: BoundedExpression
        do throws(ParseError) {
            // The standard searches anywhere and lets a full stop be any character.
            expression = try BoundedExpression(
                pattern, isCaseInsensitive: property.ignoresCase, dotMatchesLineFeed: true)
        } catch {
            throw Refusal(
                kind: .unsupportedPattern, reason: "The regular expression can't be used: \(error).")
        }
        let rest = room - expression.cost
        guard rest >= 0 else {
            // What does not fit is not kept, and smaller ones may still fit; but to try costs time.
            room = max(0, room - (1 << 20))
            throw full
        }
        room = rest
        return expression
    }
}
