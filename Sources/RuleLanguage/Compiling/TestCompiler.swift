import ArtifactModel
import FileFormats
import Primitives
import YAMLFormat

/// Turns the comparison of a field with values into numbered tests of one artefact.
struct TestCompiler {
    let file: String
    var program: ArtifactProgram
    /// Tests that hold for every value that is there: `*`, or an expression that matches anything.
    private(set) var weak: Set<Int> = []

    init(_ program: ArtifactProgram, file: String) {
        self.program = program
        self.file = file
    }

    private func problem(_ test: FieldTest, _ reason: String) -> RuleProblem {
        RuleProblem(RulePlace(file: file, line: test.line), reason)
    }

    mutating func expression(_ search: Search) throws(RuleProblem) -> RuleExpression {
        switch search {
        case .all(let parts):
            var compiled: [RuleExpression] = []
            for part in parts { compiled.append(try expression(part)) }
            return .all(compiled)
        case .any(let parts):
            var compiled: [RuleExpression] = []
            for part in parts { compiled.append(try expression(part)) }
            return .any(compiled)
        case .test(let test): return try expression(test)
        }
    }

    private mutating func expression(_ test: FieldTest) throws(RuleProblem) -> RuleExpression {
        guard let name = test.field else { return try keywords(test) }
        let (column, form) = try self.column(name, test)
        var parts: [RuleExpression] = []
        for value in test.values { parts.append(try expression(test, value, column, form)) }
        let joined: RuleExpression =
            parts.count == 1 ? parts[0] : test.has(.all) ? .all(parts) : .any(parts)
        return test.has(.neq) ? .not(joined) : joined
    }

    /// Words that are looked for in every field that holds text.
    private mutating func keywords(_ test: FieldTest) throws(RuleProblem) -> RuleExpression {
        let table = program.table
        var parts: [RuleExpression] = []
        for value in test.values {
            var fields: [RuleExpression] = []
            for (number, field) in table.columns.enumerated() where [.text, .texts, .nested].contains(field.form) {
                let column = program.column(ArtifactProgram.Column(field: number, path: []))
                if test.has(.re) {
                    fields.append(try regular(test, value, column))
                } else {
                    fields.append(.any(try patterns(test, value, column, before: true, behind: true)))
                }
            }
            guard !fields.isEmpty else { throw problem(test, "\(table.artifact) has no field that holds text") }
            parts.append(.any(fields))
        }
        return parts.count == 1 ? parts[0] : test.has(.all) ? .all(parts) : .any(parts)
    }

    /// The column of a field, or of a member of nested values: `details.name`.
    private mutating func column(
        _ name: String, _ test: FieldTest
    ) throws(RuleProblem) -> (Int, FieldTable.Form) {
        let table = program.table
        if let number = table.column(name) {
            return (program.column(ArtifactProgram.Column(field: number, path: [])), table.columns[number].form)
        }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if parts.count > 1, parts.count <= 16, let number = table.column(parts[0]) {
            guard table.columns[number].form == .nested else {
                throw problem(
                    test, "'\(parts[0])' in \(table.artifact) holds \(table.columns[number].form.words), no members")
            }
            return (program.column(ArtifactProgram.Column(field: number, path: Array(parts[1...]))), .nested)
        }
        throw problem(
            test,
            "there is no field '\(name)' in \(table.artifact)"
                + NearestName.suggestion(for: name, among: table.columns.map(\.name)))
    }

