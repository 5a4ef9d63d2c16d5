import FileFormats
import Foundation
import Primitives
import SyntheticEvidence
import Testing

/// Backups for the tests, in a workspace.
enum Phone {
    static let password = "correct horse"
    static let messages = "apple.messages.text-messages"
    static let manifest = "apple.backup.manifest-entries"

    /// The phone of somebody of the demo, and the indicators.
    @discardableResult static func person(
        _ name: String, in workspace: Workspace, at folder: String = "backup"
    ) throws -> String {
        let person = try #require(SyntheticPerson.all.first { $0.folder == name })
        try SyntheticPhone(person).write(to: workspace.path(folder))
        return workspace.path(folder)
    }

    static func indicators(in workspace: Workspace) throws -> String {
        try workspace.write(IncidentIndicators.bundle, to: "indicators.stix2")
        return workspace.path("indicators.stix2")
    }

    /// A backup with these entries.
    @discardableResult static func backup(
        in workspace: Workspace, at folder: String = "backup", encryption: BackupEncryption? = nil,
        entries: [BackupWriter.Entry] = [], description: BackupWriter.Description = BackupWriter.Description()
    ) throws -> String {
        let writer = try BackupWriter(folder: workspace.path(folder), encryption: encryption)
        for entry in entries { try writer.add(entry) }
        // Without a list of applications a backup counts as damaged, and nothing else would show in `--strict`.
        var description = description
        description.information["Applications"] = .dictionary([:])
        try writer.finish(description)
        return workspace.path(folder)
    }

    static var encryption: BackupEncryption { BackupEncryption(password: password) }

    /// A database of text messages.
    static func messages(_ texts: [String] = ["an ordinary text"]) throws -> [UInt8] {
        let database = try SyntheticDatabase()
        try database.execute(Schema.messages)
        try database.insert("handle", ["id", "service"], [["+256700000100", "iMessage"]])
        try database.insert(
            "message", ["guid", "text", "handle_id", "date"],
            texts.enumerated().map { index, text in
                [.text("guid-\(index)"), .text(text), 1, .integer(657_446_400_000_000_000 + Int64(index))]
            })
        return try database.bytes()
    }

    static let messagesPath = "Library/SMS/sms.db"

    static func messagesEntry(_ bytes: [UInt8], protectionClass: UInt32 = 3) -> BackupWriter.Entry {
        .file("HomeDomain", messagesPath, content: bytes, protectionClass: protectionClass)
    }

    /// Where a file of a backup is stored, relative to the workspace.
    static func stored(_ path: String, domain: String = "HomeDomain", in folder: String = "backup") -> String {
        let identifier = BackupWriter.identifier(domain: domain, relativePath: path)
        return folder + "/" + identifier.prefix(2) + "/" + identifier
    }

    /// A binary property list of some 260 bytes that would unfold to 10^20 values.
    static let bomb: [UInt8] = {
        let depth = 20
        var bytes = Array("bplist00".utf8)
        var offsets: [UInt8] = []
        for level in 0..<depth {
            offsets.append(UInt8(bytes.count))
            bytes += [0xAA] + [UInt8](repeating: UInt8(level + 1), count: 10)
        }
        offsets.append(UInt8(bytes.count))
        bytes.append(0x09)
        let table = UInt8(bytes.count)
        bytes += offsets
        bytes += [0, 0, 0, 0, 0, 0, 1, 1]
        bytes += [0, 0, 0, 0, 0, 0, 0, UInt8(depth + 1)]
        bytes += [UInt8](repeating: 0, count: 8)
        bytes += [0, 0, 0, 0, 0, 0, 0, table]
        return bytes
    }()

    /// An XML property list whose entities would unfold to a gigabyte.
    static let entityBomb: [UInt8] = {
        var text = "<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY e0 \"spam\">"
        for level in 1...9 {
            text += "<!ENTITY e\(level) \"" + String(repeating: "&e\(level - 1);", count: 10) + "\">"
        }
        return Array(
            (text + "]><plist version=\"1.0\"><dict><key>Device Name</key><string>&e9;</string></dict></plist>").utf8)
    }()
}
