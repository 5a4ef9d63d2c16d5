public import FileFormats
import Primitives

/// One question to one field of a record: true or false.
public enum RecordTest: Sendable {
    /// Which numbers pass.
    public enum Comparison: String, Sendable, Hashable {
        /// Less, less or equal, equal, greater or equal, greater.
        case lt, lte, eq, gte, gt

        /// Whether an order passes: -1, 0 or 1.
        public func holds(_ order: Int) -> Bool {
            switch self {
            case .lt: order < 0
            case .lte: order <= 0
            case .eq: order == 0
            case .gte: order >= 0
            case .gt: order > 0
            }
        }
    }

    /// A number of a rule.
    public enum Number: Sendable, Hashable {
        /// Whole.
        case integer(Int64)
        /// With a fraction, or beyond 64 bits.
        case real(Double)
    }

    /// A part of a moment in UTC.
    public enum MomentPart: String, Sendable, Hashable {
        /// As Sigma has them.
        case minute, hour, day, month, year
    }

    /// How two fields of a record are compared.
    public enum FieldComparison: Sendable, Hashable {
        /// As texts.
        case equal(isCased: Bool), contains(isCased: Bool), startsWith(isCased: Bool), endsWith(isCased: Bool)
        /// As numbers or moments.
        case ordered(Comparison)
    }

    /// Text of a form.
    case text(TextPattern)
    /// Text that an expression matches somewhere; if `literal` is there, only text that holds it in small letters.
    case expression(BoundedExpression, literal: [UInt8]?)
    /// A number.
    case number(Comparison, Number)
    /// True or false.
    case truth(Bool)
    /// A moment between two, borders included, in microseconds since 1970.
    case moment(from: Int64, to: Int64)
    /// A part of a moment.
    case part(MomentPart, Comparison, Int64)
    /// Anything at all.
    case present
    /// Nothing.
    case absent
    /// An address of a range.
    case network(NetworkRange)
    /// Another field, by its column in the program.
    case field(Int, FieldComparison)
}

/// How the tests of a rule are joined.
public indirect enum RuleExpression: Sendable, Hashable {
    /// A test, by its number.
    case test(Int)
    /// The contrary.
    case not(RuleExpression)
    /// All of these.
    case all([RuleExpression])
    /// At least one of these.
    case any([RuleExpression])

    /// Whether it holds if a test holds as `value` says.
    public func holds(_ value: (Int) -> Bool) -> Bool {
        switch self {
        case .test(let number): value(number)
        case .not(let part): !part.holds(value)
        case .all(let parts): parts.allSatisfy { $0.holds(value) }
        case .any(let parts): parts.contains { $0.holds(value) }
        }
    }
}

/// All rules about the records of one artefact, as numbered tests over numbered columns.
public struct ArtifactProgram: Sendable {
    /// A value that is tested: a field, or a member of nested values in it.
    public struct Column: Sendable, Hashable {
        /// The number of the field in the table.
        public var field: Int
        /// The names of the members that lead to the value; empty for the field itself.
        public var path: [String]
    }

    /// A test with its column.
    public struct Test: Sendable {
        /// The number of the column.
        public var column: Int
        /// The question.
        public var test: RecordTest
    }

    /// A rule with the tests that it consists of.
    public struct Rule: Sendable {
        /// The number of the rule in the set.
        public var rule: Int
        /// The question.
        public var expression: RuleExpression
    }

    /// The fields that the rules are compiled against.
    public let table: FieldTable
    /// What is tested.
    public internal(set) var columns: [Column] = []
    /// The questions, each once however many rules ask it.
    public internal(set) var tests: [Test] = []
    /// The rules.
    public internal(set) var rules: [Rule] = []

    var columnNumbers: [Column: Int] = [:]
    var testNumbers: [String: Int] = [:]

    init(_ table: FieldTable) { self.table = table }

    mutating func column(_ column: Column) -> Int {
        if let number = columnNumbers[column] { return number }
        columnNumbers[column] = columns.count
        columns.append(column)
        return columns.count - 1
    }

    /// The number of a test; two tests with the same key on the same column are one.
    mutating func test(_ column: Int, _ key: String, _ test: RecordTest) -> Int {
        let key = "\(column) \(key)"
        if let number = testNumbers[key] { return number }
        testNumbers[key] = tests.count
        tests.append(Test(column: column, test: test))
        return tests.count - 1
    }
}
