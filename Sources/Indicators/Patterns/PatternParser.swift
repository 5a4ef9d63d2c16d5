import Primitives

/// Reads the whole pattern language of STIX 2.0 and 2.1 from bytes that nobody vouches for.
///
/// More tolerant than the standard where publishers are: key words in either case, double quotation marks, `NOT` before
/// the property, and a backslash that escapes nothing stays. Recursive by parentheses, `depthLimit` of them.
/// The binding of the operators is that of the standard's grammar: AND before OR before FOLLOWEDBY.
struct PatternParser {
    /// The longest pattern, in bytes.
    static let lengthLimit = 1 << 20
    /// Parentheses within parentheses.
    static let depthLimit = 64
    /// Constants in one pattern: more are no pattern that a person wrote.
    static let constantLimit = 10_000

    let bytes: UnsafeBufferPointer<UInt8>
    var offset = 0
    private var depth = 0
    private var constantCount = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Reads a pattern.
    static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(IndicatorPattern.Refusal) -> ObservationExpression {
        guard bytes.count <= lengthLimit else {
            throw IndicatorPattern.Refusal(
                kind: .unsupportedPattern, reason: "The pattern has more than \(lengthLimit) bytes.")
        }
        var parser = PatternParser(bytes)
        let expression = try parser.sequence()
        parser.skipSpace()
        guard parser.offset == bytes.count else { throw parser.malformed("an operator of STIX, or the end") }
        return expression
    }

    func malformed(_ expected: String) -> IndicatorPattern.Refusal {
        IndicatorPattern.Refusal(
            kind: .malformedPattern, reason: "At byte \(offset) of the pattern, expected \(expected).")
    }

    private mutating func enter() throws(IndicatorPattern.Refusal) {
        guard depth < PatternParser.depthLimit else {
            throw IndicatorPattern.Refusal(
                kind: .unsupportedPattern,
                reason: "The pattern has more than \(PatternParser.depthLimit) parentheses within one another.")
        }
        depth += 1
    }

    // MARK: - Observations

