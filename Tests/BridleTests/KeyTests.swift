import Foundation
import SyntheticEvidence
import Testing

/// `bridle key`, `--key-file` and `bridle decrypt`.
@Suite(.timeLimit(.minutes(30))) struct KeyTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
        try Phone.backup(
            in: workspace, encryption: Phone.encryption, entries: [Phone.messagesEntry(try Phone.messages())])
        try workspace.write(Phone.password + "\n", to: "password")
    }

    @Test func `a key is written for its owner only and opens the backup`() async throws {
        let before = try workspace.state(of: "backup")
        let made = try await bridle("key", "backup", "-o", "backup.key", "--password-file", "password")
        #expect(made.code == 0, "\(made.error)")
        #expect(made.output.isEmpty)
        let attributes = try FileManager.default.attributesOfItem(atPath: workspace.path("backup.key"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let key = try workspace.text("backup.key")
        #expect(key.utf8.count == 65 && !made.error.contains(key.prefix(64)))
        let checked = try await bridle("check", "backup", "--key-file", "backup.key", "-o", "case")
        #expect(checked.code == 0, "\(checked.error)")
        #expect(try workspace.status(Phone.messages, in: "case") == "read")
        // Windows adds a line end of its own.
        try workspace.write(key.dropLast() + "\r\n", to: "windows.key")
        #expect(try await bridle("check", "backup", "--key-file", "windows.key").code == 0)
        #expect(try workspace.state(of: "backup") == before)
        for name in try workspace.state(of: "case").keys where !name.hasSuffix("records") {
            let text = try workspace.text("case/" + name)
            #expect(!text.contains(Phone.password) && !text.contains(key.prefix(64)))
        }
    }

    @Test func `a key file that exists is kept`() async throws {
        try workspace.write("precious", to: "backup.key")
        let outcome = try await bridle("key", "backup", "-o", "backup.key", "--password-file", "password")
        #expect(outcome.code == 73 && outcome.error.contains("exists"), "\(outcome.error)")
        #expect(try workspace.text("backup.key") == "precious")
    }

    @Test func `a wrong password or a plain backup leaves no key file`() async throws {
        let wrong = try await bridle("key", "backup", "-o", "backup.key", "--password-file", "-", input: "wrong\n")
        #expect(wrong.code == 77 && !workspace.exists("backup.key"))
        try Phone.backup(in: workspace, at: "plain")
        let plain = try await bridle("key", "plain", "-o", "backup.key", "--password-file", "password")
        #expect(plain.code == 65 && plain.error.contains("not encrypted") && !workspace.exists("backup.key"))
    }

    @Test func `a key is not written into the backup`() async throws {
        let before = try workspace.state(of: "backup")
        try workspace.link("alias", to: workspace.path("backup"))
        let below = try #require(workspace.names("backup").first { $0.count == 2 })
        try workspace.link("below", to: workspace.path("backup/" + below))
        for path in ["backup/key", "alias/key", "backup/../backup/key", "below/../key"] {
            let outcome = try await bridle("key", "backup", "-o", path, "--password-file", "password")
            #expect(outcome.code == 73 && outcome.error.contains("inside the evidence"), "\(outcome.error)")
        }
        #expect(try workspace.state(of: "backup") == before)
    }

    @Test func `a key of another backup is 77`() async throws {
        try workspace.write(String(repeating: "ab", count: 32) + "\n", to: "other.key")
        #expect(try await bridle("check", "backup", "--key-file", "other.key").code == 77)
        try workspace.write("not a key", to: "other.key")
        let outcome = try await bridle("check", "backup", "--key-file", "other.key")
        #expect(outcome.code == 77 && outcome.error.contains("64 hexadecimal digits"))
    }

    @Test func `a decrypted copy can be checked like the backup`() async throws {
        let before = try workspace.state(of: "backup")
        let outcome = try await bridle("decrypt", "backup", "plain", "--password-file", "password")
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(try workspace.bytes(Phone.stored(Phone.messagesPath, in: "plain")) == Phone.messages())
        #expect(try await bridle("check", "plain", "-o", "case").code == 0)
        #expect(try workspace.status(Phone.messages, in: "case") == "read")
        #expect(try await bridle("decrypt", "backup", "plain", "--password-file", "password").code == 73)
        #expect(try await bridle("decrypt", "backup", "backup/plain", "--password-file", "password").code == 73)
        #expect(try await bridle("decrypt", "backup", "none/plain", "--password-file", "password").code == 73)
        let wrong = try await bridle("decrypt", "backup", "wrong", "--password-file", "-", input: "no\n")
        #expect(wrong.code == 77 && !workspace.exists("wrong"))
        let full = try await bridle.shell(
            "ulimit -f 8; exec \"$BRIDLE\" decrypt backup full --password-file password")
        #expect(full.code == 73 && !full.isCrash && !workspace.exists("full"), "\(full.error)")
        #expect(try workspace.state(of: "backup") == before)
        #expect(try !workspace.hasLeftovers())
    }
}
