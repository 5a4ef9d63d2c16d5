extension TextBuffer {
    /// Appends text so that it can't move a cursor, change a colour, start a line or turn the direction of writing.
    ///
    /// Control characters (C0, DEL, C1), line and paragraph separators and bidirectional controls appear as `\u{1B}`.
    /// What a name on a phone does to a terminal is the oldest trick of all (Unicode Technical Report 36, section 2.5).
    public mutating func append(printable text: String) {
        var text = text
        let isPlain = text.withUTF8 { $0.allSatisfy(TextBuffer.isPlain) }
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
    /// A cell that a spreadsheet would take as a formula gets an apostrophe before it. So does what follows a semicolon
    /// within a cell: where people write a comma in numbers, spreadsheets take semicolons for the ends of cells.
    public mutating func append(cell text: String) {
        var text = text
        text.withUTF8 { append(cell: $0) }
    }

    /// The same for UTF-8 bytes.
    public mutating func append(cell text: UnsafeBufferPointer<UInt8>) {
        if let first = text.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) {
            append(UInt8(ascii: "'"))
        }
        var needsQuotes = false
        var isPlain = true
        var previous: UInt8 = 0
        for byte in text {
            needsQuotes = needsQuotes || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"")
            isPlain =
                isPlain && TextBuffer.isPlain(byte)
                && !(previous == UInt8(ascii: ";") && TextBuffer.startsFormula(byte))
            previous = byte
        }
        guard needsQuotes || !isPlain else { return bytes.append(contentsOf: text) }
        var guarded: [UInt8] = []
        for (index, byte) in text.enumerated() {
            if TextBuffer.startsFormula(byte), index > 0, text[index - 1] == UInt8(ascii: ";") {
                guarded.append(UInt8(ascii: "'"))
            }
            guarded.append(byte)
        }
        var shown = TextBuffer()
        shown.append(printable: String(decoding: guarded, as: UTF8.self))
        guard needsQuotes else { return bytes.append(contentsOf: shown.bytes) }
        append(UInt8(ascii: "\""))
        for byte in shown.bytes {
            if byte == UInt8(ascii: "\"") { append(byte) }
            append(byte)
        }
        append(UInt8(ascii: "\""))
    }

    /// Whether a spreadsheet takes a cell that begins with this byte for a formula: `=`, `+`, `-`, `@`.
    private static func startsFormula(_ byte: UInt8) -> Bool {
        byte == 0x3D || byte == 0x2B || byte == 0x2D || byte == 0x40
    }

    /// Whether a byte needs no closer look. C2, D8 and E2 begin every character above ASCII that is looked for.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F && byte != 0xC2 && byte != 0xD8 && byte != 0xE2
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
