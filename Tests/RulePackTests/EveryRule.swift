import Analysis
import AppleArtifacts
import ArtifactModel
import Foundation
import RuleLanguage
import RulePack
import Testing

/// The laws that every rule of the pack keeps, whoever wrote it.
struct EveryRule {
    static let tables = AppleArtifactsCatalog.artifacts.map { FieldTable($0) }
    static let rules = RuleSet(RulePack.rules(), tables: tables)

    @Test func `every file of the pack is read, and every rule fits the artefacts`() {
        #expect(!RulePack.files.isEmpty)
        #expect(Self.rules.problems.isEmpty, "\(Self.rules.problems.map(\.description).joined(separator: "\n"))")
    }

    @Test func `the texts in the program are those of the files`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/RulePack/Rules")
        for file in RulePack.files {
            #expect(try file.bytes == Array(Data(contentsOf: folder.appending(path: file.name))))
        }
    }

    @Test func `every rule fires on its examples, stays quiet on the others, and on those derived from them`() throws {
        for result in try RuleTrial(Self.rules, tables: Self.tables).results() {
            #expect(result.failures.isEmpty, "\(result.failures.map(\.description).joined(separator: "\n"))")
        }
    }

    @Test func `every rule has examples of both kinds`() {
        for head in Self.rules.rules.map(\.head) + Self.rules.correlations.map(\.head) {
            #expect(!head.card.fires.isEmpty, "\(head.identifier) has no example on which it fires")
            #expect(!head.card.quiet.isEmpty, "\(head.identifier) has no example on which it stays quiet")
        }
    }

    @Test func `every rule that is reported says what it means, what it does not prove, and where it was published`() {
        let reported =
            Self.rules.rules.filter(\.isReported).map(\.head) + Self.rules.correlations.filter(\.isReported).map(\.head)
        for head in reported {
            let card = head.card
            #expect(head.id != nil && head.level != nil && head.status != nil && head.date != nil, "\(head.identifier)")
            #expect(card.meaning != nil && card.limits != nil && card.nextStep != nil, "\(head.identifier)")
            #expect(card.surface != nil && card.state != nil, "\(head.identifier)")
            #expect(!head.falsePositives.isEmpty, "\(head.identifier) names no ordinary causes")
            #expect(!card.sources.isEmpty, "\(head.identifier) names no source")
        }
    }

    @Test func `what can't be checked says why and where it was published`() {
        for head in Self.rules.idle where head.card.notCheckable != nil {
            #expect(!head.card.sources.isEmpty && head.card.family != nil, "\(head.identifier)")
        }
    }

    @Test func `no rule claims more than a record can say`() {
        for head in Self.rules.heads {
            let words = [head.title, head.card.meaning ?? "", head.description ?? ""].joined(separator: " ")
                .lowercased()
            for forbidden in ["infected", "hacked", "compromised", "proves", " clean ", " safe "] {
                #expect(!words.contains(forbidden), "\(head.identifier) says '\(forbidden)'")
            }
        }
    }
}
