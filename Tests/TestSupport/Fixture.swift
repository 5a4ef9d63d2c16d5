public import Foundation

/// A folder of `Tests/Fixtures`: evidence made of text, and what an artefact must say of it.
///
///     Tests/Fixtures/apple.web.safari-history/redirects/
///         device/private/var/mobile/Library/Safari/History.db.sql     becomes History.db
///         device/…/History.db-wal.sql                                 statements that stay in the write-ahead log
///         device/…/thing.plist                                        stays as it is
///         device/…/blob.hex                                           hexadecimal digits become bytes, `#` starts a comment
///         container/Info.plist                                        a file of the container itself
///         expected.jsonl                                              recorded on the first run, which fails
public struct Fixture: Sendable {
    /// The artefact that it belongs to.
    public let artifact: String
    /// The name of the case.
    public let name: String
    /// Its folder.
    public let folder: URL

    /// `Tests/Fixtures`
    public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    /// Every fixture, in the order of artefact and name.
    public static let all: [Fixture] = {
        subfolders(root).flatMap { artifact in
            subfolders(artifact).map {
                Fixture(artifact: artifact.lastPathComponent, name: $0.lastPathComponent, folder: $0)
            }
        }
    }()

    /// `artifact/name`
    public var testDescription: String { "\(artifact)/\(name)" }

    /// The evidence that the folder describes.
    public func evidence() throws -> MemoryEvidence {
        MemoryEvidence(
            device: try files("device").reduce(into: [:]) { $0["/" + $1.key] = $1.value },
            container: try files("container"))
    }

    /// What the artefact must say, or nothing if it was not recorded yet.
    public func expected() throws -> String? {
        let file = folder.appending(path: "expected.jsonl")
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    /// Records what the artefact says.
    public func record(_ transcript: String) throws {
        try Data(transcript.utf8).write(to: folder.appending(path: "expected.jsonl"))
    }

    private func files(_ name: String) throws -> [String: [UInt8]] {
        let start = folder.appending(path: name).path
        guard let paths = FileManager.default.enumerator(atPath: start)?.allObjects as? [String] else { return [:] }
        var files: [String: [UInt8]] = [:]
        for path in paths.sorted() {
            let url = URL(fileURLWithPath: start).appending(path: path)
            guard (try url.resourceValues(forKeys: [.isRegularFileKey])).isRegularFile == true else { continue }
            let content = try Data(contentsOf: url)
            if path.hasSuffix("-wal.sql") {
                continue
            } else if path.hasSuffix(".sql") {
                let log = start + "/" + path.dropLast(4) + "-wal.sql"
                let logged = try? String(contentsOf: URL(fileURLWithPath: log), encoding: .utf8)
                let built = try DatabaseBuilder.build(String(decoding: content, as: UTF8.self), writeAheadLog: logged)
                files[String(path.dropLast(4))] = built.main
                if let bytes = built.log { files[path.dropLast(4) + "-wal"] = bytes }
            } else if path.hasSuffix(".hex") {
                files[String(path.dropLast(4))] = try Fixture.bytes(
                    hexadecimal: String(decoding: content, as: UTF8.self))
            } else {
                files[path] = Array(content)
            }
        }
        return files
    }

    /// Bytes from hexadecimal digits; white space is free, `#` starts a comment.
    static func bytes(hexadecimal text: String) throws -> [UInt8] {
        let digits = text.split(separator: "\n").flatMap { $0.prefix { $0 != "#" } }.filter { !$0.isWhitespace }
        guard digits.count.isMultiple(of: 2) else {
            throw DatabaseBuilder.Failure(description: "an even number of hexadecimal digits is expected")
        }
        return try stride(from: 0, to: digits.count, by: 2).map { index in
            guard let byte = UInt8(String(digits[index...index + 1]), radix: 16) else {
                throw DatabaseBuilder.Failure(description: "hexadecimal digits are expected")
            }
            return byte
        }
    }

    private static func subfolders(_ folder: URL) -> [URL] {
        let found = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)
        return (found ?? []).filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true }
            .sorted { $0.lastPathComponent.utf8.lexicographicallyPrecedes($1.lastPathComponent.utf8) }
    }
}
