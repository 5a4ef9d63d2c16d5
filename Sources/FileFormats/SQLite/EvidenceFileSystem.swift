import CSQLite
import Primitives
import Synchronization

/// A SQLite virtual file system that holds one database and its write-ahead log, and refuses every write.
///
/// Version-1 I/O methods, so without shared memory: SQLite then keeps the index of the log in memory, on condition that
/// the locking mode is exclusive before the first read. Source: sqlite.org/vfs.html, sqlite.org/wal.html section 8.
final class EvidenceFileSystem {
    /// What the callbacks need; the file system owns it, and SQLite only borrows it.
    final class Contents {
        let main: any ByteSource
        let log: (any ByteSource)?
        /// The size that SQLite is told: what the header announces, so that the pages before a cut are still read.
        let announcedSize: Int

        init(main: any ByteSource, log: (any ByteSource)?, announcedSize: Int) {
            self.main = main
            self.log = log
            self.announcedSize = announcedSize
        }
    }

    /// SQLite's own structure, and behind it what Swift needs to find the bytes.
    private struct OpenFile {
        var base: sqlite3_file
        var contents: Unmanaged<Contents>?
        var isLog: Bool
    }

    /// Extended result codes: SQLite declares them as expressions, which Swift does not import.
    private enum ResultCode {
        static let readFailed = SQLITE_IOERR | 1 << 8
        static let shortRead = SQLITE_IOERR | 2 << 8
        static let statusFailed = SQLITE_IOERR | 7 << 8
    }

    private static let serial = Atomic<Int>(0)

    /// The name under which SQLite knows this file system.
    let name: String
    private let contents: Contents
    private let system: UnsafeMutablePointer<sqlite3_vfs>
    private let cName: UnsafeMutablePointer<CChar>

    init(main: any ByteSource, log: (any ByteSource)?, announcedSize: Int) throws(ParseError) {
        guard let platform = sqlite3_vfs_find(nil) else {
            throw ParseError(.unsupported, "a SQLite library with a file system")
        }
        name = "bridle-\(EvidenceFileSystem.serial.add(1, ordering: .relaxed).newValue)"
        contents = Contents(main: main, log: log, announcedSize: max(announcedSize, main.count))
        let bytes = Array(name.utf8CString)
        cName = .allocate(capacity: bytes.count)
        cName.initialize(from: bytes, count: bytes.count)
        system = .allocate(capacity: 1)
        // Time, randomness and sleep come from the platform; everything about files is ours.
        var vfs = platform.pointee
        vfs.iVersion = 1
        vfs.szOsFile = Int32(MemoryLayout<OpenFile>.size)
        vfs.pNext = nil
        vfs.zName = UnsafePointer(cName)
        vfs.pAppData = Unmanaged.passUnretained(contents).toOpaque()
        vfs.xOpen = { EvidenceFileSystem.open($0, $1, $2, $3, $4) }
        vfs.xDelete = { _, _, _ in SQLITE_READONLY }
        vfs.xAccess = { vfs, path, _, result in
            let contents = vfs?.pointee.pAppData.map { Unmanaged<Contents>.fromOpaque($0).takeUnretainedValue() }
            let isLog = path.map { String(cString: $0).hasSuffix("-wal") } ?? false
            result?.pointee = isLog && contents?.log != nil ? 1 : 0
            return SQLITE_OK
        }
        vfs.xFullPathname = { _, path, size, result in
            guard let path, let result else { return SQLITE_CANTOPEN }
            copyText(size, result, path)
            return SQLITE_OK
        }
        vfs.xDlOpen = { _, _ in nil }
        vfs.xDlError = nil
        vfs.xDlSym = nil
        vfs.xDlClose = nil
        system.initialize(to: vfs)
        guard sqlite3_vfs_register(system, 0) == SQLITE_OK else {
            throw ParseError(.unsupported, "a SQLite library that takes a virtual file system")
        }
    }

