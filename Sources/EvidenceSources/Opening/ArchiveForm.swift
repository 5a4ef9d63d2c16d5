import FileFormats
import Primitives

/// The form of an archive, told by its first bytes.
enum ArchiveForm: Sendable {
    case zip
    case tar
    case gzip
    /// By xz, zstd or bzip2: unpacked from the beginning only.
    case streamed

    /// First bytes of packed files. Sources: RFC 1952 (gzip), RFC 8878 (zstd), the format of .xz files 1.2.0; bzip2's
    /// own manual describes none, its source `compress.c` does.
    private static let marks: [(bytes: [UInt8], form: ArchiveForm)] = [
        ([0x1F, 0x8B, 8], .gzip), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .streamed),
        ([0x28, 0xB5, 0x2F, 0xFD], .streamed),
        (Array("BZh".utf8), .streamed),
    ]

    /// The form of a file; nothing if it is no archive that is read.
    static func of(_ source: any ByteSource) throws(ParseError) -> ArchiveForm? {
        let start = try source.bytes(in: 0..<512)
        if ZipDirectory.isArchive(start) { return .zip }
        if let mark = marks.first(where: { start.starts(with: $0.bytes) }) { return mark.form }
        return TarIndex.isArchive(start) ? .tar : nil
    }

    /// Makes the list of an archive, and opens it as the file system of a device.
    func image(
        of source: FileSource, path: String, below: String?
    ) throws(EvidenceError) -> FileSystemImage {
        switch self {
        case .tar: return try FileSystemImage(TarStore(source), path: path, below: below)
        case .gzip: return try FileSystemImage(TarStore(gzip: source), path: path, below: below)
        case .zip:
            let store = try read(path) { () throws(ParseError) in try ZipStore(source) }
            return try FileSystemImage(store, path: path, below: below)
        case .streamed:
            let store = try read(path) { () throws(ParseError) in try StreamedTar(source) }
            return try FileSystemImage(store, path: path, below: below)
        }
    }

    private func read<Store>(
        _ path: String, _ body: () throws(ParseError) -> Store
    ) throws(EvidenceError) -> Store {
        do throws(ParseError) {
            return try body()
        } catch {
            let shown = EvidenceError.shown(path)
            if error.kind == .unsupported {
                throw EvidenceError(.notEvidence, "\(shown) can't be read on this system: expected \(error.expected).")
            }
            throw EvidenceError(
                error.kind == .unreadable ? .notOpenable : .damaged,
                "\(shown) can't be read as an archive (\(error)). Use another copy of it.")
        }
    }
}
