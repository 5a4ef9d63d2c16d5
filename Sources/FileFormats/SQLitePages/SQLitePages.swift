public import Primitives

/// A SQLite database that is read page by page, without SQL and without SQLite.
///
/// It reads whole tables several times faster than a statement is stepped through, goes on behind damaged pages, and
/// finds rows that were deleted and are still there. Joins, filters and orders are left to ``SQLiteDatabase``.
///
/// Not read: views and virtual tables, whose rows are made by code; virtual generated columns, which are not stored;
/// defaults of added columns that are no literals. Custom collations matter to none of this: they decide in which order
/// rows stand, and rows are read in the order they stand in.
///
/// Source: <https://www.sqlite.org/fileformat2.html>
public final class SQLitePages {
    let store: PageStore
    /// The ordinary tables, in the order of the schema.
    let tables: [TableLayout]
    /// The roots of all b-trees: of tables and of indexes.
    let roots: [(root: Int, isTable: Bool)]
    /// What is odd or damaged about the database as a whole.
    public private(set) var damage: [ParseError]
    /// Which pages are in use, worked out when rows are recovered.
    lazy var usage = PageUsage(self)

    /// More tables than any application makes.
    private static let tableLimit = 10_000

    /// Opens a database, and its write-ahead log if there is one.
    public init(_ contents: any ByteSource, writeAheadLog: (any ByteSource)? = nil) throws(ParseError) {
        let store = try PageStore(contents, log: writeAheadLog)
        self.store = store
        var damage = store.remarks
        var tables: [TableLayout] = []
        var roots: [(root: Int, isTable: Bool)] = [(1, true)]
        var (virtual, unread) = (0, 0)
        let schema = TableLayout(schemaNamed: "sqlite_schema")
        let columns = TableColumns(["type", "name", "rootpage", "sql"], of: schema, encoding: store.header.encoding)
        let reader = TableReader(schema, columns, in: store)
        do {
            try reader.forEachRow(note: { damage.append($0) }) { row in
                guard roots.count < SQLitePages.tableLimit else { return }
                let encoding = store.header.encoding
                func text(_ column: Int) -> [UInt8]? {
                    if case .text(let bytes) = row.pointee.value(column) { encoding.utf8(bytes) } else { nil }
                }
                guard let kind = text(0), case .integer(let number) = row.pointee.value(2) else { return }
                let isTable = kind.elementsEqual("table".utf8)
                guard let root = Int(exactly: number), root > 0, root <= store.highestPage else {
                    // A virtual table has no pages of its own.
                    if isTable { virtual += 1 }
                    return
                }
                guard isTable else { return roots.append((root, false)) }
                guard let name = text(1), let statement = text(3),
                    let layout = TableLayout(
                        name: String(decoding: name, as: UTF8.self), root: root, statement: statement)
                else {
                    unread += 1
                    return roots.append((root, true))
                }
                roots.append((root, !layout.isWithoutRowIdentifier))
                tables.append(layout)
            }
        } catch let error as ParseError {
            damage.append(error)
        } catch {
            damage.append(ParseError(.malformed, "a readable list of tables"))
        }
        if unread > 0 {
            damage.append(
                ParseError(.unsupported, "tables that are declared as SQLite writes it, and not \(unread) others"))
        }
        virtualTables = virtual
        self.tables = tables
        self.roots = roots
        self.damage = damage
    }

    /// How many virtual tables there are: none of them is read, because code of an application makes their rows.
    public let virtualTables: Int

    /// The names of the tables that can be read.
    public var tableNames: [String] { tables.map(\.name) }

    /// The names of the columns of a table in their order; empty if there is no such table.
    public func columns(of table: String) -> [String] { layout(of: table)?.columns.map(\.name) ?? [] }

    /// The columns of a table that are worked out by SQLite and not stored: they read as null.
    public func computedColumns(of table: String) -> [String] {
        layout(of: table)?.columns.filter { $0.stored == nil }.map(\.name) ?? []
    }

    /// Lends every row of a table in the order of its b-tree, with its number, or its place in the order of the primary
    /// key if the table has no row numbers.
    ///
    /// Column `n` of the row is column `n` of `columns`, or of the table if none are named. What is damaged is reported
    /// with `note` and stepped over. Throws if there is no such table.
    public func forEachRow(
        of table: String, columns: [String]? = nil, note: (ParseError) -> Void,
        row body: (_ number: Int64, _ row: borrowing SQLiteRow) throws -> Void
    ) throws {
        guard let layout = layout(of: table) else { throw ParseError(.malformed, "a table named \(table)") }
        let names = (columns ?? layout.columns.map(\.name)).map { $0.lowercased() }
        let wanted = TableColumns(names, of: layout, encoding: store.header.encoding)
        try TableReader(layout, wanted, in: store).forEachRow(note: note) { row in
            try body(row.pointee.view.row, SQLiteRow(record: row))
        }
    }

    func layout(of table: String) -> TableLayout? {
        let name = table.lowercased()
        return tables.first { $0.name.lowercased() == name }
    }
}
