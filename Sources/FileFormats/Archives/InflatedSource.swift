public import Primitives
import Synchronization

/// Bytes that DEFLATE packed, unpacked where they are read, in bounded memory, and never to disk.
///
/// DEFLATE can only be unpacked forwards. While that happens for the first time, the state of the unpacking is put
/// aside every now and then; a position that was passed is reached from the state before it. There are at most
/// 512 of them, 40 KB each: when they become more, every second one is given up.
public final class InflatedSource: ByteSource, SequentialBytes {
    /// What the lock guards; it may go from thread to thread because only one at a time has it.
    private struct State: @unchecked Sendable {
        /// Where unpacking goes on if nothing better is known.
        var cursor: InflateCursor?
        /// States in the order of their positions; the first is the start.
        var marks: [InflateCursor] = []
        /// Bytes between marks.
        var spacing = InflatedSource.firstSpacing
        /// How far was unpacked at any time.
        var frontier = 0
        var end: Int?
        /// Why the end came too early.
        var failure: ParseError?
        /// The pieces that were read last, the newest first.
        var recent: [(index: Int, bytes: [UInt8])] = []
    }

    private let stored: any ByteSource
    private let range: Range<Int>
    private let form: InflateCursor.Form
    /// The number of bytes that the archive announces.
    private let announced: Int?
    private let state = Mutex(State())

    static let pieceSize = 256 << 10
    private static let firstSpacing = 1 << 20
    private static let markLimit = 512
    private static let recentLimit = 64

    init(_ stored: any ByteSource, _ range: Range<Int>, form: InflateCursor.Form, announced: Int?) {
        self.stored = stored
        self.range = range
        self.form = form
        self.announced = announced
    }

    /// Unpacks a file that gzip packed. How many bytes it has is known only when its end was read.
    public convenience init(gzip stored: any ByteSource) {
        self.init(stored, 0..<stored.count, form: .gzip, announced: nil)
    }

    /// The number that was announced; otherwise, how many bytes have been seen so far.
    public var count: Int { announced ?? state.withLock { $0.end ?? $0.frontier } }

    public var end: Int? { state.withLock { $0.end } }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
        guard offset >= 0, offset < announced ?? .max else { return 0 }
        let wanted = min(buffer.count, (announced ?? .max) - offset)
        return try state.withLock { (state) throws(ParseError) -> Int in
            var filled = 0
            while filled < wanted {
                let (index, start) = (offset + filled).quotientAndRemainder(dividingBy: InflatedSource.pieceSize)
                let piece = try piece(index, &state)
                let length = min(wanted - filled, piece.count - start)
                guard length > 0 else {
                    if let failure = state.failure { throw failure }
                    break
                }
                piece.withUnsafeBytes { piece in
                    UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + length])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: piece[start..<start + length]))
                }
                filled += length
            }
            return filled
        }
    }

    /// A piece; shorter, or empty, only at the end.
    private func piece(_ index: Int, _ state: inout State) throws(ParseError) -> [UInt8] {
        if let position = state.recent.firstIndex(where: { $0.index == index }) {
            let found = state.recent.remove(at: position)
            state.recent.insert(found, at: 0)
            return found.bytes
        }
        let start = index * InflatedSource.pieceSize
        if let end = state.end, start >= end { return [] }
        let cursor = try cursor(before: start, &state)
        var bytes: [UInt8] = []
        while cursor.output <= start {
            let from = cursor.output
            bytes = [UInt8](unsafeUninitializedCapacity: InflatedSource.pieceSize) { buffer, filled in
                filled = cursor.unpack(
                    into: UnsafeMutableRawBufferPointer(buffer), from: stored, end: range.upperBound)
            }
            state.frontier = max(state.frontier, cursor.output)
            guard bytes.count == InflatedSource.pieceSize else {
                state.end = cursor.output
                state.failure = cursor.failure
                state.cursor = nil
                if from < start { bytes = [] }
                break
            }
            mark(cursor, &state)
        }
        state.recent.insert((index, bytes), at: 0)
        if state.recent.count > InflatedSource.recentLimit { state.recent.removeLast() }
        return bytes
    }

    /// The last known state at or before a position.
    private func cursor(before offset: Int, _ state: inout State) throws(ParseError) -> InflateCursor {
        if state.marks.isEmpty { state.marks = [try InflateCursor.begin(form, at: range.lowerBound)] }
        var (low, high) = (0, state.marks.count)
        while low < high {
            let middle = low + (high - low) / 2
            if state.marks[middle].output <= offset { low = middle + 1 } else { high = middle }
        }
        let mark = state.marks[max(0, low - 1)]
        if let cursor = state.cursor, cursor.output <= offset, cursor.output >= mark.output { return cursor }
        guard let cursor = mark.copy() else { throw ParseError(.beyondLimit, "memory to unpack with") }
        state.cursor = cursor
        return cursor
    }

    private func mark(_ cursor: InflateCursor, _ state: inout State) {
        guard let last = state.marks.last, cursor.output - last.output >= state.spacing, let mark = cursor.copy()
        else { return }
        state.marks.append(mark)
        guard state.marks.count > InflatedSource.markLimit else { return }
        state.marks = stride(from: 0, to: state.marks.count, by: 2).map { state.marks[$0] }
        state.spacing *= 2
    }
}
