/// The little of the tar format that a pack uses: ordinary files, short names, nothing that depends on a machine.
///
/// Source: POSIX.1-2024, `pax`, "ustar Interchange Format".
enum PackTar {
    static let blockSize = 512

    /// A header: mode 0644, owner 0, time 0, so that the same content gives the same bytes anywhere.
    static func header(name: String, size: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockSize)
        func put(_ bytes: [UInt8], at offset: Int) {
            for (index, byte) in bytes.enumerated() { block[offset + index] = byte }
        }
        func octal(_ number: Int, _ width: Int) -> [UInt8] {
            let digits = Array(String(number, radix: 8).utf8)
            return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, width - digits.count)) + digits
        }
        put(Array(name.utf8.prefix(100)), at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(size, 11), at: 124)
        put(octal(0, 11), at: 136)
        put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)
        block[156] = UInt8(ascii: "0")
        put(Array("ustar\u{0}00".utf8), at: 257)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, 6) + [0, UInt8(ascii: " ")], at: 148)
        return block
    }

    /// How many zero bytes follow a content of this size.
    static func padding(_ size: Int) -> Int { (blockSize - size % blockSize) % blockSize }

    /// Name and size of a header, or why it is none that a pack has.
    static func read(_ block: [UInt8]) -> Result<(name: String, size: Int), Objection> {
        guard block.count == blockSize else { return .failure(Objection("it ends in the middle")) }
        func number(_ range: Range<Int>) -> Int? {
            let digits = block[range].prefix { (0x30...0x37).contains($0) }
            guard !digits.isEmpty, block[range].dropFirst(digits.count).allSatisfy({ $0 == 0 || $0 == 0x20 }) else {
                return nil
            }
            return digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }
        }
        let sum = block.enumerated().reduce(0) {
            $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element))
        }
        guard number(148..<156) == sum, block[257..<262].elementsEqual(Array("ustar".utf8)),
            let size = number(124..<136)
        else { return .failure(Objection("expected the header of a member")) }
        guard block[156] == UInt8(ascii: "0"), block[345] == 0 else {
            return .failure(Objection("it has something else than ordinary files with short names"))
        }
        let name = block[0..<100].prefix { $0 != 0 }
        guard isAllowed(name) else { return .failure(Objection("a member has a name that leads elsewhere")) }
        return .success((String(decoding: name, as: UTF8.self), size))
    }

    /// Why a pack is not read.
    struct Objection: Error {
        let words: String
        init(_ words: String) { self.words = words }
    }

    /// `manifest.json`, `manifest.json.minisig`, or `files/` and a plain name: nothing that could lead anywhere.
    private static func isAllowed(_ name: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: name, as: UTF8.self)
        if text == IndicatorPack.manifestName || text == IndicatorPack.signatureName { return true }
        guard text.hasPrefix("files/") else { return false }
        let rest = name.dropFirst(6)
        return !rest.isEmpty && rest.first != UInt8(ascii: ".")
            && rest.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }
}
