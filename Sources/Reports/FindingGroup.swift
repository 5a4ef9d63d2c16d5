import ArtifactModel
import CaseModel

/// Findings that differ only in the record: one card, one paragraph in the terminal.
struct FindingGroup: Sendable, Hashable {
    /// The findings, in the order of the report. Never empty.
    private(set) var findings: [Finding]
    /// The one whose texts stand for all.
    let first: Finding

    private init(_ first: Finding) {
        self.first = first
        findings = [first]
    }

    /// Collapses findings in the order in which their first members appear.
    static func groups(of findings: [Finding]) -> [FindingGroup] {
        var groups: [FindingGroup] = []
        var positions: [Key: Int] = [:]
        for finding in findings {
            let key = Key(finding)
            if let position = positions[key] {
                groups[position].findings.append(finding)
            } else {
                positions[key] = groups.count
                groups.append(FindingGroup(finding))
            }
        }
        return groups
    }

    /// Everything that the head of a card says; what is equal in all of it can be said once.
    private struct Key: Hashable {
        var severity: Severity
        var cause: Cause
        var texts: [String]
        var state: Observable.State

        enum Cause: Hashable {
            case indicator(type: String, value: String, source: String, reference: String?)
            case check(artifact: String, identifier: String)
        }

        init(_ finding: Finding) {
            severity = finding.severity
            switch finding.cause {
            case .indicator(let indicator):
                cause = .indicator(
                    type: indicator.type, value: indicator.value, source: indicator.source,
                    reference: indicator.reference)
            case .rule(let rule): cause = .check(artifact: "", identifier: rule.identifier)
            case .check(let identifier, _): cause = .check(artifact: finding.artifact, identifier: identifier)
            }
            texts =
                [finding.title, finding.family ?? "", finding.meaning, finding.limits, finding.nextStep]
                + finding.benignCauses
            state = finding.state
        }
    }
}
