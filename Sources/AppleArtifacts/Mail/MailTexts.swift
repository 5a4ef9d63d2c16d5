import ArtifactModel
import FileFormats
import Primitives

/// What `Protected Index` holds of mails: addresses, subjects, and the links in the first lines.
///
/// Since iOS 13 each kind has a table and the mails refer to its rows. Before that, a table `messages` has the texts of
/// each mail in a row of the same number as the mail's.
struct MailTexts {
    /// A row of the table `messages` as it was to iOS 12; addresses in the form of a head of a mail.
    struct Older {
        var sender: String?
        var subject: String?
        var recipients: [String]
    }

    private(set) var addresses: [Int64: (address: String, name: String?)] = [:]
    private(set) var subjects: [Int64: String] = [:]
    private(set) var links: [Int64: [String]] = [:]
    private(set) var older: [Int64: Older] = [:]

    /// More rows than a telephone keeps mails.
    private static let limit = 500_000

    /// Reads the tables that are there; what a release does not have is no damage.
    init(_ database: SQLiteDatabase, note: (ParseError) -> Void) throws {
        if try database.hasTable("addresses") {
            let scan = TableScan("addresses", as: "a", columns: ["a.address", "a.comment"])
            try database.scan(scan, note: note) { row, columns in
                guard let address = columns.text(0), addresses.count < Self.limit else { return }
                addresses[row] = (address, columns.filledText(1))
            }
        }
        if try database.hasTable("subjects") {
            try database.scan(TableScan("subjects", as: "s", columns: ["s.subject"]), note: note) { row, columns in
                guard let subject = columns.text(0), subjects.count < Self.limit else { return }
                subjects[row] = subject
            }
        }
        if try database.hasTable("summaries") {
            try database.scan(TableScan("summaries", as: "s", columns: ["s.summary"]), note: note) { row, columns in
                let found = columns.withBytes(0) { LinkExtraction.links(in: $0) } ?? []
                if !found.isEmpty, links.count < Self.limit { links[row] = found }
            }
        }
        if try database.columns(of: "messages").contains("_to") {
            let scan = TableScan(
                "messages", as: "m", key: "message_id",
                columns: ["m.sender", "m.subject", "m._to", "m.cc", "m.bcc"])
            try database.scan(scan, note: note) { row, columns in
                guard older.count < Self.limit else { return }
                let recipients = [columns.text(2), columns.text(3), columns.text(4)].compactMap { $0 }
                older[row] = Older(
                    sender: columns.text(0), subject: columns.text(1),
                    recipients: recipients.flatMap { Self.list($0) })
            }
        }
        if [addresses.count, subjects.count, links.count, older.count].contains(Self.limit) {
            note(ParseError(.beyondLimit, "fewer than \(Self.limit) rows of a table", in: "Protected Index"))
        }
    }

    /// An address and a name from `"Name, Given" <a@example.org>`.
    static func parts(_ text: String) -> (address: String?, name: String?) {
        guard let open = text.lastIndex(of: "<"), let close = text[open...].firstIndex(of: ">") else {
            return (text.contains("@") ? trimmed(text) : nil, text.contains("@") ? nil : trimmed(text))
        }
        return (trimmed(String(text[text.index(after: open)..<close])), trimmed(String(text[..<open])))
    }

    private static func trimmed(_ text: String) -> String? {
        let unwanted: Set<Character> = [" ", "\"", "\t", "'"]
        let start = text.drop { unwanted.contains($0) }
        guard let end = start.lastIndex(where: { !unwanted.contains($0) }) else { return nil }
        return String(start[...end])
    }

    /// The addresses of a list, which commas part unless they stand in a name.
    private static func list(_ text: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if !isQuoted, [",", "\n", ";"].contains(character) {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        parts.append(part)
        return parts.compactMap { Self.parts($0).address }
    }
}
