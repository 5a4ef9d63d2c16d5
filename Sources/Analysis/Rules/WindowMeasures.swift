import RuleLanguage

/// What the records of a window come to, kept up to date while records enter and leave.
struct WindowMeasures {
    private let kind: CorrelationRule.Kind
    private let thresholds: [CorrelationRule.Threshold]
    private let percentile: Int?
    private var count = 0
    private var members: [Int]
    private var membersPresent = 0
    private var values: [UInt64: Int] = [:]
    /// How many values are there so many times: few different numbers, however many values there are.
    private var frequencies: [Int: Int] = [:]
    /// In units of 2^-20, so that what enters and leaves again changes nothing.
    private var sum: Int128 = 0
    private var sorted = SortedNumbers()

    init(_ correlation: RuleSet.Correlation) {
        kind = correlation.rule.kind
        percentile = correlation.rule.percentile
        members = [Int](repeating: 0, count: correlation.members.count)
        thresholds =
            correlation.rule.thresholds.isEmpty
            ? [CorrelationRule.Threshold(.gte, Double(correlation.members.count))] : correlation.rule.thresholds
    }

    private static func scaled(_ measure: MatchLine.Measure) -> Int128 {
        switch measure {
        case .integer(let number): return Int128(number) << 20
        case .real(let number):
            let scaled = (number * 1_048_576).rounded()
            return abs(scaled) < 0x1p100 ? Int128(scaled) : scaled < 0 ? -(1 << 100) : 1 << 100
        case .none, .identity: return 0
        }
    }

    private static func real(_ measure: MatchLine.Measure) -> Double {
        switch measure {
        case .integer(let number): Double(number)
        case .real(let number): number
        case .none, .identity: 0
        }
    }

    private static func identity(_ measure: MatchLine.Measure) -> UInt64 {
        if case .identity(let number) = measure { number } else { 0 }
    }

    /// Takes a record in, or out.
    mutating func change(_ member: Int, _ measure: MatchLine.Measure, by step: Int) {
        count += step
        switch kind {
        case .eventCount, .temporalOrdered: break
        case .temporal:
            guard member < members.count else { return }
            members[member] += step
            if members[member] == (step > 0 ? 1 : 0) { membersPresent += step }
        case .valueCount: change(WindowMeasures.identity(measure), by: step)
        case .valueSum, .valueAverage:
            let scaled = WindowMeasures.scaled(measure)
            sum = step > 0 ? sum + scaled : sum - scaled
        case .valuePercentile:
            if percentile == nil {
                change(WindowMeasures.identity(measure), by: step)
            } else if step > 0 {
                sorted.insert(WindowMeasures.real(measure))
            } else {
                sorted.remove(WindowMeasures.real(measure))
            }
        }
    }

    private mutating func change(_ value: UInt64, by step: Int) {
        let before = values[value] ?? 0
        let after = before + step
        values[value] = after > 0 ? after : nil
        if before > 0 {
            let left = (frequencies[before] ?? 0) - 1
            frequencies[before] = left > 0 ? left : nil
        }
        if after > 0 { frequencies[after, default: 0] += 1 }
    }

    /// Whether the condition holds.
    var holds: Bool {
        switch kind {
        case .eventCount: return passes(Double(count))
        case .temporal: return passes(Double(membersPresent))
        case .valueCount: return passes(Double(values.count))
        case .valueSum: return passes(Double(sum) / 1_048_576)
        case .valueAverage: return count > 0 && passes(Double(sum) / 1_048_576 / Double(count))
        case .valuePercentile:
            guard let percentile else {
                // The share of the window, in percent, that one of its values has.
                return frequencies.keys.contains { passes(Double($0) * 100 / Double(max(1, count))) }
            }
            return sorted.value(atPercentile: percentile).map(passes) ?? false
        case .temporalOrdered: return false
        }
    }

    private func passes(_ value: Double) -> Bool { thresholds.allSatisfy { $0.holds(value) } }
}

/// Numbers in order, in blocks, so that one can be put in and taken out of many.
struct SortedNumbers {
    private static let blockSize = 1_024
    private var blocks: [[Double]] = []
    private(set) var count = 0

    private func block(for number: Double) -> Int {
        var (low, high) = (0, blocks.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if let last = blocks[middle].last, last < number { low = middle + 1 } else { high = middle }
        }
        return max(0, low)
    }

    private static func position(_ number: Double, _ block: [Double]) -> Int {
        var (low, high) = (0, block.count)
        while low < high {
            let middle = (low + high) / 2
            if block[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    mutating func insert(_ number: Double) {
        count += 1
        guard !blocks.isEmpty else { return blocks.append([number]) }
        let index = block(for: number)
        blocks[index].insert(number, at: SortedNumbers.position(number, blocks[index]))
        guard blocks[index].count > SortedNumbers.blockSize else { return }
        let half = Array(blocks[index][(SortedNumbers.blockSize / 2)...])
        blocks[index].removeLast(half.count)
        blocks.insert(half, at: index + 1)
    }

    mutating func remove(_ number: Double) {
        guard !blocks.isEmpty else { return }
        let index = block(for: number)
        let position = SortedNumbers.position(number, blocks[index])
        guard position < blocks[index].count, blocks[index][position] == number else { return }
        count -= 1
        blocks[index].remove(at: position)
        if blocks[index].isEmpty { blocks.remove(at: index) }
    }

    /// The smallest number that at least so many percent of all do not exceed.
    func value(atPercentile percentile: Int) -> Double? {
        guard count > 0 else { return nil }
        var rank = max(0, (count * min(max(percentile, 1), 100) + 99) / 100 - 1)
        for block in blocks {
            if rank < block.count { return block[rank] }
            rank -= block.count
        }
        return nil
    }
}
