import Primitives

/// Tags, text, and what stands between elements.
extension XMLPropertyListReader {
    /// Whether the next bytes are these.
    func startsWith(_ letters: StaticString) -> Bool {
        guard letters.utf8CodeUnitCount <= bytes.count - position else { return false }
        for index in 0..<letters.utf8CodeUnitCount where bytes[position + index] != letters.utf8Start[index] {
            return false
        }
        return true
    }

    /// Goes on behind the next occurrence of some letters.
    private mutating func skip(past letters: StaticString) throws(ParseError) {
        let start = position
        while position < bytes.count {
            if startsWith(letters) {
                position += letters.utf8CodeUnitCount
                return
            }
            position += 1
        }
        throw ParseError(.truncated, "the end of what begins here", at: start)
    }

    /// Goes on behind white space, comments and processing instructions and, in the prolog, the document type.
    mutating func skipBetweenElements(inProlog: Bool = false) throws(ParseError) {
        while position < bytes.count {
            if isSpace(bytes[position]) {
                position += 1
            } else if startsWith("<!--") {
                position += 4
                try skip(past: "-->")
            } else if startsWith("<?") {
                position += 2
                try skip(past: "?>")
            } else if inProlog, startsWith("<!DOCTYPE") {
                try skipDocumentType()
            } else {
                return
            }
        }
    }

    /// Goes on behind the document type. Declarations inside are skipped, but one of an entity is refused.
    private mutating func skipDocumentType() throws(ParseError) {
        let start = position
        var level = 0
        while position < bytes.count {
            let byte = bytes[position]
            if startsWith("<!--") {
                position += 4
                try skip(past: "-->")
            } else if startsWith("<!ENTITY") {
                throw ParseError(.unsupported, "a document type without entities", at: position)
            } else if byte == UInt8(ascii: "\"") {
                position += 1
                try skip(past: "\"")
            } else if byte == UInt8(ascii: "'") {
                position += 1
                try skip(past: "'")
            } else {
                position += 1
                if byte == UInt8(ascii: "<") { level += 1 }
                if byte == UInt8(ascii: ">") { level -= 1 }
                if level == 0 { return }
            }
        }
        throw ParseError(.truncated, "the end of the document type", at: start)
    }

    /// Reads a start tag; attributes mean nothing here and are skipped.
    mutating func startTag() throws(ParseError) -> Tag {
        let start = position
        guard start < bytes.count else { throw ParseError(.truncated, "an element", at: start) }
        guard bytes[start] == UInt8(ascii: "<") else { throw ParseError(.malformed, "an element", at: start) }
        position += 1
        let name = takeName()
        guard !name.isEmpty else { throw ParseError(.malformed, "the name of an element", at: position) }
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: ">"):
                return Tag(
                    name: String(decoding: name, as: UTF8.self), isEmpty: bytes[position - 2] == UInt8(ascii: "/"),
                    offset: start)
            case UInt8(ascii: "\""): try skip(past: "\"")
            case UInt8(ascii: "'"): try skip(past: "'")
            case UInt8(ascii: "<"): throw ParseError(.malformed, "the end of a tag", at: position - 1)
            default: break
            }
        }
        throw ParseError(.truncated, "the end of a tag", at: start)
    }

    /// Reads the end tag of an element.
    mutating func endTag(_ name: String) throws(ParseError) {
        let start = position
        guard start < bytes.count else { throw ParseError(.truncated, "an end tag", at: start) }
        guard startsWith("</") else { throw ParseError(.malformed, "an end tag", at: start) }
        position += 2
        guard takeName().elementsEqual(name.utf8) else {
            throw ParseError(.malformed, "the end tag of the element that is open", at: start)
        }
        while position < bytes.count, isSpace(bytes[position]) { position += 1 }
        guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else {
            throw ParseError(position < bytes.count ? .malformed : .truncated, "the end of a tag", at: position)
        }
        position += 1
    }

    /// The letters up to white space, a slash or a bracket.
    private mutating func takeName() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, !isSpace(bytes[position]), bytes[position] != UInt8(ascii: "/"),
            bytes[position] != UInt8(ascii: ">"), bytes[position] != UInt8(ascii: "<")
        {
            position += 1
        }
        return bytes[start..<position]
    }

    /// The text of an element up to and with its end tag.
    mutating func content(_ tag: Tag) throws(ParseError) -> ArraySlice<UInt8> {
        guard !tag.isEmpty else { return [] }
        var start = position
        // Most texts are one stretch of the document; this stays empty for them.
        var pieces: [UInt8] = []
        var isWhole = true
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") else {
                position += 1
                continue
            }
            if startsWith("</") {
                let last = bytes[start..<position]
                try endTag(tag.name)
                if isWhole { return last }
                pieces.append(contentsOf: last)
                return pieces[...]
            }
            isWhole = false
            pieces.append(contentsOf: bytes[start..<position])
            if byte == UInt8(ascii: "&") {
                try appendReference(to: &pieces)
            } else if startsWith("<![CDATA[") {
                position += 9
                let first = position
                try skip(past: "]]>")
                pieces.append(contentsOf: bytes[first..<position - 3])
            } else if startsWith("<!--") {
                position += 4
                try skip(past: "-->")
            } else if startsWith("<?") {
                position += 2
                try skip(past: "?>")
            } else {
                throw ParseError(.malformed, "text without elements", at: position)
            }
            start = position
        }
        throw ParseError(.truncated, "the end of an element", at: tag.offset)
    }

    /// Reads one of the five entities of XML or the number of a character.
    private mutating func appendReference(to text: inout [UInt8]) throws(ParseError) {
        let start = position
        let named: [(StaticString, StaticString)] = [
            ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"),
        ]
        for (name, letter) in named where startsWith(name) {
            text.append(letter.utf8Start[0])
            position += name.utf8CodeUnitCount
            return
        }
        guard startsWith("&#") else { throw ParseError(.malformed, "an entity of XML", at: start) }
        position += 2
        let isHexadecimal = startsWith("x")
        if isHexadecimal { position += 1 }
        var number: UInt32 = 0
        let first = position
        // Eight digits can't overflow, and no character has more.
        while position < bytes.count, position - first < 8, let digit = hexadecimalDigit(bytes[position]),
            isHexadecimal || digit < 10
        {
            number = number &* (isHexadecimal ? 16 : 10) &+ UInt32(digit)
            position += 1
        }
        guard position > first, startsWith(";"), let scalar = Unicode.Scalar(number) else {
            throw ParseError(.malformed, "the number of a character", at: start)
        }
        position += 1
        text.append(contentsOf: Array(String(Character(scalar)).utf8))
    }
}

