import FileFormats
import Primitives

/// Makes a backup of the size that slow tools fail on, for the benchmarks.
///
/// The same numbers give the same bytes. Texts have the lengths of ordinary messages; one in ten holds a link, three in
/// ten stand only in `attributedBody`, as on recent systems.
public struct LargeBackup {
    /// How many rows each table gets.
    public struct Size: Sendable {
        /// Rows of the manifest, besides those of the databases.
        public var manifestRows = 300_000
        /// Text messages.
        public var messages = 500_000
        /// Visits of Safari.
        public var visits = 300_000
        /// WhatsApp messages.
        public var chats = 100_000
        /// Rows of data usage.
        public var usages = 30_000

        /// The size that the project's figures are quoted for.
        public init() {}

        /// The same mixture, `factor` times as large.
        public func scaled(by factor: Double) -> Size {
            func scale(_ number: Int) -> Int { max(1, Int(Double(number) * factor)) }
            var size = self
            size.manifestRows = scale(manifestRows)
            size.messages = scale(messages)
            size.visits = scale(visits)
            size.chats = scale(chats)
            size.usages = scale(usages)
            return size
        }

        /// All rows together.
        public var rows: Int { manifestRows + messages + visits + chats + usages }
    }

    private let size: Size
    /// 2020-01-01T00:00:00Z, in seconds since 2001-01-01T00:00:00Z.
    private let start: Int64 = 599_529_600

    /// A backup of this size.
    public init(_ size: Size = Size()) { self.size = size }

    /// Writes the backup; `scratch` is a folder for the databases while they are made.
    public func write(to folder: String, encryption: BackupEncryption? = nil, scratch: String) throws {
        let writer = try BackupWriter(folder: folder, encryption: encryption)
        func add(_ domain: String, _ path: String, _ fill: (SyntheticDatabase) throws -> Void) throws {
            let file = scratch + "/database"
            FileBytes.remove(file)
            try fill(try SyntheticDatabase(path: file))
            try writer.add(
                .file(domain, path, content: try FileBytes.read(file), modified: Timestamp(cocoaCount: start)))
            FileBytes.remove(file)
        }
        try add("HomeDomain", "Library/SMS/sms.db", messages)
        try add("HomeDomain", "Library/Safari/History.db", history)
        try add("WirelessDomain", "Library/Databases/DataUsage.sqlite", usage)
        try add("AppDomainGroup-group.net.whatsapp.WhatsApp.shared", "ChatStorage.sqlite", chats)
        for number in 0..<size.manifestRows {
            var entry = BackupWriter.Entry(
                number % 3 == 0 ? "CameraRollDomain" : "AppDomain-com.example.application\(number % 97)",
                number % 3 == 0
                    ? "Media/DCIM/\(100 + number % 50)APPLE/IMG_\(number).HEIC"
                    : "Library/Caches/folder\(number % 211)/item-\(number).bin",
                kind: .absentFile(size: number % 100_000), modified: Timestamp(cocoaCount: start + Int64(number) * 60))
            entry.created = Timestamp(cocoaCount: start + Int64(number) * 60 - 3_000)
            try writer.add(entry)
        }
        try writer.finish(BackupWriter.Description(date: Timestamp(cocoaCount: start + 60_000_000)))
    }

    private func messages(_ database: SyntheticDatabase) throws {
        try database.execute(Schema.messages)
        try database.insert(
            "handle", ["id", "service"], (0..<500).map { [.text("+25670000\(1_000 + $0)"), "iMessage"] })
        try database.insert(
            "message",
            [
                "guid", "text", "attributedBody", "handle_id", "service", "account", "date", "date_read",
                "date_delivered", "is_from_me", "is_read", "destination_caller_id",
            ],
            (0..<size.messages).lazy.map { (number: Int) -> [SyntheticDatabase.Cell] in
                let text = LargeBackup.text(number)
                let plain: SyntheticDatabase.Cell = number % 10 < 7 ? .text(text) : .null
                let moment = (start + Int64(number) * 97) * 1_000_000_000
                return [
                    .text("00000000-0000-4000-8000-\(100_000_000_000 + number)"),
                    plain, .blob(AttributedBody.bytes(text)),
                    .integer(Int64(number % 500 + 1)), "iMessage", "E:owner.synthetic@example.org", .integer(moment),
                    .integer(moment + 60_000_000_000), .integer(moment + 1_000_000_000), .integer(Int64(number % 2)),
                    1, "+256700000000",
                ]
            })
        try database.execute(
            "CREATE INDEX message_idx_date ON message(date); CREATE INDEX message_idx_handle ON message(handle_id, date);"
        )
    }

