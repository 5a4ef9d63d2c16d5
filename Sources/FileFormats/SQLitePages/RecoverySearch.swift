import Primitives

/// Looks for rows of one table that are not live any more.
///
/// Places, in this order: pieces of the table's own pages that nothing uses, damaged pages, free pages, pages that
/// nothing refers to, pages that the write-ahead log replaced, and frames of the log that do not count. In pages of other
/// tables nothing is looked for, so a row is lost whose page another table uses now.
///
/// A row counts if its record fits the columns of the table, and only if no live row has the same number and content.
final class RecoverySearch {
    /// A version of a page that is looked at.
    private struct Image {
        var page: Int
        var base: UnsafeRawPointer
        var end: Int
        var offset: Int
        var frame: Int?
        var origin: Recovery.Origin
        /// Whether the page belongs to the table now.
        var isOwned: Bool
    }

    /// More pages with unused pieces than are looked at.
    private static let pageLimit = 2_000_000
    /// More frames of a log than are looked at.
    private static let frameLimit = 200_000

    private let pages: SQLitePages
    private let store: PageStore
    private let layout: TableLayout
    private let columns: TableColumns
    private let overflow: OverflowReader
    private var carver: RowCarver
    /// The other tables, whose rows could look the same.
    private var others: [(shape: RecordShape, isTable: Bool)] = []
    private let record: UnsafeMutablePointer<RecordRow>
    private var found = RecoveredSet()
    private var visited = PageSet()
    private let free: PageSet
    private var notes: [ParseError] = []

    /// Rows of `layout` with the values of the columns named, which are in lower case.
    static func rows(
        of layout: TableLayout, columns names: [String], in pages: SQLitePages, note: (ParseError) -> Void
    ) -> [RecoveredRow] {
        let search = RecoverySearch(layout, names, pages)
        let rows = search.run()
        for problem in search.notes { note(problem) }
        return rows
    }

    private init(_ layout: TableLayout, _ names: [String], _ pages: SQLitePages) {
        self.pages = pages
        self.layout = layout
        store = pages.store
        columns = TableColumns(names, of: layout, encoding: store.header.encoding)
        overflow = OverflowReader(store)
        carver = RowCarver(layout, RecordShape(layout), usable: store.usableSize)
        record = .allocate(capacity: 1)
        record.initialize(
            to: RecordRow(
                view: carver.view, slots: columns.slots, count: columns.count, encoding: store.header.encoding))
        var free = PageSet()
        for page in pages.usage.free { free.insert(page) }
        for trunk in pages.usage.trunks { free.insert(trunk.page) }
        self.free = free
        others = pages.tables.filter { $0.root != layout.root }.map { (RecordShape($0), !$0.isWithoutRowIdentifier) }
    }

    deinit {
        record.deallocate()
        carver.deallocate()
    }

    private func run() -> [RecoveredRow] {
        for remark in pages.usage.remarks { note(remark) }
        let leaves = learn()
        let buffer = store.makeBuffer()
        defer { buffer.deallocate() }
        func examine(_ page: Int, _ origin: Recovery.Origin, isOwned: Bool, _ work: (Image) -> Void) {
            let place = store.origin(of: page)
            guard !found.isFull, let end = try? store.read(place, into: buffer) else { return }
            work(
                Image(
                    page: page, base: buffer, end: end, offset: place.offset, frame: place.frame, origin: origin,
                    isOwned: isOwned))
            compareIfNeeded()
        }
        for page in leaves.withSpace {
            examine(page, .unallocatedSpace, isOwned: true) { image in
                if let page = TreePage(number: page, image.base, end: image.end) { carveSpace(of: page, image) }
            }
        }
        for page in leaves.lost {
            examine(page, .damagedPage, isOwned: false) { carve(0..<$0.end, $0, hasFreedCells: false) }
        }
        for page in pages.usage.free { examine(page, .freePage, isOwned: false, readPage) }
        for trunk in pages.usage.trunks {
            examine(trunk.page, .freePage, isOwned: false) { image in
                if trunk.end < image.end { carve(trunk.end..<image.end, image, hasFreedCells: false) }
            }
        }
        for page in pages.usage.unreferenced {
            examine(page, leaves.lost.isEmpty ? .unreferencedPage : .damagedPage, isOwned: false, readPage)
        }
        readLog(buffer)
        compare()
        if found.isFull { note(ParseError(.beyondLimit, "fewer rows to recover than are kept")) }
        return found.rows()
    }

