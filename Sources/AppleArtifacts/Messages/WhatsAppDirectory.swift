import ArtifactModel
import FileFormats
import Primitives

/// Who stands behind the identifiers of WhatsApp, from its own contacts: for artefacts of the system that name them.
struct WhatsAppDirectory {
    /// What the contacts say of an identifier.
    struct Person {
        var phoneNumber: String?
        var name: String?
    }

    /// The bundle identifier under which interactions of WhatsApp are noted.
    static let bundle = "net.whatsapp.WhatsApp"

    private var byNumber: [String: Person] = [:]
    private var byHiddenIdentifier: [String: Person] = [:]

    /// Reads the contacts of WhatsApp, if the evidence has them; damage to them is noted and costs only them.
    init(in evidence: any Evidence, note: (ParseError) -> Void) {
        do {
            for place in WhatsappContacts.card.places {
                for file in try evidence.files(at: place) { try read(file, note) }
            }
        } catch let error as ParseError {
            note(Self.placed(error))
        } catch {
            note(ParseError(.malformed, "readable contacts of WhatsApp", in: "ContactsV2.sqlite"))
        }
    }

    /// The person behind an identifier of a service (`…@lid`, `…@s.whatsapp.net`) or a number with a `+`.
    func person(_ identifier: String?) -> Person? {
        guard let identifier else { return nil }
        if identifier.hasPrefix("+"), let digits = Self.digits(identifier) {
            return byNumber[digits].map { Person(phoneNumber: nil, name: $0.name) }
        }
        guard let at = identifier.lastIndex(of: "@"), let digits = Self.digits(identifier[..<at]) else { return nil }
        switch identifier[identifier.index(after: at)...] {
        case "lid": return byHiddenIdentifier[digits]
        case "s.whatsapp.net": return Person(phoneNumber: "+" + digits, name: byNumber[digits]?.name)
        default: return nil
        }
    }

    private mutating func read(_ file: EvidenceFile, _ note: (ParseError) -> Void) throws {
        let database = try SQLiteDatabase(file.open(), writeAheadLog: file.openWriteAheadLog())
        for damage in database.damage { note(Self.placed(damage)) }
        let scan = TableScan(
            "ZWAADDRESSBOOKCONTACT", as: "c", key: "Z_PK",
            columns: ["c.ZWHATSAPPID", "c.ZLID", "c.ZPHONENUMBER", "c.ZFULLNAME"])
        try database.scan(scan, note: { note(Self.placed($0)) }) { _, row in
            let number = (row.text(0) ?? row.text(2)).flatMap { Self.digits($0) }
            let person = Person(phoneNumber: number.map { "+" + $0 }, name: row.text(3))
            if let number, byNumber[number] == nil { byNumber[number] = person }
            if let hidden = row.text(1).flatMap({ Self.digits($0) }), byHiddenIdentifier[hidden] == nil {
                byHiddenIdentifier[hidden] = person
            }
        }
    }

    /// The digits before the device, the agent and the server, without what people put between them.
    static func digits(_ text: some StringProtocol) -> String? {
        let user = text.prefix { !"@:.".contains($0) }
        let digits = String(user).filter { !"+ -()\u{A0}".contains($0) }
        guard (5...20).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return digits
    }

    private static func placed(_ damage: ParseError) -> ParseError {
        var damage = damage
        damage.place = damage.place.map { "ContactsV2.sqlite, " + $0 } ?? "ContactsV2.sqlite"
        return damage
    }
}
