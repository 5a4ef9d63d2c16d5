/// Finds links in text that people wrote.
public enum LinkExtraction {
    /// Every `http://` and `https://` link, each once and in order, without the punctuation of the sentence.
    ///
    /// There is no limit: a link behind a thousand others would be a place to hide.
    ///
    /// A link ends at white space, a control character, a quotation mark or an angle bracket. Then `.`, `,`, `;`,
    /// `:`, `!`, `?` and `'` at its end are cut, and a closing bracket whose opening one is not inside the link.
    public static func links(in text: String) -> [String] {
        var text = text
        return text.withUTF8 { links(in: $0) }
    }

    /// The same for UTF-8 bytes.
    public static func links(in bytes: UnsafeBufferPointer<UInt8>) -> [String] {
        var links: [String] = []
        var seen: Set<String> = []
        var index = 0
        while let start = nextScheme(in: bytes, from: index) {
            var end = start
            while end < bytes.count, !endsLink(bytes, end) { end += 1 }
            index = max(end, start + 1)
            let trimmed = trimmedEnd(bytes, start, end)
            // "http://" alone is no link.
            let scheme = bytes[start + 4] == UInt8(ascii: ":") ? 7 : 8
            if trimmed - start > scheme {
                let link = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<trimmed]), as: UTF8.self)
                if seen.insert(link).inserted { links.append(link) }
            }
        }
        return links
    }

    /// The start of the next `http://` or `https://`, in any mixture of cases.
    private static func nextScheme(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var index = start
        // "://" is rarer than "h", so it is what is looked for.
        while index + 2 < bytes.count {
            guard bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == UInt8(ascii: "/"),
                bytes[index + 2] == UInt8(ascii: "/")
            else {
                index += 1
                continue
            }
            for length in [4, 5] where index - length >= start {
                if equals(bytes, index - length, length == 4 ? "http" : "https") { return index - length }
            }
            index += 3
        }
        return nil
    }

    private static func equals(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ word: StaticString) -> Bool {
        for position in 0..<word.utf8CodeUnitCount where bytes[start + position] | 0x20 != word.utf8Start[position] {
            return false
        }
        return true
    }

    private static func endsLink(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        switch bytes[index] {
        case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): true
        // U+00A0 no-break space, U+200B zero width space, U+201C and U+201D quotation marks, U+3000 ideographic space
        case 0xC2: index + 1 < bytes.count && bytes[index + 1] == 0xA0
        case 0xE2:
            index + 2 < bytes.count && bytes[index + 1] == 0x80 && [0x8B, 0x9C, 0x9D].contains(bytes[index + 2])
        case 0xE3: index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80
        // U+FFFC stands for an attachment in a message
        case 0xEF: index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] == 0xBC
        default: false
        }
    }

    private static func trimmedEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        // Looked for once: nothing that is cut off below opens a bracket.
        let link = bytes[start..<end]
        let (round, square, curly) = (
            link.contains(UInt8(ascii: "(")), link.contains(UInt8(ascii: "[")), link.contains(UInt8(ascii: "{"))
        )
        var end = end
        while end > start {
            switch bytes[end - 1] {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
                UInt8(ascii: "?"), UInt8(ascii: "'"):
                end -= 1
            case UInt8(ascii: ")") where !round,
                UInt8(ascii: "]") where !square,
                UInt8(ascii: "}") where !curly:
                end -= 1
            default: return end
            }
        }
        return end
    }
}
