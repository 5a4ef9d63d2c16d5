import FileFormats
import Primitives

/// The people of an interaction database, by their row and by the interaction that went to them.
struct InteractionPeople {
    /// One row of ZCONTACTS.
    struct Person: Sendable {
        var identifier: String?
        var customIdentifier: String?
        var personIdentifier: String?
        var name: String?
    }

    private var people: [Int64: Person] = [:]
    private let relation: CoreDataRelation

    /// Reads people and recipients; the oldest releases have no table of recipients.
    init(in database: SQLiteDatabase, note: (ParseError) -> Void) throws {
        relation = try CoreDataRelation(
            "INTERACTIONRECIPIENT", from: "INTERACTIONRECIPIENT", to: "RECIPIENTS", in: database, note: note)
        guard try database.hasTable("ZCONTACTS") else {
            note(ParseError(.absent, "a table named ZCONTACTS"))
            return
        }
        let scan = TableScan(
            "ZCONTACTS", as: "c", key: "Z_PK",
            columns: ["c.ZIDENTIFIER", "c.ZCUSTOMIDENTIFIER", "c.ZPERSONID", "c.ZDISPLAYNAME"])
        try database.scan(scan, note: note) { person, row in
            people[person] = Person(
                identifier: row.text(0), customIdentifier: row.text(1), personIdentifier: row.text(2),
                name: row.text(3))
        }
    }

    /// A person by the number of the row.
    func person(_ row: Int64) -> Person? { people[row] }

    /// Everybody whom an interaction went to, in the order of the table.
    func recipients(of interaction: Int64) -> [Person] { relation.targets(of: interaction).compactMap { people[$0] } }
}
