/// The words of a CREATE TABLE statement.
enum SchemaToken: Equatable {
    /// A keyword or a name, as written.
    case word(String)
    /// A name in quotation marks, brackets or backticks.
    case quoted(String)
    /// A text in single quotation marks.
    case string(String)
    case number(String)
    /// The hexadecimal digits of `x'…'`.
    case blob(String)
    case symbol(UInt8)

    /// Cuts a statement into words; white space and comments are left out.
    ///
    /// Source: <https://www.sqlite.org/lang_createtable.html>, <https://www.sqlite.org/lang_keywords.html>
    static func tokens(of text: [UInt8]) -> [SchemaToken] {
        var tokens: [SchemaToken] = []
        var index = 0
        func peek(_ distance: Int) -> UInt8 { index + distance < text.count ? text[index + distance] : 0 }
        func isWord(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
                true
            default: false
            }
        }
        func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
        /// Reads up to the closing mark, which stands for itself if it is written twice.
        func enclosed(by close: UInt8) -> String {
            var bytes: [UInt8] = []
            index += 1
            while index < text.count {
                if text[index] == close {
                    guard close != UInt8(ascii: "]"), peek(1) == close else { break }
                    index += 1
                }
                bytes.append(text[index])
                index += 1
            }
            index += 1
            return String(decoding: bytes, as: UTF8.self)
        }
        while index < text.count {
            let byte = text[index]
            switch byte {
            case 0x09...0x0D, 0x20: index += 1
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
                while index < text.count, text[index] != 0x0A { index += 1 }
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                index += 2
                while index < text.count, !(text[index] == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/")) {
                    index += 1
                }
                index += 2
            case UInt8(ascii: "'"): tokens.append(.string(enclosed(by: byte)))
            case UInt8(ascii: "\""), UInt8(ascii: "`"): tokens.append(.quoted(enclosed(by: byte)))
            case UInt8(ascii: "["): tokens.append(.quoted(enclosed(by: UInt8(ascii: "]"))))
            case _ where byte | 0x20 == UInt8(ascii: "x") && peek(1) == UInt8(ascii: "'"):
                index += 1
                tokens.append(.blob(enclosed(by: UInt8(ascii: "'"))))
            case _ where isDigit(byte) || (byte == UInt8(ascii: ".") && isDigit(peek(1))):
                let start = index
                while index < text.count {
                    let isSign = text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-")
                    let isExponent = index > start && text[index - 1] | 0x20 == UInt8(ascii: "e")
                    guard isWord(text[index]) || text[index] == UInt8(ascii: ".") || (isSign && isExponent) else {
                        break
                    }
                    index += 1
                }
                tokens.append(.number(String(decoding: text[start..<index], as: UTF8.self)))
            case _ where isWord(byte):
                let start = index
                while index < text.count, isWord(text[index]) { index += 1 }
                tokens.append(.word(String(decoding: text[start..<index], as: UTF8.self)))
            default:
                tokens.append(.symbol(byte))
                index += 1
            }
        }
        return tokens
    }

    /// The keyword in capitals, if this may be one.
    var keyword: String? { if case .word(let word) = self { word.uppercased() } else { nil } }

    /// The name, if this may be one.
    var name: String? {
        switch self {
        case .word(let name), .quoted(let name), .string(let name): name
        default: nil
        }
    }

    func isSymbol(_ character: Unicode.Scalar) -> Bool { self == .symbol(UInt8(ascii: character)) }
}
