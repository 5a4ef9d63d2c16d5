import ArtifactModel
import FileFormats
import Foundation
import Primitives
import SyntheticEvidence
import Testing

/// Evidence that can be opened and is damaged or hostile inside: the check goes on, and coverage says what was lost.
@Suite(.timeLimit(.minutes(30))) struct DamagedEvidenceTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
    }

    /// Checks `backup` into `case`: 0 without `--strict`, and the code given with it; the evidence stays as it is.
    private func check(
        strictly code: Int32 = 20, _ more: String..., location: SourceLocation = #_sourceLocation
    ) async throws -> Command.Outcome {
        let before = try workspace.state(of: "backup")
        let strict = try await bridle.run(Command.path, ["check", "backup", "--strict"] + more)
        #expect(strict.code == code && !strict.isCrash, "\(strict.error)", sourceLocation: location)
        let outcome = try await bridle.run(Command.path, ["check", "backup", "-o", "case"] + more)
        #expect(outcome.code == 0 && !outcome.isCrash, "\(outcome.error)", sourceLocation: location)
        #expect(try workspace.state(of: "backup") == before, sourceLocation: location)
        #expect(try !workspace.hasLeftovers(), sourceLocation: location)
        return outcome
    }

    @Test func `a whole backup is 0 with strict`() async throws {
        try Phone.backup(in: workspace, entries: [Phone.messagesEntry(try Phone.messages())])
        _ = try await check(strictly: 0)
    }

    @Test func `a backup without Info_plist is read with a remark`() async throws {
        var description = BackupWriter.Description()
        description.omitted = ["Info.plist"]
        try Phone.backup(
            in: workspace, entries: [Phone.messagesEntry(try Phone.messages())], description: description)
        _ = try await check(strictly: 0)
        #expect(try workspace.text("case/case.json").contains("Info.plist is missing"))
        #expect(try workspace.status(Phone.messages, in: "case") == "read")
    }

    @Test func `a file under a class key that is locked is named as locked`() async throws {
        try Phone.backup(
            in: workspace, encryption: Phone.encryption,
            entries: [Phone.messagesEntry(try Phone.messages(), protectionClass: 11)])
        try workspace.write(Phone.password + "\n", to: "password")
        _ = try await check("--password-file", "password")
        #expect(try workspace.status(Phone.messages, in: "case") == "stopped")
        #expect(try workspace.damageKinds(Phone.messages, in: "case") == ["locked"])
    }

    @Test func `a file that is listed and absent is not called absent from the device`() async throws {
        try Phone.backup(
            in: workspace,
            entries: [BackupWriter.Entry("HomeDomain", Phone.messagesPath, kind: .absentFile(size: 7))])
        _ = try await check()
        #expect(try workspace.status(Phone.messages, in: "case") == "stopped")
        #expect(try workspace.damageKinds(Phone.messages, in: "case") == ["absent"])
    }

    @Test func `a database cut in its middle gives what is left and says so`() async throws {
        let texts = (0..<2_000).map { "text number \($0)" }
        try Phone.backup(in: workspace, entries: [Phone.messagesEntry(try Phone.messages(texts))])
        let stored = Phone.stored(Phone.messagesPath)
        let bytes = try workspace.bytes(stored)
        try workspace.write(Array(bytes.prefix(bytes.count * 2 / 3)), to: stored)
        _ = try await check()
        #expect(["damaged", "stopped"].contains(try workspace.status(Phone.messages, in: "case")))
        #expect(try !workspace.text("case/records/\(Phone.messages).jsonl").isEmpty)
    }

    @Test func `a database that was overwritten is stopped, not read as empty`() async throws {
        try Phone.backup(in: workspace, entries: [Phone.messagesEntry(try Phone.messages())])
        try workspace.write([UInt8](repeating: 0x5A, count: 40_960), to: Phone.stored(Phone.messagesPath))
        _ = try await check()
        #expect(try workspace.status(Phone.messages, in: "case") == "stopped")
    }

    @Test func `property lists that unfold without end are refused in time`() async throws {
        let cache = "Library/Preferences/com.apple.identityservices.idstatuscache.plist"
        try Phone.backup(
            in: workspace,
            entries: [
                .file("HomeDomain", cache, content: Phone.bomb), Phone.messagesEntry(try Phone.messages()),
            ])
        try workspace.write(Phone.bomb, to: "backup/Info.plist")
        _ = try await check()
        #expect(try workspace.text("case/case.json").contains("Info.plist can't be read"))
        #expect(try workspace.status("apple.accounts.identity-status-cache", in: "case") == "stopped")
        #expect(try workspace.status(Phone.messages, in: "case") == "read")
        try workspace.remove("case")
        try workspace.write(Phone.entityBomb, to: "backup/Info.plist")
        _ = try await check()
        #expect(try workspace.bytes("case/case.json").count < 100_000)
    }

    @Test func `keyed archives with cycles end`() async throws {
        try Phone.backup(in: workspace, entries: [Phone.messagesEntry(try Phone.messages())])
        let archives: [[PropertyList]] = [
            [.uid(1)],
            [.dictionary(["RelativePath": .uid(1), "$class": .uid(1), "EncryptionKey": .uid(1)])],
            [.dictionary(["RelativePath": .uid(2), "$class": .uid(3)]), .uid(3), .uid(2)],
            [.list([.uid(1), .uid(2)]), .list([.uid(2), .uid(1)])],
        ]
        let database = try SyntheticDatabase(path: workspace.path("backup/Manifest.db"))
        for (index, objects) in archives.enumerated() {
            let bytes = PropertyListWriter.binary(PropertyListWriter.keyedArchive(objects))
            let identifier = String(repeating: "0", count: 39) + String(index)
            try database.insert(
                "Files", ["fileID", "domain", "relativePath", "flags", "file"],
                [[.text(identifier), "HomeDomain", .text("Library/cycle\(index)"), 1, .blob(bytes)]])
        }
        _ = try await check()
        #expect(try workspace.status(Phone.manifest, in: "case") == "damaged")
        #expect(try workspace.status(Phone.messages, in: "case") == "read")
    }

    @Test func `a file id with dots and slashes leads nowhere`() async throws {
        let secret = try Phone.messages(["SECRET https://\(IncidentIndicators.domain)/"])
        try workspace.write(secret, to: "secret")
        for identifier in ["../secret", "../../../../../../etc/passwd", "ab/../../secret", "/etc/passwd", "..", ""] {
            var entry = BackupWriter.Entry("HomeDomain", Phone.messagesPath, kind: .absentFile(size: 7))
            entry.identifier = identifier
            try Phone.backup(in: workspace, entries: [entry])
            let outcome = try await check("--include-content", "-i", try Phone.indicators(in: workspace))
            #expect(try workspace.status(Phone.messages, in: "case") == "stopped")
            #expect(!outcome.output.contains("SECRET"))
            #expect(try workspace.bytes("case/findings.jsonl").isEmpty)
            try workspace.remove("case")
            try workspace.remove("backup")
        }
    }

    @Test func `symbolic links in the backup are not followed`() async throws {
        let secret = try Phone.messages(["SECRET https://\(IncidentIndicators.domain)/"])
        try Phone.backup(in: workspace, entries: [Phone.messagesEntry(try Phone.messages())])
        let stored = Phone.stored(Phone.messagesPath)
        try workspace.makeFolder("elsewhere")
        try workspace.write(secret, to: "elsewhere/" + (stored.split(separator: "/").last ?? ""))
        try workspace.remove(stored)
        try workspace.link(stored, to: workspace.path("elsewhere/") + (stored.split(separator: "/").last ?? ""))
        _ = try await check("-i", try Phone.indicators(in: workspace))
        #expect(try workspace.status(Phone.messages, in: "case") == "stopped")
        #expect(try workspace.bytes("case/findings.jsonl").isEmpty)
        // The folder of the file as a link.
        try workspace.remove("case")
        let folder = stored.split(separator: "/").dropLast().joined(separator: "/")
        try workspace.remove(folder)
        try workspace.link(folder, to: workspace.path("elsewhere"))
        _ = try await check("-i", try Phone.indicators(in: workspace))
        #expect(try workspace.status(Phone.messages, in: "case") == "stopped")
        #expect(try workspace.bytes("case/findings.jsonl").isEmpty)
    }

    @Test func `names with control characters are harmless in the terminal, in CSV and in HTML`() async throws {
        let hostile =
            "=cmd|'/c calc'!A1\u{1B}]0;title\u{7}\u{1B}[2J\r\nsecond line\u{202E}txt.exe\u{9B}31m"
            + "<script>alert(1)</script>\"><img src=x onerror=alert(1)>{{{page}}}"
        var description = BackupWriter.Description()
        description.device.name = hostile
        let history = try SyntheticDatabase()
        try history.execute(Schema.history)
        let link = "https://\(IncidentIndicators.domain)/\(hostile)"
        try history.insert("history_items", ["url", "visit_count"], [[.text(link), 1], [.text(hostile), 1]])
        try history.insert(
            "history_visits", ["history_item", "visit_time", "title"],
            [[1, 657_446_400.5, .text(hostile)], [2, 657_446_401.5, .text(hostile)]])
        let usage = try SyntheticDatabase()
        try usage.execute(Schema.dataUsage)
        try usage.insert(
            "ZPROCESS", ["Z_PK", "ZFIRSTTIMESTAMP", "ZTIMESTAMP", "ZPROCNAME", "ZBUNDLENAME"],
            [[1, 657_446_400.0, 657_446_500.0, .text("bh/\(hostile)"), .text(hostile)]])
        try Phone.backup(
            in: workspace,
            entries: [
                .file("HomeDomain", "Library/Safari/History.db", content: try history.bytes()),
                .file("WirelessDomain", "Library/Databases/DataUsage.sqlite", content: try usage.bytes()),
                .file("HomeDomain", "Library/\(hostile)", content: []),
                Phone.messagesEntry(try Phone.messages([hostile + " " + link])),
            ], description: description)
        let indicators = try Phone.indicators(in: workspace)
        let outcome = try await check(strictly: 0, "--include-content", "-i", indicators)
        #expect(try !workspace.bytes("case/findings.jsonl").isEmpty)
        let inspected = try await bridle("inspect", "backup")
        #expect(inspected.code == 0)
        let forbidden = ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}", "\r", "\u{8}"]
        let texts = [
            outcome.output, outcome.error, inspected.output, try workspace.text("case/timeline.csv"),
            try workspace.text("case/report.html"), try workspace.text("case/run.log"),
        ]
        for text in texts {
            for character in forbidden {
                #expect(!text.unicodeScalars.contains { String($0) == character }, "\(character.debugDescription)")
            }
        }
        // Bidirectional controls may stand in JSON; what a terminal obeys may not.
        for name in ["case.json", "coverage.json", "findings.jsonl", "records/apple.web.safari-history.jsonl"] {
            let text = try workspace.text("case/" + name)
            for line in text.split(separator: "\n") where name.hasSuffix(".jsonl") {
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
            }
            #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x9B || $0.value == 0x0D })
        }
        let page = try workspace.text("case/report.html")
        #expect(!page.contains("<script>alert") && !page.contains("<img src=x"))
        for line in try workspace.text("case/timeline.csv").split(separator: "\n") {
            for cell in cells(String(line)) {
                #expect(!["=", "+", "-", "@"].contains { cell.hasPrefix($0) }, "\(cell)")
            }
            #expect(cells(String(line)).count == 6, "\(line)")
        }
    }

    /// The cells of a line of CSV (RFC 4180).
    private func cells(_ line: String) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}
