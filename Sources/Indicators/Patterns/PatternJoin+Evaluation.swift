public import Primitives

/// A record that fulfils an observation of a pattern.
public struct PatternHit: Sendable, Hashable {
    /// The moment of the record, if it has one.
    public let moment: Timestamp?
    /// The number of the record; the same for all observations that one record fulfils.
    public let record: Int

    /// Joins the parts.
    public init(moment: Timestamp?, record: Int) {
        self.moment = moment
        self.record = record
    }
}

/// What came of joining the records of a pattern.
public struct PatternMatches: Sendable, Hashable {
    /// The first matches in the order of their times, each with its records in the order of theirs. No two of them share
    /// a record.
    public var matches: [[Int]] = []
    /// How many further matches there are.
    public var furtherCount = 0
    /// Whether some records could not be placed in time although the pattern asks for times.
    public var hasUntimed = false
    /// Whether not all combinations were looked at.
    public var isCut = false
}

extension CompoundPattern {
    /// How many observations the pattern has.
    public var observationCount: Int { observations.count }

    /// Joins the records that fulfil the observations; `hits` has a list for each of them.
    ///
    /// The borders of the standard: `WITHIN n` takes n seconds and no microsecond more, `START` is inside and `STOP`
    /// outside, and what follows may happen at the same moment. Different observations are different records.
    /// A record without a moment can be anywhere, so it is used only where no time is asked for.
    public func matches(_ hits: [[PatternHit]], limit: Int = 20) -> PatternMatches {
        var evaluation = PatternEvaluation(
            hits: hits.map { list in
                list.sorted { left, right in
                    (left.moment?.microseconds ?? .min, left.record) < (
                        right.moment?.microseconds ?? .min, right.record
                    )
                }
            })
        let found = evaluation.bindings(join)
        var result = PatternMatches()
        (result.hasUntimed, result.isCut) = (evaluation.hasUntimed, evaluation.isCut)
        var used: Set<Int> = []
        // The earliest complete match first, of equally early ones the shortest.
        for binding in found.sorted(by: PatternBinding.precedes) {
            let records = binding.records.list
            guard used.isDisjoint(with: records) else { continue }
            if result.matches.count < limit {
                used.formUnion(records)
                result.matches.append(records)
            } else {
                used.formUnion(records)
                result.furtherCount += 1
            }
        }
        return result
    }
}

/// Records that together fulfil an expression.
struct PatternBinding {
    /// The records, so that a thousand repetitions share their lists.
    indirect enum Records {
        case hits(ArraySlice<PatternHit>)
        case both(Records, Records)

        /// In the order of the times, untimed ones last, each once.
        var list: [Int] {
            if case .hits(let hits) = self { return hits.map(\.record) }
            var all: [PatternHit] = []
            collect(into: &all)
            all.sort { ($0.moment?.microseconds ?? .max, $0.record) < ($1.moment?.microseconds ?? .max, $1.record) }
            var seen: Set<Int> = []
            return all.map(\.record).filter { seen.insert($0).inserted }
        }

        func collect(into all: inout [PatternHit]) {
            switch self {
            case .hits(let hits): all += hits
            case .both(let first, let second):
                first.collect(into: &all)
                second.collect(into: &all)
            }
        }

        func shares(with other: Records) -> Bool {
            if case .hits(let first) = self, case .hits(let second) = other, first.count == 1, second.count == 1 {
                return first.first?.record == second.first?.record
            }
            return !Set(list).isDisjoint(with: other.list)
        }
    }

    /// The first and the last moment in microseconds; `nil` if a record has none.
    var span: ClosedRange<Int64>?
    var records: Records

    static func precedes(_ left: PatternBinding, _ right: PatternBinding) -> Bool {
        let first = left.span ?? Int64.max...Int64.max
        let second = right.span ?? Int64.max...Int64.max
        if first.upperBound != second.upperBound { return first.upperBound < second.upperBound }
        if first.lowerBound != second.lowerBound { return first.lowerBound > second.lowerBound }
        return left.records.list.lexicographicallyPrecedes(right.records.list)
    }

    func joined(with other: PatternBinding) -> PatternBinding {
        var both: ClosedRange<Int64>?
        if let span, let second = other.span {
            both = min(span.lowerBound, second.lowerBound)...max(span.upperBound, second.upperBound)
        }
        return PatternBinding(span: both, records: .both(records, other.records))
    }
}

/// Works out the bindings of every part of a pattern.
///
/// For each possible last moment the binding with the latest first moment is kept: if any binding that ends there keeps
/// within a stretch of time, lies between two moments or follows something, this one does. So the lists grow by addition
/// and not by multiplication.
struct PatternEvaluation {
    /// The most bindings of a part.
    static let bindingLimit = 50_000
    /// How many of the latest are tried when records must differ.
    private static let alternatives = 4

    let hits: [[PatternHit]]
    private(set) var hasUntimed = false
    private(set) var isCut = false

    init(hits: [[PatternHit]]) { self.hits = hits }

