import RuleLanguage

/// Slides a window over the matches of one correlation, group by group, in the order of their times.
///
/// Every start is examined, and both borders belong to the window: two records that are exactly as far apart as the
/// timespan says lie in one. Windows that share a record and fulfil the condition are one episode.
struct WindowScan {
    /// Records of one group, from one number in the stream to another, of which at least one window fulfils the condition.
    struct Episode: Sendable {
        var group: [UInt8]
        var first: Int
        var last: Int
        var from: Int64
        var until: Int64
    }

    /// More records in one window than memory should hold: older ones leave early, and that is said.
    static let windowLimit = 1_000_000
    /// More episodes of one correlation than anybody reads; what is beyond is counted.
    static let episodeLimit = 20_000

    /// A record in the window, in 32 bytes: there can be a million of them.
    private struct Entry {
        var time: Int64
        var number: Int
        private var bits: UInt64
        private var kind: UInt8
        var member: UInt8

        init(_ parts: MatchLine.Parts, number: Int) {
            time = parts.time
            self.number = number
            member = UInt8(truncatingIfNeeded: parts.member)
            switch parts.measure {
            case .none: (kind, bits) = (0, 0)
            case .integer(let number): (kind, bits) = (1, UInt64(bitPattern: number))
            case .real(let number): (kind, bits) = (2, number.bitPattern)
            case .identity(let number): (kind, bits) = (3, number)
            }
        }

        var measure: MatchLine.Measure {
            switch kind {
            case 1: .integer(Int64(bitPattern: bits))
            case 2: .real(Double(bitPattern: bits))
            case 3: .identity(bits)
            default: .none
            }
        }
    }

    /// The latest start of the first rules of a sequence, and the record that they end with.
    private struct Chain {
        var time: Int64
        var number: Int
        var record: [UInt8]
    }

    private let correlation: RuleSet.Correlation
    private let span: Int64
    /// Whether another correlation waits for what is fulfilled here.
    private let isUsed: Bool
    /// Whether more records never make the condition false: then the last record of a window decides.
    private let isRising: Bool
    /// How many records a counted window needs; older ones can leave. Two at least: what is near is one episode.
    private let needed: Int?
    private var measures: WindowMeasures
    private var window = Queue<Entry>()
    private var chains: [[Chain]]
    private var group: [UInt8]?
    private var number = 0
    private var lastStart: Int64?
    private var lastLine: [UInt8] = []
    private var lastEmitted = -1

    /// What was found.
    private(set) var episodes: [Episode] = []
    /// How many episodes were not kept.
    private(set) var omitted = 0
    /// Whether a window held too many records.
    private(set) var isCut = false

    init(_ correlation: RuleSet.Correlation) {
        self.correlation = correlation
        span = correlation.rule.timespan
        isUsed = !correlation.uses.isEmpty
        let thresholds = correlation.rule.thresholds
        isRising =
            [.eventCount, .valueCount, .temporal].contains(correlation.rule.kind)
            && thresholds.allSatisfy { $0.comparison == .gte || $0.comparison == .gt }
        var needed: Int?
        if isRising, correlation.rule.kind == .eventCount {
            let most = thresholds.map { $0.comparison == .gt ? $0.number.rounded(.down) + 1 : $0.number.rounded(.up) }
                .max()
            needed = most.flatMap { Int(exactly: $0) }.map { max(2, $0) }
        }
        self.needed = needed
        measures = WindowMeasures(correlation)
        chains = [[Chain]](repeating: [], count: correlation.members.count)
    }

    /// Takes the next match of the stream. `fulfilled` is given the line of the record with which a window is complete.
    mutating func take(
        _ line: UnsafeBufferPointer<UInt8>, _ parts: MatchLine.Parts, _ fulfilled: ([UInt8]) -> Void
    ) {
        let bytes = line[parts.group]
        if group.map({ !$0.elementsEqual(bytes) }) ?? true {
            finishGroup(fulfilled)
            group = Array(bytes)
        }
        if correlation.rule.kind == .temporalOrdered {
            follow(line, parts, fulfilled)
        } else if isRising {
            slide(to: parts, line, fulfilled)
        } else {
            open(parts, line, fulfilled)
        }
        number += 1
    }

    /// Ends the last group.
    mutating func finish(_ fulfilled: ([UInt8]) -> Void) { finishGroup(fulfilled) }

    private mutating func finishGroup(_ fulfilled: ([UInt8]) -> Void) {
        if !isRising { while !window.isEmpty { close(fulfilled) } }
        window.removeAll()
        measures = WindowMeasures(correlation)
        for index in chains.indices { chains[index].removeAll() }
        lastStart = nil
    }

    // MARK: - Windows by their end

