public import ArtifactModel

/// Indicators, ready to be compared with fields of records: built once, then shared by all threads.
///
/// An indicator that occurs in two files is there twice, and matches twice: both publishers are named to the reader.
public struct IndicatorSet: Sendable {
    /// How many indicators of one kind, family and source there are.
    public struct Tally: Sendable, Hashable {
        /// The kind.
        public let kind: Indicator.Kind
        /// The family, if one is known.
        public let family: String?
        /// The file.
        public let source: String
        /// How many.
        public let count: Int
    }

    /// The indicators, sorted by kind, value, family, source and identifier.
    public let indicators: [Indicator]
    /// Their numbers, sorted by kind, family and source.
    public let tallies: [Tally]
    /// 32 hexadecimal digits that are the same for the same indicators in any order. Not a cryptographic hash.
    public let digest: String

    let tables: IndicatorTables

    /// Sorts and indexes the indicators.
    public init(_ indicators: [Indicator]) {
        self.indicators = indicators.sorted { IndicatorSet.precedes($0, $1) }
        tallies = IndicatorSet.tallies(self.indicators)
        digest = IndicatorSet.digest(self.indicators)
        tables = IndicatorTables(self.indicators)
    }

    /// How many indicators there are.
    public var count: Int { indicators.count }

    /// The numbers of the indicators that fields of these kinds can match: what a piece of evidence could have shown.
    public func tallies(comparableWith kinds: some Sequence<Observable.Kind>) -> [Tally] {
        let comparable = Set(kinds.flatMap(\.comparableKinds))
        return tallies.filter { comparable.contains($0.kind) }
    }
}
