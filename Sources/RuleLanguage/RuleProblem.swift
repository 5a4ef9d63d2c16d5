/// A line of a file of rules.
public struct RulePlace: Sendable, Hashable, CustomStringConvertible {
    /// The file, as the person named it or as it lies in the pack.
    public var file: String
    /// The line, from 1.
    public var line: Int

    /// Joins the parts.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// "rules/a.yml:12"
    public var description: String { "\(file):\(line)" }
}

/// Why a rule is not used, in a sentence, and the place.
///
/// A rule is something that a person wrote for Bridle, not evidence, so its words may be quoted.
public struct RuleProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where.
    public var place: RulePlace
    /// What is wrong and what would be right, without a full stop.
    public var reason: String

    /// Joins the parts.
    public init(_ place: RulePlace, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    /// "rules/a.yml:12: there is no field 'proces' in apple.network.data-usage; did you mean 'process'?"
    public var description: String { "\(place): \(reason)" }
}
