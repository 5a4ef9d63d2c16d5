public import Primitives

/// What a field holds. Closed, so that every output can say how it writes each case.
public enum Value: Sendable, Hashable {
    /// Not recorded, or recorded as nothing.
    case absent
    /// Text in Unicode.
    case text(String)
    /// A whole number; the field's note says the unit.
    case integer(Int64)
    /// A number with a fraction; the field's note says the unit.
    case real(Double)
    /// Yes or no.
    case truth(Bool)
    /// A moment in UTC.
    case moment(Timestamp)
    /// Bytes that have no text form; written as Base64.
    case bytes([UInt8])
    /// Several texts, in the order of the record.
    case texts([String])
    /// A list of values of any kind.
    indirect case list([Value])
    /// Named values, in the order of the record or sorted where the record has none.
    indirect case table([NamedValue])
}

/// A value with its name.
public struct NamedValue: Sendable, Hashable {
    /// The name, as the evidence has it.
    public var name: String
    /// The value.
    public var value: Value

    /// Joins a name and a value.
    public init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}

extension Value {
    /// Appends the value as JSON: moments in RFC 3339, bytes in Base64, what is absent as `null`.
    public func write(json buffer: inout TextBuffer) {
        switch self {
        case .absent: buffer.append("null")
        case .text(let text): buffer.append(jsonString: text)
        case .integer(let number): buffer.append(decimal: number)
        case .real(let number): buffer.append(jsonNumber: number)
        case .truth(let truth): truth ? buffer.append("true") : buffer.append("false")
        case .moment(let moment):
            buffer.append(UInt8(ascii: "\""))
            buffer.append(moment)
            buffer.append(UInt8(ascii: "\""))
        case .bytes(let bytes): buffer.append(base64: bytes)
        case .texts(let texts): buffer.append(jsonStrings: texts)
        case .list(let values):
            buffer.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { buffer.append(UInt8(ascii: ",")) }
                value.write(json: &buffer)
            }
            buffer.append(UInt8(ascii: "]"))
        case .table(let members):
            buffer.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { buffer.append(UInt8(ascii: ",")) }
                buffer.append(jsonString: member.name)
                buffer.append(UInt8(ascii: ":"))
                member.value.write(json: &buffer)
            }
            buffer.append(UInt8(ascii: "}"))
        }
    }

    /// Appends the value as words for a person: what a timeline row and a finding card show.
    public func write(words buffer: inout TextBuffer) {
        switch self {
        case .absent: break
        case .text(let text): buffer.append(text: text)
        case .moment(let moment): buffer.append(moment)
        case .texts(let texts):
            for (index, text) in texts.enumerated() {
                if index > 0 { buffer.append(UInt8(ascii: " ")) }
                buffer.append(text: text)
            }
        case .bytes(let bytes):
            buffer.append(decimal: Int64(bytes.count))
            buffer.append(" bytes")
        case .integer, .real, .truth, .list, .table: write(json: &buffer)
        }
    }
}