    private func history(_ database: SyntheticDatabase) throws {
        try database.execute(Schema.history)
        let items = max(1, size.visits / 3)
        try database.insert(
            "history_items", ["url", "visit_count"],
            (0..<items).lazy.map { (number: Int) -> [SyntheticDatabase.Cell] in
                let scheme = number % 20 == 0 ? "http" : "https"
                let host = "www.site\(number % 5_000).example.org"
                return [.text("\(scheme)://\(host)/path/to/page-\(number)?query=value\(number)"), 3]
            })
        try database.insert(
            "history_visits", ["history_item", "visit_time", "title", "redirect_source", "redirect_destination"],
            (0..<size.visits).lazy.map { (number: Int) -> [SyntheticDatabase.Cell] in
                let source: SyntheticDatabase.Cell = number % 50 == 1 ? .integer(Int64(number)) : .null
                let leads = number % 50 == 0 && number + 1 < size.visits
                let destination: SyntheticDatabase.Cell = leads ? .integer(Int64(number + 2)) : .null
                let moment = Double(start) + Double(number) * 131.25
                return [
                    .integer(Int64(number % items + 1)), .real(moment), .text("The title of page \(number)"), source,
                    destination,
                ]
            })
    }

    private func usage(_ database: SyntheticDatabase) throws {
        try database.execute(Schema.dataUsage)
        let processes = max(1, size.usages / 10)
        try database.insert(
            "ZPROCESS", ["Z_PK", "ZFIRSTTIMESTAMP", "ZTIMESTAMP", "ZPROCNAME", "ZBUNDLENAME"],
            (0..<processes).lazy.map { (number: Int) -> [SyntheticDatabase.Cell] in
                [
                    .integer(Int64(number + 1)), .real(Double(start) + Double(number)),
                    .real(Double(start) + 50_000_000), .text("mDNSResponder/com.example.application\(number)"),
                    .text("com.example.application\(number)"),
                ]
            })
        try database.insert(
            "ZLIVEUSAGE", ["Z_PK", "ZHASPROCESS", "ZTIMESTAMP", "ZWIFIIN", "ZWIFIOUT", "ZWWANIN", "ZWWANOUT"],
            (0..<size.usages).lazy.map { (number: Int) -> [SyntheticDatabase.Cell] in
                [
                    .integer(Int64(number + 1)), .integer(Int64(number % processes + 1)),
                    .real(Double(start) + Double(number) * 1_800), 0, 0, .real(Double(number) * 10),
                    .real(Double(number) * 3),
                ]
            })
    }

    private func chats(_ database: SyntheticDatabase) throws {
        try database.execute(Schema.chats)
        try database.insert(
            "ZWACHATSESSION", ["Z_PK", "ZCONTACTJID", "ZPARTNERNAME", "ZSESSIONTYPE", "ZLASTMESSAGEDATE"],
            (0..<100).map { (number: Int) -> [SyntheticDatabase.Cell] in
                [
                    .integer(Int64(number + 1)), .text("25670000\(1_000 + number)@s.whatsapp.net"),
                    .text("Contact \(number)"), 0, .real(Double(start)),
                ]
            })
        try database.insert(
            "ZWAMESSAGE",
            [
                "ZISFROMME", "ZMESSAGETYPE", "ZCHATSESSION", "ZMESSAGEDATE", "ZSENTDATE", "ZFROMJID", "ZPUSHNAME",
                "ZTEXT",
            ],
            (0..<size.chats).lazy.map { (number: Int) -> [SyntheticDatabase.Cell] in
                let moment = Double(start) + Double(number) * 211
                return [
                    .integer(Int64(number % 2)), 0, .integer(Int64(number % 100 + 1)), .real(moment), .real(moment),
                    .text("25670000\(1_000 + number % 100)@s.whatsapp.net"), .text("Contact \(number % 100)"),
                    .text(LargeBackup.text(number)),
                ]
            })
    }

    /// A text of 20 to 110 characters; one in ten holds a link.
    private static func text(_ number: Int) -> String {
        let words = ["meeting", "tomorrow", "the", "report", "is", "late", "again", "call", "me", "when", "home", "ok"]
        var text = "\(number)"
        for step in 0..<(4 + number % 14) { text += " " + words[(number &* 7 &+ step &* 5) % words.count] }
        if number % 10 == 0 { text += " https://www.site\(number % 9_000).example.net/a/b?c=\(number)." }
        return text
    }
}
