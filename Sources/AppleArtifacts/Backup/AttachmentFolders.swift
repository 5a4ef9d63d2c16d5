import FileFormats

/// Which of the folders that Messages spreads attachments over hold a file.
///
/// Attachments lie in `Library/SMS/Attachments/7e/14/…` of `MediaDomain`. In Operation Triangulation the attachment was
/// deleted and its folder stayed, so Kaspersky's triangle_check leaves out folders below which a file lies. The list of
/// a backup has no order, so the files are gone through before the folders are.
///
/// - SeeAlso: <https://securelist.com/find-the-triangulation-utility/109867/>
struct AttachmentFolders {
    private static let prefix = "Library/SMS/Attachments/"

    /// `7e` and `7e/14`; names are two hexadecimal digits each, so there are at most 65,792.
    private var filled: Set<Substring> = []
    /// Whether the whole list was read: only then a folder without a file is one.
    private var isWhole = true

    /// Goes through the list of files. What is damaged is noted by whoever reads the list for its records.
    init(in database: SQLiteDatabase) {
        var (filled, isWhole): (Set<Substring>, Bool) = ([], true)
        let scan = TableScan("Files", as: "f", columns: ["f.domain", "f.relativePath", "f.flags"])
        do {
            try database.scan(scan, note: { _ in isWhole = false }) { _, row in
                guard row.integer(2) != 2, row.text(0) == "MediaDomain", let path = row.text(1) else { return }
                let names = Self.names(path)
                for count in [1, 2] where names.count > count {
                    if let folder = Self.folder(names.prefix(count)) { filled.insert(folder) }
                }
            }
        } catch {
            isWhole = false
        }
        self.filled = filled
        self.isWhole = isWhole
    }

    /// Whether a file lies below a folder; nothing for what is no folder of the first two levels, or can't be told.
    func holdFiles(_ domain: String?, _ relativePath: String?) -> Bool? {
        guard domain == "MediaDomain", let relativePath, let folder = Self.folder(Self.names(relativePath)[...]) else {
            return nil
        }
        return filled.contains(folder) ? true : isWhole ? false : nil
    }

    /// What follows the folder of all attachments.
    private static func names(_ path: String) -> [Substring] {
        guard path.hasPrefix(prefix) else { return [] }
        return path.dropFirst(prefix.count).split(separator: "/")
    }

    /// The one or two names of a folder, joined, if each is two hexadecimal digits.
    private static func folder(_ names: ArraySlice<Substring>) -> Substring? {
        let isFolder = names.allSatisfy { $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) }
        guard (1...2).contains(names.count), isFolder else { return nil }
        return Substring(names.joined(separator: "/"))
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte) || (65...70).contains(byte)
    }
}
