import Primitives

/// Walks over JSON bytes and checks them against RFC 8259, without making anything of them.
///
/// A stretch of eight ordinary ASCII characters inside a string costs a handful of instructions; all the rest is looked
/// at byte by byte.
struct JSONScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var offset: Int

    /// The byte at the offset, or 0, which JSON never has outside of strings.
    @inline(__always) var current: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    func failure(_ expected: String) -> ParseError {
        ParseError(offset < bytes.count ? .malformed : .truncated, expected, at: offset)
    }

    @inline(__always) mutating func skipSpace() {
        while offset < bytes.count {
            let byte = bytes[offset]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            offset += 1
        }
    }

    mutating func expect(_ byte: UInt8, _ expected: @autoclosure () -> String) throws(ParseError) {
        guard current == byte, offset < bytes.count else { throw failure(expected()) }
        offset += 1
    }

    /// Goes behind a string whose opening quotation mark is at the offset; says whether it has escapes.
    mutating func skipString() throws(ParseError) -> Bool {
        try expect(UInt8(ascii: "\""), "a string")
        var hasEscapes = false
        while true {
            skipPlainWords()
            guard offset < bytes.count else { throw failure("the end of a string") }
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return hasEscapes
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape()
            case 0..<0x20: throw failure("a control character written as an escape")
            case 0x20..<0x80: offset += 1
            default: try skipCharacter()
            }
        }
    }

    /// Goes on in steps of eight as long as none of the eight bytes ends a string, is an escape or is not ASCII.
    @inline(__always) private mutating func skipPlainWords() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        guard let base = bytes.baseAddress else { return }
        while bytes.count - offset >= 8 {
            let word = UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self)
            let quotes = word ^ (ones &* 0x22)
            let escapes = word ^ (ones &* 0x5C)
            // The well-known test for a zero byte, twice, and for a byte below 0x20; a high bit stops as well.
            let hits =
                ((quotes &- ones) & ~quotes) | ((escapes &- ones) & ~escapes) | ((word &- ones &* 0x20) & ~word) | word
            let marked = hits & highs
            if marked != 0 {
                offset += UInt64(littleEndian: marked).trailingZeroBitCount / 8
                return
            }
            offset += 8
        }
    }

    private mutating func skipEscape() throws(ParseError) {
        offset += 1
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 1
        case UInt8(ascii: "u"):
            offset += 1
            for _ in 0..<4 {
                guard JSONScanner.digit(current) != nil else { throw failure("four hexadecimal digits") }
                offset += 1
            }
        default: throw failure("an escape of JSON")
        }
    }

    static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x37)
        case 0x61...0x66: UInt32(byte - 0x57)
        default: nil
        }
    }

    /// Goes behind one character of two to four bytes, in the shortest form and no surrogate (RFC 3629, section 4).
    private mutating func skipCharacter() throws(ParseError) {
        let first = bytes[offset]
        let second = offset + 1 < bytes.count ? bytes[offset + 1] : 0
        let length: Int
        let seconds: ClosedRange<UInt8>
        switch first {
        case 0xC2...0xDF: (length, seconds) = (2, 0x80...0xBF)
        case 0xE0: (length, seconds) = (3, 0xA0...0xBF)
        case 0xED: (length, seconds) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, seconds) = (3, 0x80...0xBF)
        case 0xF0: (length, seconds) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, seconds) = (4, 0x80...0xBF)
        case 0xF4: (length, seconds) = (4, 0x80...0x8F)
        default: throw failure("text in UTF-8")
        }
        guard seconds.contains(second) else { throw failure("text in UTF-8") }
        guard bytes.count - offset >= length else { throw failure("text in UTF-8") }
        for index in 2..<max(length, 2) where bytes[offset + index] & 0xC0 != 0x80 { throw failure("text in UTF-8") }
        offset += length
    }

    /// Goes behind a number; says whether it has a fraction or an exponent.
    mutating func skipNumber() throws(ParseError) -> Bool {
        if current == UInt8(ascii: "-") { offset += 1 }
        if current == UInt8(ascii: "0") { offset += 1 } else { try skipDigits() }
        var isReal = false
        if current == UInt8(ascii: ".") {
            isReal = true
            offset += 1
            try skipDigits()
        }
        if current | 0x20 == UInt8(ascii: "e") {
            isReal = true
            offset += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
            try skipDigits()
        }
        return isReal
    }

    private mutating func skipDigits() throws(ParseError) {
        guard (0x30...0x39).contains(current) else { throw failure("a digit") }
        while (0x30...0x39).contains(current) { offset += 1 }
    }

    mutating func skipWord(_ word: StaticString) throws(ParseError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard current == word.utf8Start[index] else { throw failure("true, false or null") }
            offset += 1
        }
    }

    /// Goes behind a value of any kind, white space before it included.
    ///
    /// Not recursive: the open brackets stand on a list whose length is bounded by `depthLimit`.
    mutating func skipValue(depth: Int, depthLimit: Int) throws(ParseError) {
        var open: [Bool] = []  // true for an object
        while true {
            skipSpace()
            switch current {
            case UInt8(ascii: "\""): _ = try skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                let isObject = current == UInt8(ascii: "{")
                guard depth + open.count < depthLimit else {
                    throw ParseError(.beyondLimit, "at most \(depthLimit) nested values", at: offset)
                }
                offset += 1
                skipSpace()
                if current == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    offset += 1
                } else {
                    open.append(isObject)
                    if isObject { try skipKey() }
                    continue
                }
            case UInt8(ascii: "t"): try skipWord("true")
            case UInt8(ascii: "f"): try skipWord("false")
            case UInt8(ascii: "n"): try skipWord("null")
            case UInt8(ascii: "-"), 0x30...0x39: _ = try skipNumber()
            default: throw failure("a value")
            }
            // Behind a value: close what ends here, then go to the next value.
            closing: while true {
                guard let isObject = open.last else { return }
                skipSpace()
                switch current {
                case UInt8(ascii: ","):
                    offset += 1
                    if isObject {
                        skipSpace()
                        try skipKey()
                    }
                    break closing
                case isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"):
                    offset += 1
                    open.removeLast()
                default: throw failure(isObject ? "a comma or }" : "a comma or ]")
                }
            }
        }
    }

    private mutating func skipKey() throws(ParseError) {
        guard current == UInt8(ascii: "\"") else { throw failure("a name in quotation marks") }
        _ = try skipString()
        skipSpace()
        try expect(UInt8(ascii: ":"), "a colon")
    }
}
