import FileFormats
import Primitives

/// The addresses and numbers of an address book by the person whom they belong to.
///
/// They are read once and looked up, because a person has any number of them. A value that has parts of its own, such
/// as a postal address, keeps them in `ABMultiValueEntry`, whose keys are named in `ABMultiValueEntryKey`.
///
/// The numbers of the properties are those of the public constants of Apple's framework AddressBook.
struct AddressBookValues {
    /// What belongs to one person, in the order of the table.
    struct Values: Sendable {
        var phoneNumbers: [String] = []
        var emails: [String] = []
        var accounts: [String] = []
        var links: [String] = []
        var postalAddresses: [String] = []
        var others: [String] = []
        /// The first row that belongs to the person.
        var firstRow: Int64?
        /// How the first row was recovered, if it was.
        var recovery: Recovery?
    }

    /// One part of a value that has several.
    fileprivate struct Part {
        var name: String?
        var text: String
    }

    private var values: [Int64: Values] = [:]
    /// Values that were deleted, by the person whom they belonged to.
    private var deleted: [Int64: Values] = [:]

    /// Reads the values; a release or a damaged file without the table has none.
    init(in database: SQLiteDatabase, note: (ParseError) -> Void) throws {
        guard try database.hasTable("ABMultiValue") else {
            note(ParseError(.absent, "a table named ABMultiValue"))
            return
        }
        let parts = try Self.parts(in: database, note)
        let scan = TableScan(
            "ABMultiValue", as: "v", columns: ["v.record_id", "v.property", "v.value", "v.UID"], recovering: true)
        try database.scan(scan, note: note) { number, row in
            guard let person = row.integer(0) else {
                guard row.recovery == nil else { return }
                return note(ParseError(.malformed, "the person of a value", in: "ABMultiValue, row \(number)"))
            }
            let text = row.text(2) ?? row.integer(2).map { "\($0)" }
            let parts = parts[row.integer(3) ?? number] ?? []
            var found = row.recovery == nil ? values.removeValue(forKey: person) : deleted.removeValue(forKey: person)
            found = found ?? Values(firstRow: number, recovery: row.recovery)
            found?.add(property: row.integer(1), text: text, parts: parts)
            if row.recovery == nil { values[person] = found } else { deleted[person] = found }
        }
    }

    /// Everybody whose values were not taken, in the order of their numbers.
    var people: [Int64] { values.keys.sorted() }

    /// Hands out the values of a person, once.
    mutating func take(of person: Int64) -> Values { values.removeValue(forKey: person) ?? Values() }

    /// Everybody whose deleted values were not taken, in the order of their numbers.
    var peopleOfDeleted: [Int64] { deleted.keys.sorted() }

    /// Hands out the deleted values of a person, once.
    mutating func takeDeleted(of person: Int64?) -> Values {
        person.flatMap { deleted.removeValue(forKey: $0) } ?? Values()
    }

    /// The parts of every value that has some, by the number of the value.
    private static func parts(
        in database: SQLiteDatabase, _ note: (ParseError) -> Void
    ) throws -> [Int64: [Part]] {
        guard try database.hasTable("ABMultiValueEntry") else { return [:] }
        var parts: [Int64: [Part]] = [:]
        let scan = TableScan(
            "ABMultiValueEntry", as: "e",
            joins: [.init("ABMultiValueEntryKey", as: "k", on: "ROWID", equals: "e.key")],
            columns: ["e.parent_id", "k.value", "e.value"])
        try database.scan(scan, note: note) { _, row in
            guard let parent = row.integer(0), let text = row.text(2), !text.isEmpty else { return }
            parts[parent, default: []].append(Part(name: row.text(1), text: text))
        }
        return parts
    }
}

extension AddressBookValues.Values {
    fileprivate mutating func add(property: Int64?, text: String?, parts: [AddressBookValues.Part]) {
        switch property {
        case 3: if let text { phoneNumbers.append(text) }
        case 4: if let text { emails.append(text) }
        case 22: if let text { links.append(text) }
        case 5: if !parts.isEmpty { postalAddresses.append(parts.map(\.text).joined(separator: ", ")) }
        case 13, 46:
            // Of its parts the name is the account, and the link leads to it; the others say which service it is.
            accounts += parts.filter { ["username", "useridentifier"].contains($0.name?.lowercased()) }.map(
                \.text)
            links += parts.filter { $0.name?.lowercased() == "url" }.map(\.text)
            if let text { accounts.append(text) }
        default:
            if let text { others.append(text) }
            others += parts.map(\.text)
        }
    }
}
