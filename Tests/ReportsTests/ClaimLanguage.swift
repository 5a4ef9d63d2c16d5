import ArtifactModel
import CaseModel
import Testing

@testable import Reports

/// No text of the reports claims more than a record can show.
@Suite struct ClaimLanguage {
    static let forbidden: Set<String> = [
        "clean", "safe", "safely", "infected", "hacked", "proves", "proven", "compromised", "uninfected", "malicious",
    ]

    /// The words of a text in lower case.
    static func claims(in text: String) -> [String] {
        text.lowercased().split { !$0.isLetter }.map(String.init).filter { forbidden.contains($0) }
    }

    @Test func `the search finds a claim`() {
        #expect(ClaimLanguage.claims(in: "This phone is Clean, which proves it.") == ["clean", "proves"])
    }

    @Test func `templates make no claim`() {
        for (name, text) in Template.all { #expect(ClaimLanguage.claims(in: text).isEmpty, "\(name)") }
    }

    @Test(arguments: Verdict.allCases) func `pages and terminals make no claim`(verdict: Verdict) throws {
        #expect(ClaimLanguage.claims(in: verdict.headline + " " + verdict.explanation).isEmpty)
        for isComplete in [true, false] {
            for findings in [nil, [Finding]()] {
                var report = ExampleReport.report(verdict: verdict, findings: findings, isComplete: isComplete)
                report.evidence.isEncrypted = isComplete
                #expect(ClaimLanguage.claims(in: try Markup(HTMLReport.bytes(of: report)).text).isEmpty)
                let lines = SummaryText.lines(of: report, color: false, width: 80)
                #expect(ClaimLanguage.claims(in: lines).isEmpty)
            }
        }
    }

    @Test func `the words for states, statuses and severities make no claim`() {
        let statuses: [Coverage.Status] = [.read, .absent, .damaged, .stopped, .notApplicable]
        let texts =
            Severity.allCases.map(\.definition) + Observable.State.allCases.map(\.words) + statuses.map(\.words)
            + Silence.withoutPassword + Silence.backup
        for text in texts { #expect(ClaimLanguage.claims(in: text).isEmpty, "\(text)") }
    }
}
