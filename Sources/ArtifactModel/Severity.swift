/// How much a finding should worry an analyst before having looked.
public enum Severity: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// Worth knowing, seen on ordinary devices.
    case informational = 0
    /// Seldom on ordinary devices.
    case low
    /// Needs an explanation.
    case medium
    /// Published as a trace of spyware, or never seen on ordinary devices.
    case high
    /// Published as a trace of spyware that was on the device.
    case critical

    /// The word used in every output.
    public var word: String {
        switch self {
        case .informational: "informational"
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .critical: "critical"
        }
    }

    /// A severity from its word.
    public init?(word: String) {
        guard let severity = Severity.allCases.first(where: { $0.word == word }) else { return nil }
        self = severity
    }

    public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
