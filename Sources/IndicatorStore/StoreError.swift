/// Why the store, its configuration, a source or a pack can't be used, in a sentence.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble it is. A struct, so that kinds can be added without breaking anyone.
    public struct Code: Sendable, Hashable {
        /// One word.
        public let name: String

        /// The command was given something it does not take.
        public static let usage = Code(name: "usage")
        /// A file is there and is not what it should be.
        public static let data = Code(name: "data")
        /// A file is not there.
        public static let noInput = Code(name: "no-input")
        /// Something can't be written.
        public static let cantCreate = Code(name: "cant-create")
        /// Another process is changing the store.
        public static let inUse = Code(name: "in-use")
        /// A server did not give what it was asked for.
        public static let unavailable = Code(name: "unavailable")
        /// A signature is wrong or missing, or a pack is older than the one that is there.
        public static let refused = Code(name: "refused")
        /// The configuration is wrong.
        public static let configuration = Code(name: "configuration")
    }

    /// What kind of trouble it is.
    public let code: Code
    /// One sentence or two, with what to do about it. Values from outside are made printable by whoever shows it.
    public let message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
