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

    /// What kind of thing the field holds.
    public var kind: Kind
    /// What a match would show.
    public var state: State

    /// Joins a kind and a state.
    public init(_ kind: Kind, _ state: State = .unknown) {
        self.kind = kind
        self.state = state
    }
}
