import Primitives
import Synchronization

/// The files that a backup folder really holds, in either of its layouts.
final class StoredFiles: Sendable {
    private let root: EvidenceFolder
    /// Every stored identifier, 20 bytes each, sorted; made at the first question.
    private let inventory = Mutex<[UInt8]?>(nil)

    init(_ root: EvidenceFolder) { self.root = root }

    /// Opens a stored file: `ab/abcdef…`, or `abcdef…` in the layout before iOS 10.
    func open(_ identifier: FileIdentifier) throws(ParseError) -> FileSource {
        if let folder = root.folder(identifier.folder) {
            do throws(ParseError) {
                return try folder.file(identifier.text)
            } catch {
                if error.kind != .absent { throw error }
            }
        }
        do throws(ParseError) {
            return try root.file(identifier.text)
        } catch {
            guard error.kind == .absent else { throw error }
            throw ParseError(.absent, "a stored file for this row of the manifest")
        }
    }

    /// Whether a file is stored under an identifier.
    func holds(_ identifier: FileIdentifier) -> Bool {
        let wanted = identifier.bytes
        return inventory.withLock { inventory in
            let known = inventory ?? listed()
            if inventory == nil { inventory = known }
            var (low, high) = (0, known.count / 20)
            while low < high {
                let middle = low + (high - low) / 2
                let order = StoredFiles.compare(known, middle, wanted)
                if order == 0 { return true }
                if order < 0 { low = middle + 1 } else { high = middle }
            }
            return false
        }
    }

    private static func compare(_ known: [UInt8], _ index: Int, _ wanted: [UInt8]) -> Int {
        for position in 0..<20 {
            let difference = Int(known[index * 20 + position]) - Int(wanted[position])
            if difference != 0 { return difference }
        }
        return 0
    }

    private func listed() -> [UInt8] {
        var identifiers: [[UInt8]] = []
        func take(_ name: UnsafeBufferPointer<UInt8>, in folder: String?) {
            guard name.count == 40, let identifier = FileIdentifier(String(decoding: name, as: UTF8.self)),
                folder == nil || folder == identifier.folder
            else { return }
            identifiers.append(identifier.bytes)
        }
        root.names(of: .file) { take($0, in: nil) }
        for name in root.folderNames(limit: 4_096) where name.utf8.count == 2 {
            root.folder(name)?.names(of: .file) { take($0, in: name) }
        }
        identifiers.sort { $0.lexicographicallyPrecedes($1) }
        return Array(identifiers.joined())
    }
}