    private mutating func expression(
        _ test: FieldTest, _ value: YAMLScalar, _ column: Int, _ form: FieldTable.Form
    ) throws(RuleProblem) -> RuleExpression {
        if test.has(.exists) {
            guard let truth = value.truth else { throw problem(test, "'exists' is followed by true or false") }
            return truth ? added(column, "present", .present) : added(column, "absent", .absent)
        }
        if test.has(.fieldref) { return try reference(test, value, column, form) }
        if value.isNull {
            guard test.modifiers.allSatisfy({ $0 == .neq }) else {
                throw problem(test, "null stands without modifiers")
            }
            return added(column, "absent", .absent)
        }
        if test.has(.re) { return try regular(test, value, column, form) }
        if test.has(.cidr) {
            try expect([.text, .texts, .nested], form, test)
            guard let range = NetworkRange(value.text) else {
                throw problem(test, "'\(value.text)' is no range of addresses; write 10.0.0.0/8 or 2001:db8::/32")
            }
            let expression = added(column, "network \(value.text)", .network(range))
            return expression
        }
        if form == .moment { return try moment(test, value, column) }
        guard !test.modifiers.contains(where: ModifierLaws.datePart.contains) else {
            throw problem(test, "'\(test.field ?? "")' holds \(form.words), and no parts of a time")
        }
        let comparison = test.modifiers.first(where: ModifierLaws.comparison.contains)
        switch form {
        case .integer, .real: return try number(test, value, column, form, comparison)
        case .truth:
            guard comparison == nil, let truth = TestCompiler.truth(value) else {
                throw problem(test, "'\(test.field ?? "")' holds true or false, and is compared with one of them")
            }
            return added(column, "truth \(truth)", .truth(truth))
        case .bytes:
            throw problem(test, "'\(test.field ?? "")' holds bytes; only 'exists' and null can be asked of them")
        case .nested where comparison != nil: return try number(test, value, column, form, comparison)
        case .text, .texts, .nested, .moment:
            if let comparison {
                throw problem(
                    test, "'\(test.field ?? "")' holds \(form.words), and '\(comparison.rawValue)' compares numbers")
            }
            return .any(
                try patterns(
                    test, value, column, before: test.has(.contains) || test.has(.endswith),
                    behind: test.has(.contains) || test.has(.startswith)))
        }
    }

    private func expect(
        _ forms: [FieldTable.Form], _ form: FieldTable.Form, _ test: FieldTest
    ) throws(RuleProblem) {
        guard forms.contains(form) else {
            throw problem(
                test,
                "'\(test.field ?? "")' holds \(form.words), and '\(test.modifiers.first?.rawValue ?? "")' needs text")
        }
    }

    private mutating func added(_ column: Int, _ key: String, _ test: RecordTest) -> RuleExpression {
        .test(program.test(column, key, test))
    }

    private static func truth(_ value: YAMLScalar) -> Bool? {
        value.truth ?? (value.text.lowercased() == "true" ? true : value.text.lowercased() == "false" ? false : nil)
    }

    // MARK: - Text

    private mutating func patterns(
        _ test: FieldTest, _ value: YAMLScalar, _ column: Int, before: Bool, behind: Bool
    ) throws(RuleProblem) -> [RuleExpression] {
        let texts: [TextPattern]
        do throws(ValueEncoding.Reason) {
            texts = try ValueEncoding.patterns(of: value.text, test)
        } catch {
            throw problem(test, error.words)
        }
        return texts.map { pattern in
            let pattern = pattern.open(before: before, behind: behind)
            let number = program.test(column, "text \(pattern.isCased) \(pattern.parts)", .text(pattern))
            if pattern.shape == .anything { weak.insert(number) }
            return .test(number)
        }
    }

    private mutating func regular(
        _ test: FieldTest, _ value: YAMLScalar, _ column: Int, _ form: FieldTable.Form = .text
    ) throws(RuleProblem) -> RuleExpression {
        try expect([.text, .texts, .nested], form, test)
        let pattern = (test.has(.m) ? "(?m)" : "") + value.text
        do throws(ParseError) {
            let expression = try BoundedExpression(
                pattern, isCaseInsensitive: test.has(.i), dotMatchesLineFeed: test.has(.s))
            let number = program.test(
                column, "re \(test.has(.i)) \(test.has(.s)) \(pattern)",
                .expression(expression, literal: RequiredLiteral.text(of: value.text)))
            if ["", "x", "9 /-\n~é"].allSatisfy(expression.matches) { weak.insert(number) }
            return .test(number)
        } catch {
            throw problem(test, "the expression can't be used: \(error.expected) is expected")
        }
    }

    // MARK: - Numbers, moments, other fields

    private mutating func number(
        _ test: FieldTest, _ value: YAMLScalar, _ column: Int, _ form: FieldTable.Form, _ comparison: Modifier?
    ) throws(RuleProblem) -> RuleExpression {
        if value.text == "*", comparison == nil { return added(column, "present", .present) }
        guard !test.modifiers.contains(where: { ![.lt, .lte, .gt, .gte, .neq].contains($0) }) else {
            throw problem(
                test,
                "'\(test.field ?? "")' holds \(form.words), and '\(test.modifiers[0].rawValue)' needs text")
        }
        let scalar = value.isPlain ? value : YAMLScalar(value.text, isPlain: true)
        let comparison = RecordTest.Comparison(rawValue: comparison?.rawValue ?? "eq") ?? .eq
        if let integer = scalar.integer {
            return added(column, "number \(comparison) \(integer)", .number(comparison, .integer(integer)))
        }
        guard let real = scalar.number, real.isFinite else {
            throw problem(test, "'\(test.field ?? "")' holds \(form.words), and '\(value.text)' is none")
        }
        return added(column, "number \(comparison) \(real)", .number(comparison, .real(real)))
    }

