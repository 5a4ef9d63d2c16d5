import ArtifactModel
import CaseModel
import Primitives
import RuleLanguage

/// The words of a finding that a rule caused: those of its card, and where the card is silent, words that claim nothing.
enum RuleWording {
    static func finding(
        _ head: RuleHead, isCorrelation: Bool, artifact: String, artifactTitle: String, moment: Timestamp?,
        path: String, location: Location, record: [NamedValue], records: [Finding.CitedRecord] = [],
        recordCount: Int = 1
    ) -> Finding {
        let card = head.card
        return Finding(
            severity: head.severity,
            cause: .rule(
                Finding.RuleCitation(
                    identifier: head.identifier, version: card.version, isCorrelation: isCorrelation,
                    references: head.citations)),
            title: head.title, artifact: artifact, artifactTitle: artifactTitle, moment: moment, path: path,
            location: location, record: record, records: records, recordCount: recordCount, family: card.family,
            state: card.state ?? .unknown, meaning: meaning(head, isCorrelation), limits: limits(head),
            benignCauses: head.falsePositives.isEmpty
                ? ["The rule names no ordinary causes"] : head.falsePositives,
            nextStep: card.nextStep
                ?? "Keep this evidence, and ask somebody who knows the rule what it was written for.",
            measurement: measurement(card))
    }

    static func meaning(_ head: RuleHead, _ isCorrelation: Bool) -> String {
        head.card.meaning ?? head.description
            ?? (isCorrelation
                ? "Several records together have the form that the rule describes: \(head.title)."
                : "The record has the form that the rule describes: \(head.title).")
    }

    static func limits(_ head: RuleHead) -> String {
        head.card.limits ?? "The rule does not say what it does not prove. A form alone is no more than that."
    }

    /// All measurements as one.
    private static func measurement(_ card: RuleCard) -> Measurement? {
        guard !card.measured.isEmpty else { return nil }
        func sum(_ numbers: [Int64]) -> Int {
            Int(
                truncatingIfNeeded: numbers.reduce(0 as Int64) { total, number in
                    let (sum, overflow) = total.addingReportingOverflow(number)
                    return overflow ? .max : sum
                })
        }
        return Measurement(
            hits: sum(card.measured.map(\.hits)), records: sum(card.measured.map(\.records)),
            corpus: card.measured.map(\.corpus).joined(separator: "; "))
    }
}
