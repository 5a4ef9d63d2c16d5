public import Primitives

/// A regular expression that takes time in proportion to the text, whoever wrote the expression.
///
/// The syntax is that of Perl and PCRE as far as an automaton can do it: literals, `.`, classes, `\d \w \s \b \h \v \R`,
/// `\p{…}` with general categories, `^ $ \A \z \Z`, groups, alternatives, `* + ? {m,n}` greedy or lazy (which is the
/// same when only the question is whether there is a match), and the flags `(?imsx)`. What needs more than an automaton
/// (back-references, look-around, atomic groups, possessive quantifiers, conditions, recursion) is refused with the
/// reason. `\d`, `\w` and `\s` mean ASCII, as in PCRE; everything else goes by Unicode scalars. Bytes that are not UTF-8
/// count as U+FFFD each.
///
/// How it works: the expression becomes a program after Ken Thompson ("Regular Expression Search Algorithm", 1968;
/// https://swtch.com/~rsc/regexp/regexp2.html). If that gives a small table, the table is walked, one step a character;
/// if not, the set of all places in the program at which a match could stand is carried along, which costs at most the
/// size of the program for each character. There is nothing to go back to, so there is nothing that can explode.
public struct BoundedExpression: Sendable {
    /// The longest expression that is read, in scalars.
    public static let lengthLimit = 16_384

    private let program: ExpressionProgram
    private let table: ExpressionTable?
    /// How much of a text the expression decides, in bits, at the least: about six for each character that must be one
    /// certain character. An expression of few bits agrees with a good part of all texts.
    public let selectivity: Int

    /// What the expression costs, roughly in bytes: what its table takes; where there is none, so much more for each step
    /// as asking it takes longer.
    public var cost: Int {
        guard let table else { return program.steps.count * 4_096 }
        return table.size + program.steps.count * 64 + 512
    }

    /// Compiles an expression, or says why it can't be used. `dotMatchesLineFeed` is the flag `s` from the start.
    public init(
        _ pattern: String, isCaseInsensitive: Bool = false, dotMatchesLineFeed: Bool = false
    ) throws(ParseError) {
        var parser = ExpressionParser(
            pattern, flags: ExpressionParser.Flags(ignoresCase: isCaseInsensitive, dotIsAll: dotMatchesLineFeed))
        let node = try parser.parse()
        selectivity = node.selectivity
        program = try ExpressionProgram(node)
        table = ExpressionTable(program)
    }

    /// Whether the expression matches anywhere in UTF-8 text.
    public func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if let table { return table.matches(bytes, program.alphabet) }
        return matchesByWalking(bytes)
    }

    /// The slow way, which is always there.
    func matchesByWalking(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var walk = ExpressionWalk(program)
        return walk.matches(bytes)
    }

    /// Whether the expression matches anywhere in a text.
    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    /// Whether the quick way is taken: what a benchmark or a test wants to know.
    var hasTable: Bool { table != nil }
}