    private mutating func slide(
        to parts: MatchLine.Parts, _ line: UnsafeBufferPointer<UInt8>, _ fulfilled: ([UInt8]) -> Void
    ) {
        while let oldest = window.first, parts.time - oldest.time > span { leave(oldest) }
        enter(parts)
        if measures.holds, let oldest = window.first {
            extend(oldest.number, oldest.time, number, parts.time)
            if isUsed { fulfilled(Array(line)) }
        }
        // Whatever is older than the records that are needed was in a window of its own with those behind it.
        if let needed { while window.count > needed, let oldest = window.first { leave(oldest) } }
    }

    private mutating func enter(_ parts: MatchLine.Parts) {
        if window.count >= WindowScan.windowLimit, let oldest = window.first {
            isCut = true
            leave(oldest)
        }
        window.append(Entry(parts, number: number))
        measures.change(parts.member, parts.measure, by: 1)
    }

    private mutating func leave(_ entry: Entry) {
        window.removeFirst()
        measures.change(Int(entry.member), entry.measure, by: -1)
    }

    // MARK: - Windows by their start

    private mutating func open(
        _ parts: MatchLine.Parts, _ line: UnsafeBufferPointer<UInt8>, _ fulfilled: ([UInt8]) -> Void
    ) {
        while let oldest = window.first, parts.time - oldest.time > span { close(fulfilled) }
        enter(parts)
        guard isUsed else { return }
        lastLine.removeAll(keepingCapacity: true)
        lastLine.append(contentsOf: line)
    }

    /// The window that begins with the oldest record is whole: asks for the condition, and lets the record go.
    private mutating func close(_ fulfilled: ([UInt8]) -> Void) {
        guard let oldest = window.first else { return }
        // Records of one moment begin one window, the one that holds them all.
        if lastStart != oldest.time, measures.holds, let newest = window.last {
            extend(oldest.number, oldest.time, newest.number, newest.time)
            if isUsed, lastEmitted != newest.number {
                lastEmitted = newest.number
                fulfilled(lastLine)
            }
        }
        lastStart = oldest.time
        leave(oldest)
    }

    // MARK: - Sequences

    /// Of all beginnings of a sequence the latest is the best: it leaves most of the timespan for the rest.
    private mutating func follow(
        _ line: UnsafeBufferPointer<UInt8>, _ parts: MatchLine.Parts, _ fulfilled: ([UInt8]) -> Void
    ) {
        guard chains.indices.contains(parts.member) else { return }
        let record = Array(line[parts.record])
        var chain = Chain(time: parts.time, number: number, record: record)
        if parts.member > 0 {
            // One record does not follow itself, even if two rules of the sequence fire on it.
            guard let before = chains[parts.member - 1].first(where: { $0.record != record }),
                parts.time - before.time <= span
            else { return }
            chain = Chain(time: before.time, number: before.number, record: record)
        }
        if parts.member == chains.count - 1 {
            extend(chain.number, chain.time, number, parts.time)
            if isUsed { fulfilled(Array(line)) }
            return
        }
        // The two latest that end with different records, the latest first.
        var kept = chains[parts.member].filter { $0.record != record }
        kept.insert(chain, at: kept.firstIndex { $0.time <= chain.time } ?? kept.count)
        chains[parts.member] = Array(kept.prefix(2))
    }

    // MARK: - Episodes

    private mutating func extend(_ first: Int, _ from: Int64, _ last: Int, _ until: Int64) {
        if let index = episodes.indices.last, episodes[index].last >= first, episodes[index].group == group {
            if first < episodes[index].first {
                episodes[index].first = first
                episodes[index].from = from
            }
            episodes[index].last = max(episodes[index].last, last)
            episodes[index].until = max(episodes[index].until, until)
            return
        }
        guard episodes.count < WindowScan.episodeLimit else {
            omitted += 1
            return
        }
        episodes.append(Episode(group: group ?? [], first: first, last: last, from: from, until: until))
    }
}

/// What comes in at one end and goes out at the other, in a ring that grows when it is full.
struct Queue<Element> {
    private var ring: [Element] = []
    private var start = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }
    var first: Element? { isEmpty ? nil : ring[start] }
    var last: Element? { isEmpty ? nil : ring[(start + count - 1) % ring.count] }

    mutating func append(_ element: Element) {
        if count == ring.count {
            // Twice as long, so that all moves together cost no more than the appending itself.
            var larger: [Element] = []
            larger.reserveCapacity(2 * max(16, count))
            larger += ring[start...]
            larger += ring[..<start]
            larger += repeatElement(element, count: max(16, count))
            (ring, start) = (larger, 0)
        }
        ring[(start + count) % ring.count] = element
        count += 1
    }

    mutating func removeFirst() {
        guard !isEmpty else { return }
        start = (start + 1) % ring.count
        count -= 1
    }

    mutating func removeAll() {
        if ring.count > 65_536 { ring = [] }
        (start, count) = (0, 0)
    }
}
