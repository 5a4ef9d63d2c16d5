import Foundation
import SyntheticEvidence
import TestSupport
import Testing

/// `--resolve-short-links`, as a stranger would use it. The proxy is the test's, and answers for every service.
@Suite(.timeLimit(.minutes(30))) struct ShortLinkCommandTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
        _ = try Phone.indicators(in: workspace)
        try Phone.backup(
            in: workspace,
            entries: [
                Phone.messagesEntry(
                    try Phone.messages([
                        "look http://bit.ly/one now", "and http://t.co/two", "again http://bit.ly/one#x",
                        "https://bit.ly/secret", "http://bit.ly:22/odd",
                    ]))
            ])
    }

    private static let options = ["--no-store", "-i", "indicators.stix2", "--resolve-short-links"]

    private func proxy() throws -> LoopbackServer {
        try LoopbackServer { request in
            switch request.target {
            case "http://bit.ly/one":
                .whole(301, ["Location": "https://x.\(IncidentIndicators.domain):30495/szev4hz"])
            case "http://t.co/two": .whole(404)
            default: .whole(502)
            }
        }
    }

    private func run(_ arguments: [String], _ environment: [String: String] = [:]) async throws -> Command.Outcome {
        var bridle = bridle
        bridle.environment = environment
        return try await bridle.run(Command.path, arguments)
    }

    @Test func `without a proxy that is named the command ends before anything is read`() async throws {
        let server = try proxy()
        // The proxy of other programs is no setting of this one.
        let other = ["https_proxy": server.address, "http_proxy": server.address, "all_proxy": server.address]
        for command in ["check", "recheck"] {
            let refused = try await run([command, "backup", "-o", "case"] + Self.options, other)
            #expect(refused.code == 64 && refused.error.contains("through a proxy only"), "\(refused.error)")
            let wrong = try await run([command, "backup", "--proxy", "none"] + Self.options)
            #expect(wrong.code == 64 && wrong.error.contains("http://HOST:PORT"), "\(wrong.error)")
            let alone = try await run([command, "backup", "--proxy", server.address])
            #expect(alone.code == 64 && alone.error.contains("--resolve-short-links"), "\(alone.error)")
        }
        #expect(!workspace.exists("case") && server.requests.isEmpty)
    }

    @Test func `links are asked through the proxy after a warning, and what comes is in the case`() async throws {
        let server = try proxy()
        // What the environment excepts from proxies is not asked directly either.
        let outcome = try await run(
            ["check", "backup", "-o", "case", "--quiet", "--proxy", server.address] + Self.options,
            ["no_proxy": "*", "NO_PROXY": "bit.ly,t.co", "https_proxy": "http://127.0.0.1:1"])
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(
            outcome.error.contains("Asking where 3 short links lead: 2 services (bit.ly, t.co)"), "\(outcome.error)")
        #expect(outcome.error.contains("can see that somebody looks") && outcome.error.contains("used up"))
        #expect(outcome.error.contains("1 short link was not answered"))
        #expect(server.targets == ["http://bit.ly/one", "http://t.co/two", "bit.ly:443"])
        let findings = try workspace.text("case/findings.jsonl").split(separator: "\n")
        #expect(findings.count == 2 && findings.allSatisfy { $0.contains("\"severity\":\"medium\"") })
        #expect(findings.allSatisfy { $0.contains("\"through\":{\"link\":\"http://bit.ly/one\",\"asked\":\"") })
        #expect(try workspace.text("case/short-links.jsonl").contains("\"outcome\":\"no-answer\""))
        #expect(try workspace.json("case/case.json")["verdict"] as? String == "attempt-or-contact")
        let page = try workspace.text("case/report.html")
        #expect(page.contains("3 different short links were found; 3 of them asked where they lead: 2 answered"))
        #expect(
            try workspace.text("case/run.log").contains("short links: 3 found, 3 asked through a proxy, 2 answered"))
        let report = try await run(["report", "case"])
        #expect(report.code == 0 && !report.error.contains("DAMAGED"), "\(report.error)")
        // Judged again: the answers are there, and nothing is asked.
        let again = try await run(["recheck", "case", "--no-store", "-i", "indicators.stix2", "-o", "again"])
        #expect(again.code == 0 && server.requests.count == 3, "\(again.error)")
        for name in ["findings.jsonl", "short-links.jsonl"] {
            #expect(try workspace.text("again/" + name) == workspace.text("case/" + name), "\(name)")
        }
        // The rest of coverage differs: a recheck says which rules stored records can't answer.
        let numbers = try ["case", "again"].map { folder in
            try #require(workspace.json(folder + "/coverage.json")["short_links"] as? [String: Int])
        }
        #expect(numbers[0] == numbers[1] && numbers[0]["found"] == 3)
        #expect(try !workspace.hasLeftovers())
    }

    @Test func `an earlier case is asked about by a recheck, with the proxy of the configuration`() async throws {
        let server = try proxy()
        #expect(try await run(["check", "backup", "--no-store", "-o", "old"]).code == 0)
        #expect(try workspace.text("old/coverage.json").contains("\"short_links\":{\"found\":3,"))
        let summary = try await run(["check", "backup", "--no-store"])
        #expect(summary.output.contains("Where they led is not in the"), "\(summary.output)")
        #expect(!workspace.exists("old/short-links.jsonl") && server.requests.isEmpty)
        try workspace.makeFolder("home/.config/bridle")
        try workspace.write("proxy: \(server.address)\n", to: "home/.config/bridle/config.yaml")
        let outcome = try await run(["recheck", "old", "-o", "new"] + Self.options)
        #expect(outcome.code == 0 && outcome.output.contains("2 new"), "\(outcome.error) \(outcome.output)")
        let first = server.requests.count
        // Only what was not answered is asked once more, and BRIDLE_PROXY counts more than the file.
        let other = try proxy()
        let again = try await run(["recheck", "new", "-o", "newer"] + Self.options, ["BRIDLE_PROXY": other.address])
        #expect(again.code == 0 && again.error.contains("Asking where 1 short link leads"), "\(again.error)")
        #expect(other.targets == ["bit.ly:443"] && server.requests.count == first)
    }

    @Test func `a proxy that is gone costs the answers and not the case`() async throws {
        let outcome = try await run(
            ["check", "backup", "-o", "case", "--no-records", "--proxy", "http://user:secret@127.0.0.1:1"]
                + Self.options)
        #expect(outcome.code == 0 && outcome.error.contains("could not be reached"), "\(outcome.error)")
        #expect(!outcome.error.contains("secret"))
        #expect(outcome.error.contains("3 short links were not answered"))
        let lines = try workspace.text("case/short-links.jsonl").split(separator: "\n")
        #expect(lines.count == 3 && lines.count { $0.contains("not-asked") } == 2, "\(lines)")
        #expect(try !workspace.text("case/run.log").contains("secret"))
    }

    @Test func `an interruption while a service is silent keeps the case, marked incomplete`() async throws {
        let server = try LoopbackServer { _ in .silent(15) }
        let outcome = try await bridle.run(
            Command.path, ["check", "backup", "-o", "case", "--proxy", server.address] + Self.options
        ) { process in
            guard !server.requests.isEmpty else { return false }
            kill(process, SIGINT)
            return true
        }
        #expect(outcome.code == 130 && !outcome.isCrash, "\(outcome.error)")
        #expect(server.requests.count == 1)
        #expect(try workspace.json("case/case.json")["complete"] as? Bool == false)
        #expect(try workspace.text("case/short-links.jsonl").split(separator: "\n").count == 3)
    }
}
