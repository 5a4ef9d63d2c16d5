/// An indicator that a value in the evidence agrees with, and how.
public struct IndicatorMatch: Sendable, Hashable {
    /// In what manner the value agrees with the indicator.
    public enum Manner: String, Sendable, Hashable, CaseIterable {
        /// Both are equal after normalisation.
        case exact
        /// The host lies below the indicator's domain.
        case subdomain
        /// The path, or the path of the link, lies below the indicator's.
        case pathPrefix = "path-prefix"
        /// The last part of the path is the indicator's file name.
        case fileName = "file-name"
        /// A store that keeps 16 characters of a name has the first 16 of the indicator's.
        case truncated
        /// The link is the indicator's, byte for byte.
        case urlExact = "url-exact"
        /// The link is the indicator's apart from case of scheme and host, default port and fragment.
        case urlNormalised = "url-normalised"
    }

    /// The indicator.
    public let indicator: Indicator
    /// The part of the value that agrees, in the form that was compared: the host of a link, the half of a name.
    public let observed: String
    /// How it agrees.
    public let manner: Manner

    /// Joins the parts.
    public init(indicator: Indicator, observed: String, manner: Manner) {
        self.indicator = indicator
        self.observed = observed
        self.manner = manner
    }
}