    private func note(_ problem: ParseError) {
        var problem = problem
        problem.place = layout.name + (problem.place.map { ", " + $0 } ?? "")
        notes.append(problem)
    }

    /// Reads the live rows once, to learn what they look like and which of their pages have unused pieces.
    private func learn() -> (withSpace: [Int], lost: [Int]) {
        var shape = RecordShape(layout)
        var withSpace: [Int] = []
        let reader = TableReader(kindsOf: layout, columns, in: store)
        try? reader.forEachRow(
            note: { _ in },
            leaf: { page in
                let hasSpace = page.content > page.pointersEnd || page.firstFreeBlock != 0
                if hasSpace, withSpace.count < RecoverySearch.pageLimit { withSpace.append(page.number) }
            }
        ) { shape.learn($0.pointee.view) }
        visited = reader.visited
        let old = carver
        carver = RowCarver(layout, shape, usable: store.usableSize)
        old.deallocate()
        if withSpace.count == RecoverySearch.pageLimit {
            note(ParseError(.beyondLimit, "at most \(RecoverySearch.pageLimit) pages to look for lost rows in"))
        }
        return (withSpace, reader.lost)
    }

    private func compareIfNeeded() { if found.needsComparison { compare() } }

    private func compare() {
        found.compare { visit in
            let reader = TableReader(layout, columns, in: store)
            try? reader.forEachRow(note: { _ in }) { visit($0.pointee.view.row, ContentHash($0).value) }
        }
    }

    /// Older versions of pages: in the database file, and in the log from its end to its beginning.
    private func readLog(_ buffer: UnsafeMutableRawPointer) {
        guard let log = store.log else { return }
        func read(_ page: Int, _ place: PageStore.Origin, _ origin: Recovery.Origin) {
            let isOwned = visited.contains(page)
            // A page of another tree now is taken for one of that tree then.
            guard !found.isFull, isOwned || !pages.usage.reached.contains(page),
                let end = try? store.read(place, into: buffer)
            else { return }
            readPage(
                Image(
                    page: page, base: buffer, end: end, offset: place.offset, frame: place.frame, origin: origin,
                    isOwned: isOwned))
            compareIfNeeded()
        }
        for page in log.current.keys.map({ Int($0) }).sorted() where page <= store.pagesInFile {
            read(page, PageStore.Origin(offset: (page - 1) * store.pageSize, frame: nil), .supersededPage)
        }
        guard log.pageSize == store.pageSize, log.total > 0 else { return }
        if log.total > RecoverySearch.frameLimit {
            note(ParseError(.beyondLimit, "at most \(RecoverySearch.frameLimit) frames to look for lost rows in"))
        }
        for frame in stride(from: log.total, to: max(0, log.total - RecoverySearch.frameLimit), by: -1) {
            let offset = log.offset(ofFrame: frame)
            guard let head = try? log.source.bytes(in: offset - LogFrames.frameHeaderSize..<offset - 20),
                head.count == 4
            else { continue }
            let page = head.reduce(0) { $0 << 8 | Int($1) }
            guard page >= 1, page <= store.highestPage || frame > log.committed,
                log.current[UInt32(truncatingIfNeeded: page)] != Int32(frame)
            else { continue }
            let origin: Recovery.Origin =
                frame <= log.committed ? .supersededFrame : frame <= log.valid ? .uncommittedFrame : .earlierFrame
            read(page, PageStore.Origin(offset: offset, frame: frame), origin)
        }
    }

