import ArtifactModel
import FileFormats
import Primitives

/// Notes, with the links in them; and the links that Notes shows as cards.
///
/// Dates are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set. The column with the date of creation has had
/// several names; the first that holds something is taken. The content of a note is what ``NoteText`` reads.
///
/// Losses: notes with a password are encrypted, and only their title and dates are seen; pictures are not read.
///
/// - SeeAlso: <https://github.com/threeplanetssoftware/apple_cloud_notes_parser>
enum NoteLinks: Artifact {
    struct Entry: Record {
        var links: [String] = []
        var created: Timestamp?
        var modified: Timestamp?
        var title: String?
        var text: String?
        var isProtected: Bool?
        var isDeleted: Bool?
        var type: String?
        var note: Int64?
        var uuid: String?

        static let fields: [Field<Self>] = [
            Field("links", .observable(Observable(.url, .attempted)), texts: { $0.links }, shown: true),
            Field("created", "A note was written", moment: { $0.created }),
            Field("modified", "A note was last changed", moment: { $0.modified }),
            Field("title", .content, text: { $0.title }),
            Field("text", .content, text: { $0.text }),
            Field("text_length", integer: { $0.text.map { Int64($0.unicodeScalars.count) } }, shown: true, "letters"),
            Field("is_password_protected", truth: { $0.isProtected }, "its content is encrypted"),
            Field("is_deleted", truth: { $0.isDeleted }, "marked for deletion, still there"),
            Field("uniform_type_identifier", text: { $0.type }, "of a card inside a note: public.url"),
            Field("note_row", integer: { $0.note }, "ZICCLOUDSYNCINGOBJECT.Z_PK of the note"),
            Field("uuid", text: { $0.uuid }),
        ]
    }

    static let card = ArtifactCard(
        "apple.notes.note-links", "Notes",
        summary: "Notes with their dates and the links in them",
        places: [
            .applicationGroup("group.com.apple.notes", "NoteStore.sqlite"),
            .home("Library/Notes/NoteStore.sqlite"),
        ],
        standing: .documented,
        losses: [
            "The content of notes with a password is encrypted", "Pictures, tables and drawings are not read",
            "Notes that were deleted for good leave nothing", "Who wrote a shared note is not told",
        ],
        references: [
            Reference(
                "Jon Baumann", "Apple Cloud Notes Parser",
                link: "https://github.com/threeplanetssoftware/apple_cloud_notes_parser")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        try notes(in: database, into: &sink)
        do {
            try cards(in: database, into: &sink)
        } catch let error as ParseError {
            sink.note(error)
        }
    }

    private static func notes(in database: SQLiteDatabase, into sink: inout some RecordSink<Entry>) throws {
        let scan = TableScan(
            "ZICNOTEDATA", as: "d", key: "Z_PK",
            joins: [.init("ZICCLOUDSYNCINGOBJECT", as: "n", on: "Z_PK", equals: "d.ZNOTE")],
            columns: [
                "d.ZDATA", "d.ZNOTE", "n.ZTITLE1", "n.ZCREATIONDATE3", "n.ZCREATIONDATE1", "n.ZCREATIONDATE",
                "n.ZMODIFICATIONDATE1", "n.ZMODIFICATIONDATE", "n.ZISPASSWORDPROTECTED", "n.ZMARKEDFORDELETION",
                "n.ZIDENTIFIER",
            ])
        try database.scan(scan, note: { sink.note($0) }) { data, row in
            var entry = Entry(
                created: row.cocoaSeconds(3) ?? row.cocoaSeconds(4) ?? row.cocoaSeconds(5),
                modified: row.cocoaSeconds(6) ?? row.cocoaSeconds(7), title: row.text(2), isProtected: row.truth(8),
                isDeleted: row.truth(9), note: row.integer(1), uuid: row.text(10))
            if entry.isProtected != true, let stored = row.bytes(0), !stored.isEmpty {
                let text = NoteText(stored)
                if let damage = text.damage {
                    sink.note(ParseError(damage.kind, damage.expected, in: "ZICNOTEDATA, row \(data)"))
                }
                entry.text = text.text
                entry.links = text.links
            }
            try sink.emit(entry, at: .row(data, table: "ZICNOTEDATA"))
        }
    }

    /// Links that Notes shows as cards lie beside the notes, as attachments.
    private static func cards(in database: SQLiteDatabase, into sink: inout some RecordSink<Entry>) throws {
        let table = "ZICCLOUDSYNCINGOBJECT"
        guard try database.columns(of: table).contains("zurlstring") else { return }
        let scan = TableScan(
            table, as: "c", key: "Z_PK",
            columns: [
                "c.ZURLSTRING", "c.ZCREATIONDATE", "c.ZMODIFICATIONDATE", "c.ZTITLE", "c.ZTYPEUTI", "c.ZNOTE",
                "c.ZMARKEDFORDELETION", "c.ZIDENTIFIER",
            ],
            where: "c.ZURLSTRING IS NOT NULL")
        try database.scan(scan, note: { sink.note($0) }) { object, row in
            try sink.emit(
                Entry(
                    links: row.text(0).map { [$0] } ?? [], created: row.cocoaSeconds(1), modified: row.cocoaSeconds(2),
                    title: row.text(3), isDeleted: row.truth(6), type: row.text(4), note: row.integer(5),
                    uuid: row.text(7)),
                at: .row(object, table: table))
        }
    }
}
