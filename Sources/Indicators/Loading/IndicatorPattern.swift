/// The words that the loaders share for what a pattern says.
///
/// Source: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html, section 9.
enum IndicatorPattern {
    /// Why a pattern, or a part of one, is not used.
    struct Refusal: Error, Hashable {
        let kind: IndicatorProblem.Kind
        let reason: String
    }

    /// Where property and value stand in a pattern that is nothing but `[type:key = 'value']`, without escapes: nearly
    /// all published patterns are. Everything else goes through ``PatternParser``.
    static func simple(_ bytes: UnsafeBufferPointer<UInt8>) -> (property: Range<Int>, value: Range<Int>)? {
        var index = 0
        func skipSpace() { while index < bytes.count, bytes[index] <= 0x20 { index += 1 } }
        func take(_ byte: UInt8) -> Bool {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
            return true
        }
        skipSpace()
        guard take(UInt8(ascii: "[")) else { return nil }
        skipSpace()
        let start = index
        var colons = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: ":") { colons += 1 } else if !PatternParser.isWord(byte), byte != 0x2E { break }
            index += 1
        }
        let property = start..<index
        guard colons == 1, property.count >= 3, bytes[start] != 0x3A, bytes[start] != 0x2E, bytes[index - 1] != 0x3A,
            bytes[index - 1] != 0x2E
        else { return nil }
        for position in property.dropFirst() where bytes[position] == 0x2E || bytes[position] == 0x3A {
            if bytes[position - 1] == 0x2E || bytes[position - 1] == 0x3A { return nil }
            // A full stop before the colon is no property.
            if bytes[position] == 0x3A, bytes[property.lowerBound..<position].contains(0x2E) { return nil }
        }
        skipSpace()
        guard take(UInt8(ascii: "=")) else { return nil }
        _ = take(UInt8(ascii: "="))
        skipSpace()
        guard take(UInt8(ascii: "'")) else { return nil }
        let valueStart = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "'") {
            if bytes[index] == UInt8(ascii: "\\") { return nil }
            index += 1
        }
        let value = valueStart..<index
        guard take(UInt8(ascii: "'")) else { return nil }
        skipSpace()
        guard take(UInt8(ascii: "]")) else { return nil }
        skipSpace()
        return index == bytes.count ? (property, value) : nil
    }
}
