/// Writes the archive that Messages keeps in `attributedBody`: one attributed string with one attribute.
public enum AttributedBody {
    /// The archive of a text.
    public static func bytes(_ text: String) -> [UInt8] {
        let utf8 = Array(text.utf8)
        // Lengths: one byte below 0x80, else 0x81 and two bytes, else 0x82 and four, least significant byte first.
        func number(_ value: Int) -> [UInt8] {
            if value < 0x80 { return [UInt8(value)] }
            if value < 0x8000 { return [0x81, UInt8(value & 0xFF), UInt8(value >> 8)] }
            return [0x82] + (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) }
        }
        func name(_ text: String, version: UInt8) -> [UInt8] {
            [0x84, 0x84, UInt8(text.utf8.count)] + Array(text.utf8) + [version]
        }
        var bytes: [UInt8] = [0x04, 0x0B] + Array("streamtyped".utf8) + [0x81, 0xE8, 0x03, 0x84, 0x01, 0x40, 0x84]
        bytes += name("NSAttributedString", version: 0) + name("NSObject", version: 0) + [0x85, 0x92, 0x84]
        bytes += name("NSString", version: 1) + [0x94, 0x84, 0x01, 0x2B] + number(utf8.count) + utf8
        // One run of attributes over the whole length in UTF-16 units.
        bytes += [0x86, 0x84, 0x02, 0x69, 0x49, 0x01] + number(text.utf16.count) + [0x92, 0x84]
        bytes += name("NSDictionary", version: 0) + [0x94, 0x84, 0x01, 0x69, 0x01, 0x92, 0x84, 0x96, 0x96, 0x1D]
        bytes += Array("__kIMMessagePartAttributeName".utf8) + [0x86, 0x92, 0x84]
        bytes += name("NSNumber", version: 0) + name("NSValue", version: 0)
        bytes += [0x94, 0x84, 0x01, 0x2A, 0x84, 0x99, 0x99, 0x00, 0x86, 0x86, 0x86]
        return bytes
    }
}
