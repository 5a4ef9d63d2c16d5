public import Primitives

/// Something that somebody published as a trace of spyware: one value, and where it comes from.
public struct Indicator: Sendable, Hashable {
    /// What the value is; decides which fields it is compared with.
    public var kind: Kind
    /// The value as published, without the quotation marks and escapes of the pattern.
    public var value: String
    /// The malware, tool, campaign, intrusion set, threat actor or report it was published for.
    public var family: String?
    /// The name of the file it was read from.
    public var source: String
    /// The first link among the external references of the indicator, of its family, or of its report.
    public var reference: String?
    /// The name or, if it has none, the description that the publisher gave it.
    public var note: String?
    /// The publisher's identifier: `indicator--` and a UUID.
    public var identifier: String
    /// From when on the publisher holds it to be valid. Not used for comparison: evidence is often older.
    public var validFrom: Timestamp?
    /// Until when the publisher holds it to be valid. Not used for comparison either.
    public var validUntil: Timestamp?
    /// Whether the publisher has withdrawn it.
    public var isRevoked: Bool
    /// The publisher's confidence from 0 to 100 (STIX 2.1).
    public var confidence: Int?
    /// Who published it: the name of the identity behind `created_by_ref`, of the feed, or of the organisation.
    public var publisher: String?
    /// How far it may be passed on, as the publisher marked it: `TLP:AMBER` and the like.
    /// Source: https://www.first.org/tlp/
    public var marking: String?
    /// The licence under which it was published.
    public var licence: String?

    /// Joins the parts.
    public init(
        _ kind: Kind, _ value: String, family: String? = nil, source: String, reference: String? = nil,
        note: String? = nil, identifier: String = "", validFrom: Timestamp? = nil, validUntil: Timestamp? = nil,
        isRevoked: Bool = false, confidence: Int? = nil, publisher: String? = nil, marking: String? = nil,
        licence: String? = nil
    ) {
        self.kind = kind
        self.value = value
        self.family = family
        self.source = source
        self.reference = reference
        self.note = note
        self.identifier = identifier
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.isRevoked = isRevoked
        self.confidence = confidence
        self.publisher = publisher
        self.marking = marking
        self.licence = licence
    }

    /// Whether its publisher no longer holds it to be valid at a moment. It is compared all the same: what happened on a
    /// device happened before the indicator was published, and often before it ended.
    public func isExpired(at moment: Timestamp) -> Bool { validUntil.map { $0 <= moment } ?? false }
}
