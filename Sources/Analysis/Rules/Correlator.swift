import ArtifactModel
import CaseModel
import Primitives
import RuleLanguage

/// Puts the matches of all artefacts in order and slides the windows of all correlations over them.
///
/// Memory holds one window at a time; everything else lies in files that begin with `prefix` and are removed.
struct Correlator {
    /// How many records a finding names; the rest is counted.
    static let citedRecords = 100

    /// An artefact, as far as findings name it.
    struct Source: Sendable {
        var identifier: String
        var title: String
        /// The files that were read, in the order of their numbers.
        var files: [String]
    }

    let rules: RuleSet
    let sources: [Source]
    let prefix: String
    let includesContent: Bool
    /// Whether somebody asked to stop.
    let isStopped: () -> Bool
    private(set) var outcomes: [Outcome]
    private var emitted: [Int: SpillSorter] = [:]
    /// For each correlation and each of its groups' fields, whether it is only written when content is asked for.
    private let contentGroups: [[Bool]]

    /// What came of a correlation.
    struct Outcome: Sendable, Hashable {
        /// How many matches of its rules it looked at.
        var matches = 0
        /// How many episodes fulfilled its condition.
        var hits = 0
        /// How many of those are not among the findings.
        var omitted = 0
        /// Whether a window held more records than memory should.
        var isCut = false
    }

    init(
        _ rules: RuleSet, _ sources: [Source], prefix: String, includesContent: Bool, isStopped: @escaping () -> Bool
    ) {
        self.rules = rules
        self.sources = sources
        self.prefix = prefix
        self.includesContent = includesContent
        self.isStopped = isStopped
        outcomes = [Outcome](repeating: Outcome(), count: rules.correlations.count)
        contentGroups = Correlator.contentGroups(rules)
    }

    /// Hands over the findings of all correlations but some. `runs` are the sorted matches of all artefacts.
    ///
    /// Whatever rests on one that is left out must be left out as well.
    mutating func correlate(
        _ runs: [String], without left: Set<Int> = [], _ take: (Finding) -> Void
    ) throws(OutputError) {
        var streams = try divide(runs)
        for number in rules.correlations.indices where !isStopped() && !left.contains(number) {
            var stream = streams.removeValue(forKey: number)
            if var sorter = emitted.removeValue(forKey: number) {
                sorter.spill()
                if let failure = sorter.failure { throw failure }
                stream = try joined(stream, sorter.runs, number)
            }
            guard let stream else { continue }
            let episodes = try scan(number, stream)
            guard rules.correlations[number].isReported, !episodes.isEmpty else { continue }
            try report(number, episodes, stream, take)
        }
    }

