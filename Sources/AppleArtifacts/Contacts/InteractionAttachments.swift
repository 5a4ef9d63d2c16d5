import FileFormats
import Primitives

/// The attachments of an interaction database, by the interaction that they belong to.
struct InteractionAttachments {
    /// One row of ZATTACHMENT.
    struct Attachment: Sendable {
        var type: String?
        var url: String?
        var text: String?
        var size: Int64?
        var identifier: String?
        var photoIdentifier: String?
        var cloudIdentifier: String?
    }

    private var attachments: [Int64: Attachment] = [:]
    private let relation: CoreDataRelation

    /// Reads the attachments; the oldest releases have none.
    init(in database: SQLiteDatabase, note: (ParseError) -> Void) throws {
        relation = try CoreDataRelation(
            "INTERACTIONS", from: "INTERACTIONS", to: "ATTACHMENTS", in: database, note: note)
        guard try database.hasTable("ZATTACHMENT") else { return }
        let scan = TableScan(
            "ZATTACHMENT", as: "a", key: "Z_PK",
            columns: [
                "a.ZUTI", "a.ZCONTENTURL", "a.ZCONTENTTEXT", "a.ZSIZEINBYTES", "a.ZIDENTIFIER",
                "a.ZPHOTOLOCALIDENTIFIER", "a.ZCLOUDIDENTIFIER",
            ])
        try database.scan(scan, note: note) { attachment, row in
            attachments[attachment] = Attachment(
                type: row.text(0), url: row.text(1), text: row.text(2), size: row.integer(3),
                identifier: row.bytes(4)?.hexadecimal, photoIdentifier: row.text(5), cloudIdentifier: row.text(6))
        }
    }

    /// The attachments of an interaction, in the order of the table.
    func attachments(of interaction: Int64) -> [Attachment] {
        relation.targets(of: interaction).compactMap { attachments[$0] }
    }
}
