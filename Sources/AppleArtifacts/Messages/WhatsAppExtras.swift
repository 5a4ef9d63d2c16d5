import FileFormats
import Primitives

/// What hangs on WhatsApp messages: media and previews, by the message that they belong to.
///
/// They are read once and looked up: a message may have several of each, and joining both would multiply them.
struct WhatsAppExtras {
    /// The media of one message; descriptions are those of the first that has one.
    struct Media {
        var count: Int64 = 0
        var path: String?
        var type: String?
        var size: Int64?
        var title: String?
        var author: String?
        /// Stored addresses of every one.
        var addresses: [String] = []
    }

    /// The previews of one message; descriptions are those of the first that has one.
    struct Preview {
        var count: Int64 = 0
        var title: String?
        var summary: String?
        /// Texts of every one that may hold links, in the order of the table.
        var texts: [String] = []
    }

    private var media: [Int64: Media] = [:]
    private var previews: [Int64: Preview] = [:]

    /// Reads both tables; one that is not there is noted.
    init(in database: SQLiteDatabase, note: (ParseError) -> Void) throws {
        if try database.hasTable("ZWAMEDIAITEM") {
            try readMedia(database, note)
        } else {
            note(ParseError(.absent, "a table named ZWAMEDIAITEM"))
        }
        if try database.hasTable("ZWAMESSAGEDATAITEM") {
            try readPreviews(database, note)
        } else {
            note(ParseError(.absent, "a table named ZWAMESSAGEDATAITEM"))
        }
    }

    /// The media of a message.
    func media(of message: Int64) -> Media? { media[message] }

    /// The previews of a message.
    func preview(of message: Int64) -> Preview? { previews[message] }

    private mutating func readMedia(_ database: SQLiteDatabase, _ note: (ParseError) -> Void) throws {
        let scan = TableScan(
            "ZWAMEDIAITEM", as: "i", key: "Z_PK",
            columns: [
                "i.ZMESSAGE", "i.ZMEDIALOCALPATH", "i.ZVCARDSTRING", "i.ZFILESIZE", "i.ZTITLE", "i.ZAUTHORNAME",
                "i.ZMEDIAURL",
            ])
        try database.scan(scan, note: note) { _, row in
            guard let message = row.integer(0) else { return }
            var found = media.removeValue(forKey: message) ?? Media()
            found.count += 1
            found.path = found.path ?? row.text(1)
            // The column of contact cards holds the media type of everything that is no contact card.
            found.type = found.type ?? row.text(2).flatMap { WhatsAppExtras.isMediaType($0) ? $0 : nil }
            found.size = found.size ?? row.integer(3)
            found.title = found.title ?? row.text(4)
            found.author = found.author ?? row.text(5)
            if let address = row.text(6) { found.addresses.append(address) }
            media[message] = found
        }
    }

    private mutating func readPreviews(_ database: SQLiteDatabase, _ note: (ParseError) -> Void) throws {
        let scan = TableScan(
            "ZWAMESSAGEDATAITEM", as: "d", key: "Z_PK",
            columns: ["d.ZMESSAGE", "d.ZTITLE", "d.ZSUMMARY", "d.ZMATCHEDTEXT", "d.ZCONTENT1", "d.ZCONTENT2"])
        try database.scan(scan, note: note) { _, row in
            guard let message = row.integer(0) else { return }
            var found = previews.removeValue(forKey: message) ?? Preview()
            found.count += 1
            found.title = found.title ?? row.text(1)
            found.summary = found.summary ?? row.text(2)
            for column in 3...5 {
                if let text = row.text(column) { found.texts.append(text) }
            }
            previews[message] = found
        }
    }

    /// Whether a text has the form `type/subtype`, with nothing a person would write.
    private static func isMediaType(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return text.utf8.count <= 100 && parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        (0x61...0x7A).contains(byte | 0x20) || (48...57).contains(byte) || ".+-_; =".utf8.contains(byte)
                    }
            }
    }
}
