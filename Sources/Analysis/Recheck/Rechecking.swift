public import ArtifactModel
public import CaseModel
public import Indicators
import Primitives

/// Why a case can't be judged again, in a sentence.
public struct RecheckError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence.
    public let description: String
}

/// What came of judging a case again.
public struct RecheckResult: Sendable {
    /// What the case is now: evidence and times as in the earlier one, findings and verdict as they are now.
    public var report: CaseReport
    /// What could not be read of the earlier case, in sentences.
    public var problems: [String]
    /// Whether people said something of the earlier case's findings; it was copied.
    public var hasAnnotations: Bool
}

/// Judges the stored records of a case with other indicators, and writes the new version of the case into `folder`.
///
/// The earlier case is only read. What indicators find in records is worked out anew; what checks and rules found is
/// taken over, since they ask of more than is stored. For the same version of the tool the findings are those of a
/// fresh check of the evidence with these indicators, byte for byte. `version` is that of the tool today.
public func recheck(
    _ path: String, _ catalog: [any Artifact.Type], indicators: IndicatorSet, patterns: PatternSet = PatternSet([]),
    options: AnalysisOptions, folder: CaseFolder?, progress: RunProgress, version: String
) async throws -> RecheckResult {
    var report: CaseReport
    do throws(OutputError) {
        report = try StoredCase.read(path)
    } catch {
        throw RecheckError(description: "The case \(path.printable) can't be read: \(error.reason).")
    }
    let layouts = catalog.map { StoredLayout(opening: $0) }
    try refuseWithoutRecords(path, report.coverage)
    var problems = report.caseProblems
    let earlier = EarlierFindings(path)
    problems += earlier.problems
    let answered = ShortLinkTable.read(path, &problems)
    let context = JudgingContext(
        indicators: indicators, options: options, progress: progress, folder: folder, patterns: patterns,
        keepsShortLinks: options.askShortLinks != nil || !answered.isEmpty)
    var runs = await judgeAll(path, report.coverage, layouts, earlier, context)
    if let failure = runs.compactMap(\.run.failure).first { throw failure }
    problems += runs.flatMap(\.problems)

    var change = Recheck(
        earlierCase: path, earlierVersion: report.toolVersion, earlierEnd: report.ended,
        earlierDigest: report.indicatorDigest)
    // A link that was answered is not asked again: the service would learn more than we would.
    let shortLinks = await answered.asking(about: runs.map(\.run), options, progress)
    var judged = runs.map(\.run)
    let led = ShortLinkJudgement(&judged, shortLinks, context)
    var numbers = shortLinks.coverage(of: judged)
    numbers.recordsNotJudged += led.cut
    for (index, run) in judged.enumerated() { runs[index].run = run }
    if let failure = led.findings.sorter?.failure { throw failure }
    let joined = PatternJudgement(patterns, runs.map(\.run), prefix: folder?.file(".patterns.findings-"))
    if let failure = joined.findings.sorter?.failure { throw failure }
    problems += joined.notes
    let carried = try carryOver(
        path, report.coverage, runs, joined.identifiers.union(led.identifiers), earlier, folder, &change)
    var added = FindingCollector(prefix: nil)
    for run in runs { added.merge(run.added) }
    var line = TextBuffer()
    for finding in led.findings.first + joined.findings.first
    where EarlierFindings.Key(finding.id).map(earlier.identifiers.contains) != true { added.add(finding, &line) }
    added.finish()
    change.addedCount = added.counts.values.reduce(0, +)
    change.added = added.first.map { Recheck.Change($0, traces: earlier.traces) }
    change.onlyTheEvidence = limits(of: report, runs, layouts, indicators, version: version)

    var hasAnnotations = false
    let result = join(
        report, runs, [led.findings, joined.findings, carried], indicators, options.rules, path,
        shortLinks: numbers, isComplete: report.isComplete && !progress.isStopped)
    if let folder {
        try write(runs.map(\.run), joined: [led.findings, joined.findings, carried], result, options, to: folder)
        try shortLinks.write(to: folder)
        var text = TextBuffer()
        change.write(json: &text)
        try folder.write("changes.json", text.bytes)
        try copyOtherRecords(path, layouts, report.coverage, folder, &problems)
        hasAnnotations = try AnnotationFile.copy(from: path, to: folder.staging)
    }
    report = report.replacing(result)
    report.indicatorDigest = indicators.digest
    report.recheck = change
    report.caseProblems = Array(problems.prefix(StoredCase.problemLimit))
    return RecheckResult(report: report, problems: report.caseProblems, hasAnnotations: hasAnnotations)
}

