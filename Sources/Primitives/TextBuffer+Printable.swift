extension TextBuffer {
    /// Appends text so that it can't move a cursor, change a colour, start a line or turn the direction of writing.
    ///
    /// Control characters (C0, DEL, C1), line and paragraph separators and bidirectional controls appear as `\u{1B}`.
    /// What a name on a phone does to a terminal is the oldest trick of all (Unicode Technical Report 36, section 2.5).
    public mutating func append(printable text: String) {
        var text = text
        let isPlain = text.withUTF8 { bytes in
            // The lead bytes C2, D8 and E2 begin every character above ASCII that is looked for.
            bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 && $0 != 0xD8 && $0 != 0xE2 }
        }
        guard !isPlain else { return append(text: text) }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x206F:
                append("\\u{")
                append(text: String(scalar.value, radix: 16, uppercase: true))
                append("}")
            default: append(contentsOf: UTF8.encode(scalar)?.map { $0 } ?? [])
            }
        }
    }

    /// Appends one cell of a CSV file (RFC 4180), harmless for terminals and for spreadsheets.
    ///
    /// A cell that a spreadsheet would take as a formula gets an apostrophe before it.
    public mutating func append(cell text: String) {
        var text = text
        let start = bytes.count
        if let first = text.utf8.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) {
            append(UInt8(ascii: "'"))
        }
        append(printable: text)
        let needsQuotes = text.withUTF8 { $0.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") } }
        guard needsQuotes else { return }
        // Seldom enough that the cell may be taken off and written again.
        let cell = Array(bytes[start...])
        bytes.removeSubrange(start...)
        append(UInt8(ascii: "\""))
        for byte in cell {
            if byte == UInt8(ascii: "\"") { append(byte) }
            append(byte)
        }
        append(UInt8(ascii: "\""))
    }
}

extension String {
    /// The text with everything visible that a terminal would obey.
    public var printable: String {
        var buffer = TextBuffer()
        buffer.append(printable: self)
        return buffer.string
    }
}
