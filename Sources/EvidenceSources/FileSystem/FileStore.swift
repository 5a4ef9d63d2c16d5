import ArtifactModel
import FileFormats
import Primitives

/// What holds the files of a device: a folder, or an archive.
protocol FileStore: Sendable {
    /// The regular files in it, by the paths that they have there.
    var listing: ArchiveListing { get }

    /// The content of a file, by its number in the list.
    func open(_ number: Int, path: ArraySlice<UInt8>) throws(ParseError) -> any ByteSource

    /// Says that files will probably be opened: what unpacks forwards only can then get all of them at once.
    func expect(_ numbers: [Int])

    /// What is recorded about a file beside its name.
    func status(_ number: Int, path: ArraySlice<UInt8>) throws(ParseError) -> FileStatus
}

extension FileStore {
    func expect(_ numbers: [Int]) {}

    func status(_ number: Int, path: ArraySlice<UInt8>) throws(ParseError) -> FileStatus {
        let member = listing.members[number]
        return FileStatus(
            size: member.size, mode: member.mode == 0 ? nil : member.mode, owner: member.owner.map(Int.init),
            modified: member.modified)
    }
}

/// A zip archive: every member is reached through the directory.
struct ZipStore: FileStore {
    let listing: ArchiveListing
    private let archive: FileSource

    init(_ archive: FileSource) throws(ParseError) {
        self.archive = archive
        listing = try ZipDirectory.listing(of: archive)
    }

    func open(_ number: Int, path: ArraySlice<UInt8>) throws(ParseError) -> any ByteSource {
        try listing.members[number].contents(inZip: archive)
    }
}

/// A tar archive, plain or packed by gzip: every member is reached through the list of offsets.
struct TarStore: FileStore {
    let listing: ArchiveListing
    private let archive: any ByteSource
    /// Whether going to a position is expensive, so that members are better read at once.
    private let readsWhole: Bool

    /// Up to this size a member of a packed archive is read at once, in bytes.
    private static let wholeLimit = 256 << 20

    init(_ archive: FileSource) {
        self.archive = archive
        readsWhole = false
        listing = TarIndex.listing(of: ForwardSource(archive))
    }

    init(gzip file: FileSource) {
        let unpacked = InflatedSource(gzip: file)
        archive = unpacked
        readsWhole = true
        listing = TarIndex.listing(
            of: LimitedBytes(unpacked, unpackedFrom: file.count), isKept: FileSystemImage.isNeededForOpening)
    }

    func open(_ number: Int, path: ArraySlice<UInt8>) throws(ParseError) -> any ByteSource {
        if let kept = listing.kept[number] { return MemorySource(kept) }
        let contents = try listing.members[number].contents(inTar: archive)
        guard readsWhole, contents.count <= TarStore.wholeLimit else { return contents }
        let bytes = try contents.bytes(limit: TarStore.wholeLimit)
        return PartSource(MemorySource(bytes), 0..<bytes.count, damage: contents.damage)
    }
}
