import ArtifactModel
import EvidenceSources
import FileFormats
import Foundation
import Primitives
import SyntheticEvidence
import Testing

/// Going through every file of the evidence.
struct WalkTests {
    private func walk(_ evidence: some Evidence) throws -> [EvidenceFile] {
        var files: [EvidenceFile] = []
        try evidence.forEachFile { files.append($0) }
        return files
    }

    @Test(arguments: SampleFileSystem.Form.readable)
    func `every file of a file system is met once, under its path on the device`(
        _ form: SampleFileSystem.Form
    ) async throws {
        let workspace = try Workspace()
        let image = try await FileSystemReadingTests.open(try SampleFileSystem.write(workspace, form))
        image.expectEveryFile()
        let files = try walk(image)
        let expected = SampleFileSystem.files.map(\.path).sorted()
        #expect(files.map(\.citation).sorted() == expected)
        #expect(Set(files.map(\.devicePath)).count == files.count)
        for file in files {
            let content = try #require(SampleFileSystem.files.first { $0.path == file.citation }).content
            #expect(try file.open().bytes() == content)
            #expect(try file.status().size == content.count)
            #expect(try file.contentDigest() == file.digest())
        }
        #expect(
            files.contains { $0.devicePath.hasSuffix("/Data/Application/com.example.one/Library/Safari/History.db") })
        let again = try walk(image)
        #expect(again.map(\.devicePath) == files.map(\.devicePath))
        #expect(image.canHold(.rootFolder))
        #expect(try image.files(at: .rootFolder).map(\.devicePath) == ["/"])
    }

    @Test func `every file of a backup is met once, and hashed by its content`() async throws {
        let workspace = try Workspace()
        let plain = try await EvidenceOpener.open(try Sample.write(workspace, "plain"))
        let encrypted = try await EvidenceOpener.open(
            try Sample.write(workspace, "encrypted", encryption: Sample.encryption), credential: Sample.credential)
        let (left, right) = (try walk(plain), try walk(encrypted))
        #expect(!left.isEmpty)
        #expect(left.map(\.devicePath).sorted() == right.map(\.devicePath).sorted())
        let messages = try #require(left.first { $0.devicePath.hasSuffix("/sms.db") })
        let other = try #require(right.first { $0.devicePath.hasSuffix("/sms.db") })
        #expect(try messages.contentDigest() == other.contentDigest())
        #expect(try messages.digest() == messages.contentDigest())
        #expect(try other.digest() != other.contentDigest())
        #expect(!plain.canHold(.rootFolder))
        #expect(plain.canHold(.everything))
    }

    @Test func `a walk ends where its reader ends it`() async throws {
        let workspace = try Workspace()
        let image = try await FileSystemReadingTests.open(try SampleFileSystem.write(workspace, .tar))
        var count = 0
        #expect(throws: CancellationError.self) {
            try image.forEachFile { _ in
                count += 1
                if count == 3 { throw CancellationError() }
            }
        }
        #expect(count == 3)
    }

    @Test func `an archive that unpacks forwards is read seldom on a walk that was announced`() async throws {
        let workspace = try Workspace()
        let image = try await FileSystemReadingTests.open(try SampleFileSystem.write(workspace, .tarXz))
        image.expectEveryFile()
        for file in try walk(image) { _ = try file.contentDigest() }
        for file in try walk(image) { _ = try file.contentDigest() }
    }

    @Test func `the times of tar members are told to the microsecond`() async throws {
        // A pax header with a fraction, as bsdtar writes it, before a member with whole seconds in its own header.
        var writer = TarWriter(longNames: .pax)
        writer.addRecords([("mtime", Array("1638259200.123456789".utf8))])
        writer.add("private/var/mobile/Library/SMS/sms.db", Array("x".utf8))
        writer.addRecords([("mtime", Array("99999999999999999999".utf8))])
        writer.add("private/var/mobile/Library/SMS/sms.db-wal", Array("y".utf8))
        let workspace = try Workspace()
        try Data(writer.finish()).write(to: URL(fileURLWithPath: workspace.path("evidence.tar")))
        let image = try await FileSystemReadingTests.open(workspace.path("evidence.tar"))
        let status = try #require(try walk(image).first).status()
        #expect(status.modified == Timestamp(rfc3339: "2021-11-30T08:00:00.123456Z"))
        #expect(status.size == 1)
        #expect(try walk(image).last?.status().modified == nil)
    }
}
