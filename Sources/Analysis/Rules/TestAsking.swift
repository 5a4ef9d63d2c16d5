import ArtifactModel
import FileFormats
import Primitives
import RuleLanguage

/// Answers a test that needs its value.
enum TestAsking {
    static func holds(_ test: RecordTest, _ value: Value) -> Bool {
        switch test {
        case .present: return value != .absent
        case .absent: return value == .absent
        case .text(let pattern):
            return anyText(value) { text in
                if pattern.isCased {
                    var text = text
                    return text.withUTF8 { pattern.matches($0) }
                }
                return TextFolding.folded(text).withUnsafeBufferPointer { pattern.matches($0) }
            }
        case .expression(let expression, _): return anyText(value) { expression.matches($0) }
        case .network(let range): return anyText(value) { range.contains($0) }
        case .number(let comparison, let number): return anyLeaf(value) { holds($0, comparison, number) }
        case .truth(let truth): return value == .truth(truth)
        case .moment(let from, let to):
            guard case .moment(let moment) = value else { return false }
            return from <= to && (from...to).contains(moment.microseconds)
        case .part(let part, let comparison, let number):
            guard case .moment(let moment) = value else { return false }
            let found = self.part(part, of: moment)
            return comparison.holds(found < number ? -1 : found > number ? 1 : 0)
        case .field: return false
        }
    }

    private static func anyLeaf(_ value: Value, _ body: (Value) -> Bool) -> Bool {
        switch value {
        case .list, .table, .texts:
            var found = false
            NestedValues.visit(value) { leaf in if !found { found = body(leaf) } }
            return found
        default: return body(value)
        }
    }

    private static func anyText(_ value: Value, _ body: (String) -> Bool) -> Bool {
        anyLeaf(value) { leaf in NestedValues.text(of: leaf).map(body) ?? false }
    }

    /// Compares exactly: a number of 64 bits is not rounded before it is compared.
    private static func holds(
        _ value: Value, _ comparison: RecordTest.Comparison, _ number: RecordTest.Number
    ) -> Bool {
        switch (value, number) {
        case (.integer(let found), .integer(let wanted)):
            return comparison.holds(found < wanted ? -1 : found > wanted ? 1 : 0)
        case (.integer(let found), .real(let wanted)): return order(Double(found), wanted, comparison)
        case (.real(let found), .integer(let wanted)): return order(found, Double(wanted), comparison)
        case (.real(let found), .real(let wanted)): return order(found, wanted, comparison)
        default: return false
        }
    }

    static func order(_ left: Double, _ right: Double, _ comparison: RecordTest.Comparison) -> Bool {
        guard !left.isNaN, !right.isNaN else { return false }
        return comparison.holds(left < right ? -1 : left > right ? 1 : 0)
    }

    private static func part(_ part: RecordTest.MomentPart, of moment: Timestamp) -> Int64 {
        let civil = moment.civil
        switch part {
        case .minute: return Int64(civil.minute)
        case .hour: return Int64(civil.hour)
        case .day: return Int64(civil.day)
        case .month: return Int64(civil.month)
        case .year: return Int64(civil.year)
        }
    }
}

/// Compares two fields of one record.
enum FieldComparing {
    static func holds(_ left: Value, _ comparison: RecordTest.FieldComparison, _ right: Value) -> Bool {
        switch comparison {
        case .ordered(let comparison): return ordered(left, comparison, right)
        case .equal(let isCased): return anyPair(left, right, isCased) { $0 == $1 }
        case .contains(let isCased):
            return anyPair(left, right, isCased) { $1.isEmpty || $0.firstRange(of: $1) != nil }
        case .startsWith(let isCased): return anyPair(left, right, isCased) { $0.starts(with: $1) }
        case .endsWith(let isCased): return anyPair(left, right, isCased) { $0.reversed().starts(with: $1.reversed()) }
        }
    }

    private static func ordered(_ left: Value, _ comparison: RecordTest.Comparison, _ right: Value) -> Bool {
        switch (left, right) {
        case (.integer(let first), .integer(let second)):
            return comparison.holds(first < second ? -1 : first > second ? 1 : 0)
        case (.moment(let first), .moment(let second)):
            return comparison.holds(first < second ? -1 : first > second ? 1 : 0)
        case (.integer(let first), .real(let second)): return TestAsking.order(Double(first), second, comparison)
        case (.real(let first), .integer(let second)): return TestAsking.order(first, Double(second), comparison)
        case (.real(let first), .real(let second)): return TestAsking.order(first, second, comparison)
        default: return false
        }
    }

    /// More pairs than any honest record has.
    private static let pairLimit = 10_000

    private static func anyPair(
        _ left: Value, _ right: Value, _ isCased: Bool, _ body: ([UInt8], [UInt8]) -> Bool
    ) -> Bool {
        let (first, second) = (texts(left, isCased), texts(right, isCased))
        var pairs = 0
        for one in first {
            for other in second {
                pairs += 1
                if pairs > pairLimit { return false }
                if body(one, other) { return true }
            }
        }
        return false
    }

    private static func texts(_ value: Value, _ isCased: Bool) -> [[UInt8]] {
        switch value {
        case .text(let text): [isCased ? Array(text.utf8) : TextFolding.folded(text)]
        case .texts(let texts): texts.map { isCased ? Array($0.utf8) : TextFolding.folded($0) }
        default: []
        }
    }
}
