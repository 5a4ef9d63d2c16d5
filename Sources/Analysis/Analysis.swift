public import ArtifactModel
public import CaseModel
public import Indicators
import Primitives
import RuleLanguage

/// What came of a whole run.
public struct AnalysisResult: Sendable {
    /// What was examined.
    public var coverage: Coverage
    /// How many findings there are of each severity.
    public var counts: [Severity: Int]
    /// The first findings in their order.
    public var findings: [Finding]
    /// What the verdict follows from.
    public var grounds: Verdict.Grounds
    /// The verdict.
    public var verdict: Verdict { Verdict(of: grounds) }
    /// What the evidence says of the device, in order.
    public var facts: [DeviceFact]
    /// What the device held at the time of findings.
    public var exposures: [Exposure]
    /// How well the device was protected.
    public var protection: Protection
    /// What came of every rule, in byte order of the identifiers.
    public var rules: [RuleOutcome]
    /// What of published patterns over several records was not joined, in sentences.
    public var patternNotes: [String]
    /// Whether the run came to its end.
    public var isComplete: Bool
}

/// Reads every artefact of a catalogue, judges its records, and writes records, findings, timeline and coverage.
///
/// `folder` is the case folder under construction; without it nothing is written. The same evidence, indicators and
/// options give the same bytes, however many artefacts are read at a time.
public func analyze(
    _ catalog: [any Artifact.Type], in evidence: any Evidence, indicators: IndicatorSet,
    patterns: PatternSet = PatternSet([]), options: AnalysisOptions, folder: CaseFolder?, progress: RunProgress
) async throws(OutputError) -> AnalysisResult {
    let scratch = options.rules.correlations.isEmpty || folder != nil ? nil : try ScratchFolder()
    let prefix = options.rules.correlations.isEmpty ? nil : folder?.file(".rules-") ?? scratch.map { $0.path + "/" }
    let context = JudgingContext(
        indicators: indicators, options: options, progress: progress, folder: folder, matchPrefix: prefix,
        patterns: patterns, keepsShortLinks: options.askShortLinks != nil)
    let found = find(catalog, in: evidence, progress)
    var runs = await readAll(catalog, found, in: evidence, context)
    if let failure = runs.compactMap(\.failure).first { throw failure }

    var coverage = Coverage(artifacts: runs.map(\.coverage))
    let digests = progress.isStopped ? [:] : await digests(of: runs.flatMap(\.files), width: options.jobs, progress)
    for artifact in coverage.artifacts.indices {
        for file in coverage.artifacts[artifact].files.indices {
            coverage.artifacts[artifact].files[file].digest = digests[coverage.artifacts[artifact].files[file].path]
        }
    }
    let correlated = try correlate(runs, context)
    withExtendedLifetime(scratch) {}
    let outcomes = outcomes(of: runs, correlated.outcomes, options.rules)
    coverage.rules = outcomes.map(Coverage.Rule.init)
    coverage.families = families(
        of: runs, indicators, patterns: patterns,
        rules: outcomes.filter(\.isReported).compactMap { rule in
            rule.family.map { RuleNeed(family: $0, artifacts: rule.needs) }
        } + options.rules.notCheckable)

    var findings = FindingCollector(prefix: nil)
    for run in runs { findings.merge(run.findings) }
    findings.merge(correlated.findings)
    let shortLinks = await ShortLinkTable().asking(about: runs, options, progress)
    coverage.shortLinks = shortLinks.coverage(of: runs)
    let led = ShortLinkJudgement(&runs, shortLinks, context)
    if let failure = led.findings.sorter?.failure { throw failure }
    coverage.shortLinks.recordsNotJudged += led.cut
    findings.merge(led.findings)
    let joined = PatternJudgement(patterns, runs, prefix: folder?.file(".patterns.findings-"))
    if let failure = joined.findings.sorter?.failure { throw failure }
    findings.merge(joined.findings)
    findings.finish()
    let facts = runs.flatMap(\.facts).sorted()
    let isComplete = !progress.isStopped
    let result = AnalysisResult(
        coverage: coverage, counts: findings.counts, findings: findings.first,
        grounds: Verdict.Grounds(
            findings: findings.summaries,
            shortfalls: coverage.shortfalls(taken: evidence.summary.taken, isComplete: isComplete)),
        facts: facts, exposures: Exposure.all(for: findings.first, facts, evidence.summary),
        protection: Protection(of: facts, evidence.summary, coverage), rules: outcomes, patternNotes: joined.notes,
        isComplete: isComplete)
    if let folder {
        try write(runs, joined: [correlated.findings, led.findings, joined.findings], result, options, to: folder)
        try shortLinks.write(to: folder)
        try write(identities(of: runs, evidence.summary), to: folder)
    }
    return result
}

