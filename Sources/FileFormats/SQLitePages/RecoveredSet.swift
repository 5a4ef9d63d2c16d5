import Primitives

/// Rows that were recovered so far: each content once, and none that a live row has.
///
/// Memory is bounded: when there are many, they are compared with the live rows, and only what is left is kept.
struct RecoveredSet {
    /// What makes two recovered rows the same record.
    private struct Identity: Hashable {
        var row: Int64?
        var hash: UInt64
    }

    private struct Candidate {
        var row: RecoveredRow
        var hash: UInt64
        var isLive = false
    }

    private static let batch = 20_000
    private static let batchBytes = 16 << 20
    /// The most rows that one reading of a table recovers.
    private static let limit = 100_000
    private static let byteLimit = 64 << 20
    /// How often the live rows are read for comparison.
    private static let rounds = 20

    private var candidates: [Candidate] = []
    private var seen: [Identity: Int] = [:]
    private var bytes = 0
    private var kept: [Candidate] = []
    private var keptBytes = 0
    private var round = 0

    var isFull: Bool {
        kept.count >= RecoveredSet.limit || keptBytes >= RecoveredSet.byteLimit || round >= RecoveredSet.rounds
    }
    var needsComparison: Bool { candidates.count >= RecoveredSet.batch || bytes >= RecoveredSet.batchBytes }

    /// Takes a row, unless the same one is known. `values` is asked only if it is new.
    mutating func add(_ recovery: Recovery, hash: UInt64, values: () -> [SQLiteValue]) {
        let identity = Identity(row: recovery.row, hash: hash)
        if let known = seen[identity] {
            // The same row, found again: the surer of the two stands.
            if known >= 0, known < candidates.count, candidates[known].row.recovery.certainty < recovery.certainty {
                candidates[known].row = RecoveredRow(recovery: recovery, values: values())
            }
            return
        }
        seen[identity] = candidates.count
        let copied = values()
        bytes += copied.reduce(200) { $0 + $1.size }
        candidates.append(Candidate(row: RecoveredRow(recovery: recovery, values: copied), hash: hash))
    }

    /// Compares what waits with the live rows, which `forEachLiveRow` lends as number and hash.
    mutating func compare(_ forEachLiveRow: (_ visit: (Int64, UInt64) -> Void) -> Void) {
        round += 1
        guard !candidates.isEmpty else { return }
        var byHash: [UInt64: [Int]] = [:]
        var byRow: [Int64: [Int]] = [:]
        for (index, candidate) in candidates.enumerated() {
            byHash[candidate.hash, default: []].append(index)
            if let row = candidate.row.recovery.row { byRow[row, default: []].append(index) }
        }
        var found = candidates
        forEachLiveRow { row, hash in
            for index in byHash[hash] ?? [] {
                // A row whose number is lost is taken for the live one with the same content.
                if found[index].row.recovery.row == nil || found[index].row.recovery.row == row {
                    found[index].isLive = true
                }
            }
            for index in byRow[row] ?? [] { found[index].row.recovery.isEarlierVersion = true }
        }
        for candidate in found where !candidate.isLive {
            kept.append(candidate)
            keptBytes += candidate.row.values.reduce(200) { $0 + $1.size }
        }
        candidates.removeAll(keepingCapacity: true)
        bytes = 0
        // What is known stays known; its place does not.
        seen = seen.mapValues { _ in -1 }
    }

    /// What is left, in the order in which it was found.
    func rows() -> [RecoveredRow] {
        let numbered = Set(kept.filter { $0.row.recovery.row != nil }.map(\.hash))
        return kept.prefix(RecoveredSet.limit).filter { $0.row.recovery.row != nil || !numbered.contains($0.hash) }
            .map(\.row)
    }
}