    /// Reads a leaf page that does not count any more: its rows, and what lies between them.
    private func readPage(_ image: Image) {
        guard let page = TreePage(number: image.page, image.base, end: image.end),
            page.kind == (carver.isTable ? .leafTable : .leafIndex)
        else { return }
        if !image.isOwned {
            // Whose page it was is not recorded: every row must fit, or it was another table's.
            for index in 0..<page.cellCount {
                guard let offset = page.cell(index),
                    carver.cell(image.base, at: offset, end: image.end, isStrict: false) != nil
                else { return }
            }
        }
        for index in 0..<page.cellCount {
            guard let offset = page.cell(index),
                let match = carver.cell(image.base, at: offset, end: image.end, isStrict: false)
            else { continue }
            take(match, image, .pointer)
        }
        carveSpace(of: page, image)
    }

    /// Carves the free blocks of a leaf page, and the space before its first row.
    private func carveSpace(of page: TreePage, _ image: Image) {
        var space = image
        if image.origin == .unallocatedSpace { space.origin = .freeBlock }
        var block = page.firstFreeBlock
        // Free blocks stand in the order of their places, so their list can't lead in a circle.
        while block >= page.pointersEnd, block + 4 <= image.end {
            let (next, size) = (image.base.big16(block), image.base.big16(block + 2))
            guard size >= 4, block + size <= image.end else { break }
            carve(block..<block + size, space, hasFreedCells: true)
            guard next > block else { break }
            block = next
        }
        let content = min(page.content, image.end)
        if page.pointersEnd < content { carve(page.pointersEnd..<content, image, hasFreedCells: false) }
    }

    /// Looks for cells from the beginning of a range to its end.
    private func carve(_ range: Range<Int>, _ image: Image, hasFreedCells: Bool) {
        var offset = range.lowerBound
        while offset + 4 <= range.upperBound, !found.isFull {
            // Neither a cell nor the head of a block; most of what nothing uses is zero.
            if image.base.big32(offset) == 0 {
                offset += 1
                continue
            }
            let isFirst = hasFreedCells && offset == range.lowerBound
            if !isFirst, let match = carver.cell(image.base, at: offset, end: range.upperBound, isStrict: true) {
                take(match, image, .pattern)
                offset = match.cell.end
                continue
            }
            // A block that was joined with the one before it keeps its own head, and with it the size that it had then.
            if isFirst || (image.isOwned && isBlock(image, offset, range.upperBound)),
                let match = carver.freedCell(
                    image.base, at: offset, size: image.base.big16(offset + 2), end: range.upperBound),
                isFirst || match.cell.end == offset + image.base.big16(offset + 2)
                    || (match.isUnambiguous && leadsOn(image, match.cell.end, range.upperBound))
            {
                let end = match.cell.end
                // Looking ahead has used the carver.
                _ = carver.freedCell(
                    image.base, at: offset, size: image.base.big16(offset + 2), end: range.upperBound)
                take(match, image, isFirst ? .block : .pattern)
                offset = end
                continue
            }
            offset += 1
        }
    }

    /// Whether four bytes could be the head of a free block: the place of a later one or nothing, and a size.
    private func isBlock(_ image: Image, _ offset: Int, _ end: Int) -> Bool {
        guard offset + 4 <= end else { return false }
        let (next, size) = (image.base.big16(offset), image.base.big16(offset + 2))
        guard size >= 4, size <= end - offset else { return false }
        return next == 0 || (next >= offset + size && next + 4 <= store.usableSize)
    }

    /// Whether something begins where a cell ends that was found between others.
    private func leadsOn(_ image: Image, _ offset: Int, _ end: Int) -> Bool {
        offset == end || isBlock(image, offset, end)
            || carver.cell(image.base, at: offset, end: end, isStrict: true) != nil
    }

    /// What led to a record.
    private enum Lead {
        /// A cell pointer of a page.
        case pointer
        /// The list of free blocks.
        case block
        /// Nothing but its own bytes.
        case pattern
    }

    /// Whether a record says enough to be no accident: a head of zeros and ones with nothing behind it is found in any data.
    private func isSubstantial(_ match: RowCarver.Match, _ image: Image, _ lead: Lead) -> Bool {
        let view = carver.view
        guard lead != .pointer, view.columnCount > 0 else { return lead == .pointer }
        let last = view.columnCount - 1
        let body = view.offsets[last] + SerialType.size(view.types[last]) - view.offsets[0]
        if lead == .block, match.isUnambiguous { return body >= 1 }
        guard carver.shape.isKnown(count: view.columnCount) else { return false }
        return image.isOwned ? view.columnCount >= 2 && body >= 4 : view.columnCount >= 3 && body >= 8
    }

