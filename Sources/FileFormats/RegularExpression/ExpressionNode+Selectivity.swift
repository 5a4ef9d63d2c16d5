extension ExpressionNode {
    /// How much a text has to have in common with the expression, in bits: six for a character that must be one certain
    /// character, five for a letter in either case, one for a letter, none for any character.
    ///
    /// A lower bound: of alternatives the one that asks for least counts, less what having so many of them gives away, and
    /// what may be absent counts nothing. `\.ru$` has 18, `^[a-z]{8}$` has 8, `.*` has none.
    var selectivity: Int {
        switch self {
        case .empty, .assertion: 0
        case .set(let set): set.selectivity
        case .sequence(let nodes): nodes.reduce(0) { Self.sum($0, $1.selectivity) }
        case .choice(let nodes):
            max(0, (nodes.map(\.selectivity).min() ?? 0) - Self.width(nodes.count))
        case .repetition(let node, let least, _): Self.product(node.selectivity, least)
        }
    }

    /// More than this is as good as this.
    private static let most = 1 << 20

    private static func sum(_ left: Int, _ right: Int) -> Int { min(most, left + right) }

    private static func product(_ left: Int, _ right: Int) -> Int { min(most, left * min(right, most)) }

    /// How many bits tell so many things apart.
    fileprivate static func width(_ count: Int) -> Int { Int.bitWidth - max(0, count - 1).leadingZeroBitCount }
}

extension ScalarSet {
    /// The same for one character, of which names and links have about sixty-four.
    fileprivate var selectivity: Int {
        let (first, last) = (UInt32(0x20), UInt32(0x7E))
        var count = 0
        for range in ranges where range.lower <= last && range.upper >= first {
            count += Int(min(range.upper, last) - max(range.lower, first)) + 1
        }
        // Nothing of ASCII: letters of other scripts, of which a range has many.
        if count == 0 { return ranges.allSatisfy { $0.upper - $0.lower < 2 } && ranges.count <= 4 ? 6 : 0 }
        return max(0, 6 - ExpressionNode.width(count))
    }
}
