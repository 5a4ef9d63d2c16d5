import FileFormats
import Primitives
import Synchronization

/// The list of files of a backup: the table `Files` of `Manifest.db`.
///
/// One connection behind a lock, because artefacts are read by many tasks and SQLite connections are not shared.
final class BackupManifest: Sendable {
    /// One row, without its record.
    struct Row: Sendable {
        let identifier: String
        let domain: String
        let relativePath: String
        /// As people find it: `HomeDomain/Library/SMS/sms.db`.
        var citation: String { domain + "/" + relativePath }
    }

    /// One row of the walk through the whole list.
    struct Entry: Sendable {
        let key: Int64
        let row: Row
        let record: [UInt8]?
    }

    /// What the lock guards; it may go from thread to thread because only one at a time has it.
    private struct Connection: @unchecked Sendable {
        let database: SQLiteDatabase
    }

    private let connection: Mutex<Connection>
    /// What was odd about the database as a whole.
    let damage: [ParseError]
    /// Apple's index on `relativePath`; without it only look-ups by file id are fast.
    private let hasPathIndex: Bool

    /// Opens the list; throws if it has no table of files.
    init(_ source: any ByteSource, writeAheadLog: (any ByteSource)? = nil) throws(ParseError) {
        let database = try SQLiteDatabase(source, writeAheadLog: writeAheadLog)
        let columns = try database.columns(of: "Files")
        guard columns.isSuperset(of: ["fileid", "domain", "relativepath", "flags", "file"]) else {
            throw ParseError(.malformed, "a table named Files with fileID, domain, relativePath, flags and file")
        }
        damage = database.damage
        var indexed = false
        do {
            try database.query(
                """
                SELECT 1 FROM pragma_index_list('Files') AS list, pragma_index_info(list.name) AS part
                WHERE part.seqno = 0 AND part.name = 'relativePath' COLLATE NOCASE AND list.partial = 0
                """
            ) { _ in indexed = true }
        } catch {
            indexed = false
        }
        hasPathIndex = indexed
        connection = Mutex(Connection(database: database))
    }

    /// Directories (2) and symbolic links (4) are not files.
    private static let isFile = "flags NOT IN (2, 4)"

    /// The row of one file, or nothing if it is not listed.
    func row(domain: String, relativePath: String) throws(ParseError) -> Row? {
        let identifier = FileIdentifier.of(domain: domain, relativePath: relativePath)
        let byIdentifier = try rows(where: "fileID = ?1", [identifier.text])
            .first { $0.domain == domain && $0.relativePath == relativePath }
        if let byIdentifier { return byIdentifier }
        guard hasPathIndex else { return nil }
        return try rows(where: "relativePath = ?1 AND +domain = ?2", [relativePath, domain]).first
    }

    /// The rows of files whose domain and path may match; `*` in either stands for any text, `/` included, so the
    /// caller still compares.
    func rows(like candidate: (domain: String, relativePath: String)) throws(ParseError) -> [Row] {
        var conditions: [String] = []
        var arguments: [String] = []
        func argument(_ text: String) -> String {
            arguments.append(text)
            return "?\(arguments.count)"
        }
        // A unary plus keeps SQLite from using the index of that column: without statistics it would take the domain,
        // which half of the rows share, and not the path.
        let domainHasStar = candidate.domain.utf8.contains(UInt8(ascii: "*"))
        let (pathStart, pathHasStar) = literalStart(of: candidate.relativePath)
        let usesPath = hasPathIndex && !pathStart.isEmpty
        if domainHasStar {
            // Not by the index either: the rows of many domains lie all over the file, and reading it from its first
            // page to its last is several times faster.
            conditions.append("+domain GLOB \(argument(glob(candidate.domain)))")
        } else {
            conditions.append("\(usesPath ? "+domain" : "domain") = \(argument(candidate.domain))")
        }
        if pathHasStar {
            if usesPath {
                conditions.append(
                    "relativePath >= \(argument(pathStart)) AND relativePath < \(argument(end(of: pathStart)))")
            }
            conditions.append("+relativePath GLOB \(argument(glob(candidate.relativePath)))")
        } else {
            conditions.append("relativePath = \(argument(candidate.relativePath))")
        }
        return try rows(where: conditions.joined(separator: " AND "), arguments)
    }

