import Primitives

extension ExpressionParser {
    /// A class in brackets, with the position at the opening one.
    mutating func characterClass() throws(ParseError) -> ScalarSet {
        position += 1
        let isNegated = take("^")
        var ranges: [ScalarSet.Range] = []
        var isFirst = true
        while true {
            guard let scalar = current else { throw failure(.malformed, "a closing square bracket") }
            if scalar == "]", !isFirst { break }
            isFirst = false
            if hasPrefix("[:"), let set = try posixClass() {
                ranges += set.ranges
                continue
            }
            let (set, lower) = try classMember()
            guard let lower else {
                ranges += set.ranges
                continue
            }
            // A hyphen makes a range, unless it stands last or before a class.
            guard current == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                ranges.append(ScalarSet.Range(lower: lower, upper: lower))
                continue
            }
            position += 1
            let (other, upper) = try classMember()
            guard let upper else {
                ranges.append(ScalarSet.Range(lower: lower, upper: lower))
                ranges.append(ScalarSet.Range(lower: 0x2D, upper: 0x2D))
                ranges += other.ranges
                continue
            }
            guard lower <= upper else { throw failure(.malformed, "a range whose end is not below its start") }
            ranges.append(ScalarSet.Range(lower: lower, upper: upper))
        }
        position += 1
        let set = try folding(ScalarSet(ranges))
        return isNegated ? set.inverted : set
    }

    /// A member of a class: a set, or a scalar that may begin a range.
    private mutating func classMember() throws(ParseError) -> (ScalarSet, UInt32?) {
        guard let scalar = current else { throw failure(.malformed, "a closing square bracket") }
        position += 1
        guard scalar == "\\" else { return (ScalarSet(), scalar.value) }
        guard let letter = current else { throw failure(.malformed, "a character behind a backslash") }
        if letter == "b" {
            position += 1
            return (ScalarSet(), 8)
        }
        if let set = try classEscape() { return (set, nil) }
        return (ScalarSet(), try characterEscape(isInClass: true))
    }

    private mutating func posixClass() throws(ParseError) -> ScalarSet? {
        let start = position
        position += 2
        let isNegated = take("^")
        let classes: [(String, ScalarSet)] = [
            ("alpha", ScalarSet((0x41, 0x5A), (0x61, 0x7A))), ("digit", .digits), ("word", .word), ("space", .space),
            ("alnum", ScalarSet((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A))), ("upper", ScalarSet((0x41, 0x5A))),
            ("lower", ScalarSet((0x61, 0x7A))), ("xdigit", ScalarSet((0x30, 0x39), (0x41, 0x46), (0x61, 0x66))),
            ("punct", ScalarSet((0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E))),
            ("blank", ScalarSet((9, 9), (32, 32))), ("cntrl", ScalarSet((0, 31), (127, 127))),
            ("graph", ScalarSet((0x21, 0x7E))), ("print", ScalarSet((0x20, 0x7E))), ("ascii", ScalarSet((0, 127))),
        ]
        for (name, set) in classes where take(name + ":]") { return isNegated ? set.inverted : set }
        position = start
        return nil
    }

    // MARK: - Escapes

    /// What a backslash outside of a class means, with the position at the backslash.
    mutating func escape() throws(ParseError) -> ExpressionNode? {
        position += 1
        guard let letter = current else { throw failure(.malformed, "a character behind a backslash") }
        let assertions: [(Unicode.Scalar, ExpressionNode.Assertion)] = [
            ("b", .wordBoundary), ("B", .noWordBoundary), ("A", .textStart), ("z", .textEnd),
            ("Z", .textEndOrLastLineFeed),
        ]
        for (scalar, assertion) in assertions where scalar == letter {
            position += 1
            return .assertion(assertion)
        }
        switch letter {
        case "1"..."9", "k", "g": throw failure(.unsupported, "an expression without back-references")
        case "G", "K", "X", "C": throw failure(.unsupported, "an expression without \\G, \\K, \\X and \\C")
        case "E":
            position += 1
            return nil
        case "Q":
            position += 1
            return try quotation()
        case "R":
            position += 1
            let carriageReturn = ExpressionNode.set(ScalarSet((13, 13)))
            return .choice([.sequence([carriageReturn, .set(.lineFeed)]), .set(.verticalSpace)])
        case "N":
            position += 1
            return .set(ScalarSet.lineFeed.inverted)
        default: break
        }
        if let set = try classEscape() { return .set(set) }
        let scalar = try characterEscape(isInClass: false)
        return .set(try folding(ScalarSet((scalar, scalar))))
    }

    /// `\Q…\E`: everything between them as it stands.
    private mutating func quotation() throws(ParseError) -> ExpressionNode {
        var parts: [ExpressionNode] = []
        while let scalar = current, !take("\\E") {
            position += 1
            parts.append(.set(try folding(ScalarSet((scalar.value, scalar.value)))))
        }
        return .sequence(parts)
    }

    /// The set that an escape stands for, with the position behind the backslash; `nil` if it is one character.
    private mutating func classEscape() throws(ParseError) -> ScalarSet? {
        let set: ScalarSet
        switch current {
        case "d": set = .digits
        case "D": set = ScalarSet.digits.inverted
        case "w": set = .word
        case "W": set = ScalarSet.word.inverted
        case "s": set = .space
        case "S": set = ScalarSet.space.inverted
        case "h": set = .horizontalSpace
        case "H": set = ScalarSet.horizontalSpace.inverted
        case "v": set = .verticalSpace
        case "V": set = ScalarSet.verticalSpace.inverted
        case "p", "P": return try category()
        default: return nil
        }
        position += 1
        return set
    }

    private mutating func category() throws(ParseError) -> ScalarSet {
        var isNegated = current == "P"
        position += 1
        var name = ""
        if take("{") {
            if take("^") { isNegated.toggle() }
            while let scalar = current, scalar != "}", name.utf8.count < 40 {
                name.unicodeScalars.append(scalar)
                position += 1
            }
            guard take("}") else { throw failure(.malformed, "a closing brace") }
        } else if let scalar = current {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard let set = ScalarSet.category(name) else {
            throw failure(.unsupported, "a general category such as L, Lu or Nd")
        }
        return isNegated ? set.inverted : set
    }

    /// The one character that an escape stands for, with the position behind the backslash.
    private mutating func characterEscape(isInClass: Bool) throws(ParseError) -> UInt32 {
        guard let letter = current else { throw failure(.malformed, "a character behind a backslash") }
        position += 1
        switch letter {
        case "t": return 9
        case "n": return 10
        case "f": return 12
        case "r": return 13
        case "a": return 7
        case "e": return 27
        case "x": return try hexadecimal(atMost: 2)
        case "u": return try hexadecimal(atMost: 4, exactly: true)
        case "0"..."7" where isInClass || letter == "0":
            var value = letter.value - 0x30
            for _ in 0..<2 {
                guard let digit = current, digit.value &- 0x30 < 8 else { break }
                value = value * 8 + digit.value - 0x30
                position += 1
            }
            return value
        default:
            // A letter without a meaning is an error in PCRE as well; everything else stands for itself.
            guard letter.value >= 0x80 || !ScalarSet.word.contains(letter.value) || letter == "_" else {
                position -= 1
                throw failure(.unsupported, "an escape that is known here")
            }
            return letter.value
        }
    }

    private mutating func hexadecimal(atMost count: Int, exactly: Bool = false) throws(ParseError) -> UInt32 {
        let isBraced = take("{")
        var value: UInt32 = 0
        var digits = 0
        while let scalar = current, digits < (isBraced ? 6 : count), let digit = JSONScanner.digit(byte(scalar)) {
            value = value << 4 | digit
            digits += 1
            position += 1
        }
        if isBraced, !take("}") { throw failure(.malformed, "a closing brace behind at most six digits") }
        guard !(exactly && !isBraced && digits < count), digits > 0 || count == 2, Unicode.Scalar(value) != nil else {
            throw failure(.malformed, "the hexadecimal digits of a character")
        }
        return value
    }

    private func byte(_ scalar: Unicode.Scalar) -> UInt8 { scalar.isASCII ? UInt8(scalar.value) : 0 }
}
