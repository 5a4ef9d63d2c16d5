import Primitives
import TestSupport
import Testing

@testable import FileFormats

/// Rows that were deleted and are still there.
struct RecoveryTests {
    struct Found: Hashable {
        var row: Int64?
        var text: String?
        var number: Int64?
        var origin: Recovery.Origin
        var certainty: Recovery.Certainty
        var isEarlierVersion: Bool
    }

    static let table = """
        PRAGMA secure_delete=OFF;
        CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT, number INTEGER);
        """

    /// The recovered rows of the table `note`, and how many live rows came before them.
    static func recovered(_ statements: String, log: String? = nil, pageSize: Int = 512) throws -> (
        live: Int, found: [Found]
    ) {
        let built = try DatabaseBuilder.build(statements, writeAheadLog: log, pageSize: pageSize)
        return try recovered(built.main, built.log)
    }

    static func recovered(_ main: [UInt8], _ log: [UInt8]?) throws -> (live: Int, found: [Found]) {
        let database = try SQLiteDatabase(MemorySource(main), writeAheadLog: log.map { MemorySource($0) })
        var found: [Found] = []
        var live = 0
        let scan = TableScan("note", as: "n", key: "id", columns: ["n.body", "n.number"], recovering: true)
        try database.scan(scan, note: { _ in }) { _, row in
            guard let recovery = row.recovery else {
                #expect(found.isEmpty)
                live += 1
                return
            }
            found.append(
                Found(
                    row: row.number, text: row.text(0), number: row.integer(1), origin: recovery.origin,
                    certainty: recovery.certainty, isEarlierVersion: recovery.isEarlierVersion))
            // What is said to lie there lies there.
            let source = recovery.frame == nil ? main : log ?? []
            #expect(recovery.offset < source.count && recovery.offset > 0)
        }
        return (live, found)
    }

