import Primitives

/// Sorts more lines than memory should hold: sorted runs go to files and are merged at the end.
///
/// Lines are ordered by a number, then by the bytes from `tie` on, then by all bytes, so the order depends on nothing
/// but the lines themselves: not on tasks, not on the size of the memory.
struct SpillSorter: Sendable {
    /// Where one line stands in the arena.
    struct Line: Sendable {
        var key: UInt64
        var start: Int
        var count: Int
        var tie: Int
    }

    private let prefix: String
    private let limit: Int
    private var arena: [UInt8] = []
    private var lines: [Line] = []
    /// The runs written so far.
    private(set) var runs: [String] = []
    /// What went wrong first.
    private(set) var failure: OutputError?

    /// Runs are written to `prefix` + number; `limit` is the number of bytes kept in memory.
    init(prefix: String, limit: Int = 8 << 20) {
        self.prefix = prefix
        self.limit = limit
    }

    /// Takes a line that ends in a line feed.
    mutating func add(key: UInt64, _ line: borrowing TextBuffer, tie: Int) {
        lines.append(Line(key: key, start: arena.count, count: line.bytes.count, tie: min(tie, line.bytes.count)))
        arena.append(contentsOf: line.bytes)
        if arena.count + lines.count * MemoryLayout<Line>.stride > limit { spill() }
    }

    /// Writes what is in memory as a run; call it once more at the end.
    mutating func spill() {
        guard !lines.isEmpty, failure == nil else { return }
        let path = prefix + "\(runs.count)"
        do {
            let output = try OutputFile(creating: path)
            arena.withUnsafeBufferPointer { bytes in
                lines.sort { SpillSorter.precedes($0, $1, bytes, bytes) }
                for line in lines {
                    RunReader.write(
                        key: line.key, tie: line.tie,
                        UnsafeBufferPointer(rebasing: bytes[line.start..<line.start + line.count]), to: output)
                }
            }
            try output.close()
            runs.append(path)
        } catch {
            failure = error
        }
        lines.removeAll(keepingCapacity: true)
        arena.removeAll(keepingCapacity: true)
    }

    /// Whether one line stands before another.
    static func precedes(
        _ left: Line, _ right: Line, _ leftBytes: UnsafeBufferPointer<UInt8>, _ rightBytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        if left.key != right.key { return left.key < right.key }
        let first = compare(
            leftBytes[left.start + left.tie..<left.start + left.count],
            rightBytes[right.start + right.tie..<right.start + right.count])
        if first != 0 { return first < 0 }
        return compare(
            leftBytes[left.start..<left.start + left.count], rightBytes[right.start..<right.start + right.count]) < 0
    }

    private static func compare(_ left: Slice<UnsafeBufferPointer<UInt8>>, _ right: Slice<UnsafeBufferPointer<UInt8>>)
        -> Int
    {
        var (first, second) = (left.startIndex, right.startIndex)
        while first < left.endIndex, second < right.endIndex {
            if left.base[first] != right.base[second] { return left.base[first] < right.base[second] ? -1 : 1 }
            first += 1
            second += 1
        }
        return left.count - right.count
    }
}
