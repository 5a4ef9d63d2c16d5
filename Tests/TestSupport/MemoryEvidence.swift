public import ArtifactModel
public import Primitives

/// Evidence that exists only in memory: what artefacts are tested with.
public struct MemoryEvidence: Evidence {
    /// Content by absolute device path.
    public var device: [String: [UInt8]]
    /// Content by path relative to the container.
    public var container: [String: [UInt8]]

    /// Evidence with these files.
    public init(device: [String: [UInt8]] = [:], container: [String: [UInt8]] = [:]) {
        self.device = device
        self.container = container
    }

    public var summary: EvidenceSummary { EvidenceSummary(kind: "memory", path: "memory") }

    public func stores(_ containerPath: String) -> Bool {
        container.keys.contains { $0 == containerPath || $0.hasSuffix("/" + containerPath) }
    }

    public func forEachFile(_ body: (EvidenceFile) throws -> Void) throws {
        for path in device.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            try body(file(path, of: device, citation: String(path.dropFirst())))
        }
    }

    public func files(at place: Place) throws(ParseError) -> [EvidenceFile] {
        if place == .everything || place == .rootFolder {
            return [
                EvidenceFile(
                    devicePath: "/", citation: "/",
                    open: { () throws(ParseError) -> any ByteSource in throw ParseError(.malformed, "a regular file") })
            ]
        }
        let files = place.root == .device ? device : container
        return files.keys.filter(place.matches).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { path in
            file(path, of: files, citation: place.root == .device ? String(path.dropFirst()) : path)
        }
    }

    private func file(_ path: String, of files: [String: [UInt8]], citation: String) -> EvidenceFile {
        var openLog: (@Sendable () throws(ParseError) -> any ByteSource)?
        if let log = files[path + "-wal"] {
            openLog = { () throws(ParseError) -> any ByteSource in MemorySource(log) }
        }
        return EvidenceFile(
            devicePath: path, citation: citation,
            owner: MemoryEvidence.owner(of: path),
            open: { () throws(ParseError) -> any ByteSource in
                guard let bytes = files[path] else { throw ParseError(.absent, "a stored file") }
                return MemorySource(bytes)
            },
            writeAheadLog: openLog,
            hash: { (content) throws(ParseError) -> String in SHA256.digits(of: try content.bytes()) },
            status: { () throws(ParseError) -> FileStatus in FileStatus(size: files[path]?.count) })
    }

    /// The component behind `Application`, `AppGroup` or `SystemGroup`.
    private static func owner(of path: String) -> String? {
        let parts = path.split(separator: "/")
        guard let index = parts.firstIndex(where: { ["Application", "AppGroup", "SystemGroup"].contains($0) }),
            index + 1 < parts.count, parts.contains("Containers") || parts.contains("containers")
        else { return nil }
        return String(parts[index + 1])
    }
}
