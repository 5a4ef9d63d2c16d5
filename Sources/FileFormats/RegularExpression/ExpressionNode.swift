/// An expression as it was read; nested at most as deep as the parser allows.
indirect enum ExpressionNode: Hashable, Sendable {
    /// Matches without a character.
    case empty
    /// One scalar of a set.
    case set(ScalarSet)
    /// A condition on the place between two characters.
    case assertion(Assertion)
    /// One behind the other.
    case sequence([ExpressionNode])
    /// Any of them.
    case choice([ExpressionNode])
    /// As often as said; without an upper bound if there is no `most`.
    case repetition(ExpressionNode, least: Int, most: Int?)

    /// Conditions on the place between two characters.
    enum Assertion: UInt8, Hashable, Sendable {
        /// `\A`, and `^` without the flag `m`.
        case textStart
        /// `^` with the flag `m`.
        case lineStart
        /// `\z`
        case textEnd
        /// `\Z`, and `$` without the flag `m`: at the end, or before a line feed that ends the text.
        case textEndOrLastLineFeed
        /// `$` with the flag `m`.
        case lineEnd
        /// `\b`
        case wordBoundary
        /// `\B`
        case noWordBoundary
    }
}
