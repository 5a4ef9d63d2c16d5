public import ArtifactModel
public import CaseModel
import Primitives

extension Protection {
    /// The state of protection when the evidence was taken.
    ///
    /// Days are counted to the moment at which the evidence was taken, never to the analyst's clock: the same evidence
    /// gives the same answer tomorrow.
    public init(of facts: [DeviceFact], _ evidence: EvidenceSummary, _ coverage: Coverage) {
        self.init()
        taken = evidence.taken
        let recorded = facts.filter { $0.kind == .systemVersion }
        let latest = recorded.compactMap { fact in SystemVersion(fact.subject).map { ($0, fact.subject) } }.max {
            $0.0 < $1.0
        }
        systemVersion = evidence.device.osVersion ?? latest?.1
        if let version = systemVersion.flatMap({ SystemVersion($0) }) {
            chains = PublishedChain.all.map { ChainStanding($0, from: version, to: version) }.filter {
                $0.position == .olderThanFix
            }
        }
        // On and off at once can only come of two files; then the evidence does not say.
        let modes = Set(facts.filter { $0.kind == .lockdownMode }.map(\.isOn))
        lockdownMode = modes.count == 1 ? modes.first : nil
        restarts = Restarts(
            Set(facts.filter { $0.kind == .restart }.compactMap(\.first)).sorted(), taken: evidence.taken)
        restartsExamined = coverage.artifacts.contains {
            Protection.restartArtifacts.contains($0.identifier) && $0.records > 0
        }
        profiles = Installations(Protection.installations(facts, .profile))
        management = Installations(Protection.installations(facts, .deviceManagement))
        sideloaded = Installations(Protection.installations(facts, .sideloadedApplication))
        let found = facts.filter { $0.kind == .threatNotification }
        if !found.isEmpty {
            notices = Notices(
                count: found.reduce(0) { $0 + $1.records }, first: found.compactMap(\.first).min(),
                last: found.compactMap(\.last).max())
        }
    }

    /// The artefacts in which restarts stand.
    private static let restartArtifacts = ["apple.system.shutdown-log"]

    private static func installations(_ facts: [DeviceFact], _ kind: FactKind) -> [Installation] {
        var known: [String: Installation] = [:]
        for fact in facts where fact.kind == kind {
            if var installation = known[fact.subject] {
                if let first = fact.first { installation.since = min(installation.since ?? first, first) }
                known[fact.subject] = installation
            } else {
                known[fact.subject] = Installation(
                    identifier: fact.subject, detail: fact.detail, since: fact.first)
            }
        }
        return known.values.sorted { $0.identifier.utf8.lexicographicallyPrecedes($1.identifier.utf8) }
    }
}

extension Protection.Restarts {
    /// What moments of restarts in their order tell, if there are any.
    init?(_ moments: [Timestamp], taken: Timestamp?) {
        guard let last = moments.last else { return nil }
        let gaps = zip(moments, moments.dropFirst()).map { Protection.Restarts.days(from: $0, to: $1) }
        self.init(
            count: moments.count, last: last,
            daysSince: taken.flatMap { $0 >= last ? Protection.Restarts.days(from: last, to: $0) : nil },
            longestDays: gaps.max())
    }

    private static func days(from first: Timestamp, to second: Timestamp) -> Int {
        Int((second.microseconds - first.microseconds) / 86_400_000_000)
    }
}
