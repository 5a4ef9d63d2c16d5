public import Primitives

/// What a record can say of the device itself, whatever anybody published: the ground of exposure and protection.
public enum FactKind: String, Sendable, Hashable, CaseIterable {
    /// An account that the device or one of its applications used. The subject is the account, the detail who used it.
    case account
    /// An application that was on the device. The subject is its bundle identifier.
    case application
    /// A decision about a permission. The subject is the program, the detail the permission.
    case permission
    /// A program that used a permission. The subject is the program, the detail what it used.
    case use
    /// A network that the device joined. The subject is its name.
    case network
    /// A release of the system that ran. The subject is its number, or empty; the detail its build.
    case systemVersion = "system-version"
    /// The device shut down or started. The detail says which.
    case restart
    /// A configuration profile. The subject is its identifier, the detail its name.
    case profile
    /// A profile that hands the device to a management server. The subject is the profile's identifier.
    case deviceManagement = "device-management"
    /// The state of Lockdown Mode.
    case lockdownMode = "lockdown-mode"
    /// An application that did not come from the App Store. The subject is its bundle identifier, the detail its source.
    case sideloadedApplication = "sideloaded-application"
    /// A message that reads like a notice of Apple about an attack. The subject is its sender.
    case threatNotification = "threat-notification"
}

/// One thing that a record says of the device.
public struct FactReading: Sendable, Hashable {
    /// Who or what it is about; empty for the device as a whole.
    public var subject: String
    /// What else is said; empty if nothing is.
    public var detail: String
    /// Since when, or at what moment, as far as the record says.
    public var moment: Timestamp?
    /// Whether it holds: a permission may be refused, a mode off.
    public var isOn: Bool

    /// Joins the parts.
    public init(_ subject: String, _ detail: String = "", at moment: Timestamp? = nil, isOn: Bool = true) {
        self.subject = subject
        self.detail = detail
        self.moment = moment
        self.isOn = isOn
    }
}

/// What records of an artefact say of the device: declared beside its checks, read in the same pass.
public struct Fact<Entry: Record>: Sendable {
    /// What kind of thing is said.
    public let kind: FactKind
    /// Hands over everything that a record says of it.
    public let read: @Sendable (_ entry: Entry, _ take: (FactReading) -> Void) -> Void

    /// A fact of which a record says one thing at most.
    public init(_ kind: FactKind, _ reading: @escaping @Sendable (Entry) -> FactReading?) {
        self.kind = kind
        read = { entry, take in if let found = reading(entry) { take(found) } }
    }

    /// A fact of which a record can say several things.
    public init(_ kind: FactKind, all readings: @escaping @Sendable (Entry) -> [FactReading]) {
        self.kind = kind
        read = { entry, take in for found in readings(entry) { take(found) } }
    }
}
