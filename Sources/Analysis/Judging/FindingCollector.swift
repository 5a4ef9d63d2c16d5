import ArtifactModel
import CaseModel
import Primitives

/// Takes findings as they come: all of them into sorted runs, the first ones into memory, the counts on the side.
struct FindingCollector: Sendable {
    /// How many findings a report shows and memory holds.
    static let shown = 500

    private(set) var counts: [Severity: Int] = [:]
    private(set) var summaries: Set<Verdict.Summary> = []
    private(set) var first: [Finding] = []
    private(set) var sorter: SpillSorter?

    /// Runs are written to files that begin with `prefix`; without one only the first findings are kept.
    init(prefix: String?) {
        sorter = prefix.map { SpillSorter(prefix: $0, limit: 2 << 20) }
    }

    mutating func add(_ finding: Finding, _ line: inout TextBuffer) {
        counts[finding.severity, default: 0] += 1
        var isIndicator = false
        if case .indicator = finding.cause { isIndicator = true }
        summaries.insert(
            Verdict.Summary(isIndicator: isIndicator, severity: finding.severity, state: finding.state))
        if sorter != nil {
            line.removeAll()
            finding.write(json: &line)
            line.append(UInt8(ascii: "\n"))
            // The identifier begins behind `{"id":"`; it decides between findings of one moment.
            sorter?.add(key: FindingCollector.key(finding), line, tie: 7)
        }
        first.append(finding)
        if first.count >= 2 * FindingCollector.shown { trim() }
    }

    /// Takes a finding of an earlier case with its line, which is written again as it stands.
    mutating func add(_ finding: Finding, stored line: [UInt8]) {
        counts[finding.severity, default: 0] += 1
        summaries.insert(Verdict.Summary(finding))
        if sorter != nil {
            var text = TextBuffer()
            text.append(contentsOf: line)
            text.append(UInt8(ascii: "\n"))
            sorter?.add(key: FindingCollector.key(finding), text, tie: 7)
        }
        first.append(finding)
        if first.count >= 2 * FindingCollector.shown { trim() }
    }

    /// Takes over what another collector has.
    mutating func merge(_ other: FindingCollector) {
        counts.merge(other.counts, uniquingKeysWith: +)
        summaries.formUnion(other.summaries)
        first.append(contentsOf: other.first)
        trim()
    }

    mutating func finish() {
        trim()
        sorter?.spill()
    }

    private mutating func trim() {
        first.sort()
        if first.count > FindingCollector.shown { first.removeLast(first.count - FindingCollector.shown) }
    }

    /// Severity in the highest bits, the worst first, then the moment: 9,999 years of microseconds need 59 bits.
    private static func key(_ finding: Finding) -> UInt64 {
        let severity = UInt64(Severity.critical.rawValue - finding.severity.rawValue) << 60
        guard let moment = finding.moment else { return severity | (1 << 60 - 1) }
        return severity | UInt64(bitPattern: moment.microseconds &+ Timestamp.origin)
    }
}

extension Timestamp {
    /// What has to be added so that no moment is negative: the microseconds from 0001-01-01 to 1970-01-01.
    static let origin: Int64 = 62_135_596_800_000_000

    /// A number that grows with time and is never negative.
    var sortKey: UInt64 { UInt64(bitPattern: microseconds &+ Timestamp.origin) }
}
