import ArtifactModel
import EvidenceSources
import Foundation
import Primitives
import SyntheticEvidence
import Testing

struct BackupReadingTests {
    static let histories = Place.device("/private/var/mobile/Containers/Data/Application/*/Library/Safari/History.db")

    @Test func `a plain and an encrypted backup read the same`() async throws {
        let workspace = try Workspace()
        let plain = try await EvidenceOpener.open(try Sample.write(workspace, "plain"))
        let encrypted = try await EvidenceOpener.open(
            try Sample.write(workspace, "encrypted", encryption: Sample.encryption), credential: Sample.credential)
        #expect(!plain.summary.isEncrypted)
        #expect(encrypted.summary.isEncrypted)
        for place in [
            Place.home("Library/SMS/sms.db"), .home("Library/empty"), .home("Library/Health/healthdb.sqlite"),
            .applicationGroup("group.example", "shared [1]?.plist"), .applicationGroup("*", "shared [1]*"),
            Self.histories, .application("com.example.*", "Library/*/*/History.db"), .home("Library/*/*.db"),
        ] {
            let left = try plain.files(at: place)
            let right = try encrypted.files(at: place)
            #expect(!left.isEmpty, "\(place.pattern)")
            #expect(left.map(\.devicePath) == right.map(\.devicePath))
            #expect(left.map(\.citation) == right.map(\.citation))
            for (one, other) in zip(left, right) {
                #expect(try one.open().bytes() == other.open().bytes())
            }
        }
        let messages = try #require(try encrypted.files(at: .home("Library/SMS/sms.db")).first)
        #expect(try messages.open().bytes() == Sample.messages)
        #expect(messages.citation == "HomeDomain/Library/SMS/sms.db")
        #expect(messages.owner == nil)
    }

    @Test func `a wildcard for the application finds every one, in order, and no deeper path`() async throws {
        let workspace = try Workspace()
        let backup = try await EvidenceOpener.open(try Sample.write(workspace))
        let files = try backup.files(at: Self.histories)
        #expect(files.map(\.owner) == ["com.example.one", "com.example.two"])
    }

    @Test func `directories and links are not files`() async throws {
        let workspace = try Workspace()
        let backup = try await EvidenceOpener.open(try Sample.write(workspace))
        #expect(try backup.files(at: .home("Library/SMS")).isEmpty)
        #expect(try backup.files(at: .home("Library/link")).isEmpty)
        #expect(try backup.files(at: .home("Library/*")).map(\.name) == ["empty", "gone.db", "locked.db"])
    }

    @Test func `a manifest without Apple's indexes answers the same`() async throws {
        let workspace = try Workspace()
        let backup = try await EvidenceOpener.open(try Sample.write(workspace))
        let expected = try backup.files(at: .home("Library/*/*.db")).map(\.citation)
        try SQLite.run(
            "DROP INDEX FilesDomainIdx; DROP INDEX FilesRelativePathIdx;", on: workspace.path("backup/Manifest.db"))
        let other = try await EvidenceOpener.open(workspace.path("backup"))
        #expect(try other.files(at: .home("Library/*/*.db")).map(\.citation) == expected)
        #expect(try other.files(at: Self.histories).count == 2)
        #expect(try other.files(at: .home("Library/SMS/sms.db")).count == 1)
    }

    @Test func `a row whose file id is not the hash of its path is found by its path`() async throws {
        let workspace = try Workspace()
        var entry = BackupWriter.Entry.file("HomeDomain", "Library/odd", content: [1, 2])
        entry.identifier = String(repeating: "ab", count: 20)
        let backup = try await EvidenceOpener.open(try Sample.write(workspace, entries: [entry]))
        let file = try #require(try backup.files(at: .home("Library/odd")).first)
        #expect(try file.open().bytes() == [1, 2])
    }

