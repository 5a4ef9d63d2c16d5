import CSQLite
import Primitives

/// Completes recovered rows with what the joined tables of a scan say of them.
///
/// First the live rows of a joined table are asked, then those that were recovered of it: what belongs together is often
/// deleted together. A row is no surer than the one that completes it.
final class RecoveredJoin {
    /// A row of one table, by the names of its columns.
    private struct Part {
        var values: [String: SQLiteValue]
        var certainty = Recovery.Certainty.certain
    }

    /// More rows than are kept of a joined table.
    private static let limit = 100_000

    private let scan: TableScan
    private let database: SQLiteDatabase
    private let pages: SQLitePages
    private var statements: [String: OpaquePointer] = [:]
    /// The recovered rows of joined tables, by alias and key; the surest of each.
    private var recovered: [String: [SQLiteValue: Part]] = [:]
    private var isSpent = false

    init(_ scan: TableScan, _ database: SQLiteDatabase, _ pages: SQLitePages) {
        self.scan = scan
        self.database = database
        self.pages = pages
        database.budget.begin()
    }

    deinit { for statement in statements.values { sqlite3_finalize(statement) } }

    /// The columns of one table that a scan needs, for its rows or to look up others, in lower case and each once.
    static func columns(of alias: String, in scan: TableScan) -> [String] {
        var names: [String] = []
        for column in scan.columns + scan.joins.map(\.reference) {
            let parts = column.split(separator: ".", maxSplits: 1)
            guard parts.count == 2, parts[0] == alias else { continue }
            let name = parts[1].lowercased()
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// The row of the scan, column for column.
    func row(_ found: RecoveredRow, _ names: [String], note: (ParseError) -> Void) -> RecoveredRow {
        var parts = [scan.alias: Part(values: Dictionary(zip(names, found.values)) { first, _ in first })]
        var certainty = found.recovery.certainty
        for join in scan.joins {
            guard let key = value(of: join.reference, in: parts), key != .null,
                let part = part(join, key, note: note)
            else { continue }
            certainty = min(certainty, part.certainty)
            parts[join.alias] = part
        }
        var row = RecoveredRow(recovery: found.recovery, values: [])
        row.recovery.certainty = certainty
        row.values = scan.columns.map { value(of: $0, in: parts) ?? .null }
        return row
    }

    private func value(of column: String, in parts: [String: Part]) -> SQLiteValue? {
        let names = column.split(separator: ".", maxSplits: 1)
        guard names.count == 2 else { return nil }
        return parts[String(names[0])]?.values[names[1].lowercased()]
    }

    private func part(_ join: TableScan.Join, _ key: SQLiteValue, note: (ParseError) -> Void) -> Part? {
        let names = RecoveredJoin.columns(of: join.alias, in: scan)
        if let live = live(join, names, key, note: note) { return live }
        if recovered[join.alias] == nil { recovered[join.alias] = deleted(join, names, note: note) }
        return recovered[join.alias]?[key]
    }

    /// The live row, as SQLite finds it.
    private func live(
        _ join: TableScan.Join, _ names: [String], _ key: SQLiteValue, note: (ParseError) -> Void
    ) -> Part? {
        guard !isSpent, !names.isEmpty, let statement = statement(for: join, names) else { return nil }
        defer { sqlite3_reset(statement) }
        switch key {
        case .integer(let number): sqlite3_bind_int64(statement, 1, number)
        case .real(let number): sqlite3_bind_double(statement, 1, number)
        case .text(let bytes):
            guard bytes.count < 1 << 20 else { return nil }
            // -1 is SQLITE_TRANSIENT: SQLite makes its own copy.
            bytes.withUnsafeBytes {
                _ = sqlite3_bind_text(
                    statement, 1, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
                    unsafeBitCast(-1, to: sqlite3_destructor_type.self))
            }
        default: return nil
        }
        let code = sqlite3_step(statement)
        guard code == SQLITE_ROW else {
            if code != SQLITE_DONE, database.budget.isSpent {
                isSpent = true
                note(ParseError(.beyondLimit, "look-ups of recovered rows that an index serves", in: join.table))
            }
            return nil
        }
        database.budget.countRow()
        let row = SQLiteRow(statement: statement)
        var part = Part(values: [:])
        for (index, name) in names.enumerated() { part.values[name] = row.copy(index) }
        return part
    }

    private func statement(for join: TableScan.Join, _ names: [String]) -> OpaquePointer? {
        if let known = statements[join.alias] { return known }
        guard let present = try? database.columns(of: join.table), !present.isEmpty else { return nil }
        func sql(_ name: String) -> String? {
            present.contains(name) || name == "rowid" ? database.quoted(name) : nil
        }
        guard let key = sql(join.column.lowercased()) else { return nil }
        let columns = names.map { sql($0) ?? "NULL" }.joined(separator: ", ")
        let text = "SELECT \(columns) FROM \(database.quoted(join.table)) WHERE \(key) = ?1 LIMIT 1"
        guard let prepared = try? database.prepare(text) else { return nil }
        statements[join.alias] = prepared
        return prepared
    }

    /// The recovered rows of a joined table by their keys.
    private func deleted(
        _ join: TableScan.Join, _ names: [String], note: (ParseError) -> Void
    ) -> [SQLiteValue: Part] {
        guard let layout = pages.layout(of: join.table), !names.isEmpty else { return [:] }
        let key = join.column.lowercased()
        var parts: [SQLiteValue: Part] = [:]
        // The key stands first, so that it is there whether the scan wants it or not.
        for row in RecoverySearch.rows(of: layout, columns: [key] + names, in: pages, note: note)
        where parts.count < RecoveredJoin.limit {
            guard let found = row.values.first, found != .null else { continue }
            if let known = parts[found], known.certainty >= row.recovery.certainty { continue }
            parts[found] = Part(
                values: Dictionary(zip(names, row.values.dropFirst())) { first, _ in first },
                certainty: row.recovery.certainty)
        }
        return parts
    }
}

extension SQLiteRow {
    /// A copy of a value.
    func copy(_ column: Int) -> SQLiteValue {
        if isNull(column) { return .null }
        if isInteger(column) { return integer(column).map { .integer($0) } ?? .null }
        if let number = real(column) { return .real(number) }
        return bytes(column).map { isText(column) ? .text($0) : .blob($0) } ?? .null
    }
}
