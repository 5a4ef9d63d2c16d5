import RuleLanguage

/// The tests of one column that can be answered for all rules at once.
///
/// A class, so that looking at one costs no copy of its tables' references.
final class ColumnIndex: Sendable {
    /// Whole texts in small letters, and as they are.
    let equal: [[UInt8]: [Int]]
    let equalCased: [[UInt8]: [Int]]
    /// Parts of texts in small letters, and as they are.
    let literals: LiteralSearch
    let literalsCased: LiteralSearch
    /// Whole numbers.
    let integers: [Int64: [Int]]
    /// Whether a value has to be kept for tests that are asked only when they decide.
    let keepsValue: Bool
    /// The tests that hold if and only if they are found here.
    let decided: [Int]
    /// The tests that can hold only if they are found here.
    let hinted: [Int]
    /// Whether texts are looked up in small letters, and as they are.
    let needsFolded: Bool
    let needsRaw: Bool

    init(_ column: Int, _ program: ArtifactProgram) {
        var parts: [Bool: [(bytes: [UInt8], number: Int, placement: LiteralSearch.Placement)]] = [:]
        var (equal, equalCased): ([[UInt8]: [Int]], [[UInt8]: [Int]]) = ([:], [:])
        var integers: [Int64: [Int]] = [:]
        var keepsValue = false
        var (decided, hinted): ([Int], [Int]) = ([], [])
        for test in program.tests {
            if case .field(let other, _) = test.test, other == column { keepsValue = true }
        }
        for (number, test) in program.tests.enumerated() where test.column == column {
            // A number that is searched in nested values may stand there as text or with a fraction.
            let isNested = program.table.columns[program.columns[column].field].form == .nested
            switch test.test {
            case .number(.eq, .integer(let integer)) where !isNested:
                integers[integer, default: []].append(number)
                decided.append(number)
            case .text(let pattern):
                var literal: (bytes: [UInt8], number: Int, placement: LiteralSearch.Placement)?
                switch pattern.shape {
                case .equal(let bytes):
                    if pattern.isCased {
                        equalCased[bytes, default: []].append(number)
                    } else {
                        equal[bytes, default: []].append(number)
                    }
                    decided.append(number)
                    continue
                case .prefix(let bytes): literal = (bytes, number, .start)
                case .suffix(let bytes): literal = (bytes, number, .end)
                case .contained(let bytes): literal = (bytes, number, .anywhere)
                case .anything, .parts:
                    keepsValue = true
                    guard let bytes = pattern.longestLiteral else { continue }
                    parts[pattern.isCased, default: []].append((bytes, number, .anywhere))
                    hinted.append(number)
                    continue
                }
                if let literal {
                    parts[pattern.isCased, default: []].append(literal)
                    decided.append(number)
                }
            case .expression(_, .some(let literal)):
                keepsValue = true
                parts[false, default: []].append((literal, number, .anywhere))
                hinted.append(number)
            default: keepsValue = true
            }
        }
        literals = LiteralSearch(parts[false] ?? [])
        literalsCased = LiteralSearch(parts[true] ?? [])
        needsFolded = !equal.isEmpty || !literals.isEmpty
        needsRaw = !equalCased.isEmpty || !literalsCased.isEmpty
        (self.equal, self.equalCased, self.integers) = (equal, equalCased, integers)
        (self.keepsValue, self.decided, self.hinted) = (keepsValue, decided, hinted)
    }
}
