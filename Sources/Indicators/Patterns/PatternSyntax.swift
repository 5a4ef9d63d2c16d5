import Primitives

/// A STIX pattern as it is written: observations, and how they belong together.
///
/// Nested at most as deep as ``PatternParser`` allows.
/// Source: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html, section 9.
indirect enum ObservationExpression: Hashable, Sendable {
    /// `[…]`: what one observation, here one record, has to fulfil.
    case observation(ComparisonExpression)
    /// All of them, on different observations.
    case all([ObservationExpression])
    /// Any of them.
    case any([ObservationExpression])
    /// Each at or after the one before it.
    case sequence([ObservationExpression])
    /// With a condition on times or on the number.
    case qualified(ObservationExpression, Qualifier)

    /// A condition on the observations of an expression.
    enum Qualifier: Hashable, Sendable {
        /// All of them lie within a stretch of time, in microseconds.
        case within(Int64)
        /// All of them lie at or after the first moment and before the second.
        case between(Timestamp, Timestamp)
        /// The expression is found so many times, each time on other observations.
        case times(Int)
    }
}

/// What stands in the brackets of one observation.
indirect enum ComparisonExpression: Hashable, Sendable {
    case comparison(PatternComparison)
    case all([ComparisonExpression])
    case any([ComparisonExpression])
}

/// One comparison of a property with constants.
struct PatternComparison: Hashable, Sendable {
    /// How they are compared.
    enum Operation: String, Hashable, Sendable {
        case equal = "="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case isIn = "IN"
        case like = "LIKE"
        case matches = "MATCHES"
        case isSubset = "ISSUBSET"
        case isSuperset = "ISSUPERSET"
        case exists = "EXISTS"
    }

    /// The property.
    let path: ObjectPath
    /// How it is compared.
    let operation: Operation
    /// Whether the opposite is meant: `!=`, `NOT`.
    let isNegated: Bool
    /// The constants: one, several for `IN`, none for `EXISTS`.
    let constants: [PatternConstant]
}

/// A constant of a pattern.
enum PatternConstant: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    case real(Double)
    case truth(Bool)
    case bytes([UInt8])
    case moment(Timestamp)
}

/// A property: an object type and the way from there.
struct ObjectPath: Hashable, Sendable {
    /// One step of the way.
    enum Step: Hashable, Sendable {
        case key(String)
        case index(Int64)
        case anyIndex
    }

    let type: String
    let steps: [Step]

    /// `file:hashes.SHA-256`, without quotation marks; `[*]` for any element of a list.
    var text: String {
        var text = type + ":"
        for (number, step) in steps.enumerated() {
            switch step {
            case .key(let key): text += (number == 0 ? "" : ".") + key
            case .index(let index): text += "[\(index)]"
            case .anyIndex: text += "[*]"
            }
        }
        return text
    }
}
