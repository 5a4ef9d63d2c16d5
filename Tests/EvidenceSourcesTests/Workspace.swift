import ArtifactModel
import EvidenceSources
import Foundation
import Primitives
import SyntheticEvidence
import Testing

/// A temporary folder that goes away with the test.
final class Workspace {
    let path: String

    init() throws {
        let base = NSTemporaryDirectory() + "bridle-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
        path = base
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func path(_ name: String) -> String { path + "/" + name }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }

    /// Cuts a file to its first bytes.
    func cut(_ name: String, to count: Int) throws {
        let bytes = try bytes(name)
        try Data(bytes.prefix(count)).write(to: URL(fileURLWithPath: path(name)))
    }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

    /// Every name below a folder with the bytes and the time of change, to see whether anything was touched.
    func state(of name: String) throws -> [String: String] {
        var state: [String: String] = [:]
        for entry in try FileManager.default.subpathsOfDirectory(atPath: path(name)) {
            let attributes = try FileManager.default.attributesOfItem(atPath: path(name) + "/" + entry)
            let content = FileManager.default.contents(atPath: path(name) + "/" + entry) ?? Data()
            state[entry] = "\(attributes[.modificationDate] ?? "") \(content.base64EncodedString())"
        }
        return state
    }
}

/// A made-up backup with one file of every sort.
enum Sample {
    static let password = "correct horse"
    static let messages = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    static let moment = Timestamp(unixSeconds: Int64(1_635_923_529))

    static let entries: [BackupWriter.Entry] = [
        .directory("HomeDomain", "Library"),
        .directory("HomeDomain", "Library/SMS"),
        .file("HomeDomain", "Library/SMS/sms.db", content: messages, modified: moment),
        .file("HomeDomain", "Library/empty", content: []),
        .file("AppDomain-com.example.one", "Library/Safari/History.db", content: Array("one".utf8)),
        .file("AppDomain-com.example.two", "Library/Safari/History.db", content: Array("two".utf8)),
        .file("AppDomain-com.example.two", "Library/Safari/Deep/History.db", content: Array("deep".utf8)),
        .file("AppDomainGroup-group.example", "shared [1]?.plist", content: Array("sixteen bytes...".utf8)),
        .file("HealthDomain", "Health/healthdb.sqlite", content: Array("health".utf8)),
        BackupWriter.Entry("HomeDomain", "Library/link", kind: .link("/etc/passwd")),
        BackupWriter.Entry("HomeDomain", "Library/gone.db", kind: .absentFile(size: 7)),
        .file("HomeDomain", "Library/locked.db", content: Array("locked".utf8), protectionClass: 11),
    ]

    @discardableResult static func write(
        _ workspace: Workspace, _ name: String = "backup", encryption: BackupEncryption? = nil,
        entries: [BackupWriter.Entry] = entries, description: BackupWriter.Description? = nil
    ) throws -> String {
        let writer = try BackupWriter(folder: workspace.path(name), encryption: encryption)
        for entry in entries { try writer.add(entry) }
        try writer.finish(description ?? BackupWriter.Description(date: moment))
        return workspace.path(name)
    }

    static var encryption: BackupEncryption { BackupEncryption(password: password) }
    static var credential: BackupCredential { .password { password } }

    /// Where a file of the backup is stored, relative to its folder.
    static func stored(_ domain: String, _ path: String) -> String {
        let identifier = BackupWriter.identifier(domain: domain, relativePath: path)
        return identifier.prefix(2) + "/" + identifier
    }
}

/// The code of the error that opening throws, or nothing if it opens.
func codeOfOpening(_ path: String, _ credential: BackupCredential = .none) async throws -> EvidenceError.Code? {
    do {
        _ = try await EvidenceOpener.open(path, credential: credential)
        return nil
    } catch let error as EvidenceError {
        return error.code
    }
}

/// The kind of the error that reading a file throws, or nothing if it can be read.
func kindOfReading(_ evidence: any Evidence, _ place: Place) throws -> ParseError.Kind? {
    let file = try #require(try evidence.files(at: place).first)
    do {
        _ = try file.open().bytes()
        return nil
    } catch {
        return error.kind
    }
}
