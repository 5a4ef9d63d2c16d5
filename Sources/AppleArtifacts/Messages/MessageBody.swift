import FileFormats
import Primitives

/// The text of a message and all links in it, from the three columns that may hold them.
struct MessageBody {
    /// The text, if any column has one.
    private(set) var text: String?
    /// The column that the text is from.
    private(set) var source: String?
    /// The links of the text, of its attributes and of its preview.
    private(set) var links: [String] = []

    /// Decodes what is needed, and notes what could not be decoded.
    ///
    /// In newer releases `text` is often null and the text stands in `attributedBody` alone. That column costs more to
    /// read, so it is left alone where `text` is there and no attribute of a link is.
    init(
        text: String?, attributed: SQLiteRow.Column, payload: SQLiteRow.Column, in row: borrowing SQLiteRow,
        note: (ParseError) -> Void
    ) {
        self.text = text
        source = text == nil ? nil : "text"
        var found = LinkCollection()
        var decoded: TypedStream.AttributedString?
        if text?.isEmpty ?? true || row.holds("Link", attributed), let bytes = row.bytes(attributed), !bytes.isEmpty {
            do throws(ParseError) {
                decoded = try TypedStream.attributedString(bytes)
                if var damage = decoded?.damage {
                    damage.place = "attributedBody"
                    note(damage)
                }
            } catch {
                note(ParseError(error.kind, error.expected, at: error.offset, in: "attributedBody"))
            }
        }
        if let decoded, text?.isEmpty ?? true {
            self.text = decoded.text
            source = "attributedBody"
        }
        found.add(linksIn: self.text)
        // The two columns can differ in what they say.
        if let decoded, source == "text", decoded.text != text { found.add(linksIn: decoded.text) }
        for link in decoded?.links ?? [] { found.add(stored: link) }
        // The preview of a link, and what extensions of Messages keep, is a keyed archive.
        if row.holds("http", payload), let bytes = row.bytes(payload), bytes.starts(with: "bplist".utf8) {
            do throws(ParseError) {
                for object in try PropertyList(parsing: bytes)["$objects"]?.list ?? [] {
                    found.add(linksIn: object.text)
                }
            } catch {
                note(ParseError(error.kind, error.expected, at: error.offset, in: "payload_data"))
            }
        }
        links = found.links
    }
}

extension SQLiteRow {
    /// The number of a column.
    typealias Column = Int

    /// Whether a BLOB or TEXT contains four letters: a test that costs less than decoding.
    func holds(_ word: StaticString, _ column: Column) -> Bool {
        guard word.utf8CodeUnitCount == 4 else { return false }
        let letters = (word.utf8Start[0], word.utf8Start[1], word.utf8Start[2], word.utf8Start[3])
        return withBytes(column) { bytes in
            var index = 0
            while index + 3 < bytes.count {
                if bytes[index] == letters.0, bytes[index + 1] == letters.1, bytes[index + 2] == letters.2,
                    bytes[index + 3] == letters.3
                {
                    return true
                }
                index += 1
            }
            return false
        } ?? false
    }
}
