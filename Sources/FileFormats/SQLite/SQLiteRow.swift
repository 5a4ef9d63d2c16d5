import CSQLite

/// The current row of a query; valid only inside the closure that is handed it.
///
/// SQLite's columns have no fixed type, so each reading says what it accepts, and everything else is absent.
public struct SQLiteRow: ~Copyable {
    let statement: OpaquePointer

    /// A whole number: an INTEGER, or a REAL without a fraction.
    public func integer(_ column: Int) -> Int64? {
        switch sqlite3_column_type(statement, Int32(column)) {
        case SQLITE_INTEGER: sqlite3_column_int64(statement, Int32(column))
        case SQLITE_FLOAT: Int64(exactly: sqlite3_column_double(statement, Int32(column)))
        default: nil
        }
    }

    /// A number: an INTEGER or a REAL.
    public func real(_ column: Int) -> Double? {
        switch sqlite3_column_type(statement, Int32(column)) {
        case SQLITE_INTEGER, SQLITE_FLOAT: sqlite3_column_double(statement, Int32(column))
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

    /// Lends the bytes of a BLOB or a TEXT without a copy.
    public func withBytes<Result>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
        -> Result?
    {
        let start: UnsafeRawPointer?
        switch sqlite3_column_type(statement, Int32(column)) {
        case SQLITE_TEXT: start = sqlite3_column_text(statement, Int32(column)).map { UnsafeRawPointer($0) }
        case SQLITE_BLOB: start = sqlite3_column_blob(statement, Int32(column))
        default: return nil
        }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return try body(
            UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: start == nil ? 0 : count))
    }

    /// Whether the column holds nothing.
    public func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }

    /// Whether the column holds a whole number, so that a stored type can be told from a decoded one.
    public func isInteger(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_INTEGER }

    /// A truth: a whole number that is not zero.
    public func truth(_ column: Int) -> Bool? { integer(column).map { $0 != 0 } }
}
