import ArtifactModel
import EvidenceSources
import Foundation
import Primitives
import Synchronization
import SyntheticEvidence
import Testing

struct OpeningTests {
    @Test func `the only backup below a folder is taken, up to two levels down`() async throws {
        let workspace = try Workspace()
        try workspace.makeFolder("a/b/c")
        try Sample.write(workspace, "a/b/backup")
        #expect(try await EvidenceOpener.openBackup(workspace.path("a")).folder.hasSuffix("a/b/backup"))
        #expect(try await EvidenceOpener.openBackup(workspace.path("a/b")).folder.hasSuffix("a/b/backup"))
        #expect(try await codeOfOpening(workspace.path) == .notEvidence)
    }

    @Test func `several backups are listed with name, device and date`() async throws {
        let workspace = try Workspace()
        var description = BackupWriter.Description(date: Sample.moment)
        description.device.name = "Bell\u{7}\u{1B}[31m"
        try Sample.write(workspace, "one", description: description)
        try Sample.write(workspace, "two")
        do {
            _ = try await EvidenceOpener.open(workspace.path)
            Issue.record("expected an error")
        } catch let error as EvidenceError {
            #expect(error.code == .several)
            #expect(error.code.exitCode == 65)
            #expect(error.message.contains("one, Bell\u{FFFD}\u{FFFD}[31m, 2021-11-03T07:12:09Z"))
            #expect(error.message.contains("two, Synthetic iPhone"))
        }
    }

    @Test func `what is not a backup is told apart`() async throws {
        let workspace = try Workspace()
        try workspace.write("text", to: "file")
        try workspace.makeFolder("empty")
        try workspace.makeFolder("old")
        try workspace.write("mbdb", to: "old/Manifest.mbdb")
        try workspace.makeFolder("half")
        try workspace.write("<plist/>", to: "half/Manifest.plist")
        #expect(try await codeOfOpening(workspace.path("missing")) == .notThere)
        #expect(try await codeOfOpening(workspace.path("file")) == .notEvidence)
        #expect(try await codeOfOpening(workspace.path("empty")) == .notEvidence)
        #expect(try await codeOfOpening(workspace.path("old")) == .notEvidence)
        #expect(try await codeOfOpening(workspace.path("half")) == .damaged)
    }

    @Test func `a password is asked for only if it is needed`() async throws {
        let workspace = try Workspace()
        let plain = try Sample.write(workspace, "plain")
        let encrypted = try Sample.write(workspace, "encrypted", encryption: Sample.encryption)
        let calls = CallCount()
        let credential = BackupCredential.password {
            calls.add()
            return Sample.password
        }
        #expect(try await codeOfOpening(plain, credential) == nil)
        #expect(calls.count == 0)
        #expect(try await codeOfOpening(encrypted, credential) == nil)
        #expect(calls.count == 1)
    }

    @Test func `no password, a wrong one, an empty one and a wrong key are told`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace, encryption: Sample.encryption)
        let other = try #require(BackupKey(hexadecimal: String(repeating: "0f", count: 32)))
        #expect(try await codeOfOpening(path) == .passwordMissing)
        #expect(try await codeOfOpening(path, .password { "wrong" }) == .passwordWrong)
        #expect(try await codeOfOpening(path, .password { "" }) == .passwordMissing)
        #expect(try await codeOfOpening(path, .key(other)) == .passwordWrong)
        #expect(EvidenceError.Code.passwordWrong.exitCode == 77)
    }

    @Test func `a derived key opens the backup without the password`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace, encryption: Sample.encryption)
        let key = try await EvidenceOpener.deriveKey(path, password: { Sample.password })
        let file = key.hexadecimal + "\n"
        let read = try #require(BackupKey(hexadecimal: file))
        #expect(try await codeOfOpening(path, .key(read)) == nil)
        await #expect(throws: EvidenceError.self) {
            try await EvidenceOpener.deriveKey(path, password: { "wrong" })
        }
    }

    @Test(arguments: [
        "", "0f", String(repeating: "0", count: 65), String(repeating: "g", count: 64),
        " " + String(repeating: "0", count: 63),
    ])
    func `a key file that is none is refused`(_ text: String) {
        #expect(BackupKey(hexadecimal: text) == nil)
    }

    @Test func `a key bag before iOS 10·2 has only the second stretching`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(
            workspace, encryption: BackupEncryption(password: Sample.password, firstRounds: nil))
        let backup = try await EvidenceOpener.open(path, credential: Sample.credential)
        #expect(try kindOfReading(backup, .home("Library/SMS/sms.db")) == nil)
    }

    @Test func `encrypted files under a plain manifest are decrypted`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(
            workspace, encryption: BackupEncryption(password: Sample.password, encryptsManifest: false))
        #expect(try await codeOfOpening(path) == .passwordMissing)
        let backup = try await EvidenceOpener.open(path, credential: Sample.credential)
        let file = try #require(try backup.files(at: .home("Library/SMS/sms.db")).first)
        #expect(try file.open().bytes() == Sample.messages)
    }

    @Test func `progress grows from 0 to 1`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(
            workspace, encryption: BackupEncryption(password: Sample.password, firstRounds: 4_000_000), entries: [])
        let heard = Mutex<[Double]>([])
        _ = try await EvidenceOpener.open(path, credential: Sample.credential) { fraction in
            heard.withLock { $0.append(fraction) }
        }
        let fractions = heard.withLock { $0 }
        #expect(fractions.last == 1)
        #expect(fractions == fractions.sorted())
        #expect(fractions.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
}

/// How often a closure was called.
final class CallCount: Sendable {
    private let calls = Mutex(0)
    var count: Int { calls.withLock { $0 } }
    func add() { calls.withLock { $0 += 1 } }
}
