import ArtifactModel
import CaseModel
import Indicators
import Primitives

/// What came of one artefact.
struct ArtifactRun: Sendable {
    var coverage: Coverage.Artifact
    var findings: FindingCollector
    var timelineRuns: [String]
    /// What its records say of the device, in order.
    var facts: [DeviceFact]
    /// The records that fulfil parts of published patterns.
    var patternHits: PatternHits?
    /// The kinds of observables that its fields hold.
    var observables: Set<Observable.Kind>
    /// The families of its checks.
    var checkedFamilies: [String]
    /// The files that were read, for their digests.
    var files: [EvidenceFile]
    /// Who the records name.
    var identities = IdentityCollector()
    /// The short links of its records.
    var shortLinks = ShortLinkCollector()
    /// What rules said of its records, by the number of the rule.
    var tallies: [Int: RuleJudge.Tally] = [:]
    /// The sorted matches that correlations wait for.
    var matchRuns: [String] = []
    /// What could not be written, if anything.
    var failure: OutputError?
}

/// Reads one artefact from beginning to end. The one place where an existential is opened: once per artefact.
func read<A: Artifact>(
    _ artifact: A.Type, _ found: Result<[EvidenceFile], ParseError>, in evidence: any Evidence,
    _ context: JudgingContext
) -> ArtifactRun {
    var coverage = Coverage.Artifact(
        identifier: A.card.identifier, title: A.card.title, summary: A.card.summary,
        standing: A.card.standing.words, losses: A.card.losses)
    var run = ArtifactRun(
        coverage: coverage, findings: FindingCollector(prefix: nil), timelineRuns: [], facts: [],
        observables: Set(A.Entry.fields.compactMap { if case .observable(let it) = $0.role { it.kind } else { nil } }),
        checkedFamilies: A.checks.compactMap(\.family), files: [], failure: nil)
    var sink: JudgingSink<A>
    do throws(OutputError) {
        sink = try JudgingSink<A>(context)
    } catch {
        run.failure = error
        return run
    }
    coverage.isApplicable = A.card.places.contains { evidence.canHold($0) }
    coverage.shows = shown(by: A.Entry.fields)
    do throws(ParseError) {
        run.files = try found.get()
    } catch {
        coverage.failure = error
    }
    for file in run.files where !context.progress.isStopped {
        context.progress.begin(A.card.title)
        sink.begin(file.citation)
        let damage = SourceDamage()
        defer { coverage.files.append(sink.file) }
        do {
            let metered = file.mapContents { damage.meter($0, context.progress) }
            let watched = WatchedEvidence(base: evidence, damage: damage, progress: context.progress)
            try A.decode(metered, in: watched, into: &sink)
        } catch is CancellationError {
            sink.file.isInterrupted = true
        } catch let error as ParseError {
            sink.file.failure = error
        } catch {
            // An artefact throws nothing else; if it does, its words might quote the evidence.
            sink.file.failure = ParseError(.malformed, "a file that this artefact can read")
        }
        for problem in damage.damages { sink.note(problem) }
        context.progress.add(records: sink.file.records & 4_095)
    }
    for file in run.files.dropFirst(coverage.files.count) {
        var skipped = Coverage.File(path: file.citation)
        skipped.isInterrupted = true
        coverage.files.append(skipped)
    }
    coverage.reach = sink.reach
    sink.findings.finish()
    sink.timeline?.spill()
    sink.rules?.finish()
    run.failure = sink.failure
    if run.failure == nil, let output = sink.output {
        do throws(OutputError) { try output.close() } catch { run.failure = error }
    }
    run.coverage = coverage
    run.findings = sink.findings
    run.patternHits = sink.patternHits
    run.facts = sink.collected.facts
    run.identities = sink.identities
    run.shortLinks = sink.shortLinks
    run.timelineRuns = sink.timeline?.runs ?? []
    run.tallies = sink.rules?.tallies ?? [:]
    run.matchRuns = sink.rules?.sorter?.runs ?? []
    return run
}

/// What a match in one of the fields could show, in the order of the states.
private func shown<Entry: Record>(by fields: [Field<Entry>]) -> [Observable.State] {
    let states = Set(
        fields.compactMap { field -> Observable.State? in
            guard case .observable(let observable) = field.role, !observable.kind.comparableKinds.isEmpty else {
                return nil
            }
            return observable.state
        })
    return Observable.State.allCases.filter(states.contains)
}

/// The files at all places of an artefact, each once, in the order of their paths.
func files(of card: ArtifactCard, in evidence: any Evidence) throws(ParseError) -> [EvidenceFile] {
    var seen: Set<String> = []
    var found: [EvidenceFile] = []
    for place in card.places {
        for file in try evidence.files(at: place) where seen.insert(file.citation).inserted { found.append(file) }
    }
    return found.sorted { $0.citation.utf8.lexicographicallyPrecedes($1.citation.utf8) }
}
