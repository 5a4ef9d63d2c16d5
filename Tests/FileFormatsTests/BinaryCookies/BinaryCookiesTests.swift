import FileFormats
import Primitives
import Testing

/// Files of cookies are built here number by number, so that a test can bend any of them.
struct BinaryCookiesTests {
    /// A cookie with room for each number to be wrong.
    static func cookie(
        _ texts: [String] = [".a.example", "id", "/", "secret"], flags: UInt32 = 5, created: Double = 656_000_000.5,
        expires: Double = 656_000_060.5, size: UInt32? = nil, host: UInt32? = nil
    ) -> [UInt8] {
        var body: [UInt8] = []
        var places: [UInt32] = []
        for text in texts {
            places.append(UInt32(56 + body.count))
            body += Array(text.utf8) + [0]
        }
        if let host { places[0] = host }
        let numbers: [UInt32] = [size ?? UInt32(56 + body.count), 0, flags, 0] + places + [0, 0]
        return numbers.flatMap { little($0) }
            + [expires, created].flatMap { little($0.bitPattern) } + body
    }

    static func page(_ cookies: [[UInt8]], places: [UInt32]? = nil) -> [UInt8] {
        var offset = UInt32(12 + 4 * cookies.count)
        var found: [UInt32] = []
        for cookie in cookies {
            found.append(offset)
            offset += UInt32(cookie.count)
        }
        let head: [UInt8] = [0, 0, 1, 0] + little(UInt32(cookies.count)) + (places ?? found).flatMap { little($0) }
        return head + [0, 0, 0, 0] + cookies.flatMap { $0 }
    }

    static func file(_ pages: [[UInt8]], count: UInt32? = nil) -> [UInt8] {
        let numbers: [UInt32] = [count ?? UInt32(pages.count)] + pages.map { UInt32($0.count) }
        return Array("cook".utf8) + numbers.flatMap { little($0).reversed() } + pages.flatMap { $0 }
            + [0, 0, 0, 0, 7, 0x17, 0x20, 5, 0, 0, 0, 0x4B]
    }

    private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    static func read(_ bytes: [UInt8]) throws -> (cookies: [BinaryCookies.Cookie], damage: [ParseError]) {
        var reader = try BinaryCookies(parsing: bytes)
        var cookies: [BinaryCookies.Cookie] = []
        var damage: [ParseError] = []
        while let found = reader.next() {
            switch found {
            case .success(let cookie): cookies.append(cookie)
            case .failure(let error): damage.append(error)
            }
        }
        return (cookies, damage)
    }

    @Test func `a cookie is read without its value`() throws {
        let (cookies, damage) = try BinaryCookiesTests.read(
            BinaryCookiesTests.file([BinaryCookiesTests.page([BinaryCookiesTests.cookie()])]))
        let cookie = try #require(cookies.first)
        #expect(cookies.count == 1 && damage.isEmpty)
        #expect(cookie.host == ".a.example" && cookie.name == "id" && cookie.path == "/" && cookie.valueSize == 6)
        #expect(cookie.isSecure && cookie.isHTTPOnly)
        #expect(cookie.created?.description == "2021-10-15T14:13:20.500000Z")
        #expect(cookie.expires?.description == "2021-10-15T14:14:20.500000Z")
        #expect(cookie.offset == 28)
    }

    @Test func `pages and their cookies come in the order of the file`() throws {
        let pages = [["one", "two"], ["three"], []].map { names in
            BinaryCookiesTests.page(names.map { BinaryCookiesTests.cookie([$0, "", "", ""]) })
        }
        let (cookies, damage) = try BinaryCookiesTests.read(BinaryCookiesTests.file(pages))
        #expect(cookies.map(\.host) == ["one", "two", "three"])
        #expect(damage.isEmpty)
    }

    @Test func `a cookie whose host lies outside is noted and the next one is read`() throws {
        let bad = BinaryCookiesTests.cookie(host: 4_000)
        let (cookies, damage) = try BinaryCookiesTests.read(
            BinaryCookiesTests.file([BinaryCookiesTests.page([bad, BinaryCookiesTests.cookie()])]))
        #expect(cookies.count == 1 && damage.count == 1)
    }

    @Test func `many places that lead to one cookie are not many cookies`() throws {
        let cookie = BinaryCookiesTests.cookie()
        let page = BinaryCookiesTests.page([cookie, [], [], []], places: [28, 28, 28, 28])
        let (cookies, damage) = try BinaryCookiesTests.read(BinaryCookiesTests.file([page]))
        #expect(cookies.count == 1 && damage.count == 3)
    }

    @Test func `a page of another kind is noted and the next one is read`() throws {
        let pages = [[UInt8](repeating: 1, count: 20), BinaryCookiesTests.page([BinaryCookiesTests.cookie()])]
        let (cookies, damage) = try BinaryCookiesTests.read(BinaryCookiesTests.file(pages))
        #expect(cookies.count == 1 && damage.count == 1)
    }

    @Test func `a file of another kind, and one with more pages than bytes, is refused`() throws {
        #expect(throws: ParseError.self) { try BinaryCookies(parsing: Array("book".utf8) + [0, 0, 0, 0]) }
        #expect(throws: ParseError.self) {
            try BinaryCookies(parsing: BinaryCookiesTests.file([], count: 0xFFFF_FFFF))
        }
        #expect(try BinaryCookiesTests.read(BinaryCookiesTests.file([])).cookies.isEmpty)
    }

    @Test func `a page that is longer than the file is read as far as it goes, and ends the pages`() throws {
        let page = BinaryCookiesTests.page([BinaryCookiesTests.cookie(), BinaryCookiesTests.cookie()])
        var bytes = BinaryCookiesTests.file([page, []])
        bytes[8..<12] = [0, 1, 0, 0]
        bytes.removeLast(12 + 10)
        let (cookies, damage) = try BinaryCookiesTests.read(bytes)
        #expect(cookies.count == 1 && damage.count == 2)
    }

    @Test func `times that are unset or absurd are nothing`() throws {
        let odd = BinaryCookiesTests.cookie(created: .nan, expires: 0)
        let (cookies, _) = try BinaryCookiesTests.read(
            BinaryCookiesTests.file([BinaryCookiesTests.page([odd])]))
        #expect(cookies.count == 1 && cookies[0].created == nil && cookies[0].expires == nil)
    }

    @Test func `damage anywhere is read without a trap, and makes no cookies`() throws {
        let whole = BinaryCookiesTests.file([
            BinaryCookiesTests.page([BinaryCookiesTests.cookie(), BinaryCookiesTests.cookie(["b", "", "/", ""])])
        ])
        forEachDamagedCopy(of: whole) { bytes in
            guard let found = try? BinaryCookiesTests.read(bytes) else { return }
            #expect(found.cookies.count <= 2)
        }
    }
}
