import Primitives

/// What a value becomes before it is compared: dashes, encodings, wildcards.
enum ValueEncoding {
    /// What is wrong.
    struct Reason: Error {
        let words: String
        init(_ words: String) { self.words = words }
    }

    /// More variants of a value than a person can mean.
    private static let variantLimit = 1_000

    /// The patterns that a value stands for.
    static func patterns(of value: String, _ test: FieldTest) throws(Reason) -> [TextPattern] {
        var texts = [value]
        if test.has(.windash) { texts = try dashes(value) }
        guard test.has(.base64) || test.has(.base64offset) else {
            return texts.map { TextPattern($0, isCased: test.has(.cased)) }
        }
        var patterns: [TextPattern] = []
        for text in texts {
            let bytes = encoded(text, test)
            // What Base64 makes of a value depends on capitals, so they are told apart.
            if test.has(.base64) {
                patterns.append(TextPattern(literal: base64(bytes), isCased: true))
            } else {
                guard bytes.count >= 3 else { throw Reason("'base64offset' needs at least three characters") }
                for offset in 0...2 { patterns.append(TextPattern(literal: shifted(bytes, offset), isCased: true)) }
            }
        }
        return patterns
    }

    /// All ways to write the dashes that begin a word: `-`, `/`, and three longer ones.
    private static func dashes(_ value: String) throws(Reason) -> [String] {
        let dashes: [Character] = ["-", "/", "\u{2013}", "\u{2014}", "\u{2015}"]
        var variants = [""]
        var previous: Character = " "
        for character in value {
            if dashes.contains(character), previous.isWhitespace {
                variants = variants.flatMap { start in dashes.map { start + String($0) } }
                guard variants.count <= variantLimit else {
                    throw Reason("'windash' would make more than \(variantLimit) variants of this value")
                }
            } else {
                variants = variants.map { $0 + String(character) }
            }
            previous = character
        }
        return variants
    }

    private static func encoded(_ text: String, _ test: FieldTest) -> [UInt8] {
        if test.has(.utf16le) || test.has(.wide) { return text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
        if test.has(.utf16be) { return text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } }
        if test.has(.utf16) {
            return [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        }
        return Array(text.utf8)
    }

    static func base64(_ bytes: [UInt8]) -> String {
        var text = TextBuffer()
        text.append(base64: bytes)
        // In quotation marks, as JSON has it.
        return String(decoding: text.bytes.dropFirst().dropLast(), as: UTF8.self)
    }

    /// The part of the encoding that is the same whatever stands before and behind, if `offset` bytes stand before.
    private static func shifted(_ bytes: [UInt8], _ offset: Int) -> String {
        let text = Array(base64([UInt8](repeating: 0, count: offset) + bytes).utf8)
        let start = [0, 2, 3][offset]
        let end = [0, 3, 2][(bytes.count + offset) % 3]
        return String(decoding: text[start..<max(start, text.count - end)], as: UTF8.self)
    }
}
