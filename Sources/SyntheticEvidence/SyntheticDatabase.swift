import CSQLite

/// A SQLite database that is made in memory from statements and rows.
public final class SyntheticDatabase {
    private let handle: OpaquePointer

    /// A value of a row.
    public enum Cell: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
        ExpressibleByNilLiteral
    {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
        case blob([UInt8])

        public init(stringLiteral value: String) { self = .text(value) }
        public init(integerLiteral value: Int64) { self = .integer(value) }
        public init(floatLiteral value: Double) { self = .real(value) }
        public init(nilLiteral: ()) { self = .null }
    }

    /// An empty database in memory, or in a file that is made anew.
    public init(path: String = ":memory:") throws {
        var handle: OpaquePointer?
        guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else {
            throw SyntheticEvidenceError("expected a place for a database")
        }
        self.handle = handle
        try execute("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    }

    deinit { sqlite3_close_v2(handle) }

    /// Runs statements.
    public func execute(_ statements: String) throws {
        guard sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK else {
            throw SyntheticEvidenceError("expected valid SQL: " + String(cString: sqlite3_errmsg(handle)))
        }
    }

    /// Inserts rows into columns of a table, in one transaction.
    public func insert(_ table: String, _ columns: [String], _ rows: some Sequence<[Cell]>) throws {
        let marks = columns.map { _ in "?" }.joined(separator: ",")
        var statement: OpaquePointer?
        let text = "INSERT INTO \(table) (\(columns.joined(separator: ","))) VALUES (\(marks))"
        guard sqlite3_prepare_v2(handle, text, -1, &statement, nil) == SQLITE_OK else {
            throw SyntheticEvidenceError("expected a table: " + String(cString: sqlite3_errmsg(handle)))
        }
        defer { sqlite3_finalize(statement) }
        try execute("BEGIN")
        for row in rows {
            for (index, cell) in row.enumerated() { bind(cell, statement, Int32(index + 1)) }
            guard sqlite3_step(statement) == SQLITE_DONE else {
                throw SyntheticEvidenceError("expected a row that fits: " + String(cString: sqlite3_errmsg(handle)))
            }
            sqlite3_reset(statement)
        }
        try execute("COMMIT")
    }

    private func bind(_ cell: Cell, _ statement: OpaquePointer?, _ index: Int32) {
        // -1 is SQLITE_TRANSIENT: SQLite makes its own copy.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch cell {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .real(let number): sqlite3_bind_double(statement, index, number)
        case .text(let text): sqlite3_bind_text(statement, index, text, -1, transient)
        case .blob(let bytes): sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), transient)
        }
    }

    /// The bytes of the database as they would stand in a file.
    public func bytes() throws -> [UInt8] {
        var size: sqlite3_int64 = 0
        guard let image = sqlite3_serialize(handle, "main", &size, 0) else {
            throw SyntheticEvidenceError("expected a database that can be serialised")
        }
        defer { sqlite3_free(image) }
        return Array(UnsafeBufferPointer(start: image, count: Int(size)))
    }
}
