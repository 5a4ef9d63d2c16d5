import ArtifactModel
import CaseModel
import FileFormats
import Primitives

/// What the findings of an earlier case say, as far as judging its records again needs it.
///
/// Identifiers only, and no finding: a case can have a million.
struct EarlierFindings {
    /// 128 bits: an identifier, or the hash of a place.
    struct Key: Hashable, Sendable {
        let high: UInt64
        let low: UInt64
    }

    /// More findings than are read.
    static let limit = 20_000_000

    /// The identifiers of all findings.
    private(set) var identifiers: Set<Key> = []
    /// What was matched where, whichever file of indicators named it.
    private(set) var traces: Set<Key> = []
    /// The highest severity of the findings over one record that are taken over, by artefact and place.
    private(set) var severities: [Key: Severity] = [:]
    /// The severities of the findings of rules that are asked again, by their identifiers.
    private(set) var ruleSeverities: [Key: Severity] = [:]
    /// What could not be read, in sentences.
    private(set) var problems: [String] = []

    /// `isCarried` says whether a finding is taken over however its record is judged.
    init(_ folder: String, isCarried: (Finding) -> Bool) {
        EarlierFindings.each(folder, &problems) { _, finding in
            guard identifiers.count < EarlierFindings.limit else { return }
            let key = Key(finding.id)
            if let key { identifiers.insert(key) }
            if case .indicator(let indicator) = finding.cause {
                traces.insert(EarlierFindings.trace(finding, indicator))
            }
            // What several records show together says nothing of the one that it begins with.
            guard !finding.isOverSeveralRecords else { return }
            if isCarried(finding) {
                let place = EarlierFindings.place(finding.artifact, finding.path, finding.location)
                severities[place] = max(severities[place] ?? finding.severity, finding.severity)
            } else if case .rule = finding.cause, let key {
                ruleSeverities[key] = finding.severity
            }
        }
    }

    /// Hands over every finding of a case with its line.
    static func each(_ folder: String, _ problems: inout [String], _ take: ([UInt8], Finding) -> Void) {
        let reader: LineReader
        do throws(OutputError) {
            reader = try LineReader(folder + "/findings.jsonl")
        } catch {
            problems.append("findings.jsonl of the earlier case can't be read: \(error.reason).")
            return
        }
        var number = 0
        var damaged = 0
        while let line = reader.next() {
            number += 1
            guard case .whole(let bytes) = line, let finding = try? Finding(stored: bytes, titles: [:]) else {
                damaged += 1
                continue
            }
            take(bytes, finding)
        }
        if damaged > 0 {
            problems.append(
                "\(damaged) of \(number) lines of findings.jsonl of the earlier case are damaged and were left out.")
        }
        if reader.failure != 0 { problems.append("findings.jsonl of the earlier case can't be read to its end.") }
    }

    /// What was matched where.
    static func trace(_ finding: Finding, _ indicator: Finding.IndicatorCitation) -> Key {
        var text = TextBuffer()
        for part in [finding.artifact, indicator.type, indicator.value, indicator.observed] {
            text.append(text: part)
            text.append(UInt8(0))
        }
        finding.location.write(json: &text, path: finding.path)
        return Key(hashing: text.bytes)
    }

    /// A place of an artefact.
    static func place(_ artifact: String, _ path: String, _ location: Location) -> Key {
        var text = TextBuffer()
        text.append(text: artifact)
        text.append(UInt8(0))
        location.write(json: &text, path: path)
        return Key(hashing: text.bytes)
    }
}

extension Finding {
    /// Whether it is one of a correlation or of a published pattern over several records.
    var isOverSeveralRecords: Bool {
        switch cause {
        case .indicator(let indicator): indicator.match == "pattern"
        case .rule(let rule): rule.isCorrelation
        case .check: false
        }
    }
}

extension EarlierFindings.Key {
    /// Reads 32 hexadecimal digits.
    init?(_ identifier: String) {
        guard identifier.utf8.count == 32, let high = UInt64(identifier.prefix(16), radix: 16),
            let low = UInt64(identifier.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// FNV-1a, twice with different starts.
    init(hashing bytes: [UInt8]) {
        func hash(_ start: UInt64) -> UInt64 {
            bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        }
        self.init(high: hash(0xCBF2_9CE4_8422_2325), low: hash(0x9AE1_6A3B_2F90_404F))
    }
}