    mutating func bindings(_ join: PatternJoin) -> [PatternBinding] {
        let found: [PatternBinding]
        switch join {
        case .observation(let number):
            guard hits.indices.contains(number) else { return [] }
            found = hits[number].indices.map { index in
                let moment = hits[number][index].moment?.microseconds
                return PatternBinding(span: moment.map { $0...$0 }, records: .hits(hits[number][index...index]))
            }
        case .any(let parts): found = parts.flatMap { bindings($0) }
        case .all(let parts):
            found = parts.dropFirst().reduce(parts.first.map { bindings($0) } ?? []) { both($0, bindings($1)) }
        case .sequence(let parts):
            found = parts.dropFirst().reduce(parts.first.map { bindings($0) } ?? []) { following($0, bindings($1)) }
        case .qualified(let inside, .within(let length)):
            found = timed(bindings(inside)).filter { binding in
                guard let span = binding.span else { return false }
                let (difference, overflows) = span.upperBound.subtractingReportingOverflow(span.lowerBound)
                return !overflows && difference <= length
            }
        case .qualified(let inside, .between(let start, let stop)):
            found = timed(bindings(inside)).filter { binding in
                guard let span = binding.span else { return false }
                return span.lowerBound >= start.microseconds && span.upperBound < stop.microseconds
            }
        case .qualified(let inside, .times(let count)): found = repeated(inside, count)
        }
        guard found.count > PatternEvaluation.bindingLimit else { return found }
        isCut = true
        return Array(found[..<PatternEvaluation.bindingLimit])
    }

    /// Those whose times are known.
    private mutating func timed(_ bindings: [PatternBinding]) -> [PatternBinding] {
        let known = bindings.filter { $0.span != nil }
        if known.count < bindings.count { hasUntimed = true }
        return known
    }

    /// One of each, on different records.
    private func both(_ first: [PatternBinding], _ second: [PatternBinding]) -> [PatternBinding] {
        var found: [PatternBinding] = []
        // The latest beginnings so far, of both sides.
        var latest: ([PatternBinding], [PatternBinding]) = ([], [])
        let events =
            first.compactMap { binding in binding.span.map { (end: $0.upperBound, isFirst: true, binding: binding) } }
            + second.compactMap { binding in binding.span.map { (end: $0.upperBound, isFirst: false, binding: binding) }
            }
        for event in events.sorted(by: { ($0.end, $0.isFirst ? 0 : 1) < ($1.end, $1.isFirst ? 0 : 1) }) {
            let others = event.isFirst ? latest.1 : latest.0
            if let other = others.first(where: { !$0.records.shares(with: event.binding.records) }) {
                found.append(event.isFirst ? event.binding.joined(with: other) : other.joined(with: event.binding))
            }
            if event.isFirst {
                PatternEvaluation.keep(event.binding, &latest.0)
            } else {
                PatternEvaluation.keep(event.binding, &latest.1)
            }
        }
        // Without times any two will do; one for each is enough to say so.
        for (one, others) in [(first, second), (second, first)] {
            for binding in one where binding.span == nil {
                guard let other = others.first(where: { !$0.records.shares(with: binding.records) }) else { continue }
                found.append(binding.joined(with: other))
            }
        }
        return found
    }

    private static func keep(_ binding: PatternBinding, _ latest: inout [PatternBinding]) {
        let start = binding.span?.lowerBound ?? .min
        let place = latest.firstIndex { ($0.span?.lowerBound ?? .min) <= start } ?? latest.count
        latest.insert(binding, at: place)
        if latest.count > alternatives { latest.removeLast() }
    }

    /// The second at or after the first, on different records.
    private mutating func following(_ first: [PatternBinding], _ second: [PatternBinding]) -> [PatternBinding] {
        let before = timed(first).sorted { ($0.span?.upperBound ?? 0) < ($1.span?.upperBound ?? 0) }
        let after = timed(second).sorted { ($0.span?.lowerBound ?? 0) < ($1.span?.lowerBound ?? 0) }
        var found: [PatternBinding] = []
        var latest: [PatternBinding] = []
        var index = 0
        for binding in after {
            while index < before.count, (before[index].span?.upperBound ?? .max) <= (binding.span?.lowerBound ?? .min) {
                PatternEvaluation.keep(before[index], &latest)
                index += 1
            }
            if let other = latest.first(where: { !$0.records.shares(with: binding.records) }) {
                found.append(other.joined(with: binding))
            }
        }
        return found
    }

    /// So many at a time: of records, the ones behind one another; of larger things, the latest that share nothing.
    private mutating func repeated(_ inside: PatternJoin, _ count: Int) -> [PatternBinding] {
        if count == 1 { return bindings(inside) }
        if case .observation(let number) = inside, hits.indices.contains(number) {
            return repeatedHits(hits[number], count)
        }
        let all = bindings(inside)
        let sorted = all.sorted(by: PatternBinding.precedes)
        guard sorted.count >= count else { return [] }
        var found: [PatternBinding] = []
        // The number of comparisons is bounded: such patterns are rarely more than a test of a reader.
        var work = 0
        for end in sorted.indices.dropFirst(count - 1) {
            var whole = sorted[end]
            var used = Set(whole.records.list)
            var taken = 1
            var index = end - 1
            while taken < count, index >= 0, work < 2_000_000 {
                let records = sorted[index].records.list
                work += records.count
                if used.isDisjoint(with: records) {
                    used.formUnion(records)
                    whole = sorted[index].joined(with: whole)
                    taken += 1
                }
                index -= 1
            }
            if taken == count { found.append(whole) }
            if work >= 2_000_000 {
                isCut = true
                break
            }
        }
        return found
    }

    private func repeatedHits(_ hits: [PatternHit], _ count: Int) -> [PatternBinding] {
        guard hits.count >= count else { return [] }
        let untimed = hits.prefix { $0.moment == nil }.count
        var found: [PatternBinding] = []
        for end in hits.indices.dropFirst(count - 1) {
            let slice = hits[(end - count + 1)...end]
            var span: ClosedRange<Int64>?
            if slice.startIndex >= untimed, let first = slice.first?.moment, let last = slice.last?.moment {
                span = first.microseconds...last.microseconds
            } else if end + 1 < hits.count, !found.isEmpty {
                continue  // one without times is enough
            }
            found.append(PatternBinding(span: span, records: .hits(slice)))
        }
        return found
    }
}
