/// The lines of a log, one by one, as bytes: invalid UTF-8 costs no line, and a line without an end is a line too.
struct LogLines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var start = 0

    /// Splits at line feeds; a carriage return before one is left out.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// A line without its end, whose indices are distances from the start of the file.
    mutating func next() -> ArraySlice<UInt8>? {
        guard start < bytes.count else { return nil }
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        defer { start = end + 1 }
        let line = bytes[start..<end]
        return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}
