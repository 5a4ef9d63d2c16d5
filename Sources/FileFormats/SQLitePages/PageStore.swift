import Primitives

/// Hands out the pages of a database by number: the version that counts, or an older one on request.
final class PageStore {
    /// Where the bytes of a page were taken from.
    struct Origin {
        /// Distance of the page from the start of its file.
        var offset: Int
        /// The frame of the write-ahead log, counted from 1; nothing for the database file.
        var frame: Int?
    }

    private let main: any ByteSource
    let log: LogFrames?
    let header: DatabaseHeader
    var pageSize: Int { header.pageSize }
    var usableSize: Int { header.usableSize }
    /// Pages that the database file holds, the last one perhaps in part.
    let pagesInFile: Int
    /// The highest number that a page can have.
    let highestPage: Int
    /// What is odd about the files as a whole.
    private(set) var remarks: [ParseError] = []

    /// Opens the pages; a write-ahead log that can't be used is left out with a remark.
    init(_ main: any ByteSource, log source: (any ByteSource)?) throws(ParseError) {
        self.main = main
        var first = try DatabaseHeader(main.bytes(in: 0..<DatabaseHeader.size))
        var log: LogFrames?
        if let source, source.count > 0 {
            do throws(ParseError) {
                let frames = try LogFrames(source)
                if frames.committed > 0, frames.pageSize != first.pageSize {
                    throw ParseError(.malformed, "pages of \(first.pageSize) bytes, as in the database", in: "-wal")
                }
                log = frames
            } catch {
                remarks.append(error)
            }
        }
        // The header that counts is the one of the last committed version of page 1.
        if let log, let frame = log.current[1] {
            let start = log.offset(ofFrame: Int(frame))
            let newer = try DatabaseHeader(log.source.bytes(in: start..<start + DatabaseHeader.size))
            if newer.pageSize == first.pageSize { first = newer }
        }
        header = first
        remarks += first.remarks
        self.log = log
        let size = first.pageSize
        // Page numbers have 32 bits; a file full of holes can claim more.
        pagesInFile = min(main.count / size + (main.count % size > 0 ? 1 : 0), Int(UInt32.max) - 1)
        highestPage = max(pagesInFile, log?.databaseSize ?? 0)
    }

    /// The page that SQLite never uses, because locks are taken on its bytes.
    var lockPage: Int { 0x4000_0000 / pageSize + 1 }

    /// A buffer for one page, readable for some bytes behind its end.
    func makeBuffer() -> UnsafeMutableRawPointer {
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: pageSize + 32, alignment: 16)
        buffer.initializeMemory(as: UInt8.self, repeating: 0, count: pageSize + 32)
        return buffer
    }

    /// Where the version of a page that counts is stored.
    func origin(of page: Int) -> Origin {
        if let log, let frame = log.current[UInt32(truncatingIfNeeded: page)] {
            return Origin(offset: log.offset(ofFrame: Int(frame)), frame: Int(frame))
        }
        return Origin(offset: (page - 1) * pageSize, frame: nil)
    }

    /// Whether the version of a page that counts is that of the database file.
    func isInFile(_ page: Int) -> Bool { log?.current[UInt32(truncatingIfNeeded: page)] == nil }

    /// Reads pages of the database file that follow each other; returns how many there were in full.
    func read(from page: Int, atMost count: Int, into buffer: UnsafeMutableRawPointer) -> Int {
        guard page >= 1, page <= pagesInFile else { return 0 }
        let wanted = min(count, pagesInFile - page + 1) * pageSize
        let target = UnsafeMutableRawBufferPointer(start: buffer, count: wanted)
        // What can't be read is read once more by itself, and noted then.
        return ((try? main.read(at: (page - 1) * pageSize, into: target)) ?? 0) / pageSize
    }

    /// Reads the version of a page that counts; returns how many of its usable bytes there are.
    func read(_ page: Int, into buffer: UnsafeMutableRawPointer) throws(ParseError) -> Int {
        guard page >= 1, page <= highestPage else { throw ParseError(.malformed, "a page number within the database") }
        return try read(origin(of: page), into: buffer)
    }

    /// Reads a version of a page; returns how many of its usable bytes there are, the rest is zero.
    func read(_ origin: Origin, into buffer: UnsafeMutableRawPointer) throws(ParseError) -> Int {
        let target = UnsafeMutableRawBufferPointer(start: buffer, count: pageSize)
        let source = origin.frame == nil ? main : log?.source ?? main
        let length = try source.read(at: origin.offset, into: target)
        guard length > 0 else { throw ParseError(.truncated, "a page of \(pageSize) bytes", at: origin.offset) }
        if length < pageSize {
            UnsafeMutableRawBufferPointer(rebasing: target[length...]).initializeMemory(as: UInt8.self, repeating: 0)
        }
        return min(length, usableSize)
    }

    /// The first bytes of a page, to see what it is without reading it.
    func start(of page: Int, _ count: Int) -> [UInt8] {
        let origin = origin(of: page)
        let source = origin.frame == nil ? main : log?.source ?? main
        return (try? source.bytes(in: origin.offset..<origin.offset + count)) ?? []
    }
}
