import ArtifactModel
import CaseModel
import Primitives

/// The releases of the system that are recorded with moments, and what follows for any other moment.
///
/// A device does not go back to an older release without being set up anew, so a release that is recorded earlier is the
/// oldest that it can have run, and one that is recorded later the newest.
struct SystemReleases: Sendable {
    private var recorded: [(version: SystemVersion, first: Timestamp, last: Timestamp)] = []

    init(_ facts: [DeviceFact], _ evidence: EvidenceSummary) {
        for fact in facts where fact.kind == .systemVersion {
            guard let version = SystemVersion(fact.subject), let first = fact.first else { continue }
            recorded.append((version, first, fact.last ?? first))
        }
        if let version = evidence.device.osVersion.flatMap({ SystemVersion($0) }), let taken = evidence.taken {
            recorded.append((version, taken, taken))
        }
    }

    /// The oldest and the newest release that the device can have run at a moment.
    func bounds(at moment: Timestamp) -> (lower: SystemVersion?, upper: SystemVersion?) {
        (
            recorded.filter { $0.first <= moment }.map(\.version).max(),
            recorded.filter { $0.last >= moment }.map(\.version).min()
        )
    }
}
