import Primitives

extension SQLiteDatabase {
    /// Reads a table page by page; false if SQLite has to do it.
    ///
    /// SQLite has to where tables are joined or rows filtered, where a column must be computed, and where the key is a
    /// number that is not the number of the row: then the order is another one.
    func scanPages(
        _ scan: TableScan, note: (ParseError) -> Void,
        row body: (_ key: Int64, _ row: borrowing SQLiteRow) throws -> Void
    ) throws -> Bool {
        guard scan.joins.isEmpty, scan.filter == nil, let pages, let layout = pages.layout(of: scan.table),
            isOrdered(layout, by: scan.key)
        else { return false }
        let names = scan.columns.map { name(of: $0, in: scan.alias) }
        let columns = TableColumns(names, of: layout, encoding: pages.store.header.encoding)
        guard columns.isComplete else { return false }
        report(pages, note)
        try TableReader(layout, columns, in: pages.store).forEachRow(note: note) { row in
            try body(row.pointee.view.row, SQLiteRow(record: row))
        }
        return true
    }

    /// What the pages say of the whole, once.
    private func report(_ pages: SQLitePages, _ note: (ParseError) -> Void) {
        guard !arePagesReported else { return }
        arePagesReported = true
        for damage in pages.damage { note(damage) }
    }

    /// Whether the rows of a table stand in the order of this key.
    private func isOrdered(_ layout: TableLayout, by key: String) -> Bool {
        // A column of a release that this one does not have: then rows have their own numbers at least.
        guard let position = layout.position(of: key.lowercased()), position != layout.alias else { return true }
        // A text is no key: SQLite would read it as zero. The number of the row takes its place.
        return layout.columns[position].affinity == .text
    }

    /// The name of a column without the alias of its table, in lower case; no column's name if the alias is another.
    func name(of column: String, in alias: String) -> String {
        let parts = column.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, parts[0] == alias else { return "" }
        return parts[1].lowercased()
    }

    /// Hands out the rows of a scan that are not live any more.
    func recover(
        _ scan: TableScan, note: (ParseError) -> Void,
        row body: (_ key: Int64, _ row: borrowing SQLiteRow) throws -> Void
    ) throws {
        guard let pages, let layout = pages.layout(of: scan.table) else { return }
        guard scan.filter == nil else {
            return note(ParseError(.unsupported, "a scan without a filter, to recover rows", in: scan.table))
        }
        report(pages, note)
        let wanted = RecoveredJoin.columns(of: scan.alias, in: scan)
        guard !wanted.isEmpty else { return }
        let rows = RecoverySearch.rows(of: layout, columns: wanted, in: pages, note: note)
        guard !rows.isEmpty else { return }
        let join = RecoveredJoin(scan, self, pages)
        for found in rows {
            let row = join.row(found, wanted, note: note)
            try withUnsafePointer(to: row) { pointer in
                try body(row.recovery.row ?? 0, SQLiteRow(recovered: pointer))
            }
        }
    }
}
