import CSQLite
public import Primitives

extension SQLiteDatabase {
    /// Runs a query and lends its rows, one by one.
    ///
    /// For look-ups. Whole tables are read with ``scan(_:note:row:)``, which goes on behind damage.
    public func query(
        _ statement: String, _ arguments: [String] = [], row body: (borrowing SQLiteRow) throws -> Void
    ) throws {
        let prepared = try prepare(statement)
        defer { sqlite3_finalize(prepared) }
        for (index, argument) in arguments.enumerated() { bind(argument, to: prepared, at: Int32(index + 1)) }
        budget.begin()
        while true {
            let code = sqlite3_step(prepared)
            guard code == SQLITE_ROW else {
                if code == SQLITE_DONE { return }
                throw failure(code, in: nil)
            }
            budget.countRow()
            try body(SQLiteRow(statement: prepared))
        }
    }

    /// The names of the columns of an ordinary table in lower case; empty if there is no such table.
    ///
    /// Views and virtual tables are none: what they would run was written by whoever wrote the database.
    public func columns(of table: String) throws(ParseError) -> Set<String> {
        var isOrdinary = false
        var names: Set<String> = []
        do {
            try query(
                "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE", [table]
            ) { row in
                isOrdinary = row.text(0).map { !$0.uppercased().hasPrefix("CREATE VIRTUAL") } ?? false
            }
            guard isOrdinary else { return [] }
            try query("SELECT name FROM pragma_table_info(?1)", [table]) { row in
                if let name = row.text(0) { names.insert(name.lowercased()) }
            }
        } catch let error as ParseError {
            throw error
        } catch {
            throw ParseError(.malformed, "a readable list of tables")
        }
        return names
    }

    /// Whether there is an ordinary table of this name.
    public func hasTable(_ table: String) throws(ParseError) -> Bool { try !columns(of: table).isEmpty }

    /// How many rows a look-up may make of one row: more is no look-up.
    private static let rowsOfOneKey = 1_000
    /// How many single rows that can't be read are stepped over.
    private static let skippedRows = 1_000

    /// Reads a table from its first row to its last, in the order of the key.
    ///
    /// A row that can't be read is stepped over. Behind a damaged page the reading goes on from the other end: first the
    /// rows before the damage, then those behind it, the last one first. What lies between is read once more without the
    /// joined tables, in case the damage is theirs; so is everything, if a join turns out to have no end. Every loss is
    /// reported with `note`. Throws if the table is not there.
    ///
    /// A scan of one table is read page by page, past SQLite: faster, and past damaged pages too. A scan that asks for
    /// recovered rows gets them behind the live ones, and their key is zero if the number of the row was overwritten.
    public func scan(
        _ scan: TableScan, note: (ParseError) -> Void,
        row body: (_ key: Int64, _ row: borrowing SQLiteRow) throws -> Void
    ) throws {
        if try !scanPages(scan, note: note, row: body) { try scanRows(scan, note: note, row: body) }
        if scan.isRecovering { try recover(scan, note: note, row: body) }
    }

    /// Reads a table with SQLite.
    private func scanRows(
        _ scan: TableScan, note: (ParseError) -> Void,
        row body: (_ key: Int64, _ row: borrowing SQLiteRow) throws -> Void
    ) throws {
        var isJoined = !scan.joins.isEmpty
        var select = try sql(for: scan, joined: isJoined)
        let key = "\(scan.alias).\(scan.key)"
        var low: Int64?
        var high: Int64?
        var isRepeated = false

        /// Reads upwards from `low`, or downwards from the end, without crossing what was read already.
        func pass(downwards: Bool) throws -> ParseError? {
            var condition = scan.filter.map { "(\($0))" } ?? "1"
            if let low { condition += " AND \(key) > \(low)" }
            if let high { condition += " AND \(key) < \(high)" }
            let statement = "\(select) WHERE \(condition) ORDER BY \(key)" + (downwards ? " DESC" : "")
            let (floor, ceiling) = (low, high)
            var repetitions = 0
            return try step(statement, scan.table) { found, row in
                // A damaged tree can lead in a circle; keys that go back say so.
                if let floor, found <= floor { return "keys that grow from row to row" }
                if let ceiling, found >= ceiling { return "keys that grow from row to row" }
                let last = downwards ? high : low
                if let last, downwards ? found > last : found < last { return "keys that grow from row to row" }
                repetitions = found == last ? repetitions + 1 : 0
                if repetitions == SQLiteDatabase.rowsOfOneKey {
                    isRepeated = true
                    return "at most \(SQLiteDatabase.rowsOfOneKey) rows of one key"
                }
                if downwards { high = found } else { low = found }
                try body(found, row)
                return nil
            }
        }
        var skipped = 0
        while true {
            guard let damage = try pass(downwards: false) else { return }
            note(damage)
            if isRepeated {
                // The key is done with; the next pass begins behind it.
                isRepeated = false
            } else if damage.kind == .beyondLimit, isJoined, budget.isSpent {
                isJoined = false
                select = try sql(for: scan, joined: false)
            } else if skipped < SQLiteDatabase.skippedRows, let next = try? nextKey(key, scan, after: low),
                low.map({ $0 < next }) ?? true
            {
                // One row that can't be read, or whose look-up can't: it is tried once more by itself.
                skipped += 1
                let alone = try sql(for: scan, joined: false) + " WHERE \(key) = \(next)"
                let lost = try step(alone, scan.table) { found, row in
                    guard found == next, low != next else { return "one row of one key" }
                    low = next
                    try body(found, row)
                    return nil
                }
                if let lost { note(lost) }
                low = next
            } else {
                break
            }
        }
        while true {
            guard try pass(downwards: true) != nil else { return }
            guard isRepeated else { break }
            isRepeated = false
        }
        if isJoined {
            select = try sql(for: scan, joined: false)
            if try pass(downwards: false) == nil {
                return note(ParseError(.malformed, "the tables that some rows refer to", in: scan.table))
            }
        }
        let (first, last) = (low.map { "\($0)" } ?? "the first", high.map { "\($0)" } ?? "the last")
        note(ParseError(.malformed, "the rows between \(first) and \(last)", in: scan.table))
    }

