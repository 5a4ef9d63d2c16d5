/// Finds links in text that people wrote.
///
/// Only what has a scheme is a link here: `example.org` in a sentence may be a name, a file or a slip. A field that
/// promises a link or a host is compared as it is, and needs none.
public enum LinkExtraction {
    /// Every `http://` and `https://` link, each once and in order, without the punctuation of the sentence.
    ///
    /// There is no limit: a link behind a thousand others would be a place to hide.
    ///
    /// A link ends at white space, a control character, a quotation mark, an angle bracket, or where a comma, a semicolon
    /// or a bar is followed by the next link. Then punctuation at its end is cut, of other scripts as well; a closing
    /// bracket, if more are closed than were opened inside the link; and marks that stand in front of the link, too:
    /// `*https://…*`, `_https://…_`, `'https://…'`.
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
            // "http://" alone is no link.
            let host = start + (bytes[start + 4] == UInt8(ascii: ":") ? 7 : 8)
            var end = host
            while end < bytes.count, !endsLink(bytes, end) { end += 1 }
            index = max(end, start + 1)
            let trimmed = trimmedEnd(bytes, start, end)
            if trimmed > host {
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
        case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "`"): true
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"): beginsLink(bytes, index + 1)
        // U+00A0 no-break space, U+00AB and U+00BB quotation marks
        case 0xC2: index + 1 < bytes.count && [0xA0, 0xAB, 0xBB].contains(bytes[index + 1])
        case 0xE2:
            // U+2000 to U+200B spaces, U+2018 to U+201F quotation marks, U+2028 and U+2029 line ends, U+202A to U+202E
            // direction of writing, U+2039 and U+203A quotation marks; U+2060 to U+206F have no width
            index + 2 < bytes.count
                && (bytes[index + 1] == 0x80
                    && [0x80...0x8B, 0x98...0x9F, 0xA8...0xAF, 0xB9...0xBA].contains { $0.contains(bytes[index + 2]) }
                    || bytes[index + 1] == 0x81 && (0xA0...0xAF).contains(bytes[index + 2]))
        // U+3000 ideographic space, U+3008 to U+3011 and U+3014 to U+301F brackets and quotation marks
        case 0xE3:
            index + 2 < bytes.count && bytes[index + 1] == 0x80
                && (bytes[index + 2] == 0x80 || (0x88...0x91).contains(bytes[index + 2])
                    || (0x94...0x9F).contains(bytes[index + 2]))
        // U+FFFC stands for an attachment in a message, U+FF08 and U+FF09 are brackets in full width
        case 0xEF:
            index + 2 < bytes.count
                && (bytes[index + 1] == 0xBF && bytes[index + 2] == 0xBC
                    || bytes[index + 1] == 0xBC && (0x88...0x89).contains(bytes[index + 2]))
        default: false
        }
    }

    private static func beginsLink(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        guard start + 7 < bytes.count, equals(bytes, start, "http") else { return false }
        let colon = bytes[start + 4] | 0x20 == UInt8(ascii: "s") ? start + 5 : start + 4
        return colon + 2 < bytes.count && bytes[colon] == UInt8(ascii: ":") && bytes[colon + 1] == UInt8(ascii: "/")
            && bytes[colon + 2] == UInt8(ascii: "/")
    }

    private static func trimmedEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        // Counted once, and corrected as brackets are cut.
        var (round, square, curly) = (0, 0, 0)
        for byte in bytes[start..<end] {
            switch byte {
            case UInt8(ascii: "("): round += 1
            case UInt8(ascii: ")"): round -= 1
            case UInt8(ascii: "["): square += 1
            case UInt8(ascii: "]"): square -= 1
            case UInt8(ascii: "{"): curly += 1
            case UInt8(ascii: "}"): curly -= 1
            default: break
            }
        }
        let before = start > 0 ? bytes[start - 1] : 0
        var end = end
        while end > start {
            switch bytes[end - 1] {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
                UInt8(ascii: "?"), UInt8(ascii: "'"), UInt8(ascii: "|"), UInt8(ascii: "^"):
                end -= 1
            // An opening bracket at the end belongs to what follows.
            case UInt8(ascii: "("):
                round -= 1
                end -= 1
            case UInt8(ascii: "["):
                square -= 1
                end -= 1
            case UInt8(ascii: "{"):
                curly -= 1
                end -= 1
            case UInt8(ascii: ")") where round < 0:
                round += 1
                end -= 1
            case UInt8(ascii: "]") where square < 0:
                square += 1
                end -= 1
            case UInt8(ascii: "}") where curly < 0:
                curly += 1
                end -= 1
            // Marks of bold, slanted and struck text in messengers.
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                guard bytes[end - 1] == before else { return end }
                end -= 1
            default:
                guard let length = punctuation(bytes, end), end - length >= start else { return end }
                end -= length
            }
        }
        return end
    }

    /// How many bytes the punctuation of another script takes that ends at an offset, if there is any.
    private static func punctuation(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int? {
        guard end >= 3, bytes[end - 1] & 0xC0 == 0x80 else { return nil }
        switch (bytes[end - 3], bytes[end - 2], bytes[end - 1]) {
        // U+2013, U+2014 dashes, U+2026 three dots
        case (0xE2, 0x80, 0x93), (0xE2, 0x80, 0x94), (0xE2, 0x80, 0xA6): return 3
        // U+3001, U+3002 ideographic comma and full stop
        case (0xE3, 0x80, 0x81), (0xE3, 0x80, 0x82): return 3
        // U+FF01, U+FF0C, U+FF0E, U+FF1A, U+FF1B, U+FF1F in full width; U+FF61 in half width
        case (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x8E), (0xEF, 0xBC, 0x9A), (0xEF, 0xBC, 0x9B),
            (0xEF, 0xBC, 0x9F), (0xEF, 0xBD, 0xA1):
            return 3
        // U+0964, U+0965 of Indian scripts
        case (0xE0, 0xA5, 0xA4), (0xE0, 0xA5, 0xA5): return 3
        default: break
        }
        switch (bytes[end - 2], bytes[end - 1]) {
        // U+060C, U+061B, U+061F of Arabic; U+06D4 of Urdu; U+055D, U+0589 of Armenian
        case (0xD8, 0x8C), (0xD8, 0x9B), (0xD8, 0x9F), (0xDB, 0x94), (0xD5, 0x9D), (0xD6, 0x89): return 2
        default: return nil
        }
    }
}
