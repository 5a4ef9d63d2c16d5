import CSQLite
public import Primitives

/// The current row of a query or a table; valid only inside the closure that is handed it.
///
/// SQLite's columns have no fixed type, so each reading says what it accepts, and everything else is absent.
public struct SQLiteRow: ~Copyable {
    /// Where the values are: with SQLite, in a page, or copied out of a place that does not count any more.
    private enum Source {
        case statement(OpaquePointer)
        case record(UnsafePointer<RecordRow>)
        case recovered(UnsafePointer<RecoveredRow>)
    }

    private let source: Source
    private let key: Int64

    init(statement: OpaquePointer, key: Int64 = 0) {
        source = .statement(statement)
        self.key = key
    }

    init(record: UnsafePointer<RecordRow>) {
        source = .record(record)
        key = record.pointee.view.row
    }

    init(recovered: UnsafePointer<RecoveredRow>) {
        source = .recovered(recovered)
        key = recovered.pointee.recovery.row ?? 0
    }

    /// How the row was recovered; nothing for a live one.
    public var recovery: Recovery? {
        if case .recovered(let row) = source { row.pointee.recovery } else { nil }
    }

    /// The key of the row in a scan; nothing if it was overwritten.
    public var number: Int64? {
        if case .recovered(let row) = source { row.pointee.recovery.row } else { key }
    }

    /// A whole number: an INTEGER, or a REAL without a fraction.
    public func integer(_ column: Int) -> Int64? {
        if case .record(let row) = source {
            // Written out, because most columns of most tables are these.
            switch row.pointee.value(column) {
            case .integer(let number): return number
            case .real(let number): return Int64(exactly: number)
            default: return nil
            }
        }
        return switch value(column) {
        case .integer(let number): number
        case .real(let number): Int64(exactly: number)
        default: nil
        }
    }

    /// A number: an INTEGER or a REAL.
    public func real(_ column: Int) -> Double? {
        if case .record(let row) = source {
            switch row.pointee.value(column) {
            case .integer(let number): return Double(number)
            case .real(let number): return number
            default: return nil
            }
        }
        return switch value(column) {
        case .integer(let number): Double(number)
        case .real(let number): number
        default: nil
        }
    }

    /// Text: a TEXT, or a BLOB taken as UTF-8. Invalid UTF-8 is repaired with U+FFFD.
    public func text(_ column: Int) -> String? {
        withBytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// Bytes: a BLOB or a TEXT.
    public func bytes(_ column: Int) -> [UInt8]? {
        withBytes(column) { Array($0) }
    }

    /// Lends the bytes of a BLOB or a TEXT, in UTF-8, mostly without a copy.
    public func withBytes<Result>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
        -> Result?
    {
        switch source {
        case .statement(let statement):
            let start: UnsafeRawPointer?
            switch sqlite3_column_type(statement, Int32(column)) {
            case SQLITE_TEXT: start = sqlite3_column_text(statement, Int32(column)).map { UnsafeRawPointer($0) }
            case SQLITE_BLOB: start = sqlite3_column_blob(statement, Int32(column))
            default: return nil
            }
            let count = Int(sqlite3_column_bytes(statement, Int32(column)))
            return try body(
                UnsafeBufferPointer(
                    start: start?.assumingMemoryBound(to: UInt8.self), count: start == nil ? 0 : count))
        case .record(let row):
            switch row.pointee.value(column) {
            case .text(let bytes) where row.pointee.encoding != .utf8:
                return try row.pointee.encoding.utf8(bytes).withUnsafeBufferPointer(body)
            case .text(let bytes), .blob(let bytes): return try body(bytes)
            default: return nil
            }
        case .recovered(let row):
            guard row.pointee.values.indices.contains(column) else { return nil }
            switch row.pointee.values[column] {
            case .text(let bytes), .blob(let bytes): return try bytes.withUnsafeBufferPointer(body)
            default: return nil
            }
        }
    }

    /// Whether the column holds nothing.
    public func isNull(_ column: Int) -> Bool { classes(column) == .null }

    /// Whether the column holds a whole number, so that a stored type can be told from a decoded one.
    public func isInteger(_ column: Int) -> Bool { classes(column) == .integer }

    /// Whether the column holds text, and not bytes.
    func isText(_ column: Int) -> Bool { classes(column) == .text }

    /// A truth: a whole number that is not zero.
    public func truth(_ column: Int) -> Bool? { integer(column).map { $0 != 0 } }

    /// The value of a column; the bytes of text and of blobs are not asked for, and empty.
    private func value(_ column: Int) -> StoredValue {
        switch source {
        case .statement(let statement):
            switch sqlite3_column_type(statement, Int32(column)) {
            case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, Int32(column)))
            case SQLITE_FLOAT: .real(sqlite3_column_double(statement, Int32(column)))
            case SQLITE_TEXT: .text(UnsafeBufferPointer(start: nil, count: 0))
            case SQLITE_BLOB: .blob(UnsafeBufferPointer(start: nil, count: 0))
            default: .null
            }
        case .record(let row): row.pointee.value(column)
        case .recovered(let row):
            if row.pointee.values.indices.contains(column) {
                switch row.pointee.values[column] {
                case .null: .null
                case .integer(let number): .integer(number)
                case .real(let number): .real(number)
                case .text: .text(UnsafeBufferPointer(start: nil, count: 0))
                case .blob: .blob(UnsafeBufferPointer(start: nil, count: 0))
                }
            } else {
                .null
            }
        }
    }

    /// What kind of value a column holds.
    private func classes(_ column: Int) -> SerialType.Classes {
        switch value(column) {
        case .null: .null
        case .integer: .integer
        case .real: .real
        case .text: .text
        case .blob: .blob
        }
    }
}
