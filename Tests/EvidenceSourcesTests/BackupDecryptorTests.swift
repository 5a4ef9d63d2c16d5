import ArtifactModel
import EvidenceSources
import Foundation
import Primitives
import SyntheticEvidence
import Testing

struct BackupDecryptorTests {
    static func encrypted(_ workspace: Workspace) async throws -> AppleBackup {
        try await EvidenceOpener.openBackup(
            try Sample.write(workspace, encryption: Sample.encryption), credential: Sample.credential)
    }

    @Test func `the copy is a backup that opens without a password and reads the same`() async throws {
        let workspace = try Workspace()
        let backup = try await Self.encrypted(workspace)
        let before = try workspace.state(of: "backup")
        let outcome = try await BackupDecryptor(backup).write(to: workspace.path("copy"))
        #expect(outcome.files == 7)
        #expect(outcome.failures.map(\.citation) == ["HomeDomain/Library/gone.db", "HomeDomain/Library/locked.db"])
        #expect(outcome.failures.map(\.error.kind) == [.absent, .locked])
        let copy = try await EvidenceOpener.open(workspace.path("copy"))
        #expect(!copy.summary.isEncrypted)
        #expect(copy.summary.remarks.contains { $0.contains("decrypted before") })
        for place in [Place.home("Library/SMS/sms.db"), .home("Library/empty"), BackupReadingTests.histories] {
            let contents = try copy.files(at: place).map { try $0.open().bytes() }
            #expect(try contents == backup.files(at: place).map { try $0.open().bytes() })
        }
        #expect(try workspace.state(of: "backup") == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path).sorted() == ["backup", "copy"])
        let stored = workspace.path("copy/" + Sample.stored("HomeDomain", "Library/SMS/sms.db"))
        let attributes = try FileManager.default.attributesOfItem(atPath: stored)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(attributes[.modificationDate] as? Date == Date(timeIntervalSince1970: 1_635_923_529))
    }

    @Test func `a pattern chooses files`() async throws {
        let workspace = try Workspace()
        let backup = try await Self.encrypted(workspace)
        let outcome = try await BackupDecryptor(backup).write(
            to: workspace.path("copy"), matching: ["HomeDomain/Library/SMS/*", "*/Deep/History.db"])
        #expect(outcome.files == 2)
        #expect(outcome.failures.isEmpty)
    }

    @Test(arguments: ["backup", "backup/copy", "backup/ab", "link/copy", "full", "missing/copy", "/", ".."])
    func `a place that holds something, or lies in the evidence, is refused`(_ name: String) async throws {
        let workspace = try Workspace()
        let backup = try await Self.encrypted(workspace)
        try workspace.makeFolder("full/of/things")
        try FileManager.default.createSymbolicLink(
            atPath: workspace.path("link"), withDestinationPath: workspace.path("backup"))
        let before = try workspace.state(of: ".")
        do {
            _ = try await BackupDecryptor(backup).write(to: workspace.path(name))
            Issue.record("expected an error")
        } catch let error as EvidenceError {
            #expect(error.code == .outputRefused)
        }
        #expect(try workspace.state(of: ".") == before)
    }

    @Test func `a file id that is none is a failure, not a path`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace)
        try SQLite.run(
            "UPDATE Files SET fileID = '../../escaped' WHERE relativePath = 'Library/SMS/sms.db'",
            on: workspace.path("backup/Manifest.db"))
        let backup = try await EvidenceOpener.openBackup(path)
        let outcome = try await BackupDecryptor(backup).write(to: workspace.path("copy"))
        #expect(outcome.failures.contains { $0.citation == "HomeDomain/Library/SMS/sms.db" && !$0.isWritten })
        #expect(!FileManager.default.fileExists(atPath: workspace.path("escaped")))
    }

    @Test func `a damaged end is copied up to the damage and told`() async throws {
        let workspace = try Workspace()
        let backup = try await Self.encrypted(workspace)
        try workspace.cut("backup/" + Sample.stored("HomeDomain", "Library/SMS/sms.db"), to: 100_001)
        let outcome = try await BackupDecryptor(backup).write(
            to: workspace.path("copy"), matching: ["HomeDomain/Library/SMS/sms.db"])
        #expect(outcome.failures.map(\.isWritten) == [true])
        let written = try workspace.bytes("copy/" + Sample.stored("HomeDomain", "Library/SMS/sms.db"))
        #expect(written == Array(Sample.messages[..<100_000]))
    }

    @Test func `a copy that is cancelled leaves nothing`() async throws {
        let workspace = try Workspace()
        let backup = try await Self.encrypted(workspace)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await BackupDecryptor(backup).write(to: workspace.path("copy"))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path) == ["backup"])
    }
}
