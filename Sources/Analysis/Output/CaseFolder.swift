import Foundation

/// A case folder while it is being written: beside its final name, and under it only when it is whole.
public struct CaseFolder: Sendable {
    /// The name under which it will stand.
    public let path: String
    /// The folder that is written into.
    public let staging: String
    private let replaces: Bool

    /// The file that every case has: a folder without it is none, and is never replaced.
    private static let mark = "case.json"

    /// Makes the staging folder.
    ///
    /// Throws when the final name exists, unless it is an empty folder or `force` allows to replace an earlier case,
    /// and when output and evidence lie within each other.
    public init(_ path: String, force: Bool, outside evidence: [String]) throws(OutputError) {
        guard !path.isEmpty else { throw OutputError("an empty path", "the name of a folder is expected") }
        let target = try CaseFolder.resolved(path)
        for evidence in evidence {
            guard !Nesting.path(target.path, liesIn: evidence) else {
                throw OutputError(
                    path, "it lies inside the evidence, which is never written to; choose a folder elsewhere")
            }
        }
        replaces = try CaseFolder.isReplaced(target.path, as: path, force: force)
        for evidence in evidence where replaces {
            guard !Nesting.path(evidence, liesIn: target.path) else {
                throw OutputError(path, "the evidence lies inside it and would be removed; choose a folder elsewhere")
            }
        }
        self.path = target.path
        let parent = target.deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw OutputError(path, CaseFolder.reason(error))
        }
        // Unique, since two machines can write beside each other; short, since a name has at most 255 bytes.
        let name = ".\(target.lastPathComponent.prefix(40)).partial-XXXXXX"
        var template = Array((parent + (parent.hasSuffix("/") ? "" : "/") + name).utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } != nil }
        guard made else { throw OutputError(path, errno: errno) }
        staging = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard mkdir(staging + "/records", 0o700) == 0 else {
            let cause = errno
            rmdir(staging)
            throw OutputError(path, errno: cause)
        }
    }

    /// Where a path leads: through links above it, and through itself if it is a link to a folder.
    private static func resolved(_ path: String) throws(OutputError) -> URL {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        let parent = url.deletingLastPathComponent().resolvingSymlinksInPath()
        let target = parent.appendingPathComponent(url.lastPathComponent)
        var status = stat()
        guard lstat(target.path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return target }
        guard stat(target.path, &status) == 0 else {
            throw OutputError(path, "it is a symbolic link that leads nowhere; choose another folder")
        }
        return target.resolvingSymlinksInPath()
    }

    /// Whether something stands under the name that gives way to the new case; throws if it must not.
    private static func isReplaced(_ target: String, as path: String, force: Bool) throws(OutputError) -> Bool {
        var status = stat()
        guard lstat(target, &status) == 0 else { return false }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw OutputError(path, "it exists already and is not a folder; choose another name")
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: target)
        } catch {
            throw OutputError(path, reason(error))
        }
        // An empty folder gives way in one step, as the operating system has it.
        if names.isEmpty { return false }
        guard names.contains(mark) else {
            throw OutputError(
                path, "it exists already and holds no case, so it is never replaced; choose another folder")
        }
        guard force else {
            throw OutputError(path, "it exists already; choose another folder, or replace it with --force")
        }
        return true
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
    ///
    /// An earlier case changes places with it in one step, so there is never a moment without either, and is removed
    /// after that.
    public func publish() throws(OutputError) {
        guard replaces else {
            guard rename(staging, path) == 0 else { throw OutputError(path, errno: errno) }
            return
        }
        if CaseFolder.exchange(staging, path) {
            try remove(staging)
        } else {
            // A file system that can't exchange: two steps, and the first is taken back if the second fails.
            let old = staging + ".old"
            guard rename(path, old) == 0 else { throw OutputError(path, errno: errno) }
            guard rename(staging, path) == 0 else {
                let cause = errno
                rename(old, path)
                throw OutputError(path, errno: cause)
            }
            try remove(old)
        }
    }

    private func remove(_ old: String) throws(OutputError) {
        do {
            try FileManager.default.removeItem(atPath: old)
        } catch {
            throw OutputError(
                old, "the new case is whole, but the earlier one could not be removed (\(CaseFolder.reason(error)))")
        }
    }

    private static func exchange(_ first: String, _ second: String) -> Bool {
        #if canImport(Darwin)
            renamex_np(first, second, UInt32(RENAME_SWAP)) == 0
        #else
            // Looked up, since the headers that Swift sees do not declare it and older libraries do not have it.
            typealias Rename =
                @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
            guard let symbol = dlsym(nil, "renameat2") else { return false }
            // 2 is RENAME_EXCHANGE (linux/fs.h).
            return unsafeBitCast(symbol, to: Rename.self)(AT_FDCWD, first, AT_FDCWD, second, 2) == 0
        #endif
    }

    /// Removes what was written, also while other threads are still writing: what they create under the old name from now
    /// on fails, and so nothing comes back behind the removal.
    public func discard() {
        let gone = staging + ".gone"
        let isMoved = rename(staging, gone) == 0
        try? FileManager.default.removeItem(atPath: isMoved ? gone : staging)
    }

    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        if let underlying, underlying.domain == NSPOSIXErrorDomain {
            return OutputError.words(Int32(truncatingIfNeeded: underlying.code))
        }
        return error.localizedDescription
    }
}
