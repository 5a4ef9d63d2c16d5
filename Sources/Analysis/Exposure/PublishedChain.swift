import ArtifactModel
import CaseModel

/// A way into a device that was published: since when it was used, and with which releases Apple closed it.
struct PublishedChain: Sendable {
    /// The researchers' name for it.
    let name: String
    /// The family that it delivered, under the house's name.
    let family: String
    /// The numbers of the weaknesses, where they are published.
    let weaknesses: [String]
    /// The first day for which its use is published, `2021-02-01`; the text sorts like the day.
    let firstUse: String
    /// The oldest release that it was published for.
    let oldest: String
    /// The newest release that it was published for, where no fix is named.
    let newest: String?
    /// The releases that closed it, one for each branch; empty where no source names one.
    let fixes: [String]
    /// The day of the first of these releases.
    let fixedOn: String?
    /// Who says so.
    let references: [Reference]

    init(
        _ name: String, _ family: String, _ weaknesses: [String], firstUse: String, oldest: String,
        newest: String? = nil, fixes: [String] = [], fixedOn: String? = nil, references: [Reference]
    ) {
        self.name = name
        self.family = family
        self.weaknesses = weaknesses
        self.firstUse = firstUse
        self.oldest = oldest
        self.newest = newest
        self.fixes = fixes
        self.fixedOn = fixedOn
        self.references = references
    }

    /// How a device stands to it that ran no older release than `lower` and no newer one than `upper`.
    func standing(from lower: SystemVersion?, to upper: SystemVersion?) -> ChainStanding.Position {
        let fixed = fixes.compactMap { SystemVersion($0) }
        guard !fixed.isEmpty else {
            guard let lower, let upper, let newest = newest.flatMap({ SystemVersion($0) }),
                let oldest = SystemVersion(oldest)
            else { return .unknown }
            return lower >= oldest && upper <= newest ? .olderThanFix : .unknown
        }
        func isClosed(_ version: SystemVersion) -> Bool {
            if let fix = fixed.first(where: { $0.major == version.major }) { return version >= fix }
            return fixed.allSatisfy { $0.major < version.major }
        }
        if let lower, isClosed(lower) { return .fixed }
        guard let upper, !isClosed(upper) else { return .unknown }
        if let oldest = SystemVersion(oldest), upper < oldest { return .beforePublished }
        return .olderThanFix
    }
}
