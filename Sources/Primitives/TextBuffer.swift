/// UTF-8 text that grows: what every output is written into before it reaches a file.
///
/// Bytes, not a `String`: appending to a `String` checks and counts what is known to be right already.
public struct TextBuffer: Sendable {
    /// The UTF-8 bytes so far.
    public var bytes: [UInt8] = []

    /// An empty buffer.
    public init() {}

    /// The text so far.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Forgets the text and keeps the memory.
    @inlinable public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends one byte.
    @inlinable public mutating func append(_ byte: UInt8) { bytes.append(byte) }

    /// Appends literal text without any copy of its own.
    @inlinable public mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends text as it is.
    @inlinable public mutating func append(text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Appends bytes as they are.
    @inlinable public mutating func append(contentsOf more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// Appends a decimal number.
    public mutating func append(decimal number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        append(decimal: number.magnitude, width: 1)
    }

    /// Appends a decimal number with leading zeros up to `width` digits.
    public mutating func append(decimal number: UInt64, width: Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var position = 20
            var rest = number
            repeat {
                position -= 1
                digits[position] = UInt8(48 + rest % 10)
                rest /= 10
            } while rest > 0 || (20 - position) < min(width, 20)
            bytes.append(contentsOf: digits[position..<20])
        }
    }

    /// Appends RFC 3339 in UTC with microseconds.
    public mutating func append(_ moment: Timestamp) {
        let civil = moment.civil
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 27) { text in
            // From the last digit to the first, so that each number needs no width of its own.
            func write(_ number: Int, _ digits: Int, endingAt end: Int) {
                var rest = number
                for position in stride(from: end, to: end - digits, by: -1) {
                    text[position] = UInt8(truncatingIfNeeded: 48 + rest % 10)
                    rest /= 10
                }
            }
            write(civil.year, 4, endingAt: 3)
            text[4] = UInt8(ascii: "-")
            write(civil.month, 2, endingAt: 6)
            text[7] = UInt8(ascii: "-")
            write(civil.day, 2, endingAt: 9)
            text[10] = UInt8(ascii: "T")
            write(civil.hour, 2, endingAt: 12)
            text[13] = UInt8(ascii: ":")
            write(civil.minute, 2, endingAt: 15)
            text[16] = UInt8(ascii: ":")
            write(civil.second, 2, endingAt: 18)
            text[19] = UInt8(ascii: ".")
            write(civil.microsecond, 6, endingAt: 25)
            text[26] = UInt8(ascii: "Z")
            bytes.append(contentsOf: text)
        }
    }
}
