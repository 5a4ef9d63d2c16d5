import ArtifactModel
import Primitives
import RuleLanguage

/// Finds the rules whose answer about a stored record is not known, since a value can be read in more than one way.
///
/// JSON does not tell text from bytes within nested values, and writes a number that it can't say as `null`. A test that
/// answers the same however such a value is read is answered; a rule that depends on one that does not is not.
struct RuleDoubts: Sendable {
    /// What `null` may have been.
    private static let numbers = [Double.nan, .infinity, -.infinity]
    /// What the `null` of a whole field was one of; nothing at all is not written.
    private static let nulls = numbers.map(Value.real)

    private let program: ArtifactProgram
    /// The fields that rules look at, and those of them that hold nested values.
    private let fields: [Int]
    private let nested: [Int]

    init(_ program: ArtifactProgram) {
        self.program = program
        let fields = Set(program.columns.map(\.field)).sorted()
        self.fields = fields
        nested = fields.filter { program.table.columns[$0].form == .nested }
    }

    /// The readings of each field that has several; none for a field of the wrong type.
    private func readings(_ record: StoredRecord) -> [Int: [Value]] {
        var readings: [Int: [Value]] = [:]
        for field in nested where field < record.values.count && RuleDoubts.isOpen(record.values[field]) {
            let value = record.values[field]
            readings[field] = [value] + RuleDoubts.numbers.map { RuleDoubts.other(value, $0) }
        }
        if !record.nulls.isEmpty || !record.mistyped.isEmpty {
            for field in fields where record.nulls.contains(field) { readings[field] = RuleDoubts.nulls }
            for field in fields where record.mistyped.contains(field) { readings[field] = [] }
        }
        return readings
    }

    /// The numbers, in the set, of rules whose answer is not known.
    func unclear(_ record: StoredRecord) -> [Int] {
        let readings = readings(record)
        guard !readings.isEmpty else { return [] }
        return program.rules.filter { answer($0.expression, record, readings) == nil }.map(\.rule)
    }

    private func answer(_ expression: RuleExpression, _ record: StoredRecord, _ readings: [Int: [Value]]) -> Bool? {
        switch expression {
        case .test(let number): return answer(program.tests[number], record, readings)
        case .not(let part): return answer(part, record, readings).map { !$0 }
        case .all(let parts):
            var result: Bool? = true
            for part in parts {
                guard let found = answer(part, record, readings) else {
                    result = nil
                    continue
                }
                if !found { return false }
            }
            return result
        case .any(let parts):
            var result: Bool? = false
            for part in parts {
                guard let found = answer(part, record, readings) else {
                    result = nil
                    continue
                }
                if found { return true }
            }
            return result
        }
    }

    private func answer(
        _ question: ArtifactProgram.Test, _ record: StoredRecord, _ readings: [Int: [Value]]
    ) -> Bool? {
        var answers: Set<Bool> = []
        let values = values(question.column, record, readings)
        if case .field(let other, let comparison) = question.test {
            let others = self.values(other, record, readings)
            for value in values {
                for other in others { answers.insert(FieldComparing.holds(value, comparison, other)) }
            }
        } else {
            for value in values { answers.insert(TestAsking.holds(question.test, value)) }
        }
        return answers.count == 1 ? answers.first : nil
    }

    /// What a column can hold; nothing if that is not known.
    private func values(_ column: Int, _ record: StoredRecord, _ readings: [Int: [Value]]) -> [Value] {
        let (field, path) = (program.columns[column].field, program.columns[column].path)
        let whole = readings[field] ?? [field < record.values.count ? record.values[field] : .absent]
        return path.isEmpty ? whole : whole.map { NestedValues.values(in: $0, at: path[...]) }
    }

    /// Whether nested values hold a text that may have been bytes, or a `null` that may have been a number.
    private static func isOpen(_ value: Value) -> Bool {
        switch value {
        case .text(let text): Value.bytes(base64: text) != nil
        case .texts(let texts): texts.contains { Value.bytes(base64: $0) != nil }
        case .list(let values): values.contains { $0 == .absent || isOpen($0) }
        case .table(let members): members.contains { $0.value == .absent || isOpen($0.value) }
        default: false
        }
    }

    /// The other way of reading nested values. Recursive, as deep as the reader of the line allows.
    private static func other(_ value: Value, _ number: Double) -> Value {
        func inside(_ value: Value) -> Value { value == .absent ? .real(number) : other(value, number) }
        return switch value {
        case .text(let text): Value.bytes(base64: text).map { .bytes($0) } ?? value
        case .texts(let texts): .list(texts.map { other(.text($0), number) })
        case .list(let values): .list(values.map(inside))
        case .table(let members): .table(members.map { NamedValue($0.name, inside($0.value)) })
        default: value
        }
    }
}
