extension SQLiteValue {
    /// A number as it is written in SQL; one that does not fit into 64 bits becomes a real.
    init?(number digits: String, isNegative: Bool) {
        if digits.lowercased().hasPrefix("0x") {
            guard let bits = UInt64(digits.dropFirst(2), radix: 16) else { return nil }
            let number = Int64(bitPattern: bits)
            self = .integer(isNegative ? 0 &- number : number)
        } else if let number = Int64((isNegative ? "-" : "") + digits) {
            self = .integer(number)
        } else if let number = Double(digits), number.isFinite {
            self = .real(isNegative ? -number : number)
        } else {
            return nil
        }
    }

    /// Bytes as they are written in SQL.
    init?(hexadecimal digits: String) {
        let characters = Array(digits.utf8)
        guard characters.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: characters.count, by: 2) {
            guard let byte = UInt8(String(decoding: characters[index...index + 1], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        self = .blob(bytes)
    }

    /// What SQLite stores of a literal in a column of this affinity; an expression where its rule is too long to repeat.
    ///
    /// Source: <https://www.sqlite.org/datatype3.html#type_affinity>
    func converted(to affinity: TableLayout.Affinity) -> TableLayout.Default {
        switch (affinity, self) {
        case (.text, .integer(let number)): return .value(.text(Array("\(number)".utf8)))
        // The digits of a real are SQLite's own.
        case (.text, .real): return .expression
        case (.real, .integer(let number)): return .value(.real(Double(number)))
        case (.integer, .real(let number)), (.numeric, .real(let number)):
            return .value(Int64(exactly: number).map { .integer($0) } ?? .real(number))
        case (.integer, .text(let bytes)), (.numeric, .text(let bytes)), (.real, .text(let bytes)):
            let text = String(decoding: bytes, as: UTF8.self)
            guard !text.isEmpty, text.utf8.allSatisfy({ "0123456789+-.eE \t\n\r".utf8.contains($0) }) else {
                return .value(self)
            }
            let digits = String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
            if affinity != .real, let number = Int64(digits) { return .value(.integer(number)) }
            guard let number = Double(digits) else {
                // "12abc" stays a text, and so does everything else that is no number as a whole.
                return digits.last.map { $0 == "." } == true ? .expression : .value(self)
            }
            return SQLiteValue.real(number).converted(to: affinity)
        default: return .value(self)
        }
    }
}
