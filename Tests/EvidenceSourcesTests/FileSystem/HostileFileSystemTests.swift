import ArtifactModel
import FileFormats
import Foundation
import Primitives
import SyntheticEvidence
import Testing

@testable import EvidenceSources

struct HostileFileSystemTests {
    static let home = "private/var/mobile/Library/"

    @Test func `links and pipes in a folder are not files, and lead nowhere`() async throws {
        let workspace = try Workspace()
        try workspace.makeFolder("evidence/" + Self.home + "real")
        try workspace.makeFolder("outside/below")
        try workspace.write("secret", to: "outside/secret")
        try workspace.write("secret", to: "outside/below/secret")
        try workspace.write("real", to: "evidence/" + Self.home + "real/file")
        let manager = FileManager.default
        for (name, target) in [("file", "outside/secret"), ("folder", "outside"), ("real/link", "outside/secret")] {
            try manager.createSymbolicLink(
                atPath: workspace.path("evidence/" + Self.home + name), withDestinationPath: workspace.path(target))
        }
        #expect(mkfifo(workspace.path("evidence/" + Self.home + "pipe"), 0o600) == 0)
        let image = try await FileSystemReadingTests.open(workspace.path("evidence"))
        #expect(try image.files(at: .home("Library/*")).isEmpty)
        #expect(try image.files(at: .home("Library/*/*")).map(\.name) == ["file"])
        #expect(try image.files(at: .home("Library/folder/secret")).isEmpty)
        // Exchanged for a link after the list was made.
        let file = try #require(try image.files(at: .home("Library/real/file")).first)
        #expect(try file.open().bytes() == Array("real".utf8))
        try workspace.remove("evidence/" + Self.home + "real")
        try manager.createSymbolicLink(
            atPath: workspace.path("evidence/" + Self.home + "real"), withDestinationPath: workspace.path("outside"))
        try workspace.write("secret", to: "outside/file")
        #expect(throws: ParseError.self) { try file.open() }
    }

    @Test func `a name that is not text is found and shown by its bytes`() async throws {
        let workspace = try Workspace()
        let name = Array((Self.home + "caf").utf8) + [0xE9, 0x2E, 0x64, 0x62]
        var tar = TarWriter()
        tar.add(bytes: name, Array("tar".utf8))
        try Data(tar.finish()).write(to: URL(fileURLWithPath: workspace.path("tar")))
        var zip = ZipWriter()
        zip.add(bytes: name, Array("zip".utf8))
        try Data(zip.finish()).write(to: URL(fileURLWithPath: workspace.path("zip")))
        for form in ["tar", "zip"] {
            let image = try await FileSystemReadingTests.open(workspace.path(form))
            let file = try #require(try image.files(at: .home("Library/*.db")).first)
            #expect(file.name == "caf\\xe9.db")
            #expect(try file.open().bytes() == Array(form.utf8))
            #expect(image.summary.remarks.contains { $0.contains("not UTF-8") })
        }
        #if os(Linux)
            try workspace.makeFolder("folder/" + Self.home)
            let path = Array(workspace.path("folder/").utf8) + name
            let descriptor = path.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { bytes in
                open(Array(bytes) + [0], O_CREAT | O_WRONLY, 0o600)
            }
            #expect(descriptor >= 0)
            close(descriptor)
            let image = try await FileSystemReadingTests.open(workspace.path("folder"))
            let file = try #require(try image.files(at: .home("Library/*.db")).first)
            #expect(file.name == "caf\\xe9.db")
            #expect(try file.open().count == 0)
        #endif
    }

    @Test(arguments: [SampleFileSystem.Form.tar, .zip])
    func `members outside and doubled are left out and told`(_ form: SampleFileSystem.Form) async throws {
        let workspace = try Workspace()
        let path = try SampleFileSystem.write(
            workspace, form,
            files: [
                ("/" + Self.home + "first", Array("first".utf8)), ("./" + Self.home + "first", Array("second".utf8)),
                (Self.home + "../../../../outside", [1]), ("../../outside", [1]),
            ])
        let image = try await FileSystemReadingTests.open(path)
        let file = try #require(try image.files(at: .home("Library/first")).first)
        #expect(try file.open().bytes() == Array("first".utf8))
        #expect(image.summary.remarks.contains { $0.hasPrefix("2 members have names that lead out") })
        #expect(image.summary.remarks.contains { $0.hasPrefix("1 member has the path of an earlier one") })
        #expect(!FileManager.default.fileExists(atPath: workspace.path("outside")))
    }

