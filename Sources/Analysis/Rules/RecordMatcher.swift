import ArtifactModel
import Primitives
import RuleLanguage

/// Asks all rules of an artefact about a record, in one pass over its fields.
///
/// Texts and whole numbers are looked up for all rules together. What that finds wakes the rules that could fire; only
/// their other tests are asked. A rule without anything that could wake it is asked about every record.
struct RecordMatcher: Sendable {
    /// What is known of a test before it is asked.
    private enum Kind: UInt8 {
        /// It holds if the look-up found it.
        case decided
        /// It can hold only if the look-up found it.
        case hinted
        /// It has to be asked.
        case open
    }

    /// One step of a rule: a test, and where to go on when it holds or does not.
    private struct Step: Sendable {
        var test: Int32
        var whenTrue: Int32
        var whenFalse: Int32
    }

    /// Instead of a step: the rule fires, or does not.
    private static let fires: Int32 = -1
    private static let staysQuiet: Int32 = -2

    /// Tests of numbers and presence, which need no more than a glance.
    private enum Glance: Sendable {
        case none, present, absent
        case integer(RecordTest.Comparison, Int64)
    }

    let program: ArtifactProgram
    /// All rules as steps, so that asking one follows numbers and copies nothing.
    private let steps: [Step]
    /// The first step of each rule.
    private let entries: [Int32]
    private let glances: [Glance]
    private let columnOfTest: [Int]
    /// Whether a column is a field itself, and no member of nested values.
    private let isWhole: [Bool]
    private let indexes: [ColumnIndex]
    /// The columns of each field of the record.
    private let columns: [[Int]]
    private let kinds: [Kind]
    /// The rules that a test wakes.
    private let woken: [[Int]]
    /// The rules that nothing wakes.
    private let sleepless: [Int]

    /// The number of the record, from 1, against which all marks are compared: so nothing has to be cleared.
    private var record = 0
    private var found: [Int]
    private var asked: [Int]
    private var answers: [Bool]
    private var awake: [Int]
    private var candidates: [Int] = []
    /// The values of columns whose tests may have to be asked.
    private var kept: [Value]
    private var keptIn: [Int]
    private var folded: [UInt8] = []

    init(_ program: ArtifactProgram) {
        self.program = program
        let indexes = program.columns.indices.map { ColumnIndex($0, program) }
        self.indexes = indexes
        var columns = [[Int]](repeating: [], count: program.table.columns.count)
        for (number, column) in program.columns.enumerated() where column.field < columns.count {
            columns[column.field].append(number)
        }
        self.columns = columns
        var kinds = [Kind](repeating: .open, count: program.tests.count)
        for index in indexes {
            for test in index.decided { kinds[test] = .decided }
            for test in index.hinted { kinds[test] = .hinted }
        }
        self.kinds = kinds
        columnOfTest = program.tests.map(\.column)
        isWhole = program.columns.map(\.path.isEmpty)
        var steps: [Step] = []
        entries = program.rules.map { rule in
            RecordMatcher.compile(
                rule.expression, RecordMatcher.fires, RecordMatcher.staysQuiet, into: &steps)
        }
        self.steps = steps
        glances = program.tests.map { test in
            // A member of nested values may be several values.
            let isNested = program.table.columns[program.columns[test.column].field].form == .nested
            return switch test.test {
            case .present: .present
            case .absent: .absent
            case .number(let comparison, .integer(let number)) where !isNested: .integer(comparison, number)
            default: .none
            }
        }
        var woken = [[Int]](repeating: [], count: program.tests.count)
        var sleepless: [Int] = []
        for (number, rule) in program.rules.enumerated() {
            guard let wakers = RecordMatcher.wakers(of: rule.expression, kinds) else {
                sleepless.append(number)
                continue
            }
            for test in Set(wakers) { woken[test].append(number) }
        }
        self.woken = woken
        self.sleepless = sleepless
        found = [Int](repeating: 0, count: program.tests.count)
        asked = found
        answers = [Bool](repeating: false, count: program.tests.count)
        awake = [Int](repeating: 0, count: program.rules.count)
        kept = [Value](repeating: .absent, count: program.columns.count)
        keptIn = [Int](repeating: 0, count: program.columns.count)
    }

    /// Writes an expression as steps, the last one first, and gives the number of its first one.
    private static func compile(
        _ expression: RuleExpression, _ whenTrue: Int32, _ whenFalse: Int32, into steps: inout [Step]
    ) -> Int32 {
        switch expression {
        case .test(let number):
            steps.append(Step(test: Int32(truncatingIfNeeded: number), whenTrue: whenTrue, whenFalse: whenFalse))
            return Int32(truncatingIfNeeded: steps.count - 1)
        case .not(let part): return compile(part, whenFalse, whenTrue, into: &steps)
        case .all(let parts):
            return parts.reversed().reduce(whenTrue) { compile($1, $0, whenFalse, into: &steps) }
        case .any(let parts):
            return parts.reversed().reduce(whenFalse) { compile($1, whenTrue, $0, into: &steps) }
        }
    }

