import FileFormats
import Primitives

/// The text of a note and the links that its letters carry.
///
/// The content is packed by gzip and is a message of Protocol Buffers: a document (2) with a note (3), which has the text
/// (2) and runs of attributes (5), a run's link being its field 9.
///
/// - SeeAlso: <https://github.com/threeplanetssoftware/apple_cloud_notes_parser/blob/master/proto/notestore.proto>
struct NoteText {
    /// The text; an attachment in it is U+FFFC.
    var text: String?
    /// Links in the text and behind its letters, each once.
    var links: [String] = []
    /// What is wrong with the content, if anything.
    var damage: ParseError?

    /// No note that a person wrote is as long.
    private static let sizeLimit = 16 << 20

    /// Reads the content as it is stored.
    init(_ stored: [UInt8]) {
        var bytes = stored
        if stored.starts(with: [0x1F, 0x8B]) {
            do throws(ParseError) {
                bytes = try Self.unpacked(stored)
            } catch {
                damage = error
                return
            }
        }
        let message = ProtobufMessage(parsing: bytes)
        guard let note = message.message(2)?.message(3) else {
            damage = message.damage ?? ParseError(.malformed, "a document with a note")
            return
        }
        damage = message.damage ?? note.damage
        text = note[2]?.text
        var collection = LinkCollection()
        if let text { collection.add(linksIn: text) }
        for run in note.all(5) {
            if let link = run.message?[9]?.text { collection.add(stored: link) }
        }
        links = collection.links
    }

    private static func unpacked(_ stored: [UInt8]) throws(ParseError) -> [UInt8] {
        let source = InflatedSource(gzip: MemorySource(stored))
        var bytes: [UInt8] = []
        while true {
            let piece = try source.piece(from: bytes.count)
            guard !piece.isEmpty else { return bytes }
            guard bytes.count + piece.count <= sizeLimit else {
                throw ParseError(.beyondLimit, "at most \(sizeLimit) bytes of an unpacked note")
            }
            bytes += piece
        }
    }
}

extension InflatedSource {
    /// Some bytes from an offset on; none at the end.
    fileprivate func piece(from offset: Int) throws(ParseError) -> [UInt8] {
        var failure: ParseError?
        let bytes = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, filled in
            do throws(ParseError) {
                filled = try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
