public import ArtifactModel
public import CaseModel
import Primitives

extension Exposure {
    /// How many exposures are worked out: those of the first findings.
    static let limit = 100

    /// The exposure at the time of each finding that has one; findings of one exposure share it.
    ///
    /// Findings below medium are left out: they are no reason to ask what the device held. The answer is in the order
    /// of the moments.
    public static func all(
        for findings: [Finding], _ facts: [DeviceFact], _ evidence: EvidenceSummary
    ) -> [Exposure] {
        let dated = findings.compactMap { finding in
            finding.severity >= .medium ? finding.moment.map { (moment: $0, finding: finding) } : nil
        }.sorted { ($0.moment, $0.finding.id) < ($1.moment, $1.finding.id) }
        let releases = SystemReleases(facts, evidence)
        let held = Holdings(facts)
        var exposures: [Exposure] = []
        for (moment, finding) in dated {
            let next = Exposure(at: moment, finding, releases, held)
            if var last = exposures.last, last.holdsTheSame(as: next) {
                last.to = moment
                last.findings.append(finding.id)
                exposures[exposures.count - 1] = last
            } else if exposures.count < limit {
                exposures.append(next)
            } else {
                break
            }
        }
        return exposures
    }

    private init(at moment: Timestamp, _ finding: Finding, _ releases: SystemReleases, _ held: Holdings) {
        let (lower, upper) = releases.bounds(at: moment)
        let day = String(moment.description.prefix(10))
        let family = finding.family.map { PublishedFamily.named($0)?.names.first ?? $0 }
        let chains = PublishedChain.all.filter { $0.family == family && $0.firstUse <= day }.map {
            ChainStanding($0, from: lower, to: upper)
        }
        let published = family.flatMap { PublishedFamily.named($0) }
        self.init(
            from: moment, to: moment, findings: [finding.id], lowestVersion: lower?.description,
            highestVersion: upper?.description, chains: chains, accounts: held.accounts(at: moment),
            messengers: held.messengers(at: moment), permissions: held.permissions(at: moment),
            networks: held.networks(at: moment),
            reach: family.map {
                [Reach(family: $0, items: published?.reach ?? [], references: published?.references ?? [])]
            } ?? [])
    }

    /// Whether everything but the moments and the findings is the same.
    private func holdsTheSame(as other: Exposure) -> Bool {
        var other = other
        (other.from, other.to, other.findings) = (from, to, findings)
        return self == other
    }
}

extension ChainStanding {
    /// How a device stood to a chain that ran no older release than `lower` and no newer one than `upper`.
    init(_ chain: PublishedChain, from lower: SystemVersion?, to upper: SystemVersion?) {
        self.init(
            name: chain.name, family: chain.family, weaknesses: chain.weaknesses, fixes: chain.fixes,
            fixedOn: chain.fixedOn, position: chain.standing(from: lower, to: upper), references: chain.references)
    }
}
