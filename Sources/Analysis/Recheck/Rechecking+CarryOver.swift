import ArtifactModel
import CaseModel
import Primitives

/// The findings of an earlier case that were taken over.
struct CarriedFindings {
    var findings: FindingCollector
    /// How many of them each rule made.
    var byRule: [String: Int] = [:]
    /// The rules of some of them that are not there any more.
    var unknownRules: Set<String> = []
    /// What was matched where, by findings that are gone and of which people said something; with their identifiers.
    var goneTraces: [EarlierFindings.Key: [String]] = [:]
}

/// What became of an earlier finding.
private enum Fate {
    /// It was made again.
    case unchanged
    /// Its record was judged, and it was not made again.
    case gone
    /// Nobody could judge it.
    case carried
}

extension CarriedFindings {
    /// The new findings that stand for those that are gone and of which people said something: the same record has the
    /// same value, and another file of indicators names it.
    func renamed(_ added: [Finding]) -> [String: String] {
        var renamed: [String: String] = [:]
        for finding in added {
            guard case .indicator(let indicator) = finding.cause else { continue }
            for earlier in goneTraces[EarlierFindings.trace(finding, indicator)] ?? [] {
                renamed[earlier] = min(renamed[earlier] ?? finding.id, finding.id)
            }
        }
        return renamed
    }
}

/// Decides what becomes of each earlier finding.
private struct Fates {
    let runs: [String: StoredRun]
    let identifiers: Set<EarlierFindings.Key>
    let blocked: [Int: [String]]
    let questions: RuleQuestions
    let rulesOnly: Bool
    /// Whether where a short link led was compared with the indicators, for all records that hold it.
    let isJudged: (String) -> Bool
    /// Whether every record of every artefact could be read.
    let isWhole: Bool

    init(
        _ runs: [StoredRun], _ joined: JoinedFindings, _ questions: RuleQuestions, rulesOnly: Bool,
        isJudged: @escaping (String) -> Bool
    ) {
        self.runs = Dictionary(runs.map { ($0.run.coverage.identifier, $0) }) { first, _ in first }
        identifiers = runs.reduce(into: joined.identifiers) { $0.formUnion($1.identifiers) }
        blocked = joined.blocked
        isWhole = runs.allSatisfy { $0.isWhole || $0.run.coverage.records == 0 }
        self.questions = questions
        self.rulesOnly = rulesOnly
        self.isJudged = isJudged
    }

    func fate(of finding: Finding) -> Fate {
        if let key = EarlierFindings.Key(finding.id), identifiers.contains(key) { return .unchanged }
        return isAnswered(finding) ? .gone : .carried
    }

    /// Whether the question that made a finding was asked of all that it could have been asked of.
    private func isAnswered(_ finding: Finding) -> Bool {
        let isRead = runs[finding.artifact]?.isWhole == true
        switch finding.cause {
        case .check: return false
        case .indicator(let indicator):
            if let resolution = indicator.resolution, !isJudged(resolution.link) { return false }
            return !rulesOnly && isRead && (isWhole || indicator.match != "pattern")
        case .rule(let rule):
            if let number = questions.numbers[rule.identifier] {
                return isRead && questions.canAsk(rule.identifier, of: finding.artifact)
                    && runs[finding.artifact]?.unclear[number] == nil
            }
            return questions.correlationNumbers[rule.identifier].map { blocked[$0] == nil } ?? false
        }
    }
}

/// Takes over the earlier findings that stored records can't be asked for again, and finds those that are gone.
func carryOver(
    _ path: String, _ coverage: Coverage, _ runs: [StoredRun], _ joined: JoinedFindings, _ questions: RuleQuestions,
    _ folder: CaseFolder?, _ change: inout Recheck, rulesOnly: Bool,
    annotated: Set<String>, isJudged: @escaping (String) -> Bool
) throws -> CarriedFindings {
    let titles = Dictionary(coverage.artifacts.map { ($0.identifier, $0.title) }) { first, _ in first }
    let fates = Fates(runs, joined, questions, rulesOnly: rulesOnly, isJudged: isJudged)
    var carried = CarriedFindings(
        findings: FindingCollector(prefix: folder.map { $0.file(".carried-over.findings-") }))
    var gone: [Recheck.Change] = []
    var (all, ofRules) = (Recheck.Counts(), Recheck.Counts())
    var ignored: [String] = []
    EarlierFindings.each(path, &ignored) { line, finding in
        var finding = finding
        finding.artifactTitle = titles[finding.artifact] ?? finding.artifact
        var rule: String?
        if case .rule(let citation) = finding.cause { rule = citation.identifier }
        let kind: WritableKeyPath<Recheck.Counts, Int>
        switch fates.fate(of: finding) {
        case .unchanged: kind = \.unchanged
        case .gone:
            kind = \.gone
            if gone.count < Recheck.listed { gone.append(Recheck.Change(finding)) }
            if case .indicator(let indicator) = finding.cause, annotated.contains(finding.id) {
                carried.goneTraces[EarlierFindings.trace(finding, indicator), default: []].append(finding.id)
            }
        case .carried:
            kind = \.carried
            carried.findings.add(finding, stored: line)
            if let rule {
                carried.byRule[rule, default: 0] += 1
                let isKnown = questions.numbers[rule] != nil || questions.correlationNumbers[rule] != nil
                if !isKnown, carried.unknownRules.count < 1_000 { carried.unknownRules.insert(rule) }
            }
        }
        all[keyPath: kind] += 1
        if rule != nil { ofRules[keyPath: kind] += 1 }
    }
    carried.findings.finish()
    if let failure = carried.findings.sorter?.failure { throw failure }
    change.gone = gone
    (change.goneCount, change.unchangedCount, change.carriedCount) = (all.gone, all.unchanged, all.carried)
    change.ofRules = ofRules
    return carried
}
