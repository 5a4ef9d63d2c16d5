/// Why a YAML text is not read, in a sentence, and the line.
///
/// A YAML text is something that a person wrote for Bridle, not evidence: names of keys may be quoted, values are not.
public struct YAMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line, from 1, if one is known.
    public let line: Int?
    /// What is wrong, and what would be right, without a full stop.
    public let reason: String

    /// Joins the parts.
    public init(_ reason: String, line: Int? = nil) {
        self.line = line
        self.reason = reason
    }

    /// "line 3: a tag is not read; write the value without it"
    public var description: String { line.map { "line \($0): " + reason } ?? reason }
}
