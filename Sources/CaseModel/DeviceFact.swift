public import ArtifactModel
public import Primitives

/// Something that the evidence says of the device, with the span of time over which it says so and where it stands.
///
/// Records that say the same are one fact: a thousand messages of one account are one account, from the first to the
/// last of them.
public struct DeviceFact: Sendable, Hashable {
    /// What kind of thing it is.
    public var kind: FactKind
    /// Who or what it is about; empty for the device as a whole.
    public var subject: String
    /// What else is said; empty if nothing is.
    public var detail: String
    /// Whether it holds.
    public var isOn: Bool
    /// The earliest moment that a record names.
    public var first: Timestamp?
    /// The latest.
    public var last: Timestamp?
    /// How many records say so.
    public var records: Int
    /// The artefact.
    public var artifact: String
    /// The file of the first record, as people find it in the container.
    public var path: String
    /// Where in the file.
    public var location: Location

    /// Joins the parts.
    public init(
        kind: FactKind, subject: String, detail: String = "", isOn: Bool = true, first: Timestamp? = nil,
        last: Timestamp? = nil, records: Int = 1, artifact: String, path: String, location: Location
    ) {
        self.kind = kind
        self.subject = subject
        self.detail = detail
        self.isOn = isOn
        self.first = first
        self.last = last ?? first
        self.records = records
        self.artifact = artifact
        self.path = path
        self.location = location
    }

    /// Whether the fact was recorded by a moment: since earlier, only later, or at no known moment.
    public enum Standing: Sendable, Hashable {
        /// A record from before the moment, or of it, says so.
        case before
        /// Only records from after the moment say so.
        case onlyAfter
        /// No record says when.
        case undated
    }

    /// How the fact stands to a moment.
    public func standing(at moment: Timestamp) -> Standing {
        guard let first else { return .undated }
        return first <= moment ? .before : .onlyAfter
    }
}

extension DeviceFact: Comparable {
    /// By kind, subject, detail, state, moment, artefact and place: the order of `facts.jsonl`.
    public static func < (left: DeviceFact, right: DeviceFact) -> Bool {
        if left.kind != right.kind { return left.kind.order < right.kind.order }
        if left.subject != right.subject { return left.subject.utf8.lexicographicallyPrecedes(right.subject.utf8) }
        if left.detail != right.detail { return left.detail.utf8.lexicographicallyPrecedes(right.detail.utf8) }
        if left.isOn != right.isOn { return !left.isOn }
        if left.first != right.first {
            guard let first = left.first else { return true }
            guard let second = right.first else { return false }
            return first < second
        }
        if left.artifact != right.artifact { return left.artifact < right.artifact }
        if left.path != right.path { return left.path.utf8.lexicographicallyPrecedes(right.path.utf8) }
        return left.place.lexicographicallyPrecedes(right.place)
    }

    private var place: [UInt8] {
        var text = TextBuffer()
        location.write(json: &text, path: "")
        return text.bytes
    }
}

extension FactKind {
    /// The place of the kind among all.
    fileprivate var order: Int { FactKind.allCases.firstIndex(of: self) ?? 0 }
}

extension DeviceFact {
    /// Appends the fact as one JSON object without a line end.
    public func write(json buffer: inout TextBuffer) {
        buffer.append("{\"kind\":")
        buffer.append(jsonString: kind.rawValue)
        buffer.append(",\"subject\":")
        buffer.append(jsonString: subject)
        buffer.append(",\"detail\":")
        buffer.append(jsonString: detail)
        buffer.append(",\"on\":")
        isOn ? buffer.append("true") : buffer.append("false")
        buffer.append(",\"first\":")
        buffer.append(jsonMoment: first)
        buffer.append(",\"last\":")
        buffer.append(jsonMoment: last)
        buffer.append(",\"records\":")
        buffer.append(decimal: Int64(records))
        buffer.append(",\"artifact\":")
        buffer.append(jsonString: artifact)
        buffer.append(",\"source\":")
        location.write(json: &buffer, path: path)
        buffer.append("}")
    }
}
