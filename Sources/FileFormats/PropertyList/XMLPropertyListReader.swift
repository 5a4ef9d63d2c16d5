import Primitives

/// Reads the XML form of a property list: the few elements it has, and no more of XML than they need.
///
/// A document type is skipped. An entity declared in one is refused: nobody writes any, and ten lines of them can ask
/// for more memory than there is.
///
/// Source: <http://www.apple.com/DTDs/PropertyList-1.0.dtd>; the order of what is tried follows Apple's `CFPropertyList.c`.
struct XMLPropertyListReader {
    /// The document in UTF-8, without a byte order mark.
    let bytes: [UInt8]
    let limits: PropertyList.Limits
    /// The next byte to read, at most `bytes.count`.
    var position = 0
    private var nodes = 0

    init(_ bytes: [UInt8], limits: PropertyList.Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// A start tag.
    struct Tag {
        var name: String
        /// Whether it is its own end, as in `<true/>`.
        var isEmpty: Bool
        /// The position of its bracket.
        var offset: Int
    }

    /// The value of the document: of its `plist` element, or of the only element if there is none such.
    mutating func document() throws(ParseError) -> PropertyList {
        try skipBetweenElements(inProlog: true)
        let tag = try startTag()
        let value: PropertyList
        if tag.name == "plist" {
            guard !tag.isEmpty else { throw ParseError(.malformed, "a value in the plist element", at: position) }
            value = try nextValue(depth: 0)
            try skipBetweenElements()
            try endTag(tag.name)
        } else {
            value = try self.value(tag, depth: 0)
        }
        try skipBetweenElements()
        // Some writers pad the file.
        while position < bytes.count, bytes[position] == 0 { position += 1 }
        guard position == bytes.count else { throw ParseError(.malformed, "the end of the document", at: position) }
        return value
    }

    private mutating func nextValue(depth: Int) throws(ParseError) -> PropertyList {
        try skipBetweenElements()
        return try value(try startTag(), depth: depth)
    }

    private mutating func value(_ tag: Tag, depth: Int) throws(ParseError) -> PropertyList {
        nodes += 1
        guard nodes <= limits.nodes else {
            throw ParseError(.beyondLimit, "at most \(limits.nodes) values", at: tag.offset)
        }
        guard depth <= limits.depth else {
            throw ParseError(.beyondLimit, "at most \(limits.depth) levels", at: tag.offset)
        }
        switch tag.name {
        case "dict": return try dictionary(tag, depth: depth)
        case "array": return .list(try list(tag, depth: depth))
        case "string": return .text(String(decoding: try content(tag), as: UTF8.self))
        case "integer": return try integer(tag)
        case "real": return try real(tag)
        case "date": return try moment(tag)
        case "data": return .bytes(try data(tag))
        case "true", "false":
            guard try trimmed(tag).isEmpty else { throw ParseError(.malformed, "an empty element", at: tag.offset) }
            return .truth(tag.name == "true")
        default: throw ParseError(.malformed, "an element of a property list", at: tag.offset)
        }
    }

    private mutating func list(_ tag: Tag, depth: Int) throws(ParseError) -> [PropertyList] {
        guard !tag.isEmpty else { return [] }
        var values: [PropertyList] = []
        try skipBetweenElements()
        while !startsWith("</") {
            values.append(try nextValue(depth: depth + 1))
            try skipBetweenElements()
        }
        try endTag(tag.name)
        return values
    }

    /// Of several values under one name the last counts, as with Apple's reader.
    private mutating func dictionary(_ tag: Tag, depth: Int) throws(ParseError) -> PropertyList {
        guard !tag.isEmpty else { return .dictionary([:]) }
        var members: [String: PropertyList] = [:]
        try skipBetweenElements()
        while !startsWith("</") {
            let key = try startTag()
            guard key.name == "key" else { throw ParseError(.malformed, "the name of a value", at: key.offset) }
            nodes += 1
            let name = String(decoding: try content(key), as: UTF8.self)
            members[name] = try nextValue(depth: depth + 1)
            try skipBetweenElements()
        }
        try endTag(tag.name)
        // The XML form has no element for a reference of a keyed archive.
        if members.count == 1, case .integer(let number)? = members["CF$UID"], number >= 0 { return .uid(Int(number)) }
        return .dictionary(members)
    }

    /// A whole number in decimal or, after `0x`, in hexadecimal; one beyond 64 bits with a sign has no form here.
    private mutating func integer(_ tag: Tag) throws(ParseError) -> PropertyList {
        var digits = try trimmed(tag)
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        let isHexadecimal = digits.starts(with: Array("0x".utf8)) || digits.starts(with: Array("0X".utf8))
        if isHexadecimal { digits = digits.dropFirst(2) }
        let radix: Int64 = isHexadecimal ? 16 : 10
        var number: Int64? = 0
        guard !digits.isEmpty else { throw ParseError(.malformed, "a whole number", at: tag.offset) }
        for byte in digits {
            guard let digit = hexadecimalDigit(byte), Int64(digit) < radix else {
                throw ParseError(.malformed, "a whole number", at: tag.offset)
            }
            // Counted downwards, for there is one more negative number than there are positive ones.
            number = number.flatMap {
                let (product, isTooLarge) = $0.multipliedReportingOverflow(by: radix)
                let (sum, isTooLargeStill) = product.subtractingReportingOverflow(Int64(digit))
                return isTooLarge || isTooLargeStill ? nil : sum
            }
        }
        guard let number, isNegative || number != .min else { return .null }
        return .integer(isNegative ? number : -number)
    }

    private mutating func real(_ tag: Tag) throws(ParseError) -> PropertyList {
        guard let number = Double(String(decoding: try trimmed(tag), as: UTF8.self)) else {
            throw ParseError(.malformed, "a number", at: tag.offset)
        }
        return .real(number)
    }

    /// A date such as `2021-11-03T07:12:09Z`. One that the calendar or ``Timestamp`` does not have has no form here.
    private mutating func moment(_ tag: Tag) throws(ParseError) -> PropertyList {
        let text = try trimmed(tag)
        let marks = Array("-+:.TZ".utf8)
        guard text.count >= 19, text.allSatisfy({ (48...57).contains($0) || marks.contains($0) }) else {
            throw ParseError(.malformed, "a date", at: tag.offset)
        }
        return Timestamp(rfc3339: String(decoding: text, as: UTF8.self)).map { .moment($0) } ?? .null
    }

    /// Base64 (RFC 4648, section 4) with white space anywhere; the padding may be missing.
    private mutating func data(_ tag: Tag) throws(ParseError) -> [UInt8] {
        var data: [UInt8] = []
        var bits: UInt32 = 0
        var digits = 0
        var isPadded = false
        let text = try content(tag)
        data.reserveCapacity(text.count / 4 * 3)
        for byte in text where !isSpace(byte) {
            if byte == UInt8(ascii: "=") {
                isPadded = true
                continue
            }
            guard !isPadded, let digit = base64Digit(byte) else {
                throw ParseError(.malformed, "Base64", at: tag.offset)
            }
            bits = bits << 6 | UInt32(digit)
            digits += 1
            if digits == 4 {
                data.append(UInt8(truncatingIfNeeded: bits >> 16))
                data.append(UInt8(truncatingIfNeeded: bits >> 8))
                data.append(UInt8(truncatingIfNeeded: bits))
                digits = 0
            }
        }
        switch digits {
        case 0: break
        case 2: data.append(UInt8(truncatingIfNeeded: bits >> 4))
        case 3:
            data.append(UInt8(truncatingIfNeeded: bits >> 10))
            data.append(UInt8(truncatingIfNeeded: bits >> 2))
        default: throw ParseError(.malformed, "Base64", at: tag.offset)
        }
        return data
    }

    private mutating func trimmed(_ tag: Tag) throws(ParseError) -> ArraySlice<UInt8> {
        var text = try content(tag)
        while let byte = text.first, isSpace(byte) { text.removeFirst() }
        while let byte = text.last, isSpace(byte) { text.removeLast() }
        return text
    }
}

private func base64Digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
}
