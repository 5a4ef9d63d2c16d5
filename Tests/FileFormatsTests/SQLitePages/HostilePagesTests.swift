import Primitives
import TestSupport
import Testing

@testable import FileFormats

/// Databases that were damaged, or made to do harm.
struct HostilePagesTests {
    /// Everything that a reading of a database gives, with what was deleted.
    @discardableResult
    static func readAll(_ main: [UInt8], _ log: [UInt8]? = nil) -> (rows: Int, recovered: Int, notes: [ParseError]) {
        var (rows, recovered) = (0, 0)
        var notes: [ParseError] = []
        do {
            let pages = try SQLitePages(MemorySource(main), writeAheadLog: log.map { MemorySource($0) })
            notes += pages.damage
            for name in pages.tableNames {
                try pages.forEachRow(of: name, note: { notes.append($0) }) { _, row in
                    rows += 1
                    for column in 0..<4 {
                        _ = row.text(column)
                        _ = row.real(column)
                    }
                }
                guard let layout = pages.layout(of: name) else { continue }
                recovered +=
                    RecoverySearch.rows(
                        of: layout, columns: layout.columns.map { $0.name.lowercased() }, in: pages,
                        note: { notes.append($0) }
                    ).count
            }
        } catch let error as ParseError {
            notes.append(error)
        } catch {
            Issue.record("\(error)")
        }
        return (rows, recovered, notes)
    }

    static func database(autoVacuum: String = "FULL") throws -> (main: [UInt8], log: [UInt8]?) {
        try DatabaseBuilder.build(
            """
            PRAGMA auto_vacuum=\(autoVacuum); PRAGMA secure_delete=OFF;
            CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT, number REAL);
            CREATE TABLE keyed (a TEXT PRIMARY KEY, b) WITHOUT ROWID;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)
            INSERT INTO note SELECT i, 'body ' || i, i FROM n;
            INSERT INTO note VALUES (500, hex(zeroblob(700)), 1);
            INSERT INTO keyed SELECT 'key ' || id, id FROM note WHERE id < 60;
            DELETE FROM note WHERE id % 4 = 0; DELETE FROM keyed WHERE b % 3 = 0;
            """, writeAheadLog: "DELETE FROM note WHERE id > 90; INSERT INTO note VALUES (91, 'again', 2);")
    }

    @Test func `a database cut off at any page, and near it, is read as far as it goes`() throws {
        let built = try HostilePagesTests.database()
        let whole = HostilePagesTests.readAll(built.main)
        #expect(whole.notes.isEmpty && whole.rows > 120)
        var last = 0
        for length in stride(from: 0, through: built.main.count, by: 128) {
            let found = HostilePagesTests.readAll(Array(built.main.prefix(length)), built.log)
            #expect(found.rows <= whole.rows)
            last = found.rows
        }
        #expect(last > 0)
    }

    @Test func `seeded changes of bytes end in rows and notes`() throws {
        let built = try HostilePagesTests.database()
        var state: UInt64 = 0x5EED
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for round in 0..<3_000 {
            var (main, log) = (built.main, built.log ?? [])
            for _ in 0..<1 + next(8) {
                let value = [0, 0xFF, 0x7F, 0x80, UInt8(next(256)), 13, 5][next(7)]
                // Half of the changes hit the head of a page, where the structure is.
                var place = next(main.count)
                if next(2) == 0 { place = min(main.count - 1, next(main.count / 512) * 512 + next(40)) }
                main[place] = value
                if next(4) == 0 { log[next(log.count)] = value }
            }
            if round % 2 == 0 { LogSum.repair(&log, pageSize: 512) }
            let found = HostilePagesTests.readAll(main, log)
            #expect(found.rows < 10_000 && found.recovered < 10_000)
        }
    }

