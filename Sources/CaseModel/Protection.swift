public import Primitives

/// How well the device was protected when the evidence was taken, as far as the evidence tells.
///
/// No part of it raises a verdict: a device without protection is no trace of an attack, and one with it is no
/// assurance.
public struct Protection: Sendable, Hashable {
    /// Something installed that changes who controls the device.
    public struct Installation: Sendable, Hashable {
        /// Its identifier.
        public var identifier: String
        /// Its name, its organisation or its source; empty if none is recorded.
        public var detail: String
        /// Since when; absent if that is not recorded.
        public var since: Timestamp?

        /// Joins the parts.
        public init(identifier: String, detail: String, since: Timestamp?) {
            self.identifier = identifier
            self.detail = detail
            self.since = since
        }
    }

    /// A list of installations, with the first of them.
    public struct Installations: Sendable, Hashable {
        /// How many are listed.
        public static let limit = 50
        /// The first ones in byte order.
        public var listed: [Installation]
        /// How many there are.
        public var count: Int

        /// Takes the first of some installations.
        public init(_ all: [Installation] = []) {
            listed = Array(all.prefix(Installations.limit))
            count = all.count
        }
    }

    /// The restarts that are recorded.
    public struct Restarts: Sendable, Hashable {
        /// How many.
        public var count: Int
        /// The last one.
        public var last: Timestamp
        /// Whole days from the last one to when the evidence was taken; absent if that is not recorded.
        public var daysSince: Int?
        /// Whole days between two recorded restarts, the most; absent if there are fewer than two.
        public var longestDays: Int?

        /// Joins the parts.
        public init(count: Int, last: Timestamp, daysSince: Int?, longestDays: Int?) {
            self.count = count
            self.last = last
            self.daysSince = daysSince
            self.longestDays = longestDays
        }
    }

    /// The notices that read like Apple's.
    public struct Notices: Sendable, Hashable {
        /// How many messages.
        public var count: Int
        /// The first.
        public var first: Timestamp?
        /// The last.
        public var last: Timestamp?

        /// Joins the parts.
        public init(count: Int, first: Timestamp?, last: Timestamp?) {
            self.count = count
            self.first = first
            self.last = last
        }
    }

    /// When the evidence was taken.
    public var taken: Timestamp?
    /// The release of the system at that time, if it is recorded.
    public var systemVersion: String?
    /// The published ways in that the release was older than the fix of, and those it had the fix of.
    public var chains: [ChainStanding]
    /// Whether Lockdown Mode was on; absent if the evidence does not say.
    public var lockdownMode: Bool?
    /// The restarts; absent if none is recorded.
    public var restarts: Restarts?
    /// Whether records were read in which restarts would stand.
    public var restartsExamined: Bool
    /// Configuration profiles.
    public var profiles: Installations
    /// Those that hand the device to a management server.
    public var management: Installations
    /// Applications that did not come from the App Store.
    public var sideloaded: Installations
    /// Notices that read like Apple's.
    public var notices: Notices?

    /// A device of which nothing is known.
    public init() {
        taken = nil
        systemVersion = nil
        chains = []
        lockdownMode = nil
        restarts = nil
        restartsExamined = false
        profiles = Installations()
        management = Installations()
        sideloaded = Installations()
        notices = nil
    }
}
