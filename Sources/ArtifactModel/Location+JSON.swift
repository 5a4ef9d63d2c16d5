public import Primitives

extension Location {
    /// Appends `{"path":…,"table":…,"row":…,"offset":…}`, with `null` for what does not apply, and `"key"` for a key.
    public func write(json buffer: inout TextBuffer, path: String) {
        buffer.append("{\"path\":")
        buffer.append(jsonString: path)
        switch self {
        case .row(let row, let table):
            buffer.append(",\"table\":")
            buffer.append(jsonString: table)
            buffer.append(",\"row\":")
            buffer.append(decimal: row)
            buffer.append(",\"offset\":null}")
        case .offset(let offset):
            buffer.append(",\"table\":null,\"row\":null,\"offset\":")
            buffer.append(decimal: Int64(offset))
            buffer.append(UInt8(ascii: "}"))
        case .key(let key):
            buffer.append(",\"table\":null,\"row\":null,\"offset\":null,\"key\":")
            buffer.append(jsonString: key)
            buffer.append(UInt8(ascii: "}"))
        }
    }

    /// Appends the place in words: `sms.db, message, row 1201`.
    public func write(words buffer: inout TextBuffer, path: String) {
        buffer.append(text: path)
        switch self {
        case .row(let row, let table):
            buffer.append(", ")
            buffer.append(text: table)
            buffer.append(", row ")
            buffer.append(decimal: row)
        case .offset(let offset):
            buffer.append(", byte ")
            buffer.append(decimal: Int64(offset))
        case .key(let key):
            buffer.append(", ")
            buffer.append(text: key)
        }
    }
}
