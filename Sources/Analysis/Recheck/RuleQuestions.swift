import ArtifactModel
import CaseModel
import Primitives
import RuleLanguage

/// Which rules the stored records of a case can answer.
///
/// A rule that looks at a field which was not stored would fire, or stay quiet, for want of that field and not of the
/// record: it is not asked, and what it found earlier is taken over.
struct RuleQuestions: Sendable {
    /// Why a rule can't be asked of the records of one artefact.
    struct Obstacle: Sendable, Hashable {
        /// Fields that are written only when content is asked for.
        var content: [String] = []
        /// Fields that no record has, and that the version which wrote them may not have known.
        var unwritten: [String] = []
        /// Fields by which a rule over several records groups or measures, and which are stored without their types.
        var untyped: [String] = []

        var isNone: Bool { content.isEmpty && unwritten.isEmpty && untyped.isEmpty }

        /// The obstacle in words.
        func words(_ title: String) -> [String] {
            var words: [String] = []
            func list(_ names: [String]) -> String { names.joined(separator: ", ") }
            if !content.isEmpty { words.append("\(title): needs content that was not stored (\(list(content)))") }
            if !unwritten.isEmpty { words.append("\(title): no stored record has \(list(unwritten))") }
            if !untyped.isEmpty { words.append("\(title): stored without the types of \(list(untyped))") }
            return words
        }
    }

    let rules: RuleSet
    /// What stands in the way of rules about one record, by the rule's number and the artefact.
    let obstacles: [Int: [String: Obstacle]]
    /// The numbers of rules and of correlations by their identifiers.
    let numbers: [String: Int]
    let correlationNumbers: [String: Int]
    private let layouts: [String: StoredLayout]
    private let absences: [String: StoredAbsences]

    /// `absences` are, for each artefact with records, the fields that were not stored.
    init(_ rules: RuleSet, _ layouts: [StoredLayout], _ absences: [String: StoredAbsences]) {
        self.rules = rules
        self.absences = absences
        self.layouts = Dictionary(layouts.map { ($0.card.identifier, $0) }) { first, _ in first }
        numbers = Dictionary(rules.rules.enumerated().map { ($1.head.identifier, $0) }) { first, _ in first }
        correlationNumbers = Dictionary(rules.correlations.enumerated().map { ($1.head.identifier, $0) }) { first, _ in
            first
        }
        var obstacles: [Int: [String: Obstacle]] = [:]
        for (artifact, absence) in absences {
            guard let program = rules.programs[artifact] else { continue }
            for rule in program.rules {
                let obstacle = RuleQuestions.obstacle(program.fields(of: rule), program.table, absence)
                if !obstacle.isNone { obstacles[rule.rule, default: [:]][artifact] = obstacle }
            }
        }
        self.obstacles = obstacles
    }

    private static func obstacle(
        _ fields: Set<Int>, _ table: FieldTable, _ absence: StoredAbsences, typed: Bool = false
    ) -> Obstacle {
        var obstacle = Obstacle()
        for field in fields.sorted() where table.columns.indices.contains(field) {
            let column = table.columns[field]
            if column.isContent, !absence.hasContent {
                obstacle.content.append(column.name)
            } else if absence.unwritten.contains(column.name) {
                obstacle.unwritten.append(column.name)
            } else if typed, column.form == .nested {
                obstacle.untyped.append(column.name)
            }
        }
        return obstacle
    }

    /// Whether a rule about one record can be asked of an artefact, as far as its fields go. Unknown rules can't.
    func canAsk(_ identifier: String, of artifact: String) -> Bool {
        guard let number = numbers[identifier] else { return false }
        return obstacles[number]?[artifact] == nil
    }

    // MARK: - Correlations

    /// Why correlations can't be asked, by their numbers, in sentences: one record that is missing or not understood can
    /// make or unmake a group.
    func blocked(_ runs: [StoredRun], isStopped: Bool) -> [Int: [String]] {
        let runs = Dictionary(runs.map { ($0.run.coverage.identifier, $0) }) { first, _ in first }
        var blocked: [Int: [String]] = [:]
        for (number, correlation) in rules.correlations.enumerated() {
            var reasons: Set<String> = isStopped ? ["the recheck was interrupted"] : []
            for member in correlation.members {
                switch member.origin {
                case .correlation(let inner): reasons.formUnion(blocked[inner] ?? [])
                case .rule(let rule):
                    for artifact in rules.rules[rule].artifacts {
                        guard let run = runs[artifact] else { continue }
                        reasons.formUnion(self.reasons(rule, member, run))
                    }
                }
            }
            if !reasons.isEmpty { blocked[number] = reasons.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        }
        return blocked
    }

    private func reasons(_ rule: Int, _ member: RuleSet.Correlation.Member, _ run: StoredRun) -> [String] {
        let artifact = run.run.coverage.identifier
        let title = run.run.coverage.title
        guard run.isWhole else { return ["\(title): its stored records can't be read to their end"] }
        var reasons = obstacles[rule]?[artifact]?.words(title) ?? []
        if let count = run.unclear[rule], count > 0 { reasons.append(RuleQuestions.unclear(count, title)) }
        guard let absence = absences[artifact], let table = rules.programs[artifact]?.table else { return reasons }
        let times = rules.rules[rule].head.card.times
        let names = member.groupFields + member.valueFields
        reasons += RuleQuestions.obstacle(Set(names.compactMap(table.column)), table, absence, typed: true).words(title)
        let moments = times.isEmpty ? table.firstMoment.map { [$0] } ?? [] : times.compactMap(table.column)
        reasons += RuleQuestions.obstacle(Set(moments), table, absence).words(title)
        return reasons
    }

    static func unclear(_ count: Int, _ title: String) -> String {
        "\(title): \(count) \(count == 1 ? "record does" : "records do") not tell what was stored"
    }
}

/// Which fields of an artefact were not stored.
struct StoredAbsences: Sendable {
    /// Whether content was stored.
    var hasContent: Bool
    /// Fields that no record has, if the version that wrote them may not have known them.
    var unwritten: Set<String> = []
}

extension ArtifactProgram {
    /// The fields that a rule looks at.
    func fields(of rule: Rule) -> Set<Int> {
        var fields: Set<Int> = []
        for number in rule.expression.tests {
            fields.insert(columns[tests[number].column].field)
            if case .field(let other, _) = tests[number].test { fields.insert(columns[other].field) }
        }
        return fields
    }
}
