import ArtifactModel
import CaseModel
import Indicators
import Primitives

/// A record as a finding cites it, whether it was just read or had been stored.
struct JudgedRecord {
    let card: ArtifactCard
    /// The first moment of the record.
    let moment: Timestamp?
    let path: String
    let location: Location
    let members: [NamedValue]
}

extension IndicatorWording {
    /// How many matches of one record become findings. Each finding holds the record, so a message of a thousand links
    /// to one published domain would fill a disk.
    static let matchLimit = 100

    /// The finding that a published indicator causes.
    static func finding(_ match: IndicatorMatch, _ state: Observable.State, _ record: JudgedRecord) -> Finding {
        let indicator = match.indicator
        let title = record.card.title
        return Finding(
            severity: severity(state, indicator.kind),
            cause: .indicator(
                Finding.IndicatorCitation(
                    type: indicator.kind.rawValue, value: indicator.value, observed: match.observed,
                    match: match.manner.rawValue, family: indicator.family, source: indicator.source,
                    reference: indicator.reference)),
            title: RecoveryWording.title(self.title(match, state, title), record.location),
            artifact: record.card.identifier, artifactTitle: title,
            moment: record.moment, path: record.path, location: record.location, record: record.members,
            family: indicator.family, state: state,
            meaning: RecoveryWording.meaning(meaning(match, state, title), record.location),
            limits: RecoveryWording.limits(limits(state), record.location),
            benignCauses: benignCauses(match, state), nextStep: nextStep(state),
            measurement: QuietCorpus.measurement(
                of: indicator.family, indicator.kind, artifact: record.card.identifier))
    }
}
