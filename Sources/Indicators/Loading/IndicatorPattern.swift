/// The equalities of a STIX pattern: one, or several of which any is enough.
///
/// Understood: `[type:path = 'value']`, `==`, `IN (…)`, `OR` inside and between brackets, parentheses around these, and
/// white space anywhere. An OR of equalities means that every one of them is an indicator. Everything else (AND, NOT,
/// LIKE, MATCHES, FOLLOWEDBY, WITHIN…) means more than an equality and is reported.
/// Source: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html, section 9.
struct IndicatorPattern {
    /// One equality.
    struct Equality: Hashable {
        /// Object type and path without quotation marks: `file:hashes.SHA-256`.
        let property: String
        /// The value without quotation marks and escapes.
        let value: String
    }

    /// Why a pattern is not used.
    struct Refusal: Error, Hashable {
        let kind: IndicatorProblem.Kind
        let reason: String
    }

    /// At least one.
    private(set) var equalities: [Equality] = []

    private let bytes: [UInt8]
    private var offset = 0
    /// More alternatives than this are no pattern that a person wrote.
    private static let limit = 10_000

    init(_ text: String) throws(Refusal) {
        bytes = Array(text.utf8)
        try parse()
    }

    private mutating func parse() throws(Refusal) {
        var isInside = false
        var parentheses = 0
        var parenthesesOutside = 0
        var isOperandExpected = true
        while true {
            skipSpace()
            guard offset < bytes.count else { break }
            let byte = bytes[offset]
            if isOperandExpected {
                switch byte {
                case UInt8(ascii: "("):
                    parentheses += 1
                    offset += 1
                case UInt8(ascii: "[") where !isInside:
                    isInside = true
                    parenthesesOutside = parentheses
                    offset += 1
                default:
                    guard isInside else { throw malformed("an opening square bracket") }
                    try parseComparison()
                    isOperandExpected = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: ")"):
                parentheses -= 1
                guard parentheses >= (isInside ? parenthesesOutside : 0) else {
                    throw malformed("no closing parenthesis")
                }
                offset += 1
            case UInt8(ascii: "]"):
                guard isInside, parentheses == parenthesesOutside else { throw malformed("no closing square bracket") }
                isInside = false
                offset += 1
            default:
                let word = takeWord()
                guard word.uppercased() == "OR" else {
                    throw word.isEmpty ? malformed("OR or a closing square bracket") : unsupported(word)
                }
                isOperandExpected = true
            }
        }
        guard !isInside, parentheses == 0, !isOperandExpected, !equalities.isEmpty else {
            throw malformed("a closing bracket at the end")
        }
    }

    private mutating func parseComparison() throws(Refusal) {
        let property = try takeProperty()
        skipSpace()
        let sign = bytes[offset...].prefix { "=!<>".utf8.contains($0) }
        offset += sign.count
        if sign.elementsEqual("=".utf8) || sign.elementsEqual("==".utf8) {
            try add(property, takeLiteral())
        } else if !sign.isEmpty {
            throw unsupported(String(decoding: sign, as: UTF8.self))
        } else {
            let word = takeWord()
            guard word.uppercased() == "IN" else {
                throw word.isEmpty ? malformed("an equals sign") : unsupported(word)
            }
            try take(UInt8(ascii: "("), "an opening parenthesis")
            repeat { try add(property, takeLiteral()) } while takeIfPresent(UInt8(ascii: ","))
            try take(UInt8(ascii: ")"), "a closing parenthesis")
        }
    }

    private mutating func add(_ property: String, _ value: String) throws(Refusal) {
        guard equalities.count < IndicatorPattern.limit else {
            throw Refusal(
                kind: .unsupportedPattern, reason: "The pattern has more than \(IndicatorPattern.limit) alternatives.")
        }
        equalities.append(Equality(property: property, value: value))
    }

    // MARK: - Tokens

    /// `type:path.'quoted key'.path`, with white space anywhere between its parts.
    private mutating func takeProperty() throws(Refusal) -> String {
        skipSpace()
        let type = takeWord()
        guard !type.isEmpty else { throw malformed("an object type") }
        skipSpace()
        guard takeIfPresent(UInt8(ascii: ":")) else {
            throw type.uppercased() == "NOT" || type.uppercased() == "EXISTS" ? unsupported(type) : malformed("a colon")
        }
        var parts: [String] = []
        repeat {
            skipSpace()
            let part = isQuoted ? try takeLiteral() : takeWord()
            guard !part.isEmpty else { throw malformed("a property") }
            parts.append(part)
        } while takeIfPresent(UInt8(ascii: "."))
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "[") { throw unsupported("[]") }
        return type + ":" + parts.joined(separator: ".")
    }

    private var isQuoted: Bool {
        offset < bytes.count && (bytes[offset] == UInt8(ascii: "'") || bytes[offset] == UInt8(ascii: "\""))
    }

    /// Text in quotation marks. A backslash that escapes neither a quotation mark nor a backslash is kept: publishers
    /// forget to double it.
    private mutating func takeLiteral() throws(Refusal) -> String {
        skipSpace()
        guard isQuoted else { throw malformed("a value in quotation marks") }
        let mark = bytes[offset]
        var text: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == mark { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), offset < bytes.count, bytes[offset] == mark || bytes[offset] == byte {
                text.append(bytes[offset])
                offset += 1
            } else {
                text.append(byte)
            }
        }
        throw malformed("a quotation mark at the end of the value")
    }

    private mutating func takeWord() -> String {
        let word = bytes[offset...].prefix { byte in
            (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        offset += word.count
        return String(decoding: word, as: UTF8.self)
    }

    private mutating func skipSpace() {
        while offset < bytes.count, bytes[offset] <= 0x20 { offset += 1 }
    }

    private mutating func takeIfPresent(_ byte: UInt8) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func take(_ byte: UInt8, _ expected: String) throws(Refusal) {
        guard takeIfPresent(byte) else { throw malformed(expected) }
    }

    // MARK: - Reasons

    private func malformed(_ expected: String) -> Refusal {
        Refusal(kind: .malformedPattern, reason: "At byte \(offset) of the pattern, expected \(expected).")
    }

    /// What to say of a word or sign that is not understood; a word that is none of STIX is a mistake in the pattern.
    private func unsupported(_ word: String) -> Refusal {
        let words = [
            "AND", "NOT", "LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET", "EXISTS", "FOLLOWEDBY", "WITHIN", "REPEATS",
            "START",
        ]
        guard words.contains(word.uppercased()) || ["!=", "<", ">", "<=", ">=", "[]"].contains(word) else {
            return malformed("an operator of STIX before it")
        }
        return Refusal(
            kind: .unsupportedPattern,
            reason: "The pattern uses \(word.uppercased()); only equalities joined by OR are understood.")
    }
}
