import CSQLite
import Foundation

/// Makes SQLite databases from SQL text, so that fixtures can be read in a diff.
public enum DatabaseBuilder {
    /// What went wrong with the text of a fixture.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// A database with small pages, and its write-ahead log if there are statements for one.
    public static func build(
        _ statements: String, writeAheadLog logged: String? = nil, pageSize: Int = 512, reserved: Int32 = 0
    ) throws -> (main: [UInt8], log: [UInt8]?) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bridle-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "fixture.db").path
        var handle: OpaquePointer?
        guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else {
            throw Failure(description: "a database can't be made in \(folder.path)")
        }
        defer { sqlite3_close(handle) }
        var bytes = reserved
        if reserved > 0 { sqlite3_file_control(handle, nil, SQLITE_FCNTL_RESERVE_BYTES, &bytes) }
        try run("PRAGMA page_size=\(pageSize); PRAGMA auto_vacuum=NONE;", handle)
        try run(statements, handle)
        guard let logged else { return (try contents(path), nil) }
        try run("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;", handle)
        try run(logged, handle)
        return (try contents(path), try contents(path + "-wal"))
    }

    private static func run(_ statements: String, _ handle: OpaquePointer) throws {
        guard sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK else {
            throw Failure(description: String(cString: sqlite3_errmsg(handle)))
        }
    }

    private static func contents(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
