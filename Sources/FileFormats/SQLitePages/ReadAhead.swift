import Primitives

/// Reads several pages at once where a walk goes through the file in order, as most tables lie.
final class ReadAhead {
    private static let size = 64 << 10

    private let store: PageStore
    private let buffer: UnsafeMutableRawPointer
    /// How many pages are read at once; one is none.
    private let span: Int
    private var first = 0
    private var count = 0
    private var last = 0

    init(_ store: PageStore) {
        self.store = store
        span = ReadAhead.size / store.pageSize
        buffer = .allocate(byteCount: ReadAhead.size + 32, alignment: 16)
        buffer.initializeMemory(as: UInt8.self, repeating: 0, count: ReadAhead.size + 32)
    }

    deinit { buffer.deallocate() }

    /// The bytes of a page, until the next page is asked for; nothing if it has to be read by itself.
    func page(_ number: Int) -> UnsafeRawPointer? {
        defer { last = number }
        if number < first || number >= first + count {
            guard number == last + 1, span > 1 else { return nil }
            first = number
            count = store.read(from: number, atMost: span, into: buffer)
            guard count > 0 else { return nil }
        }
        guard store.isInFile(number) else { return nil }
        return UnsafeRawPointer(buffer + (number - first) * store.pageSize)
    }
}
