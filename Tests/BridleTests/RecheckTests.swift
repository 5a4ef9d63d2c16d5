import Foundation
import SyntheticEvidence
import Testing

/// `bridle recheck`, as a stranger would use it.
@Suite(.timeLimit(.minutes(30))) struct RecheckCommandTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
        _ = try Phone.indicators(in: workspace)
    }

    private static let outputs = [
        "findings.jsonl", "coverage.json", "timeline.csv", "facts.jsonl", "exposure.json", "protection.json",
        "identities.jsonl",
    ]

    @Test(arguments: SyntheticPerson.all.filter { $0.password == nil }.map(\.folder))
    func `an old case with new indicators is a new case, byte for byte`(person: String) async throws {
        try Phone.person(person, in: workspace)
        #expect(try await bridle("check", "backup", "--no-store", "-o", "old").code == 0)
        #expect(try await bridle("check", "backup", "-i", "indicators.stix2", "-o", "fresh").code == 0)
        let before = try workspace.state(of: "old")
        let outcome = try await bridle("recheck", "old", "-i", "indicators.stix2")
        #expect(outcome.code == 0 && outcome.output.contains("Compared with the check of"), "\(outcome.error)")
        for name in Self.outputs {
            #expect(try text("old-recheck-1/" + name) == text("fresh/" + name), "\(name)")
        }
        for name in try workspace.names("fresh/records") {
            #expect(try workspace.bytes("old-recheck-1/records/" + name) == workspace.bytes("fresh/records/" + name))
        }
        #expect(try workspace.state(of: "old") == before)
        #expect(try workspace.text("old-recheck-1/report.html").contains("Compared with the earlier check"))
        #expect(try !workspace.hasLeftovers())
    }

    @Test func `what people said stays with the record when another file names the value`() async throws {
        try Phone.person("cedar", in: workspace)
        try workspace.write(IncidentIndicators.bundle, to: "renamed.stix2")
        let given = ["-i", "indicators.stix2", "--no-store"]
        #expect(try await bridle.run(Command.path, ["check", "backup", "-o", "old"] + given).code == 0)
        let lines: [Substring] = try workspace.text("old/findings.jsonl").split(separator: "\n")
        let line = try #require(lines.first { $0.contains("\"indicators.stix2\"") })
        let id = String(line.dropFirst(7).prefix(32))
        let reason = ["--reason", "the helpdesk opened it", "--by", "An analyst"]
        let said = try await bridle.run(Command.path, ["annotate", "old", id, "--dispute"] + reason)
        #expect(said.code == 0, "\(said.error)")
        let outcome = try await bridle("recheck", "old", "-i", "renamed.stix2", "--no-store", "-o", "new")
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(try !workspace.text("new/annotations.jsonl").contains(id))
        #expect(outcome.error.contains("look whether it still holds"), "\(outcome.error)")
        let report = try await bridle("report", "new")
        #expect(report.code == 0 && !report.error.contains("DAMAGED"), "\(report.error)")
        #expect(report.output.contains("1 finding is disputed"), "\(report.output)")
        // Without the indicators nothing stands for it; that it is gone is said, and the case is whole.
        #expect(try await bridle("recheck", "old", "--no-store", "-o", "none").code == 0)
        #expect(try workspace.text("none/annotations.jsonl").contains(id))
        let without = try await bridle("report", "none")
        #expect(without.code == 0 && !without.error.contains("DAMAGED"), "\(without.error)")
    }

    /// A file of a case, without what a recheck adds to coverage.
    private func text(_ name: String) throws -> String {
        try workspace.text(name).replacing(/,"not_asked":\["[^"]*"(,"[^"]*")*\]/, with: "")
    }

    @Test(arguments: SyntheticPerson.all.filter { $0.password == nil }.map(\.folder), ["--quiet", "--include-content"])
    func `the same rules and indicators find the same in stored records`(person: String, option: String) async throws {
        try Phone.person(person, in: workspace)
        let given = ["-i", "indicators.stix2", "--no-store"] + [option]
        #expect(try await bridle.run(Command.path, ["check", "backup", "-o", "old"] + given).code == 0)
        let outcome = try await bridle("recheck", "old", "-i", "indicators.stix2", "--no-store", "-o", "new", "--quiet")
        #expect(outcome.code == 0 && outcome.error.isEmpty, "\(outcome.error)")
        for name in Self.outputs { #expect(try text("new/" + name) == text("old/" + name), "\(name)") }
        let counts = try #require(try workspace.json("new/changes.json")["counts"] as? [String: Any])
        #expect(counts["new"] as? Int == 0 && counts["no_longer_matched"] as? Int == 0)
        if option == "--include-content" {
            let ofRules = try #require(counts["of_rules"] as? [String: Any])
            #expect(ofRules["carried_over"] as? Int == 0)
            #expect(try !workspace.text("new/coverage.json").contains("\"not_asked\""))
        }
    }

    @Test func `newer rules are asked of an old case`() async throws {
        try Phone.person("amber", in: workspace)
        #expect(
            try await bridle("check", "backup", "-i", "indicators.stix2", "--no-default-rules", "-o", "old").code == 0)
        try workspace.write(
            "title: Any message\nid: any-message\nlevel: low\nlogsource: {service: \(Phone.messages)}\n"
                + "detection: {s: {date|exists: true}, condition: s}\n", to: "any.yml")
        let outcome = try await bridle("recheck", "old", "--rules-only", "--rules", "any.yml", "-o", "new")
        #expect(outcome.code == 0 && outcome.output.contains("rule any-message"), "\(outcome.output)\(outcome.error)")
        let counts = try #require(try workspace.json("new/changes.json")["counts"] as? [String: Any])
        #expect(counts["no_longer_matched"] as? Int == 0 && (counts["new"] as? Int ?? 0) > 0)
        #expect(try workspace.text("new/report.html").contains("rule any-message"))
        #expect(try workspace.text("new/case.json").contains("indicators.stix2"))
        let both = try await bridle("recheck", "old", "--rules-only", "-i", "indicators.stix2")
        #expect(both.code == 64 && both.error.contains("--rules-only"))
        #expect(try await bridle("recheck", "old", "--rules-only", "--no-default-rules").code == 64)
    }

    @Test func `exit codes, names and several cases`() async throws {
        try Phone.person("amber", in: workspace)
        #expect(try await bridle("check", "backup", "--no-store", "-o", "a").code == 0)
        #expect(try await bridle("check", "backup", "-i", "indicators.stix2", "-o", "b/a").code == 0)
        #expect(try await bridle("recheck", "a", "-i", "indicators.stix2", "--fail-on", "high").code == 10)
        #expect(try await bridle("recheck", "a/", "-i", "indicators.stix2", "--strict").code == 0)
        #expect(workspace.exists("a-recheck-1/case.json") && workspace.exists("a-recheck-2/case.json"))
        let several = try await bridle(
            "recheck", "a", "b/a", "nowhere", "-i", "indicators.stix2", "-o", "out", "--quiet")
        #expect(several.code == 66 && several.error.contains("nowhere"), "\(several.error)")
        #expect(try workspace.names("out") == ["a-recheck-1", "a-recheck-2"])
        let json = try await bridle("recheck", "b/a", "-o", "c", "--json")
        #expect(json.code == 0 && json.output.contains("\"rechecked_from\":"), "\(json.error)")
        let changes = try workspace.json("c/changes.json")
        #expect((changes["counts"] as? [String: Any])?["no_longer_matched"] as? Int == 1)
        #expect(try await bridle("recheck", "b/a", "-o", "c").code == 73)
        #expect(try await bridle("recheck", "b/a", "-o", "c", "--force").code == 0)
        #expect(try await bridle("recheck", "b/a", "-o", "b/a/inside").code == 73)
        #expect(try await bridle("recheck", "backup").code == 65)
        #expect(try await bridle("recheck").code == 64)
        #expect(try await bridle("report", "c").code == 0)
        #expect(try workspace.text("c/report.html").contains("Compared with the earlier check"))
    }

    @Test func `a case without records is refused with a sentence, and damage is told`() async throws {
        try Phone.person("amber", in: workspace)
        #expect(try await bridle("check", "backup", "--no-store", "--no-records", "-o", "bare").code == 0)
        let refused = try await bridle("recheck", "bare", "-i", "indicators.stix2")
        #expect(refused.code == 65 && refused.error.contains("--no-records"), "\(refused.error)")
        #expect(try await bridle("check", "backup", "--no-store", "-o", "old").code == 0)
        let path = "old/records/\(Phone.messages).jsonl"
        try workspace.write(Array(try workspace.bytes(path).dropLast(100)), to: path)
        let damaged = try await bridle("recheck", "old", "--strict", "-i", "indicators.stix2")
        #expect(damaged.code == 20 && damaged.error.contains("damaged"), "\(damaged.error)")
        #expect(!damaged.isCrash)
    }
}
