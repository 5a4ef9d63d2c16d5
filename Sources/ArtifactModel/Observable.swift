/// Something in a record that a published indicator can be compared with.
public struct Observable: Sendable, Hashable {
    /// What kind of thing the field holds; decides which indicators are compared with it.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A link with its scheme.
        case url
        /// A host name, or an IP address where a host name is expected.
        case hostName = "host-name"
        /// An e-mail address.
        case emailAddress = "email-address"
        /// A telephone number in any notation.
        case phoneNumber = "phone-number"
        /// A messaging account: an e-mail address, a telephone number, or the service's own form of one.
        case account
        /// The name of a process: a name, `process/purpose`, or a path to a program.
        case processName = "process-name"
        /// An absolute path on the device.
        case filePath = "file-path"
        /// The absolute path of a program that ran: a path, and in its last part the name of a process.
        case program
        /// An application's bundle identifier.
        case applicationIdentifier = "application-identifier"
        /// A configuration profile's identifier or UUID.
        case profileIdentifier = "profile-identifier"
        /// A hash of a file's content in hexadecimal digits.
        case fileHash = "file-hash"
        /// A hash of a signing certificate in hexadecimal digits.
        case certificateHash = "certificate-hash"
    }

    /// What a record of this field shows, and no more than that.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// A person or a page opened it.
        case visited
        /// The device exchanged data with it.
        case contacted
        /// It reached the device from outside: a message, a call, a file. Whether anything came of it is not recorded.
        case attempted
        /// It is named: looked up, noted, or kept in a list. Neither a use of it nor a delivery is recorded.
        case mentioned
        /// It was put on the device.
        case installed
        /// It ran on the device.
        case ran
        /// The record does not say.
        case unknown
    }

    /// What a person or device that a field names is to the owner of the device.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// The owner, or the device itself.
        case owner
        /// Kept in a list of people.
        case contact
        /// Sent something that arrived.
        case sender
        /// Was sent something.
        case recipient
        /// Took part in something together with others.
        case participant
        /// Was looked up by the device before it talked to the account, whichever side began.
        case lookedUp = "looked-up"
        /// Named in a record that does not say more.
        case named
    }

    /// What kind of thing the field holds.
    public var kind: Kind
    /// What a match would show.
    public var state: State
    /// What the person or device that it names is to the owner.
    public var role: Role

    /// Joins kind, state and role. Without a role, what was attempted comes from a sender, and what was contacted is a
    /// recipient.
    public init(_ kind: Kind, _ state: State = .unknown, _ role: Role? = nil) {
        self.kind = kind
        self.state = state
        self.role =
            role
            ?? {
                switch state {
                case .attempted: .sender
                case .contacted: .recipient
                default: .named
                }
            }()
    }
}
