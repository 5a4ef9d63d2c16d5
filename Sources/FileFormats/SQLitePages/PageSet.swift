/// A set of page numbers, with memory only where there are members.
struct PageSet {
    private static let span = 1 << 15
    private var chunks: [[UInt64]?] = []

    init() {}

    func contains(_ page: Int) -> Bool {
        let chunk = page / PageSet.span
        guard page >= 0, chunk < chunks.count, let bits = chunks[chunk] else { return false }
        let bit = page % PageSet.span
        return bits[bit >> 6] & 1 << UInt64(bit & 63) != 0
    }

    /// Adds a page, and says whether it was new. Page numbers have 32 bits, so the table of chunks stays small.
    @discardableResult
    mutating func insert(_ page: Int) -> Bool {
        guard page >= 0, page <= Int(UInt32.max) else { return false }
        let chunk = page / PageSet.span
        if chunk >= chunks.count { chunks.append(contentsOf: repeatElement(nil, count: chunk - chunks.count + 1)) }
        let bit = page % PageSet.span
        let mask = 1 << UInt64(bit & 63) as UInt64
        var bits = chunks[chunk] ?? [UInt64](repeating: 0, count: PageSet.span >> 6)
        chunks[chunk] = nil
        let isNew = bits[bit >> 6] & mask == 0
        bits[bit >> 6] |= mask
        chunks[chunk] = bits
        return isNew
    }
}
