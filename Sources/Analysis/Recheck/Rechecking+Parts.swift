import ArtifactModel
import CaseModel
import Indicators
import Primitives
import RuleLanguage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension StoredLayout {
    /// Opens the existential, once for each artefact.
    init(opening artifact: any Artifact.Type) {
        func open<A: Artifact>(_ artifact: A.Type) -> StoredLayout { StoredLayout(artifact) }
        self = open(artifact)
    }
}

extension StoredRun {
    /// An artefact that this version does not know: its findings stay as they were.
    init(unknown artifact: Coverage.Artifact) {
        run = ArtifactRun(
            coverage: artifact, findings: FindingCollector(prefix: nil), timelineRuns: [], facts: [], observables: [],
            checkedFamilies: [], files: [], failure: nil)
        isWhole = false
    }
}

extension Recheck.Change {
    /// A finding that is new. `traces` are those of the earlier case.
    init(_ finding: Finding, traces: Set<EarlierFindings.Key>) {
        var isKnown = false
        if case .indicator(let indicator) = finding.cause {
            isKnown = traces.contains(EarlierFindings.trace(finding, indicator))
        }
        self.init(finding, isKnownOtherwise: isKnown)
    }

    init(_ finding: Finding, isKnownOtherwise: Bool = false) {
        var indicator: Finding.IndicatorCitation?
        var rule = ""
        switch finding.cause {
        case .indicator(let cause): indicator = cause
        case .rule(let cause): rule = cause.identifier
        case .check: break
        }
        var place = TextBuffer()
        finding.location.write(words: &place, path: finding.path)
        self.init(
            identifier: finding.id, severity: finding.severity.word, title: finding.title, artifact: finding.artifact,
            moment: finding.moment, place: place.string, value: indicator?.value ?? "",
            source: indicator?.source ?? "", rule: rule, isKnownOtherwise: isKnownOtherwise)
    }
}

/// Joins what was judged with what was taken over, as a check joins its artefacts.
func join(
    _ report: CaseReport, _ runs: [StoredRun], _ joined: [FindingCollector], _ context: JudgingContext,
    _ answers: RuleQuestions.Answers, _ outcomes: [RuleOutcome], _ path: String, shortLinks: Coverage.ShortLinks,
    rulesOnly: Bool, isComplete: Bool
) -> AnalysisResult {
    var coverage = report.coverage
    coverage.artifacts = runs.map(\.run.coverage)
    coverage.rules = answers.rules
    coverage.shortLinks = shortLinks
    let judged = families(
        of: runs.map(\.run), context.indicators, patterns: context.patterns, rules: answers.needs)
    coverage.families = rulesOnly ? report.coverage.families(with: judged) : judged
    var findings = FindingCollector(prefix: nil)
    for run in runs { findings.merge(run.run.findings) }
    for collector in joined { findings.merge(collector) }
    findings.finish()
    var ignored: [String] = []
    let facts = StoredCase.facts(path, &ignored).sorted()
    return AnalysisResult(
        coverage: coverage, counts: findings.counts, findings: findings.first,
        grounds: Verdict.Grounds(
            findings: findings.summaries,
            shortfalls: coverage.shortfalls(taken: report.evidence.taken, isComplete: isComplete)),
        facts: facts, exposures: Exposure.all(for: findings.first, facts, report.evidence),
        protection: Protection(of: facts, report.evidence, coverage), rules: outcomes, patternNotes: [],
        isComplete: isComplete)
}

extension Coverage {
    /// The families of a recheck that asked no indicators: what an earlier check says of theirs, and what is said now of
    /// checks and rules.
    fileprivate func families(with judged: [Family]) -> [Family] {
        let order = Dictionary(artifacts.enumerated().map { ($1.identifier, $0) }) { first, _ in first }
        func joined(_ first: [String], _ second: [String]) -> [String] {
            Set(first + second).sorted { (order[$0] ?? .max, $0) < (order[$1] ?? .max, $1) }
        }
        var named = Dictionary(judged.map { ($0.name, $0) }) { first, _ in first }
        for before in families where before.indicators > 0 {
            var family = named[before.name] ?? Family(name: before.name, years: before.years)
            family.indicators = before.indicators
            family.comparableIndicators = before.comparableIndicators
            family.wholeIndicators = before.wholeIndicators
            family.examined = joined(before.examined, family.examined)
            family.missing = joined(before.missing, family.missing).filter { !family.examined.contains($0) }
            if let reach = before.reach {
                family.reach =
                    family.reach.map { min($0.lowerBound, reach.lowerBound)...max($0.upperBound, reach.upperBound) }
                    ?? reach
            }
            named[before.name] = family
        }
        return named.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

extension CaseReport {
    /// The same case with what is known of it now.
    func replacing(_ result: AnalysisResult) -> CaseReport {
        var report = self
        report.coverage = result.coverage
        report.counts = result.counts
        report.findings = result.findings
        report.verdict = result.verdict
        report.verdictReasons = Verdict.reasons(for: result.grounds)
        report.exposures = result.exposures
        report.protection = result.protection
        report.isComplete = result.isComplete
        report.suppressed = []
        report.suppressedCount = 0
        report.verdictWithoutAnnotations = nil
        return report
    }
}

/// Copies the records of artefacts that this version does not know, so that a later one finds them.
func copyOtherRecords(
    _ path: String, _ layouts: [StoredLayout], _ coverage: Coverage, _ folder: CaseFolder, _ problems: inout [String]
) throws(OutputError) {
    // Who is named in the records does not depend on indicators. Cases of earlier versions have no such file.
    if (try? LineReader(path + "/identities.jsonl")) != nil {
        try copyLines("identities.jsonl", from: path, folder, &problems)
    }
    let known = Set(layouts.map(\.card.identifier))
    for artifact in coverage.artifacts where !known.contains(artifact.identifier) && artifact.records > 0 {
        // An identifier becomes part of a path here, and it is text of a file that anybody can write.
        guard artifact.identifier.utf8.count <= 200, artifact.identifier.utf8.first != UInt8(ascii: "."),
            artifact.identifier.utf8.allSatisfy({ byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".")
                    || byte == UInt8(ascii: "-")
            })
        else { continue }
        let name = "records/\(artifact.identifier).jsonl"
        try copyLines(name, from: path, folder, &problems)
    }
}

private func copyLines(
    _ name: String, from path: String, _ folder: CaseFolder, _ problems: inout [String]
) throws(OutputError) {
    guard let reader = try? LineReader(path + "/" + name) else {
        problems.append("\(name) can't be read and was not copied.")
        return
    }
    let output = try OutputFile(creating: folder.file(name))
    while let line = reader.next() {
        guard case .whole(let bytes) = line else { continue }
        output.append(bytes)
        output.append([UInt8(ascii: "\n")])
    }
    try output.close()
}
