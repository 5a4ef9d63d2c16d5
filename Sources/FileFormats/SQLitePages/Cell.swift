/// A cell with a payload: a row of a table, or an entry of an index.
///
/// Source: <https://www.sqlite.org/fileformat2.html#b_tree_pages>
struct Cell {
    /// The longest payload that SQLite writes.
    static let longestPayload: UInt64 = 0x7FFF_FFFF

    /// Bytes of the whole payload.
    let total: Int
    /// The number of the row; zero in an index.
    let row: Int64
    /// Where the payload begins in the page.
    let start: Int
    /// Bytes of the payload in this page.
    let local: Int
    /// The first overflow page, or zero.
    let overflow: Int
    /// The end of the cell in the page.
    let end: Int

    /// Reads the cell at `offset`; nothing if it reaches behind `end`.
    @inline(__always)
    init?(_ base: UnsafeRawPointer, at offset: Int, end: Int, kind: TreePage.Kind, usable: Int) {
        var at = offset
        // An entry of an interior index page has its left child before it.
        if kind == .interiorIndex { at += 4 }
        guard let length = Varint.read(base, &at, end), length <= Cell.longestPayload else { return nil }
        if kind == .leafTable {
            guard let row = Varint.read(base, &at, end) else { return nil }
            self.row = Int64(bitPattern: row)
        } else {
            row = 0
        }
        total = Int(length)
        start = at
        local = Cell.local(total, isTable: kind == .leafTable, usable: usable)
        guard local <= end - at else { return nil }
        if local == total {
            overflow = 0
            self.end = at + local
        } else {
            guard at + local + 4 <= end else { return nil }
            overflow = base.big32(at + local)
            self.end = at + local + 4
        }
    }

    /// A cell of a table whose head is known from elsewhere; nothing if it reaches behind `end`.
    init?(_ base: UnsafeRawPointer, payloadAt start: Int, total: Int, row: Int64, end: Int, usable: Int) {
        self.total = total
        self.row = row
        self.start = start
        local = Cell.local(total, isTable: true, usable: usable)
        let size = local + (local == total ? 0 : 4)
        guard start + size <= end else { return nil }
        overflow = local == total ? 0 : base.big32(start + local)
        self.end = start + size
    }

    /// How many bytes of a payload stay in its page: the formulas of section 1.6.
    @inline(__always)
    static func local(_ total: Int, isTable: Bool, usable: Int) -> Int {
        let most = isTable ? usable - 35 : (usable - 12) * 64 / 255 - 23
        if total <= most { return total }
        let least = (usable - 12) * 32 / 255 - 23
        let rest = least + (total - least) % (usable - 4)
        return rest <= most ? rest : least
    }
}