    private mutating func sequence() throws(IndicatorPattern.Refusal) -> ObservationExpression {
        var parts = [try anyObservation()]
        while takeWord("FOLLOWEDBY") { parts.append(try anyObservation()) }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func anyObservation() throws(IndicatorPattern.Refusal) -> ObservationExpression {
        var parts = [try allObservations()]
        while takeWord("OR") { parts.append(try allObservations()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func allObservations() throws(IndicatorPattern.Refusal) -> ObservationExpression {
        var parts = [try observation()]
        while takeWord("AND") { parts.append(try observation()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func observation() throws(IndicatorPattern.Refusal) -> ObservationExpression {
        var expression: ObservationExpression
        if take(UInt8(ascii: "(")) {
            try enter()
            expression = try sequence()
            depth -= 1
            guard take(UInt8(ascii: ")")) else { throw malformed("a closing parenthesis") }
        } else {
            guard take(UInt8(ascii: "[")) else { throw malformed("an opening square bracket") }
            expression = .observation(try anyComparison())
            guard take(UInt8(ascii: "]")) else { throw malformed("AND, OR or a closing square bracket") }
        }
        var count = 0
        while let qualifier = try qualifier() {
            count += 1
            guard count <= 8 else { throw malformed("at most eight qualifiers in a row") }
            expression = .qualified(expression, qualifier)
        }
        return expression
    }

    private mutating func qualifier() throws(IndicatorPattern.Refusal) -> ObservationExpression.Qualifier? {
        if takeWord("WITHIN") {
            let seconds: Double =
                switch try constant() {
                case .integer(let number): Double(number)
                case .real(let number): number
                default: throw malformed("a number of seconds")
                }
            // 300 years: beyond them every trace is within.
            guard seconds > 0, seconds <= 1e10 else { throw malformed("a number of seconds above 0, at most 10^10") }
            guard takeWord("SECONDS") else { throw malformed("the word SECONDS") }
            return .within(Int64((seconds * 1_000_000).rounded()))
        }
        if takeWord("START") {
            let start = try moment()
            guard takeWord("STOP") else { throw malformed("the word STOP") }
            let stop = try moment()
            guard start < stop else { throw malformed("a STOP after the START") }
            return .between(start, stop)
        }
        if takeWord("REPEATS") {
            guard case .integer(let number) = try constant(), number > 0 else {
                throw malformed("a whole number above 0")
            }
            guard takeWord("TIMES") else { throw malformed("the word TIMES") }
            return .times(Int(clamping: number))
        }
        return nil
    }

    /// A moment as a constant of its own, or as text, as in STIX 2.0.
    private mutating func moment() throws(IndicatorPattern.Refusal) -> Timestamp {
        switch try constant() {
        case .moment(let moment): return moment
        case .text(let text): if let moment = Timestamp(rfc3339: text) { return moment }
        default: break
        }
        throw malformed("a moment such as t'2021-07-18T00:00:00Z'")
    }

    // MARK: - Comparisons

    private mutating func anyComparison() throws(IndicatorPattern.Refusal) -> ComparisonExpression {
        var parts = [try allComparisons()]
        while takeWord("OR") { parts.append(try allComparisons()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func allComparisons() throws(IndicatorPattern.Refusal) -> ComparisonExpression {
        var parts = [try comparison()]
        while takeWord("AND") { parts.append(try comparison()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func comparison() throws(IndicatorPattern.Refusal) -> ComparisonExpression {
        if take(UInt8(ascii: "(")) {
            try enter()
            let inside = try anyComparison()
            depth -= 1
            guard take(UInt8(ascii: ")")) else { throw malformed("a closing parenthesis") }
            return inside
        }
        var isNegated = takeWord("NOT")
        if takeWord("EXISTS") {
            try count(1)
            return .comparison(
                PatternComparison(path: try path(), operation: .exists, isNegated: isNegated, constants: []))
        }
        let path = try path()
        if takeWord("NOT") { isNegated.toggle() }
        let operation = try operation(&isNegated)
        var constants: [PatternConstant] = []
        if operation == .isIn {
            guard take(UInt8(ascii: "(")) else { throw malformed("an opening parenthesis") }
            repeat {
                try count(1)
                constants.append(try constant())
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: ")")) else { throw malformed("a comma or a closing parenthesis") }
        } else {
            try count(1)
            constants.append(try constant())
        }
        return .comparison(
            PatternComparison(path: path, operation: operation, isNegated: isNegated, constants: constants))
    }

    private mutating func count(_ more: Int) throws(IndicatorPattern.Refusal) {
        constantCount += more
        guard constantCount <= PatternParser.constantLimit else {
            throw IndicatorPattern.Refusal(
                kind: .unsupportedPattern,
                reason: "The pattern has more than \(PatternParser.constantLimit) alternatives.")
        }
    }

    private mutating func operation(
        _ isNegated: inout Bool
    ) throws(IndicatorPattern.Refusal) -> PatternComparison.Operation {
        skipSpace()
        let sign = bytes[offset...].prefix { "=!<>".utf8.contains($0) }
        if !sign.isEmpty {
            let operation: PatternComparison.Operation
            switch String(decoding: sign, as: UTF8.self) {
            case "=", "==": operation = .equal
            case "!=", "<>":
                isNegated.toggle()
                operation = .equal
            case "<": operation = .less
            case "<=": operation = .lessOrEqual
            case ">": operation = .greater
            case ">=": operation = .greaterOrEqual
            default: throw malformed("one of = != < > <= >=")
            }
            offset += sign.count
            return operation
        }
        for operation in [.isIn, .like, .matches, .isSubset, .isSuperset] as [PatternComparison.Operation]
        where takeWord(operation.rawValue) {
            return operation
        }
        throw malformed("an operator such as = or LIKE")
    }
}
