/// What came of asking one source.
public struct SourceOutcome: Sendable, Hashable {
    /// How it ended.
    public enum State: String, Sendable, Hashable {
        /// Nothing is new.
        case unchanged
        /// Something is new, or something is gone.
        case updated
        /// Something could not be fetched or was refused; what was there before stays.
        case failed
    }

    /// The source.
    public let source: String
    /// Names of files that are new or have new content.
    public internal(set) var changed: [String] = []
    /// Names of files that the publisher no longer lists.
    public internal(set) var removed: [String] = []
    /// How many files are as they were.
    public internal(set) var unchanged = 0
    /// What went wrong, a phrase each.
    public internal(set) var failures: [String] = []
    /// What a person should know and is no failure.
    public internal(set) var remarks: [String] = []

    init(source: String) { self.source = source }

    /// How it ended.
    public var state: State {
        if !failures.isEmpty { return .failed }
        return changed.isEmpty && removed.isEmpty ? .unchanged : .updated
    }
}
