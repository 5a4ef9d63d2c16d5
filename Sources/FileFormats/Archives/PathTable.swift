#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The paths of an archive or a folder, sorted, in one piece of memory.
///
/// Components are separated by the byte 0, which no name can have and which sorts before every other: a folder is
/// followed directly by all that lies in it, so that what lies below a folder is a range.
public struct PathTable: Sendable {
    /// One path: where it lies in the arena, and what it belongs to.
    private struct Span: Sendable {
        var start: UInt32
        var length: UInt16
        var number: UInt32
    }

    private var arena: [UInt8] = []
    private var spans: [Span] = []

    /// The byte between components.
    public static let separator: UInt8 = 0
    /// Longer paths are not kept, in bytes: four times what iOS allows.
    public static let pathLimit = 4_096
    /// More bytes than the paths of any device have together.
    private static let arenaLimit = 1 << 30

    /// What became of a name.
    enum Outcome {
        case added
        /// The root itself: nothing is left of the name.
        case root
        /// `..` would lead out of a folder.
        case outside
        /// Too long, or with the byte 0.
        case unusable
        /// There is no room for more paths.
        case full
    }

    init() {}

    /// The number of paths.
    public var count: Int { spans.count }

    /// Adds a path as an archive has it: `./private//var/x` and `/private/var/x` are the same as `private/var/x`.
    mutating func append(_ name: UnsafeBufferPointer<UInt8>, number: Int) -> Outcome {
        guard name.count <= PathTable.pathLimit else { return .unusable }
        let start = arena.count
        guard start <= PathTable.arenaLimit, let number = UInt32(exactly: number) else { return .full }
        var position = 0
        while position < name.count {
            var end = position
            while end < name.count, name[end] != UInt8(ascii: "/") {
                if name[end] == PathTable.separator {
                    arena.removeSubrange(start...)
                    return .unusable
                }
                end += 1
            }
            let component = UnsafeBufferPointer(rebasing: name[position..<end])
            position = end + 1
            if component.isEmpty || (component.count == 1 && component[0] == UInt8(ascii: ".")) { continue }
            if component.count == 2, component[0] == UInt8(ascii: "."), component[1] == UInt8(ascii: ".") {
                arena.removeSubrange(start...)
                return .outside
            }
            if arena.count > start { arena.append(PathTable.separator) }
            arena.append(contentsOf: component)
        }
        guard arena.count > start else { return .root }
        spans.append(
            Span(start: UInt32(start), length: UInt16(truncatingIfNeeded: arena.count - start), number: number))
        return .added
    }

    /// Sorts, and takes every path that was there before out; returns how many those were.
    mutating func finish() -> Int {
        guard spans.count > 1 else { return 0 }
        let before = spans.count
        arena.withUnsafeBufferPointer { arena in
            guard let base = arena.baseAddress else { return }
            func order(_ left: Span, _ right: Span) -> Int32 {
                let length = min(left.length, right.length)
                let order = memcmp(base + Int(left.start), base + Int(right.start), Int(length))
                return order != 0 ? order : Int32(left.length) - Int32(right.length)
            }
            spans.sort { left, right in
                let order = order(left, right)
                return order == 0 ? left.number < right.number : order < 0
            }
            var kept = 1
            for index in 1..<spans.count where order(spans[kept - 1], spans[index]) != 0 {
                spans[kept] = spans[index]
                kept += 1
            }
            spans.removeSubrange(kept...)
        }
        return before - spans.count
    }

    /// The number that was given with a path.
    public func number(at index: Int) -> Int { Int(spans[index].number) }

    /// The bytes of a path, its components separated by 0.
    public func path(at index: Int) -> ArraySlice<UInt8> {
        let span = spans[index]
        return arena[Int(span.start)..<Int(span.start) + Int(span.length)]
    }

    /// The position of a path, its components separated by 0.
    public func index(of path: [UInt8]) -> Int? {
        let index = lowerBound(path, in: 0..<spans.count)
        return index < spans.count && order(index, path) == 0 ? index : nil
    }

    /// All that lies below a folder, at any depth; below the root if the path is empty.
    public func subtree(of folder: [UInt8]) -> Range<Int> {
        guard !folder.isEmpty else { return 0..<spans.count }
        let lower = lowerBound(folder + [PathTable.separator], in: 0..<spans.count)
        return lower..<lowerBound(folder + [PathTable.separator + 1], in: lower..<spans.count)
    }

    /// Lends what lies directly in a folder, in order: files with their index, folders without.
    ///
    /// Costs a search for each, however much lies below them. Ends when `body` returns false.
    public func forEachChild(of folder: [UInt8], _ body: (_ name: ArraySlice<UInt8>, _ file: Int?) -> Bool) {
        let range = subtree(of: folder)
        let start = folder.isEmpty ? 0 : folder.count + 1
        var index = range.lowerBound
        while index < range.upperBound {
            let rest = path(at: index).dropFirst(start)
            if let end = rest.firstIndex(of: PathTable.separator) {
                let name = rest[..<end]
                guard body(name, nil) else { return }
                let behind = Array(path(at: index)[..<end]) + [PathTable.separator + 1]
                index = lowerBound(behind, in: index + 1..<range.upperBound)
            } else {
                guard body(rest, index) else { return }
                index += 1
            }
        }
    }

    /// The first path that does not stand before `path`.
    private func lowerBound(_ path: [UInt8], in range: Range<Int>) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if order(middle, path) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Below zero if the path at `index` stands before `path`, zero if it is the same.
    private func order(_ index: Int, _ path: [UInt8]) -> Int {
        let span = spans[index]
        return arena.withUnsafeBufferPointer { arena in
            path.withUnsafeBufferPointer { path in
                guard let left = arena.baseAddress, let right = path.baseAddress else { return Int(span.length) }
                let order = memcmp(left + Int(span.start), right, min(Int(span.length), path.count))
                return order != 0 ? Int(order) : Int(span.length) - path.count
            }
        }
    }
}