    /// The next key of a table, asked for without any other column.
    private func nextKey(_ key: String, _ scan: TableScan, after low: Int64?) throws -> Int64? {
        var next: Int64?
        let condition = low.map { " WHERE \(key) > \($0)" } ?? ""
        try query("SELECT \(key) FROM \(quoted(scan.table)) AS \(scan.alias)\(condition) ORDER BY \(key) LIMIT 1") {
            next = $0.integer(0)
        }
        return next
    }

    /// Steps through a query whose last column is the key; returns the damage that ended it, if any did.
    private func step(
        _ statement: String, _ table: String, _ body: (Int64, borrowing SQLiteRow) throws -> String?
    ) throws -> ParseError? {
        let prepared: OpaquePointer
        do throws(ParseError) {
            prepared = try prepare(statement)
        } catch {
            return error
        }
        defer { sqlite3_finalize(prepared) }
        budget.begin()
        while true {
            let code = sqlite3_step(prepared)
            guard code == SQLITE_ROW else { return code == SQLITE_DONE ? nil : failure(code, in: table) }
            budget.countRow()
            // The key stands behind the wanted columns, so that column numbers are the author's.
            let key = sqlite3_column_int64(prepared, sqlite3_column_count(prepared) - 1)
            if let expected = try body(key, SQLiteRow(statement: prepared, key: key)) {
                return ParseError(.malformed, expected, in: table)
            }
        }
    }

    /// The SELECT of a scan, with null for what this schema does not have.
    private func sql(for scan: TableScan, joined: Bool) throws(ParseError) -> String {
        var present = [scan.alias: try columns(of: scan.table)]
        guard present[scan.alias]?.isEmpty == false else {
            throw ParseError(.malformed, "a table named \(scan.table)")
        }
        func name(_ column: some StringProtocol) -> String? {
            let parts = column.split(separator: ".", maxSplits: 1)
            guard parts.count == 2, let names = present[String(parts[0])] else { return nil }
            let name = parts[1].lowercased()
            return names.contains(name) || name == "rowid" ? "\(parts[0]).\(quoted(String(parts[1])))" : nil
        }
        var joins = ""
        for join in joined ? scan.joins : [] {
            present[join.alias] = try columns(of: join.table)
            guard present[join.alias]?.isEmpty == false, let left = name("\(join.alias).\(join.column)"),
                let right = name(join.reference)
            else {
                present[join.alias] = nil
                continue
            }
            joins += " LEFT JOIN \(quoted(join.table)) AS \(join.alias) ON \(left) = \(right)"
        }
        let columns = scan.columns.map { name($0) ?? "NULL" }
        return "SELECT \((columns + ["\(scan.alias).\(scan.key)"]).joined(separator: ", ")) "
            + "FROM \(quoted(scan.table)) AS \(scan.alias)\(joins)"
    }

    func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    func prepare(_ text: String) throws(ParseError) -> OpaquePointer {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v2(handle, text, -1, &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw failure(code, in: nil) }
        return prepared
    }

    private func bind(_ text: String, to statement: OpaquePointer, at index: Int32) {
        // -1 is SQLITE_TRANSIENT: SQLite makes its own copy.
        sqlite3_bind_text(statement, index, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }

    /// An error in words of ours: SQLite's own message may quote the statement and thus the evidence.
    private func failure(_ code: Int32, in table: String?) -> ParseError {
        let kind: ParseError.Kind =
            switch code & 0xFF {
            case SQLITE_CORRUPT, SQLITE_NOTADB: .malformed
            case SQLITE_IOERR: .unreadable
            case SQLITE_TOOBIG, SQLITE_NOMEM, SQLITE_INTERRUPT: .beyondLimit
            default: .unsupported
            }
        return ParseError(kind, "readable database pages (\(String(cString: sqlite3_errstr(code))))", in: table)
    }
}
