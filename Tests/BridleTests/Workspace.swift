import Foundation
import Testing

/// A temporary folder that goes away with the test.
final class Workspace: Sendable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bridle-door-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.resolvingSymlinksInPath().path
        try makeFolder("home")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func path(_ name: String) -> String { path + "/" + name }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
    }

    /// The names directly in a folder, hidden ones too.
    func names(_ name: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
    }

    /// Whether something that was being written was left behind.
    func hasLeftovers() throws -> Bool {
        try FileManager.default.subpathsOfDirectory(atPath: path).contains { $0.contains(".partial-") }
    }

    /// Every name below a folder with the bytes, the mode and the time of change.
    func state(of name: String) throws -> [String: String] {
        var state: [String: String] = [:]
        for entry in try FileManager.default.subpathsOfDirectory(atPath: path(name)) {
            let full = path(name) + "/" + entry
            let attributes = try FileManager.default.attributesOfItem(atPath: full)
            let content = FileManager.default.contents(atPath: full) ?? Data()
            state[entry] =
                "\(attributes[.modificationDate] ?? "") \(attributes[.posixPermissions] ?? "") "
                + content.base64EncodedString()
        }
        return state
    }

    /// A JSON object.
    func json(_ name: String) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(try bytes(name)))
        return try #require(object as? [String: Any])
    }

    /// What coverage says of one artefact.
    func coverage(_ artifact: String, in folder: String) throws -> [String: Any] {
        let artifacts = try #require(try json(folder + "/coverage.json")["artifacts"] as? [[String: Any]])
        return try #require(artifacts.first { $0["artifact"] as? String == artifact })
    }

    func status(_ artifact: String, in folder: String) throws -> String? {
        try coverage(artifact, in: folder)["status"] as? String
    }

    /// The kinds of everything that coverage says stopped or damaged the reading of one artefact.
    func damageKinds(_ artifact: String, in folder: String) throws -> Set<String> {
        let files = try #require(try coverage(artifact, in: folder)["files"] as? [[String: Any]])
        var kinds: Set<String> = []
        for file in files {
            let listed =
                (file["listed_damages"] as? [[String: Any]] ?? []) + [file["stopped_because"] as? [String: Any] ?? [:]]
            for damage in listed { if let kind = damage["kind"] as? String { kinds.insert(kind) } }
        }
        return kinds
    }
}
