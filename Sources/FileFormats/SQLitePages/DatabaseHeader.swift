import Primitives

/// The first hundred bytes of a database.
///
/// Source: <https://www.sqlite.org/fileformat2.html#the_database_header>
struct DatabaseHeader {
    /// How the text of a database is encoded.
    enum Encoding: Int {
        case utf8 = 1
        case utf16LittleEndian = 2
        case utf16BigEndian = 3
    }

    static let size = 100

    /// Bytes of a page.
    let pageSize: Int
    /// Bytes of a page without those that an extension keeps at its end.
    let usableSize: Int
    /// 1 for a rollback journal, 2 for a write-ahead log; anything above is of the future.
    let readVersion: Int
    /// Pages, as the header says.
    let pageCount: Int
    /// The first page of the list of free pages, or zero.
    let firstTrunk: Int
    /// 1 to 4; anything above is of the future.
    let schemaFormat: Int
    /// Whether the database has pointer map pages, as auto-vacuum needs them.
    let hasPointerMap: Bool
    let encoding: Encoding

    init(_ bytes: [UInt8]) throws(ParseError) {
        guard bytes.count >= DatabaseHeader.size, bytes.starts(with: SQLiteDatabase.magic) else {
            throw ParseError(bytes.count < 100 ? .truncated : .malformed, "a SQLite database header", at: 0)
        }
        func number(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        let stored = Int(bytes[16]) << 8 | Int(bytes[17])
        pageSize = stored == 1 ? 65_536 : stored
        guard DatabaseHeader.isPageSize(pageSize) else {
            throw ParseError(.malformed, "a page size of 512 to 65536 bytes", at: 16)
        }
        usableSize = pageSize - Int(bytes[20])
        // SQLite itself wants 480 usable bytes, so that every formula of the format has a sense.
        guard usableSize >= 480 else { throw ParseError(.malformed, "at least 480 usable bytes of a page", at: 20) }
        readVersion = Int(bytes[19])
        pageCount = number(28)
        firstTrunk = number(32)
        schemaFormat = number(44)
        hasPointerMap = number(52) != 0
        guard let encoding = Encoding(rawValue: max(1, number(56))) else {
            throw ParseError(.malformed, "a text encoding of 1 to 3", at: 56)
        }
        self.encoding = encoding
    }

    static func isPageSize(_ size: Int) -> Bool { size >= 512 && size <= 65_536 && size & (size - 1) == 0 }

    /// What is said of a format that is newer than this reading; the pages are tried all the same.
    var remarks: [ParseError] {
        var remarks: [ParseError] = []
        if readVersion > 2 || readVersion < 1 {
            remarks.append(ParseError(.unsupported, "a file format version of 1 or 2 for reading", at: 19))
        }
        if schemaFormat > 4 { remarks.append(ParseError(.unsupported, "a schema format of at most 4", at: 44)) }
        return remarks
    }
}
