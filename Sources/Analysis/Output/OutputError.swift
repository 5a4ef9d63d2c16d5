#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What could not be written, and why, in a sentence.
public struct OutputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or folder.
    public let path: String
    /// The operating system's reason in words.
    public let reason: String

    /// Makes an error.
    public init(_ path: String, _ reason: String) {
        self.path = path
        self.reason = reason
    }

    /// Makes an error from `errno`.
    init(_ path: String, errno code: Int32) {
        self.init(path, String(cString: strerror(code)))
    }

    /// "The output can't be written to PATH: No space left on device."
    public var description: String { "The output can't be written to \(path): \(reason)." }
}
