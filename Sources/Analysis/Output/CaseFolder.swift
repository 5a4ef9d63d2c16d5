import Foundation

/// A case folder while it is being written: beside its final name, and under it only when it is whole.
public struct CaseFolder: Sendable {
    /// The name under which it will stand.
    public let path: String
    /// The folder that is written into.
    public let staging: String
    private let replaces: Bool

    /// Makes the staging folder.
    ///
    /// Throws when the final name exists, unless `force` allows to replace it, and when it lies inside the evidence.
    public init(_ path: String, force: Bool, outside evidence: String?) throws(OutputError) {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        let parent = url.deletingLastPathComponent().resolvingSymlinksInPath()
        let target = parent.appendingPathComponent(url.lastPathComponent)
        if let evidence {
            let root = URL(fileURLWithPath: evidence).standardizedFileURL.resolvingSymlinksInPath().path
            guard target.path != root, !target.path.hasPrefix(root.hasSuffix("/") ? root : root + "/") else {
                throw OutputError(
                    path, "it lies inside the evidence, which is never written to; choose a folder elsewhere")
            }
        }
        let files = FileManager.default
        var isFolder: ObjCBool = false
        let exists = files.fileExists(atPath: target.path, isDirectory: &isFolder)
        let isEmpty = isFolder.boolValue && (try? files.contentsOfDirectory(atPath: target.path))?.isEmpty == true
        guard !exists || isEmpty || (force && isFolder.boolValue) else {
            throw OutputError(path, "it exists already; choose another folder, or replace it with --force")
        }
        replaces = exists
        self.path = target.path
        staging = parent.appendingPathComponent(".\(target.lastPathComponent).partial-\(getpid())").path
        do {
            try files.createDirectory(atPath: parent.path, withIntermediateDirectories: true)
            try? files.removeItem(atPath: staging)
            for folder in [staging, staging + "/records"] {
                try files.createDirectory(
                    atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            }
        } catch {
            throw OutputError(path, CaseFolder.reason(error))
        }
    }

    /// The path of a file while it is written.
    public func file(_ name: String) -> String { staging + "/" + name }

    /// Writes a whole file.
    public func write(_ name: String, _ bytes: [UInt8]) throws(OutputError) {
        let output = try OutputFile(creating: file(name))
        output.append(bytes)
        try output.close()
    }

    /// Gives the folder its final name.
    public func publish() throws(OutputError) {
        do {
            let old = staging + ".old"
            if replaces { try FileManager.default.moveItem(atPath: path, toPath: old) }
            try FileManager.default.moveItem(atPath: staging, toPath: path)
            if replaces { try FileManager.default.removeItem(atPath: old) }
        } catch {
            throw OutputError(path, CaseFolder.reason(error))
        }
    }

    /// Removes what was written.
    public func discard() { try? FileManager.default.removeItem(atPath: staging) }

    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        if let underlying, underlying.domain == NSPOSIXErrorDomain {
            return String(cString: strerror(Int32(underlying.code)))
        }
        return error.localizedDescription
    }
}
