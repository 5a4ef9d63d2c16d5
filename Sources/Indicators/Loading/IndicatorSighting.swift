public import Primitives

/// A publisher's statement that an indicator was seen.
public struct IndicatorSighting: Sendable, Hashable {
    /// The identifier of the indicator.
    public let identifier: String
    /// How often.
    public let count: Int
    /// When first, if the publisher says so.
    public let firstSeen: Timestamp?
    /// When last.
    public let lastSeen: Timestamp?
}
