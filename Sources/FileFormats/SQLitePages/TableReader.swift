import Primitives

/// Reads the rows of one table in the order of its b-tree, page by page.
final class TableReader {
    let layout: TableLayout
    private let store: PageStore
    private let columns: TableColumns
    private let overflow: OverflowReader
    private let walk: TreeWalk
    private let record: UnsafeMutablePointer<RecordRow>
    /// How many columns of each record are looked at.
    private let limit: Int
    /// Whether values are wanted, and not only what kinds of values there are.
    private let wantsValues: Bool

    /// The pages that were reached.
    var visited: PageSet { walk.visited }
    /// Pages of the table that could not be read.
    var lost: [Int] { walk.lost }

    /// Reads the wanted columns.
    convenience init(_ layout: TableLayout, _ columns: TableColumns, in store: PageStore) {
        self.init(layout, columns, in: store, limit: columns.limit, wantsValues: true)
    }

    /// Reads what kinds of values every column holds, and none of the values: overflow pages are left alone.
    convenience init(kindsOf layout: TableLayout, _ columns: TableColumns, in store: PageStore) {
        self.init(layout, columns, in: store, limit: layout.storedCount, wantsValues: false)
    }

    private init(
        _ layout: TableLayout, _ columns: TableColumns, in store: PageStore, limit: Int, wantsValues: Bool
    ) {
        self.layout = layout
        self.store = store
        self.columns = columns
        self.limit = limit
        self.wantsValues = wantsValues
        overflow = OverflowReader(store)
        walk = TreeWalk(store, name: layout.name, isTable: !layout.isWithoutRowIdentifier)
        record = .allocate(capacity: 1)
        record.initialize(
            to: RecordRow(
                view: RecordView(columns: limit), slots: columns.slots, count: columns.count,
                encoding: store.header.encoding))
    }

    deinit {
        record.pointee.view.deallocate()
        record.deallocate()
    }

    /// Lends every row; `leaf` is called before the rows of each leaf page.
    ///
    /// Rows of a table that has no row numbers are counted from 1 in the order of the primary key.
    func forEachRow(
        note: (ParseError) -> Void, leaf: (TreePage) -> Void = { _ in },
        _ body: (UnsafePointer<RecordRow>) throws -> Void
    ) throws {
        var (last, before) = (Int64.min, Int64.min)
        var (isFirst, ordinal) = (true, Int64(0))
        let usable = store.usableSize
        let isTable = !layout.isWithoutRowIdentifier
        try walk.forEach(from: layout.root, note: note) { page, stop in
            var range = 0..<page.cellCount
            switch stop {
            case .leaf: leaf(page)
            case .divider(let index): range = index..<index + 1
            }
            var (damaged, disordered) = (0, 0)
            for index in range {
                guard let offset = page.cell(index),
                    let cell = Cell(page.base, at: offset, end: page.end, kind: page.kind, usable: usable)
                else {
                    damaged += 1
                    continue
                }
                if isTable {
                    if cell.row <= last, !isFirst {
                        disordered += 1
                        // Either this number is wrong or the one before it: the later order decides.
                        guard cell.row > before else { continue }
                    } else {
                        before = last
                    }
                    last = cell.row
                    isFirst = false
                    record.pointee.view.row = cell.row
                } else {
                    ordinal += 1
                    record.pointee.view.row = ordinal
                }
                do throws(ParseError) {
                    guard try load(cell, page) else {
                        damaged += 1
                        continue
                    }
                } catch {
                    note(problem(error.kind, error.expected, page))
                    continue
                }
                try body(UnsafePointer(record))
            }
            if damaged > 0 { note(problem(.malformed, "readable cells, and not \(damaged) that are not", page)) }
            if disordered > 0 { note(problem(.malformed, "row numbers that grow", page)) }
        }
    }

    /// Finds the columns of a cell's record; false if the record contradicts itself.
    @inline(__always)
    private func load(_ cell: Cell, _ page: TreePage) throws(ParseError) -> Bool {
        guard limit > 0 else { return true }
        record.pointee.view.payload = page.base + cell.start
        guard var needed = record.pointee.view.decode(available: cell.local, total: cell.total, limit: limit) else {
            return false
        }
        if needed <= cell.local || (!wantsValues && record.pointee.view.columnCount > 0) { return true }
        // First the rest of the header, then the rest of the columns.
        for _ in 0..<2 {
            record.pointee.view.payload = try overflow.payload(of: cell, in: page.base, first: needed)
            guard let found = record.pointee.view.decode(available: needed, total: cell.total, limit: limit) else {
                return false
            }
            if found <= needed || !wantsValues { return true }
            needed = found
        }
        return false
    }

    private func problem(_ kind: ParseError.Kind, _ expected: String, _ page: TreePage) -> ParseError {
        let origin = store.origin(of: page.number)
        return ParseError(kind, expected, at: origin.offset, in: "\(layout.name), page \(page.number)")
    }
}
