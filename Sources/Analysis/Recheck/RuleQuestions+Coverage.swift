import ArtifactModel
import CaseModel
import Primitives
import RuleLanguage

extension RuleQuestions {
    /// What coverage says of rules after a recheck.
    struct Answers {
        /// Every rule that was asked or could not be, and those whose findings were taken over, in byte order.
        var rules: [Coverage.Rule]
        /// What the rules of families need.
        var needs: [RuleNeed]
    }

    /// Joins what came of the rules that were asked with what an earlier check says of those that were not.
    ///
    /// `carried` are the findings that were taken over, by the rule.
    func answers(
        _ outcomes: [RuleOutcome], _ blocked: [Int: [String]], _ earlier: [Coverage.Rule], _ runs: [StoredRun],
        carried: [String: Int]
    ) -> Answers {
        let known = Dictionary(earlier.map { ($0.identifier, $0) }) { first, _ in first }
        let examined = runs.filter { $0.run.coverage.records > 0 }
        var answers = Answers(rules: [], needs: [])
        for outcome in outcomes {
            // A recheck that could not ask a rule of anything says nothing of it.
            let before = known[outcome.identifier].flatMap { $0.notAsked.isEmpty || $0.couldFire ? $0 : nil }
            var entry = Coverage.Rule(outcome)
            var needs = outcome.needs
            if outcome.isCorrelation {
                let reasons = correlationNumbers[outcome.identifier].flatMap { blocked[$0] } ?? []
                if !reasons.isEmpty {
                    entry = before ?? entry.unasked
                    needs = before == nil ? [[]] : needs
                    entry.notAsked = reasons
                }
            } else if let number = numbers[outcome.identifier] {
                let obstacles = obstacles[number] ?? [:]
                let open = outcome.examined.filter { obstacles[$0] == nil }
                if open.isEmpty, !outcome.examined.isEmpty, let before {
                    entry = before
                } else {
                    // What was asked now, and what an earlier check asked when the records had more.
                    let covered = outcome.artifacts.filter { artifact in
                        obstacles[artifact] == nil || before?.examined.contains(artifact) == true
                    }
                    entry.examined = outcome.examined.filter(covered.contains)
                    entry.couldFire = !entry.examined.isEmpty
                    entry.hits += carried[outcome.identifier] ?? 0
                    needs = [Set(covered)]
                }
                // What a correlation could not use was not counted if the correlation was not asked.
                if let before, rules.rules[number].uses.contains(where: { blocked[$0.correlation] != nil }) {
                    (entry.timeless, entry.incomplete) = (before.timeless, before.incomplete)
                }
                entry.notAsked = examined.flatMap { run in
                    let title = run.run.coverage.title
                    let unclear = run.unclear[number].map { [RuleQuestions.unclear($0, title)] } ?? []
                    return (obstacles[run.run.coverage.identifier]?.words(title) ?? []) + unclear
                }
            }
            answers.rules.append(entry)
            if outcome.isReported, let family = outcome.family {
                answers.needs.append(RuleNeed(family: family, artifacts: needs))
            }
        }
        let asked = Set(outcomes.map(\.identifier))
        for rule in earlier where !asked.contains(rule.identifier) && carried[rule.identifier] != nil {
            var rule = rule
            rule.notAsked = [RuleQuestions.unknown]
            answers.rules.append(rule)
        }
        answers.rules.sort { $0.identifier.utf8.lexicographicallyPrecedes($1.identifier.utf8) }
        return answers
    }

    /// Why a rule was not asked that is no longer there.
    static let unknown = "it is not among the rules of this recheck"
}

extension Coverage.Rule {
    /// The same rule before it was asked of anything.
    fileprivate var unasked: Coverage.Rule {
        Coverage.Rule(
            identifier: identifier, family: family, artifacts: artifacts, examined: [], couldFire: false, hits: 0,
            timeless: 0, incomplete: 0, omitted: 0, isCut: false)
    }
}
