import CSQLite
import FileFormats
import Primitives

/// Databases for tests.
enum SQLite {
    struct Failure: Error { let code: Int32 }

    /// Runs statements on a database file.
    static func run(_ statements: String, on path: String) throws {
        var database: OpaquePointer?
        defer { sqlite3_close(database) }
        var code = sqlite3_open(path, &database)
        if code == SQLITE_OK { code = sqlite3_exec(database, statements, nil, nil, nil) }
        guard code == SQLITE_OK else { throw Failure(code: code) }
    }

    /// A database with one row in the file and one in the write-ahead log, taken while it was open.
    static func databaseWithLog(in workspace: Workspace) throws -> (main: [UInt8], log: [UInt8]) {
        var database: OpaquePointer?
        defer { sqlite3_close(database) }
        guard sqlite3_open(workspace.path("live.db"), &database) == SQLITE_OK else {
            throw Failure(code: SQLITE_CANTOPEN)
        }
        for statement in [
            "PRAGMA journal_mode=WAL", "PRAGMA wal_autocheckpoint=0", "CREATE TABLE message (text TEXT)",
            "INSERT INTO message VALUES ('in the file')", "PRAGMA wal_checkpoint(TRUNCATE)",
            "INSERT INTO message VALUES ('in the log')",
        ] {
            let code = sqlite3_exec(database, statement, nil, nil, nil)
            guard code == SQLITE_OK else { throw Failure(code: code) }
        }
        return (try workspace.bytes("live.db"), try workspace.bytes("live.db-wal"))
    }

    static func texts(in source: any ByteSource, log: (any ByteSource)?) throws -> [String] {
        var texts: [String] = []
        try SQLiteDatabase(source, writeAheadLog: log).query("SELECT text FROM message ORDER BY rowid") { row in
            if let text = row.text(0) { texts.append(text) }
        }
        return texts
    }
}
