import ArtifactModel
import CaseModel
import Primitives

/// What was examined and what was not.
struct CoverageSection: Sendable {
    /// An artefact that was in the evidence.
    struct Examined: Sendable {
        var artifactTitle: Line
        var artifactSummary: Line
        var artifactIdentifier: Line
        var artifactStatus: Line
        var artifactRecords: Line
        var artifactReach: Line
        var artifactStanding: Line
        var artifactDamages: [Line]
        var artifactLosses: [Line]
    }

    /// An artefact that was not.
    struct Missing: Sendable {
        var missingTitle: Line
        var missingSummary: Line
        var missingStatus: Line
    }

    /// A spyware family.
    struct Family: Sendable {
        var familyName: Line
        var familyIndicators: Line
        var familyChecks: Line
        var familyPlaces: Line
        var familyReach: Line
    }

    /// A file of indicators.
    struct Source: Sendable {
        var sourceName: Line
        var sourceIndicators: Line
        var sourceProblems: Line
    }

    let examined: [Examined]
    let missing: [Missing]
    let families: [Family]
    let indicatorSources: [Source]
    let indicatorDigest: Line
    let silences: [Line]
    let hasSilences: Bool

    init(of report: CaseReport) {
        let isPresent = { (artifact: Coverage.Artifact) in
            artifact.status != .absent && artifact.status != .notApplicable
        }
        examined = report.coverage.artifacts.filter(isPresent).map(Examined.init)
        missing = report.coverage.artifacts.filter { !isPresent($0) }.map { artifact in
            Missing(
                missingTitle: Line(artifact.title), missingSummary: Line(artifact.summary),
                missingStatus: Line(artifact.status.words))
        }
        families = report.coverage.families.map { family in
            Family(
                familyName: Line(family.nameWords), familyIndicators: Line(family.indicatorWords),
                familyChecks: Line(family.checkWords), familyPlaces: Line(family.placeWords),
                familyReach: Line(family.reachWords))
        }
        indicatorSources = report.indicatorSources.map { source in
            Source(
                sourceName: Line(source.name), sourceIndicators: Line(source.indicators),
                sourceProblems: Line(
                    source.problems == 0
                        ? "none" : source.problems.of("pattern could not be used", "patterns could not be used")))
        }
        indicatorDigest = Line(report.indicatorSources.isEmpty ? "" : report.indicatorDigest)
        silences = Silence.list(for: report.evidence).map { Line($0) }
        hasSilences = !silences.isEmpty
    }
}

extension CoverageSection.Examined {
    init(_ artifact: Coverage.Artifact) {
        artifactTitle = Line(artifact.title)
        artifactSummary = Line(artifact.summary)
        artifactIdentifier = Line(artifact.identifier)
        artifactStatus = Line(artifact.status.words)
        artifactRecords = Line(artifact.records)
        artifactReach = Line(artifact.reach.map { "\($0.lowerBound.day) to \($0.upperBound.day)" } ?? "no moments")
        artifactStanding = Line(artifact.standing)
        artifactDamages = artifact.damageWords(limit: Page.Limit.damagesOfArtifact).map { Line($0) }
        artifactLosses = artifact.losses.map { Line($0) }
    }
}

extension Coverage.Artifact {
    /// What could not be read, file by file, and why; at most `limit` lines and one that counts the rest.
    func damageWords(limit: Int) -> [String] {
        var lines: [String] = []
        if let failure { lines.append("The places could not be looked up: \(failure)") }
        var uncounted = 0
        for file in files {
            if file.isInterrupted { lines.append("\(file.path): reading was interrupted") }
            if let failure = file.failure { lines.append("\(file.path): reading ended, \(failure)") }
            for damage in file.damages { lines.append("\(file.path): left out, \(damage)") }
            uncounted += max(0, file.damageCount - file.damages.count)
        }
        let hidden = uncounted + max(0, lines.count - limit)
        lines = Array(lines.prefix(limit))
        if hidden > 0 { lines.append("\(hidden.of("more damage", "more damages")): see coverage.json") }
        return lines
    }
}
