import Primitives

/// Walks a b-tree from its first leaf to its last, going on behind pages that can't be read.
///
/// A page is visited once, whatever points at it, and no deeper than SQLite itself would go: circles and towers end.
final class TreeWalk {
    /// SQLite's own limit; an honest tree of this depth would hold more rows than there are numbers for.
    static let deepest = 20
    /// How many damaged pages the pointer map is asked about, each time from its beginning to its end.
    private static let lookUps = 20

    /// What a walk stops at.
    enum Stop {
        case leaf
        /// An entry of an interior page of an index, which is a row of its own.
        case divider(Int)
    }

    private struct Level {
        var page: TreePage
        var step = 0
        /// Children that the pointer map named, in place of those of the page.
        var children: [Int]?
    }

    private let store: PageStore
    private let name: String
    private let isTable: Bool
    private var buffers: [UnsafeMutableRawPointer] = []
    private var lookUps = 0
    private let ahead: ReadAhead
    /// The pages that were reached.
    private(set) var visited = PageSet()
    /// Pages that are part of the tree and could not be read as such.
    private(set) var lost: [Int] = []

    init(_ store: PageStore, name: String, isTable: Bool) {
        self.store = store
        self.name = name
        self.isTable = isTable
        ahead = ReadAhead(store)
    }

    deinit { for buffer in buffers { buffer.deallocate() } }

    /// Visits every leaf, and between them the entries of interior pages if the tree is an index.
    func forEach(
        from root: Int, note: (ParseError) -> Void, _ visit: (TreePage, Stop) throws -> Void
    ) throws {
        var stack: [Level] = []
        func enter(_ number: Int, parent: Int) throws {
            guard stack.count < TreeWalk.deepest else {
                note(problem(.beyondLimit, "a tree of at most \(TreeWalk.deepest) pages from root to leaf", parent))
                return
            }
            guard number >= 1, number <= store.highestPage else {
                note(problem(.malformed, "the number of a page within the database", parent))
                return
            }
            guard visited.insert(number) else {
                note(problem(.malformed, "each page once in a tree", number))
                return
            }
            if buffers.count <= stack.count { buffers.append(store.makeBuffer()) }
            let buffer = buffers[stack.count]
            var page: TreePage?
            do throws(ParseError) {
                var end = store.usableSize
                if let ahead = ahead.page(number) {
                    page = TreePage(number: number, ahead, end: end)
                    // What lies ahead is overwritten by and by; the pages above a leaf are needed until it is left.
                    if page?.kind.isLeaf != true {
                        buffer.copyMemory(from: ahead, byteCount: store.pageSize)
                        page = TreePage(number: number, buffer, end: end)
                    }
                } else {
                    end = try store.read(number, into: buffer)
                    page = TreePage(number: number, buffer, end: end)
                }
                if page?.kind.isTable != isTable { page = nil }
                if page == nil {
                    note(problem(.malformed, "a page of a b-tree", number))
                } else if end < store.usableSize {
                    note(problem(.truncated, "a page of \(store.pageSize) bytes", number))
                }
            } catch {
                note(problem(error.kind, error.expected, number))
            }
            guard let page else {
                lost.append(number)
                let children = children(ofLost: number)
                guard !children.isEmpty, let empty = TreePage(emptyInterior: number, buffer) else { return }
                stack.append(Level(page: empty, children: children))
                return
            }
            if page.kind.isLeaf { try visit(page, .leaf) } else { stack.append(Level(page: page)) }
        }
        try enter(root, parent: root)
        while let level = stack.last {
            let step = level.step
            stack[stack.count - 1].step += 1
            if let children = level.children {
                if step < children.count {
                    try enter(children[step], parent: level.page.number)
                } else {
                    stack.removeLast()
                }
                continue
            }
            // An index is read child, entry, child, entry …, child.
            let index = isTable ? step : step / 2
            guard index <= level.page.cellCount else {
                stack.removeLast()
                continue
            }
            if !isTable, step % 2 == 1 {
                if index < level.page.cellCount { try visit(level.page, .divider(index)) }
            } else if let child = level.page.child(index) {
                try enter(child, parent: level.page.number)
            } else {
                note(problem(.malformed, "cells inside the page", level.page.number))
            }
        }
    }

    private func problem(_ kind: ParseError.Kind, _ expected: String, _ page: Int) -> ParseError {
        ParseError(kind, expected, at: (page - 1) * store.pageSize, in: "\(name), page \(page)")
    }

    /// The children of a page that can't be read, as the pointer map has them, in the order of their first keys.
    private func children(ofLost page: Int) -> [Int] {
        guard isTable, lookUps < TreeWalk.lookUps, let map = PointerMap(store) else { return [] }
        lookUps += 1
        let buffer = store.makeBuffer()
        defer { buffer.deallocate() }
        var found: [(key: Int64, page: Int)] = []
        for child in map.children(of: page) where !visited.contains(child) {
            guard let end = try? store.read(child, into: buffer),
                let page = TreePage(number: child, buffer, end: end), page.kind.isTable, page.cellCount > 0,
                let offset = page.cell(0)
            else { continue }
            // The key of an entry of an interior page stands behind its child.
            var at = page.kind.isLeaf ? offset : offset + 4
            if page.kind.isLeaf, Varint.read(buffer, &at, end) == nil { continue }
            guard let key = Varint.read(buffer, &at, end) else { continue }
            found.append((Int64(bitPattern: key), child))
        }
        return found.sorted { ($0.key, $0.page) < ($1.key, $1.page) }.map(\.page)
    }
}

extension TreePage {
    /// Stands for an interior page whose content is lost.
    init?(emptyInterior number: Int, _ buffer: UnsafeMutableRawPointer) {
        let start = number == 1 ? DatabaseHeader.size : 0
        buffer.initializeMemory(as: UInt8.self, repeating: 0, count: start + 16)
        buffer.storeBytes(of: Kind.interiorTable.rawValue, toByteOffset: start, as: UInt8.self)
        self.init(number: number, buffer, end: start + 16)
    }
}
