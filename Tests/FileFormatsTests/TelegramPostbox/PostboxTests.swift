import FileFormats
import Primitives
import Testing

struct PostboxTests {
    /// A member: the length of its name, the name, the type and the value.
    private func member(_ name: String, _ type: UInt8, _ value: [UInt8]) -> [UInt8] {
        [UInt8(name.utf8.count)] + Array(name.utf8) + [type] + value
    }

    @Test func `a stored value is the object under its underscore`() throws {
        let inner = member("fn", 4, [2, 0, 0, 0] + Array("Al".utf8)) + member("i", 0, [0xFF, 0xFF, 0xFF, 0xFF])
        let value = try PostboxValue(stored: member("_", 5, [1, 0, 0, 0, UInt8(inner.count), 0, 0, 0] + inner))
        #expect(value["fn"]?.text == "Al")
        #expect(value["i"]?.integer == -1)
        #expect(value.texts == ["Al"])
    }

    @Test(arguments: [
        [1, 0x61], [1, 0x61, 99], [1, 0x61, 4, 0xFF, 0xFF, 0xFF, 0x7F], [1, 0x61, 4, 0xFF, 0xFF, 0xFF, 0xFF],
        [1, 0x61, 6, 0xFF, 0xFF, 0xFF, 0x7F], [1, 0x61, 8, 0, 0, 0, 0x40], [200],
        [1, 0x61, 5, 0, 0, 0, 0, 0xFF, 0, 0, 0],
    ])
    func `lengths beyond the bytes are refused`(bytes: [UInt8]) {
        #expect(throws: ParseError.self) { try PostboxValue(stored: bytes) }
    }

    @Test func `objects inside each other end at a limit`() {
        var value: [UInt8] = []
        for _ in 0..<60 {
            let length = value.count
            value = member(
                "a", 5, [0, 0, 0, 0] + (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + value)
        }
        #expect(throws: ParseError.self) { try PostboxValue(stored: value) }
    }

    @Test func `a key holds chat, namespace, time and number`() throws {
        let key = try #require(
            PostboxMessage.Key([0, 0, 0, 2, 0, 0, 0, 9, 0, 0, 0, 1, 0x65, 0x53, 0xF1, 0, 0xFF, 0xFF, 0xFF, 0xFF]))
        #expect(key.chat == 2 << 32 | 9)
        #expect(key.namespace == 1)
        #expect(key.date?.description == "2023-11-14T22:13:20.000000Z")
        #expect(key.number == -1)
        #expect(PostboxMessage.Key([1, 2, 3]) == nil)
    }
}
