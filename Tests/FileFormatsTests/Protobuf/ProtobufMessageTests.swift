import FileFormats
import Primitives
import Testing

struct ProtobufMessageTests {
    /// A field of bytes whose number fits into one byte with its wire type.
    static func bytes(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(content.count)] + content
    }

    @Test func `values of every wire type are read`() throws {
        let message = ProtobufMessage(
            parsing: [0x08, 0x96, 0x01] + [0x11, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F] + [0x1D, 0, 0, 0x20, 0x41]
                + Self.bytes(4, Array("amina".utf8)))
        #expect(message.damage == nil)
        #expect(message[1]?.integer == 150)
        #expect(message[2]?.real == 1.5)
        #expect(message[3]?.real == 10)
        #expect(message[4]?.text == "amina")
        #expect(message[5] == nil)
        #expect(message[1]?.text == nil && message[1]?.real == nil && message[4]?.integer == nil)
    }

    @Test func `a negative number has ten bytes`() {
        let message = ProtobufMessage(parsing: [0x08] + Array(repeating: 0xFF, count: 9) + [0x01])
        #expect(message[1]?.integer == -1)
    }

    @Test func `the last of several values counts, and all can be asked for`() {
        let message = ProtobufMessage(parsing: [0x08, 1, 0x08, 2, 0x10, 9, 0x08, 3])
        #expect(message[1]?.integer == 3)
        #expect(message.all(1).map(\.integer) == [1, 2, 3])
    }

    @Test func `a message inside a message is read when it is asked for`() {
        let message = ProtobufMessage(parsing: Self.bytes(1, Self.bytes(2, [0x18, 7])))
        #expect(message.message(1)?.message(2)?[3]?.integer == 7)
        #expect(message.message(1)?.message(3) == nil)
    }

    @Test func `fields before the damage are kept`() {
        for damaged: [UInt8] in [
            [0x12, 0x7F, 1], [0x10], [0x10, 0xFF], [0x11, 1, 2], [0x15, 1], [0x13], [0x17], [0x02],
            [0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            [0x10] + Array(repeating: 0xFF, count: 11), Array(repeating: 0xFF, count: 9) + [0x01],
        ] {
            let message = ProtobufMessage(parsing: [0x08, 5] + damaged)
            #expect(message[1]?.integer == 5)
            #expect(message.fields.count == 1)
            #expect(message.damage != nil, "\(damaged)")
        }
    }

    @Test func `more fields than a message has are refused`() {
        let message = ProtobufMessage(parsing: Array(repeating: [UInt8(0x08), 1], count: 100_001).flatMap { $0 })
        #expect(message.fields.count == 100_000)
        #expect(message.damage?.kind == .beyondLimit)
    }

    @Test func `damaged copies are read without a trap`() {
        let whole = Self.bytes(1, Self.bytes(2, [0x18, 7])) + [0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x08, 0x96, 0x01]
        forEachDamagedCopy(of: whole) { bytes in
            let message = ProtobufMessage(parsing: bytes)
            #expect(message.fields.count <= bytes.count)
            for field in message.fields { _ = (field.value.message, field.value.text, field.value.real) }
        }
    }
}
