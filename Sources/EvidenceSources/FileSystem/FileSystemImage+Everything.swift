public import ArtifactModel
import FileFormats
import Primitives

extension FileSystemImage {
    /// Every regular file, volume by volume and folder by folder, the names of a folder in byte order.
    public func forEachFile(_ body: (EvidenceFile) throws -> Void) throws {
        for mount in mounts {
            let folder = "/" + mount.device.joined(separator: "/")
            let top = Level(
                archive: mount.archive, device: folder == "/" ? "" : folder, owner: nil, leavesOut: mount.leavesOutVar)
            try visit(top, depth: 0, body)
        }
    }

    public func expectEveryFile() {
        store.expect(Array(0..<store.listing.members.count))
    }

    /// A folder on the way through all of them.
    private struct Level {
        var archive: [UInt8]
        var device: String
        var owner: String?
        /// Whether what another mount holds is left out here: `/private/var` stands in one place only.
        var leavesOut = false
    }

    /// Deeper folders are left out; no device has them, and the stack has an end.
    private static let depthLimit = 200

    private func visit(_ level: Level, depth: Int, _ body: (EvidenceFile) throws -> Void) throws {
        guard depth < FileSystemImage.depthLimit else { return }
        let holdsContainers = ContainerNames.folders.contains(level.device)
        var failure: (any Error)?
        store.listing.paths.forEachChild(of: level.archive) { name, file in
            let archive = DeviceRoot.joined(level.archive, Array(name))
            let identifier = holdsContainers ? containers.identifiers[archive] : nil
            let shown = identifier ?? FileSystemImage.shown(name)
            guard !(level.leavesOut && shown == "var") else { return true }
            let device = level.device + "/" + shown
            let owner = identifier ?? level.owner
            do {
                if let file {
                    try body(self.file(Found(devicePath: device, owner: owner, index: file)))
                } else {
                    try visit(Level(archive: archive, device: device, owner: owner), depth: depth + 1, body)
                }
                return true
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
    }

    /// What stands for the evidence as a whole where an artefact asks for ``Place/everything``.
    var whole: EvidenceFile {
        EvidenceFile(
            devicePath: "/", citation: "/",
            open: { () throws(ParseError) -> any ByteSource in
                throw ParseError(.malformed, "a regular file, not the root folder")
            })
    }
}
