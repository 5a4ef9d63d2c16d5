import Primitives

/// Texts, each kept once, and known by a number from 1 on; 0 is no text.
///
/// Bytes in one piece, and a table of numbers: a million different texts take what their bytes take, and twelve bytes
/// each.
struct TextTable: Sendable {
    /// The bytes of all texts.
    private(set) var bytes: [UInt8] = []
    /// Where each text ends.
    private(set) var ends: [UInt32] = []
    private var hashes: [UInt32] = []
    private var slots = [UInt32](repeating: 0, count: 1_024)

    /// More than this does not fit the numbers of the layout.
    static let limit = Int(UInt32.max) - 1

    /// Publishers choose texts, so their places must not be known to them: a hundred thousand under one place would take
    /// minutes. Numbers are given in the order of the texts, so that nothing else depends on the secret.
    private static let secret = UInt64(bitPattern: Int64([4, 5].hashValue))

    /// The number of a text, which is new if the text is. `nil` has the number 0.
    mutating func number(of text: String?) -> UInt32 {
        guard let text else { return 0 }
        return text.withBytes { number(of: $0) }
    }

    /// The same for bytes; 0 as well if there is no more room.
    mutating func number(of text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = UInt32(truncatingIfNeeded: KeyHash.absorb(TextTable.secret, text, 0, text.count))
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if hashes[index] == hash, withText(UInt32(index + 1), { $0.holdsSame(as: text) }) {
                return UInt32(index + 1)
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard bytes.count + text.count <= TextTable.limit, ends.count < TextTable.limit else { return 0 }
        bytes.append(contentsOf: text)
        ends.append(UInt32(bytes.count))
        hashes.append(hash)
        slots[slot] = UInt32(ends.count)
        if ends.count * 2 > slots.count { grow() }
        return UInt32(ends.count)
    }

    /// Whether a text of this length still has room.
    func hasRoom(for count: Int) -> Bool { bytes.count + count <= TextTable.limit }

    private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index]) }

    private mutating func grow() {
        var larger = [UInt32](repeating: 0, count: slots.count * 2)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(hash) & (larger.count - 1)
            while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
            larger[slot] = UInt32(index + 1)
        }
        slots = larger
    }

    /// Lends the bytes of a text by its number; nothing for 0.
    func withText<Result>(_ number: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        guard number > 0, Int(number) <= ends.count else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(Int(number) - 1)])) }
    }

    /// Whether one text stands before another in the order of bytes; no text before all.
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
        guard left != right, right != 0 else { return false }
        guard left != 0 else { return true }
        return bytes[range(Int(left) - 1)].lexicographicallyPrecedes(bytes[range(Int(right) - 1)])
    }
}
