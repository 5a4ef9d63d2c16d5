import Foundation
import Testing

/// `bridle rules`, and the options of `check` about rules, as processes.
@Suite(.timeLimit(.minutes(30))) struct RuleTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
    }

    /// A rule over the messages of the made-up phones, and one over several of them.
    private static let messages = """
        title: A message is there
        id: any-message
        logsource: {product: ios, service: apple.messages.text-messages}
        detection: {s: {text|exists: true}, condition: s}
        level: low
        ---
        title: Two messages within a hundred weeks
        id: two-messages
        correlation: {type: event_count, rules: [any-message], timespan: 100w, condition: {gte: 2}, generate: true}
        level: medium
        """

    @Test func `rules are listed, shown, tried and begun`() async throws {
        let list = try await bridle("rules", "list")
        #expect(list.code == 0)
        #expect(list.output.contains("ios-triangulation-traces-within-minutes"))
        let shown = try await bridle("rules", "show", "ios-pegasus-blastpass-sample-passes")
        #expect(shown.output.contains("What it does not prove"))
        #expect(try await bridle("rules", "show", "ios-pegasus-blastpas-sample-passes").code == 64)
        #expect(try await bridle("rules", "list", "--markdown").output.contains("## `ios-pegasus-latentimage`"))
        #expect(try await bridle("rules", "test").code == 0)
        let begun = try await bridle("rules", "new", "my-rule", "--output", workspace.path)
        #expect(begun.code == 0, "\(begun.error)")
        #expect(try await bridle("rules", "test", workspace.path("my-rule.yml")).code == 0)
        let before = try workspace.text("my-rule.yml")
        #expect(try await bridle("rules", "new", "my-rule", "--output", workspace.path).code == 73)
        #expect(try workspace.text("my-rule.yml") == before)
        #expect(try await bridle("rules", "new", "../my-rule").code == 64)
        try workspace.write(before.replacing("another value", with: "a value that was published"), to: "wrong.yml")
        let wrong = try await bridle("rules", "test", workspace.path("wrong.yml"))
        #expect(wrong.code == 65)
        #expect(wrong.output.contains("FAILED"))
    }

    @Test func `a check uses rules, and does not begin with one that can't be used`() async throws {
        try Phone.person("amber", in: workspace)
        try workspace.write(Self.messages, to: "rules.yml")
        let outcome = try await bridle(
            "check", "backup", "--rules", "rules.yml", "--no-default-rules", "-o", "case", "--quiet")
        #expect(outcome.code == 0, "\(outcome.error)")
        let findings = try workspace.text("case/findings.jsonl")
        #expect(findings.contains(#""rule":{"id":"any-message""#) && findings.contains(#""rule":{"id":"two-messages""#))
        #expect(findings.contains(#""records":[{"artifact":"apple.messages.text-messages""#))
        let rules = try #require(try workspace.json("case/coverage.json")["rules"] as? [[String: Any]])
        #expect(rules.map { $0["rule"] as? String } == ["any-message", "two-messages"])
        #expect(try !workspace.names("case").contains { $0.hasPrefix(".") })

        try workspace.write(Self.messages.replacing("text|", with: "txet|"), to: "wrong.yml")
        let refused = try await bridle("check", "backup", "--rules", "wrong.yml", "-o", "other")
        #expect(refused.code == 65)
        #expect(refused.error.contains("wrong.yml:4: there is no field 'txet'") && refused.error.contains("'text'"))
        #expect(!workspace.exists("other"))
        #expect(try await bridle("check", "backup", "--rules", "nowhere").code == 66)
        let report = try await bridle("report", "case")
        #expect(report.code == 0, "\(report.error)")
    }

    @Test func `nothing in a rule reaches the terminal as a control character`() async throws {
        let title = #"title: "a\e[31mb\a""#
        try workspace.write(Self.messages.replacing("title: A message is there", with: title), to: "rules.yml")
        #expect(try workspace.text("rules.yml").contains(title))
        for line in ["list", "list --markdown", "show any-message", "show any-message --markdown"] {
            let outcome = try await bridle.shell("\"$BRIDLE\" rules \(line) --no-default-rules --rules rules.yml")
            #expect(outcome.code == 0 && outcome.output.contains("31mb"), "\(outcome.error)")
            #expect(outcome.output.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
        }
    }

    @Test(.timeLimit(.minutes(15)))
    func `a pipe in place of a file of rules does not keep the command waiting`() async throws {
        #expect(mkfifo(workspace.path("rules.yml"), 0o600) == 0)
        let outcome = try await bridle("rules", "list", "--rules", "rules.yml")
        #expect(outcome.code == 66 && outcome.error.contains("expected an ordinary file"))
    }

    @Test func `rules are tried on evidence and on lists of paths`() async throws {
        try Phone.person("amber", in: workspace)
        try workspace.write(Self.messages, to: "rules.yml")
        let outcome = try await bridle("rules", "test", "rules.yml", "--clean", "backup")
        #expect(outcome.code == 65)
        #expect(outcome.output.contains("FAILED (medium)"))
        try workspace.write(
            "title: A\nid: a\nlogsource: {service: manifest-entries}\ndetection: {s: {path|endswith: .kb}, condition: s}\nlevel: high\n",
            to: "path.yml")
        try workspace.write("/private/var/mobile/a.kb\n/private/var/mobile/a.kbx\n", to: "paths.txt")
        let paths = try await bridle("rules", "test", "path.yml", "--clean", "paths.txt")
        #expect(paths.code == 65)
        #expect(paths.output.contains("1 hits of 2 paths"))
    }

    @Test func `hostile rule files are refused in words`() async throws {
        try workspace.write("a: &x [*x, *x]\n", to: "bomb.yml")
        try workspace.write([0xFF, 0xFE, 0x00], to: "binary.yml")
        try workspace.write([UInt8](repeating: 0x61, count: 5 << 20), to: "large.yml")
        try workspace.write("title: \"\\e[2J\"\nid: x\ncolour: 1\n", to: "escape.yml")
        for name in ["bomb", "binary", "large", "escape"] {
            let outcome = try await bridle("rules", "test", name + ".yml")
            #expect(outcome.code == 65 && !outcome.isCrash, "\(name): \(outcome.error)")
            #expect(!outcome.output.contains("\u{1B}") && !outcome.error.contains("\u{1B}"))
        }
    }
}
