public import Primitives

/// A JSON value with everything inside it, for texts that are small or wanted as a whole.
public enum JSONValue: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case truth(Bool)
    /// A number with neither fraction nor exponent that fits into 64 bits.
    case integer(Int64)
    /// Any other number.
    case real(Double)
    /// Text.
    case text(String)
    /// A list.
    case list([JSONValue])
    /// Values by name. Of a name that occurs twice the last value is kept, as most writers and readers do.
    case object([String: JSONValue])

    /// Reads a text that is one JSON value.
    public init(_ bytes: [UInt8], depthLimit: Int = 128) throws(ParseError) {
        var reader = JSONReader(bytes, depthLimit: min(depthLimit, 512))
        self = try reader.value()
        try reader.end()
    }

    /// The value under a name, if this is an object that has one.
    public subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The value at an index, if this is a list that is long enough.
    public subscript(index: Int) -> JSONValue? {
        if case .list(let values) = self, values.indices.contains(index) { values[index] } else { nil }
    }

    /// Text, if this is text.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// A truth, if this is one.
    public var truth: Bool? { if case .truth(let truth) = self { truth } else { nil } }
    /// The list, if this is one.
    public var list: [JSONValue]? { if case .list(let values) = self { values } else { nil } }

    /// A whole number, if this is one, or a real without a fraction.
    public var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .real(let number): Int64(exactly: number)
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

    /// The members in byte order of their names: what to iterate, so that two runs agree.
    public var members: [(name: String, value: JSONValue)] {
        guard case .object(let members) = self else { return [] }
        return members.map { (name: $0.key, value: $0.value) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

extension JSONReader {
    /// Reads the value with everything inside it. Recursive, as deep as the reader's limit allows.
    public mutating func value() throws(ParseError) -> JSONValue {
        if let text = try string() { return .text(text) }
        if try enterObject() {
            var members: [String: JSONValue] = [:]
            while let name = try key() { members[name] = try value() }
            return .object(members)
        }
        if try enterArray() {
            var values: [JSONValue] = []
            while try element() { values.append(try value()) }
            return .list(values)
        }
        if let number = try integer() { return .integer(number) }
        if let number = try number() { return .real(number) }
        if let truth = try truth() { return .truth(truth) }
        if try null() { return .null }
        let start = offset
        try skip()
        throw ParseError(.malformed, "a value", at: start)
    }
}
