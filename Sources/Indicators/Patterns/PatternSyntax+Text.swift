import Primitives

// A pattern in the grammar of STIX, so that ``PatternParser`` reads the same expression again. Parentheses stand around
// everything that is nested: whoever reads it need not know which operator binds stronger.

extension ObservationExpression {
    /// The pattern as text.
    var text: String {
        switch self {
        case .observation(let comparison): "[" + comparison.text + "]"
        case .all(let parts): parts.map(\.nested).joined(separator: " AND ")
        case .any(let parts): parts.map(\.nested).joined(separator: " OR ")
        case .sequence(let parts): parts.map(\.nested).joined(separator: " FOLLOWEDBY ")
        case .qualified(let inside, let qualifier): inside.nested + " " + qualifier.text
        }
    }

    private var nested: String {
        if case .observation = self { return text }
        return "(" + text + ")"
    }
}

extension ObservationExpression.Qualifier {
    /// The qualifier as text.
    var text: String {
        switch self {
        case .within(let microseconds):
            if microseconds.isMultiple(of: 1_000_000) {
                "WITHIN \(microseconds / 1_000_000) SECONDS"
            } else {
                "WITHIN \(Double(microseconds) / 1_000_000) SECONDS"
            }
        case .between(let start, let stop): "START t'\(start)' STOP t'\(stop)'"
        case .times(let count): "REPEATS \(count) TIMES"
        }
    }
}

extension ComparisonExpression {
    /// The comparisons as text, without square brackets.
    var text: String {
        switch self {
        case .comparison(let comparison): comparison.text
        case .all(let parts): parts.map(\.nested).joined(separator: " AND ")
        case .any(let parts): parts.map(\.nested).joined(separator: " OR ")
        }
    }

    private var nested: String {
        if case .comparison = self { return text }
        return "(" + text + ")"
    }
}

extension PatternComparison {
    /// The comparison as text.
    var text: String {
        switch operation {
        case .exists: return (isNegated ? "NOT " : "") + "EXISTS " + path.quoted
        case .equal: return path.quoted + (isNegated ? " != " : " = ") + list
        case .isIn: return path.quoted + (isNegated ? " NOT" : "") + " IN (" + list + ")"
        default: return path.quoted + (isNegated ? " NOT " : " ") + operation.rawValue + " " + list
        }
    }

    private var list: String { constants.map(\.text).joined(separator: ", ") }
}

extension PatternConstant {
    /// The constant as text.
    var text: String {
        switch self {
        case .text(let text): return PatternConstant.quoted(text)
        case .integer(let number): return "\(number)"
        case .real(let number): return "\(number)"
        case .truth(let truth): return truth ? "true" : "false"
        case .bytes(let bytes):
            let digits = Array("0123456789abcdef")
            return "h'" + bytes.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined() + "'"
        case .moment(let moment): return "t'\(moment)'"
        }
    }

    /// A text in quotation marks.
    static func quoted(_ text: String) -> String {
        var quoted: [UInt8] = [UInt8(ascii: "'")]
        for byte in text.utf8 {
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        return String(decoding: quoted, as: UTF8.self) + "'"
    }
}

extension ObjectPath {
    /// The property with quotation marks around names that need them.
    var quoted: String {
        var text = type + ":"
        for (number, step) in steps.enumerated() {
            switch step {
            case .key(let key):
                let isWord = !key.isEmpty && key.utf8.allSatisfy(PatternParser.isWord)
                text += (number == 0 ? "" : ".") + (isWord ? key : PatternConstant.quoted(key))
            case .index(let index): text += "[\(index)]"
            case .anyIndex: text += "[*]"
            }
        }
        return text
    }
}
