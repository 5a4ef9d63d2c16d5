public import ArtifactModel
public import CaseModel
public import Indicators
import Primitives
import RuleLanguage

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
    /// Of how many findings it now stands at another one: the same record and value, named by another file of indicators.
    public var movedAnnotations = 0
}

/// Judges the stored records of a case with other indicators and rules, and writes the new version of the case into
/// `folder`.
///
/// The earlier case is only read. What indicators and rules find in records is worked out anew; what checks found is taken
/// over, since they are functions over more than is stored, and so is what rules found that can't be asked of stored
/// records. For the same version of the tool the findings are those of a fresh check of the evidence with these
/// indicators and rules, byte for byte. `version` is that of the tool today. With `rulesOnly` what indicators found is
/// taken over as well.
public func recheck(
    _ path: String, _ catalog: [any Artifact.Type], indicators: IndicatorSet, patterns: PatternSet = PatternSet([]),
    options: AnalysisOptions, folder: CaseFolder?, progress: RunProgress, version: String, rulesOnly: Bool = false
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
    let rules = options.rules
    var options = options
    options.includesContent = StoredAbsences.hasContent(report, path, layouts, progress)
    let absences = StoredAbsences.all(
        of: report, path, layouts, rules, hasContent: options.includesContent, version: version, progress)
    let questions = RuleQuestions(rules, layouts, absences)
    let earlier = EarlierFindings(path) { finding in
        switch finding.cause {
        case .indicator: rulesOnly
        case .check: true
        case .rule(let rule): !questions.canAsk(rule.identifier, of: finding.artifact)
        }
    }
    problems += earlier.problems
    let answered = ShortLinkTable.read(path, &problems)
    let scratch = rules.correlations.isEmpty || folder != nil ? nil : try ScratchFolder()
    let context = JudgingContext(
        indicators: rulesOnly ? IndicatorSet([]) : indicators, options: options, progress: progress, folder: folder,
        matchPrefix: rules.correlations.isEmpty ? nil : folder?.file(".rules-") ?? scratch.map { $0.path + "/" },
        patterns: rulesOnly ? PatternSet([]) : patterns,
        keepsShortLinks: options.askShortLinks != nil || !answered.isEmpty)
    var runs = await judgeAll(path, report.coverage, layouts, earlier, questions, context)
    if let failure = runs.compactMap(\.run.failure).first { throw failure }
    problems += runs.flatMap(\.problems)

    var change = Recheck(
        earlierCase: path, earlierVersion: report.toolVersion, earlierEnd: report.ended,
        earlierDigest: report.indicatorDigest)
    // A link that was answered is not asked again: the service would learn more than we would.
    let shortLinks = await answered.asking(about: runs.map(\.run), options, progress)
    var judged = runs.map(\.run)
    let led = ShortLinkJudgement(&judged, shortLinks, context)
    if let failure = led.findings.sorter?.failure { throw failure }
    var numbers = shortLinks.coverage(of: judged)
    numbers.recordsNotJudged += led.cut
    for (index, run) in judged.enumerated() { runs[index].run = run }
    let joined = JoinedFindings(runs, context, questions, earlier, led)
    withExtendedLifetime(scratch) {}
    if let failure = joined.failure { throw failure }
    problems += joined.notes
    let carried = try carryOver(
        path, report.coverage, runs, joined, questions, folder, &change, rulesOnly: rulesOnly,
        annotated: Set(AnnotationFile.read(in: path).annotations.map(\.finding)),
        isJudged: { numbers.recordsNotJudged == 0 && shortLinks.answers[$0]?.asked != nil })
    let outcomes = outcomes(of: runs.map(\.run), joined.outcomes, rules)
    var answers = questions.answers(
        outcomes, joined.blocked, report.coverage.rules, runs, carried: carried.byRule)
    answers.needs += rules.notCheckable
    var added = FindingCollector(prefix: nil)
    for run in runs { added.merge(run.added) }
    added.merge(joined.added)
    added.finish()
    change.addedCount = added.counts.values.reduce(0, +)
    change.ofRules.added = runs.reduce(joined.addedByRules) { $0 + $1.addedByRules }
    change.added = added.first.map { Recheck.Change($0, traces: earlier.traces) }
    change.onlyTheEvidence = limits(
        of: report, runs, layouts, rulesOnly ? nil : indicators, answers.rules, carried,
        hasContent: options.includesContent,
        version: version)

    var hasAnnotations = false
    let renamed = carried.renamed(added.first)
    let collectors = joined.collectors + [carried.findings]
    let result = join(
        report, runs, collectors, context, answers, outcomes, path, shortLinks: numbers, rulesOnly: rulesOnly,
        isComplete: report.isComplete && !progress.isStopped)
    if let folder {
        try write(runs.map(\.run), joined: collectors, result, options, to: folder)
        try shortLinks.write(to: folder)
        var text = TextBuffer()
        change.write(json: &text)
        try folder.write("changes.json", text.bytes)
        try copyOtherRecords(path, layouts, report.coverage, folder, &problems)
        hasAnnotations = try AnnotationFile.copy(
            from: path, to: folder.staging, renamed: renamed)
    }
    report = report.replacing(result)
    if !rulesOnly { report.indicatorDigest = indicators.digest }
    report.recheck = change
    report.caseProblems = Array(problems.prefix(StoredCase.problemLimit))
    return RecheckResult(
        report: report, problems: report.caseProblems, hasAnnotations: hasAnnotations,
        movedAnnotations: hasAnnotations ? renamed.count : 0)
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
    _ questions: RuleQuestions, _ context: JudgingContext
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
            var context = context
            context.artifact = index
            group.addTask { [context] in
                (index, StoredRecords(layout, artifact, earlier, questions, context).judge(in: path))
            }
        }
        while let (done, run) = await group.next() { runs[done] = run }
        return runs.compactMap { $0 }
    }
}