    private mutating func moment(
        _ test: FieldTest, _ value: YAMLScalar, _ column: Int
    ) throws(RuleProblem) -> RuleExpression {
        let comparison = test.modifiers.first(where: ModifierLaws.comparison.contains)
        if let part = test.modifiers.first(where: ModifierLaws.datePart.contains) {
            let scalar = value.isPlain ? value : YAMLScalar(value.text, isPlain: true)
            guard let integer = scalar.integer, let name = RecordTest.MomentPart(rawValue: part.rawValue) else {
                throw problem(test, "'\(part.rawValue)' is followed by a whole number")
            }
            let word = RecordTest.Comparison(rawValue: comparison?.rawValue ?? "eq") ?? .eq
            return added(column, "part \(part) \(word) \(integer)", .part(name, word, integer))
        }
        guard test.modifiers.allSatisfy({ ModifierLaws.comparison.contains($0) || $0 == .neq }) else {
            throw problem(
                test, "'\(test.field ?? "")' holds a time, and '\(test.modifiers[0].rawValue)' needs text")
        }
        if value.text == "*", comparison == nil { return added(column, "present", .present) }
        let isDate = RuleReader.isDate(value.text)
        guard let first = Timestamp(rfc3339: isDate ? value.text + "T00:00:00Z" : value.text),
            let last = isDate ? Timestamp(rfc3339: value.text + "T23:59:59.999999Z") : first
        else {
            throw problem(
                test,
                "'\(test.field ?? "")' holds a time; write 2021-07-18 or 2021-07-18T09:30:00Z, not '\(value.text)'")
        }
        let (from, to): (Int64, Int64) =
            switch comparison {
            case .lt: (Int64.min, first.microseconds - 1)
            case .lte: (Int64.min, last.microseconds)
            case .gt: (last.microseconds + 1, Int64.max)
            case .gte: (first.microseconds, Int64.max)
            default: (first.microseconds, last.microseconds)
            }
        return added(column, "moment \(from) \(to)", .moment(from: from, to: to))
    }

    private mutating func reference(
        _ test: FieldTest, _ value: YAMLScalar, _ column: Int, _ form: FieldTable.Form
    ) throws(RuleProblem) -> RuleExpression {
        let (other, otherForm) = try self.column(value.text, test)
        let texts: [FieldTable.Form] = [.text, .texts]
        let numbers: [FieldTable.Form] = [.integer, .real]
        let isText = texts.contains(form) && texts.contains(otherForm)
        let isOrdered =
            (numbers.contains(form) && numbers.contains(otherForm)) || (form == .moment && otherForm == .moment)
        let isCased = test.has(.cased)
        let comparison: RecordTest.FieldComparison
        if let word = test.modifiers.first(where: ModifierLaws.comparison.contains) {
            guard isOrdered else {
                throw problem(
                    test,
                    "'\(word.rawValue)' compares numbers or times; '\(test.field ?? "")' holds \(form.words) and "
                        + "'\(value.text)' holds \(otherForm.words)")
            }
            comparison = .ordered(RecordTest.Comparison(rawValue: word.rawValue) ?? .eq)
        } else if let word = test.modifiers.first(where: ModifierLaws.placement.contains) {
            guard isText else { throw problem(test, "'\(word.rawValue)' compares texts") }
            comparison =
                word == .contains
                ? .contains(isCased: isCased)
                : word == .startswith ? .startsWith(isCased: isCased) : .endsWith(isCased: isCased)
        } else if isText {
            comparison = .equal(isCased: isCased)
        } else if isOrdered {
            comparison = .ordered(.eq)
        } else {
            throw problem(
                test,
                "'\(test.field ?? "")' holds \(form.words) and '\(value.text)' holds \(otherForm.words); they can't be "
                    + "compared")
        }
        return added(column, "field \(other) \(comparison)", .field(other, comparison))
    }
}
