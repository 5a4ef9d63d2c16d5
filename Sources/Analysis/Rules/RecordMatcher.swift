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

    let program: ArtifactProgram
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
            let path = program.columns[column].path
            if path.isEmpty {
                take(value, in: column)
            } else {
                take(NestedValues.values(in: value, at: path[...]), in: column)
            }
        }
    }

    private mutating func take(_ value: Value, in column: Int) {
        if case .absent = value { return }
        if indexes[column].keepsValue {
            kept[column] = value
            keptIn[column] = record
        }
        look(up: value, column)
    }

    private mutating func look(up value: Value, _ column: Int) {
        switch value {
        case .text(let text): look(up: text, column)
        case .texts(let texts): for text in texts { look(up: text, column) }
        case .integer(let number):
            if let tests = indexes[column].integers[number] { for test in tests { mark(test) } }
        case .real(let number):
            if !indexes[column].integers.isEmpty, let integer = Int64(exactly: number),
                let tests = indexes[column].integers[integer]
            {
                for test in tests { mark(test) }
            }
        case .list, .table:
            NestedValues.visit(value) { leaf in
                if let text = NestedValues.text(of: leaf) { look(up: text, column) }
            }
        case .absent, .truth, .moment, .bytes: break
        }
    }

    private mutating func look(up text: String, _ column: Int) {
        let index = indexes[column]
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
        let text = folded
        folded = []
        text.withUnsafeBufferPointer { bytes in literals.search(bytes) { mark($0) } }
        folded = text
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
        for number in candidates where holds(program.rules[number].expression) {
            rules.append(program.rules[number].rule)
        }
        for number in sleepless where holds(program.rules[number].expression) {
            rules.append(program.rules[number].rule)
        }
        if rules.count > 1 { rules.sort() }
        return rules
    }

    private mutating func holds(_ expression: RuleExpression) -> Bool {
        switch expression {
        case .test(let number): return holds(number)
        case .not(let part): return !holds(part)
        case .all(let parts):
            for part in parts where !holds(part) { return false }
            return true
        case .any(let parts):
            for part in parts where holds(part) { return true }
            return false
        }
    }

    private mutating func holds(_ test: Int) -> Bool {
        switch kinds[test] {
        case .decided: return found[test] == record
        case .hinted where found[test] != record: return false
        case .hinted, .open: break
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
