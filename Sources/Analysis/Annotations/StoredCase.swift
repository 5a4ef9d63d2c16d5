import ArtifactModel
public import CaseModel
import FileFormats
import Primitives

/// A case folder that was written before, read again with what people said of its findings.
///
/// Files of a case can be damaged, and can come from somebody else: everything is checked and bounded, and what can't be
/// read is told in the report. If findings are missing, the verdict that the check gave stands: damage must not make a
/// verdict milder.
public enum StoredCase {
    /// How many bytes `case.json` and `coverage.json` may have.
    static let fileLimit = 256 << 20
    /// How many facts are read.
    static let factLimit = 1_000_000
    /// How many problems are told.
    static let problemLimit = 50

    /// Reads a case. Throws only if there is none.
    public static func read(_ folder: String) throws(OutputError) -> CaseReport {
        let object: JSONValue
        do {
            object = try JSONValue(try LineReader.bytes(folder + "/case.json", limit: fileLimit), depthLimit: 32)
        } catch let error as OutputError {
            throw error
        } catch {
            throw OutputError(folder + "/case.json", "expected the description of a case; it is damaged")
        }
        guard object["tool"]?.text == "bridle", var report = CaseReport(stored: object) else {
            throw OutputError(folder + "/case.json", "expected the description of a case that Bridle wrote")
        }
        var problems: [String] = []
        report.coverage = coverage(folder, &problems)
        let said = AnnotationFile.read(in: folder)
        problems += said.problems
        report.annotations = Annotations(said.annotations)
        let stored = StoredFindings(folder, report.coverage, report.annotations, &problems)
        let facts = facts(folder, &problems)
        report.recheck = Recheck.read(in: folder)
        apply(stored, facts, to: &report, &problems)
        if problems.count > problemLimit {
            problems = Array(problems.prefix(problemLimit)) + ["\(problems.count - problemLimit) more problems."]
        }
        report.caseProblems = problems
        return report
    }

    /// The identifiers of findings that begin with some digits, the first `limit` of them; a whole one is found once.
    public static func identifiers(
        beginningWith digits: String, in folder: String, limit: Int
    ) throws(OutputError) -> [String] {
        let reader = try LineReader(folder + "/findings.jsonl")
        var found: [String] = []
        while found.count < limit, let line = reader.next() {
            guard case .whole(let bytes) = line, let identifier = identifier(bytes), identifier.hasPrefix(digits),
                !found.contains(identifier)
            else { continue }
            found.append(identifier)
        }
        return found
    }

    /// The identifier in a line; it is the first member.
    private static func identifier(_ line: [UInt8]) -> String? {
        var reader = JSONReader(line)
        guard (try? reader.enterObject()) == true, (try? reader.key()) == "id", let text = try? reader.string(),
            Finding.isIdentifier(text)
        else { return nil }
        return text
    }

    private static func apply(
        _ stored: StoredFindings, _ facts: [DeviceFact], to report: inout CaseReport, _ problems: inout [String]
    ) {
        let isWhole = stored.isWhole && stored.read == report.counts
        if stored.isWhole, !isWhole {
            problems.append("findings.jsonl does not hold as many findings as case.json counts.")
        }
        report.findings = stored.findings
        report.suppressed = stored.suppressed
        report.suppressedCount = stored.suppressedCount
        report.exposures = Exposure.all(for: stored.findings, facts, report.evidence)
        report.protection = Protection(of: facts, report.evidence, report.coverage)
        let unknown = report.annotations.findings.filter { !stored.annotated.contains($0) }
        // A recheck lists what is gone, and says that it is.
        for finding in unknown where report.recheck?.gone.contains(where: { $0.identifier == finding }) != true {
            problems.append("An annotation names the finding \(finding), which is not in this case.")
        }
        guard isWhole else {
            // Suppressions are not taken off a verdict of which the findings are not known.
            if stored.hasConfirmation {
                report.verdictWithoutAnnotations = report.verdict
                report.verdict = .confirmed
            }
            return
        }
        report.counts = stored.counts
        let shortfalls = report.coverage.shortfalls(taken: report.evidence.taken, isComplete: report.isComplete)
        let grounds = Verdict.Grounds(
            findings: stored.summaries, shortfalls: shortfalls, isConfirmed: stored.hasConfirmation)
        let verdict = Verdict(of: grounds)
        guard stored.suppressedCount > 0 || stored.hasConfirmation else { return }
        if verdict != report.verdict { report.verdictWithoutAnnotations = report.verdict }
        report.verdict = verdict
        report.verdictReasons = Verdict.reasons(for: grounds)
    }

