import ArtifactModel
import FileFormats
import Primitives

/// Applications that block calls or give callers names, one record an application, with how many numbers each holds.
///
/// The tables are those that CallKit's own statements name; codes of `state` are not documented. Applications store up to
/// millions of numbers here, so the numbers are counted, not told.
///
/// Losses: the numbers themselves; applications that look callers up while it rings are not here.
///
/// - SeeAlso: <https://developer.apple.com/documentation/callkit/identifying-and-blocking-calls>
enum CallDirectory: Artifact {
    struct Entry: Record {
        var row: Int64
        var bundleIdentifier: String?
        var priority: Int64?
        var state: Int64?
        var blocked: Int64?
        var identified: Int64?

        static let fields: [Field<Self>] = [
            Field("extension_row", integer: { $0.row }, "Extension.id"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.bundleIdentifier }, shown: true, "of the extension inside the application"),
            Field("blocked_numbers", integer: { $0.blocked }, shown: true, "numbers that it blocks"),
            Field("identified_numbers", integer: { $0.identified }, shown: true, "numbers that it gives names to"),
            Field("priority", integer: { $0.priority }, "as stored"),
            Field("extension_state", integer: { $0.state }, "as stored, not decoded"),
        ]
    }

    static let card = ArtifactCard(
        "apple.messages.call-directory", "Call blocking by applications",
        summary: "Applications that block calls or give callers names, and how many numbers each holds",
        places: [.home("Library/CallDirectory/CallDirectory.db")],
        standing: .documented,
        losses: [
            "The numbers are counted, not told", "Applications that look callers up while it rings are not here",
            "There are no times",
        ],
        references: [
            Reference(
                "Apple", "CallKit: identifying and blocking calls",
                link: "https://developer.apple.com/documentation/callkit/identifying-and-blocking-calls"),
            Reference(
                "blacktop", "Statements of CallKit in differences between releases",
                link: "https://github.com/blacktop/ipsw-diffs"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let blocked = try count("PhoneNumberBlockingEntry", in: database) { sink.note($0) }
        let identified = try count("PhoneNumberIdentificationEntry", in: database) { sink.note($0) }
        let scan = TableScan("Extension", as: "e", key: "id", columns: ["e.bundle_id", "e.priority", "e.state"])
        try database.scan(scan, note: { sink.note($0) }) { number, row in
            try sink.emit(
                Entry(
                    row: number, bundleIdentifier: row.text(0), priority: row.integer(1), state: row.integer(2),
                    blocked: blocked.map { $0[number] ?? 0 }, identified: identified.map { $0[number] ?? 0 }),
                at: .row(number, table: "Extension"))
        }
    }

    /// How many rows of a table belong to each extension; nothing if there is no such table.
    private static func count(
        _ table: String, in database: SQLiteDatabase, note: (ParseError) -> Void
    ) throws -> [Int64: Int64]? {
        guard try database.hasTable(table) else {
            note(ParseError(.malformed, "a table named \(table)"))
            return nil
        }
        var counts: [Int64: Int64] = [:]
        try database.scan(TableScan(table, as: "e", columns: ["e.extension_id"]), note: note) { _, row in
            if let number = row.integer(0) { counts[number, default: 0] += 1 }
        }
        return counts
    }
}
