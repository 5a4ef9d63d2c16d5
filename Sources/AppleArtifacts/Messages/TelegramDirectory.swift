import ArtifactModel
import FileFormats
import Primitives

/// The people, groups and channels that a database of Telegram knows, by their number.
struct TelegramDirectory {
    /// One of them.
    struct Peer {
        var name: String?
        var userName: String?
        var phoneNumber: String?

        /// Reads what Postbox keeps: first and last name or title, user name, telephone number in digits.
        init(_ value: PostboxValue) {
            let names = [value["fn"]?.text, value["ln"]?.text].compactMap { $0 }.filter { !$0.isEmpty }
            name = names.isEmpty ? value["t"]?.text : names.joined(separator: " ")
            userName = value["un"]?.text.flatMap { $0.isEmpty ? nil : $0 }
            phoneNumber = value["p"]?.text.flatMap { $0.isEmpty ? nil : $0.hasPrefix("+") ? $0 : "+" + $0 }
        }

        /// What the person can be matched by: the telephone number, or else the user name.
        var account: String? { phoneNumber ?? userName }
    }

    private var peers: [Int64: Peer] = [:]

    /// Reads the table of peers; one that can't be read costs only itself, and is noted by the artefact of peers.
    init(in database: SQLiteDatabase, note: (ParseError) -> Void) throws {
        try TelegramDirectory.scan("t2", in: database, note: note) { key, number, value, _ in
            guard let number = number ?? TelegramDirectory.number(key) else { return }
            if let value = try? PostboxValue(stored: value) { peers[number] = Peer(value) }
        }
    }

    /// One of them, by number.
    func peer(_ number: Int64?) -> Peer? { number.flatMap { peers[$0] } }

    /// A number of eight bytes, most significant byte first.
    static func number(_ key: [UInt8]?) -> Int64? {
        guard let key, key.count == 8 else { return nil }
        return Int64(bitPattern: key.reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// What the upper part of a number says: a person, a group, a channel, a secret chat.
    static func kind(_ number: Int64) -> String? {
        switch number >> 32 & 7 {
        case 0: "person"
        case 1: "group"
        case 2: "channel"
        case 3: "secret chat"
        default: nil
        }
    }

    /// Reads a table of Postbox: keys are whole numbers or bytes. Some releases make tables without row numbers.
    static func scan(
        _ table: String, in database: SQLiteDatabase, note: (ParseError) -> Void,
        row body: (_ key: [UInt8]?, _ number: Int64?, _ value: [UInt8], _ location: Location) throws -> Void
    ) throws {
        guard try database.hasTable(table) else { throw ParseError(.malformed, "a table named \(table)") }
        do {
            try database.query("SELECT rowid FROM \(table) LIMIT 1") { _ in }
        } catch {
            return try database.query("SELECT key, value FROM \(table) ORDER BY key") { row in
                let key = row.bytes(0)
                guard let value = row.bytes(1) else { return }
                let place = key?.hexadecimal ?? row.integer(0).map { "\($0)" } ?? ""
                try body(key, row.integer(0), value, .key(table + "/" + place))
            }
        }
        let scan = TableScan(table, as: "t", columns: ["t.key", "t.value"])
        try database.scan(scan, note: note) { number, row in
            guard let value = row.bytes(1) else { return }
            try body(row.bytes(0), row.integer(0), value, .row(number, table: table))
        }
    }
}
