import Primitives

/// Puts payloads together that go on in overflow pages, into one buffer that is used again.
///
/// Source: <https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages>
final class OverflowReader {
    /// The longest beginning of a payload that is put together.
    static let longest = 64 << 20

    private let store: PageStore
    private let page: UnsafeMutableRawPointer
    private var buffer: UnsafeMutableRawBufferPointer
    /// Overflow pages that may still be read: a page belongs to one payload, so an honest table needs each once.
    private var budget: Int
    /// The page that the last one read leads to; zero at the end of a chain.
    private(set) var next = 0

    init(_ store: PageStore) {
        self.store = store
        page = store.makeBuffer()
        buffer = .allocate(byteCount: 64 << 10, alignment: 16)
        budget = store.highestPage + 1_000
    }

    deinit {
        page.deallocate()
        buffer.deallocate()
    }

    /// The first `wanted` bytes of a payload, at least; valid until the next call.
    func payload(of cell: Cell, in base: UnsafeRawPointer, first wanted: Int) throws(ParseError) -> UnsafeRawPointer {
        guard wanted <= OverflowReader.longest else {
            throw ParseError(.beyondLimit, "columns of at most \(OverflowReader.longest) bytes together")
        }
        if buffer.count < wanted + 16 {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(wanted + 16, min(2 * buffer.count, OverflowReader.longest + 16)), alignment: 16)
            buffer.deallocate()
            buffer = larger
        }
        guard let target = buffer.baseAddress else { throw ParseError(.unreadable, "memory for a payload") }
        var filled = min(cell.local, wanted)
        target.copyMemory(from: base + cell.start, byteCount: filled)
        next = cell.overflow
        // Brent's way to see a circle: compare with a page that is moved ahead at every power of two.
        var (marker, steps, power) = (0, 0, 1)
        while filled < wanted {
            guard next != marker, next > 1 else { throw ParseError(.malformed, "a chain of overflow pages") }
            guard budget > 0 else { throw ParseError(.beyondLimit, "each overflow page in one payload") }
            budget -= 1
            if steps == power { (marker, steps, power) = (next, 0, power * 2) }
            steps += 1
            let length = try store.read(next, into: page)
            guard length == store.usableSize else { throw ParseError(.truncated, "an overflow page") }
            let count = min(length - 4, wanted - filled)
            (target + filled).copyMemory(from: page + 4, byteCount: count)
            filled += count
            next = UnsafeRawPointer(page).big32(0)
        }
        return UnsafeRawPointer(target)
    }
}
