public import ArtifactModel
public import Primitives

/// What the device held at the time of findings and could have given away then: exposure, never theft.
///
/// Everything in it stands in the evidence or in a named source. Nothing in it says that anything was read by anybody.
public struct Exposure: Sendable, Hashable {
    /// Something that the device held.
    public struct Holding: Sendable, Hashable {
        /// What it is: an account, an application, a program with a permission, a network.
        public var subject: String
        /// What else is recorded; empty if nothing is.
        public var detail: String
        /// Since when it is recorded; absent if no record says when.
        public var since: Timestamp?

        /// Joins the parts.
        public init(_ subject: String, _ detail: String = "", since: Timestamp? = nil) {
            self.subject = subject
            self.detail = detail
            self.since = since
        }
    }

    /// A kind of holding, with the first of them.
    public struct Group: Sendable, Hashable {
        /// How many are listed.
        public static let limit = 50
        /// The first ones in byte order.
        public var holdings: [Holding]
        /// How many there are.
        public var count: Int
        /// How many are recorded only after the time of the findings, and not listed.
        public var later: Int

        /// Takes the first of some holdings.
        public init(_ holdings: [Holding] = [], later: Int = 0) {
            self.holdings = Array(holdings.prefix(Group.limit))
            count = holdings.count
            self.later = later
        }

        /// Joins the parts.
        public init(holdings: [Holding], count: Int, later: Int) {
            self.holdings = holdings
            self.count = count
            self.later = later
        }
    }

    /// What sources say that a family can reach on a device it runs on.
    public struct Reach: Sendable, Hashable {
        /// The family.
        public var family: String
        /// What it can read or record; empty if no source is known here.
        public var items: [String]
        /// Who says so.
        public var references: [Reference]

        /// Joins the parts.
        public init(family: String, items: [String], references: [Reference]) {
            self.family = family
            self.items = items
            self.references = references
        }
    }

    /// The moment of the first finding.
    public var from: Timestamp
    /// The moment of the last finding for which all this holds.
    public var to: Timestamp
    /// The identifiers of the findings.
    public var findings: [String]
    /// The oldest release of the system that it can have run then, as far as recorded.
    public var lowestVersion: String?
    /// The newest.
    public var highestVersion: String?
    /// The published ways in of the families, as far as they were in use then.
    public var chains: [ChainStanding]
    /// Accounts that were in use.
    public var accounts: Group
    /// Applications for messages, mail and calls, beside those that come with the system.
    public var messengers: Group
    /// Programs that had been allowed microphone, camera, location, photos, contacts and the like.
    public var permissions: Group
    /// Networks that had been joined.
    public var networks: Group
    /// What the families can reach, as their sources say.
    public var reach: [Reach]

    /// Joins the parts.
    public init(
        from: Timestamp, to: Timestamp, findings: [String], lowestVersion: String?, highestVersion: String?,
        chains: [ChainStanding], accounts: Group, messengers: Group, permissions: Group, networks: Group,
        reach: [Reach]
    ) {
        self.from = from
        self.to = to
        self.findings = findings
        self.lowestVersion = lowestVersion
        self.highestVersion = highestVersion
        self.chains = chains
        self.accounts = accounts
        self.messengers = messengers
        self.permissions = permissions
        self.networks = networks
        self.reach = reach
    }
}
