import FileFormats
import Primitives

/// The people of a calendar database, by their own number and by the event that names them.
///
/// They are read once and looked up, because an event may name hundreds: a joined table would repeat the event for
/// each.
struct CalendarParticipants {
    /// One row of the table Participant.
    struct Person {
        var email: String?
        var phoneNumber: String?
        var name: String?
        var comment: String?
        var uuid: String?
        var isSelf: Bool?
        var modified: Timestamp?
    }

    /// Everybody whom one event names.
    struct Group {
        var count: Int64 = 0
        var emails: [String] = []
        var phoneNumbers: [String] = []
    }

    private var people: [Int64: Person] = [:]
    private var groups: [Int64: Group] = [:]

    /// Reads the table Participant, if the release has one.
    init(in database: SQLiteDatabase, note: (ParseError) -> Void) throws {
        guard try database.hasTable("Participant") else {
            note(ParseError(.absent, "a table named Participant"))
            return
        }
        let scan = TableScan(
            "Participant", as: "p", joins: [.init("Identity", as: "i", on: "ROWID", equals: "p.identity_id")],
            columns: [
                "p.owner_id", "p.email", "i.address", "p.phone_number", "i.display_name", "p.comment", "p.UUID",
                "p.is_self", "p.last_modified",
            ])
        try database.scan(scan, note: note) { number, row in
            // The older schema keeps the address in a table of its own, as a link.
            let address = row.text(2)
            let email = row.text(1) ?? address.flatMap { CalendarParticipants.rest(of: $0, behind: "mailto:") }
            let phoneNumber = row.text(3) ?? address.flatMap { CalendarParticipants.rest(of: $0, behind: "tel:") }
            people[number] = Person(
                email: email, phoneNumber: phoneNumber, name: row.text(4), comment: row.text(5), uuid: row.text(6),
                isSelf: row.truth(7), modified: row.cocoaSeconds(8))
            guard let event = row.integer(0) else { return }
            groups[event, default: Group()].count += 1
            if let email { groups[event, default: Group()].emails.append(email) }
            if let phoneNumber { groups[event, default: Group()].phoneNumbers.append(phoneNumber) }
        }
    }

    /// A person by the number of the row.
    func person(_ number: Int64) -> Person? { people[number] }

    /// Everybody whom an event names, in the order of the table.
    func group(of event: Int64) -> Group { groups[event] ?? Group() }

    private static func rest(of address: String, behind scheme: String) -> String? {
        guard address.lowercased().hasPrefix(scheme) else { return nil }
        return String(address.dropFirst(scheme.count))
    }
}