extension XMLPropertyListReader {
    /// The document in UTF-8, if the bytes begin like XML in any encoding that is read.
    static func text(of bytes: [UInt8]) throws(ParseError) -> [UInt8]? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return beginsLikeXML(bytes[3...]) ? Array(bytes[3...]) : nil }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes[2...], isBigEndian: true) }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes[2...], isBigEndian: false) }
        if bytes.starts(with: [0x00, 0x3C]) { return utf16(bytes[...], isBigEndian: true) }
        if bytes.starts(with: [0x3C, 0x00]) { return utf16(bytes[...], isBigEndian: false) }
        guard beginsLikeXML(bytes[...]) else { return nil }
        switch declaredEncoding(bytes) {
        // A document that calls itself UTF-16 and is not was converted by somebody who left the name.
        case nil, "utf-8", "utf8", "us-ascii", "ascii", "utf-16": return bytes
        case "iso-8859-1", "latin1":
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count)
            for byte in bytes {
                if byte >= 0x80 { text.append(0xC0 | byte >> 6) }
                text.append(byte < 0x80 ? byte : 0x80 | byte & 0x3F)
            }
            return text
        default: throw ParseError(.unsupported, "XML in UTF-8, UTF-16 or ISO-8859-1", at: 0)
        }
    }

    private static func beginsLikeXML(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.first { !isSpace($0) } == UInt8(ascii: "<")
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2) {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// The encoding that the XML declaration names, in lower case.
    private static func declaredEncoding(_ bytes: [UInt8]) -> String? {
        guard let start = bytes.firstIndex(where: { !isSpace($0) }) else { return nil }
        var reader = XMLPropertyListReader(bytes, limits: PropertyList.Limits())
        reader.position = start
        guard reader.startsWith("<?xml") else { return nil }
        while reader.position < bytes.count, !reader.startsWith("?>") {
            if reader.startsWith("encoding") {
                let rest = bytes[reader.position...].prefix(64)
                let parts = rest.split(omittingEmptySubsequences: false) {
                    $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
                }
                return parts.count > 1 ? String(decoding: parts[1], as: UTF8.self).lowercased() : nil
            }
            reader.position += 1
        }
        return nil
    }
}

/// White space of XML.
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

/// The value of a hexadecimal digit.
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
