import Foundation
import SyntheticEvidence
import Testing

/// Words, options and exit codes.
@Suite(.timeLimit(.minutes(30))) struct DoorTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
    }

    @Test(
        arguments: [
            (["chek"], "Did you mean 'check'?"), (["check"], "Missing expected argument"),
            (["check", "--jbos", "2", "x"], "--jobs"), (["check", "x", "--jobs", "0"], "from 1 to 256"),
            (["check", "x", "--jobs", "many"], "--jobs"),
            (["check", "x", "--fail-on", "hihg"], "Did you mean 'high'?"),
            (["check", "x", "--since", "yesterday"], "2021-11-03"),
            (["check", "x", "--artifact", "apple.web.safari-histori"], "Did you mean 'apple.web.safari-history'?"),
            (["artifacts", "show", "safari-histori"], "'bridle artifacts list'"),
            (["indicators", "lst"], "Did you mean 'list'?"), (["artifacts", "shwo"], "Did you mean 'show'?"),
            (["indicators", "add"], "Missing expected argument"),
            (["indicators", "show"], "Missing expected argument"),
            (["key", "x"], "--output"), (["decrypt", "x"], "Missing expected argument"),
        ])
    func `wrong use is 64 and names the right one`(arguments: [String], words: String) async throws {
        let outcome = try await bridle.run(Command.path, arguments)
        #expect(outcome.code == 64, "\(outcome.error)")
        #expect(outcome.error.contains(words), "\(outcome.error)")
        #expect(outcome.output.isEmpty)
    }

    @Test func `a word with control characters does not reach the terminal`() async throws {
        for arguments in [["che\u{1B}[2Jck"], ["check", "x", "--fail-on", "\u{1B}[2J"], ["check", "\u{1B}[2J\n"]] {
            let outcome = try await bridle.run(Command.path, arguments)
            #expect(outcome.code != 0)
            #expect(!outcome.error.contains("\u{1B}"), "\(outcome.error.debugDescription)")
        }
    }

    @Test func `help has an example and ends with 0`() async throws {
        for command in ["check", "inspect", "decrypt", "key", "demo"] {
            let outcome = try await bridle(command, "--help")
            #expect(outcome.code == 0)
            #expect(outcome.output.contains("bridle \(command) "), "\(command)")
        }
        #expect(try await bridle("--version").output == "0.1.0\n")
        #expect(try await bridle().code == 0)
    }

    @Test func `the summary as JSON is one object with the verdict`() async throws {
        try Phone.person("amber", in: workspace)
        let outcome = try await bridle("check", "backup", "--json", "-i", try Phone.indicators(in: workspace))
        let object = try #require(try JSONSerialization.jsonObject(with: outcome.outputBytes) as? [String: Any])
        #expect(object["verdict"] as? String == "strong-match")
        #expect(object["complete"] as? Bool == true)
        #expect((object["findings"] as? [Any])?.count == object["findings_total"] as? Int)
        #expect(object["coverage"] is [String: Any])
    }

    @Test func `findings at or above a severity are 10`() async throws {
        try Phone.person("amber", in: workspace)
        let indicators = try Phone.indicators(in: workspace)
        #expect(try await bridle("check", "backup", "-i", indicators, "--fail-on", "critical").code == 10)
        #expect(try await bridle("check", "backup", "-i", indicators, "--fail-on", "low").code == 10)
        #expect(try await bridle("check", "backup", "-i", indicators).code == 0)
        try Phone.person("cedar", in: workspace, at: "cedar")
        #expect(try await bridle("check", "cedar", "-i", indicators, "--fail-on", "critical").code == 0)
        // The worst of several counts, whatever their order.
        #expect(try await bridle("check", "backup", "cedar", "-i", indicators, "--fail-on", "critical").code == 10)
        #expect(try await bridle("check", "cedar", "backup", "-i", indicators, "--fail-on", "critical").code == 10)
        #expect(try await bridle("check", "backup", "nowhere", "-i", indicators, "--fail-on", "low").code == 66)
        #expect(try await bridle("check", "nowhere", "backup", "-i", indicators, "--fail-on", "low").code == 66)
    }

    @Test func `inspect says what is there and tells nothing of an encrypted backup without its password`() async throws
    {
        try Phone.person("amber", in: workspace)
        let plain = try await bridle("inspect", "backup")
        #expect(plain.code == 0 && plain.output.contains("Amber") && plain.output.contains("Artefacts"))
        try Phone.backup(in: workspace, at: "locked", encryption: Phone.encryption)
        let locked = try await bridle("inspect", "locked")
        #expect(locked.code == 0 && locked.output.contains("Encrypted") && !locked.output.contains("Artefacts"))
        var withPassword = bridle
        withPassword.environment = ["BACKUP_PASSWORD": Phone.password]
        let opened = try await withPassword("inspect", "locked", "--password-env", "BACKUP_PASSWORD")
        #expect(opened.code == 0 && opened.output.contains("Artefacts"))
    }

    @Test func `message texts stay out unless they are asked for`() async throws {
        try Phone.backup(in: workspace, entries: [Phone.messagesEntry(try Phone.messages(["a private SENTENCE"]))])
        let without = try await bridle("check", "backup", "-o", "without")
        let with = try await bridle("check", "backup", "-o", "with", "--include-content")
        #expect(without.code == 0 && with.code == 0)
        func holds(_ folder: String) throws -> Bool {
            try workspace.state(of: folder).keys.contains { name in
                (try? workspace.text(folder + "/" + name).contains("SENTENCE")) == true
            }
        }
        #expect(try !holds("without"))
        #expect(try holds("with"))
    }

    @Test func `the demo finds its nine traces and raises nothing on the two others`() async throws {
        let outcome = try await bridle("demo", "demo")
        #expect(outcome.code == 0, "\(outcome.error)")
        for person in SyntheticPerson.all {
            let findings = try workspace.text("demo/cases/\(person.folder)/findings.jsonl").split(separator: "\n")
            let verdict = try workspace.json("demo/cases/\(person.folder)/case.json")["verdict"] as? String
            if person.trace == .none {
                #expect(findings.isEmpty, "\(person.folder)")
                #expect(verdict == "no-match", "\(person.folder)")
            } else {
                #expect(!findings.isEmpty, "\(person.folder)")
                #expect(["strong-match", "suspicious", "attempt-or-contact"].contains(verdict), "\(person.folder)")
            }
            let identifiers = try findings.map {
                (try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["id"] as? String
            }
            #expect(Set(identifiers).count == findings.count, "two findings of one case differ")
        }
        #expect(try await bridle("demo", "demo").code == 73)
        #expect(try await bridle("demo", "demo", "--force").code == 0)
        #expect(try await bridle("demo", "home", "--force").code == 73)
        try workspace.write("a file", to: "file")
        #expect(try await bridle("demo", "file/demo").code == 73)
        let full = try await bridle.shell("ulimit -f 20; exec \"$BRIDLE\" demo full")
        #expect(full.code == 73 && !full.isCrash, "\(full.error)")
    }
}
