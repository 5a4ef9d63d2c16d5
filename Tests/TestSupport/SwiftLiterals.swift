/// Finds the string literals of Swift source: what may reach a person. Comments are left out, and so is what stands in
/// interpolations, but for the literals in it.
public enum SwiftLiterals {
    /// The literals, each with the line that it begins on.
    public static func passages(of source: String) -> [WordingLinter.Passage] {
        var scanner = Scanner(scalars: Array(source.unicodeScalars))
        scanner.code(until: nil)
        return scanner.passages
    }

    private struct Scanner {
        let scalars: [Unicode.Scalar]
        var position = 0
        var line = 1
        var passages: [WordingLinter.Passage] = []

        func at(_ distance: Int = 0) -> Unicode.Scalar? {
            position + distance < scalars.count ? scalars[position + distance] : nil
        }

        func isAt(_ text: String) -> Bool {
            text.unicodeScalars.enumerated().allSatisfy { at($0.offset) == $0.element }
        }

        mutating func step(_ count: Int = 1) {
            for _ in 0..<count where position < scalars.count {
                if scalars[position] == "\n" { line += 1 }
                position += 1
            }
        }

        /// Reads code up to a bracket that closes, or to the end.
        mutating func code(until close: Unicode.Scalar?) {
            var depth = 0
            while let scalar = at() {
                if isAt("//") {
                    while let next = at(), next != "\n" { step() }
                } else if isAt("/*") {
                    comment()
                } else if scalar == "\"" || isRawLiteral() {
                    literal()
                } else {
                    if scalar == "(" { depth += 1 }
                    if scalar == ")" {
                        if depth == 0, close != nil { return step() }
                        depth -= 1
                    }
                    step()
                }
            }
        }

        /// Whether number signs with a quotation mark behind them begin here.
        func isRawLiteral() -> Bool {
            var distance = 0
            while at(distance) == "#" { distance += 1 }
            return distance > 0 && at(distance) == "\""
        }

        mutating func comment() {
            var depth = 0
            repeat {
                if isAt("/*") {
                    depth += 1
                    step(2)
                } else if isAt("*/") {
                    depth -= 1
                    step(2)
                } else {
                    step()
                }
            } while depth > 0 && position < scalars.count
        }

        mutating func literal() {
            let start = line
            var signs = 0
            while at() == "#" {
                signs += 1
                step()
            }
            let isLong = isAt("\"\"\"")
            step(isLong ? 3 : 1)
            let end = (isLong ? "\"\"\"" : "\"") + String(repeating: "#", count: signs)
            let escape = "\\" + String(repeating: "#", count: signs)
            var text = String.UnicodeScalarView()
            while let scalar = at() {
                if isAt(end) {
                    step(end.unicodeScalars.count)
                    break
                }
                // A literal of one line that is not closed there is none: a quotation mark in something else.
                if scalar == "\n", !isLong { break }
                if isAt(escape) {
                    step(escape.unicodeScalars.count)
                    if at() == "(" {
                        step()
                        text.append(" ")
                        code(until: ")")
                    } else {
                        // A line end that is escaped joins two words; any other escape stands between words.
                        if at() != "\n" { text.append(" ") }
                        step()
                    }
                } else {
                    text.append(scalar)
                    step()
                }
            }
            passages.append(WordingLinter.Passage(String(text), line: start))
        }
    }
}
