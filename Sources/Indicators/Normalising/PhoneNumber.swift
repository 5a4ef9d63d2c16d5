/// A telephone number as its digits, and whether they begin with a country code.
///
/// Spaces, hyphens, dots, slashes and brackets go; so do `tel:`, what follows a semicolon, and a `(0)` behind the country
/// code. A leading `+` or `00` is followed by a country code (E.164, https://www.itu.int/rec/T-REC-E.164), and so are the
/// digits in the accounts of WhatsApp (`491511234567@s.whatsapp.net`).
struct PhoneNumber: Hashable {
    /// At most fifteen digits, without `+` and `00`.
    let digits: [UInt8]
    /// Whether the digits begin with a country code for certain.
    let isInternational: Bool

    /// National numbers have at most ten digits, or begin with a zero, nearly everywhere: so many digits and more are
    /// taken for a number with its country code.
    static let likelyLength = 11

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var bytes = ComparableText.trimmed(text)
        guard bytes.count >= 5, bytes.count <= 80 else { return nil }
        if bytes.count > 4, Authority.equals(bytes, 0..<3, "tel"), bytes[3] == UInt8(ascii: ":") {
            bytes = ComparableText.trimmed(UnsafeBufferPointer(rebasing: bytes[4...]))
        }
        var isInternational = false
        if let at = bytes.firstIndex(of: UInt8(ascii: "@")) {
            let host = bytes[(at + 1)...]
            guard host.elementsEqual("s.whatsapp.net".utf8) || host.elementsEqual("c.us".utf8) else { return nil }
            isInternational = true
            bytes = UnsafeBufferPointer(rebasing: bytes[..<at])
            // A device of an account: `491511234567:12`, `491511234567.0:12`
            let end = bytes.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
            bytes = UnsafeBufferPointer(rebasing: bytes[..<(end ?? bytes.count)])
        }
        var digits: [UInt8] = []
        var index = 0
        scanning: while index < bytes.count {
            switch bytes[index] {
            case 0x30...0x39: digits.append(bytes[index])
            case UInt8(ascii: "+"):
                guard digits.isEmpty, !isInternational else { return nil }
                isInternational = true
            case UInt8(ascii: "("):
                // "+49 (0) 30": the zero is for callers inside the country.
                if isInternational || digits.starts(with: [0x30, 0x30]), index + 2 < bytes.count,
                    bytes[index + 1] == 0x30,
                    bytes[index + 2] == UInt8(ascii: ")")
                {
                    index += 2
                }
            case UInt8(ascii: ";"): break scanning
            case 0x20, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ")"): break
            // U+00A0 no-break space, U+2010 to U+2015 hyphens and dashes, U+202A to U+202E direction of writing
            case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0xA0: index += 1
            case 0xE2
            where index + 2 < bytes.count && bytes[index + 1] == 0x80
                && ((0x90...0x95).contains(bytes[index + 2]) || (0xAA...0xAF).contains(bytes[index + 2])):
                index += 2
            default: return nil
            }
            index += 1
        }
        if !isInternational, digits.count > 4, digits[0] == 0x30, digits[1] == 0x30 {
            digits.removeFirst(2)
            isInternational = true
        }
        guard (5...15).contains(digits.count), !isInternational || digits[0] != 0x30 else { return nil }
        self.digits = digits
        self.isInternational = isInternational
    }
}
