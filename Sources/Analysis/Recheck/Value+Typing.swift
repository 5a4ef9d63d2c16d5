import ArtifactModel
import Primitives
import RuleLanguage

extension Value {
    /// How many values one stored line may hold: more than any honest record, and few enough for a small machine.
    static let storedLimit = 1_000_000

    /// The value that was written, by the form of its field: JSON has one kind of text and one kind of number.
    ///
    /// Nothing if a check does not write this for such a field. A number that JSON can't say was written as `null` and is
    /// absent here, as are the types within nested values: see ``RuleDoubts``.
    func typed(_ form: FieldTable.Form) -> Value? {
        switch (form, self) {
        case (.text, .text), (.integer, .integer), (.truth, .truth), (.real, .real), (.real, .absent), (.nested, _):
            return self
        case (.real, .integer(let number)): return .real(Double(number))
        case (.moment, .text(let text)): return Timestamp(rfc3339: text).map { .moment($0) }
        case (.bytes, .text(let text)): return Value.bytes(base64: text).map { .bytes($0) }
        case (.texts, .list):
            if case .texts = asMember { return asMember }
            return nil
        default: return nil
        }
    }

    /// The bytes of a text in Base64 (RFC 4648, section 4), or nothing if it is none.
    static func bytes(base64 text: String) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.count / 4 * 3)
        for start in stride(from: 0, to: letters.count, by: 4) {
            var group: UInt32 = 0
            var padding = 0
            for letter in letters[start..<start + 4] {
                let value: UInt32
                switch letter {
                case 0x41...0x5A where padding == 0: value = UInt32(letter) - 0x41
                case 0x61...0x7A where padding == 0: value = UInt32(letter) - 0x61 + 26
                case 0x30...0x39 where padding == 0: value = UInt32(letter) - 0x30 + 52
                case UInt8(ascii: "+") where padding == 0: value = 62
                case UInt8(ascii: "/") where padding == 0: value = 63
                case UInt8(ascii: "="):
                    padding += 1
                    value = 0
                default: return nil
                }
                group = group << 6 | value
            }
            guard padding <= 2, padding == 0 || start + 4 == letters.count else { return nil }
            let decoded = [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
            bytes.append(contentsOf: decoded.dropLast(padding))
        }
        return bytes
    }
}
