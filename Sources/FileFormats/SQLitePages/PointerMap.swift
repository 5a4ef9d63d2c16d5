/// What an auto-vacuum database says of each page: what kind it is, and which page points at it.
///
/// Source: <https://www.sqlite.org/fileformat2.html#pointer_map_or_ptrmap_pages>
struct PointerMap {
    /// The kinds of pages that an entry of five bytes begins with.
    enum Kind: UInt8 {
        case root = 1
        case free = 2
        case firstOverflow = 3
        case laterOverflow = 4
        case child = 5
    }

    private let store: PageStore
    /// Pages that one page of the map describes.
    private let span: Int

    /// Nothing if the database has no such map.
    init?(_ store: PageStore) {
        guard store.header.hasPointerMap else { return nil }
        self.store = store
        span = store.usableSize / 5
    }

    /// The page of the map that describes `page`, which may be that page itself.
    func mapPage(of page: Int) -> Int {
        guard page >= 2 else { return 0 }
        let map = (page - 2) / (span + 1) * (span + 1) + 2
        return map == store.lockPage ? map + 1 : map
    }

    func isMapPage(_ page: Int) -> Bool { mapPage(of: page) == page }

    /// The pages of a b-tree whose parent is `parent`, in the order of their numbers.
    func children(of parent: Int) -> [Int] {
        var children: [Int] = []
        forEachEntry { page, kind, origin in
            if kind == Kind.child.rawValue, origin == parent { children.append(page) }
        }
        return children
    }

    /// Lends every entry: page, kind, and the page that points at it.
    func forEachEntry(_ body: (_ page: Int, _ kind: UInt8, _ parent: Int) -> Void) {
        let buffer = store.makeBuffer()
        defer { buffer.deallocate() }
        let bytes = UnsafeRawPointer(buffer)
        var first = 2
        while first <= store.highestPage {
            let map = mapPage(of: first)
            if let end = try? store.read(map, into: buffer) {
                var entry = 0
                while entry < span, 5 * entry + 5 <= end, map + 1 + entry <= store.highestPage {
                    body(map + 1 + entry, bytes.byte(5 * entry), bytes.big32(5 * entry + 1))
                    entry += 1
                }
            }
            first += span + 1
        }
    }
}
