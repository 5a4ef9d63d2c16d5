import Foundation
import Primitives
import TestSupport
import Testing

@testable import FileFormats

/// The page reader beside SQLite, on databases that are whole.
struct PageReadingTests {
    /// Tables of every kind, with rows that were deleted and changed.
    static func statements(autoVacuum: String, encoding: String) -> String {
        """
        PRAGMA auto_vacuum=\(autoVacuum); PRAGMA encoding='\(encoding)'; PRAGMA secure_delete=OFF;
        CREATE TABLE plain (id INTEGER PRIMARY KEY, name TEXT, number REAL, whole INTEGER, body BLOB, loose);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
        INSERT INTO plain SELECT i * 3, 'näme ' || i, i * 0.5, (i - 150) * i * i * i * 31, zeroblob(i % 9), i FROM n;
        INSERT INTO plain VALUES (-9223372036854775808, '', 1e300, -9223372036854775808, x'', -1),
            (9223372036854775807, '𐐷 Ω', -0.0, 9223372036854775807, x'00ff', 9e999),
            (-1, NULL, NULL, NULL, NULL, 0), (2, 'x', 'no number', 'no number', 'text', x'01'), (4, 5, 5, 5.5, 5, -9e999);
        INSERT INTO plain (whole) VALUES (127), (128), (-128), (-129), (32767), (32768), (8388607), (8388608), (-8388609),
            (2147483647), (2147483648), (140737488355327), (140737488355328), (-140737488355329);
        CREATE TABLE "long texts" (a INTEGER, [the text] TEXT, c);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
        INSERT INTO "long texts" SELECT i, replace(hex(zeroblob(i * i * 3)), '00', 'äb' || i), 'end ' || i FROM n;
        CREATE TABLE keyed (a TEXT, b INTEGER, c REAL, d BLOB, PRIMARY KEY (b DESC, a, b)) WITHOUT ROWID;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
        INSERT INTO keyed SELECT 'k' || i, i % 17, i, zeroblob(i * 5) FROM n;
        CREATE TABLE named (guid TEXT PRIMARY KEY, "primary" INT, CHECK ("primary" < 1000), UNIQUE (guid, "primary"));
        INSERT INTO named VALUES ('b', 1), ('a', 2);
        CREATE TABLE descending (id INTEGER PRIMARY KEY DESC, x /* a, comment ) */ VARCHAR(10, 2) DEFAULT (1 + 1));
        INSERT INTO descending VALUES (5, 'five'), (4, 'four');
        CREATE TABLE turned (id INTEGER, x, PRIMARY KEY (id DESC)); INSERT INTO turned VALUES (7, 7), (6, 6);
        CREATE TABLE made (a INTEGER, b AS (a * 2), c TEXT GENERATED ALWAYS AS ('v' || a) STORED, d);
        INSERT INTO made (a, d) VALUES (1, 'd'), (2, 'dd');
        CREATE TABLE made_keyed (a, b AS (a || 1) VIRTUAL, c, d, PRIMARY KEY (d, a)) WITHOUT ROWID;
        INSERT INTO made_keyed (a, c, d) VALUES (1, 2, 3), (4, 5, 6);
        CREATE TABLE exact (a INT, b ANY, c REAL, d TEXT NOT NULL) STRICT; INSERT INTO exact VALUES (1, '2', 3, '4');
        CREATE TABLE copied AS SELECT id, name, number FROM plain WHERE id > 800;
        CREATE TABLE grown (id INTEGER PRIMARY KEY, a);
        INSERT INTO grown VALUES (1, 'old'), (2, 'older');
        ALTER TABLE grown ADD COLUMN b TEXT DEFAULT 5;
        ALTER TABLE grown ADD COLUMN c INTEGER DEFAULT '7';
        INSERT INTO grown (a) VALUES ('middle');
        ALTER TABLE grown ADD COLUMN d REAL DEFAULT 3;
        ALTER TABLE grown ADD COLUMN e BLOB DEFAULT x'0102';
        ALTER TABLE grown ADD COLUMN f DEFAULT 'it''s ä';
        ALTER TABLE grown ADD COLUMN g NOT NULL DEFAULT -4.5;
        ALTER TABLE grown ADD COLUMN h NUMERIC DEFAULT 4.0;
        ALTER TABLE grown ADD COLUMN i BOOLEAN DEFAULT TRUE;
        ALTER TABLE grown ADD COLUMN j INTEGER DEFAULT 0xFF;
        ALTER TABLE grown ADD COLUMN k TEXT DEFAULT word CHECK (k <> 'x');
        ALTER TABLE grown ADD COLUMN l REAL DEFAULT '1.5';
        ALTER TABLE grown ADD COLUMN m REFERENCES plain (id);
        INSERT INTO grown (a) VALUES ('new');
        CREATE TABLE empty (a, b);
        CREATE INDEX of_plain ON plain (name, whole);
        CREATE VIEW seen AS SELECT 1;
        CREATE VIRTUAL TABLE words USING fts5(body); INSERT INTO words VALUES ('one two');
        CREATE TABLE gone (a); INSERT INTO gone VALUES (zeroblob(5000)); DROP TABLE gone;
        DELETE FROM plain WHERE id % 5 = 0; UPDATE plain SET name = name || ' changed' WHERE id % 7 = 0;
        DELETE FROM "long texts" WHERE a % 4 = 0; DELETE FROM keyed WHERE b = 3;
        """
    }

