import Primitives

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
        self.init(path, OutputError.words(code))
    }

    /// The operating system's words for an error number, and what to do about it.
    static func words(_ code: Int32) -> String {
        let advice =
            switch code {
            case ENOSPC, EDQUOT, EFBIG: "; make room, or choose another folder"
            case EACCES, EPERM, EROFS: "; choose a folder that this account may write to"
            case ENOTDIR, ENOENT: "; expected a folder, or a place where one can be made"
            case ENAMETOOLONG: "; choose a shorter name"
            default: ""
            }
        return String(cString: strerror(code)) + advice
    }

    /// "The output can't be written to PATH: No space left on device."
    public var description: String { "The output can't be written to \(path.printable): \(reason)." }
}
