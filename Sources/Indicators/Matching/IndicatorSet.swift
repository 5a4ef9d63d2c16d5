public import ArtifactModel

/// Indicators, ready to be compared with fields of records: compiled once, then shared by all threads.
///
/// An indicator that occurs in two files is there twice, and matches twice: both publishers are named to the reader. One
/// that is there twice in every respect is there once.
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

    let compiled: CompiledIndicators
    let hostFilter: HostFilter

    /// Sorts and indexes the indicators. Whoever has many of them uses a ``Builder``.
    public init(_ indicators: some Sequence<Indicator>) {
        var builder = Builder()
        for indicator in indicators { builder.add(indicator) }
        self = builder.build()
    }

    init(compiled: CompiledIndicators) {
        self.compiled = compiled
        hostFilter = compiled.hostFilter
    }

    /// How many indicators there are.
    public var count: Int { compiled.entries.count }

    /// The indicators, sorted by kind, value, family, source and identifier; each is put together when it is asked for.
    public var indicators: Listing { Listing(compiled: compiled) }

    /// Their numbers, sorted by kind, family and source.
    public var tallies: [Tally] {
        compiled.tallies.compactMap { tally in
            guard Int(tally.kind) < Indicator.Kind.ordered.count else { return nil }
            return Tally(
                kind: Indicator.Kind.ordered[Int(tally.kind)], family: compiled.text(tally.family),
                source: compiled.text(tally.source) ?? "", count: Int(tally.count))
        }
    }

    /// 32 hexadecimal digits that are the same for the same indicators in any order. Not a cryptographic hash.
    public var digest: String {
        [compiled.header.digestHigh, compiled.header.digestLow].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// The numbers of the indicators that fields of these kinds can match: what a piece of evidence could have shown.
    public func tallies(comparableWith kinds: some Sequence<Observable.Kind>) -> [Tally] {
        let comparable = Set(kinds.flatMap(\.comparableKinds))
        return tallies.filter { comparable.contains($0.kind) }
    }

    /// The indicators of a set, made one by one as they are looked at.
    public struct Listing: RandomAccessCollection, Sendable {
        let compiled: CompiledIndicators

        public var startIndex: Int { 0 }
        public var endIndex: Int { compiled.entries.count }

        public subscript(position: Int) -> Indicator {
            precondition(indices.contains(position), "an index of the listing")
            // Only a file that was changed while it was mapped has none here.
            return compiled.indicator(position) ?? Indicator(.domainName, "", source: "")
        }
    }
}
