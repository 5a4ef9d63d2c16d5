import Primitives

/// Reads the syntax of an expression. Recursive by groups, which may be nested `depthLimit` deep.
struct ExpressionParser {
    /// What `(?imsx)` switches.
    struct Flags {
        var ignoresCase = false
        var dotIsAll = false
        var isMultiline = false
        var ignoresSpace = false
    }

    static let depthLimit = 60
    /// The highest count of `{m,n}`.
    static let countLimit = 10_000
    /// How many letters may be looked up for the sake of `(?i)`.
    private static let foldingLimit = 100_000

    let scalars: [Unicode.Scalar]
    var position = 0
    var flags: Flags
    private var depth = 0
    private var folded = 0

    init(_ pattern: String, flags: Flags) {
        scalars = Array(pattern.unicodeScalars.prefix(BoundedExpression.lengthLimit + 1))
        self.flags = flags
    }

    mutating func parse() throws(ParseError) -> ExpressionNode {
        guard scalars.count <= BoundedExpression.lengthLimit else {
            throw ParseError(.beyondLimit, "an expression of at most \(BoundedExpression.lengthLimit) characters")
        }
        let node = try choice()
        guard position == scalars.count else {
            throw failure(.malformed, "no closing parenthesis without an opening one")
        }
        return node
    }

    /// An error at the position, counted in bytes of UTF-8.
    func failure(_ kind: ParseError.Kind, _ expected: String) -> ParseError {
        let offset = scalars[..<min(position, scalars.count)].reduce(0) { $0 + UTF8.width($1) }
        return ParseError(kind, expected, at: offset)
    }

    var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    func hasPrefix(_ text: String) -> Bool { scalars[position...].starts(with: text.unicodeScalars) }

