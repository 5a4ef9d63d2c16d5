import Primitives

/// The kinds of characters that an expression tells apart, numbered: the symbols of its automaton.
///
/// Two scalars that are in the same sets are the same symbol. A line feed that ends the text and the end of the text are
/// symbols of their own, because `$` has to see them coming.
struct ExpressionAlphabet: Sendable {
    /// What the assertions must know of a neighbour.
    enum Neighbour: UInt8, Sendable {
        /// Nothing is there: the start or the end of the text.
        case edge
        /// A line feed.
        case lineFeed
        /// The line feed that ends the text; only as the next character.
        case lastLineFeed
        /// A letter, digit or low line of ASCII.
        case word
        /// Anything else.
        case other
    }

    /// Where each class begins, in order; class `n` ends where class `n + 1` begins.
    private let starts: [UInt32]
    /// The symbol of each class.
    private let symbols: [UInt16]
    /// The symbol of each ASCII character.
    private let ascii: [UInt16]
    /// For every symbol, whether it belongs to each set, 64 sets to a word.
    private let members: [UInt64]
    private let words: Int
    /// What each symbol is to an assertion.
    let neighbours: [Neighbour]

    /// The symbol of the line feed that ends the text.
    let lastLineFeed: Int
    /// The symbol of the end.
    let end: Int
    /// Whether any assertion looks at words.
    let knowsWords: Bool
    /// Whether any assertion looks at lines.
    let knowsLines: Bool
    /// Whether any assertion looks at the start.
    let knowsStart: Bool

    var count: Int { end + 1 }

    /// More than this is no expression that a person wrote, and would cost more to tell apart than to match.
    private static let setLimit = 2_000
    private static let startLimit = 30_000
    private static let wordLimit = 1 << 19

    init(_ sets: [ScalarSet], assertions: Set<ExpressionNode.Assertion>) throws(ParseError) {
        knowsWords = assertions.contains(.wordBoundary) || assertions.contains(.noWordBoundary)
        knowsLines = assertions.contains(.lineStart) || assertions.contains(.lineEnd)
        knowsStart = knowsWords || assertions.contains(.textStart) || assertions.contains(.lineStart)
        var bounds: Set<UInt32> = [0, 10, 11]
        for set in knowsWords ? sets + [.word] : sets {
            for range in set.ranges {
                bounds.insert(range.lower)
                if range.upper < ScalarSet.last { bounds.insert(range.upper + 1) }
            }
        }
        starts = bounds.sorted()
        words = (sets.count + 63) / 64
        guard sets.count <= ExpressionAlphabet.setLimit, starts.count <= ExpressionAlphabet.startLimit,
            starts.count * words <= ExpressionAlphabet.wordLimit
        else { throw ParseError(.beyondLimit, "an expression with fewer different classes") }
        // Which sets each class is in: marked range by range, because most sets are one range.
        var memberships = [UInt64](repeating: 0, count: starts.count * words)
        for (number, set) in sets.enumerated() {
            for range in set.ranges {
                var index = ExpressionAlphabet.index(of: range.lower, in: starts)
                while index < starts.count, starts[index] <= range.upper {
                    memberships[index * words + number / 64] |= 1 << UInt64(number % 64)
                    index += 1
                }
            }
        }
        // Classes in the same sets share a symbol; the line feed is always alone.
        var members: [UInt64] = []
        var neighbours: [Neighbour] = []
        var known: [[UInt64]: UInt16] = [:]
        var symbols: [UInt16] = []
        var lineFeedMembers: [UInt64] = []
        for (index, start) in starts.enumerated() {
            let membership = Array(memberships[index * words..<(index + 1) * words])
            let isWord = knowsWords && ScalarSet.word.contains(start)
            let key = membership + [start == 10 ? 2 : isWord ? 1 : 0]
            if start == 10 { lineFeedMembers = membership }
            if let symbol = known[key] {
                symbols.append(symbol)
                continue
            }
            let symbol = UInt16(truncatingIfNeeded: neighbours.count)
            known[key] = symbol
            symbols.append(symbol)
            members += membership
            neighbours.append(start == 10 ? .lineFeed : isWord ? .word : .other)
        }
        lastLineFeed = neighbours.count
        end = lastLineFeed + 1
        self.members = members + lineFeedMembers + [UInt64](repeating: 0, count: words)
        self.neighbours = neighbours + [.lastLineFeed, .edge]
        self.symbols = symbols
        let starts = starts
        ascii = (0..<128).map { symbols[ExpressionAlphabet.index(of: $0, in: starts)] }
    }

    /// Whether a character of this symbol is in a set.
    @inline(__always) func contains(_ symbol: Int, set: Int) -> Bool {
        members[symbol * words + set >> 6] >> UInt64(set & 63) & 1 == 1
    }

    private static func index(of scalar: UInt32, in starts: [UInt32]) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= scalar { low = middle } else { high = middle }
        }
        return low
    }

    /// The symbol of the character at an offset, and how many bytes it takes; the end if there is none.
    @inline(__always)
    func symbol(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> (symbol: Int, length: Int) {
        guard offset < bytes.count else { return (end, 0) }
        let byte = bytes[offset]
        if byte == 10, offset == bytes.count - 1 { return (lastLineFeed, 1) }
        if byte < 0x80 { return (Int(ascii[Int(byte)]), 1) }
        let (scalar, length) = ExpressionAlphabet.decode(bytes, offset)
        return (Int(symbols[ExpressionAlphabet.index(of: scalar, in: starts)]), length)
    }

    /// The scalar at an offset; U+FFFD, one byte long, for what is not UTF-8.
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> (UInt32, Int) {
        let first = UInt32(bytes[offset])
        let length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1
        guard length > 1, bytes.count - offset >= length else { return (0xFFFD, 1) }
        var value = first & (0x7F >> UInt32(length))
        for index in 1..<length {
            let byte = UInt32(bytes[offset + index])
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            value = value << 6 | byte & 0x3F
        }
        let least: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
        guard value >= least[length], Unicode.Scalar(value) != nil else { return (0xFFFD, 1) }
        return (value, length)
    }
}
