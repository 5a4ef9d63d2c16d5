import Foundation
import Primitives
import Testing

@testable import Analysis

/// Sorting in runs and merging them, against sorting in memory.
struct SortingTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private struct Line {
        var key: UInt64
        var tie: Int
        var bytes: [UInt8]
    }

    private func buffer(_ bytes: [UInt8]) -> TextBuffer {
        var text = TextBuffer()
        text.append(contentsOf: bytes)
        return text
    }

    /// The lines in the order that the sorter promises.
    private func sorted(_ lines: [Line]) -> [UInt8] {
        lines.sorted { left, right in
            if left.key != right.key { return left.key < right.key }
            let (leftTie, rightTie) = (left.bytes.dropFirst(left.tie), right.bytes.dropFirst(right.tie))
            if !leftTie.elementsEqual(rightTie) { return leftTie.lexicographicallyPrecedes(rightTie) }
            return left.bytes.lexicographicallyPrecedes(right.bytes)
        }.flatMap(\.bytes)
    }

    private func merged(_ lines: [Line], limit: Int, sorters: Int = 1) throws -> (bytes: [UInt8], runs: Int) {
        var all: [SpillSorter] = (0..<sorters).map { SpillSorter(prefix: scratch.path("run-\($0)-"), limit: limit) }
        for (index, line) in lines.enumerated() {
            all[index % sorters].add(key: line.key, buffer(line.bytes), tie: line.tie)
        }
        for index in all.indices { all[index].spill() }
        #expect(all.allSatisfy { $0.failure == nil })
        let runs = all.flatMap(\.runs)
        let output = try OutputFile(creating: scratch.path("output"))
        try RunMerge.merge(runs, scratch: scratch.path("merge-"), into: output)
        try output.close()
        let names = try scratch.names()
        #expect(names == ["output"], "runs are removed")
        let bytes = try scratch.bytes("output")
        #expect(output.count == bytes.count)
        return (bytes, runs.count)
    }

    private func lines(_ count: Int, keys: UInt64, longest: Int, seed: UInt64) -> [Line] {
        var numbers = Numbers(state: seed)
        return (0..<count).map { _ in
            let length = Int.random(in: 0...longest, using: &numbers)
            let bytes = (0..<length).map { _ in UInt8.random(in: 97...101, using: &numbers) }
            return Line(
                key: UInt64.random(in: 0..<keys, using: &numbers),
                tie: Int.random(in: 0...length, using: &numbers), bytes: bytes + [10])
        }
    }

    @Test(arguments: [1, 100, 1_000, 10_000, 1 << 20], [1, 3])
    func `runs of any size and number give the order of a plain sort`(limit: Int, sorters: Int) throws {
        let lines = lines(2_000, keys: 40, longest: 12, seed: UInt64(limit + sorters))
        let (bytes, runs) = try merged(lines, limit: limit, sorters: sorters)
        #expect(bytes == sorted(lines))
        if limit == 1 { #expect(runs == 2_000, "more than two rounds of merging") }
        if limit == 1 << 20 { #expect(runs == sorters) }
    }

    @Test(arguments: [63, 64, 65, 128, 129]) func `as many runs as are open at a time, and one more`(count: Int) throws
    {
        let lines = lines(count, keys: 3, longest: 5, seed: UInt64(count))
        let (bytes, runs) = try merged(lines, limit: 1)
        #expect(runs == count && bytes == sorted(lines))
    }

    @Test func `lines that are equal are all kept`() throws {
        let lines = [Line](repeating: Line(key: 7, tie: 2, bytes: Array("same\n".utf8)), count: 300)
        #expect(try merged(lines, limit: 50).bytes == sorted(lines))
    }

    @Test func `the greatest keys and empty lines have their place`() throws {
        let lines =
            [UInt64.max, 0, 1 << 63, .max - 1].map { Line(key: $0, tie: 0, bytes: [10]) }
            + [Line(key: 0, tie: 0, bytes: [])]
        #expect(try merged(lines, limit: 1).bytes == sorted(lines))
    }

    @Test(arguments: [65_000, 65_536, 65_537, 300_000]) func `lines longer than every buffer stay whole`(length: Int)
        throws
    {
        var lines = lines(20, keys: 5, longest: 30, seed: 5)
        for (index, byte) in [98, 97, 99, 97].enumerated() {
            lines.insert(
                Line(
                    key: UInt64(index % 2), tie: 3, bytes: [UInt8](repeating: UInt8(byte), count: length + index) + [10]
                ),
                at: index * 4)
        }
        for limit in [1, 100_000, 10 << 20] { #expect(try merged(lines, limit: limit).bytes == sorted(lines)) }
    }

    @Test func `a tie beyond the end of a line is its end`() throws {
        let lines = ["b\n", "a\n"].map { Line(key: 1, tie: 99, bytes: Array($0.utf8)) }
        #expect(try String(decoding: merged(lines, limit: 1).bytes, as: UTF8.self) == "a\nb\n")
    }

    @Test func `no lines at all are an empty output`() throws {
        #expect(try merged([], limit: 1).bytes.isEmpty)
    }

    @Test func `a run that was cut off is an error, not a shorter output`() throws {
        var sorter = SpillSorter(prefix: scratch.path("run-"), limit: 1 << 20)
        for number in 0..<50 { sorter.add(key: UInt64(number), buffer(Array("line \(number)\n".utf8)), tie: 0) }
        sorter.spill()
        let run = try #require(sorter.runs.first)
        let whole = try Data(contentsOf: URL(fileURLWithPath: run))
        for length in [whole.count - 1, whole.count - 12, 20, 7] {
            try whole.prefix(length).write(to: URL(fileURLWithPath: run))
            let output = try OutputFile(creating: scratch.path("output"))
            #expect(throws: OutputError.self) {
                try RunMerge.merge([run], scratch: scratch.path("merge-"), into: output)
            }
        }
    }

    @Test func `a run that can't be written is kept as an error`() throws {
        var sorter = SpillSorter(prefix: scratch.path("not/there/run-"), limit: 10)
        for number in 0..<50 { sorter.add(key: UInt64(number), buffer(Array("line \(number)\n".utf8)), tie: 0) }
        sorter.spill()
        #expect(sorter.failure != nil && sorter.runs.isEmpty)
    }
}
