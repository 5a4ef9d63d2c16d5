/// What was expected of some bytes, and where they were different.
///
/// The text never contains a value from the evidence: only what was expected, so that it can be printed anywhere.
public struct ParseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of damage. A struct, so that kinds can be added without breaking anyone.
    public struct Kind: Sendable, Hashable {
        /// The word used in coverage files.
        public let name: String

        /// The bytes end before what they announce.
        public static let truncated = Kind(name: "truncated")
        /// The bytes are there, and are not what the format allows.
        public static let malformed = Kind(name: "malformed")
        /// The format is known, this form of it is not read.
        public static let unsupported = Kind(name: "unsupported")
        /// Reading on would cost more than any honest file needs.
        public static let beyondLimit = Kind(name: "beyond-limit")
        /// The operating system did not hand out the bytes.
        public static let unreadable = Kind(name: "unreadable")
        /// A list names the file, and the file is not there.
        public static let absent = Kind(name: "absent")
        /// The key that protects the bytes is not in the container.
        public static let locked = Kind(name: "locked")
    }

    /// The kind of damage.
    public var kind: Kind
    /// What should have been there, as a noun phrase: "a SIGTERM line".
    public var expected: String
    /// Distance in bytes from the start of the file, if one is known.
    public var offset: Int?
    /// Table and row, or another place inside the file, if one is known.
    public var place: String?

    /// Makes an error from what was expected and where.
    public init(_ kind: Kind, _ expected: String, at offset: Int? = nil, in place: String? = nil) {
        self.kind = kind
        self.expected = expected
        self.offset = offset
        self.place = place
    }

    /// "truncated at byte 9182: expected a SIGTERM line"
    public var description: String {
        var text = kind.name
        if let offset { text += " at byte \(offset)" }
        if let place { text += " in \(place)" }
        return text + ": expected \(expected)"
    }
}
