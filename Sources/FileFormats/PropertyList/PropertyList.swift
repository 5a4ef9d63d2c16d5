public import Primitives

/// A property list, whatever form it was stored in.
///
/// Dictionaries lose the order of the file: it means nothing, and differs between writers.
public enum PropertyList: Sendable, Hashable {
    /// Yes or no.
    case truth(Bool)
    /// A whole number.
    case integer(Int64)
    /// A number with a fraction.
    case real(Double)
    /// Text.
    case text(String)
    /// A moment; stored in seconds since 2001-01-01T00:00:00Z.
    case moment(Timestamp)
    /// Bytes.
    case bytes([UInt8])
    /// A list.
    case list([PropertyList])
    /// Values by name.
    case dictionary([String: PropertyList])
    /// The number of an object in a keyed archive.
    case uid(Int)
    /// A null, or a value that has no form here (a date beyond the year 9999).
    case null

    /// The value under a name, if this is a dictionary that has one.
    public subscript(key: String) -> PropertyList? {
        if case .dictionary(let members) = self { members[key] } else { nil }
    }

    /// The value at an index, if this is a list that is long enough.
    public subscript(index: Int) -> PropertyList? {
        if case .list(let values) = self, values.indices.contains(index) { values[index] } else { nil }
    }

    /// Text, if this is text.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// Bytes, if this is bytes.
    public var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
    /// A moment, if this is a date.
    public var moment: Timestamp? { if case .moment(let moment) = self { moment } else { nil } }
    /// The list, if this is one.
    public var list: [PropertyList]? { if case .list(let values) = self { values } else { nil } }
    /// The members, if this is a dictionary.
    public var dictionary: [String: PropertyList]? { if case .dictionary(let members) = self { members } else { nil } }

    /// The members in byte order of their names: what to iterate, so that two runs agree.
    public var members: [(name: String, value: PropertyList)] {
        guard case .dictionary(let members) = self else { return [] }
        return members.map { (name: $0.key, value: $0.value) }.sorted {
            $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }

    /// A whole number, if this is one, or a real without a fraction, or a truth.
    public var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .real(let number): Int64(exactly: number)
        case .truth(let truth): truth ? 1 : 0
        default: nil
        }
    }

    /// A number, if this is one.
    public var real: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .real(let number): number
        default: nil
        }
    }

    /// A truth, or a number taken as one.
    public var truth: Bool? {
        switch self {
        case .truth(let truth): truth
        case .integer(let number): number != 0
        default: nil
        }
    }
}
