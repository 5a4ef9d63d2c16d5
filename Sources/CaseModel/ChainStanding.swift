public import ArtifactModel

/// How a device stood to a published way into devices, as far as the recorded releases of the system tell.
public struct ChainStanding: Sendable, Hashable {
    /// Where the release lies.
    public enum Position: String, Sendable, Hashable, CaseIterable {
        /// It ran a release older than the fix, or one that the chain was published for where no fix is named.
        case olderThanFix = "older-than-fix"
        /// It ran a release that has the fix.
        case fixed
        /// It ran a release older than any that the chain was published for.
        case beforePublished = "before-published"
        /// The releases that are recorded do not tell.
        case unknown
    }

    /// The researchers' name for it.
    public var name: String
    /// The family that it delivered.
    public var family: String
    /// The numbers of the weaknesses, where they are published.
    public var weaknesses: [String]
    /// The releases that closed it; empty where no source names one.
    public var fixes: [String]
    /// The day of the first of them.
    public var fixedOn: String?
    /// How the device stood to it.
    public var position: Position
    /// Who published it.
    public var references: [Reference]

    /// Joins the parts.
    public init(
        name: String, family: String, weaknesses: [String], fixes: [String], fixedOn: String?, position: Position,
        references: [Reference]
    ) {
        self.name = name
        self.family = family
        self.weaknesses = weaknesses
        self.fixes = fixes
        self.fixedOn = fixedOn
        self.position = position
        self.references = references
    }
}
