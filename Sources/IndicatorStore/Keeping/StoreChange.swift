import Crypto
import Foundation
public import Primitives

/// A change of the store: begun under its lock, collected beside it, and done in one step or not at all.
public final class StoreChange {
    private let store: IndicatorStore
    private let lock: StoreLock
    private let base: Generation?
    /// What the next generation will hold.
    private(set) var files: [String: StoredFile]
    private(set) var packs: [String: InstalledPack]
    private var looseTaken: [String] = []
    private var number = 0

    /// Takes the lock, clears what an earlier change left behind, and takes over loose files.
    public init(_ store: IndicatorStore, at moment: Timestamp, patience: Double = 5) throws(StoreError) {
        self.store = store
        try DurableFile.makeFolder(store.folder)
        lock = try StoreLock(store.lockPath, patience: patience)
        for folder in [store.generationFolder, store.objectFolder] { try DurableFile.makeFolder(folder) }
        try? FileManager.default.removeItem(atPath: store.incomingFolder)
        try DurableFile.makeFolder(store.incomingFolder)
        base = try store.current()
        files = [:]
        packs = [:]
        for file in base?.files ?? [] { files[file.name] = file }
        for pack in base?.packs ?? [] { packs[pack.name] = pack }
        for path in store.looseFiles {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard let bytes = try DurableFile.bytes(path, limit: DownloadLimits.file) else { continue }
            try put(bytes, name: name, at: moment)
            looseTaken.append(path)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: store.incomingFolder)
        withExtendedLifetime(lock) {}
    }

    /// The files as they would be, in byte order of their names.
    public var current: [StoredFile] {
        files.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// A path for something that is being fetched.
    public func incomingPath() -> String {
        number += 1
        return "\(store.incomingFolder)/\(number)"
    }

    /// Adds a file of these bytes under a name, or replaces the one of that name.
    @discardableResult
    public func put(_ bytes: [UInt8], name: String, at moment: Timestamp) throws(StoreError) -> StoredFile {
        let digest = SHA256.hash(data: bytes).hexadecimal
        let object = store.objectFolder + "/" + digest
        if !isStored(object, bytes.count) { try DurableFile.replace(object, with: bytes) }
        return put(StoredFile(name: name, digest: digest, size: bytes.count, stored: moment))
    }

    /// Adds what lies in a file of the incoming folder, of which the digest is known.
    func put(incoming path: String, _ file: StoredFile) throws(StoreError) {
        let object = store.objectFolder + "/" + file.digest
        if isStored(object, file.size) {
            unlink(path)
        } else {
            try DurableFile.move(path, to: object)
        }
        put(file)
    }

    /// Adds a description; the same content keeps the moment when it first came.
    @discardableResult func put(_ file: StoredFile) -> StoredFile {
        var file = file
        if let old = files[file.name], old.digest == file.digest { file.stored = old.stored }
        files[file.name] = file
        return file
    }

    private func isStored(_ object: String, _ size: Int) -> Bool {
        var status = stat()
        return lstat(object, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && Int(status.st_size) == size
    }

    /// Removes a file; false if there is none of that name.
    @discardableResult public func remove(_ name: String) -> Bool { files.removeValue(forKey: name) != nil }

    /// Removes all files of a source or pack.
    func removeFiles(of source: String) {
        for file in current where file.source == source { files.removeValue(forKey: file.name) }
    }

    func put(_ pack: InstalledPack) { packs[pack.name] = pack }

    /// Forgets that a pack was there, and with it which numbers are too old.
    public func removePack(_ name: String) { packs.removeValue(forKey: name) }

    /// The content of a file of the change.
    public func bytes(of file: StoredFile) throws(StoreError) -> [UInt8] { try store.bytes(of: file) }

    /// Makes the change; the generation that counts then, which is the old one if nothing is different, and
    /// has the number 0 if there never was anything.
    public func commit(_ action: String, at moment: Timestamp, keeping count: Int = 10) throws(StoreError) -> Generation
    {
        let packs = packs.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        if let base, base.files == current, base.packs == packs {
            removeLoose()
            return base
        }
        if base == nil, current.isEmpty, packs.isEmpty {
            return Generation(number: 0, created: moment, action: action)
        }
        guard current.count <= Generation.fileLimit else {
            throw StoreError(.cantCreate, "The store would hold more than \(Generation.fileLimit) files.")
        }
        let generation = Generation(
            number: store.highestNumber() + 1, created: moment, action: action, files: current,
            packs: packs)
        try DurableFile.replace(store.path(ofGeneration: generation.number), with: generation.json)
        try store.setCurrent(generation.number)
        removeLoose()
        store.prune(keeping: count, current: generation.number)
        return generation
    }

    private func removeLoose() { for path in looseTaken { unlink(path) } }
}

extension IndicatorStore {
    /// Removes the oldest generations until `count` are left, and the contents that only they named.
    public func prune(keeping count: Int, patience: Double = 5) throws(StoreError) -> (before: Int, after: Int) {
        guard let current = try currentNumber() else { return (0, 0) }
        let lock = try StoreLock(lockPath, patience: patience)
        defer { withExtendedLifetime(lock) {} }
        let before = generationNumbers.count
        prune(keeping: count, current: current)
        return (before, generationNumbers.count)
    }

    /// Removes the oldest generations and the contents that no generation names. What can't be removed stays.
    func prune(keeping count: Int, current: Int) {
        var numbers = generationNumbers
        while numbers.count > max(1, count), let oldest = numbers.first(where: { $0 != current }) {
            unlink(path(ofGeneration: oldest))
            numbers.removeAll { $0 == oldest }
        }
        var needed: Set<String> = []
        for number in numbers {
            // A generation that can't be read may name any content: nothing is removed then.
            guard let generation = try? generation(number) else { return }
            for file in generation.files { needed.insert(file.digest) }
        }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: objectFolder)) ?? []
        where !needed.contains(name) {
            unlink(objectFolder + "/" + name)
        }
    }
}
