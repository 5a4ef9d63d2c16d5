extension TextBuffer {
    /// Appends a JSON string with its quotation marks (RFC 8259, section 7).
    ///
    /// Control characters are escaped, and so is U+007F, which does nothing in JSON and much in a terminal. The C1
    /// controls U+0080 to U+009F are escaped for the same reason.
    public mutating func append(jsonString text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { appendEscaped($0) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends an array of JSON strings.
    public mutating func append(jsonStrings texts: [String]) {
        bytes.append(UInt8(ascii: "["))
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(jsonString: text)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Appends a JSON number, or `null` for what JSON can't say (infinities and not-a-number).
    public mutating func append(jsonNumber number: Double) {
        if !number.isFinite {
            append("null")
        } else if number == number.rounded(), number.magnitude < 9e15 {
            append(decimal: Int64(number))
        } else {
            append(text: "\(number)")
        }
    }

    /// Appends `"BASE64"` (RFC 4648, section 4).
    public mutating func append(base64 data: [UInt8]) {
        let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        let letters = UnsafeBufferPointer(start: alphabet.utf8Start, count: 64)
        bytes.append(UInt8(ascii: "\""))
        bytes.reserveCapacity(bytes.count + (data.count + 2) / 3 * 4 + 1)
        var index = 0
        while index < data.count {
            let left = data.count - index
            let group =
                UInt32(data[index]) << 16 | (left > 1 ? UInt32(data[index + 1]) << 8 : 0)
                | (left > 2 ? UInt32(data[index + 2]) : 0)
            bytes.append(letters[Int(group >> 18)])
            bytes.append(letters[Int(group >> 12 & 63)])
            bytes.append(left > 1 ? letters[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            bytes.append(left > 2 ? letters[Int(group & 63)] : UInt8(ascii: "="))
            index += 3
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Copies whole stretches that need no escape; looks closer only at the bytes that may.
    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            // C1 controls are C2 80 … C2 9F in UTF-8.
            let isC1 = byte == 0xC2 && index + 1 < text.count && text[index + 1] < 0xA0
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte != 0x7F, !isC1 {
                if byte == 0xE2 || byte == 0xD8, let (code, length) = TextBuffer.direction(text, index) {
                    bytes.append(contentsOf: text[start..<index])
                    append("\\u")
                    append(hexadecimal: UInt8(code >> 8))
                    append(hexadecimal: UInt8(code & 0xFF))
                    index += length
                    start = index
                } else {
                    index += 1
                }
                continue
            }
            bytes.append(contentsOf: text[start..<index])
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            default:
                append("\\u00")
                append(hexadecimal: isC1 ? text[index + 1] : byte)
            }
            index += isC1 ? 2 : 1
            start = index
        }
        bytes.append(contentsOf: text[start..<text.count])
    }

    /// The control of the direction of writing, or the separator of lines, that begins here: U+061C, U+200E and U+200F,
    /// U+2028 to U+202E, U+2066 to U+206F.
    private static func direction(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> (code: UInt16, length: Int)? {
        guard index + 1 < text.count else { return nil }
        if text[index] == 0xD8 { return text[index + 1] == 0x9C ? (0x061C, 2) : nil }
        guard index + 2 < text.count, text[index + 1] == 0x80 || text[index + 1] == 0x81 else { return nil }
        let code = 0x2000 | UInt16(text[index + 1] & 1) << 6 | UInt16(text[index + 2] & 0x3F)
        switch code {
        case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F: return (code, 3)
        default: return nil
        }
    }

    /// Appends two lower-case hexadecimal digits.
    public mutating func append(hexadecimal byte: UInt8) {
        let digits: StaticString = "0123456789abcdef"
        bytes.append(digits.utf8Start[Int(byte >> 4)])
        bytes.append(digits.utf8Start[Int(byte & 15)])
    }
}

extension Sequence<UInt8> {
    /// The bytes as lower-case hexadecimal digits.
    public var hexadecimal: String {
        var text = TextBuffer()
        for byte in self { text.append(hexadecimal: byte) }
        return text.string
    }
}
