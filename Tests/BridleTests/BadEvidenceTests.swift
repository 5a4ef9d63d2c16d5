import ArtifactModel
import FileFormats
import Foundation
import Primitives
import SyntheticEvidence
import Testing

/// Evidence that can't be opened: a sentence, a code, and nothing written.
@Suite(.timeLimit(.minutes(30))) struct BadEvidenceTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
    }

    private func refuses(
        _ outcome: Command.Outcome, _ code: Int32, _ words: String..., location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(outcome.code == code && !outcome.isCrash, "\(outcome.error)", sourceLocation: location)
        for word in words {
            #expect(outcome.error.contains(word), "\(outcome.error)", sourceLocation: location)
        }
        #expect(outcome.output.isEmpty, sourceLocation: location)
        #expect(!workspace.exists("case"), sourceLocation: location)
        #expect(try !workspace.hasLeftovers(), sourceLocation: location)
    }

    @Test func `a path with nothing at it is 66`() async throws {
        try refuses(try await bridle("check", "nowhere", "-o", "case"), 66, "There is nothing at nowhere", "expected")
        try refuses(try await bridle("check", "", "-o", "case"), 66, "expected the folder of an iOS backup")
    }

    @Test func `a path that is too long is 66`() async throws {
        let long = String(repeating: "long/", count: 4_000)
        try refuses(try await bridle("check", long, "-o", "case"), 66, "can't be opened")
    }

    @Test func `a file in place of a folder is 65`() async throws {
        try workspace.write("PK", to: "backup.zip")
        try refuses(
            try await bridle("check", "backup.zip", "-o", "case"), 65, "is neither a folder nor an archive",
            "expected the folder of an iOS backup, or the file system of a device")
    }

    @Test func `a folder that is no backup is 65`() async throws {
        try workspace.makeFolder("photos")
        try workspace.write("holiday", to: "photos/notes.txt")
        try refuses(
            try await bridle("check", "photos", "-o", "case"), 65, "is no evidence that is read",
            "expected the folder of an iOS backup", "A backup has Manifest.db")
    }

    @Test func `a folder with several backups is 65 and lists them`() async throws {
        try workspace.makeFolder("all")
        var description = BackupWriter.Description()
        description.device.name = "First \u{1B}[2J\nphone"
        try Phone.backup(in: workspace, at: "all/one", description: description)
        try Phone.backup(in: workspace, at: "all/two")
        let outcome = try await bridle("check", "all", "-o", "case")
        try refuses(
            outcome, 65, "holds 2 pieces of evidence", "give the path of one of them", "one, First",
            "two, Synthetic iPhone")
        #expect(!outcome.error.contains("\u{1B}"))
    }

    @Test func `a backup without Manifest_db is 65`() async throws {
        try Phone.backup(in: workspace)
        try workspace.remove("backup/Manifest.db")
        try refuses(
            try await bridle("check", "backup", "-o", "case"), 65, "Manifest.db, is missing", "Make or copy it again")
    }

    @Test func `a Manifest_db cut to its first bytes is 65`() async throws {
        try Phone.backup(in: workspace)
        let bytes = try workspace.bytes("backup/Manifest.db")
        for length in [0, 10, 16, 90] {
            try workspace.write(Array(bytes.prefix(length)), to: "backup/Manifest.db")
            try refuses(try await bridle("check", "backup", "-o", "case"), 65, "Manifest.db", "Use another copy")
        }
    }

    @Test func `a Manifest_db that is a symbolic link is 65`() async throws {
        try Phone.backup(in: workspace)
        try workspace.write(try workspace.bytes("backup/Manifest.db"), to: "elsewhere.db")
        try workspace.remove("backup/Manifest.db")
        try workspace.link("backup/Manifest.db", to: workspace.path("elsewhere.db"))
        try refuses(try await bridle("check", "backup", "-o", "case"), 65, "not a regular file", "without links")
    }

    @Test func `a wrong password is 77`() async throws {
        try Phone.backup(in: workspace, encryption: Phone.encryption)
        let outcome = try await bridle("check", "backup", "-o", "case", "--password-file", "-", input: "wrong\n")
        try refuses(outcome, 77, "password")
        #expect(!outcome.error.contains("wrong\n"))
    }

    @Test func `no password and no terminal is 77 and names the three ways`() async throws {
        try Phone.backup(in: workspace, encryption: Phone.encryption)
        try refuses(
            try await bridle.withoutTerminal("check", "backup", "-o", "case"), 77, "--password-file", "--password-env",
            "--key-file")
    }

    @Test func `passwords that can't be read are 77`() async throws {
        try Phone.backup(in: workspace, encryption: Phone.encryption)
        let check = ["check", "backup", "-o", "case"]
        try refuses(try await bridle.run(Command.path, check + ["--password-file", "none"]), 77, "can't be read")
        try refuses(try await bridle.run(Command.path, check + ["--password-file", "."]), 77, "can't be read")
        try refuses(try await bridle.run(Command.path, check + ["--password-file", "/dev/zero"]), 77, "4,096 bytes")
        try refuses(try await bridle.run(Command.path, check + ["--password-file", "/dev/null"]), 77, "is empty")
        try refuses(try await bridle.run(Command.path, check + ["--password-env", "NOBODY"]), 77, "is not set")
        try refuses(
            try await bridle.run(Command.path, check + ["--key-file", "/dev/zero"]), 77, "64 hexadecimal digits")
        let folder = try await bridle.shell("exec \"$BRIDLE\" check backup -o case --password-file - < .")
        try refuses(folder, 77, "can't be read")
    }

    @Test func `a password file with CR LF, a byte order mark and more lines opens the backup`() async throws {
        try Phone.backup(in: workspace, encryption: Phone.encryption)
        try workspace.write("\u{FEFF}\(Phone.password)\r\nanother line\r\n", to: "password.txt")
        let outcome = try await bridle("check", "backup", "--password-file", "password.txt")
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(!outcome.error.contains(Phone.password) && !outcome.output.contains(Phone.password))
    }

    @Test func `standard input serves as password for several pieces of evidence`() async throws {
        try Phone.backup(in: workspace, at: "one", encryption: Phone.encryption)
        try Phone.backup(in: workspace, at: "two", encryption: Phone.encryption)
        let outcome = try await bridle("check", "one", "two", "--password-file", "-", input: Phone.password + "\n")
        #expect(outcome.code == 0, "\(outcome.error)")
    }
}
