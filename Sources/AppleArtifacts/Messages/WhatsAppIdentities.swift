import ArtifactModel
import FileFormats
import Primitives

/// Telephone numbers behind WhatsApp's identifiers: `digits@s.whatsapp.net`, and `digits@lid` through a stored pair.
///
/// Newer releases name people by an identifier that hides their number (LID). The pairs of both stand in
/// `ZWAPHONENUMBERLIDPAIR`, in `LID.sqlite` beside the chats or, before that, in the database of the chats itself.
struct WhatsAppIdentities {
    /// Digits of the telephone number by digits of the identifier.
    private var phoneNumbers: [String: String] = [:]

    /// Reads the pairs from both databases; the pairs of `LID.sqlite` come first, and the first pair counts.
    init(beside file: EvidenceFile, in evidence: any Evidence, chats: SQLiteDatabase, note: (ParseError) -> Void) throws
    {
        let folder = file.devicePath.split(separator: "/").dropLast().joined(separator: "/")
        do throws(ParseError) {
            for pairs in try evidence.files(at: .device("/\(folder)/LID.sqlite")) {
                let database = try SQLiteDatabase(pairs.open(), writeAheadLog: pairs.openWriteAheadLog())
                for damage in database.damage { note(WhatsAppIdentities.placed(damage)) }
                try read(database) { note(WhatsAppIdentities.placed($0)) }
            }
        } catch {
            note(WhatsAppIdentities.placed(error))
        }
        do throws(ParseError) {
            try read(chats, note: note)
        } catch {
            note(error)
        }
    }

    /// The number of an account in international form: `+` and digits.
    func phoneNumber(of account: String?) -> String? {
        guard let account, let at = account.lastIndex(of: "@") else { return nil }
        guard let digits = WhatsAppIdentities.digits(of: account[..<at]) else { return nil }
        switch account[account.index(after: at)...] {
        case "s.whatsapp.net", "c.us": return "+" + digits
        case "lid": return phoneNumbers[digits].map { "+" + $0 }
        default: return nil
        }
    }

    private mutating func read(_ database: SQLiteDatabase, note: (ParseError) -> Void) throws(ParseError) {
        guard try database.hasTable("ZWAPHONENUMBERLIDPAIR") else { return }
        let scan = TableScan(
            "ZWAPHONENUMBERLIDPAIR", as: "p", key: "Z_PK", columns: ["p.ZLID", "p.ZPHONENUMBER"])
        do {
            try database.scan(scan, note: note) { _, row in
                guard let hidden = row.text(0).flatMap({ WhatsAppIdentities.digits(of: $0) }),
                    let number = row.text(1).flatMap({ WhatsAppIdentities.digits(of: $0) })
                else { return }
                if phoneNumbers[hidden] == nil { phoneNumbers[hidden] = number }
            }
        } catch let error as ParseError {
            throw error
        } catch {
            throw ParseError(.malformed, "a readable table of pairs", in: "ZWAPHONENUMBERLIDPAIR")
        }
    }

    /// The digits in front of the device (`:5`), the agent (`.0`) and the server (`@…`), without a leading `+`.
    private static func digits(of account: some StringProtocol) -> String? {
        let user = account.prefix { !"@:.".contains($0) }
        let digits = user.first == "+" ? user.dropFirst() : user[...]
        guard (5...20).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return String(digits)
    }

    private static func placed(_ damage: ParseError) -> ParseError {
        var damage = damage
        damage.place = damage.place.map { "LID.sqlite, " + $0 } ?? "LID.sqlite"
        return damage
    }
}
