import Foundation
import SyntheticEvidence
import Testing

/// Where a case may be written, and what happens when it can't be.
@Suite(.timeLimit(.minutes(30))) struct OutputTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
        try Phone.person("amber", in: workspace)
    }

    private func refuses(
        _ outcome: Command.Outcome, _ words: String..., location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(outcome.code == 73 && !outcome.isCrash, "\(outcome.error)", sourceLocation: location)
        for word in words {
            #expect(outcome.error.contains(word), "\(outcome.error)", sourceLocation: location)
        }
        #expect(outcome.output.isEmpty, sourceLocation: location)
        #expect(try !workspace.hasLeftovers(), sourceLocation: location)
    }

    @Test func `nothing is written without an output folder`() async throws {
        let before = try workspace.state(of: "")
        #expect(try await bridle("check", "backup").code == 0)
        #expect(try await bridle("inspect", "backup").code == 0)
        // The streams of the run lie in the folder too and are gone by now.
        #expect(try workspace.state(of: "") == before)
    }

    @Test func `a case has every file, for its owner only`() async throws {
        let evidence = try workspace.state(of: "backup")
        let outcome = try await bridle("check", "backup", "-o", "deep/er/case")
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(outcome.output.contains("Report: deep/er/case/report.html"))
        #expect(
            try workspace.names("deep/er/case") == [
                "case.json", "coverage.json", "exposure.json", "facts.jsonl", "findings.jsonl", "identities.jsonl",
                "protection.json",
                "records",
                "report.html", "run.log", "timeline.csv",
            ])
        for name in try FileManager.default.subpathsOfDirectory(atPath: workspace.path("deep/er/case")) {
            let attributes = try FileManager.default.attributesOfItem(atPath: workspace.path("deep/er/case/" + name))
            #expect([0o600, 0o700].contains(attributes[.posixPermissions] as? Int), "\(name)")
        }
        #expect(try workspace.state(of: "backup") == evidence)
        #expect(try workspace.names("deep/er") == ["case"])
        #expect(try workspace.json("deep/er/case/case.json")["complete"] as? Bool == true)
    }

    @Test func `an earlier case is refused without force and replaced with it`() async throws {
        #expect(try await bridle("check", "backup", "-o", "case").code == 0)
        try workspace.write("mine", to: "case/note.txt")
        let before = try workspace.state(of: "case")
        try refuses(try await bridle("check", "backup", "-o", "case"), "exists already", "--force")
        #expect(try workspace.state(of: "case") == before)
        #expect(try await bridle("check", "backup", "-o", "case", "--force").code == 0)
        #expect(try !workspace.names("case").contains("note.txt"))
        #expect(try workspace.json("case/case.json")["complete"] as? Bool == true)
        #expect(try !workspace.hasLeftovers())
    }

    @Test func `a folder that holds no case is never replaced`() async throws {
        try workspace.makeFolder("documents")
        try workspace.write("a novel", to: "documents/novel.txt")
        try refuses(
            try await bridle("check", "backup", "-o", "documents", "--force"), "holds no case", "choose another folder")
        #expect(try workspace.text("documents/novel.txt") == "a novel")
        try refuses(try await bridle("check", "backup", "-o", "home/../documents", "--force"), "holds no case")
        try workspace.write("a file", to: "file")
        try refuses(try await bridle("check", "backup", "-o", "file", "--force"), "not a folder")
        #expect(try workspace.text("file") == "a file")
    }

    @Test func `an empty folder is taken`() async throws {
        try workspace.makeFolder("case")
        #expect(try await bridle("check", "backup", "-o", "case").code == 0)
        #expect(workspace.exists("case/case.json"))
    }

    @Test func `a link to a folder leads to that folder, and one to nowhere is refused`() async throws {
        try workspace.makeFolder("disk/empty")
        try workspace.link("case", to: workspace.path("disk/empty"))
        #expect(try await bridle("check", "backup", "-o", "case").code == 0)
        #expect(workspace.exists("disk/empty/case.json"))
        try workspace.link("nowhere", to: workspace.path("not/there"))
        try refuses(try await bridle("check", "backup", "-o", "nowhere"), "leads nowhere")
    }

    @Test func `a folder inside the evidence is refused, through links too`() async throws {
        let before = try workspace.state(of: "backup")
        try workspace.link("alias", to: workspace.path("backup"))
        for output in [
            "backup/case", "backup", "backup/deep/er", "alias/case", "alias/deep/er", "alias", "home/../backup/case",
        ] {
            try refuses(
                try await bridle("check", "backup", "-o", output, "--force"), "inside the evidence", "choose a folder")
            try refuses(
                try await bridle("check", "alias", "-o", output, "--force"), "inside the evidence", "choose a folder")
        }
        #expect(try workspace.state(of: "backup") == before)
    }

    @Test func `a case above the evidence does not remove the evidence`() async throws {
        try workspace.makeFolder("old/evidence")
        try Phone.person("birch", in: workspace, at: "old/evidence/birch")
        try workspace.write("{}", to: "old/case.json")
        try refuses(try await bridle("check", "old/evidence/birch", "-o", "old", "--force"), "would be removed")
        #expect(workspace.exists("old/evidence/birch/Manifest.db"))
    }

    @Test func `one piece of evidence is not written into when another is read`() async throws {
        try Phone.person("birch", in: workspace, at: "second")
        let before = try workspace.state(of: "second")
        let outcome = try await bridle("check", "backup", "second", "-o", "second/cases", "--force")
        #expect(outcome.code == 73)
        #expect(try workspace.state(of: "second") == before)
    }

    @Test func `several pieces of evidence of one name get a case each`() async throws {
        try workspace.makeFolder("a")
        try workspace.makeFolder("b")
        try Phone.person("birch", in: workspace, at: "a/backup")
        try Phone.person("cedar", in: workspace, at: "b/backup")
        let outcome = try await bridle("check", "a/backup", "b/backup", "-o", "cases")
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(try workspace.names("cases") == ["backup", "backup-2"])
        #expect(try workspace.text("cases/backup/case.json").contains("Birch"))
        #expect(try workspace.text("cases/backup-2/case.json").contains("Cedar"))
    }

    @Test func `one piece that can't be read does not take the others with it`() async throws {
        let outcome = try await bridle("check", "nowhere", "backup", "-o", "cases")
        #expect(outcome.code == 66)
        #expect(outcome.error.contains("nowhere: There is nothing at nowhere"))
        #expect(workspace.exists("cases/backup/report.html"))
    }

    @Test func `a place that can't be written to is refused before anything is read`() async throws {
        try workspace.write("a file", to: "file")
        try refuses(try await bridle("check", "backup", "-o", "file/case"), "can't be written to file/case")
        #expect(try await bridle("check", "backup", "-o", "/proc/case").code == 73)
        let long = String(repeating: "n", count: 300)
        try refuses(try await bridle("check", "backup", "-o", long), "can't be written")
        #expect(try await bridle("check", "backup", "-o", "").code == 64)
    }

    @Test(arguments: [0, 1, 8, 20, 40, 80]) func `a full disk leaves nothing that looks whole`(blocks: Int) async throws
    {
        let indicators = try Phone.indicators(in: workspace)
        let outcome = try await bridle.shell(
            "ulimit -f \(blocks); exec \"$BRIDLE\" check backup -i \(indicators) -o case >/dev/null 2>/dev/null")
        // With room enough the case is whole; without, there is none.
        #expect(!outcome.isCrash)
        if outcome.code == 0 {
            #expect(try workspace.json("case/case.json")["complete"] as? Bool == true)
        } else {
            #expect(outcome.code == 73)
            #expect(!workspace.exists("case"))
        }
        #expect(blocks > 8 || outcome.code == 73)
        #expect(try !workspace.hasLeftovers())
    }

    @Test func `a full disk is named as such`() async throws {
        let outcome = try await bridle.shell("ulimit -f 20; exec \"$BRIDLE\" check backup -o case")
        #expect(outcome.code == 73)
        #expect(outcome.error.contains("can't be written") && outcome.error.contains("make room"), "\(outcome.error)")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func `a standard output that is full is 73 and a sentence`() async throws {
        for command in ["check backup", "check backup --json", "inspect backup", "artifacts list", "indicators list"] {
            let outcome = try await bridle.shell("exec \"$BRIDLE\" \(command) > /dev/full")
            #expect(outcome.code == 73 && !outcome.isCrash, "\(command): \(outcome.error)")
            #expect(outcome.error.contains("standard output"), "\(outcome.error)")
        }
    }

    @Test func `a reader that went away ends the command in silence, and the case is whole`() async throws {
        for command in ["check backup --json -o case --force", "artifacts list", "artifacts show safari-history"] {
            let line = "\"$BRIDLE\" \(command) 2>errors | head -c 10 >/dev/null"
            let outcome = try await bridle.shell(line)
            #expect(outcome.code == 0)
            let errors = try workspace.text("errors").split(separator: "\n").filter {
                !$0.hasPrefix("No indicators") && !$0.hasPrefix("reading")
            }
            #expect(errors.isEmpty, "\(errors)")
        }
        #expect(try workspace.json("case/case.json")["complete"] as? Bool == true)
        #expect(try !workspace.hasLeftovers())
    }

    @Test func `closed standard streams do not end up in the case`() async throws {
        let outcome = try await bridle.shell("exec \"$BRIDLE\" check backup -o case <&- >&- 2>&-")
        #expect(outcome.code == 0)
        for name in ["case.json", "coverage.json"] { #expect(try !workspace.json("case/" + name).isEmpty) }
        #expect(try !workspace.text("case/findings.jsonl").contains("reading"))
    }

    @Test func `quiet prints nothing`() async throws {
        let outcome = try await bridle("check", "backup", "--quiet", "-o", "case")
        #expect(outcome.code == 0 && outcome.output.isEmpty && outcome.error.isEmpty)
    }

    @Test func `two runs in other places of the world agree byte for byte`() async throws {
        let indicators = try Phone.indicators(in: workspace)
        try Phone.person("elm", in: workspace, at: "elm")
        let settings = [
            ("1", ["TZ": "Asia/Tokyo", "LANG": "C", "LC_ALL": "C"]),
            ("8", ["TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"]),
            ("3", ["TZ": "Pacific/Apia", "LANG": "ar_EG.UTF-8", "NO_COLOR": "1"]),
        ]
        for (index, setting) in settings.enumerated() {
            var bridle = bridle
            bridle.environment = setting.1
            let outcome = try await bridle(
                "check", "elm", "-i", indicators, "-o", "case\(index)", "--jobs", setting.0, "--include-content")
            #expect(outcome.code == 0, "\(outcome.error)")
        }
        let names =
            ["findings.jsonl", "coverage.json", "timeline.csv"]
            + (try workspace.names("case0/records")).map { "records/" + $0 }
        #expect(names.count > 10)
        #expect(try !workspace.bytes("case0/findings.jsonl").isEmpty)
        for name in names {
            for index in 1..<settings.count {
                #expect(try workspace.bytes("case0/" + name) == workspace.bytes("case\(index)/" + name), "\(name)")
            }
        }
    }
}
