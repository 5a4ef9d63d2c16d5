import AppleArtifacts
import ArtifactModel
import Foundation
import TestSupport
import Testing

/// The laws: what holds for every artefact, the ones of tomorrow too.
struct EveryArtifact {
    static let artifacts = AppleArtifactsCatalog.artifacts

    struct FieldCard: Hashable {
        var name: String
        var role: String
        var form: String
        var artifact: String
    }

    /// The fields of an artefact without their types.
    static func fields<A: Artifact>(_ artifact: A.Type) -> [FieldCard] {
        A.Entry.fields.map { field in
            let role =
                switch field.role {
                case .plain: "plain"
                case .content: "content"
                case .observable(let observable): observable.kind.rawValue
                case .moment: "moment"
                }
            return FieldCard(name: field.name, role: role, form: field.form.rawValue, artifact: A.card.identifier)
        }
    }

    static func isShown<A: Artifact>(_ artifact: A.Type) -> Bool { A.Entry.fields.contains { $0.isShown } }

    struct CheckCard {
        var identifier: String
        var texts: [String]
        var benignCauses: Int
        var references: Int
    }

    static func checks<A: Artifact>(_ artifact: A.Type) -> [CheckCard] {
        A.checks.map {
            CheckCard(
                identifier: $0.identifier,
                texts: [$0.title, $0.meaning, $0.limits, $0.nextStep] + $0.benignCauses,
                benignCauses: $0.benignCauses.count, references: $0.references.count)
        }
    }

    static func kebab(_ name: String) -> String {
        var text = ""
        let letters = Array(name)
        for (index, letter) in letters.enumerated() {
            let startsWord =
                letter.isUppercase && index > 0
                && (!letters[index - 1].isUppercase || (index + 1 < letters.count && letters[index + 1].isLowercase))
            text += (startsWord ? "-" : "") + letter.lowercased()
        }
        return text
    }

    @Test func `has an identifier that ends in its type's name and is its own`() {
        var seen: Set<String> = []
        for artifact in EveryArtifact.artifacts {
            let identifier = artifact.card.identifier
            #expect(seen.insert(identifier).inserted, "\(identifier) is used twice")
            #expect(identifier.split(separator: ".").count == 3, "\(identifier)")
            #expect(identifier.split(separator: ".").last.map(String.init) == EveryArtifact.kebab("\(artifact)"))
        }
    }

    @Test func `says in one short sentence what it is`() {
        for artifact in EveryArtifact.artifacts {
            let summary = artifact.card.summary
            #expect(!summary.isEmpty && summary.count <= 100 && !summary.hasSuffix("."), "\(summary)")
        }
    }

    @Test func `names a source, a loss and a fixture`() {
        let fixtures = Set(Fixture.all.map(\.artifact))
        for artifact in EveryArtifact.artifacts {
            let card = artifact.card
            #expect(!card.references.isEmpty, "\(card.identifier) names no source")
            #expect(!card.losses.isEmpty, "\(card.identifier) says nothing about what it can't show")
            #expect(fixtures.contains(card.identifier), "\(card.identifier) has no fixture")
        }
    }

    @Test func `lists no place twice`() {
        for artifact in EveryArtifact.artifacts {
            let places = artifact.card.places.map { "\($0.root) \($0.pattern.lowercased())" }
            #expect(Set(places).count == places.count && !places.isEmpty, "\(artifact.card.identifier)")
            for place in artifact.card.places {
                #expect((place.root == .device) == place.pattern.hasPrefix("/"), "\(place.pattern)")
            }
        }
    }

    @Test func `names its fields in snake case, and shows some of them in a timeline`() {
        for artifact in EveryArtifact.artifacts {
            let fields = EveryArtifact.fields(artifact)
            #expect(Set(fields.map(\.name)).count == fields.count, "\(artifact.card.identifier) names a field twice")
            for field in fields {
                #expect(field.name.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) != nil, "\(field)")
                #expect(!["source", "checks", "note"].contains(field.name), "\(field) is a word of the output")
            }
            let isShown = EveryArtifact.isShown(artifact)
            #expect(isShown, "\(artifact.card.identifier) shows no field")
        }
    }

    @Test func `gives a field name one form throughout the house`() {
        var forms: [String: FieldCard] = [:]
        for field in EveryArtifact.artifacts.flatMap({ EveryArtifact.fields($0) }) {
            if let known = forms[field.name] {
                #expect(known.form == field.form, "\(field) and \(known)")
            } else {
                forms[field.name] = field
            }
        }
    }

    @Test func `declares checks that say what they mean and what they do not`() {
        for artifact in EveryArtifact.artifacts {
            let checks = EveryArtifact.checks(artifact)
            #expect(Set(checks.map(\.identifier)).count == checks.count)
            for check in checks {
                #expect(check.texts.allSatisfy { !$0.isEmpty }, "\(check)")
                #expect(check.benignCauses > 0 && check.references > 0, "\(check)")
                #expect(check.identifier.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(check)")
            }
        }
    }

    @Test func `claims nothing that a record can't show`() {
        let words = ["clean", "safe", "infected", "hacked", "proves that", "certainly"]
        for artifact in EveryArtifact.artifacts {
            let card = artifact.card
            let texts = [card.title, card.summary] + card.losses + EveryArtifact.checks(artifact).flatMap(\.texts)
            for text in texts {
                let found = Set(text.lowercased().split { !$0.isLetter }.map(String.init)).intersection(words)
                #expect(found.isEmpty, "\(card.identifier): \(text)")
            }
        }
    }
}
