import ArtifactModel
import Primitives
import RuleLanguage
import Testing

@testable import Analysis

/// Windows compared with what a person would work out by hand, and with the slowest way that is surely right.
struct WindowTests {
    /// A match: second, member, and a value.
    typealias Match = (time: Int64, member: Int, value: MatchLine.Measure)

    static func set(_ type: String, _ more: String, members: Int = 1) throws -> RuleSet {
        let rules = (0..<members).map { RuleTexts.pages("r\($0)", "note: n\($0)") }.joined()
        let names = (0..<members).map { "r\($0)" }.joined(separator: ", ")
        let set = RuleTexts.set(rules + RuleTexts.correlation("c", type, names, "10s", more))
        try #require(set.problems.isEmpty, "\(set.problems)")
        return set
    }

    /// The episodes of a stream of one group, by the numbers of their records.
    static func episodes(_ set: RuleSet, _ matches: [Match], group: String = "g") throws -> [ClosedRange<Int>] {
        var scan = WindowScan(try #require(set.correlations.last))
        var lines: [[UInt8]] = []
        for (number, match) in matches.enumerated() {
            var line = TextBuffer()
            _ = MatchLine.append(group: .text(group), to: &line)
            MatchLine.append(
                time: try #require(Timestamp(microseconds: match.time * 1_000_000)), member: match.member, to: &line)
            MatchLine.append(
                MatchLine.Record(artifact: 0, file: 0, location: .row(Int64(number), table: "t")), match.value,
                to: &line)
            lines.append(line.bytes)
        }
        lines.sort { $0.lexicographicallyPrecedes($1) }
        for line in lines {
            line.withUnsafeBufferPointer { bytes in
                if let parts = MatchLine.parts(bytes) { scan.take(bytes, parts) { _ in } }
            }
        }
        scan.finish { _ in }
        return scan.episodes.map { $0.first...$0.last }
    }

    static func times(_ times: Int64...) -> [Match] { times.map { ($0, 0, .none) } }

    @Test func `both borders of a window belong to it`() throws {
        let set = try Self.set("event_count", ", condition: {gte: 3}")
        #expect(try Self.episodes(set, Self.times(0, 5, 10)) == [0...2])
        #expect(try Self.episodes(set, Self.times(0, 5, 11)).isEmpty)
        #expect(try Self.episodes(set, Self.times(0, 2, 13, 14, 15)) == [2...4])
        #expect(try Self.episodes(set, Self.times(0, 4, 11, 12, 13)) == [1...4])
        // A window that begins with the first record would miss the three in the middle of two others.
        #expect(try Self.episodes(set, Self.times(0, 8, 9, 10, 20, 40)) == [0...3])
        #expect(try Self.episodes(set, Self.times(5, 5, 5)) == [0...2])
        #expect(try Self.episodes(set, Self.times(-5, 0, 5)) == [0...2])
    }

    @Test func `counts can be bounded from above, and every start is asked`() throws {
        #expect(
            try Self.episodes(Self.set("event_count", ", condition: {eq: 2}"), Self.times(0, 5, 30, 31, 32)) == [
                0...1, 3...4,
            ])
        #expect(
            try Self.episodes(Self.set("event_count", ", condition: {lte: 1}"), Self.times(0, 5, 30)) == [1...1, 2...2])
        #expect(
            try Self.episodes(Self.set("event_count", ", condition: {gt: 1, lt: 3}"), Self.times(0, 1, 2)) == [1...2])
        #expect(try Self.episodes(Self.set("event_count", ", condition: {neq: 1}"), Self.times(0, 20, 21)) == [1...2])
        #expect(try Self.episodes(Self.set("event_count", ", condition: {eq: 3}"), Self.times(0, 0, 0, 30)) == [0...2])
    }

    @Test func `values are counted once each`() throws {
        let set = try Self.set("value_count", ", condition: {field: url, gte: 3}")
        func matches(_ pairs: (Int64, UInt64)...) -> [Match] { pairs.map { ($0, 0, .identity($1)) } }
        #expect(try Self.episodes(set, matches((0, 1), (5, 2), (10, 3))) == [0...2])
        #expect(try Self.episodes(set, matches((0, 1), (5, 2), (10, 2))).isEmpty)
        #expect(try Self.episodes(set, matches((0, 1), (5, 2), (11, 3))).isEmpty)
        #expect(try Self.episodes(set, matches((0, 1), (5, 2), (6, 1), (11, 3))) == [1...3])
    }

    @Test func `rules fire near each other, all or some of them`() throws {
        let all = try Self.set("temporal", "", members: 3)
        func matches(_ pairs: (Int64, Int)...) -> [Match] { pairs.map { ($0, $1, .none) } }
        #expect(try Self.episodes(all, matches((0, 2), (5, 0), (10, 1))) == [0...2])
        #expect(try Self.episodes(all, matches((0, 2), (5, 0), (11, 1))).isEmpty)
        #expect(try Self.episodes(all, matches((0, 2), (5, 0), (6, 0))).isEmpty)
        let two = try Self.set("temporal", ", condition: {gte: 2}", members: 3)
        #expect(try Self.episodes(two, matches((0, 2), (5, 0))) == [0...1])
    }

    @Test func `a sequence is found in its order only`() throws {
        let set = try Self.set("temporal_ordered", "", members: 3)
        func matches(_ pairs: (Int64, Int)...) -> [Match] { pairs.map { ($0, $1, .none) } }
        #expect(try Self.episodes(set, matches((0, 0), (5, 1), (10, 2))) == [0...2])
        #expect(try Self.episodes(set, matches((0, 0), (5, 1), (11, 2))).isEmpty)
        #expect(try Self.episodes(set, matches((0, 2), (5, 1), (10, 0))).isEmpty)
        #expect(try Self.episodes(set, matches((0, 1), (5, 0), (10, 2))).isEmpty)
        // The first start is too early; the second one is not.
        #expect(try Self.episodes(set, matches((0, 0), (4, 0), (5, 1), (14, 2))) == [1...3])
        // One moment: their order can't be told, so it is no obstacle.
        #expect(try Self.episodes(set, matches((3, 2), (3, 1), (3, 0))) == [0...2])
    }

    @Test func `sums, means, percentiles and shares are worked out over the window`() throws {
        func matches(_ pairs: (Int64, Int64)...) -> [Match] { pairs.map { ($0, 0, .integer($1)) } }
        let sum = try Self.processSet("value_sum", "gt: 100")
        #expect(try Self.episodes(sum, matches((0, 60), (10, 41))) == [0...1])
        #expect(try Self.episodes(sum, matches((0, 60), (11, 41))).isEmpty)
        #expect(try Self.episodes(sum, matches((0, .max), (5, .max), (6, .min))) == [0...2])
        let mean = try Self.processSet("value_avg", "gte: 50")
        #expect(try Self.episodes(mean, matches((0, 10), (5, 90))) == [0...1])
        #expect(try Self.episodes(mean, matches((0, 90), (5, 9), (20, 1))).isEmpty)
        #expect(try Self.episodes(mean, [(0, 0, .real(49.5)), (5, 0, .real(50.5))]) == [0...1])
        let percentile = try Self.processSet("value_percentile", "percentile: 90, gte: 50")
        #expect(try Self.episodes(percentile, matches((0, 1), (1, 1), (2, 60))) == [0...2])
        #expect(try Self.episodes(percentile, matches((0, 60), (1, 1), (2, 1))) == [0...2])
        #expect(try Self.episodes(percentile, matches((0, 1), (1, 1), (2, 49))).isEmpty)
        let share = try Self.set("value_percentile", ", condition: {field: url, lte: 25}")
        func values(_ pairs: (Int64, UInt64)...) -> [Match] { pairs.map { ($0, 0, .identity($1)) } }
        #expect(try Self.episodes(share, values((0, 1), (1, 1), (2, 1), (3, 2))) == [0...3])
        #expect(try Self.episodes(share, values((0, 1), (1, 1), (2, 2))).isEmpty)
    }

    private static func processSet(_ type: String, _ condition: String) throws -> RuleSet {
        let table = FieldTable(
            "apple.made.numbers", "Numbers",
            [FieldTable.Column(name: "when", form: .moment), FieldTable.Column(name: "number", form: .integer)])
        let text =
            "title: R\nid: r\nlogsource: {service: numbers}\ndetection: {s: {number|gte: 0}, condition: s}\n---\n"
            + RuleTexts.correlation("c", type, "r", "10s", ", condition: {field: number, \(condition)}")
        let set = RuleSet([RuleFile("a", Array(text.utf8))], tables: [table])
        try #require(set.problems.isEmpty, "\(set.problems)")
        return set
    }

    /// The slowest way: for every start, all records up to the border.
    private func oracle(
        _ matches: [Match], span: Int64, _ holds: ([Match]) -> Bool
    ) -> [ClosedRange<Int>] {
        var found: [ClosedRange<Int>] = []
        for start in matches.indices where start == 0 || matches[start - 1].time != matches[start].time {
            let inside = matches.indices.filter { $0 >= start && matches[$0].time - matches[start].time <= span }
            guard let last = inside.last, holds(inside.map { matches[$0] }) else { continue }
            if let previous = found.last, previous.upperBound >= start {
                found[found.count - 1] = previous.lowerBound...max(previous.upperBound, last)
            } else {
                found.append(start...last)
            }
        }
        return found
    }

    @Test(arguments: 0..<40) func `random streams give what the slowest way gives`(_ seed: Int) throws {
        var random = Repeatable(seed: UInt64(seed))
        let count = Int.random(in: 1...60, using: &random)
        let matches: [Match] = (0..<count).map { _ in
            (
                Int64.random(in: 0...120, using: &random), Int.random(in: 0...2, using: &random),
                .identity(UInt64.random(in: 0...4, using: &random))
            )
        }.sorted { ($0.time, $0.member) < ($1.time, $1.member) }
        func distinct(_ window: [Match]) -> Int {
            Set(window.map(\.value)).count
        }
        for number in 1...5 {
            #expect(
                try Self.episodes(Self.set("event_count", ", condition: {gte: \(number)}", members: 3), matches)
                    == oracle(matches, span: 10) { $0.count >= number })
            #expect(
                try Self.episodes(Self.set("event_count", ", condition: {eq: \(number)}", members: 3), matches)
                    == oracle(matches, span: 10) { $0.count == number })
            #expect(
                try Self.episodes(
                    Self.set("value_count", ", condition: {field: url, lt: \(number)}", members: 3), matches)
                    == oracle(matches, span: 10) { distinct($0) < number })
        }
        // What lies between two windows that share a record belongs to one episode, whichever border they are cut by.
        #expect(
            try Self.episodes(Self.set("value_count", ", condition: {field: url, gte: 3}", members: 3), matches).count
                == oracle(matches, span: 10) { distinct($0) >= 3 }.count)
    }

    @Test func `a queue keeps what came in, in order, however it wraps`() {
        var queue = Queue<Int>()
        var model: [Int] = []
        var random = Repeatable(seed: 5)
        for number in 0..<20_000 {
            if Int.random(in: 0..<100, using: &random) < (number / 2_000 % 2 == 0 ? 60 : 40) {
                queue.append(number)
                model.append(number)
            } else if !model.isEmpty {
                queue.removeFirst()
                model.removeFirst()
            }
            guard queue.first == model.first, queue.last == model.last, queue.count == model.count else {
                Issue.record("after \(number)")
                return
            }
        }
        queue.removeAll()
        #expect(queue.isEmpty && queue.first == nil && queue.last == nil)
    }

    @Test func `groups do not mix`() throws {
        var scan = WindowScan(try #require(Self.set("event_count", ", condition: {gte: 2}").correlations.last))
        var lines: [[UInt8]] = []
        for (number, group) in ["a", "b", "a", "b", "c"].enumerated() {
            var line = TextBuffer()
            _ = MatchLine.append(group: .text(group), to: &line)
            MatchLine.append(time: try #require(Timestamp(microseconds: Int64(number))), member: 0, to: &line)
            MatchLine.append(MatchLine.Record(artifact: 0, file: 0, location: .offset(number)), .none, to: &line)
            lines.append(line.bytes)
        }
        lines.sort { $0.lexicographicallyPrecedes($1) }
        for line in lines {
            line.withUnsafeBufferPointer { bytes in
                if let parts = MatchLine.parts(bytes) { scan.take(bytes, parts) { _ in } }
            }
        }
        scan.finish { _ in }
        #expect(scan.episodes.map { MatchLine.group($0.group) } == [[.text("a")], [.text("b")]])
    }
}
