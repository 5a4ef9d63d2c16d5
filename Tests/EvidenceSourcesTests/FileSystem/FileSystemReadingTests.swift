import ArtifactModel
import EvidenceSources
import FileFormats
import Foundation
import Primitives
import SyntheticEvidence
import Testing

struct FileSystemReadingTests {
    static func open(_ path: String, expected: [Place] = []) async throws -> FileSystemImage {
        try #require(try await EvidenceOpener.open(path, expected: expected) as? FileSystemImage)
    }

    @Test(arguments: SampleFileSystem.Form.readable)
    func `every form reads the same, and is the same afterwards`(_ form: SampleFileSystem.Form) async throws {
        let workspace = try Workspace()
        let path = try SampleFileSystem.write(workspace, form)
        let before = try workspace.state(of: ".")
        let image = try await Self.open(path)
        #expect(image.summary.kind == "ios-filesystem")
        #expect(image.summary.path == path)
        #expect(image.summary.remarks == ["1 container does not say whose it is; its files are found under its UUID."])
        for (place, paths) in SampleFileSystem.places {
            #expect(try image.files(at: place).map(\.devicePath) == paths, "\(place.pattern)")
        }
        for file in SampleFileSystem.files {
            let place = Place.device("/" + file.path)
            guard let found = try image.files(at: place).first else {
                // Under its identifier, as all containers.
                #expect(file.path.contains("ontainers/"))
                continue
            }
            #expect(found.citation == file.path)
            #expect(try found.open().bytes() == file.content)
            #expect(try found.open().damage.isEmpty)
        }
        let messages = try #require(try image.files(at: .home("Library/SMS/sms.db")).first)
        #expect(try messages.openWriteAheadLog()?.bytes() == Array("log".utf8))
        let history = try image.files(at: .application("*", "Library/Safari/History.db"))
        #expect(try history.map { try $0.open().bytes() } == [Array("two".utf8), Array("one".utf8)])
        #expect(history.map(\.owner) == [nil, "com.example.one"])
        #expect(
            history.last?.citation == "private/var/mobile/Containers/Data/Application/\(SampleFileSystem.application)"
                + "/Library/Safari/History.db")
        #expect(try history.first?.openWriteAheadLog() == nil)
        // FIPS 180-2, appendix B.1.
        let preferences = try #require(try image.files(at: .home("Library/Preferences/.Global*")).first)
        #expect(try preferences.digest() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(image.stores("private/var/mobile/Library/SMS/sms.db"))
        #expect(!image.stores("Info.plist"))
        #expect(try workspace.state(of: ".") == before)
    }

    @Test(arguments: SampleFileSystem.Form.readable)
    func `the device is described by its own files`(_ form: SampleFileSystem.Form) async throws {
        let workspace = try Workspace()
        let path = try SampleFileSystem.write(workspace, form)
        var device = EvidenceSummary.Device()
        device.name = "Synthetic iPhone"
        device.productType = "iPhone12,1"
        device.osVersion = "16.1"
        device.osBuild = "20B82"
        device.serialNumber = "SYNTHETIC000"
        device.imei = "000000000000000"
        device.identifier = "00008030-0000000000000000"
        #expect(try EvidenceOpener.describe(path).device == device)
    }

    @Test(arguments: [SampleFileSystem.Form.folder, .tar, .zipDeflated])
    func `the root may lie below a folder, without private, or be the volume of data`(
        _ form: SampleFileSystem.Form
    ) async throws {
        let workspace = try Workspace()
        let data = SampleFileSystem.files.filter { $0.path.hasPrefix("private/var/") }
        let layouts: [(name: String, files: [(path: String, content: [UInt8])])] = [
            ("prefix", SampleFileSystem.files.map { ("Dump/fs/" + $0.path, $0.content) }),
            ("var", SampleFileSystem.files.map { ("Dump/" + $0.path.replacing("private/", with: ""), $0.content) }),
            ("bare", data.map { (String($0.path.dropFirst("private/var/".count)), $0.content) }),
            (
                "volumes",
                data.map { ("filesystem2/" + $0.path.dropFirst("private/var/".count), $0.content) }
                    + [("filesystem1/" + SampleFileSystem.files[0].path, SampleFileSystem.files[0].content)]
            ),
        ]
        for layout in layouts {
            let path = try SampleFileSystem.write(workspace, form, layout.name, files: layout.files)
            let image = try await Self.open(path)
            for (place, paths) in SampleFileSystem.places {
                #expect(try image.files(at: place).map(\.devicePath) == paths, "\(layout.name) \(place.pattern)")
            }
            #expect(!image.summary.remarks.contains { $0.contains("looks like") }, "\(layout.name)")
            // A folder is opened at its root, so a volume beside it is not seen.
            if layout.name != "bare", !(form == .folder && layout.name == "volumes") {
                #expect(image.summary.device.osVersion == "16.1", "\(layout.name)")
            }
        }
    }

    @Test func `of several roots the one with most files is read, and the others are named`() async throws {
        let workspace = try Workspace()
        let few = SampleFileSystem.files.prefix(5).map { (path: "a-old/" + $0.path, content: Array("old".utf8)) }
        let all = SampleFileSystem.files.map { (path: "b-new/" + $0.path, content: $0.content) }
        let image = try await Self.open(try SampleFileSystem.write(workspace, .zip, files: few + all))
        let file = try #require(try image.files(at: .home("Library/SMS/sms.db")).first)
        #expect(file.citation == "b-new/private/var/mobile/Library/SMS/sms.db")
        #expect(
            image.summary.remarks.contains(
                "a-old looks like the root of a device, too, and is not read: more files lie below b-new."))
    }

    @Test func `a database and its log read together`() async throws {
        let workspace = try Workspace()
        let (main, log) = try SQLite.databaseWithLog(in: workspace)
        for form in SampleFileSystem.Form.readable {
            let path = try SampleFileSystem.write(
                workspace, form, "e-" + form.rawValue,
                files: [
                    ("private/var/mobile/Library/SMS/sms.db", main),
                    ("private/var/mobile/Library/SMS/sms.db-wal", log),
                ])
            let file = try #require(try await Self.open(path).files(at: .home("Library/SMS/sms.db")).first)
            let texts = try SQLite.texts(in: file.open(), log: file.openWriteAheadLog())
            #expect(texts == ["in the file", "in the log"], "\(form)")
        }
    }

    @Test func `a hostile or damaged description of a container leaves the UUID`() async throws {
        let workspace = try Workspace()
        var files = [(path: "private/var/mobile/Library/x", content: [UInt8(1)])]
        let contents = ["..", "a/b", "", "a\u{1B}b", String(repeating: "x", count: 300)].map(SampleFileSystem.metadata)
        for (index, content) in (contents + [[1, 2, 3]]).enumerated() {
            let container = SampleFileSystem.containers + "Data/Application/0A1B2C3D-0000-4000-8000-00000000000\(index)"
            files.append((container + SampleFileSystem.metadataName, content))
            files.append((container + "/file", [1]))
        }
        let image = try await Self.open(try SampleFileSystem.write(workspace, .zip, files: files))
        let found = try image.files(at: .application("*", "file"))
        #expect(found.count == 6)
        #expect(found.allSatisfy { $0.devicePath.contains("/0A1B2C3D-") && $0.owner == nil })
        #expect(image.summary.remarks.contains { $0.hasPrefix("6 containers' descriptions can't be read") })
    }

    @Test func `two containers of one identifier are both read`() async throws {
        let workspace = try Workspace()
        let folder = SampleFileSystem.containers + "Data/Application/"
        let files = [SampleFileSystem.application, SampleFileSystem.unnamed].flatMap { uuid in
            [
                (path: folder + uuid + SampleFileSystem.metadataName, content: SampleFileSystem.metadata("same")),
                (path: folder + uuid + "/file", content: Array(uuid.utf8)),
            ]
        }
        let image = try await Self.open(try SampleFileSystem.write(workspace, .tar, files: files))
        let found = try image.files(at: .application("same", "file"))
        #expect(Set(found.map(\.devicePath)).count == 1)
        #expect(Set(found.map(\.citation)).count == 2)
    }
}