    @Test(arguments: [nil, Sample.encryption])
    func `the write-ahead log is found through its own row`(_ encryption: BackupEncryption?) async throws {
        let workspace = try Workspace()
        let (main, log) = try SQLite.databaseWithLog(in: workspace)
        try Sample.write(
            workspace, encryption: encryption,
            entries: [
                .file("HomeDomain", "Library/SMS/sms.db", content: main),
                .file("HomeDomain", "Library/SMS/sms.db-wal", content: log),
                .file("HomeDomain", "Library/SMS/other.db", content: main),
            ])
        let before = try workspace.state(of: "backup")
        let backup = try await EvidenceOpener.open(workspace.path("backup"), credential: Sample.credential)
        let file = try #require(try backup.files(at: .home("Library/SMS/sms.db")).first)
        let source = try #require(try file.openWriteAheadLog())
        #expect(try SQLite.texts(in: file.open(), log: source) == ["in the file", "in the log"])
        #expect(try SQLite.texts(in: file.open(), log: nil) == ["in the file"])
        let all = try backup.files(at: .home("Library/*/*.db"))
        #expect(all.map(\.name) == ["other.db", "sms.db"])
        #expect(try all.map { try $0.openWriteAheadLog()?.count } == [nil, log.count])
        let other = try #require(try backup.files(at: .home("Library/SMS/other.db")).first)
        #expect(try other.openWriteAheadLog() == nil)
        #expect(try workspace.state(of: "backup") == before)
    }

    @Test(arguments: [nil, Sample.encryption])
    func `the evidence is the same after reading all of it`(_ encryption: BackupEncryption?) async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace, encryption: encryption)
        let before = try workspace.state(of: "backup")
        let backup = try await EvidenceOpener.open(path, credential: Sample.credential)
        for place in [Place.container("*"), .home("*/*"), .home("*/*/*"), Self.histories] {
            for file in try backup.files(at: place) {
                _ = try? file.open().bytes()
                _ = try? file.digest()
            }
        }
        #expect(backup.stores("Manifest.db"))
        #expect(try workspace.state(of: "backup") == before)
    }

    @Test func `a digest is that of the stored bytes`() async throws {
        let workspace = try Workspace()
        let backup = try await EvidenceOpener.open(
            try Sample.write(
                workspace, entries: [.file("HomeDomain", "abc", content: Array("abc".utf8))]))
        let file = try #require(try backup.files(at: .home("abc")).first)
        // FIPS 180-2, appendix B.1.
        #expect(try file.digest() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(arguments: [nil, Sample.encryption])
    func `the container's own files are there, the manifest decrypted`(_ encryption: BackupEncryption?) async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace, encryption: encryption)
        let backup = try await EvidenceOpener.open(path, credential: Sample.credential)
        #expect(
            try backup.files(at: .container("*")).map(\.citation)
                == ["Info.plist", "Manifest.db", "Manifest.plist", "Status.plist"])
        let manifest = try #require(try backup.files(at: .container("Manifest.db")).first)
        #expect(try manifest.open().bytes().starts(with: Array("SQLite format 3\0".utf8)))
        #expect(try backup.files(at: .container("../backup/Info.plist")).isEmpty)
    }

    @Test func `it says which files it stores`() async throws {
        let workspace = try Workspace()
        let backup = try await EvidenceOpener.open(try Sample.write(workspace))
        #expect(backup.stores(Sample.stored("HomeDomain", "Library/SMS/sms.db")))
        #expect(!backup.stores(Sample.stored("HomeDomain", "Library/gone.db")))
        #expect(backup.stores("Info.plist"))
        #expect(!backup.stores("../backup/Info.plist"))
        #expect(!backup.stores("zz/" + String(repeating: "0", count: 40)))
    }

    @Test func `the layout without sub-folders is read`() async throws {
        let workspace = try Workspace()
        try Sample.write(workspace)
        let stored = Sample.stored("HomeDomain", "Library/SMS/sms.db")
        try FileManager.default.moveItem(
            atPath: workspace.path("backup/" + stored), toPath: workspace.path("backup/" + stored.dropFirst(3)))
        let backup = try await EvidenceOpener.open(workspace.path("backup"))
        #expect(try kindOfReading(backup, .home("Library/SMS/sms.db")) == nil)
        #expect(backup.stores(stored))
    }

    @Test func `many tasks read at once`() async throws {
        let workspace = try Workspace()
        let backup = try await EvidenceOpener.open(
            try Sample.write(workspace, encryption: Sample.encryption), credential: Sample.credential)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    let file = try backup.files(at: .home("Library/SMS/*.db")).first
                    return try file?.open().bytes() == Sample.messages
                }
            }
            for try await isSame in group { #expect(isSame) }
        }
    }

    @Test func `the summary says what the property lists say`() async throws {
        let workspace = try Workspace()
        let summary = try await EvidenceOpener.open(try Sample.write(workspace)).summary
        #expect(summary.kind == "ios-backup")
        #expect(summary.device == BackupWriter.Description.sampleDevice)
        #expect(summary.taken == Sample.moment)
        #expect(summary.remarks == [])
    }
}
