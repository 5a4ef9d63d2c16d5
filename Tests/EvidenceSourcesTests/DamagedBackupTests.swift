import ArtifactModel
import EvidenceSources
import Foundation
import Primitives
import SyntheticEvidence
import Testing

struct DamagedBackupTests {
    @Test func `listed and not stored is said when it is opened`() async throws {
        let workspace = try Workspace()
        let backup = try await EvidenceOpener.open(try Sample.write(workspace))
        #expect(try kindOfReading(backup, .home("Library/gone.db")) == .absent)
    }

    @Test func `a file under a key that only the device has is locked`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace, encryption: Sample.encryption)
        let backup = try await EvidenceOpener.open(path, credential: Sample.credential)
        #expect(try kindOfReading(backup, .home("Library/locked.db")) == .locked)
        #expect(try kindOfReading(backup, .home("Library/SMS/sms.db")) == nil)
    }

    @Test(arguments: ["NULL", "x'00'", "'text'"])
    func `an encrypted file whose record can't be read says so`(_ record: String) async throws {
        let workspace = try Workspace()
        let path = try Sample.write(
            workspace, encryption: BackupEncryption(password: Sample.password, encryptsManifest: false))
        try SQLite.run("UPDATE Files SET file = \(record)", on: workspace.path("backup/Manifest.db"))
        let backup = try await EvidenceOpener.open(path, credential: Sample.credential)
        let kind = try kindOfReading(backup, .home("Library/SMS/sms.db"))
        #expect(kind == .malformed || kind == .truncated)
    }

    @Test func `a link in place of a stored file is not followed`() async throws {
        let workspace = try Workspace()
        try Sample.write(workspace)
        let stored = "backup/" + Sample.stored("HomeDomain", "Library/SMS/sms.db")
        try workspace.remove(stored)
        try workspace.write("outside", to: "outside")
        try FileManager.default.createSymbolicLink(
            atPath: workspace.path(stored), withDestinationPath: workspace.path("outside"))
        let backup = try await EvidenceOpener.open(workspace.path("backup"))
        #expect(try kindOfReading(backup, .home("Library/SMS/sms.db")) == .malformed)
        #expect(!backup.stores(String(stored.dropFirst(7))))
    }

    @Test func `a link in place of a sub-folder is not followed`() async throws {
        let workspace = try Workspace()
        try Sample.write(workspace)
        let folder = "backup/" + Sample.stored("HomeDomain", "Library/SMS/sms.db").prefix(2)
        try FileManager.default.moveItem(atPath: workspace.path(folder), toPath: workspace.path("moved"))
        try FileManager.default.createSymbolicLink(
            atPath: workspace.path(folder), withDestinationPath: workspace.path("moved"))
        let backup = try await EvidenceOpener.open(workspace.path("backup"))
        #expect(try kindOfReading(backup, .home("Library/SMS/sms.db")) == .absent)
    }

    @Test(arguments: [
        "../outside", "..", "", "/etc/passwd", "ab/../../outside", "ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD",
        "abcdefabcdefabcdefabcdefabcdefabcdefabc", "../../../../../../../../../../outside/aaaaaaaaaa",
    ])
    func `a file id that is none is refused`(_ identifier: String) async throws {
        let workspace = try Workspace()
        try workspace.write("outside", to: "outside")
        try Sample.write(workspace)
        try SQLite.run(
            "UPDATE Files SET fileID = '\(identifier)' WHERE relativePath = 'Library/SMS/sms.db'",
            on: workspace.path("backup/Manifest.db"))
        let backup = try await EvidenceOpener.open(workspace.path("backup"))
        #expect(try kindOfReading(backup, .home("Library/SMS/sms.db")) == .malformed)
    }

    @Test func `a manifest that is cut off is opened with a remark`() async throws {
        let workspace = try Workspace()
        let many = (0..<400).map { BackupWriter.Entry.file("HomeDomain", "file \($0)", content: []) }
        try Sample.write(workspace, entries: many)
        let size = try workspace.bytes("backup/Manifest.db").count
        try workspace.cut("backup/Manifest.db", to: size / 2)
        let backup = try await EvidenceOpener.open(workspace.path("backup"))
        #expect(backup.summary.remarks.contains { $0.contains("Manifest.db is damaged") })
    }

    @Test(arguments: [0, 10, 50])
    func `a manifest of which next to nothing is left is damaged`(_ size: Int) async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace)
        try workspace.cut("backup/Manifest.db", to: size)
        #expect(try await codeOfOpening(path) == .damaged)
    }

    @Test func `an encrypted manifest that is cut off is not a wrong password`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace, encryption: Sample.encryption)
        try workspace.cut("backup/Manifest.db", to: 50)
        #expect(try await codeOfOpening(path, Sample.credential) == .damaged)
        #expect(try await codeOfOpening(path, .password { "wrong" }) == .passwordWrong)
    }

    @Test func `a database without a list of files is not a backup`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace)
        try SQLite.run("DROP TABLE Files", on: workspace.path("backup/Manifest.db"))
        #expect(try await codeOfOpening(path) == .damaged)
    }

    @Test func `without Info plist it goes on with a remark`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace)
        try workspace.remove("backup/Info.plist")
        let summary = try await EvidenceOpener.open(path).summary
        #expect(summary.remarks.contains { $0.hasPrefix("Info.plist is missing") })
        #expect(summary.device.productType == "iPhone12,1")
        #expect(summary.device.imei == nil)
        #expect(summary.taken == Sample.moment)
    }

    @Test func `an unreadable Info plist is a remark`() async throws {
        let workspace = try Workspace()
        let path = try Sample.write(workspace)
        try workspace.write("<plist><dict><key>", to: "backup/Info.plist")
        let summary = try await EvidenceOpener.open(path).summary
        #expect(summary.remarks.contains { $0.hasPrefix("Info.plist can't be read") })
    }

    @Test func `without Manifest plist a plain backup opens and an encrypted one says why not`() async throws {
        let workspace = try Workspace()
        let plain = try Sample.write(workspace, "plain")
        let encrypted = try Sample.write(workspace, "encrypted", encryption: Sample.encryption)
        try workspace.remove("plain/Manifest.plist")
        try workspace.remove("encrypted/Manifest.plist")
        #expect(try await codeOfOpening(plain) == nil)
        #expect(try await codeOfOpening(encrypted, Sample.credential) == .damaged)
    }

    @Test func `without property lists a manifest is still a backup`() async throws {
        let workspace = try Workspace()
        var description = BackupWriter.Description()
        description.omitted = ["Info.plist", "Manifest.plist", "Status.plist"]
        let path = try Sample.write(workspace, description: description)
        let summary = try await EvidenceOpener.open(path).summary
        #expect(summary.remarks.count == 3)
        #expect(summary.device == EvidenceSummary.Device())
    }

    @Test func `a backup that was not finished has a remark`() async throws {
        let workspace = try Workspace()
        var description = BackupWriter.Description()
        description.snapshotState = "uploading"
        let path = try Sample.write(workspace, description: description)
        #expect(try EvidenceOpener.describe(path).remarks.contains { $0.hasPrefix("Status.plist does not say") })
    }
}