    /// Judges a record and keeps it.
    private func take(_ match: RowCarver.Match, _ image: Image, _ lead: Lead) {
        guard isSubstantial(match, image, lead) else { return }
        var certainty = Recovery.Certainty.certain
        if !match.isIntact { certainty = match.isUnambiguous ? .likely : .possible }
        if !carver.shape.isKnown(count: carver.view.columnCount) { certainty = min(certainty, .likely) }
        if !image.isOwned, isAmbiguous() { certainty = .possible }
        var view = carver.view
        if match.cell.local < match.cell.total {
            switch completePayload(match.cell, image, &view) {
            case .whole: certainty = min(certainty, .likely)
            case .cut: certainty = .possible
            }
        }
        record.pointee.view = view
        switch plausibility() {
        case .plausible: break
        case .odd:
            if lead != .pointer { return }
            certainty = .possible
        }
        let recovery = Recovery(
            row: match.row, origin: image.origin, certainty: certainty, page: image.page,
            offset: image.offset + match.offset, frame: image.frame)
        found.add(recovery, hash: ContentHash(record).value) {
            (0..<columns.count).map {
                if match.row == nil, columns.slots[$0].source == .row { return .null }
                return SQLiteValue(record.pointee.value($0), store.header.encoding)
            }
        }
    }

    private enum Payload {
        case whole
        case cut
    }

    /// Fetches what stands in overflow pages, if they can still be followed; what can't be told becomes null.
    private func completePayload(_ cell: Cell, _ image: Image, _ view: inout RecordView) -> Payload {
        let last = min(columns.limit, view.columnCount)
        guard last > 0 else { return .whole }
        let needed = view.offsets[last - 1] + SerialType.size(view.types[last - 1])
        if needed <= cell.local { return .whole }
        if let payload = try? overflow.payload(of: cell, in: image.base, first: cell.total), overflow.next == 0 {
            view.payload = payload
            return .whole
        }
        for column in 0..<last where view.offsets[column] + SerialType.size(view.types[column]) > cell.local {
            view.types[column] = 0
        }
        return .cut
    }

    /// Whether a row of another table could look the same.
    private func isAmbiguous() -> Bool {
        others.contains { $0.isTable == carver.isTable && $0.shape.fits(carver.view) }
    }

    private enum Plausibility {
        case plausible
        case odd
    }

    /// Whether the wanted values are such as people and programs store: text that is text, numbers that count something.
    private func plausibility() -> Plausibility {
        for column in 0..<columns.count {
            switch record.pointee.value(column) {
            case .text(let bytes): if !store.header.encoding.isText(bytes) { return .odd }
            case .real(let number):
                let size = number.magnitude
                if !number.isFinite || size > 1e100 || (size > 0 && size < 1e-100) { return .odd }
                // In a column of reals SQLite stores a number without a fraction as an integer.
                let slot = columns.slots[column]
                if slot.isReal, slot.index < record.pointee.view.columnCount,
                    record.pointee.view.types[slot.index] == 7, size < 1e14, number.rounded() == number
                {
                    return .odd
                }
            default: break
            }
        }
        return .plausible
    }
}

extension DatabaseHeader.Encoding {
    /// Whether bytes are valid text without a character of zero.
    func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if self == .utf8 {
            if bytes.allSatisfy({ $0 < 0x80 && $0 != 0 }) { return true }
            return !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
        }
        guard bytes.count.isMultiple(of: 2) else { return false }
        let (low, high) = self == .utf16LittleEndian ? (0, 1) : (1, 0)
        let units = stride(from: 0, to: bytes.count, by: 2).map {
            UInt16(bytes[$0 + high]) << 8 | UInt16(bytes[$0 + low])
        }
        return !units.contains(0) && String(validating: units, as: UTF16.self) != nil
    }
}
