import Foundation
import TestSupport
import Testing

@testable import Reports

/// No text for people says more than a record can show, in any language.
struct WordingTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func `no text of the repository makes a claim`() throws {
        let linter = try WordingLinter(root: WordingTests.root)
        #expect(linter.count >= 15)
        for complaint in try linter.complaints() { Issue.record("\(complaint)") }
    }

    @Test func `every language that is shipped brings its words`() throws {
        let tables = try WordingLinter.languages(root: WordingTests.root)
        #expect(tables == Set(Language.allCases.map(\.rawValue)))
        #expect(Template.page.contains("<html lang=\"\(Language.english.rawValue)\">"))
    }

    @Test(arguments: [
        ("let a = \"This phone is Clean.\"", ["clean"]), ("// clean\n/* infected /* safe */ hacked */ let a = 1", []),
        ("let a = \"\"\"\n    It was \\\n    hacked by somebody\n    \"\"\"", ["hacked", "hacked by"]),
        ("let clean = \"a\\(clean)b\" // safe", []), ("let a = \"\\(b ? \"proves\" : \"x\")\"", ["proves"]),
        ("let a = #\"safe \"quoted\" \\(infected)\"#", ["safe", "infected"]), ("let a = \"cleaning unsafe\"", []),
        ("let a = /\"/\nlet b = \"safe\"", ["safe"]), ("let a = \"not in\" + \"fected\"", []),
    ]) func `literals are read, and neither comments nor names are`(source: String, expected: [String]) throws {
        let linter = try WordingLinter(root: WordingTests.root)
        let found = WordingLinter.passages(of: source, path: "a.swift").flatMap { linter.claims(in: $0.text) }
        #expect(Set(found) == Set(expected), "\(found)")
    }

    @Test func `documents are read without their code and their addresses`() throws {
        let linter = try WordingLinter(root: WordingTests.root)
        let page = "Never `clean`, see [this](https://hacked.example/).\n```\ninfected\n```\nIt is safe.\n"
        let found = WordingLinter.passages(of: page, path: "a.md").filter { !linter.claims(in: $0.text).isEmpty }
        #expect(found.map(\.line) == [5])
        #expect(!WordingLinter.passages(of: "title: It is infected", path: "a.yml").isEmpty)
    }
}
