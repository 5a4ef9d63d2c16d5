public import ArtifactModel
public import Primitives

/// A person's or device's name in a network, as the records of a case have it: what links cases to each other.
public struct Identity: Sendable, Hashable {
    /// What kind of name it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An e-mail address in lower case; an Apple account is one.
        case emailAddress = "email-address"
        /// A telephone number in E.164.
        case phoneNumber = "phone-number"
        /// An account of WhatsApp: `256700000100@s.whatsapp.net`, or a hidden identifier.
        case whatsAppAccount = "whatsapp-account"
        /// A number or name of the device itself.
        case deviceIdentifier = "device-identifier"
        /// Another account, as it is written.
        case account
    }

    /// What kind of name it is.
    public var kind: Kind
    /// The name, in the one form of its kind.
    public var value: String
    /// Of a telephone number: ISO 3166-1 region of its country code.
    public var region: String?
    /// Whether a number was written without a country, and the owner's was taken.
    public var isCountryAssumed: Bool
    /// What it is to the owner of the device.
    public var role: Observable.Role
    /// The artefact that names it.
    public var artifact: String
    /// How many records name it.
    public var records: Int
    /// The first moment of these records.
    public var first: Timestamp?
    /// The last moment of these records.
    public var last: Timestamp?

    /// Joins the parts.
    public init(
        kind: Kind, value: String, region: String? = nil, isCountryAssumed: Bool = false, role: Observable.Role,
        artifact: String, records: Int = 1, first: Timestamp? = nil, last: Timestamp? = nil
    ) {
        self.kind = kind
        self.value = value
        self.region = region
        self.isCountryAssumed = isCountryAssumed
        self.role = role
        self.artifact = artifact
        self.records = records
        self.first = first
        self.last = last
    }

    /// What makes two entries one.
    public struct Key: Sendable, Hashable {
        var kind: Kind
        var value: String
        var role: Observable.Role
        var artifact: String
    }

    /// What makes two entries one.
    public var key: Key { Key(kind: kind, value: value, role: role, artifact: artifact) }

    /// Takes in another entry of the same key.
    public mutating func merge(_ other: Identity) {
        records += other.records
        isCountryAssumed = isCountryAssumed && other.isCountryAssumed
        if let moment = other.first { first = min(first ?? moment, moment) }
        if let moment = other.last { last = max(last ?? moment, moment) }
    }

    /// Appends it as one line of `identities.jsonl`.
    public func write(json buffer: inout TextBuffer) {
        buffer.append("{\"kind\":")
        buffer.append(jsonString: kind.rawValue)
        buffer.append(",\"value\":")
        buffer.append(jsonString: value)
        buffer.append(",\"region\":")
        if let region { buffer.append(jsonString: region) } else { buffer.append("null") }
        buffer.append(isCountryAssumed ? ",\"country_assumed\":true" : ",\"country_assumed\":false")
        buffer.append(",\"role\":")
        buffer.append(jsonString: role.rawValue)
        buffer.append(",\"artifact\":")
        buffer.append(jsonString: artifact)
        buffer.append(",\"records\":")
        buffer.append(decimal: Int64(records))
        buffer.append(",\"first\":")
        Value(moment: first).write(json: &buffer)
        buffer.append(",\"last\":")
        Value(moment: last).write(json: &buffer)
        buffer.append("}\n")
    }
}

extension Value {
    fileprivate init(moment: Timestamp?) { self = moment.map(Value.moment) ?? .absent }
}

extension Identity: Comparable {
    /// By kind, value, role and artefact: the order of `identities.jsonl`.
    public static func < (left: Identity, right: Identity) -> Bool {
        for (first, second) in [
            (left.kind.rawValue, right.kind.rawValue), (left.value, right.value),
            (left.role.rawValue, right.role.rawValue), (left.artifact, right.artifact),
        ] where first != second { return first.utf8.lexicographicallyPrecedes(second.utf8) }
        return false
    }
}
