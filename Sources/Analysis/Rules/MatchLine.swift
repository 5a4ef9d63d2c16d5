import ArtifactModel
import Primitives

/// A match of a rule that a correlation waits for, as a line that sorts itself: by correlation, group, time, member.
///
///     group      for each field of `group-by` a letter, the text, and FF; then FE. No text holds either byte.
///     time       8 bytes, most significant first, microseconds since 0001-01-01
///     member     1 byte, the number of the rule in the correlation
///     record     artefact 2 bytes, file 4 bytes, then the place in the file
///     value      what the condition looks at
enum MatchLine {
    /// A value that a condition looks at.
    enum Measure: Sendable, Hashable {
        /// Nothing is looked at.
        case none
        /// A whole number.
        case integer(Int64)
        /// A number with a fraction.
        case real(Double)
        /// Which value it is, and not what it is.
        case identity(UInt64)
    }

    /// A record, as far as it is cited.
    struct Record: Sendable, Hashable {
        var artifact: Int
        var file: Int
        var location: Location
    }

    /// A line that was read back.
    struct Parts {
        var group: Range<Int>
        var time: Int64
        var member: Int
        /// Where the record begins and ends: two lines of one record have the same bytes here.
        var record: Range<Int>
        var measure: Measure
    }

    /// The number by which lines are sorted before their bytes are: the correlation, and a part of the group's hash.
    static func key(correlation: Int, group: ArraySlice<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in group { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return UInt64(correlation) << 48 | hash >> 16
    }

    /// The correlation of a key.
    static func correlation(_ key: UInt64) -> Int { Int(key >> 48) }

    // MARK: - Writing

    /// Appends a value of `group-by`; false if it has none, and the record belongs to no group.
    static func append(group value: Value, to line: inout TextBuffer) -> Bool {
        switch value {
        case .absent, .bytes, .list, .table: return false
        case .text(let text):
            line.append("t")
            line.append(text: text)
        case .texts(let texts):
            line.append("l")
            for (index, text) in texts.enumerated() {
                if index > 0 { line.append(UInt8(0)) }
                line.append(text: text)
            }
        case .integer(let number):
            line.append("i")
            line.append(decimal: number)
        case .truth(let truth): truth ? line.append("b1") : line.append("b0")
        case .real, .moment:
            line.append("w")
            value.write(words: &line)
        }
        line.append(UInt8(0xFF))
        return true
    }

    static func append(time: Timestamp, member: Int, to line: inout TextBuffer) {
        line.append(UInt8(0xFE))
        append(time.sortKey, bytes: 8, to: &line)
        line.append(UInt8(truncatingIfNeeded: member))
    }

    static func append(_ record: Record, _ measure: Measure, to line: inout TextBuffer) {
        append(UInt64(truncatingIfNeeded: record.artifact), bytes: 2, to: &line)
        append(UInt64(truncatingIfNeeded: record.file), bytes: 4, to: &line)
        switch record.location {
        case .row(let row, let table):
            line.append(UInt8(1))
            append(UInt64(bitPattern: row), bytes: 8, to: &line)
            append(text: table, to: &line)
        case .offset(let offset):
            line.append(UInt8(2))
            append(UInt64(truncatingIfNeeded: offset), bytes: 8, to: &line)
            append(text: "", to: &line)
        case .key(let key):
            line.append(UInt8(3))
            append(UInt64(0), bytes: 8, to: &line)
            append(text: key, to: &line)
        }
        switch measure {
        case .none: line.append(UInt8(0))
        case .integer(let number):
            line.append(UInt8(1))
            append(UInt64(bitPattern: number), bytes: 8, to: &line)
        case .real(let number):
            line.append(UInt8(2))
            append(number.bitPattern, bytes: 8, to: &line)
        case .identity(let number):
            line.append(UInt8(3))
            append(number, bytes: 8, to: &line)
        }
    }

    private static func append(_ number: UInt64, bytes: Int, to line: inout TextBuffer) {
        for index in stride(from: bytes - 1, through: 0, by: -1) {
            line.append(UInt8(truncatingIfNeeded: number >> UInt64(index * 8)))
        }
    }

    private static func append(text: String, to line: inout TextBuffer) {
        let bytes = text.utf8.prefix(60_000)
        append(UInt64(bytes.count), bytes: 2, to: &line)
        line.append(contentsOf: bytes)
    }

    // MARK: - Reading

    /// Takes a line apart; nothing if it was not written here.
    static func parts(_ line: UnsafeBufferPointer<UInt8>) -> Parts? {
        guard let groupEnd = line.firstIndex(of: 0xFE) else { return nil }
        let record = groupEnd + 10
        guard record + 17 <= line.count else { return nil }
        let length = Int(number(line, record + 15, 2))
        let recordEnd = record + 17 + length
        guard recordEnd < line.count else { return nil }
        var measure = Measure.none
        if line[recordEnd] != 0 {
            guard recordEnd + 9 <= line.count else { return nil }
            let bits = number(line, recordEnd + 1, 8)
            switch line[recordEnd] {
            case 1: measure = .integer(Int64(bitPattern: bits))
            case 2: measure = .real(Double(bitPattern: bits))
            default: measure = .identity(bits)
            }
        }
        return Parts(
            group: 0..<groupEnd, time: Int64(bitPattern: number(line, groupEnd + 1, 8)),
            member: Int(line[groupEnd + 9]), record: record..<recordEnd, measure: measure)
    }

    /// The record of a line.
    static func record(_ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Record {
        let start = range.lowerBound
        let bits = number(line, start + 7, 8)
        let text = String(decoding: line[start + 17..<range.upperBound], as: UTF8.self)
        let location: Location =
            switch line[start + 6] {
            case 1: .row(Int64(bitPattern: bits), table: text)
            case 2: .offset(Int(truncatingIfNeeded: bits))
            default: .key(text)
            }
        return Record(artifact: Int(number(line, start, 2)), file: Int(number(line, start + 2, 4)), location: location)
    }

    /// The values of a group.
    static func group(_ bytes: [UInt8]) -> [Value] {
        bytes.split(separator: 0xFF).map { part in
            let text = String(decoding: part.dropFirst(), as: UTF8.self)
            return switch part.first {
            case UInt8(ascii: "i"): Int64(text).map(Value.integer) ?? .text(text)
            case UInt8(ascii: "b"): .truth(text == "1")
            case UInt8(ascii: "l"):
                .texts(text.split(separator: "\0", omittingEmptySubsequences: false).map(String.init))
            default: .text(text)
            }
        }
    }

    private static func number(_ line: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in start..<start + count { number = number << 8 | UInt64(line[index]) }
        return number
    }
}
