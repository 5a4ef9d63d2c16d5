/// Finds text that must stand in whatever a regular expression matches, so that most texts need no second look.
///
/// Careful and not clever: only characters outside of groups and classes count, and anything unusual ends the search.
enum RequiredLiteral {
    /// The longest such text in small letters, of at least two characters of ASCII; nothing if there is none.
    static func text(of pattern: String) -> [UInt8]? {
        let bytes = Array(pattern.utf8)
        // Flags can change what everything behind them means, and quoting what a backslash does.
        guard bytes.allSatisfy({ $0 < 0x80 }), !pattern.contains("(?"), !pattern.contains("(*"),
            !pattern.contains("\\Q")
        else { return nil }
        var best: [UInt8] = []
        var run: [UInt8] = []
        var depth = 0
        var index = 0
        func end() {
            if run.count > best.count { best = run }
            run = []
        }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\\"):
                guard index < bytes.count else { return nil }
                let next = bytes[index]
                index += 1
                if isWord(next) {
                    end()
                    // What takes characters behind it (\x41, \p{L}, \1) is not followed.
                    guard "dDwWsSbBhvRAzZ".utf8.contains(next) else { return nil }
                } else if depth == 0 {
                    run.append(next)
                }
            case UInt8(ascii: "["):
                if depth == 0 { end() }
                guard let close = closing(bytes, from: index) else { return nil }
                index = close + 1
            case UInt8(ascii: "("):
                end()
                depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                guard depth >= 0 else { return nil }
            case UInt8(ascii: "|"):
                guard depth > 0 else { return nil }
            case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "{"):
                // The character before may be missing.
                if depth == 0 {
                    if !run.isEmpty { run.removeLast() }
                    end()
                }
                if byte == UInt8(ascii: "{") {
                    guard let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
                    index = close + 1
                }
            case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"):
                if depth == 0 { end() }
            default:
                if depth == 0 { run.append(byte) }
            }
        }
        end()
        guard depth == 0, best.count > 1 else { return nil }
        return best.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    }

    /// The place of the bracket that ends a class; nothing for classes within classes.
    private static func closing(_ bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        if index < bytes.count, bytes[index] == UInt8(ascii: "^") { index += 1 }
        // A bracket at the very beginning is a character of the class.
        if index < bytes.count, bytes[index] == UInt8(ascii: "]") { index += 1 }
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "]"): return index
            case UInt8(ascii: "["): return nil
            case UInt8(ascii: "\\"): index += 2
            default: index += 1
            }
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}
