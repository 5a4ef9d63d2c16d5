import ArtifactModel
import FileFormats
import Primitives

/// A file system that somebody extracted to a folder.
///
/// Regular files only; no symbolic link is followed, neither in the list nor when a file is opened.
struct ExtractedFolder: FileStore {
    let listing: ArchiveListing
    private let root: EvidenceFolder

    /// Deeper folders are left out: no device has paths that deep, and each level holds one descriptor.
    private static let depthLimit = 100

    init(_ root: EvidenceFolder) {
        self.root = root
        var listing = ArchiveListing()
        ExtractedFolder.list(root, [], depth: 0, &listing)
        listing.finish()
        self.listing = listing
    }

    private static func list(
        _ folder: EvidenceFolder, _ path: [UInt8], depth: Int, _ listing: inout ArchiveListing
    ) {
        var folders: [[UInt8]] = []
        let isWhole = folder.members { member, name in
            switch member {
            case .file:
                listing.add(path + name, ArchiveMember(.stored, offset: 0, storedSize: 0, size: 0))
            case .folder: folders.append(Array(name))
            }
            return true
        }
        if !isWhole { listing.note(ParseError(.unreadable, "a folder that this account may list")) }
        for name in folders {
            guard depth < depthLimit else {
                listing.note(ParseError(.beyondLimit, "folders at most \(depthLimit) deep"))
                return
            }
            guard let below = folder.folder(bytes: name) else {
                listing.note(ParseError(.unreadable, "a folder that this account may list"))
                continue
            }
            list(below, path + name + [UInt8(ascii: "/")], depth: depth + 1, &listing)
        }
    }

    /// Only what extracting keeps: who extracts a folder becomes its owner, and the other times are those of that day.
    func status(_ number: Int, path: ArraySlice<UInt8>) throws(ParseError) -> FileStatus {
        let file = try file(at: path)
        return FileStatus(size: file.count, mode: file.mode, modified: file.modified)
    }

    func open(_ number: Int, path: ArraySlice<UInt8>) throws(ParseError) -> any ByteSource {
        try file(at: path)
    }

    private func file(at path: ArraySlice<UInt8>) throws(ParseError) -> FileSource {
        let components = path.split(separator: PathTable.separator)
        var folder = root
        for name in components.dropLast() {
            guard let below = folder.folder(bytes: name) else {
                throw ParseError(.absent, "the folders that were there when the evidence was listed")
            }
            folder = below
        }
        guard let name = components.last else { throw ParseError(.absent, "the name of a file") }
        return try folder.file(bytes: name)
    }
}
