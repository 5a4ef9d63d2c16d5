import ArtifactModel
import CaseModel
import Indicators
import Primitives

/// The words of a finding that rests on where a short link led when it was asked.
///
/// It is weaker than a match of what stands in the record, in two ways. The severity is *medium* whatever the state: that
/// the link led there then is not recorded, so it never makes a strong match, and it does make "attempt or contact",
/// as every indicator match does. And the state stays that of the record, which speaks of the short link only: that the
/// link was opened or arrived is recorded, whatever stood behind it.
enum ShortLinkWording {
    /// The severity of every such finding.
    static let severity = Severity.medium

    /// The finding that a published indicator causes on the record that holds the short link.
    static func finding(
        _ match: IndicatorMatch, through resolution: Finding.Resolution, _ address: String, _ state: Observable.State,
        _ artifact: Coverage.Artifact, _ record: ShortLinkCollector.Record
    ) -> Finding {
        let indicator = match.indicator
        let family = indicator.family.map { "published for \($0)" } ?? "published as an indicator"
        let title = "A short link that led to a \(IndicatorWording.noun(indicator.kind)) \(family): \(artifact.title)"
        return Finding(
            severity: severity,
            cause: .indicator(
                Finding.IndicatorCitation(
                    type: indicator.kind.rawValue, value: indicator.value, observed: match.observed,
                    match: match.manner.rawValue, family: indicator.family, source: indicator.source,
                    reference: indicator.reference, resolution: resolution)),
            title: RecoveryWording.title(title, record.location), artifact: artifact.identifier,
            artifactTitle: artifact.title, moment: record.moment, path: record.path, location: record.location,
            record: record.members, family: indicator.family, state: state,
            meaning: RecoveryWording.meaning(meaning(match, resolution, address, state, artifact), record.location),
            limits: RecoveryWording.limits(limits(resolution, state), record.location),
            benignCauses: [
                "The link led elsewhere when it arrived: its maker can change that at any time",
                "Many people share a short link, and most of them do not know what is behind it",
            ] + IndicatorWording.benignCauses(match, state), nextStep: IndicatorWording.nextStep(state))
    }

    /// What a pattern says that takes where short links led; behind its other words.
    static func meaning(asked: Timestamp) -> String { " Where the short links led was asked, last on \(asked)." }

    /// What that does not show; before its other words.
    static let patternLimits =
        "It takes where a short link led when it was asked, which need not be where it led at the time of the record. "

    private static func meaning(
        _ match: IndicatorMatch, _ resolution: Finding.Resolution, _ address: String, _ state: Observable.State,
        _ artifact: Coverage.Artifact
    ) -> String {
        "\(artifact.title) \(IndicatorWording.shows(state)): the short link \(resolution.link). Asked on "
            + "\(resolution.asked), it led to \(address). The value \(match.indicator.value) was published"
            + (match.indicator.family.map { " as a trace of \($0)" } ?? "")
            + " in \(match.indicator.source)\(IndicatorWording.how(match))."
            + IndicatorWording.publication(match.indicator.marking, match.indicator.validUntil)
    }

    private static func limits(_ resolution: Finding.Resolution, _ state: Observable.State) -> String {
        "The record holds the short link only. Where it led is what its service answered on \(resolution.asked), to "
            + "whoever asked then; it need not be where the link led at the time of the record, nor where it leads the "
            + "device. The address behind it was not opened. " + IndicatorWording.limits(state)
    }
}