    static let log = """
        INSERT INTO plain (name, number) VALUES ('in the log', 2);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
        INSERT INTO plain (name, body) SELECT 'log ' || i, zeroblob(i * 20) FROM n;
        UPDATE "long texts" SET "the text" = 'short' WHERE a < 9; DELETE FROM plain WHERE id % 7 = 1;
        CREATE TABLE later (x); INSERT INTO later VALUES (1); DROP TABLE named;
        """

    @Test(arguments: [512, 1_024, 4_096, 32_768, 65_536], ["UTF-8", "UTF-16le", "UTF-16be"])
    func `every row and value is what SQLite says, at every page size and encoding`(pageSize: Int, encoding: String)
        throws
    {
        for autoVacuum in ["NONE", "FULL", "INCREMENTAL"] {
            for logged in [nil, PageReadingTests.log] {
                let built = try DatabaseBuilder.build(
                    PageReadingTests.statements(autoVacuum: autoVacuum, encoding: encoding), writeAheadLog: logged,
                    pageSize: pageSize)
                let compared = try PageComparison(MemorySource(built.main), built.log.map { MemorySource($0) })
                #expect(compared.notes.isEmpty)
                #expect(compared.tables >= 17 && compared.rows > 450)
            }
        }
    }

    @Test func `pages with reserved bytes are read`() throws {
        for reserved: Int32 in [1, 12, 32] {
            let built = try DatabaseBuilder.build(
                PageReadingTests.statements(autoVacuum: "FULL", encoding: "UTF-8"), writeAheadLog: PageReadingTests.log,
                reserved: reserved)
            #expect(built.main[20] == UInt8(reserved))
            let compared = try PageComparison(MemorySource(built.main), built.log.map { MemorySource($0) })
            #expect(compared.notes.isEmpty && compared.rows > 450)
        }
    }

    @Test func `a log that was cut off or changed counts up to its last whole transaction`() throws {
        let built = try DatabaseBuilder.build(
            "CREATE TABLE t (a); INSERT INTO t VALUES ('main');",
            writeAheadLog: (1...20).map { "INSERT INTO t VALUES ('log \($0)');" }.joined())
        let log = try #require(built.log)
        var counts: Set<Int> = []
        for length in stride(from: 0, to: log.count, by: 97) {
            counts.insert(try PageComparison(MemorySource(built.main), MemorySource(Array(log.prefix(length)))).rows)
            var changed = log
            changed[length] ^= 0x10
            // A header that contradicts itself is another thing: SQLite then reads what it finds.
            if length >= 32 { _ = try PageComparison(MemorySource(built.main), MemorySource(changed)) }
        }
        #expect(counts.contains(1) && counts.count > 10)
    }

