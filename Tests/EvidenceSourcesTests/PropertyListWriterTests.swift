import FileFormats
import Primitives
import SyntheticEvidence
import Testing

struct PropertyListWriterTests {
    static let sample = PropertyList.dictionary([
        "truth": .truth(true), "numbers": .list([0, 255, 256, 70_000, 5_000_000_000, -1].map { .integer($0) }),
        "real": .real(-0.5), "text": .text("a < b & c > d"), "wide": .text("Grüße 😀"), "bytes": .bytes([0, 1, 2, 254]),
        "many": .list((0..<300).map { .text("text \($0)") }), "empty": .dictionary([:]),
        "moment": Timestamp(unixSeconds: Int64(1_635_923_529)).map { .moment($0) } ?? .null,
    ])

    @Test func `what is written in binary is read again`() throws {
        #expect(try PropertyList(parsing: PropertyListWriter.binary(Self.sample)) == Self.sample)
        let archive = PropertyListWriter.keyedArchive([.dictionary(["a": .uid(2)]), .text("b")])
        #expect(try PropertyList(parsing: PropertyListWriter.binary(archive)) == archive)
    }

    @Test func `what is written in XML is read again`() throws {
        #expect(try PropertyList(parsing: PropertyListWriter.xml(Self.sample)) == Self.sample)
    }

    @Test func `the same backup has the same bytes`() throws {
        let workspace = try Workspace()
        for name in ["one", "two"] {
            try Sample.write(workspace, name, encryption: Sample.encryption)
        }
        for name in ["Manifest.db", "Manifest.plist", "Info.plist"] {
            #expect(try workspace.bytes("one/" + name) == workspace.bytes("two/" + name))
        }
    }
}
