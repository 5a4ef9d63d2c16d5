public import ArtifactModel

/// Asks the observations of all patterns of one record after the other.
public struct PatternProbe: Sendable {
    /// The most values of one record that are looked at, and the most ways to choose among them.
    static let valueLimit = 200
    static let choiceLimit = 4_096

    /// An observation that a record fulfils.
    public struct Agreement: Sendable, Hashable {
        /// The number of the observation.
        public let observation: Int
        /// The values by which it does, in the order of the record.
        public var values: [String]
        /// What a record of these values shows: the strongest of their states.
        public let state: Observable.State
    }

    private struct Entry: Sendable {
        let text: String
        let observable: Observable
        /// The tests that it passes as an indicator would match it.
        var tests: [Int] = []
    }

    private let set: PatternSet
    private let possible: [Bool]
    /// The observations that no equality triggers.
    private let always: [Int]
    private var values: [Entry] = []
    private var candidates: [Int] = []
    /// Whether the last record had more values, or more ways to choose among them, than are looked at.
    public private(set) var isCut = false

    init(_ set: PatternSet, _ possible: [Bool]) {
        self.set = set
        self.possible = possible
        always = set.observations.indices.filter { possible[$0] && set.observations[$0].triggers == nil }
    }

    /// Takes a value of the record.
    public mutating func take(_ text: String, as observable: Observable) {
        guard values.count < PatternProbe.valueLimit else {
            isCut = true
            return
        }
        var entry = Entry(text: text, observable: observable)
        for match in set.equalities.matches(text, as: observable.kind) {
            guard let test = Int(match.indicator.identifier), set.triggered.indices.contains(test) else { continue }
            entry.tests.append(test)
            for observation in set.triggered[test] where possible[observation] { candidates.append(observation) }
        }
        values.append(entry)
    }

    /// The observations that the record fulfils, in the order of the patterns; the next record begins with nothing.
    public mutating func agreements() -> [Agreement] {
        defer {
            values.removeAll(keepingCapacity: true)
            candidates.removeAll(keepingCapacity: true)
        }
        guard !values.isEmpty, !(always.isEmpty && candidates.isEmpty) else { return [] }
        var numbers = always + candidates
        numbers.sort()
        var found: [Agreement] = []
        var last = -1
        for number in numbers where number != last {
            last = number
            if let agreement = agreement(with: number) { found.append(agreement) }
        }
        return found
    }

    /// Forgets that something was cut, once it is noted.
    public mutating func clearCut() { isCut = false }

    /// Tries the values for every subject of the observation, the first one that fulfils it counts.
    private mutating func agreement(with number: Int) -> Agreement? {
        let observation = set.observations[number]
        let choices = observation.subjects.map { subject in
            values.indices.filter { subject.kinds.contains(values[$0].observable.kind) }
        }
        var chosen = [Int](repeating: 0, count: choices.count)
        for _ in 0..<PatternProbe.choiceLimit {
            var used: Set<Int> = []
            let holds = observation.bound.expression.evaluate { test in
                let bound = observation.bound.tests[test]
                guard let subject = observation.subjects.firstIndex(of: bound.property.subject),
                    choices[subject].indices.contains(chosen[subject])
                else { return false }
                let value = choices[subject][chosen[subject]]
                guard passes(values[value], bound, observation.firstTest + test) else { return false }
                used.insert(value)
                return true
            }
            if holds {
                let order = used.sorted()
                return Agreement(
                    observation: number, values: order.map { values[$0].text },
                    state: PatternProbe.strongest(order.map { values[$0].observable.state }))
            }
            // The next choice, as a counter counts.
            var digit = 0
            while digit < chosen.count {
                chosen[digit] += 1
                if chosen[digit] < choices[digit].count { break }
                chosen[digit] = 0
                digit += 1
            }
            if digit == chosen.count { return nil }
        }
        isCut = true
        return nil
    }

    private func passes(_ value: Entry, _ test: BoundTest, _ number: Int) -> Bool {
        let holds: Bool
        switch test.condition {
        case .indicators: holds = value.tests.contains(number)
        case .text(let condition):
            holds = value.text.withBytes { bytes in test.property.contains(bytes) { condition.passes($0) } }
        }
        guard test.isNegated else { return holds }
        // To be unlike something, it has to be something: a link without a host has no domain to differ.
        return !holds && value.text.withBytes { bytes in test.property.contains(bytes) { _ in true } }
    }

    private static func strongest(_ states: [Observable.State]) -> Observable.State {
        let order: [Observable.State] = [.ran, .installed, .visited, .contacted, .attempted]
        return order.first { states.contains($0) } ?? states.first ?? .unknown
    }
}
