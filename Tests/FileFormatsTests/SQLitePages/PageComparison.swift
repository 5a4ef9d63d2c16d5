import Primitives
import TestSupport
import Testing

@testable import FileFormats

/// Compares what the page reader says of a database with what SQLite says, row for row and value for value.
struct PageComparison {
    var tables = 0
    var rows = 0
    var notes: [ParseError] = []

    /// Compares every table that SQLite lists and can read without code of an application.
    init(_ main: any ByteSource, _ log: (any ByteSource)? = nil, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let library = try SQLiteDatabase(main, writeAheadLog: log)
        let pages = try SQLitePages(main, writeAheadLog: log)
        notes += pages.damage
        var names: [String] = ["sqlite_master"]
        try library.query("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY rowid") {
            names.append($0.text(0) ?? "")
        }
        #expect(Set(pages.tableNames).isSubset(of: names), sourceLocation: sourceLocation)
        for name in names.dropFirst() {
            let columns = pages.columns(of: name)
            var expected: [[SQLiteValue]] = []
            let computed = Set(pages.computedColumns(of: name))
            let list = columns.map { computed.contains($0) ? "NULL" : "\"\($0)\"" }.joined(separator: ", ")
            // The rows stand in the order of the table's own tree, not in that of an index that would do.
            let layout = try #require(pages.layout(of: name), "\(name)", sourceLocation: sourceLocation)
            let number = layout.isWithoutRowIdentifier ? "" : ", rowid"
            try library.query("SELECT \(list)\(number) FROM \"\(name)\" NOT INDEXED") { row in
                expected.append((0..<columns.count + (number.isEmpty ? 0 : 1)).map { row.copy($0) })
            }
            var index = 0
            try pages.forEachRow(of: name, note: { notes.append($0) }) { number, row in
                defer { index += 1 }
                guard index < expected.count else { return }
                let found = (0..<columns.count).map { row.copy($0) }
                let wanted = expected[index]
                let isEqual =
                    found.elementsEqual(wanted.prefix(columns.count), by: PageComparison.isEqual)
                    && (layout.isWithoutRowIdentifier || wanted.last == .integer(number))
                if !isEqual {
                    Issue.record("\(name), row \(index): \(found) is not \(wanted)", sourceLocation: sourceLocation)
                }
                // What the row says of itself must agree with the copy.
                for column in 0..<columns.count {
                    let isNull = row.isNull(column)
                    #expect(isNull == (found[column] == .null))
                }
            }
            #expect(index == expected.count, "rows of \(name)", sourceLocation: sourceLocation)
            rows += expected.count
            tables += 1
        }
    }

    /// Equal to the last bit: SQLite keeps the sign of a zero.
    static func isEqual(_ left: SQLiteValue, _ right: SQLiteValue) -> Bool {
        if case .real(let one) = left, case .real(let two) = right { return one.bitPattern == two.bitPattern }
        return left == right
    }
}
