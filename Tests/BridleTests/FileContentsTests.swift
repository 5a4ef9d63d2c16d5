import Foundation
import SyntheticEvidence
import Testing

/// What the files of the evidence hold: types by content, hashes, YARA rules.
@Suite(.timeLimit(.minutes(30))) struct FileContentsTests {
    let workspace: Workspace
    let bridle: Command
    static let attachment = "Library/SMS/Attachments/0a/10/11111111-1111-4111-8111-111111111111/abcdefghij.gif"

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
        try Phone.backup(
            in: workspace, encryption: Phone.encryption,
            entries: [
                Phone.messagesEntry(try Phone.messages()),
                .file("MediaDomain", Self.attachment, content: Array("8BPS\u{0}\u{1}\u{0}\u{0}".utf8)),
            ])
        try workspace.write(Phone.password + "\n", to: "password.txt")
    }

    private func check(_ options: String...) async throws -> Command.Outcome {
        try await bridle.shell("$BRIDLE check backup --password-file password.txt " + options.joined(separator: " "))
    }

    @Test func `a file of an encrypted backup is told by what it holds`() async throws {
        let outcome = try await check("-o case --json")
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(outcome.output.contains("gif-that-is-psd-or-pdf"))
        let records = try workspace.text("case/records/apple.messages.attachment-files.jsonl")
        #expect(records.contains("\"detected_type\":\"psd\""))
        #expect(!FileManager.default.fileExists(atPath: workspace.path("case/records/apple.files.file-hashes.jsonl")))
    }

    @Test func `every file is hashed when asked, the same with any number of jobs`() async throws {
        #expect(try await check("--hashes --artifact file-hashes --jobs 1 -o one").code == 0)
        #expect(try await check("--hashes --artifact file-hashes --jobs 4 -o four").code == 0)
        let one = try workspace.text("one/records/apple.files.file-hashes.jsonl")
        #expect(one == (try workspace.text("four/records/apple.files.file-hashes.jsonl")))
        #expect(one.split(separator: "\n").count == 2)
    }

    @Test func `a published hash is found in the hashes and in the attachment`() async throws {
        #expect(try await check("--hashes -o first").code == 0)
        let records = try workspace.text("first/records/apple.files.file-hashes.jsonl")
        let line = try #require(records.split(separator: "\n").first { $0.contains("abcdefghij.gif") })
        let digest = try #require(line.firstMatch(of: /"sha256":"([0-9a-f]{64})"/)).1
        try workspace.write(
            """
            {"type":"bundle","id":"bundle--1","objects":[{"type":"indicator","id":"indicator--1","spec_version":"2.1",
            "pattern_type":"stix","pattern":"[file:hashes.'SHA-256'='\(digest)']"}]}
            """, to: "hash.stix2")
        let outcome = try await check("--hashes --no-store -i hash.stix2 --json --fail-on high")
        #expect(outcome.code == 10, "\(outcome.error)")
        #expect(outcome.output.contains("\"artifact\":\"apple.files.file-hashes\""))
        #expect(outcome.output.contains("\"artifact\":\"apple.messages.attachment-files\""))
    }

    @Test func `rules of YARA are named where they agree, and refused with the line where they are wrong`() async throws
    {
        try workspace.write("rule photoshop { strings: $a = \"8BPS\" condition: $a at 0 }\n", to: "rules.yar")
        let outcome = try await check("--yara rules.yar --json")
        if outcome.error.contains("libyara") {
            #expect(outcome.code == 66)
            return
        }
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(outcome.output.contains("\"yara_rules\":[\"photoshop\"]"))
        try workspace.write("rule { }\n", to: "wrong.yar")
        let wrong = try await check("--yara wrong.yar")
        #expect(wrong.code == 65)
        #expect(wrong.error.contains("line 1"))
        #expect(try await check("--yara absent.yar").code == 66)
    }

    @Test func `the comparison names artefacts that are there`() async throws {
        let table = try await bridle("artifacts", "list", "--comparison")
        #expect(table.code == 0)
        #expect(!table.output.contains("(missing)"))
        #expect(table.output.contains("| SafariHistory | both | `apple.web.safari-history`"))
    }
}