    /// One stream for each correlation.
    private func divide(_ runs: [String]) throws(OutputError) -> [Int: MatchStream] {
        var streams: [Int: MatchStream] = [:]
        var failure: OutputError?
        var current = -1
        var stream: MatchStream?
        try RunMerge.visit(runs, scratch: prefix + "merge-") { key, _, line in
            guard failure == nil else { return }
            do throws(OutputError) {
                let number = MatchLine.correlation(key)
                if number != current {
                    try stream?.close()
                    let next = try MatchStream(creating: prefix + "stream-\(number)")
                    streams[number] = next
                    (stream, current) = (next, number)
                }
                stream?.append(key, line)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        try stream?.close()
        return streams
    }

    /// The matches of rules and the matches of correlations in one order.
    private func joined(
        _ stream: MatchStream?, _ runs: [String], _ number: Int
    ) throws(OutputError) -> MatchStream? {
        var sorter = SpillSorter(prefix: prefix + "rest-\(number)-")
        if let stream {
            var buffer = TextBuffer()
            try stream.read { _, line, parts in
                buffer.removeAll()
                buffer.append(contentsOf: line)
                sorter.add(
                    key: MatchLine.key(correlation: number, group: buffer.bytes[parts.group]), buffer, tie: 0)
                return true
            }
        }
        sorter.spill()
        if let failure = sorter.failure { throw failure }
        let whole = try MatchStream(creating: prefix + "whole-\(number)")
        try RunMerge.visit(runs + sorter.runs, scratch: prefix + "merge-") { key, _, line in whole.append(key, line) }
        try whole.close()
        return whole
    }

    private mutating func scan(_ number: Int, _ stream: MatchStream) throws(OutputError) -> [WindowScan.Episode] {
        let (rules, prefix) = (rules, prefix)
        let correlation = rules.correlations[number]
        var scan = WindowScan(correlation)
        var found: [RuleSet.Use: SpillSorter] = [:]
        var buffer = TextBuffer()
        let hand: ([UInt8]) -> Void = { line in
            for use in correlation.uses {
                guard Correlator.rewrite(line, for: use, of: correlation, rules, into: &buffer) else { continue }
                let end = buffer.bytes.firstIndex(of: 0xFE) ?? 0
                found[use, default: SpillSorter(prefix: prefix + "from-\(number)-\(use.correlation)-", limit: 2 << 20)]
                    .add(key: MatchLine.key(correlation: use.correlation, group: buffer.bytes[..<end]), buffer, tie: 0)
            }
        }
        try stream.read { _, line, parts in
            scan.take(line, parts, hand)
            return true
        }
        scan.finish(hand)
        for (use, var sorter) in found.sorted(by: { $0.key.correlation < $1.key.correlation }) {
            sorter.spill()
            if let failure = sorter.failure { throw failure }
            try adopt(sorter.runs, use.correlation)
        }
        outcomes[number] = Outcome(
            matches: stream.count, hits: scan.episodes.count + scan.omitted, omitted: scan.omitted, isCut: scan.isCut)
        return scan.episodes
    }

    /// Takes over runs that another correlation wrote.
    private mutating func adopt(_ runs: [String], _ number: Int) throws(OutputError) {
        var sorter = emitted[number] ?? SpillSorter(prefix: prefix + "next-\(number)-", limit: 2 << 20)
        var buffer = TextBuffer()
        try RunMerge.visit(runs, scratch: prefix + "merge-") { key, _, line in
            buffer.removeAll()
            buffer.append(contentsOf: line)
            sorter.add(key: key, buffer, tie: 0)
        }
        emitted[number] = sorter
    }

    /// A line of one correlation as a match for another: its group by the fields that the other one groups by, and as
    /// its time the one of the record with which the window was complete.
    private static func rewrite(
        _ line: [UInt8], for use: RuleSet.Use, of inner: RuleSet.Correlation, _ rules: RuleSet,
        into buffer: inout TextBuffer
    ) -> Bool {
        line.withUnsafeBufferPointer { bytes in
            guard let parts = MatchLine.parts(bytes) else { return false }
            let outer = rules.correlations[use.correlation]
            let member = outer.members[use.member]
            let group = Array(bytes[parts.group]).split(separator: 0xFF)
            func part(_ name: String) -> ArraySlice<UInt8>? {
                inner.rule.groupBy.firstIndex(of: name).flatMap { group.indices.contains($0) ? group[$0] : nil }
            }
            buffer.removeAll()
            for name in member.groupFields {
                guard let part = part(name) else { return false }
                buffer.append(contentsOf: part)
                buffer.append(UInt8(0xFF))
            }
            // The byte FE and the time, then the member, then the record.
            buffer.append(contentsOf: bytes[parts.group.upperBound..<parts.group.upperBound + 9])
            buffer.append(UInt8(truncatingIfNeeded: use.member))
            buffer.append(contentsOf: bytes[parts.record])
            if member.valueFields.isEmpty {
                buffer.append(UInt8(0))
            } else {
                var hasher = Hasher()
                for name in member.valueFields { hasher.combine(part(name).map(Array.init)) }
                let bits = UInt64(bitPattern: Int64(hasher.finalize()))
                buffer.append(UInt8(3))
                for shift in stride(from: 56, through: 0, by: -8) {
                    buffer.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
                }
            }
            return true
        }
    }

    // MARK: - Findings

    private func report(
        _ number: Int, _ episodes: [WindowScan.Episode], _ stream: MatchStream, _ take: (Finding) -> Void
    ) throws(OutputError) {
        var index = 0
        var cited: [Finding.CitedRecord] = []
        func finish() {
            if let finding = finding(number, episodes[index], cited) { take(finding) }
            index += 1
            cited.removeAll(keepingCapacity: true)
        }
        try stream.read { position, line, parts in
            while index < episodes.count, episodes[index].last < position { finish() }
            guard index < episodes.count else { return false }
            if position >= episodes[index].first, cited.count < Correlator.citedRecords,
                let record = citation(line, parts)
            {
                cited.append(record)
            }
            return true
        }
        while index < episodes.count { finish() }
    }

    private func citation(_ line: UnsafeBufferPointer<UInt8>, _ parts: MatchLine.Parts) -> Finding.CitedRecord? {
        let record = MatchLine.record(line, parts.record)
        guard sources.indices.contains(record.artifact), sources[record.artifact].files.indices.contains(record.file)
        else { return nil }
        return Finding.CitedRecord(
            artifact: sources[record.artifact].identifier, moment: Timestamp(sortKey: parts.time),
            path: sources[record.artifact].files[record.file], location: record.location)
    }

    private func finding(
        _ number: Int, _ episode: WindowScan.Episode, _ cited: [Finding.CitedRecord]
    ) -> Finding? {
        let correlation = rules.correlations[number]
        guard let first = cited.first else { return nil }
        let count = episode.last - episode.first + 1
        var record: [NamedValue] = []
        for (index, value) in MatchLine.group(episode.group).enumerated() {
            guard correlation.rule.groupBy.indices.contains(index) else { continue }
            if !includesContent, contentGroups[number][index] { continue }
            record.append(NamedValue(correlation.rule.groupBy[index], value))
        }
        if let from = Timestamp(sortKey: episode.from) { record.append(NamedValue("window_from", .moment(from))) }
        if let until = Timestamp(sortKey: episode.until) { record.append(NamedValue("window_until", .moment(until))) }
        record.append(NamedValue("window_records", .integer(Int64(count))))
        let title = sources.first { $0.identifier == first.artifact }?.title ?? first.artifact
        return RuleWording.finding(
            correlation.head, isCorrelation: true, artifact: first.artifact, artifactTitle: title,
            moment: first.moment, path: first.path, location: first.location, record: record, records: cited,
            recordCount: count)
    }

    private static func contentGroups(_ rules: RuleSet) -> [[Bool]] {
        var groups: [[Bool]] = []
        for correlation in rules.correlations {
            var isContent = [Bool](repeating: false, count: correlation.rule.groupBy.count)
            for member in correlation.members {
                for (index, name) in member.groupFields.enumerated() where isContent.indices.contains(index) {
                    switch member.origin {
                    case .rule(let rule):
                        for artifact in rules.rules[rule].artifacts {
                            guard let table = rules.programs[artifact]?.table, let column = table.column(name) else {
                                continue
                            }
                            if table.columns[column].isContent { isContent[index] = true }
                        }
                    case .correlation(let inner):
                        if let place = rules.correlations[inner].rule.groupBy.firstIndex(of: name), groups[inner][place]
                        {
                            isContent[index] = true
                        }
                    }
                }
            }
            groups.append(isContent)
        }
        return groups
    }
}

extension Timestamp {
    /// The moment of a sort key.
    init?(sortKey: Int64) {
        let (microseconds, overflow) = sortKey.subtractingReportingOverflow(Timestamp.origin)
        guard !overflow else { return nil }
        self.init(microseconds: microseconds)
    }
}
