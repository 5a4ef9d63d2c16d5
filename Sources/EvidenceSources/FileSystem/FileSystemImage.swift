public import ArtifactModel
import FileFormats
public import Primitives

/// The file system of an iOS device, as extraction tools leave it: a folder, a tar or a zip archive, read in place.
///
/// The device's root may lie below a folder, and the volumes in folders of their own, as UFED and GrayKey write them.
/// Containers are named by the identifier of their application or group, as everywhere in the house; the citation keeps
/// the UUID. Nothing is written, and nothing that is packed reaches a disk.
public struct FileSystemImage: Evidence {
    public private(set) var summary: EvidenceSummary

    let store: any FileStore
    let mounts: [DeviceRoot.Mount]
    let containers: ContainerNames

    /// Opens what a store holds; throws if no root of a device is in it.
    ///
    /// `below` is where the store lies below the path that was given, if it is not there.
    init(_ store: some FileStore, path: String, below: String? = nil) throws(EvidenceError) {
        guard let root = DeviceRoot.find(in: store.listing.paths) else {
            throw FileSystemImage.noRoot(in: store.listing, path)
        }
        self.store = store
        mounts = root.mounts
        containers = ContainerNames(store, root.mounts)
        summary = EvidenceSummary(
            kind: "ios-filesystem", path: path, location: below.map { path + "/" + $0 } ?? path,
            remarks: ImageRemarks.sentences(store.listing, root, containers))
        let device = DeviceFacts.read(smallFile)
        summary.device = device
    }

    /// The container has no files beside those of the device.
    public func files(at place: Place) throws(ParseError) -> [EvidenceFile] {
        guard place.root == .device else { return [] }
        guard place != .rootFolder, place != .everything else { return [whole] }
        let found = find(place)
        store.expect(found.map { store.listing.paths.number(at: $0.index) })
        return found.map(file)
    }

    /// Whether the archive or folder has a regular file at this path from its own root.
    public func canHold(_ place: Place) -> Bool { place.root == .device }

    public func stores(_ containerPath: String) -> Bool {
        store.listing.paths.index(of: containerPath.utf8.map { $0 == UInt8(ascii: "/") ? 0 : $0 }) != nil
    }

    /// Says which places will be asked for, so that an archive that can only be read forwards is read once.
    public func expect(_ places: [Place]) {
        var numbers: Set<Int> = []
        for place in places where place.root == .device {
            for found in find(place) {
                numbers.insert(store.listing.paths.number(at: found.index))
                if let log = log(of: found.index) { numbers.insert(store.listing.paths.number(at: log)) }
            }
        }
        store.expect(numbers.sorted())
    }

    /// A file that a place names.
    struct Found {
        var devicePath: String
        var owner: String?
        /// In the table of paths.
        var index: Int
    }

    private func find(_ place: Place) -> [Found] {
        guard place.pattern.utf8.first == UInt8(ascii: "/") else { return [] }
        var wanted = place.pattern.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        // On the device `/var` is a link to `/private/var`.
        if wanted.first == "var" { wanted.insert("private", at: 0) }
        var found: [Found] = []
        for mount in mounts where wanted.count > mount.device.count {
            guard zip(mount.device, wanted).allSatisfy({ Place.device($1).matches($0) }) else { continue }
            let folder = "/" + mount.device.joined(separator: "/")
            let below = Folder(
                archive: mount.archive, device: folder == "/" ? "" : folder, owner: nil,
                leavesOutVar: mount.leavesOutVar)
            descend(below, wanted.dropFirst(mount.device.count), &found)
        }
        let paths = store.listing.paths
        found.sort { left, right in
            left.devicePath == right.devicePath
                ? paths.path(at: left.index).lexicographicallyPrecedes(paths.path(at: right.index))
                : left.devicePath.utf8.lexicographicallyPrecedes(right.devicePath.utf8)
        }
        return found
    }

    /// A folder on the way to what a place names.
    private struct Folder {
        var archive: [UInt8]
        var device: String
        var owner: String?
        var leavesOutVar = false
    }

