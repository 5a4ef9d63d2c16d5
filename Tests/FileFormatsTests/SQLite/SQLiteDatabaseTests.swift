import FileFormats
import Primitives
import TestSupport
import Testing

struct SQLiteDatabaseTests {
    static let rows = 400

    /// A table of 400 rows on many small pages, and one that it refers to.
    static func database() throws -> [UInt8] {
        try DatabaseBuilder.build(
            """
            CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT, author INTEGER);
            CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))
            INSERT INTO note SELECT i, 'body ' || i, i % 7 FROM n;
            INSERT INTO author VALUES (1, 'one'), (2, 'two');
            """
        ).main
    }

    static let scan = TableScan(
        "note", as: "n", key: "id", joins: [.init("author", as: "a", on: "id", equals: "n.author")],
        columns: ["n.body", "a.name", "n.column_of_tomorrow"])

    /// The keys that a scan gives, and its notes.
    static func keys(_ bytes: [UInt8]) throws -> (keys: [Int64], notes: [ParseError]) {
        var keys: [Int64] = []
        let database = try SQLiteDatabase(MemorySource(bytes))
        var notes = database.damage
        try database.scan(scan, note: { notes.append($0) }) { key, row in
            keys.append(key)
            let isNull = row.isNull(2)
            #expect(isNull)
        }
        return (keys, notes)
    }

    @Test func `a whole table is read in order, and a column that is not there is null`() throws {
        let (keys, notes) = try SQLiteDatabaseTests.keys(SQLiteDatabaseTests.database())
        #expect(keys == Array(1...Int64(SQLiteDatabaseTests.rows)) && notes.isEmpty)
    }

    @Test func `rows on both sides of an overwritten page are read, and the gap is noted`() throws {
        var bytes = try SQLiteDatabaseTests.database()
        let page = 8 * 512
        for index in page..<page + 512 { bytes[index] = 0xEE }
        let (keys, notes) = try SQLiteDatabaseTests.keys(bytes)
        #expect(keys.contains(1) && keys.contains(Int64(SQLiteDatabaseTests.rows)))
        #expect(keys.count > SQLiteDatabaseTests.rows - 80 && keys.count < SQLiteDatabaseTests.rows)
        #expect(Set(keys).count == keys.count)
        #expect(!notes.isEmpty)
    }

    @Test func `a truncated database gives the rows before the cut and says how much is missing`() throws {
        let bytes = try SQLiteDatabaseTests.database()
        let (keys, notes) = try SQLiteDatabaseTests.keys(Array(bytes.prefix(bytes.count / 2)))
        #expect(keys.count > 50)
        #expect(notes.first?.kind == .truncated)
        #expect(notes.first?.expected.contains("\(bytes.count) bytes") == true)
    }

    @Test func `a damaged look-up table costs the look-ups, not the rows`() throws {
        var bytes = try SQLiteDatabaseTests.database()
        // The second table's only page is its root, page 3.
        for index in 2 * 512..<3 * 512 { bytes[index] = 0xEE }
        let (keys, notes) = try SQLiteDatabaseTests.keys(bytes)
        #expect(keys.count == SQLiteDatabaseTests.rows)
        #expect(!notes.isEmpty)
    }

    @Test func `rows of the write-ahead log are read, and the log is not needed`() throws {
        let built = try DatabaseBuilder.build(
            "CREATE TABLE note (id INTEGER PRIMARY KEY, body); INSERT INTO note VALUES (1, 'main');",
            writeAheadLog: "INSERT INTO note VALUES (2, 'log'); UPDATE note SET body = 'newer' WHERE id = 1;")
        let log = try #require(built.log)
        func bodies(_ log: [UInt8]?) throws -> [String] {
            let database = try SQLiteDatabase(MemorySource(built.main), writeAheadLog: log.map { MemorySource($0) })
            var found: [String] = []
            try database.query("SELECT body FROM note ORDER BY id") { found.append($0.text(0) ?? "") }
            return found
        }
        #expect(try bodies(log) == ["newer", "log"])
        #expect(try bodies(nil) == ["main"])
        #expect(try bodies(Array(log.prefix(40))) == ["main"])
    }

    @Test func `views and virtual tables are no tables`() throws {
        let bytes = try DatabaseBuilder.build(
            """
            CREATE VIEW note AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n;
            """
        ).main
        let database = try SQLiteDatabase(MemorySource(bytes))
        #expect(try !database.hasTable("note"))
        #expect(throws: ParseError.self) { try database.scan(SQLiteDatabaseTests.scan, note: { _ in }) { _, _ in } }
    }

    @Test func `what is not a database is refused in words`() {
        let error = #expect(throws: ParseError.self) { try SQLiteDatabase(MemorySource(Array("not a database".utf8))) }
        #expect(error?.description == "truncated at byte 0: expected a SQLite database header")
    }

    @Test func `a table that leads in a circle ends`() throws {
        var bytes = try SQLiteDatabaseTests.database()
        // Every child pointer of the root page (page 2, an interior page) is made to point at the first child.
        let root = 512
        try #require(bytes[root] == 5)
        let cells = Int(bytes[root + 3]) << 8 | Int(bytes[root + 4])
        let first = root + (Int(bytes[root + 12]) << 8 | Int(bytes[root + 13]))
        for cell in 1..<cells {
            let at = root + (Int(bytes[root + 12 + 2 * cell]) << 8 | Int(bytes[root + 13 + 2 * cell]))
            for byte in 0..<4 { bytes[at + byte] = bytes[first + byte] }
        }
        let (keys, notes) = try SQLiteDatabaseTests.keys(bytes)
        #expect(keys.count < 2 * SQLiteDatabaseTests.rows && !notes.isEmpty)
    }

    @Test func `a look-up that makes rows without end is bounded, and the rows behind it are read`() throws {
        let bytes = try DatabaseBuilder.build(
            """
            CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT, author INTEGER);
            CREATE TABLE author (id INTEGER, name TEXT);
            INSERT INTO note VALUES (1, 'one', 7), (2, 'two', 8);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO author SELECT 7, i FROM n;
            """
        ).main
        let (keys, notes) = try SQLiteDatabaseTests.keys(bytes)
        #expect(keys.count < 2_000 && keys.last == 2)
        #expect(notes.contains { $0.expected.contains("rows of one key") })
    }

    @Test func `a join that no index serves is given up, and the rows are read without it`() throws {
        let bytes = try DatabaseBuilder.build(
            """
            CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT, author INTEGER);
            CREATE TABLE author (name TEXT, id);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO note SELECT i, 'x', i FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO author SELECT 'x', i FROM n;
            """, pageSize: 4_096
        ).main
        let (keys, notes) = try SQLiteDatabaseTests.keys(bytes)
        #expect(keys == Array(1...20_000))
        #expect(notes.contains { $0.kind == .beyondLimit })
    }
}
