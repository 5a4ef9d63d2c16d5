import Foundation
import SyntheticEvidence
import Testing

/// `annotate`, `report`, and what becomes of annotations when a case is replaced.
@Suite(.timeLimit(.minutes(30))) struct AnnotateTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
        try Phone.person("amber", in: workspace)
        _ = try Phone.indicators(in: workspace)
    }

    private func check(_ more: String...) async throws {
        let outcome = try await bridle.run(
            Command.path, ["check", "backup", "-i", "indicators.stix2", "-o", "case", "--quiet"] + more)
        #expect(outcome.code == 0, "\(outcome.error)")
    }

    private func identifiers() throws -> [String] {
        try workspace.text("case/findings.jsonl").split(separator: "\n").compactMap { line in
            (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["id"] as? String
        }
    }

    private func verdict(_ outcome: Command.Outcome) throws -> String? {
        (try JSONSerialization.jsonObject(with: outcome.outputBytes) as? [String: Any])?["verdict"] as? String
    }

    @Test func `the report of a stored case is the check's, byte for byte`() async throws {
        try await check()
        let before = try workspace.names("case").filter { $0 != "records" }.map { try workspace.bytes("case/" + $0) }
        // What a process that is gone left behind.
        try workspace.write("half", to: "case/.report.html.partial-2147483646")
        let outcome = try await bridle("report", "case")
        #expect(outcome.code == 0 && outcome.output.contains("Strong match"), "\(outcome.error)")
        let after = try workspace.names("case").filter { $0 != "records" }.map { try workspace.bytes("case/" + $0) }
        #expect(after == before)
    }

    @Test(.timeLimit(.minutes(15)))
    func `a hundred thousand things said of one finding take time in proportion`() async throws {
        try await check()
        let id = try #require(try identifiers().first)
        let line =
            #"{"finding":"\#(id)","action":"dispute","reason":"r","by":"b","moment":"2024-01-01T00:00:00Z"}"# + "\n"
        let lines = (0..<100_000).map { line.replacing("\"r\"", with: "\"r\($0)\"") }
        try workspace.write(lines.joined(), to: "case/annotations.jsonl")
        let list = try await bridle("annotate", "case", "--list")
        #expect(list.code == 0 && list.output.utf8.count { $0 == 0x0A } == 100_000, "\(list.error)")
        #expect(!list.output.contains("no longer holds"))
    }

    @Test func `a finding is suppressed, confirmed and withdrawn by a beginning of its identifier`() async throws {
        try await check()
        let id = try #require(try identifiers().first)
        let reason = ["--reason", "our <own> test", "--by", "A. Analyst"]
        func annotate(_ word: String) async throws -> Command.Outcome {
            try await bridle.run(Command.path, ["annotate", "case", String(id.prefix(9)), word] + reason)
        }
        #expect(try await annotate("--suppress").code == 0)
        #expect(try verdict(try await bridle("report", "case", "--json")) != "strong-match")
        let page = try workspace.text("case/report.html")
        #expect(page.contains("Findings that a person suppressed") && page.contains(id))
        #expect(page.contains("our &lt;own&gt; test") && page.contains("A. Analyst"))
        #expect(try await annotate("--confirm").code == 0)
        #expect(try verdict(try await bridle("report", "case", "--json")) == "confirmed")
        #expect(try workspace.text("case/report.html").contains("Confirmed by A. Analyst"))
        #expect(try await annotate("--withdraw").code == 0)
        #expect(try verdict(try await bridle("report", "case", "--json")) == "strong-match")
        #expect(try await annotate("--withdraw").code == 64)
        let list = try await bridle("annotate", "case", "--list")
        #expect(list.code == 0 && list.output.contains("suppressed (no longer holds)"), "\(list.output)")
        // The case itself is what the check found.
        #expect(try workspace.json("case/case.json")["verdict"] as? String == "strong-match")
        #expect(try workspace.text("case/annotations.jsonl").split(separator: "\n").count == 3)
    }

    @Test func `what is missing or wrong is answered with what is needed`() async throws {
        try await check()
        let id = try #require(try identifiers().first)
        let cases: [([String], Int32, String)] = [
            (["case", id, "--suppress", "--by", "A"], 64, "--reason"),
            (["case", id, "--suppress", "--reason", " ", "--by", "A"], 64, "--reason"),
            (["case", id, "--suppress", "--reason", "r"], 64, "--by"),
            (["case", id, "--reason", "r", "--by", "A"], 64, "exactly one"),
            (["case", id, "--suppress", "--confirm", "--reason", "r", "--by", "A"], 64, "exactly one"),
            (["case", "zz", "--confirm", "--reason", "r", "--by", "A"], 64, "hexadecimal"),
            (["case", String(repeating: "0", count: 32), "--confirm", "--reason", "r", "--by", "A"], 64, "no finding"),
            (["case", "--confirm", "--reason", "r", "--by", "A"], 64, "Name a finding"),
            (["case", id, "--list"], 64, "--list"), (["nowhere", "--list"], 66, "no case folder"),
            (["backup", "--list"], 65, "holds no case"),
            (["case", id, "--confirm", "--reason", String(repeating: "r", count: 5_000), "--by", "A"], 64, "at most"),
        ]
        for (arguments, code, words) in cases {
            let outcome = try await bridle.run(Command.path, ["annotate"] + arguments)
            #expect(outcome.code == code && outcome.error.contains(words), "\(arguments): \(outcome.error)")
        }
        #expect(!workspace.exists("case/annotations.jsonl"))
        #expect(try await bridle("report", "nowhere").code == 66)
        #expect(try await bridle("report", "backup").code == 65)
    }

    @Test func `a case that is replaced keeps what people said, and nothing else`() async throws {
        try await check()
        let id = try #require(try identifiers().first)
        #expect(
            try await bridle("annotate", "case", id, "--confirm", "--reason", "seen", "--by", "A. Analyst").code == 0)
        let said = try workspace.bytes("case/annotations.jsonl")
        try workspace.write("mine", to: "case/note.txt")
        let outcome = try await bridle(
            "check", "backup", "-i", "indicators.stix2", "-o", "case", "--force", "--json")
        #expect(try outcome.code == 0 && verdict(outcome) == "confirmed", "\(outcome.error)")
        #expect(try workspace.bytes("case/annotations.jsonl") == said)
        #expect(!workspace.exists("case/note.txt"))
        #expect(try workspace.text("case/report.html").contains("Confirmed by A. Analyst"))
        // Without the indicators the finding is gone; what was said of it is kept and told.
        let without = try await bridle("check", "backup", "-o", "case", "--force", "--json")
        #expect(try without.code == 0 && verdict(without) != "confirmed", "\(without.error)")
        #expect(try workspace.bytes("case/annotations.jsonl") == said)
        #expect(try workspace.text("case/report.html").contains("is not in this case"))
    }

    @Test func `a case whose annotations can't be read is not replaced`() async throws {
        try await check()
        try workspace.link("case/annotations.jsonl", to: "/etc/hostname")
        let before = try workspace.bytes("case/findings.jsonl")
        let outcome = try await bridle("check", "backup", "-o", "case", "--force")
        #expect(outcome.code == 73, "\(outcome.error)")
        #expect(try workspace.bytes("case/findings.jsonl") == before)
        #expect(try !workspace.hasLeftovers())
    }

    @Test func `a damaged case is told and gives another code`() async throws {
        try await check()
        try workspace.write("{\n", to: "case/annotations.jsonl")
        let outcome = try await bridle("report", "case")
        #expect(outcome.code == 20 && outcome.error.contains("annotations.jsonl, line 1"), "\(outcome.error)")
        #expect(try workspace.text("case/report.html").contains("The stored case is damaged"))
        #expect(try await bridle("annotate", "case", "--list").code == 20)
    }
}
