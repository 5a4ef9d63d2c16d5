import Primitives

/// Lines of words within a width, with or without colour.
struct TerminalPaper: Sendable {
    /// How a part of a line stands out.
    enum Style: Sendable {
        case plain, bold, faint, critical, high, medium, low

        /// The parameters of "select graphic rendition" (ECMA-48, section 8.3.117).
        var parameters: StaticString {
            switch self {
            case .plain: "0"
            case .bold: "1"
            case .faint: "2"
            case .critical: "1;31"
            case .high: "31"
            case .medium: "33"
            case .low: "36"
            }
        }
    }

    /// What was written so far.
    private(set) var text = TextBuffer()
    private let color: Bool
    private let width: Int

    /// Empty paper; a width that no terminal has is taken as 40 or 400 columns.
    init(color: Bool, width: Int) {
        self.color = color
        self.width = min(max(width, 40), 400)
    }

    mutating func emptyLine() { text.append("\n") }

    /// A heading with air before it.
    mutating func heading(_ words: String) {
        emptyLine()
        line(words, style: .bold)
    }

    /// Words, wrapped, behind a label that stands in a column of its own on the first line.
    mutating func line(
        _ words: String, style: Style = .plain, label: String = "", labelStyle: Style = .plain, labelWidth: Int = 0,
        indent: Int = 0
    ) {
        append(spaces: indent)
        if labelWidth > 0 {
            append(label, style: labelStyle)
            append(spaces: max(1, labelWidth - label.count))
        }
        let margin = indent + labelWidth
        for (index, row) in rows(of: words, within: width - margin).enumerated() {
            if index > 0 { append(spaces: margin) }
            append(row, style: style)
            text.append("\n")
        }
    }

    /// At least one row; a word that is longer than a row has one of its own.
    private func rows(of words: String, within width: Int) -> [String] {
        var rows: [String] = []
        var row = ""
        var length = 0
        for word in words.split(separator: " ") {
            let count = word.count
            if length > 0, length + 1 + count > width {
                rows.append(row)
                (row, length) = ("", 0)
            }
            if length > 0 {
                row.append(" ")
                length += 1
            }
            row.append(contentsOf: word)
            length += count
        }
        rows.append(row)
        return rows
    }

    private mutating func append(spaces count: Int) {
        for _ in 0..<max(0, count) { text.append(UInt8(ascii: " ")) }
    }

    private mutating func append(_ words: String, style: Style) {
        guard color, style != .plain else { return text.append(text: words) }
        text.append("\u{1B}[")
        text.append(style.parameters)
        text.append("m")
        text.append(text: words)
        text.append("\u{1B}[0m")
    }
}
