import ArtifactModel
import Primitives

/// The words of a finding whose record was recovered: what it is, and what that does not show.
enum RecoveryWording {
    static func title(_ title: String, _ location: Location) -> String {
        guard let recovery = location.recovery else { return title }
        return title
            + (recovery.isEarlierVersion
                ? " (in an earlier version of a record, recovered)" : " (in a deleted record that was recovered)")
    }

    static func meaning(_ meaning: String, _ location: Location) -> String {
        guard let recovery = location.recovery else { return meaning }
        let what =
            recovery.isEarlierVersion
            ? "The record is an earlier version of one that is still there with other content"
            : "The record is not in the table any more"
        let sure =
            switch recovery.certainty {
            case .certain: "It is whole."
            case .likely: "A part of its head was overwritten and follows from the rest."
            case .possible: "Parts of it are missing or guessed, or another table could have held it."
            }
        return "\(meaning) \(what): it was recovered from \(recovery.origin.words). \(sure)"
    }

    static func limits(_ limits: String, _ location: Location) -> String {
        guard let recovery = location.recovery else { return limits }
        let when =
            switch recovery.origin {
            case .uncommittedFrame: "It may never have been part of the table."
            default:
                recovery.isEarlierVersion
                    ? "When and why the record was changed is not recorded."
                    : "When, by whom and why it was deleted is not recorded; applications and the system delete old "
                        + "records by themselves."
            }
        return "\(limits) \(when)"
    }
}
