/// Something in a file of indicators that was not used, or not as it stands there, and why.
public struct IndicatorProblem: Sendable, Hashable {
    /// What kind of problem it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The file is damaged; what stands before the damage was used.
        case damagedFile = "damaged-file"
        /// An object of the file, a line or a row is damaged; the others were used.
        case damagedObject = "damaged-object"
        /// The file holds no indicators.
        case empty
        /// The indicator is not written as the standard says.
        case malformedPattern = "malformed-pattern"
        /// The pattern says something that can't be compared here.
        case unsupportedPattern = "unsupported-pattern"
        /// Nothing in this house is compared with such a property.
        case unknownProperty = "unknown-property"
        /// The value would match what everybody has.
        case refusedValue = "refused-value"
        /// The publisher has withdrawn the indicator.
        case revoked
        /// The publisher gives it for the reader's information and not for detection.
        case notForDetection = "not-for-detection"
        /// The identifier occurs several times; only the newest version was used.
        case duplicate
        /// The indicator was used, in a way that the reader should know.
        case remark
    }

    /// The name of the file.
    public let source: String
    /// The publisher's identifier of the indicator; empty if it concerns the file.
    public let identifier: String
    /// What kind of problem it is.
    public let kind: Kind
    /// One sentence or more.
    public let reason: String

    /// Joins the parts.
    public init(source: String, identifier: String, kind: Kind, reason: String) {
        self.source = source
        self.identifier = identifier
        self.kind = kind
        self.reason = reason
    }
}
