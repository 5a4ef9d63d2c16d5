/// How much is taken from servers, and for how long.
public struct DownloadLimits: Sendable, Hashable {
    /// The largest single file by default, in bytes; also the largest member of a pack.
    public static let file = 256_000_000

    /// The largest single file, in bytes, after unpacking what the server compressed.
    public var fileBytes = DownloadLimits.file
    /// All files of one update together, in bytes.
    public var totalBytes = 2_000_000_000
    /// How long one file may take, in seconds.
    public var seconds = 600.0
    /// How long a server may say nothing, in seconds.
    public var silentSeconds = 60.0

    /// The defaults.
    public init() {}
}
