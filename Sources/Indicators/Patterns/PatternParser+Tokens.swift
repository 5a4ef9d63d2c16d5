import Primitives

extension PatternParser {
    /// Passes over white space and comments, which the grammar allows everywhere.
    mutating func skipSpace() {
        while offset < bytes.count {
            if bytes[offset] <= 0x20 {
                offset += 1
            } else if startsWith("/*") {
                offset += 2
                while offset < bytes.count, !startsWith("*/") { offset += 1 }
                offset = min(offset + 2, bytes.count)
            } else if startsWith("//") {
                while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
            } else {
                return
            }
        }
    }

    private func startsWith(_ sign: StaticString) -> Bool {
        bytes.count - offset >= 2 && bytes[offset] == sign.utf8Start[0] && bytes[offset + 1] == sign.utf8Start[1]
    }

    mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    /// Takes a key word in either case, if nothing of a longer word follows it.
    mutating func takeWord(_ word: String) -> Bool {
        skipSpace()
        let found = bytes[offset...].prefix(while: PatternParser.isWord)
        guard found.count == word.utf8.count,
            zip(found, word.utf8).allSatisfy({ ($0 | 0x20) == ($1 | 0x20) })
        else { return false }
        offset += found.count
        return true
    }

    static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// `type:key.'quoted key'[*].key`, with white space anywhere between its parts.
    mutating func path() throws(IndicatorPattern.Refusal) -> ObjectPath {
        skipSpace()
        let type = word()
        guard !type.isEmpty else { throw malformed("an object type") }
        guard take(UInt8(ascii: ":")) else { throw malformed("a colon") }
        var steps: [ObjectPath.Step] = []
        repeat {
            skipSpace()
            let key = isQuoted ? try text() : word()
            guard !key.isEmpty else { throw malformed("a property") }
            guard steps.count < 64 else { throw malformed("a property of at most 64 parts") }
            steps.append(.key(key))
            while take(UInt8(ascii: "[")) {
                guard steps.count < 64 else { throw malformed("a property of at most 64 parts") }
                if take(UInt8(ascii: "*")) {
                    steps.append(.anyIndex)
                } else {
                    guard case .integer(let index) = try constant() else { throw malformed("an index or *") }
                    steps.append(.index(index))
                }
                guard take(UInt8(ascii: "]")) else { throw malformed("a closing square bracket") }
            }
        } while take(UInt8(ascii: "."))
        return ObjectPath(type: type, steps: steps)
    }

    private mutating func word() -> String {
        let word = bytes[offset...].prefix(while: PatternParser.isWord)
        offset += word.count
        return String(decoding: word, as: UTF8.self)
    }

    private var isQuoted: Bool {
        offset < bytes.count && (bytes[offset] == UInt8(ascii: "'") || bytes[offset] == UInt8(ascii: "\""))
    }

    /// Text in quotation marks. A backslash that escapes neither a quotation mark nor a backslash is kept: publishers
    /// forget to double it.
    private mutating func text() throws(IndicatorPattern.Refusal) -> String {
        let mark = bytes[offset]
        var text: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == mark { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), offset < bytes.count, bytes[offset] == mark || bytes[offset] == byte {
                text.append(bytes[offset])
                offset += 1
            } else {
                text.append(byte)
            }
        }
        throw malformed("a quotation mark at the end of the value")
    }

    /// A constant of any type.
    mutating func constant() throws(IndicatorPattern.Refusal) -> PatternConstant {
        skipSpace()
        if isQuoted { return .text(try text()) }
        guard offset < bytes.count else { throw malformed("a value in quotation marks, or a number") }
        // b'…', h'…' and t'…'
        if offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "'") {
            let start = offset
            let letter = bytes[offset]
            offset += 1
            let text = try text()
            switch letter {
            case UInt8(ascii: "t"): if let moment = Timestamp(rfc3339: text) { return .moment(moment) }
            case UInt8(ascii: "h"): if let bytes = PatternParser.hexadecimal(text) { return .bytes(bytes) }
            case UInt8(ascii: "b"): if let bytes = PatternParser.base64(text) { return .bytes(bytes) }
            default: break
            }
            offset = start
            throw malformed("a moment t'…', hexadecimal digits h'…' or Base64 b'…'")
        }
        if takeWord("true") { return .truth(true) }
        if takeWord("false") { return .truth(false) }
        return try number()
    }

    private mutating func number() throws(IndicatorPattern.Refusal) -> PatternConstant {
        let digits = bytes[offset...].prefix { byte in
            byte &- 0x30 < 10 || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
        var text = String(decoding: digits.prefix(64), as: UTF8.self)
        if text.hasPrefix("+") { text.removeFirst() }
        guard digits.count <= 64, let last = digits.last, last &- 0x30 < 10 else {
            throw malformed("a value in quotation marks, or a number")
        }
        let found: PatternConstant
        if let number = Int64(text) {
            found = .integer(number)
        } else if text.utf8.contains(UInt8(ascii: ".")), let number = Double(text), number.isFinite {
            found = .real(number)
        } else {
            throw malformed("a value in quotation marks, or a number of 64 bits")
        }
        offset += digits.count
        // 5abc is no number.
        guard offset == bytes.count || !PatternParser.isWord(bytes[offset]) else {
            throw malformed("the end of the number")
        }
        return found
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var half: UInt8?
        for character in text.utf8 {
            let digit: UInt8
            switch character {
            case 0x30...0x39: digit = character - 0x30
            case 0x41...0x46: digit = character - 0x37
            case 0x61...0x66: digit = character - 0x57
            default: return nil
            }
            if let high = half {
                bytes.append(high << 4 | digit)
                half = nil
            } else {
                half = digit
            }
        }
        return half == nil ? bytes : nil
    }

    /// RFC 4648, section 4.
    private static func base64(_ text: String) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count.isMultiple(of: 4) else { return nil }
        let content = characters.prefix { $0 != UInt8(ascii: "=") }
        let padding = characters[content.count...]
        guard padding.count <= 2, padding.allSatisfy({ $0 == UInt8(ascii: "=") }) else { return nil }
        var bytes: [UInt8] = []
        var (bits, count): (UInt32, Int) = (0, 0)
        for character in content {
            let value: UInt32
            switch character {
            case 0x41...0x5A: value = UInt32(character - 0x41)
            case 0x61...0x7A: value = UInt32(character - 0x61) + 26
            case 0x30...0x39: value = UInt32(character - 0x30) + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            default: return nil
            }
            bits = (bits << 6 | value) & 0xFF_FFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
