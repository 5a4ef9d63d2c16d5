import CSQLite
import FileFormats
import Foundation
import Primitives

/// Measures the page reader against `sqlite3_step` on one table, in one process, in turns.
enum PageReading {
    /// A file that is read where it is asked for.
    private final class File: ByteSource {
        let count: Int
        private let descriptor: Int32

        init(_ path: String) throws {
            descriptor = open(path, O_RDONLY)
            guard descriptor >= 0 else { throw PageReadingFailure(description: "\(path) can't be opened") }
            count = Int(lseek(descriptor, 0, SEEK_END))
        }

        deinit { close(descriptor) }

        func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
            max(0, pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)))
        }
    }

    /// Makes a database of so many rows with four columns and measures three rounds; returns the lines to print.
    static func measure(rows: Int) throws -> [String] {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("bridle-pages-\(getpid()).db").path
        defer { unlink(path) }
        var handle: OpaquePointer?
        guard sqlite3_open(path, &handle) == SQLITE_OK else {
            throw PageReadingFailure(description: "\(path) can't be made")
        }
        let statement = """
            PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
            CREATE TABLE visit (id INTEGER PRIMARY KEY, url TEXT, item INTEGER, moment REAL);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))
            INSERT INTO visit SELECT i, 'https://www.example.org/path/' || i, i % 1000, 600000000.5 + i FROM n;
            """
        let code = sqlite3_exec(handle, statement, nil, nil, nil)
        sqlite3_close(handle)
        guard code == SQLITE_OK else { throw PageReadingFailure(description: "a table can't be made") }
        var lines: [String] = []
        for asksForStrings in [false, true] {
            var ratios: [Double] = []
            for round in 1...3 {
                let library = try time { try step(path, asksForStrings) }
                let pages = try time { try walk(path, asksForStrings) }
                guard library.sum == pages.sum else { throw PageReadingFailure(description: "the readings differ") }
                ratios.append(library.seconds / pages.seconds)
                func millions(_ seconds: Double) -> String { String(format: "%.1f", Double(rows) / seconds / 1e6) }
                lines.append(
                    "text as \(asksForStrings ? "String" : "bytes "), round \(round): sqlite3_step "
                        + "\(millions(library.seconds)) M rows a CPU second, pages \(millions(pages.seconds)) M, "
                        + "ratio \(String(format: "%.1f", ratios[round - 1]))")
            }
            lines.append("median ratio \(String(format: "%.1f", ratios.sorted()[1]))")
        }
        return lines
    }

    private static func time(_ work: () throws -> Int) rethrows -> (sum: Int, seconds: Double) {
        let start = clock()
        let sum = try work()
        return (sum, Double(clock() - start) / Double(CLOCKS_PER_SEC))
    }

    /// The loop that a C program would write.
    private static func step(_ path: String, _ asksForStrings: Bool) throws -> Int {
        var (handle, statement): (OpaquePointer?, OpaquePointer?)
        guard
            sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK,
            sqlite3_prepare_v2(handle, "SELECT id, url, item, moment FROM visit", -1, &statement, nil) == SQLITE_OK
        else { throw PageReadingFailure(description: "the table can't be read") }
        defer {
            sqlite3_finalize(statement)
            sqlite3_close_v2(handle)
        }
        var sum = 0
        while sqlite3_step(statement) == SQLITE_ROW {
            sum &+= Int(sqlite3_column_int64(statement, 0)) &+ Int(sqlite3_column_int64(statement, 2))
            sum &+= sqlite3_column_double(statement, 3) > 600_001_000 ? 1 : 0
            guard let text = sqlite3_column_text(statement, 1) else { continue }
            let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, 1)))
            sum &+= asksForStrings ? String(decoding: bytes, as: UTF8.self).utf8.count : bytes.count
        }
        return sum
    }

    private static func walk(_ path: String, _ asksForStrings: Bool) throws -> Int {
        var sum = 0
        let pages = try SQLitePages(File(path))
        try pages.forEachRow(of: "visit", columns: ["id", "url", "item", "moment"], note: { _ in }) { _, row in
            sum &+= Int(row.integer(0) ?? 0) &+ Int(row.integer(2) ?? 0)
            sum &+= (row.real(3) ?? 0) > 600_001_000 ? 1 : 0
            if asksForStrings {
                sum &+= row.text(1)?.utf8.count ?? 0
            } else {
                sum &+= row.withBytes(1) { $0.count } ?? 0
            }
        }
        return sum
    }
}

/// What went wrong with the measurement.
struct PageReadingFailure: Error, CustomStringConvertible {
    let description: String
}
