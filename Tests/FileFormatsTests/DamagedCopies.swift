/// Copies of `bytes` that were cut off at every byte, or have one byte changed in one of several ways.
///
/// What is done with them must return or throw; that it does either in bounded time is the test.
func forEachDamagedCopy(of bytes: [UInt8], _ body: ([UInt8]) -> Void) {
    for count in bytes.indices { body(Array(bytes[..<count])) }
    for index in bytes.indices {
        for change: UInt8 in [0x01, 0x08, 0x10, 0x80, 0xFF] {
            var copy = bytes
            copy[index] ^= change
            body(copy)
        }
        for value: UInt8 in [0x00, 0x3C, 0x7F, 0xFF] where bytes[index] != value {
            var copy = bytes
            copy[index] = value
            body(copy)
        }
    }
}

extension [UInt8] {
    /// Bytes from hexadecimal digits; anything else in the text is passed over.
    init(hexadecimal text: String) {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        self = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// A binary property list of objects that are given as bytes, with references and offsets of two bytes.
    init(propertyListObjects objects: [[UInt8]], root: Int = 0) {
        var file = Array("bplist00".utf8)
        var table: [UInt8] = []
        for object in objects {
            table += [UInt8(file.count >> 8), UInt8(file.count & 0xFF)]
            file += object
        }
        let start = file.count
        file += table + [0, 0, 0, 0, 0, 0, 2, 2]
        for number in [objects.count, root, start] {
            file += (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        }
        self = file
    }
}