    mutating func take(_ text: String) -> Bool {
        guard hasPrefix(text) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    // MARK: - Structure

    private mutating func choice() throws(ParseError) -> ExpressionNode {
        guard depth < ExpressionParser.depthLimit else {
            throw failure(.beyondLimit, "at most \(ExpressionParser.depthLimit) nested groups")
        }
        depth += 1
        defer { depth -= 1 }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(ParseError) -> ExpressionNode {
        var parts: [ExpressionNode] = []
        while let scalar = current, scalar != "|", scalar != ")" {
            if flags.ignoresSpace, skipIgnored() { continue }
            guard let atom = try atom() else { continue }
            parts.append(try quantified(atom))
        }
        return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
    }

    /// White space and comments of the flag `x`.
    private mutating func skipIgnored() -> Bool {
        guard let scalar = current else { return false }
        if ScalarSet.space.contains(scalar.value) {
            position += 1
            return true
        }
        guard scalar == "#" else { return false }
        while let scalar = current, scalar != "\n" { position += 1 }
        return true
    }

    private mutating func quantified(_ atom: ExpressionNode) throws(ParseError) -> ExpressionNode {
        var node = atom
        var count = 0
        while true {
            if flags.ignoresSpace { while skipIgnored() {} }
            let bounds: (Int, Int?)
            switch current {
            case "*": bounds = (0, nil)
            case "+": bounds = (1, nil)
            case "?": bounds = (0, 1)
            case "{":
                guard let counted = try counted() else { return node }
                bounds = counted
            default: return node
            }
            position += 1
            if current == "+" { throw failure(.unsupported, "an expression without possessive quantifiers") }
            if current == "?" { position += 1 }  // lazy: the same question
            count += 1
            guard count <= 4 else { throw failure(.malformed, "at most four quantifiers in a row") }
            node = .repetition(node, least: bounds.0, most: bounds.1)
        }
    }

    /// The bounds of `{m}`, `{m,}`, `{m,n}`, `{,n}`, with the position at the closing brace; `nil` if the brace is one.
    private mutating func counted() throws(ParseError) -> (Int, Int?)? {
        let start = position
        position += 1
        let least = number()
        var most = least
        if current == "," {
            position += 1
            most = number()
            guard least != nil || most != nil else {
                position = start
                return nil
            }
        }
        guard current == "}", least != nil || most != nil else {
            position = start
            return nil
        }
        let limit = ExpressionParser.countLimit
        guard (least ?? 0) <= limit, (most ?? 0) <= limit else {
            throw failure(.beyondLimit, "counts of at most \(limit)")
        }
        if let most, most < least ?? 0 { throw failure(.malformed, "a second count that is not below the first") }
        return (least ?? 0, most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = current, scalar.value &- 0x30 < 10 {
            // Far beyond the limit is as good as just beyond it.
            value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 1_000_000)
            position += 1
        }
        return value
    }

    /// One thing that can be repeated, or `nil` for what leaves nothing: flags and comments.
    private mutating func atom() throws(ParseError) -> ExpressionNode? {
        guard let scalar = current else { return nil }
        switch scalar {
        case "(": return try group()
        case "[": return .set(try characterClass())
        case "\\": return try escape()
        case ".":
            position += 1
            return .set(flags.dotIsAll ? .all : ScalarSet.lineFeed.inverted)
        case "^":
            position += 1
            return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$":
            position += 1
            return .assertion(flags.isMultiline ? .lineEnd : .textEndOrLastLineFeed)
        case "*", "+", "?": throw failure(.malformed, "something to repeat before a quantifier")
        default:
            position += 1
            return .set(try folding(ScalarSet((scalar.value, scalar.value))))
        }
    }

    /// The set with both cases, if case is ignored here.
    mutating func folding(_ set: ScalarSet) throws(ParseError) -> ScalarSet {
        guard flags.ignoresCase else { return set }
        let found = set.ignoringCase(&folded)
        guard folded <= ExpressionParser.foldingLimit else {
            throw failure(.beyondLimit, "fewer large classes where case is ignored")
        }
        return found
    }

    // MARK: - Groups

    private mutating func group() throws(ParseError) -> ExpressionNode? {
        position += 1
        if hasPrefix("*") { throw failure(.unsupported, "an expression without verbs") }
        let outer = flags
        if take("?") {
            if take("#") {
                while let scalar = current, scalar != ")" { position += 1 }
                try closeGroup()
                return nil
            }
            if try !openSpecial() { return nil }
        }
        let inside = try choice()
        try closeGroup()
        flags = outer
        return inside
    }

    private mutating func closeGroup() throws(ParseError) {
        guard take(")") else { throw failure(.malformed, "a closing parenthesis") }
    }

    /// Goes behind what follows `(?`; false if the group is already closed, as flags for the rest of the group are.
    private mutating func openSpecial() throws(ParseError) -> Bool {
        for (opening, name) in [
            ("=", "look-ahead"), ("!", "look-ahead"), ("<=", "look-behind"), ("<!", "look-behind"),
            (">", "atomic groups"), ("|", "branch resets"), ("(", "conditions"), ("P=", "back-references"),
            ("P>", "recursion"), ("R", "recursion"), ("&", "recursion"), ("C", "callouts"),
        ] where hasPrefix(opening) {
            throw failure(.unsupported, "an expression without \(name)")
        }
        if current.map({ $0.value &- 0x30 < 10 }) ?? false {
            throw failure(.unsupported, "an expression without recursion")
        }
        if take(":") { return true }
        for (opening, closing) in [("P<", ">"), ("<", ">"), ("'", "'")] as [(String, Unicode.Scalar)]
        where take(opening) {
            let start = position
            while let scalar = current, ScalarSet.word.contains(scalar.value) { position += 1 }
            guard position > start, current == closing else { throw failure(.malformed, "the name of a group") }
            position += 1
            return true
        }
        return try switchFlags()
    }

    private mutating func switchFlags() throws(ParseError) -> Bool {
        var isOn = true
        while let scalar = current {
            position += 1
            switch scalar {
            case "i": flags.ignoresCase = isOn
            case "s": flags.dotIsAll = isOn
            case "m": flags.isMultiline = isOn
            case "x": flags.ignoresSpace = isOn
            case "u", "U", "n", "a": break  // greediness, names and Unicode: no difference here
            case "-": isOn = false
            case "^": flags = Flags()
            case ":": return true
            case ")": return false
            default:
                position -= 1
                throw failure(.unsupported, "one of the flags i, m, s and x")
            }
        }
        throw failure(.malformed, "a closing parenthesis")
    }
}
