import Primitives
import Synchronization

/// The files that a backup folder really holds, in either of its layouts.
final class StoredFiles: Sendable {
    private let root: EvidenceFolder
    /// Every stored identifier, sorted; made at the first question.
    private let inventory = Mutex<[FileIdentifier.Packed]?>(nil)

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
        let wanted = identifier.packed
        return inventory.withLock { inventory in
            if inventory == nil { inventory = listed() }
            guard let known = inventory else { return false }
            var (low, high) = (0, known.count)
            while low < high {
                let middle = low + (high - low) / 2
                if known[middle] == wanted { return true }
                if known[middle] < wanted { low = middle + 1 } else { high = middle }
            }
            return false
        }
    }

    private func listed() -> [FileIdentifier.Packed] {
        var identifiers: [FileIdentifier.Packed] = []
        func take(_ name: UnsafeBufferPointer<UInt8>, in folder: String?) {
            guard name.count == 40, let identifier = FileIdentifier(String(decoding: name, as: UTF8.self)),
                folder == nil || folder == identifier.folder
            else { return }
            identifiers.append(identifier.packed)
        }
        root.names(of: .file) { take($0, in: nil) }
        for name in root.folderNames(limit: 4_096) where name.utf8.count == 2 {
            root.folder(name)?.names(of: .file) { take($0, in: name) }
        }
        identifiers.sort()
        return identifiers
    }
}