/// Who the records name, with the device's own names first asked for the country of the owner.
private func identities(of runs: [ArtifactRun], _ evidence: EvidenceSummary) -> [Identity] {
    let own = Identity.own(evidence)
    let home = own.first { $0.kind == .phoneNumber }?.region
    return (own + runs.flatMap { $0.identities.identities(of: $0.coverage.identifier, home: home) }).sorted()
}

private func write(_ identities: [Identity], to folder: CaseFolder) throws(OutputError) {
    let file = try OutputFile(creating: folder.file("identities.jsonl"))
    var line = TextBuffer()
    for identity in identities {
        line.removeAll()
        identity.write(json: &line)
        file.append(line)
    }
    try file.close()
}

/// The files of every artefact, looked up once, and the bytes that are about to be read, for the progress bar.
private func find(
    _ catalog: [any Artifact.Type], in evidence: any Evidence, _ progress: RunProgress
) -> [Result<[EvidenceFile], ParseError>] {
    catalog.map { artifact in
        do throws(ParseError) {
            let found = try files(of: artifact.card, in: evidence)
            for file in found {
                if let size = try? file.open().count { progress.expect(size) }
            }
            return .success(found)
        } catch {
            return .failure(error)
        }
    }
}

/// Reads the artefacts, a few at a time; the answer is in the order of the catalogue.
private func readAll(
    _ catalog: [any Artifact.Type], _ found: [Result<[EvidenceFile], ParseError>], in evidence: any Evidence,
    _ context: JudgingContext
) async -> [ArtifactRun] {
    await withTaskGroup(of: (Int, ArtifactRun).self) { group in
        var runs = [ArtifactRun?](repeating: nil, count: catalog.count)
        for (index, artifact) in catalog.enumerated() {
            if index >= max(1, context.options.jobs), let (done, run) = await group.next() { runs[done] = run }
            let files = found[index]
            var context = context
            context.artifact = index
            group.addTask { [context] in (index, read(artifact, files, in: evidence, context)) }
        }
        while let (done, run) = await group.next() { runs[done] = run }
        return runs.compactMap { $0 }
    }
}

/// SHA-256 of every file that was read, by its path; each file once, however many artefacts read it.
private func digests(of files: [EvidenceFile], width: Int, _ progress: RunProgress) async -> [String: String] {
    progress.begin("SHA-256 of what was read")
    var unique: [String: EvidenceFile] = [:]
    for file in files { unique[file.citation] = file }
    let paths = unique.keys.sorted()
    return await withTaskGroup(of: (String, String?).self) { group in
        var digests: [String: String] = [:]
        for (index, path) in paths.enumerated() {
            // Interrupted, the report is marked incomplete, and no person waits for gigabytes more.
            guard !progress.isStopped, let file = unique[path] else { continue }
            if index >= max(1, width), let (done, digest) = await group.next() { digests[done] = digest }
            group.addTask { (path, (try? file.digest()) ?? nil) }
        }
        while let (done, digest) = await group.next() { digests[done] = digest }
        return digests
    }
}

/// Writes what came of a run; `joined` are the findings over several records.
func write(
    _ runs: [ArtifactRun], joined: [FindingCollector], _ result: AnalysisResult, _ options: AnalysisOptions,
    to folder: CaseFolder
) throws(OutputError) {
    let findings = try OutputFile(creating: folder.file("findings.jsonl"))
    try RunMerge.merge(
        (runs.map(\.findings) + joined).flatMap { $0.sorter?.runs ?? [] },
        scratch: folder.file(".findings-merge-"), into: findings)
    try findings.close()
    if options.writesTimeline {
        let timeline = try OutputFile(creating: folder.file("timeline.csv"))
        timeline.append(Array("moment,artifact,heading,description,severity,source\n".utf8))
        try RunMerge.merge(runs.flatMap(\.timelineRuns), scratch: folder.file(".timeline-merge-"), into: timeline)
        try timeline.close()
    }
    let facts = try OutputFile(creating: folder.file("facts.jsonl"))
    var text = TextBuffer()
    for fact in result.facts {
        text.removeAll()
        fact.write(json: &text)
        text.append("\n")
        facts.append(text)
    }
    try facts.close()
    text.removeAll()
    result.coverage.write(json: &text)
    try folder.write("coverage.json", text.bytes)
    text.removeAll()
    Exposure.write(json: result.exposures, to: &text)
    try folder.write("exposure.json", text.bytes)
    text.removeAll()
    result.protection.write(json: &text)
    try folder.write("protection.json", text.bytes)
}