    @Test func `encrypted members are locked, and everything else is read`() async throws {
        let workspace = try Workspace()
        var options = ZipWriter.Options()
        options.isEncrypted = true
        var writer = ZipWriter()
        writer.add(Self.home + "locked", [1], options)
        writer.add(Self.home + "open", [1])
        try Data(writer.finish()).write(to: URL(fileURLWithPath: workspace.path("zip")))
        let image = try await FileSystemReadingTests.open(workspace.path("zip"))
        #expect(try kindOfReading(image, .home("Library/locked")) == .locked)
        #expect(try kindOfReading(image, .home("Library/open")) == nil)
        #expect(image.summary.remarks.contains { $0.hasPrefix("1 member is encrypted") })
    }

    @Test(arguments: SampleFileSystem.Form.readable.filter { $0 != .folder })
    func `an archive that was cut off gives what stood before the cut`(_ form: SampleFileSystem.Form) async throws {
        let workspace = try Workspace()
        var state: UInt64 = 1
        let noise = (0..<400_000).map { _ -> UInt8 in
            // Marsaglia's xorshift: nothing that could be packed.
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
        let path = try SampleFileSystem.write(
            workspace, form,
            files: [
                (Self.home + "a", Array("a".utf8)), (Self.home + "b", noise), (Self.home + "c", noise),
                (Self.home + "d", noise),
            ])
        try workspace.cut("evidence", to: try workspace.bytes("evidence").count / 2)
        do {
            let image = try await FileSystemReadingTests.open(path)
            #expect(
                image.summary.remarks.contains {
                    $0.contains("The list of files is damaged: truncated") || $0.contains("malformed")
                })
            #expect(try kindOfReading(image, .home("Library/a")) == nil)
            #expect(try image.files(at: .home("Library/d")).isEmpty)
            for file in try image.files(at: .home("Library/*")) { _ = try? file.open().bytes() }
        } catch let error as EvidenceError {
            // The blocks of bzip2 are larger than what stands before the cut.
            #expect(form == .tarBzip2 || form == .tarXz)
            #expect(error.code == .damaged)
        }
    }

    @Test(arguments: SampleFileSystem.Form.readable.filter { $0 != .folder })
    func `any damage is told, and nothing breaks`(_ form: SampleFileSystem.Form) async throws {
        let workspace = try Workspace()
        let whole = try SampleFileSystem.bytes(
            form, files: [(Self.home + "a", Array("a".utf8)), (Self.home + "b", Array(repeating: 9, count: 900))])
        for index in stride(from: 0, to: whole.count, by: max(1, whole.count / 150)) {
            var damaged = whole
            damaged[index] ^= 0x5A
            try Data(damaged).write(to: URL(fileURLWithPath: workspace.path("damaged")))
            do {
                let image = try await FileSystemReadingTests.open(workspace.path("damaged"))
                for file in try image.files(at: .home("Library/*")) { _ = try? file.open().bytes(limit: 1 << 20) }
            } catch let error as EvidenceError {
                #expect(error.code == .damaged || error.code == .notEvidence)
            }
        }
    }

    @Test func `a file larger than memory allows says so`() throws {
        #if canImport(CArchive)
            let workspace = try Workspace()
            let path = try SampleFileSystem.write(workspace, .tarXz)
            let store = try StreamedTar(try FileSource(path: path), memoryLimit: 60_000)
            let image = try FileSystemImage(store, path: path)
            #expect(try kindOfReading(image, .home("Library/SMS/sms.db")) == .beyondLimit)
            #expect(try kindOfReading(image, .home("Library/empty")) == nil)
        #endif
    }

    @Test func `places that are announced cost one pass, and later ones another`() throws {
        #if canImport(CArchive)
            let workspace = try Workspace()
            let path = try SampleFileSystem.write(workspace, .tarZstd)
            let store = try StreamedTar(try FileSource(path: path))
            let image = try FileSystemImage(store, path: path)
            #expect(store.passes == 0)
            image.expect([.home("Library/SMS/sms.db"), .application("*", "Library/Safari/History.db")])
            let messages = try #require(try image.files(at: .home("Library/SMS/sms.db")).first)
            #expect(try messages.open().bytes() == SampleFileSystem.messages)
            #expect(try messages.openWriteAheadLog()?.count == 3)
            for file in try image.files(at: .application("*", "Library/Safari/History.db")) { _ = try file.open() }
            #expect(store.passes == 1)
            #expect(try kindOfReading(image, .device("/private/var/db/diagnostics/shutdown.log")) == nil)
            #expect(store.passes == 2)
            // For its digest, for example; the second pass kept what the first had.
            #expect(try messages.open().bytes() == SampleFileSystem.messages)
            #expect(store.passes == 2)
        #endif
    }
}
