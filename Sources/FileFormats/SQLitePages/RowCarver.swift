/// Finds records of one table in bytes that no pointer leads to.
///
/// A freed cell loses its first four bytes to the head of the free block: the place of the next block and the size. What
/// stood there are the length of the payload, the number of the row, and, if both were short, the beginning of the
/// record's header. The length follows from the rest of the header; the number of the row does not.
///
///     before   [length][row][header length][type][type]…[columns]
///     after    [next block ][ size of block][type][type]…[columns]
///
/// Source: <https://www.sqlite.org/fileformat2.html#b_tree_pages>, on free blocks.
struct RowCarver {
    /// A record that was found. Its columns are those of the carver's ``view``.
    struct Match {
        var cell: Cell
        /// The number of the row, unless it was overwritten.
        var row: Int64?
        /// Where the cell begins.
        var offset: Int
        /// Whether the head is as it was written.
        var isIntact: Bool
        /// Whether the bytes admit one reading only.
        var isUnambiguous: Bool
    }

    let shape: RecordShape
    let isTable: Bool
    let usable: Int
    /// The record of the last match.
    private(set) var view: RecordView

    init(_ layout: TableLayout, _ shape: RecordShape, usable: Int) {
        self.shape = shape
        self.usable = usable
        isTable = !layout.isWithoutRowIdentifier
        view = RecordView(columns: layout.storedCount)
    }

    func deallocate() { view.deallocate() }

    /// A cell whose head is whole, as cell pointers lead to it.
    ///
    /// Where a pointer led to it, the structure of the page vouches for it; elsewhere `isStrict` asks for more.
    mutating func cell(_ base: UnsafeRawPointer, at offset: Int, end: Int, isStrict: Bool) -> Match? {
        guard let cell = Cell(base, at: offset, end: end, kind: isTable ? .leafTable : .leafIndex, usable: usable),
            cell.total > shape.fewest, !isStrict || !isTable || cell.row > 0
        else { return nil }
        view.payload = base + cell.start
        let header = view.payload.byte(0)
        if header < 0x80, header <= shape.fewest { return nil }
        view.row = cell.row
        guard view.decode(available: cell.local, total: cell.total, limit: shape.most) != nil, view.isWhole,
            shape.fits(view)
        else { return nil }
        return Match(cell: cell, row: isTable ? cell.row : nil, offset: offset, isIntact: true, isUnambiguous: true)
    }

    /// A cell whose first four bytes are the head of a free block of `size` bytes.
    mutating func freedCell(_ base: UnsafeRawPointer, at offset: Int, size: Int, end: Int) -> Match? {
        guard isTable, size >= 4, offset + size <= end else { return nil }
        let limit = offset + size
        var matches: [(match: Match, types: UInt64?, count: Int, header: Int, typesAt: Int)] = []
        func consider(header start: Int, typesAt: Int, first: UInt64?, count: Int, headerLength: Int?) {
            view.payload = base
            guard let read = view.decode(typesAt: typesAt, count: count, first: first, end: limit) else { return }
            // The length of the header counts itself; one byte, as far as it can be lost.
            let length = headerLength ?? read.end - start
            guard length == read.end - start, headerLength != nil || length < 0x80 else { return }
            let total = length + read.body
            let row = start - offset - Varint.length(UInt64(total))
            guard row >= 1, row <= 9, shape.fits(view),
                let number = rowNumber(base, from: offset, head: start - row, to: start),
                let cell = Cell(base, payloadAt: start, total: total, row: 0, end: limit, usable: usable)
            else { return }
            let match = Match(
                cell: cell, row: number.value, offset: offset, isIntact: false,
                isUnambiguous: first == nil || shape.isAlias(0))
            matches.append((match, first, count, length, typesAt))
        }
        for count in shape.knownCounts {
            // Length and number took one byte each: the header lost its length and its first type.
            if shape.isAlias(0) {
                consider(header: offset + 2, typesAt: offset + 4, first: 0, count: count, headerLength: nil)
            } else {
                for type in firstTypes(base, at: offset, count: count, limit: limit) {
                    consider(header: offset + 2, typesAt: offset + 4, first: type, count: count, headerLength: nil)
                }
            }
            // One took two bytes: the header lost its length.
            consider(header: offset + 3, typesAt: offset + 4, first: nil, count: count, headerLength: nil)
        }
        // The header is whole, and stands up to ten bytes behind the four.
        for start in offset + 4...offset + 14 where start < limit {
            var at = start
            guard let length = Varint.read(base, &at, limit), length > UInt64(shape.fewest), length <= 0x1_0000 else {
                continue
            }
            for count in shape.knownCounts {
                consider(header: start, typesAt: at, first: nil, count: count, headerLength: Int(length))
            }
        }
        // A reading that fills the block to its last byte is better than one that leaves something over.
        let exact = matches.filter { $0.match.cell.end == limit }
        let candidates = exact.isEmpty ? matches : exact
        guard var best = candidates.first else { return nil }
        if candidates.count > 1 { best.match.isUnambiguous = false }
        view.payload = base
        _ = view.decode(typesAt: best.typesAt, count: best.count, first: best.types, end: limit)
        view.place(header: best.header)
        view.payload = base + best.match.cell.start
        view.row = best.match.row ?? 0
        return best.match
    }

    /// The types that a first column may have had whose type is lost: those with which the cell fills its block.
    private mutating func firstTypes(
        _ base: UnsafeRawPointer, at offset: Int, count: Int, limit: Int
    ) -> [UInt64] {
        view.payload = base
        guard let read = view.decode(typesAt: offset + 4, count: count, first: 0, end: limit) else { return [] }
        let size = limit - (read.end + read.body)
        guard size >= 0 else { return [] }
        let allowed = shape.allowed(0)
        var types: [UInt64] = []
        if size == 0, allowed.contains(.null) { types.append(0) }
        if allowed.contains(.integer), let index = [1, 2, 3, 4, 6, 8].firstIndex(of: size) {
            types.append(UInt64(index + 1))
        }
        if size == 8, allowed.contains(.real) { types.append(7) }
        // The type took one byte, so at most 57 bytes of text.
        if size <= 57, size > 0, allowed.contains(.text) { types.append(UInt64(13 + 2 * size)) }
        if size <= 57, size > 0, allowed.contains(.blob) { types.append(UInt64(12 + 2 * size)) }
        return types
    }

    /// What is left of the number of a row between `head` and `to`, of which the first four bytes of the cell are lost.
    ///
    /// Nothing if the rest is no end of a number; a number without value if a part is lost.
    private func rowNumber(_ base: UnsafeRawPointer, from offset: Int, head: Int, to: Int) -> RowNumber? {
        var at = max(head, offset + 4)
        while at < to {
            let isLast = at == to - 1
            // The ninth byte of a number has eight bits of its own.
            if to - head < 9 || !isLast, (base.byte(at) < 0x80) != isLast { return nil }
            at += 1
        }
        guard head >= offset + 4 else { return RowNumber(value: nil) }
        var start = head
        return RowNumber(value: Varint.read(base, &start, to).map { Int64(bitPattern: $0) })
    }

    private struct RowNumber {
        var value: Int64?
    }
}