    @Test func `surrogates that stand alone become what SQLite makes of them`() throws {
        for encoding in ["UTF-16le", "UTF-16be"] {
            let built = try DatabaseBuilder.build(
                """
                PRAGMA encoding='\(encoding)'; CREATE TABLE t (a TEXT);
                INSERT INTO t SELECT CAST(x'00D8' AS TEXT) UNION ALL SELECT CAST(x'D800' AS TEXT)
                UNION ALL SELECT CAST(x'D8004100' AS TEXT) UNION ALL SELECT CAST(x'00D84100DC00' AS TEXT)
                UNION ALL SELECT CAST(x'00DC41' AS TEXT) UNION ALL SELECT CAST(x'0041D83DDE00' AS TEXT);
                """)
            _ = try PageComparison(MemorySource(built.main))
        }
    }

    @Test func `virtual tables are counted and not read, computed columns are named`() throws {
        let built = try DatabaseBuilder.build(PageReadingTests.statements(autoVacuum: "NONE", encoding: "UTF-8"))
        let pages = try SQLitePages(MemorySource(built.main))
        #expect(pages.virtualTables == 1 && !pages.tableNames.contains("words"))
        #expect(pages.computedColumns(of: "made") == ["b"])
        #expect(throws: ParseError.self) { try pages.forEachRow(of: "words", note: { _ in }) { _, _ in } }
    }

    @Test func `a scan by pages gives what a scan by SQLite gives`() throws {
        let built = try DatabaseBuilder.build(PageReadingTests.statements(autoVacuum: "NONE", encoding: "UTF-8"))
        func rows(_ scan: TableScan) throws -> [String] {
            var rows: [String] = []
            try SQLiteDatabase(MemorySource(built.main)).scan(scan, note: { rows.append("\($0)") }) { key, row in
                let values = (0..<5).map { row.copy($0) }
                rows.append("\(key) \(values)")
            }
            return rows
        }
        let columns = ["p.name", "p.NUMBER", "p.rowid", "p.of_tomorrow", "q.name"]
        let found = try rows(TableScan("plain", as: "p", key: "id", columns: columns))
        // A filter makes SQLite do it.
        #expect(try found == rows(TableScan("plain", as: "p", key: "id", columns: columns, where: "1")))
        #expect(found.count > 250)
    }

    @Test func `tables without row numbers and with text for a key are read`() throws {
        let built = try DatabaseBuilder.build(PageReadingTests.statements(autoVacuum: "NONE", encoding: "UTF-8"))
        let database = try SQLiteDatabase(MemorySource(built.main))
        var found: [String] = []
        try database.scan(
            TableScan("named", as: "n", key: "guid", columns: ["n.guid"]), note: { found.append("\($0)") }
        ) {
            found.append("\($0) \($1.text(0) ?? "")")
        }
        #expect(found == ["1 b", "2 a"])
        found = []
        try database.scan(TableScan("made_keyed", as: "m", columns: ["m.d"]), note: { found.append("\($0)") }) {
            found.append("\($0) \($1.integer(0) ?? 0)")
        }
        #expect(found == ["1 3", "2 6"])
    }

    /// Databases that devices wrote; not part of the package. They lie beside it, or where `BRIDLE_SAMPLES` says.
    static let samples: [String] = {
        let package = Fixture.root.deletingLastPathComponent().deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["BRIDLE_SAMPLES"].map { URL(fileURLWithPath: $0) }
            ?? package.deletingLastPathComponent().appending(path: "shared/samples")
        let found = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
        return found.filter { path in
            let name = path.lowercased()
            return [".sqlite", ".plsql", ".db", ".sqlitedb", ".storedata"].contains { name.hasSuffix($0) }
        }.sorted().map { folder.appending(path: $0).path }
    }()

    @Test(.enabled(if: !samples.isEmpty, "no samples beside the package"))
    func `databases that devices wrote read the same`() throws {
        var tables = 0
        for path in PageReadingTests.samples {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            guard bytes.starts(with: Array("SQLite format 3".utf8)) else { continue }
            let log = (try? Data(contentsOf: URL(fileURLWithPath: path + "-wal"))).map { MemorySource(Array($0)) }
            let compared = try PageComparison(MemorySource(bytes), log)
            #expect(compared.notes.isEmpty, "\(path)")
            tables += compared.tables
        }
        #expect(tables > 0)
    }
}
