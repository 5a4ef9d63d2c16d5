public import Primitives

/// The file in which Apple's systems keep cookies, read cookie by cookie; the values of cookies are stepped over.
///
///     cook                4 bytes
///     number of pages     4 bytes, most significant byte first, as are the sizes
///     size of each page   4 bytes each
///     the pages
///     checksum and footer, not read
///
/// A page: 00 00 01 00, the number of cookies, the distance of each from the start of the page; in a page and a cookie
/// every number has its least significant byte first. A cookie, in bytes from its start:
///
///      0  size            4  version or zero     8  flags: 1 encrypted connections only, 4 not for scripts
///     12  has a port     16  distance of the host, of the name, of the path, of the value: texts that end with a zero
///     32  distances of comments, zero for none
///     40  end of validity, 48  creation: 64-bit numbers of seconds since 2001-01-01T00:00:00Z
///
/// - SeeAlso: <https://github.com/libyal/dtformats/blob/main/documentation/Safari%20Cookies.asciidoc>
public struct BinaryCookies: Sendable, IteratorProtocol {
    /// A cookie without its value.
    public struct Cookie: Sendable, Hashable {
        /// The host, with a dot before it if the cookie is for the hosts below too.
        public var host: String
        /// The name of the cookie.
        public var name: String
        /// The path that it is for.
        public var path: String
        /// How many bytes the value has.
        public var valueSize: Int
        /// 1 encrypted connections only, 4 not for scripts.
        public var flags: UInt32
        /// When it was stored.
        public var created: Timestamp?
        /// When it ends; nothing if it ends with the session.
        public var expires: Timestamp?
        /// Distance in bytes from the start of the file.
        public var offset: Int

        /// Whether it is sent over encrypted connections only.
        public var isSecure: Bool { flags & 1 != 0 }
        /// Whether scripts of the page can't see it.
        public var isHTTPOnly: Bool { flags & 4 != 0 }
    }

    /// The fixed part of a cookie.
    private static let headerSize = 56

    private let bytes: [UInt8]
    /// Pages that were not begun, the next one last.
    private var pages: [Range<Int>] = []
    private var page = 0..<0
    /// Distances of the cookies of the page that were not read, the next one last.
    private var offsets: [Int] = []
    /// Bytes of the page that no cookie has claimed: cookies that share bytes could be without number.
    private var unclaimed = 0
    private var damage: [ParseError] = []

    /// Reads the list of pages.
    public init(parsing bytes: [UInt8]) throws(ParseError) {
        self.bytes = bytes
        var cursor = ByteCursor(bytes)
        guard try cursor.take(4, "a file of cookies").elementsEqual("cook".utf8) else {
            throw ParseError(.malformed, "a file of cookies", at: 0)
        }
        let count = try Int(cursor.bigEndian(bytes: 4, "a number of pages"))
        guard count <= cursor.remaining / 4 else { throw ParseError(.truncated, "the sizes of all pages", at: 4) }
        var start = cursor.offset + count * 4
        for _ in 0..<count {
            let size = try Int(cursor.bigEndian(bytes: 4, "the size of a page"))
            guard size <= bytes.count - start else {
                damage.append(ParseError(.truncated, "all pages of cookies", at: start))
                pages.append(start..<bytes.count)
                break
            }
            pages.append(start..<start + size)
            start += size
        }
        pages.reverse()
    }

    /// The next cookie, or what is damaged in its place; nothing at the end.
    public mutating func next() -> Result<Cookie, ParseError>? {
        if let error = damage.popLast() { return .failure(error) }
        while true {
            if let offset = offsets.popLast() {
                do throws(ParseError) {
                    return .success(try cookie(at: offset))
                } catch {
                    return .failure(error)
                }
            }
            guard let next = pages.popLast() else { return nil }
            do throws(ParseError) {
                try begin(next)
            } catch {
                return .failure(error)
            }
        }
    }

    private mutating func begin(_ range: Range<Int>) throws(ParseError) {
        page = range
        unclaimed = range.count
        var cursor = ByteCursor(bytes, at: range.lowerBound)
        guard range.count >= 8, try cursor.bigEndian(bytes: 4, "a page of cookies") == 0x100 else {
            throw ParseError(.malformed, "a page of cookies", at: range.lowerBound)
        }
        let count = try Int(cursor.littleEndian(bytes: 4, "a number of cookies"))
        guard count <= (range.count - 8) / 4 else {
            throw ParseError(.truncated, "the places of all cookies of a page", at: cursor.offset)
        }
        for _ in 0..<count {
            offsets.append(range.lowerBound + Int(try cursor.littleEndian(bytes: 4, "the place of a cookie")))
        }
        offsets.reverse()
    }

    private mutating func cookie(at start: Int) throws(ParseError) -> Cookie {
        guard start <= page.upperBound - Self.headerSize else {
            throw ParseError(.truncated, "a cookie inside its page", at: page.upperBound)
        }
        var cursor = ByteCursor(bytes, at: start)
        func number(_ expected: String) throws(ParseError) -> Int { try Int(cursor.littleEndian(bytes: 4, expected)) }
        let size = try number("the size of a cookie")
        guard size >= Self.headerSize, size <= page.upperBound - start, size <= unclaimed else {
            throw ParseError(.malformed, "the size of a cookie inside its page", at: start)
        }
        unclaimed -= size
        try cursor.skip(4, "a version")
        let flags = try UInt32(truncatingIfNeeded: cursor.littleEndian(bytes: 4, "flags"))
        try cursor.skip(4, "whether there is a port")
        let end = start + size
        let host = try text(start, number("the place of the host"), end)
        let name = try text(start, number("the place of the name"), end)
        let path = try text(start, number("the place of the path"), end)
        let value = try text(start, number("the place of the value"), end)
        try cursor.skip(8, "the places of comments")
        let expires = try cursor.littleEndian(bytes: 8, "the end of validity")
        let created = try cursor.littleEndian(bytes: 8, "the time of storage")
        return Cookie(
            host: String(decoding: bytes[host], as: UTF8.self), name: String(decoding: bytes[name], as: UTF8.self),
            path: String(decoding: bytes[path], as: UTF8.self), valueSize: value.count, flags: flags,
            created: Timestamp(cocoaSeconds: Double(bitPattern: created)),
            expires: Timestamp(cocoaSeconds: Double(bitPattern: expires)), offset: start)
    }

    /// The bytes of a text that ends with a zero, inside its cookie.
    private func text(_ start: Int, _ distance: Int, _ end: Int) throws(ParseError) -> Range<Int> {
        guard distance >= Self.headerSize, distance < end - start else {
            throw ParseError(.malformed, "a text inside its cookie", at: start)
        }
        let first = start + distance
        guard let last = bytes[first..<end].firstIndex(of: 0) else {
            throw ParseError(.malformed, "a zero at the end of a text", at: first)
        }
        return first..<last
    }
}
