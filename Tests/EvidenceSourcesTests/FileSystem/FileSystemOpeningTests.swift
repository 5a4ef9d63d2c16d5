import ArtifactModel
import EvidenceSources
import Foundation
import Primitives
import SyntheticEvidence
import Testing

struct FileSystemOpeningTests {
    @Test func `the only file system or archive below a folder is taken`() async throws {
        let workspace = try Workspace()
        try workspace.makeFolder("above/folder")
        _ = try SampleFileSystem.write(workspace, .folder, "above/folder/dump")
        let image = try await FileSystemReadingTests.open(workspace.path("above"))
        #expect(image.summary.location == workspace.path("above/folder/dump"))
        #expect(image.summary.path == workspace.path("above"))
        try workspace.makeFolder("case")
        _ = try SampleFileSystem.write(workspace, .zip, "case/EXTRACTION_FFS.zip")
        try workspace.write("report", to: "case/report.txt")
        let archive = try await FileSystemReadingTests.open(workspace.path("case"))
        #expect(try archive.files(at: .home("Library/SMS/sms.db")).count == 1)
        _ = try SampleFileSystem.write(workspace, .tar, "case/second.tar")
        #expect(try await codeOfOpening(workspace.path("case")) == .several)
    }

    @Test func `a backup and a file system beside each other are listed`() async throws {
        let workspace = try Workspace()
        try Sample.write(workspace, "one")
        _ = try SampleFileSystem.write(workspace, .folder, "two")
        do {
            _ = try await EvidenceOpener.open(workspace.path)
            Issue.record("expected an error")
        } catch let error as EvidenceError {
            #expect(error.code == .several)
            #expect(error.message.contains("one, Synthetic iPhone"))
            #expect(error.message.contains("two, file system"))
        }
    }

    @Test func `a link to an archive that a person named is followed`() async throws {
        let workspace = try Workspace()
        let path = try SampleFileSystem.write(workspace, .zip)
        try FileManager.default.createSymbolicLink(atPath: workspace.path("link"), withDestinationPath: path)
        #expect(try await codeOfOpening(workspace.path("link")) == nil)
    }

    @Test func `what is no file system is told apart, and the message names what is accepted`() async throws {
        let workspace = try Workspace()
        try workspace.write("text", to: "text")
        try workspace.makeFolder("backup")
        try workspace.write("text", to: "backup/Manifest.db")
        let other = [(path: "some/file", content: [UInt8(1)])]
        let inner = [(path: "00008030/Manifest.db", content: [UInt8(1)])]
        _ = try SampleFileSystem.write(workspace, .zip, "other.zip", files: other)
        _ = try SampleFileSystem.write(workspace, .tar, "other.tar", files: other)
        _ = try SampleFileSystem.write(workspace, .zip, "backup.zip", files: inner)
        try Data(ZipWriter.gzipped(Array("a log".utf8))).write(to: URL(fileURLWithPath: workspace.path("log.gz")))
        for (name, code, words) in [
            ("text", EvidenceError.Code.notEvidence, "the folder of an iOS backup, or the file system of a device"),
            ("backup/Manifest.db", .notEvidence, "give the folder of the backup"),
            ("other.zip", .notEvidence, "private/var/mobile"), ("other.tar", .notEvidence, "private/var/mobile"),
            ("backup.zip", .notEvidence, "unpack it"), ("log.gz", .damaged, "can't be read as an archive"),
            ("missing", .notThere, "a tar or a zip archive"), ("/dev/null", .notEvidence, "is not a folder"),
        ] {
            do {
                _ = try await EvidenceOpener.open(name.hasPrefix("/") ? name : workspace.path(name))
                Issue.record("expected an error: \(name)")
            } catch let error as EvidenceError {
                #expect(error.code == code, "\(name): \(error)")
                #expect(error.message.contains(words), "\(error)")
            }
        }
        await #expect(throws: EvidenceError.self) {
            try await EvidenceOpener.openBackup(workspace.path("other.zip"))
        }
    }

    @Test func `an archive of 100 000 files is listed`() async throws {
        let workspace = try Workspace()
        var writer = ZipWriter()
        for index in 0..<100_000 {
            writer.add("private/var/mobile/Media/DCIM/\(index % 100)APPLE/IMG_\(index).HEIC", [])
        }
        writer.add("private/var/mobile/Library/SMS/sms.db", [1])
        try Data(writer.finish()).write(to: URL(fileURLWithPath: workspace.path("zip")))
        let image = try await FileSystemReadingTests.open(workspace.path("zip"))
        #expect(try image.files(at: .home("Library/SMS/sms.db")).count == 1)
        #expect(try image.files(at: .home("Media/DCIM/7APPLE/IMG_*7.HEIC")).count == 1_000)
        #expect(image.summary.remarks.isEmpty)
    }
}
