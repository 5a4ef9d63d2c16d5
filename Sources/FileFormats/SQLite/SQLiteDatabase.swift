import CSQLite
public import Primitives

/// A SQLite database of unknown origin, read in place through a virtual file system that can't write.
///
/// Nothing is written beside it: no journal, no `-shm`, no temporary file. The write-ahead log is read if one is given.
/// A database belongs to the task that opened it.
public final class SQLiteDatabase {
    let handle: OpaquePointer
    private let fileSystem: EvidenceFileSystem
    /// Bounds the work between two rows.
    let budget = StepBudget()
    /// Damage that was seen while opening, for the caller to note.
    public private(set) var damage: [ParseError] = []
    private let contents: any ByteSource
    private let log: (any ByteSource)?
    /// What the page reader said of the whole was reported.
    var arePagesReported = false

    /// The same database as pages; nothing if they can't be read as such.
    private(set) lazy var pages: SQLitePages? = try? SQLitePages(contents, writeAheadLog: log)

    /// The first bytes of every SQLite database.
    static let magic = Array("SQLite format 3\0".utf8)

    /// Opens a database, and its write-ahead log if there is one.
    ///
    /// Throws when the content is not a SQLite database. A file that is shorter than its header says is opened all the
    /// same, with a note in ``damage``.
    public init(_ contents: any ByteSource, writeAheadLog: (any ByteSource)? = nil) throws(ParseError) {
        let header = try contents.bytes(in: 0..<100)
        guard header.count == 100, header.starts(with: SQLiteDatabase.magic) else {
            throw ParseError(header.count < 100 ? .truncated : .malformed, "a SQLite database header", at: 0)
        }
        let announced = SQLiteDatabase.announcedSize(header)
        if announced > contents.count {
            damage.append(
                ParseError(.truncated, "\(announced) bytes, as the database header says", at: contents.count))
        }
        var log = writeAheadLog
        if let source = log, let problem = SQLiteDatabase.problem(inLog: source) {
            if source.count > 0 { damage.append(problem) }
            log = nil
        }
        self.contents = contents
        self.log = log
        fileSystem = try EvidenceFileSystem(main: contents, log: log, announcedSize: announced)
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(
            "evidence", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
            fileSystem.name)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close(handle)
            throw ParseError(.malformed, "a SQLite database (\(String(cString: sqlite3_errstr(code))))")
        }
        self.handle = handle
        configure()
    }

    deinit { sqlite3_close_v2(handle) }

    /// Everything that keeps a hostile database from doing more than being read.
    private func configure() {
        sqlite3_extended_result_codes(handle, 1)
        bridle_sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        bridle_sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        bridle_sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
        bridle_sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0)
        bridle_sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0)
        // Longer than anything a person wrote; escaped and copied, it is still small beside the memory of a machine.
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 16 << 20)
        budget.install(on: handle)
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0)
        // Exclusive before the first read: the index of the write-ahead log then lives in memory, not in a file.
        for pragma in ["locking_mode=EXCLUSIVE", "temp_store=MEMORY", "cache_size=-4096", "query_only=ON"] {
            sqlite3_exec(handle, "PRAGMA " + pragma, nil, nil, nil)
        }
    }

    /// The size that the header announces, in bytes: pages times page size (file format, section 1.3).
    private static func announcedSize(_ header: [UInt8]) -> Int {
        let stored = Int(header[16]) << 8 | Int(header[17])
        let pageSize = stored == 1 ? 65_536 : stored
        let pages = header[28..<32].reduce(0) { $0 << 8 | Int($1) }
        // The count is valid only if the two change counters agree (section 1.3.7).
        return header[24..<28] == header[92..<96] ? pages * pageSize : 0
    }

    /// Why a write-ahead log can't be used, or nothing.
    private static func problem(inLog log: any ByteSource) -> ParseError? {
        guard let magic = try? log.bytes(in: 0..<32), magic.count == 32 else {
            return ParseError(.truncated, "a write-ahead log header", at: 0, in: "-wal")
        }
        // 0x377f0682 or 0x377f0683 (file format, section 4.1).
        guard magic[0..<3] == [0x37, 0x7F, 0x06], magic[3] & 0xFE == 0x82 else {
            return ParseError(.malformed, "a write-ahead log header", at: 0, in: "-wal")
        }
        return nil
    }
}
