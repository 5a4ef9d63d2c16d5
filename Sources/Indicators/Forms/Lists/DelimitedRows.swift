/// The rows of a table as text: cells with commas, semicolons or tabs between them, quoted as RFC 4180 says.
struct DelimitedRows {
    /// One row.
    struct Row {
        /// The cells, without quotation marks.
        var cells: [String] = []
        /// The line on which it begins, from 1.
        var line = 0
        /// Whether a cell is no UTF-8, or a quotation mark has no end.
        var isDamaged = false
        /// Whether the row begins with a number sign.
        var isComment = false
    }

    /// More cells, or bytes in a cell, are no table of indicators.
    static let cellLimit = 500
    static let lengthLimit = 1 << 20

    private let bytes: [UInt8]
    private let delimiter: UInt8
    private var offset: Int
    private var line = 1

    init(_ bytes: [UInt8], delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
        offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next row that is not empty, or `nil` at the end.
    mutating func next() -> Row? {
        while offset < bytes.count, bytes[offset] == 0x0A || bytes[offset] == 0x0D {
            if bytes[offset] == 0x0A { line += 1 }
            offset += 1
        }
        guard offset < bytes.count else { return nil }
        var row = Row()
        row.line = line
        row.isComment = bytes[offset] == UInt8(ascii: "#")
        // A comment is one cell, whatever it contains.
        if row.isComment {
            let start = offset
            while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset += 1 }
            row.cells = [String(decoding: bytes[start..<offset], as: UTF8.self)]
            return row
        }
        while true {
            let (cell, isDamaged) = cell()
            if isDamaged { row.isDamaged = true }
            if row.cells.count < DelimitedRows.cellLimit { row.cells.append(cell) } else { row.isDamaged = true }
            guard offset < bytes.count, bytes[offset] == delimiter else { return row }
            offset += 1
        }
    }

    private mutating func cell() -> (String, isDamaged: Bool) {
        var text: [UInt8] = []
        var isDamaged = false
        while offset < bytes.count, bytes[offset] == 0x20 { offset += 1 }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
            offset += 1
            isDamaged = true
            let start = offset
            while offset < bytes.count {
                let byte = bytes[offset]
                offset += 1
                if byte == 0x0A { line += 1 }
                guard byte == UInt8(ascii: "\"") else {
                    text.append(byte)
                    // A mark without an end would swallow the rest of the file.
                    if text.count > DelimitedRows.lengthLimit { break }
                    continue
                }
                guard offset < bytes.count, bytes[offset] == byte else {
                    isDamaged = false
                    break
                }
                text.append(byte)
                offset += 1
            }
            if isDamaged {
                // Back to the end of the line on which it began.
                line -= bytes[start..<offset].count { $0 == 0x0A }
                offset = start
            }
        }
        let start = offset
        while offset < bytes.count, bytes[offset] != delimiter, bytes[offset] != 0x0A, bytes[offset] != 0x0D {
            offset += 1
        }
        if text.isEmpty { text = Array(bytes[start..<offset]) } else { text += bytes[start..<offset] }
        while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
        guard let cell = String(validating: text, as: UTF8.self) else { return ("", true) }
        return (cell, isDamaged)
    }
}
