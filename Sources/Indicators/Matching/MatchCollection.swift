/// What was found so far for one text.
struct MatchCollection {
    /// What is known of a match before its indicator is put together.
    private struct Found {
        let indicator: Int
        let observed: String
        let manner: IndicatorMatch.Manner
        var others = 0
    }

    private let compiled: CompiledIndicators
    private var found: [Found] = []

    init(_ compiled: CompiledIndicators) { self.compiled = compiled }

    /// Whether nothing was found.
    var isEmpty: Bool { found.isEmpty }

    /// Adds what is published under a key. Of many publications of one value the first are listed; the last of these says
    /// how many more there are.
    mutating func add(
        _ indicators: UnsafeBufferPointer<UInt32>, _ observed: UnsafeBufferPointer<UInt8>,
        _ manner: IndicatorMatch.Manner
    ) {
        guard !indicators.isEmpty else { return }
        add(indicators.prefix(KeyCollection.listed).map { Int($0) }, observed, manner)
        noteOthers(indicators.count - KeyCollection.listed)
    }

    /// Adds to what the last match says of publications that are not listed.
    mutating func noteOthers(_ count: Int) {
        if count > 0, let last = found.indices.last { found[last].others += count }
    }

    /// Adds single indicators, each unless it was found before: the first manner in which it is found is the closest.
    mutating func add(_ indicators: [Int], _ observed: UnsafeBufferPointer<UInt8>, _ manner: IndicatorMatch.Manner) {
        var text: String?
        for indicator in indicators where !found.contains(where: { $0.indicator == indicator }) {
            let observed = text ?? String(decoding: observed, as: UTF8.self)
            text = observed
            found.append(Found(indicator: indicator, observed: observed, manner: manner))
        }
    }

    /// The matches, in the order of the indicators.
    var matches: [IndicatorMatch] {
        found.sorted { $0.indicator < $1.indicator }.compactMap { found in
            compiled.indicator(found.indicator).map {
                IndicatorMatch(indicator: $0, observed: found.observed, manner: found.manner, others: found.others)
            }
        }
    }
}
