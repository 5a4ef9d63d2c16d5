import ArtifactModel
import Primitives
import RuleLanguage
import YAMLFormat

/// A record that a rule's file describes.
struct ExampleRecord: Sendable, Hashable {
    var artifact: String
    /// A value for each field of the artefact.
    var values: [Value]

    /// Reads an example; `artifacts` are those that the rule looks at, of which the first one that has all fields is
    /// meant if the example names none.
    init(
        _ entry: RuleExample.Entry, _ file: String, artifacts: [String], tables: [String: FieldTable]
    ) throws(RuleProblem) {
        let place = RulePlace(file: file, line: entry.line)
        let table: FieldTable
        if let name = entry.artifact {
            guard let found = tables.keys.sorted().first(where: { $0 == name || $0.hasSuffix("." + name) }),
                let known = tables[found]
            else { throw RuleProblem(place, "the example names the artefact '\(name)', which is not there") }
            table = known
        } else {
            let candidates = artifacts.compactMap { tables[$0] }
            guard
                let found = candidates.first(where: { table in
                    entry.fields.allSatisfy { table.column($0.name) != nil }
                }) ?? candidates.first
            else { throw RuleProblem(place, "the example names no artefact") }
            table = found
        }
        artifact = table.artifact
        values = [Value](repeating: .absent, count: table.columns.count)
        for member in entry.fields {
            let place = RulePlace(file: file, line: member.line)
            guard let column = table.column(member.name) else {
                throw RuleProblem(
                    place, "the example has a field '\(member.name)', which \(table.artifact) does not have")
            }
            guard let value = ExampleRecord.value(member.value, table.columns[column].form) else {
                throw RuleProblem(
                    place,
                    "'\(member.name)' of the example is no value of the kind '\(table.columns[column].form.rawValue)'")
            }
            values[column] = value
        }
    }

    private static func value(_ value: YAMLValue, _ form: FieldTable.Form) -> Value? {
        if value.scalar?.isNull == true { return .absent }
        switch form {
        case .text: return value.text.map(Value.text)
        case .texts: return value.texts.map(Value.texts)
        case .integer: return value.scalar?.integer.map(Value.integer)
        case .real: return value.scalar?.number.map(Value.real)
        case .truth: return value.scalar?.truth.map(Value.truth)
        case .moment: return value.text.flatMap(moment).map(Value.moment)
        case .bytes: return value.text.map { .bytes(Array($0.utf8)) }
        case .nested: return nested(value)
        }
    }

    private static func moment(_ text: String) -> Timestamp? {
        Timestamp(rfc3339: text.utf8.count == 10 ? text + "T00:00:00Z" : text)
    }

    private static func nested(_ value: YAMLValue) -> Value {
        switch value.content {
        case .sequence(let values): return .list(values.map(nested))
        case .mapping(let members): return .table(members.map { NamedValue($0.name, nested($0.value)) })
        case .scalar(let scalar):
            switch scalar.reading {
            case .null: return .absent
            case .truth(let truth): return .truth(truth)
            case .integer(let number): return .integer(number)
            case .real(let number): return .real(number)
            case .text: return .text(scalar.text)
            }
        }
    }

    /// The earliest of its moments.
    var moment: Timestamp? {
        values.compactMap { if case .moment(let moment) = $0 { moment } else { nil } }.first
    }

    /// The same record with all moments later by so many microseconds.
    func shifted(by microseconds: Int64) -> ExampleRecord {
        var copy = self
        copy.values = values.map { value in
            guard case .moment(let moment) = value else { return value }
            let (sum, overflow) = moment.microseconds.addingReportingOverflow(microseconds)
            return overflow ? value : Timestamp(microseconds: sum).map(Value.moment) ?? value
        }
        return copy
    }
}
