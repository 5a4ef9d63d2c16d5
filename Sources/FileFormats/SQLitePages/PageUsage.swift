import Primitives

/// Which pages of a database are in use, which are free, and which are neither.
///
/// Source: <https://www.sqlite.org/fileformat2.html#the_freelist>
struct PageUsage {
    /// More pages than are looked at one by one: sixteen gigabytes of the usual size.
    private static let limit = 4_000_000

    /// Pages of b-trees, whatever they are the tree of. Overflow pages are not among them.
    private(set) var reached = PageSet()
    /// Pages that hold the list of free pages, in its order, and where in them the list ends.
    private(set) var trunks: [(page: Int, end: Int)] = []
    /// The free pages, in the order of the list.
    private(set) var free: [Int] = []
    /// Leaf pages that nothing refers to, in the order of their numbers.
    private(set) var unreferenced: [Int] = []
    /// What was not looked at.
    private(set) var remarks: [ParseError] = []

    init(_ pages: SQLitePages) {
        let store = pages.store
        let buffer = store.makeBuffer()
        defer { buffer.deallocate() }
        for root in pages.roots { reach(root.root, in: store, buffer) }
        let listed = readFreeList(store, buffer)
        findUnreferenced(store, listed)
    }

    /// Marks the pages of a tree; of its leaves only the numbers are looked at.
    private mutating func reach(_ root: Int, in store: PageStore, _ buffer: UnsafeMutableRawPointer) {
        var waiting = [root]
        while let number = waiting.popLast() {
            guard number >= 1, number <= store.highestPage, reached.insert(number),
                let end = try? store.read(number, into: buffer), let page = TreePage(number: number, buffer, end: end),
                !page.kind.isLeaf
            else { continue }
            let children = (0...page.cellCount).compactMap { page.child($0) }
                .filter { $0 >= 1 && $0 <= store.highestPage }
            // All leaves of a tree are equally far from its root: if the first child is one, so are the others.
            let kind = children.first.flatMap { store.start(of: $0, 1).first }.flatMap(TreePage.Kind.init)
            if kind?.isLeaf == true {
                for child in children { reached.insert(child) }
            } else {
                waiting += children
            }
        }
    }

    /// Follows the list of free pages; a circle ends it.
    private mutating func readFreeList(_ store: PageStore, _ buffer: UnsafeMutableRawPointer) -> PageSet {
        var listed = PageSet()
        var next = store.header.firstTrunk
        let bytes = UnsafeRawPointer(buffer)
        while next != 0 {
            guard next <= store.highestPage, listed.insert(next), let end = try? store.read(next, into: buffer),
                free.count + trunks.count < PageUsage.limit
            else {
                remarks.append(ParseError(.malformed, "a list of free pages that ends", in: "page \(next)"))
                break
            }
            let count = min(bytes.big32(4), end / 4 - 2)
            if !reached.contains(next) { trunks.append((next, 8 + 4 * count)) }
            for index in 0..<count {
                let page = bytes.big32(8 + 4 * index)
                if page >= 2, page <= store.highestPage, !reached.contains(page), listed.insert(page) {
                    free.append(page)
                }
            }
            next = bytes.big32(0)
        }
        return listed
    }

    private mutating func findUnreferenced(_ store: PageStore, _ listed: PageSet) {
        let map = PointerMap(store)
        var overflow = PageSet()
        map?.forEachEntry { page, kind, _ in
            if kind == PointerMap.Kind.firstOverflow.rawValue || kind == PointerMap.Kind.laterOverflow.rawValue {
                overflow.insert(page)
            }
        }
        guard store.highestPage >= 2 else { return }
        if store.highestPage > PageUsage.limit {
            remarks.append(ParseError(.beyondLimit, "at most \(PageUsage.limit) pages to look for lost rows in"))
        }
        for page in 2...min(store.highestPage, PageUsage.limit) where !reached.contains(page) {
            guard !listed.contains(page), !overflow.contains(page), page != store.lockPage,
                map?.isMapPage(page) != true,
                let kind = store.start(of: page, 1).first.flatMap(TreePage.Kind.init), kind.isLeaf
            else { continue }
            unreferenced.append(page)
        }
    }
}
