/// An indicator that a value in the evidence agrees with, and how.
public struct IndicatorMatch: Sendable, Hashable {
    /// In what manner the value agrees with the indicator.
    public enum Manner: String, Sendable, Hashable, CaseIterable {
        /// Both are equal after normalisation.
        case exact
        /// The host lies below the indicator's domain.
        case subdomain
        /// The address lies in the indicator's network.
        case network
        /// The path, or the path of the link, lies below the indicator's.
        case pathPrefix = "path-prefix"
        /// The path ends with the indicator's, which was published without its beginning.
        case pathEnding = "path-ending"
        /// The path, or a folder above it, agrees with the indicator's, in which a star stands for any letters of a part.
        case pathPattern = "path-pattern"
        /// The last part of the path is the indicator's file name.
        case fileName = "file-name"
        /// A store that keeps 16 characters of a name has the first 16 of the indicator's.
        case truncated
        /// The digits of two telephone numbers are equal, and the one in the evidence does not say whether it begins with a
        /// country code.
        case digits
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
    /// How many further publications of the same value there are that are not listed as matches of their own. Those of
    /// different families and sources are listed first.
    public let others: Int

    /// Joins the parts.
    public init(indicator: Indicator, observed: String, manner: Manner, others: Int = 0) {
        self.indicator = indicator
        self.observed = observed
        self.manner = manner
        self.others = others
    }
}
