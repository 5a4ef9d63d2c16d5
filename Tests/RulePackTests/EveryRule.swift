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
            #expect(!head.card.sources.isEmpty, "\(head.identifier)")
        }
    }

    @Test func `every rule has an id of Sigma's form, and a name that people can read, and no other has them`() {
        let heads = Self.rules.heads
        for head in heads {
            #expect(head.id.flatMap(UUID.init(uuidString:)) != nil, "\(head.identifier)")
            #expect(head.name != nil, "\(head.identifier)")
        }
        #expect(Set(heads.compactMap(\.id)).count == heads.count)
        #expect(Set(heads.compactMap(\.name)).count == heads.count)
    }

    @Test func `every source has an organisation, a title and a date, and every link is one`() {
        for head in Self.rules.heads {
            for source in head.card.sources {
                #expect(!source.organisation.isEmpty && !source.title.isEmpty, "\(head.identifier)")
                #expect(source.date.hasPrefix("20"), "\(head.identifier) has a source without a date")
                #expect(source.link.isEmpty || source.link.hasPrefix("https://"), "\(head.identifier)")
            }
        }
    }

    @Test func `every correlation that is reported was also tried with records that are shuffled or too far apart`()
        throws
    {
        let results = Dictionary(
            uniqueKeysWithValues: try RuleTrial(Self.rules, tables: Self.tables).results().map { ($0.identifier, $0) })
        for correlation in Self.rules.correlations {
            // One record is enough for some: nothing lies between it and itself.
            guard correlation.head.card.fires.allSatisfy({ $0.entries.count > 1 }) else { continue }
            #expect((results[correlation.head.identifier]?.derived ?? 0) > 0, "\(correlation.head.identifier)")
        }
    }

    @Test func `the table of published traces names every rule that is reported, and everything that can't be checked`()
        throws
    {
        let table = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Documentation/detections.md")
        let text = try String(contentsOf: table, encoding: .utf8)
        let reported =
            Self.rules.rules.filter(\.isReported).map(\.head) + Self.rules.correlations.filter(\.isReported).map(\.head)
        for head in reported + Self.rules.idle {
            #expect(text.contains("`\(head.identifier)`"), "\(head.identifier) is missing from detections.md")
        }
    }

    @Test func `families have the names of the public indicator sets`() {
        let known = [
            "Candiru", "Cellebrite", "Coruna", "DarkSword", "EagleMsgSpy", "Graphite", "KingSpawn",
            "MercenarySpywareCampaign", "NoviSpy", "OperationTriangulation", "Pegasus", "Predator", "RCSLab",
            "ResidentBat", "WyrmSpy_DragonEgg",
        ]
        for head in Self.rules.heads { #expect(head.card.family.map(known.contains) ?? true, "\(head.identifier)") }
    }

    @Test func `no rule claims more than a record can say`() {
        for head in Self.rules.heads {
            let card = head.card
            let texts =
                [
                    head.title, head.description, card.surface, card.meaning, card.limits, card.nextStep,
                    card.notCheckable,
                ]
                .compactMap { $0 } + head.falsePositives
            let words = Set(texts.joined(separator: " ").lowercased().split { !$0.isLetter }.map(String.init))
            for forbidden in ["infected", "infection", "hacked", "compromised", "proves", "clean", "safe"] {
                #expect(!words.contains(forbidden), "\(head.identifier) says '\(forbidden)'")
            }
        }
    }
}