    private func rows(where condition: String, _ arguments: [String]) throws(ParseError) -> [Row] {
        var rows: [Row] = []
        try query(
            "SELECT fileID, domain, relativePath FROM Files WHERE \(condition) AND \(BackupManifest.isFile)", arguments
        ) { row in
            guard let domain = row.text(1), let path = row.text(2) else { return }
            // Without a file id the row stays in the answer, and opening its file says what is missing.
            rows.append(Row(identifier: row.text(0) ?? "", domain: domain, relativePath: path))
        }
        return rows
    }

    /// The record of one file: an archive with its size, dates and key.
    func record(of identifier: String) throws(ParseError) -> [UInt8]? {
        var record: [UInt8]?
        try query("SELECT file FROM Files WHERE fileID = ?1 LIMIT 1", [identifier]) { row in record = row.bytes(0) }
        return record
    }

    /// How many files are listed whose `domain/relativePath` matches one of the patterns; all without patterns.
    func count(matching patterns: [String]) throws(ParseError) -> Int {
        var count = 0
        try query(
            "SELECT count(*) FROM Files WHERE \(BackupManifest.isFile)\(filter(patterns))", patterns
        ) { row in count = Int(row.integer(0) ?? 0) }
        return count
    }

    /// The next files behind a row key, with their records.
    func entries(after key: Int64, limit: Int, matching patterns: [String]) throws(ParseError) -> [Entry] {
        var entries: [Entry] = []
        try query(
            """
            SELECT rowid, fileID, domain, relativePath, file FROM Files
            WHERE rowid > \(key) AND \(BackupManifest.isFile)\(filter(patterns)) ORDER BY rowid LIMIT \(limit)
            """, patterns
        ) { row in
            guard let key = row.integer(0) else { return }
            entries.append(
                Entry(
                    key: key,
                    row: Row(
                        identifier: row.text(1) ?? "", domain: row.text(2) ?? "", relativePath: row.text(3) ?? ""),
                    record: row.bytes(4)))
        }
        return entries
    }

    private func filter(_ patterns: [String]) -> String {
        guard !patterns.isEmpty else { return "" }
        let parts = (1...patterns.count).map { "domain || '/' || relativePath GLOB ?\($0)" }
        return " AND (\(parts.joined(separator: " OR ")))"
    }

    private func query(
        _ statement: String, _ arguments: [String], _ body: (borrowing SQLiteRow) -> Void
    ) throws(ParseError) {
        try connection.withLock { (connection) throws(ParseError) in
            do {
                try connection.database.query(statement, arguments) { row in body(row) }
            } catch let error as ParseError {
                throw ParseError(error.kind, error.expected, at: error.offset, in: "Manifest.db")
            } catch {
                throw ParseError(.unreadable, "readable rows", in: "Manifest.db")
            }
        }
    }

    /// What stands before the first `*`.
    private func literalStart(of pattern: String) -> (text: String, hasStar: Bool) {
        guard let star = pattern.utf8.firstIndex(of: UInt8(ascii: "*")) else { return (pattern, false) }
        return (String(pattern[..<star]), true)
    }

    /// Behind every text that begins with `start`: SQLite compares bytes, and no character has larger ones.
    private func end(of start: String) -> String { start + "\u{10FFFF}" }

    /// Our pattern in the words of SQLite, where `?` and `[` mean something too.
    private func glob(_ pattern: String) -> String {
        pattern.replacing("[", with: "[[]").replacing("?", with: "[?]")
    }
}
