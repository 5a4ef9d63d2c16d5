import FileFormats
import Primitives

/// What the properties of the accounts of a device say of addresses and servers, by the number of the account.
///
/// `ZACCOUNTPROPERTY` holds pairs of a name and a keyed archive. Only names whose meaning is plain are read; a property
/// that programs write for themselves stays unread.
struct AccountProperties {
    /// What was found for one account; each text once, in the order of the table.
    struct Found {
        var emailAddresses: [String] = []
        var phoneNumbers: [String] = []
        var hosts: [String] = []
    }

    /// Properties that hold the name of a server.
    private static let hostNames: Set<String> = ["DAAccountHost", "Hostname"]
    /// Properties that hold addresses of the owner, alone or in a list with other texts.
    private static let addressNames: Set<String> = [
        "aliases", "apple-id", "appleId", "appleIDAliases", "email-address", "handles", "primaryEmail",
        "vettedPrimaryEmail",
    ]
    /// More properties than any device has.
    private static let limit = 100_000

    private var accounts: [Int64: Found] = [:]

    /// Reads the table; a database without it has accounts all the same.
    init(_ database: SQLiteDatabase, note: (ParseError) -> Void) throws {
        let scan = TableScan("ZACCOUNTPROPERTY", as: "p", key: "Z_PK", columns: ["p.ZOWNER", "p.ZKEY", "p.ZVALUE"])
        var count = 0
        do {
            try database.scan(scan, note: note) { property, row in
                guard let account = row.integer(0), let name = row.text(1) else { return }
                let isHost = Self.hostNames.contains(name)
                guard isHost || Self.addressNames.contains(name), let bytes = row.bytes(2) else { return }
                count += 1
                guard count <= Self.limit else { return }
                do throws(ParseError) {
                    var texts = PropertyListTexts()
                    texts.add(try Self.value(bytes))
                    for text in texts.texts { accounts[account, default: Found()].add(text, isHost: isHost) }
                } catch {
                    note(ParseError(error.kind, error.expected, in: "ZACCOUNTPROPERTY, row \(property)"))
                }
            }
        } catch let error as ParseError {
            note(error)
        }
        if count > Self.limit {
            note(ParseError(.beyondLimit, "at most \(Self.limit) properties of accounts", in: "ZACCOUNTPROPERTY"))
        }
    }

    /// What the properties of an account say.
    func found(for account: Int64) -> Found { accounts[account] ?? Found() }

    private static func value(_ bytes: [UInt8]) throws(ParseError) -> PropertyList {
        let list = try PropertyList(parsing: bytes)
        return KeyedArchive.isArchive(list) ? try KeyedArchive(list).unarchived() : list
    }
}

extension AccountProperties.Found {
    /// Takes one text of a property; of lists, texts that are no address are left out.
    mutating func add(_ text: String, isHost: Bool) {
        guard !isHost else { return Self.append(text, to: &hosts) }
        let lowered = text.prefix(7).lowercased()
        if lowered == "mailto:" {
            Self.append(String(text.dropFirst(7)), to: &emailAddresses)
        } else if lowered.hasPrefix("tel:") {
            Self.append(String(text.dropFirst(4)), to: &phoneNumbers)
        } else if text.utf8.contains(UInt8(ascii: "@")) {
            Self.append(text, to: &emailAddresses)
        }
    }

    private static func append(_ text: String, to texts: inout [String]) {
        if !text.isEmpty, !texts.contains(text) { texts.append(text) }
    }
}