    /// One level for each component of the pattern; only a wildcard, or a container's name, has to look at all names.
    private func descend(_ folder: Folder, _ wanted: ArraySlice<String>, _ found: inout [Found]) {
        guard let component = wanted.first else { return }
        let paths = store.listing.paths
        let isLast = wanted.count == 1
        let holdsContainers = ContainerNames.folders.contains(folder.device)
        if !holdsContainers, !component.utf8.contains(UInt8(ascii: "*")) {
            guard !component.isEmpty, !component.utf8.contains(PathTable.separator),
                !(folder.leavesOutVar && component == "var")
            else { return }
            let archive = DeviceRoot.joined(folder.archive, Array(component.utf8))
            let device = folder.device + "/" + component
            if !isLast {
                descend(Folder(archive: archive, device: device, owner: folder.owner), wanted.dropFirst(), &found)
            } else if let index = paths.index(of: archive) {
                found.append(Found(devicePath: device, owner: folder.owner, index: index))
            }
            return
        }
        let pattern = Place.device(component)
        paths.forEachChild(of: folder.archive) { name, file in
            guard isLast == (file != nil) else { return true }
            let archive = DeviceRoot.joined(folder.archive, Array(name))
            let identifier = holdsContainers ? containers.identifiers[archive] : nil
            let shown = identifier ?? FileSystemImage.shown(name)
            guard pattern.matches(shown), !(folder.leavesOutVar && shown == "var") else { return true }
            let device = folder.device + "/" + shown
            let owner = identifier ?? folder.owner
            if let file {
                found.append(Found(devicePath: device, owner: owner, index: file))
            } else {
                descend(Folder(archive: archive, device: device, owner: owner), wanted.dropFirst(), &found)
            }
            return true
        }
    }

    private func log(of index: Int) -> Int? {
        store.listing.paths.index(of: Array(store.listing.paths.path(at: index)) + Array("-wal".utf8))
    }

    func file(_ found: Found) -> EvidenceFile {
        let store = store
        func opening(_ index: Int) -> @Sendable () throws(ParseError) -> any ByteSource {
            { () throws(ParseError) -> any ByteSource in
                let paths = store.listing.paths
                return try store.open(paths.number(at: index), path: paths.path(at: index))
            }
        }
        let open = opening(found.index)
        return EvidenceFile(
            devicePath: found.devicePath, citation: FileSystemImage.shown(store.listing.paths.path(at: found.index)),
            owner: found.owner, open: open, writeAheadLog: log(of: found.index).map(opening),
            digest: { () throws(ParseError) -> String in try open().sha256() },
            hash: { (content) throws(ParseError) -> String in try content.sha256() },
            status: { () throws(ParseError) -> FileStatus in
                let paths = store.listing.paths
                return try store.status(paths.number(at: found.index), path: paths.path(at: found.index))
            })
    }

    /// The bytes of a small file of the device, if it is there and can be read.
    private func smallFile(at path: String) -> [UInt8]? {
        guard let found = find(.device(path)).first else { return nil }
        return try? file(found).open().bytes(limit: 4 << 20)
    }

    /// Whether a member of a packed archive is read while the list is made: what opening needs.
    static func isNeededForOpening(_ name: [UInt8]) -> Bool {
        let last = name.lastIndex(of: UInt8(ascii: "/")).map { name[($0 + 1)...] } ?? name[...]
        return last.elementsEqual(ContainerNames.metadataName)
            || DeviceFacts.names.contains { last.elementsEqual($0.utf8) }
    }

    /// A path or name for people: what is not UTF-8 as `\xE9`, so that two names stay two.
    static func shown(_ path: ArraySlice<UInt8>) -> String {
        let bytes = path.map { $0 == PathTable.separator ? UInt8(ascii: "/") : $0 }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text: [UInt8] = []
        for byte in bytes {
            if byte < 0x80 { text.append(byte) } else { text += "\\x\(Hexadecimal.text([byte]))".utf8 }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