    /// Tests of which at least one is found if an expression holds; nothing if it can hold without.
    private static func wakers(of expression: RuleExpression, _ kinds: [Kind]) -> [Int]? {
        switch expression {
        case .test(let number): return kinds[number] == .open ? nil : [number]
        case .not: return nil
        case .all(let parts):
            return parts.compactMap { wakers(of: $0, kinds) }.min { $0.count < $1.count }
        case .any(let parts):
            var all: [Int] = []
            for part in parts {
                guard let found = wakers(of: part, kinds) else { return nil }
                all += found
            }
            return all
        }
    }

    /// Whether any test looks at a field.
    func wants(_ field: Int) -> Bool { field < columns.count && !columns[field].isEmpty }

    /// Turns to the next record.
    mutating func begin() {
        record += 1
        candidates.removeAll(keepingCapacity: true)
    }

    /// Takes the value of a field; one that is absent need not be given.
    mutating func take(_ field: Int, _ value: Value) {
        for column in columns[field] {
            if isWhole[column] {
                take(value, in: column)
            } else {
                take(NestedValues.values(in: value, at: program.columns[column].path[...]), in: column)
            }
        }
    }

    private mutating func take(_ value: Value, in column: Int) {
        if case .absent = value { return }
        let index = indexes[column]
        if index.keepsValue {
            kept[column] = value
            keptIn[column] = record
        }
        look(up: value, index)
    }

    private mutating func look(up value: Value, _ index: ColumnIndex) {
        switch value {
        case .text(let text): look(up: text, index)
        case .texts(let texts): for text in texts { look(up: text, index) }
        case .integer(let number):
            if !index.integers.isEmpty, let tests = index.integers[number] { for test in tests { mark(test) } }
        case .real(let number):
            if !index.integers.isEmpty, let integer = Int64(exactly: number),
                let tests = index.integers[integer]
            {
                for test in tests { mark(test) }
            }
        case .list, .table:
            NestedValues.visit(value) { leaf in
                if let text = NestedValues.text(of: leaf) { look(up: text, index) }
            }
        case .absent, .truth, .moment, .bytes: break
        }
    }

    private mutating func look(up text: String, _ index: ColumnIndex) {
        if index.needsFolded {
            TextFolding.fold(text, into: &folded)
            if !index.equal.isEmpty, let tests = index.equal[folded] { for test in tests { mark(test) } }
            if !index.literals.isEmpty { find(index.literals) }
        }
        if index.needsRaw {
            folded.removeAll(keepingCapacity: true)
            folded.append(contentsOf: text.utf8)
            if !index.equalCased.isEmpty, let tests = index.equalCased[folded] { for test in tests { mark(test) } }
            if !index.literalsCased.isEmpty { find(index.literalsCased) }
        }
    }

    private mutating func find(_ literals: LiteralSearch) {
        // Lent out for the moment, so that marks can be set while it is read.
        var text: [UInt8] = []
        swap(&text, &folded)
        text.withUnsafeBufferPointer { bytes in literals.search(bytes) { mark($0) } }
        swap(&text, &folded)
    }

    private mutating func mark(_ test: Int) {
        guard found[test] != record else { return }
        found[test] = record
        for rule in woken[test] where awake[rule] != record {
            awake[rule] = record
            candidates.append(rule)
        }
    }

    /// The rules that fire, by their numbers in the set, in ascending order.
    mutating func fired() -> [Int] {
        guard !candidates.isEmpty || !sleepless.isEmpty else { return [] }
        var rules: [Int] = []
        for number in candidates where holds(rule: number) {
            rules.append(program.rules[number].rule)
        }
        for number in sleepless where holds(rule: number) {
            rules.append(program.rules[number].rule)
        }
        if rules.count > 1 { rules.sort() }
        return rules
    }

    private mutating func holds(rule: Int) -> Bool {
        var place = entries[rule]
        while place >= 0 {
            let step = steps[Int(place)]
            place = holds(Int(step.test)) ? step.whenTrue : step.whenFalse
        }
        return place == RecordMatcher.fires
    }

    private mutating func holds(_ test: Int) -> Bool {
        switch kinds[test] {
        case .decided: return found[test] == record
        case .hinted where found[test] != record: return false
        case .hinted, .open: break
        }
        switch glances[test] {
        case .none: break
        case .present: return keptIn[columnOfTest[test]] == record
        case .absent: return keptIn[columnOfTest[test]] != record
        case .integer(let comparison, let number):
            let column = columnOfTest[test]
            guard keptIn[column] == record else { return false }
            if case .integer(let found) = kept[column] {
                return comparison.holds(found < number ? -1 : found > number ? 1 : 0)
            }
        }
        if asked[test] == record { return answers[test] }
        let answer = ask(test)
        asked[test] = record
        answers[test] = answer
        return answer
    }

    private func value(_ column: Int) -> Value { keptIn[column] == record ? kept[column] : .absent }

    private func ask(_ test: Int) -> Bool {
        let question = program.tests[test]
        let value = value(question.column)
        if case .field(let other, let comparison) = question.test {
            return FieldComparing.holds(value, comparison, self.value(other))
        }
        return TestAsking.holds(question.test, value)
    }
}