    @Test func `a row in a free block is found without its number`() throws {
        let (live, found) = try RecoveryTests.recovered(
            RecoveryTests.table + """
                INSERT INTO note VALUES (1, 'first', 10), (2, 'second row', 20), (3, 'third', 30), (4, 'fourth', 40);
                DELETE FROM note WHERE id = 2;
                """)
        #expect(live == 3)
        #expect(
            found == [
                Found(
                    row: nil, text: "second row", number: 20, origin: .freeBlock, certainty: .likely,
                    isEarlierVersion: false)
            ])
    }

    @Test func `a row at the edge of the free space is found`() throws {
        let (live, found) = try RecoveryTests.recovered(
            RecoveryTests.table + """
                INSERT INTO note VALUES (1, 'first', 10), (2, 'second', 20), (3, 'the last row', 30);
                DELETE FROM note WHERE id = 3;
                """)
        #expect(live == 2 && found.map(\.text) == ["the last row"])
        // Whether the head of a block is written where the free space begins depends on the version of SQLite.
        let row = try #require(found.first)
        #expect(row.row == 3 ? row.certainty == .certain : row.row == nil && row.certainty == .likely)
        #expect(row.origin == .unallocatedSpace && row.number == 30)
    }

    @Test func `every length of what is overwritten is read`() throws {
        // Numbers of one to nine bytes, payloads whose length takes one and two.
        for number: Int64 in [5, 127, 128, 16_383, 16_384, 3_000_000, 1 << 40, .max - 5] {
            for length in [3, 60, 110, 119, 120, 121, 122, 123, 124, 125, 200] {
                let (live, found) = try RecoveryTests.recovered(
                    RecoveryTests.table + """
                        INSERT INTO note VALUES (\(number - 1), 'before', 1),
                            (\(number), '\(String(repeating: "q", count: length))', 77), (\(number + 1), 'after', 3);
                        DELETE FROM note WHERE id = \(number);
                        """, pageSize: 1_024)
                #expect(live == 2 && found.count == 1, "\(number) \(length)")
                #expect(found.first?.text == String(repeating: "q", count: length))
                #expect(found.first?.number == 77 && found.first?.certainty == .likely)
                #expect(found.first?.row == nil)
            }
        }
    }

    @Test func `rows whose blocks were joined are found, each once`() throws {
        for order in [[2, 3, 4], [4, 3, 2], [3, 2, 4], [2, 4, 3]] {
            let (live, found) = try RecoveryTests.recovered(
                RecoveryTests.table + """
                    INSERT INTO note VALUES (1, 'first', 10), (2, 'second row', 20), (3, 'third row here', 30),
                        (4, 'fourth one', 40), (5, 'fifth', 50);
                    """ + order.map { "DELETE FROM note WHERE id = \($0);" }.joined())
            #expect(live == 2)
            #expect(Set(found.map(\.text)) == ["second row", "third row here", "fourth one"], "\(order) \(found)")
            #expect(found.count == 3)
        }
    }

    @Test func `a table that was emptied is found in the free pages`() throws {
        let (live, found) = try RecoveryTests.recovered(
            RecoveryTests.table + """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
                INSERT INTO note SELECT i, 'body number ' || i, i * 3 FROM n;
                DELETE FROM note;
                """)
        #expect(live == 0)
        let numbers = Set(found.compactMap(\.row))
        // The pages that hold the list of free pages lose their beginning.
        #expect(numbers.count > 250 && numbers.isSubset(of: Set(1...300)))
        for row in found {
            #expect(row.text == row.number.map { "body number \($0 / 3)" } && row.isEarlierVersion == false)
            #expect(row.row == nil || row.row.map { $0 * 3 } == row.number)
            #expect(row.origin == .freePage || row.origin == .unallocatedSpace)
        }
        #expect(found.allSatisfy { $0.certainty == .certain || $0.row == nil })
    }

    @Test func `live rows are never recovered, however often their pages were rewritten`() throws {
        let (live, found) = try RecoveryTests.recovered(
            RecoveryTests.table + """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
                INSERT INTO note SELECT (i * 7919) % 10007, 'body number ' || i, i FROM n;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
                INSERT INTO note SELECT 20000 - i, 'late ' || i, i FROM n;
                """, log: "INSERT INTO note VALUES (30000, 'log', 1); INSERT INTO note VALUES (30001, 'log', 2);")
        #expect(live == 602 && found.isEmpty)
    }

    @Test func `earlier versions of a row are told from rows that are gone`() throws {
        let (live, found) = try RecoveryTests.recovered(
            RecoveryTests.table + "INSERT INTO note VALUES (1, 'first', 1), (2, 'second', 2), (3, 'third', 3);",
            log: """
                UPDATE note SET body = 'FIRST' WHERE id = 1;
                INSERT INTO note VALUES (4, 'fourth', 4);
                DELETE FROM note WHERE id = 4;
                UPDATE note SET body = 'Third' WHERE id = 3;
                DELETE FROM note WHERE id = 2;
                """)
        #expect(live == 2)
        let whole = Set(found.filter { $0.row != nil }.map { "\($0.row ?? 0) \($0.text ?? "") \($0.isEarlierVersion)" })
        #expect(whole.isSuperset(of: ["1 first true", "2 second false", "4 fourth false", "3 third true"]))
        #expect(found.count == whole.count, "\(found)")
        let origins = Set(found.map(\.origin))
        #expect(origins.isSuperset(of: [.supersededFrame]))
        #expect(found.first { $0.text == "fourth" }?.certainty == .certain)
    }

    @Test func `a transaction that was not committed is said to be none`() throws {
        let built = try DatabaseBuilder.build(
            RecoveryTests.table + "INSERT INTO note VALUES (1, 'first', 1);",
            writeAheadLog:
                "INSERT INTO note VALUES (2, 'committed', 2); INSERT INTO note VALUES (3, 'not committed', 3);")
        var log = try #require(built.log)
        // The last frame is made one that commits nothing, with a sum that is right, as after a crash.
        let frames = (log.count - 32) / 536
        let last = 32 + (frames - 1) * 536
        for index in last + 4..<last + 8 { log[index] = 0 }
        LogSum.repair(&log, pageSize: 512)
        let (live, found) = try RecoveryTests.recovered(built.main, log)
        #expect(live == 2)
        #expect(found.map(\.text) == ["not committed"] && found.map(\.origin) == [.uncommittedFrame])
        // With other salts it is what an earlier use of the log left.
        log[last + 8] ^= 1
        let (_, older) = try RecoveryTests.recovered(built.main, log)
        #expect(older.map(\.text) == ["not committed"] && older.map(\.origin) == [.earlierFrame])
    }

    @Test func `a page that nothing refers to gives its rows`() throws {
        let built = try DatabaseBuilder.build(
            RecoveryTests.table + """
                CREATE TABLE other (a, b);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
                INSERT INTO note SELECT i, 'body number ' || i, i FROM n;
                """)
        // A copy of a leaf page, with other numbers, behind the end.
        var main = built.main
        let leaf = try #require(stride(from: 512, to: main.count, by: 512).first { main[$0] == 13 && main[$0 + 4] > 3 })
        var copy = Array(main[leaf..<leaf + 512])
        for index in 0..<508 where copy[index..<index + 4].elementsEqual("body".utf8) {
            copy[index] = UInt8(ascii: "B")
        }
        main += copy
        let (live, found) = try RecoveryTests.recovered(main, nil)
        #expect(live == 200 && found.count > 3)
        for row in found {
            #expect(row.text?.hasPrefix("Body number") == true && row.certainty == .certain)
            #expect(row.origin == .unreferencedPage && row.isEarlierVersion)
        }
    }

    @Test func `rows that another table could hold are only possible`() throws {
        let (_, found) = try RecoveryTests.recovered(
            RecoveryTests.table + """
                CREATE TABLE twin (id INTEGER PRIMARY KEY, title TEXT, count INTEGER);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
                INSERT INTO twin SELECT i, 'title ' || i, i FROM n;
                DELETE FROM twin;
                """)
        #expect(!found.isEmpty && found.allSatisfy { $0.certainty == .possible })
        // A table of another shape keeps its rows to itself.
        let (_, none) = try RecoveryTests.recovered(
            RecoveryTests.table + """
                CREATE TABLE other (id INTEGER PRIMARY KEY, title TEXT, count INTEGER, more TEXT);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
                INSERT INTO other SELECT i, 'title ' || i, i, 'more' FROM n;
                DELETE FROM other;
                """)
        #expect(none.isEmpty)
    }

    @Test func `a long row comes with its overflow pages, or without the columns that are gone`() throws {
        let text = String(repeating: "long text ", count: 200)
        let statements =
            RecoveryTests.table + """
                INSERT INTO note VALUES (1, 'first', 10), (2, '\(text)', 20), (3, 'third', 30);
                DELETE FROM note WHERE id = 2;
                """
        let (_, found) = try RecoveryTests.recovered(statements)
        // The first overflow page became the list of free pages, so the chain is broken.
        #expect(found.allSatisfy { $0.text == nil || $0.text == text })
        let (_, kept) = try RecoveryTests.recovered(
            RecoveryTests.table + "INSERT INTO note VALUES (1, 'first', 10), (2, '\(text)', 20), (3, 'third', 30);",
            log: "DELETE FROM note WHERE id = 2;")
        #expect(kept.contains { $0.text == nil && $0.certainty == .possible } || kept.contains { $0.text == text })
    }

    @Test func `columns that are joined come from live rows, and from those that went with them`() throws {
        let built = try DatabaseBuilder.build(
            """
            PRAGMA secure_delete=OFF;
            CREATE TABLE visit (id INTEGER PRIMARY KEY, item INTEGER, moment REAL);
            CREATE TABLE item (id INTEGER PRIMARY KEY, url TEXT, count INTEGER, more TEXT);
            INSERT INTO item VALUES (1, 'https://live.example', 1, 'a'), (2, 'https://gone.example', 2, 'b'),
                (3, 'https://also.example', 2, 'c');
            INSERT INTO visit VALUES (1, 1, 1.5), (2, 1, 2.5), (3, 2, 3.5), (4, 3, 4.5), (5, 2, 5.5);
            """,
            writeAheadLog: """
                DELETE FROM visit WHERE id IN (5, 2); DELETE FROM item WHERE id = 3; DELETE FROM visit WHERE id = 4;
                """)
        let database = try SQLiteDatabase(
            MemorySource(built.main), writeAheadLog: built.log.map { MemorySource($0) })
        var found: [String] = []
        let scan = TableScan(
            "visit", as: "v", key: "id", joins: [.init("item", as: "i", on: "id", equals: "v.item")],
            columns: ["v.moment", "i.url"], recovering: true)
        try database.scan(scan, note: { found.append("\($0)") }) { key, row in
            let certainty = row.recovery?.certainty.rawValue ?? "live"
            found.append("\(row.real(0) ?? 0) \(row.text(1) ?? "none") \(certainty)")
        }
        #expect(found.prefix(2) == ["1.5 https://live.example live", "3.5 https://gone.example live"])
        #expect(
            Set(found.dropFirst(2)) == [
                "2.5 https://live.example certain", "4.5 https://also.example certain",
                "5.5 https://gone.example certain",
            ])
    }

    @Test func `random bytes in unused space are no rows`() throws {
        let built = try DatabaseBuilder.build(
            RecoveryTests.table + "CREATE TABLE pair (a INTEGER, b INTEGER); INSERT INTO pair VALUES (1, 2);"
                + "INSERT INTO note VALUES (1, 'first', 10), (2, 'second', 20);")
        var state: UInt64 = 0xACC1DE17
        var total = 0
        for _ in 0..<300 {
            var main = built.main
            for index in 512 + 20..<1_024 - 40 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // Small numbers are what heads of records are made of.
                main[index] = UInt8(truncatingIfNeeded: state >> 40) & (index % 3 == 0 ? 0xFF : 0x0F)
            }
            let (live, found) = try RecoveryTests.recovered(main, nil)
            #expect(live == 2)
            total += found.count
        }
        // A head that fits, with text that is text, comes about by accident in one page of a hundred at most.
        #expect(total <= 3, "\(total)")
    }

    @Test func `a scan that does not ask gets live rows only`() throws {
        let built = try DatabaseBuilder.build(
            RecoveryTests.table
                + "INSERT INTO note VALUES (1, 'first', 10), (2, 'second', 20); DELETE FROM note WHERE id = 1;"
        )
        var rows = 0
        try SQLiteDatabase(MemorySource(built.main)).scan(
            TableScan("note", as: "n", key: "id", columns: ["n.body"]), note: { _ in }
        ) { _, row in
            rows += 1
            #expect(row.recovery == nil)
        }
        #expect(rows == 1)
    }
}

/// The sums of a write-ahead log, worked out once more.
enum LogSum {
    static func repair(_ log: inout [UInt8], pageSize: Int) {
        let isBigEndian = log[3] & 1 == 1
        var (one, two): (UInt32, UInt32) = (0, 0)
        func word(_ index: Int) -> UInt32 {
            let bytes = log[index..<index + 4]
            return isBigEndian
                ? bytes.reduce(0) { $0 << 8 | UInt32($1) } : bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        func add(_ range: Range<Int>) {
            for index in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
                one = one &+ word(index) &+ two
                two = two &+ word(index + 4) &+ one
            }
        }
        func store(_ at: Int) {
            for (offset, sum) in [(0, one), (4, two)] {
                for byte in 0..<4 { log[at + offset + byte] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * byte)) }
            }
        }
        add(0..<24)
        store(24)
        for frame in stride(from: 32, to: log.count - 23 - pageSize, by: pageSize + 24) {
            add(frame..<frame + 8)
            add(frame + 24..<frame + 24 + pageSize)
            store(frame + 16)
        }
    }
}
