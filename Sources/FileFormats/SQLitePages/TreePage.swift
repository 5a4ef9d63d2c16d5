/// A page of a b-tree in memory: its header, and where its cells lie.
///
/// Source: <https://www.sqlite.org/fileformat2.html#b_tree_pages>
struct TreePage {
    enum Kind: UInt8 {
        case interiorIndex = 2
        case interiorTable = 5
        case leafIndex = 10
        case leafTable = 13

        var isLeaf: Bool { self == .leafIndex || self == .leafTable }
        var isTable: Bool { self == .interiorTable || self == .leafTable }
    }

    let number: Int
    let base: UnsafeRawPointer
    /// The end of the usable bytes that were there.
    let end: Int
    let kind: Kind
    let cellCount: Int
    /// Where the array of cell pointers begins.
    let pointers: Int
    /// Where the cells begin, as the header says; never before the end of the pointers.
    let content: Int
    let firstFreeBlock: Int
    /// The child behind the last cell of an interior page.
    let rightChild: Int

    /// Reads the header; nothing if the bytes are no page of a b-tree.
    init?(number: Int, _ base: UnsafeRawPointer, end: Int) {
        // The first page begins with the header of the database.
        let start = number == 1 ? DatabaseHeader.size : 0
        guard end >= start + 12, let kind = Kind(rawValue: base.byte(start)) else { return nil }
        self.number = number
        self.base = base
        self.end = end
        self.kind = kind
        firstFreeBlock = base.big16(start + 1)
        cellCount = base.big16(start + 3)
        let stored = base.big16(start + 5)
        rightChild = kind.isLeaf ? 0 : base.big32(start + 8)
        pointers = start + (kind.isLeaf ? 8 : 12)
        let behind = pointers + 2 * cellCount
        guard behind <= end else { return nil }
        // Zero stands for 65536, which does not fit into two bytes.
        content = max(behind, stored == 0 ? 65_536 : stored)
    }

    /// Where the array of cell pointers ends, and the space that nothing uses begins.
    var pointersEnd: Int { pointers + 2 * cellCount }

    /// Where a cell begins; nothing if that is no place for one.
    @inline(__always)
    func cell(_ index: Int) -> Int? {
        let offset = base.big16(pointers + 2 * index)
        return offset >= pointersEnd && offset + 4 <= end ? offset : nil
    }

    /// The child before a cell of an interior page.
    func child(_ index: Int) -> Int? {
        guard index < cellCount else { return rightChild }
        return cell(index).map { base.big32($0) }
    }
}
