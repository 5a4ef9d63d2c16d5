public import Primitives

extension Location {
    /// Appends `{"path":…,"table":…,"row":…,"offset":…}`, with `null` for what does not apply, and `"key"` for a key.
    ///
    /// A recovered row has `"recovered":{"from":…,"certainty":…,"page":…,"frame":…,"version":…}` behind them; its offset is
    /// that of the row in the file, or in the write-ahead log if there is a frame.
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
        case .recovered(let recovery, let table):
            buffer.append(",\"table\":")
            buffer.append(jsonString: table)
            buffer.append(",\"row\":")
            if let row = recovery.row { buffer.append(decimal: row) } else { buffer.append("null") }
            buffer.append(",\"offset\":")
            buffer.append(decimal: Int64(recovery.offset))
            buffer.append(",\"recovered\":{\"from\":")
            buffer.append(jsonString: recovery.origin.rawValue)
            buffer.append(",\"certainty\":")
            buffer.append(jsonString: recovery.certainty.rawValue)
            buffer.append(",\"page\":")
            buffer.append(decimal: Int64(recovery.page))
            buffer.append(",\"frame\":")
            if let frame = recovery.frame { buffer.append(decimal: Int64(frame)) } else { buffer.append("null") }
            buffer.append(",\"version\":")
            buffer.append(jsonString: recovery.isEarlierVersion ? "earlier" : "deleted")
            buffer.append("}}")
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

    /// Appends the place in words: `sms.db, message, row 1201`, with `(recovered from a free page, certain)` if it was.
    public func write(words buffer: inout TextBuffer, path: String) {
        buffer.append(text: path)
        switch self {
        case .row(let row, let table):
            buffer.append(", ")
            buffer.append(text: table)
            buffer.append(", row ")
            buffer.append(decimal: row)
        case .recovered(let recovery, let table):
            buffer.append(", ")
            buffer.append(text: table)
            if let row = recovery.row {
                buffer.append(", row ")
                buffer.append(decimal: row)
            }
            buffer.append(recovery.frame == nil ? ", byte " : ", byte of the log ")
            buffer.append(decimal: Int64(recovery.offset))
            buffer.append(recovery.isEarlierVersion ? " (earlier version recovered from " : " (recovered from ")
            buffer.append(text: recovery.origin.words)
            buffer.append(", ")
            buffer.append(text: recovery.certainty.rawValue)
            buffer.append(")")
        case .offset(let offset):
            buffer.append(", byte ")
            buffer.append(decimal: Int64(offset))
        case .key(let key):
            buffer.append(", ")
            buffer.append(text: key)
        }
    }
}