    @Test func `every page in turn overwritten costs its rows and no others`() throws {
        let built = try HostilePagesTests.database(autoVacuum: "NONE")
        let whole = HostilePagesTests.readAll(built.main)
        for page in stride(from: 512, to: built.main.count, by: 512) {
            var main = built.main
            for index in page..<page + 512 { main[index] = 0xEE }
            let found = HostilePagesTests.readAll(main)
            let kind = built.main[page]
            // A leaf holds some twenty rows; an interior page or the root of a table more.
            if kind == 13 || kind == 0 { #expect(found.rows >= whole.rows - 30, "page \(page / 512 + 1)") }
            if found.rows < whole.rows { #expect(!found.notes.isEmpty) }
        }
    }

    @Test func `the pointer map leads to the children of an interior page that is gone`() throws {
        let built = try HostilePagesTests.database()
        let root = try #require(stride(from: 512, to: built.main.count, by: 512).first { built.main[$0] == 5 })
        var main = built.main
        for index in root..<root + 512 { main[index] = 0xEE }
        let (whole, found) = (HostilePagesTests.readAll(built.main), HostilePagesTests.readAll(main))
        #expect(found.rows == whole.rows && !found.notes.isEmpty)
    }

    @Test func `pages that lead in a circle are read once`() throws {
        var main = try HostilePagesTests.database(autoVacuum: "NONE").main
        let root = try #require(stride(from: 512, to: main.count, by: 512).first { main[$0] == 5 })
        let cells = Int(main[root + 3]) << 8 | Int(main[root + 4])
        for cell in 0..<cells {
            let at = root + (Int(main[root + 12 + 2 * cell]) << 8 | Int(main[root + 13 + 2 * cell]))
            main[at + 3] = UInt8(root / 512 + 1)
        }
        let found = HostilePagesTests.readAll(main)
        #expect(found.notes.contains { $0.expected.contains("each page once") })
    }

    @Test func `a tree ten thousand pages deep is given up`() throws {
        let built = try DatabaseBuilder.build("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);")
        var main = built.main
        // Each page has no cell and one child: the next page.
        for page in 2...10_000 {
            var bytes = [UInt8](repeating: 0, count: 512)
            bytes[0] = 5
            bytes[5] = 2
            for byte in 0..<4 { bytes[8 + byte] = UInt8(truncatingIfNeeded: (page + 1) >> (24 - 8 * byte)) }
            if page == 2 { main = Array(main.prefix(512)) }
            main += bytes
        }
        let found = HostilePagesTests.readAll(main)
        #expect(found.rows == 0 && found.notes.contains { $0.kind == .beyondLimit })
    }

    /// One page of cells that a test writes itself, as the only page of the table `note`.
    static func page(_ cells: [[UInt8]], more: [[UInt8]] = []) throws -> [UInt8] {
        let built = try DatabaseBuilder.build("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);")
        var page = [UInt8](repeating: 0, count: 512)
        page[0] = 13
        page[4] = UInt8(cells.count)
        var end = 512
        for (index, cell) in cells.enumerated() {
            end -= cell.count
            page.replaceSubrange(end..<end + cell.count, with: cell)
            page[8 + 2 * index] = UInt8(end >> 8)
            page[9 + 2 * index] = UInt8(end & 0xFF)
        }
        page[5] = UInt8(end >> 8)
        page[6] = UInt8(end & 0xFF)
        return Array(built.main.prefix(512)) + page + more.flatMap { $0 }
    }

    @Test func `lengths that no file has are not believed`() throws {
        // 2^62 in nine bytes.
        let huge: [UInt8] = [0xC0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]
        let good: [UInt8] = [5, 9, 3, 0, 17, UInt8(ascii: "h"), UInt8(ascii: "i")]
        let cells: [[UInt8]] = [
            huge + [1, 3, 0, 17], [5, 2] + huge + [0], [13, 3, 11, 0] + huge, [6, 4, 3, 0, 0x83, 0x7F, 1, 1],
            [0x87, 0xFF, 0xFF, 0xFF, 0x7F, 5, 3, 0, 17], [0, 6], good,
        ]
        let found = try HostilePagesTests.readAll(HostilePagesTests.page(cells))
        #expect(found.rows == 1 && !found.notes.isEmpty)
    }

    @Test func `a chain of overflow pages that leads in a circle ends`() throws {
        // A payload of 100,000 bytes whose first overflow page leads to itself.
        var cell: [UInt8] = [0x86, 0x8D, 0x20, 1, 5, 0, 0x8C, 0x9A, 0x43]
        cell += [UInt8](repeating: 0x61, count: Cell.local(100_000, isTable: true, usable: 512) - 5) + [0, 0, 0, 3]
        let found = try HostilePagesTests.readAll(
            HostilePagesTests.page([cell], more: [[0, 0, 0, 3] + [UInt8](repeating: 0x62, count: 508)]))
        #expect(found.rows == 0 && found.notes.contains { $0.expected.contains("overflow") })
    }

    @Test func `a thousand rows that share one long chain do not cost its length a thousand times`() throws {
        var chain: [[UInt8]] = []
        for page in 3..<1_003 {
            let next = page == 1_002 ? 0 : page + 1
            chain.append([0, 0, UInt8(next >> 8), UInt8(next & 0xFF)] + [UInt8](repeating: 0x62, count: 508))
        }
        let total = 508_000
        let local = Cell.local(total, isTable: true, usable: 512)
        let length: [UInt8] = [UInt8(total >> 14) | 0x80, UInt8(total >> 7 & 0x7F) | 0x80, UInt8(total & 0x7F)]
        let type = UInt64(total - 5) * 2 + 13
        let types = [UInt8(type >> 14 & 0x7F) | 0x80, UInt8(type >> 7 & 0x7F) | 0x80, UInt8(type & 0x7F)]
        let cells = (1...9).map { row in
            length + [UInt8(row), 5, 0] + types + [UInt8](repeating: 0x61, count: local - 5) + [0, 0, 0, 3]
        }
        let found = try HostilePagesTests.readAll(HostilePagesTests.page(cells, more: chain))
        #expect(found.rows <= 2 && !found.notes.isEmpty)
    }

    @Test func `a list of free pages that leads in a circle ends`() throws {
        var main = try HostilePagesTests.page([])
        main.replaceSubrange(32..<36, with: [0, 0, 0, 3])
        main += [0, 0, 0, 3, 0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 2, count: 504)
        let found = HostilePagesTests.readAll(main)
        #expect(found.notes.contains { $0.expected.contains("free pages") })
    }

    @Test func `a log of another page size is left out with a note`() throws {
        let built = try HostilePagesTests.database()
        var log = try #require(built.log)
        for (size, byte) in [(1_024, UInt8(4)), (0, 0), (513, 2)] {
            log[10] = byte
            log[11] = size == 513 ? 1 : 0
            LogSum.repair(&log, pageSize: 512)
            let found = HostilePagesTests.readAll(built.main, log)
            #expect(found.rows > 120)
            // A log without one whole frame of its size says nothing that could be left out.
            #expect(size == 1_024 || found.notes.contains { $0.place == "-wal" })
        }
    }

    @Test func `a format of the future is said, and tried`() throws {
        var main = try HostilePagesTests.database().main
        main[19] = 3
        main[47] = 9
        let found = HostilePagesTests.readAll(main)
        #expect(found.rows > 120 && found.notes.count { $0.kind == .unsupported } == 2)
    }

    @Test func `pages that nothing refers to, and are many, are looked through`() throws {
        var main = try HostilePagesTests.page([])
        let leaf: [UInt8] =
            [13, 0, 0, 0, 1, 0, 20, 0, 0, 20] + [UInt8](repeating: 0, count: 10)
            + [5, 9, 3, 0, 17, UInt8(ascii: "h"), UInt8(ascii: "i")] + [UInt8](repeating: 0, count: 485)
        for _ in 0..<20_000 { main += leaf }
        let found = HostilePagesTests.readAll(main)
        // The same row twenty thousand times is one.
        #expect(found.recovered == 1)
    }

    @Test func `statements of a schema that are no statements name no table`() throws {
        let names = [
            "", "CREATE", "CREATE TABLE", "CREATE TABLE x", "CREATE TABLE x(", "CREATE TABLE x()", "CREATE VIEW x(a)",
            "CREATE TABLE x(a,,b)", "CREATE TABLE x(PRIMARY KEY)", "CREATE TABLE x(a DEFAULT", "CREATE TABLE x(a INT(",
            "CREATE TABLE x(a) WITHOUT ROWID", "CREATE VIRTUAL TABLE x USING y(z)", "SELECT 1", "CREATE TABLE x('",
        ]
        for name in names {
            let layout = TableLayout(name: "x", root: 2, statement: Array(name.utf8))
            #expect(layout == nil || !name.hasPrefix("CREATE V"))
        }
        let odd = TableLayout(
            name: "x", root: 2,
            statement: Array("CREATE TABLE x([a b] integer primary key, `c``d` TEXT, 'e' DEFAULT -1)".utf8))
        #expect(odd?.columns.map(\.name) == ["a b", "c`d", "e"] && odd?.alias == 0)
        #expect(odd?.columns.last?.fallback == .value(.integer(-1)))
    }
}