    deinit {
        sqlite3_vfs_unregister(system)
        system.deallocate()
        cName.deallocate()
    }

    /// The same methods serve every file; they hold no state.
    private static nonisolated(unsafe) let methods: UnsafePointer<sqlite3_io_methods> = {
        var methods = sqlite3_io_methods()
        methods.iVersion = 1
        methods.xClose = { _ in SQLITE_OK }
        methods.xRead = { EvidenceFileSystem.read($0, $1, $2, $3) }
        methods.xWrite = { _, _, _, _ in SQLITE_READONLY }
        methods.xTruncate = { _, _ in SQLITE_READONLY }
        methods.xSync = { _, _ in SQLITE_OK }
        methods.xFileSize = { file, size in
            guard let size, let open = file.map(EvidenceFileSystem.openFile), let contents = open.contents
            else { return ResultCode.statusFailed }
            let found = contents.takeUnretainedValue()
            size.pointee = sqlite3_int64(open.isLog ? found.log?.count ?? 0 : found.announcedSize)
            return SQLITE_OK
        }
        methods.xLock = { _, _ in SQLITE_OK }
        methods.xUnlock = { _, _ in SQLITE_OK }
        methods.xCheckReservedLock = { _, result in
            result?.pointee = 0
            return SQLITE_OK
        }
        methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        methods.xSectorSize = { _ in 4_096 }
        methods.xDeviceCharacteristics = { _ in 0 }
        let pointer = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        pointer.initialize(to: methods)
        return UnsafePointer(pointer)
    }()

    private static func openFile(_ file: UnsafeMutablePointer<sqlite3_file>) -> OpenFile {
        UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self).pointee
    }

    private static func open(
        _ vfs: UnsafeMutablePointer<sqlite3_vfs>?, _ path: UnsafePointer<CChar>?,
        _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32, _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let file else { return SQLITE_CANTOPEN }
        // SQLite closes a file whose methods are set, even if opening it went wrong.
        file.pointee.pMethods = nil
        let isLog = flags & SQLITE_OPEN_WAL != 0
        guard let data = vfs?.pointee.pAppData, isLog || flags & SQLITE_OPEN_MAIN_DB != 0 else {
            return SQLITE_CANTOPEN
        }
        let contents = Unmanaged<Contents>.fromOpaque(data)
        let opened = UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self)
        opened.pointee.contents = contents
        opened.pointee.isLog = isLog
        opened.pointee.base.pMethods = methods
        outFlags?.pointee = flags
        return SQLITE_OK
    }

    private static func read(
        _ file: UnsafeMutablePointer<sqlite3_file>?, _ target: UnsafeMutableRawPointer?, _ count: Int32,
        _ offset: sqlite3_int64
    ) -> Int32 {
        guard let target, count > 0, let open = file.map(openFile), let contents = open.contents,
            let offset = Int(exactly: offset)
        else { return ResultCode.readFailed }
        let buffer = UnsafeMutableRawBufferPointer(start: target, count: Int(count))
        let found = contents.takeUnretainedValue()
        guard let source = open.isLog ? found.log : found.main else {
            buffer.initializeMemory(as: UInt8.self, repeating: 0)
            return ResultCode.shortRead
        }
        do throws(ParseError) {
            let length = try source.read(at: offset, into: buffer)
            guard length < buffer.count else { return SQLITE_OK }
            // Required by SQLite: what could not be read is zero.
            UnsafeMutableRawBufferPointer(rebasing: buffer[length...]).initializeMemory(as: UInt8.self, repeating: 0)
            return ResultCode.shortRead
        } catch {
            return ResultCode.readFailed
        }
    }
}

/// Copies a C string into a buffer of a size that SQLite chose, cut if it must be.
private func copyText(_ size: Int32, _ target: UnsafeMutablePointer<CChar>, _ source: UnsafePointer<CChar>) {
    var index = 0
    while index < Int(size) - 1, source[index] != 0 {
        target[index] = source[index]
        index += 1
    }
    target[index] = 0
}
