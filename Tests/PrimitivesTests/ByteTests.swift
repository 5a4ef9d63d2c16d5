import Primitives
import Testing

struct ByteTests {
    @Test func `a cursor never reads behind the end`() throws {
        var cursor = ByteCursor([1, 2, 3])
        #expect(try cursor.bigEndian(bytes: 2, "two bytes") == 0x0102)
        #expect(throws: ParseError(.truncated, "two bytes", at: 2)) { try cursor.littleEndian(bytes: 2, "two bytes") }
        #expect(try cursor.byte("a byte") == 3)
        #expect(cursor.isAtEnd)
        #expect(throws: ParseError.self) { try cursor.take(-1, "nothing") }
        #expect(ByteCursor([1], at: 9).remaining == 0)
    }

    @Test func `a source gives what it has and refuses what is too much`() throws {
        let source = MemorySource([1, 2, 3, 4])
        #expect(try source.bytes(in: 2..<9) == [3, 4])
        #expect(try source.bytes(in: 7..<9).isEmpty)
        #expect(throws: ParseError.self) { try source.bytes(limit: 3) }
    }

    @Test func `an error says what was expected and where, and nothing else`() {
        #expect(
            ParseError(.truncated, "a SIGTERM line", at: 9_182).description
                == "truncated at byte 9182: expected a SIGTERM line")
    }
}