    private static func coverage(_ folder: String, _ problems: inout [String]) -> Coverage {
        do {
            let bytes = try LineReader.bytes(folder + "/coverage.json", limit: fileLimit)
            if let coverage = Coverage(stored: try JSONValue(bytes, depthLimit: 32)) { return coverage }
            problems.append("coverage.json is damaged: expected artefacts and families.")
        } catch let error as OutputError {
            problems.append("coverage.json can't be read: \(error.reason).")
        } catch {
            problems.append("coverage.json is damaged: expected JSON.")
        }
        return Coverage()
    }

    static func facts(_ folder: String, _ problems: inout [String]) -> [DeviceFact] {
        let reader: LineReader
        do throws(OutputError) {
            reader = try LineReader(folder + "/facts.jsonl", limit: 1 << 20)
        } catch {
            problems.append("facts.jsonl can't be read: \(error.reason).")
            return []
        }
        var facts: [DeviceFact] = []
        var number = 0
        while let line = reader.next() {
            number += 1
            guard number <= factLimit else {
                problems.append("facts.jsonl has more than \(factLimit) lines; what is beyond is left out.")
                break
            }
            guard case .whole(let bytes) = line, let object = try? JSONValue(bytes, depthLimit: 8),
                let fact = DeviceFact(stored: object)
            else {
                problems.append("facts.jsonl, line \(number): expected a fact; it is left out.")
                continue
            }
            facts.append(fact)
        }
        if reader.failure != 0 { problems.append("facts.jsonl can't be read to its end.") }
        return facts
    }
}

/// What `findings.jsonl` holds, in one pass: the first findings, all that people spoke of, and what a verdict needs.
struct StoredFindings {
    /// How many findings that people spoke of are kept beside the first ones.
    static let annotatedLimit = 1_000

    /// How many findings there are of each severity, suppressed or not.
    private(set) var read: [Severity: Int] = [:]
    /// The same without those that are suppressed.
    private(set) var counts: [Severity: Int] = [:]
    private(set) var summaries: Set<Verdict.Summary> = []
    private(set) var findings: [Finding] = []
    private(set) var suppressed: [Finding] = []
    private(set) var suppressedCount = 0
    private(set) var hasConfirmation = false
    /// The identifiers of which people spoke and which are there.
    private(set) var annotated: Set<String> = []
    /// Whether every line could be read.
    private(set) var isWhole = true

    init(_ folder: String, _ coverage: Coverage, _ annotations: Annotations, _ problems: inout [String]) {
        let titles = Dictionary(coverage.artifacts.map { ($0.identifier, $0.title) }) { first, _ in first }
        let reader: LineReader
        do throws(OutputError) {
            reader = try LineReader(folder + "/findings.jsonl")
        } catch {
            problems.append("findings.jsonl can't be read: \(error.reason).")
            isWhole = false
            return
        }
        var number = 0
        while let line = reader.next() {
            number += 1
            guard case .whole(let bytes) = line, let finding = try? Finding(stored: bytes, titles: titles) else {
                if isWhole || number < 1_000 {
                    problems.append("findings.jsonl, line \(number): expected a finding; it is left out.")
                }
                isWhole = false
                continue
            }
            take(finding, annotations.standing(of: finding.id))
        }
        if reader.failure != 0 {
            problems.append("findings.jsonl can't be read to its end.")
            isWhole = false
        }
    }

    private mutating func take(_ finding: Finding, _ standing: Annotations.Standing) {
        read[finding.severity, default: 0] += 1
        if !standing.isEmpty { annotated.insert(finding.id) }
        guard standing.suppression == nil else {
            suppressedCount += 1
            if suppressed.count < StoredFindings.annotatedLimit { suppressed.append(finding) }
            return
        }
        if standing.confirmation != nil { hasConfirmation = true }
        counts[finding.severity, default: 0] += 1
        summaries.insert(Verdict.Summary(finding))
        let room = FindingCollector.shown + (standing.isEmpty ? 0 : StoredFindings.annotatedLimit)
        if findings.count < room { findings.append(finding) }
    }
}

extension Verdict.Summary {
    /// The part of a finding that a verdict depends on.
    init(_ finding: Finding) {
        var isIndicator = false
        if case .indicator = finding.cause { isIndicator = true }
        self.init(isIndicator: isIndicator, severity: finding.severity, state: finding.state)
    }
}