/// A case without records can't be asked anything.
private func refuseWithoutRecords(_ path: String, _ coverage: Coverage) throws(RecheckError) {
    let counted = coverage.artifacts.filter { $0.records > 0 }
    guard !counted.isEmpty else { return }
    let stored = counted.contains { artifact in
        (try? LineReader(path + "/records/\(artifact.identifier).jsonl"))?.next() != nil
    }
    guard stored else {
        throw RecheckError(
            description: "The case \(path.printable) was made without records (--no-records), so there is nothing to "
                + "judge again; check the evidence itself.")
    }
}

/// Judges the artefacts that the case and this version both know, a few at a time; the answer is in the case's order.
private func judgeAll(
    _ path: String, _ coverage: Coverage, _ layouts: [StoredLayout], _ earlier: EarlierFindings,
    _ context: JudgingContext
) async -> [StoredRun] {
    let known = Dictionary(layouts.map { ($0.card.identifier, $0) }) { first, _ in first }
    return await withTaskGroup(of: (Int, StoredRun).self) { group in
        var runs = [StoredRun?](repeating: nil, count: coverage.artifacts.count)
        for (index, artifact) in coverage.artifacts.enumerated() {
            guard let layout = known[artifact.identifier] else {
                runs[index] = StoredRun(unknown: artifact)
                continue
            }
            if index >= max(1, context.options.jobs), let (done, run) = await group.next() { runs[done] = run }
            group.addTask {
                (index, StoredRecords(layout, artifact, earlier, context).judge(in: path))
            }
        }
        while let (done, run) = await group.next() { runs[done] = run }
        return runs.compactMap { $0 }
    }
}

/// Takes over the earlier findings that stored records can't be asked for again, and finds those that are gone.
private func carryOver(
    _ path: String, _ coverage: Coverage, _ runs: [StoredRun], _ joined: Set<String>,
    _ earlier: EarlierFindings, _ folder: CaseFolder?, _ change: inout Recheck
) throws -> FindingCollector {
    let titles = Dictionary(coverage.artifacts.map { ($0.identifier, $0.title) }) { first, _ in first }
    let judged = Set(runs.filter { $0.isWhole }.map(\.run.coverage.identifier))
    var identifiers: Set<EarlierFindings.Key> = []
    for run in runs { identifiers.formUnion(run.identifiers) }
    identifiers.formUnion(joined.compactMap(EarlierFindings.Key.init))
    // A pattern over several records can't be asked again if any of the records can't be read.
    let isWhole = runs.allSatisfy { $0.isWhole || $0.run.coverage.records == 0 }
    var findings = FindingCollector(prefix: folder.map { $0.file(".carried-over.findings-") })
    var gone: [Recheck.Change] = []
    var (goneCount, unchanged, carried) = (0, 0, 0)
    var ignored: [String] = []
    EarlierFindings.each(path, &ignored) { line, finding in
        var finding = finding
        finding.artifactTitle = titles[finding.artifact] ?? finding.artifact
        guard case .indicator(let indicator) = finding.cause, judged.contains(finding.artifact),
            isWhole || indicator.match != "pattern"
        else {
            if case .indicator = finding.cause, EarlierFindings.Key(finding.id).map(identifiers.contains) == true {
                unchanged += 1
            } else {
                carried += 1
                findings.add(finding, stored: line)
            }
            return
        }
        guard EarlierFindings.Key(finding.id).map(identifiers.contains) != true else { return unchanged += 1 }
        goneCount += 1
        if gone.count < Recheck.listed { gone.append(Recheck.Change(finding, indicator, isKnownOtherwise: false)) }
    }
    findings.finish()
    if let failure = findings.sorter?.failure { throw failure }
    change.gone = gone
    change.goneCount = goneCount
    change.unchangedCount = unchanged
    change.carriedCount = carried
    return findings
}
