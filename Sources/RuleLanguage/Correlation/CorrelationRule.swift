/// A rule about several records and their times.
///
/// - SeeAlso: <https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-correlation-rules-specification.md>
public struct CorrelationRule: Sendable, Hashable {
    /// What is worked out of the records of a window.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// How many records there are.
        case eventCount = "event_count"
        /// How many different values a field has.
        case valueCount = "value_count"
        /// How many of the rules fired.
        case temporal
        /// Whether the rules fired one after the other.
        case temporalOrdered = "temporal_ordered"
        /// The sum of a field.
        case valueSum = "value_sum"
        /// The mean of a field.
        case valueAverage = "value_avg"
        /// A percentile of a field, or how rare its rarest value is.
        case valuePercentile = "value_percentile"

        /// Whether the condition names a field.
        var needsField: Bool {
            switch self {
            case .eventCount, .temporal, .temporalOrdered: false
            case .valueCount, .valueSum, .valueAverage, .valuePercentile: true
            }
        }
    }

    /// What is compared with what was worked out.
    public struct Threshold: Sendable, Hashable {
        /// How.
        public enum Comparison: String, Sendable, Hashable, CaseIterable {
            /// The words of Sigma.
            case gt, gte, lt, lte, eq, neq
        }

        /// How.
        public var comparison: Comparison
        /// With what.
        public var number: Double

        /// Joins the parts.
        public init(_ comparison: Comparison, _ number: Double) {
            self.comparison = comparison
            self.number = number
        }

        /// Whether a number passes.
        public func holds(_ value: Double) -> Bool {
            switch comparison {
            case .gt: value > number
            case .gte: value >= number
            case .lt: value < number
            case .lte: value <= number
            case .eq: value == number
            case .neq: value != number
            }
        }
    }

    /// A name that stands for another field in each rule.
    public struct Alias: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The field in each rule, by the rule's name or identifier.
        public var fields: [String: String]
    }

    /// What all rules have.
    public var head: RuleHead
    /// What is worked out.
    public var kind: Kind
    /// The rules, by identifier or name, in the order of the file.
    public var rules: [String]
    /// Fields whose values separate the records into groups.
    public var groupBy: [String]
    /// Names that stand for other fields.
    public var aliases: [Alias]
    /// The length of a window in microseconds, borders included.
    public var timespan: Int64
    /// What has to hold, all of it.
    public var thresholds: [Threshold]
    /// The fields of the condition.
    public var fields: [String]
    /// Which percentile, if the condition says so.
    public var percentile: Int?
    /// Whether the rules also give findings of their own.
    public var generates: Bool
    /// The line of the members under `correlation:`.
    public var line: Int
}
