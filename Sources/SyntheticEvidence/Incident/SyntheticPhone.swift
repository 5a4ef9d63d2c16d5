import ArtifactModel
import FileFormats
import Primitives

/// Makes the backup of one person's phone: an ordinary life of a few weeks, and what is planted in it.
public struct SyntheticPhone {
    private let person: SyntheticPerson
    /// 2021-11-01T08:00:00Z, in seconds since 2001-01-01T00:00:00Z.
    private let start: Int64 = 657_446_400

    /// The phone of a person.
    public init(_ person: SyntheticPerson) { self.person = person }

    /// Writes the backup into a folder that does not exist yet.
    public func write(to folder: String) throws {
        let writer = try BackupWriter(
            folder: folder, encryption: person.password.map { BackupEncryption(password: $0) },
            seed: UInt64(person.folder.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }))
        let modified = Timestamp(cocoaCount: start + 26 * 86_400)
        func add(_ domain: String, _ path: String, _ content: [UInt8]) throws {
            try writer.add(.file(domain, path, content: content, modified: modified))
        }
        try writer.add(.directory("HomeDomain", "Library", modified: modified))
        try add("HomeDomain", "Library/SMS/sms.db", try messages())
        // Since iOS 13 only encrypted backups hold it.
        if person.password != nil || person.osVersion.hasPrefix("12.") {
            try add("HomeDomain", "Library/Safari/History.db", try history())
        }
        try add("WirelessDomain", "Library/Databases/DataUsage.sqlite", try dataUsage())
        try add("HomeDomain", "Library/TCC/TCC.db", try grants())
        try add("HomeDomain", "Library/Calendar/Calendar.sqlitedb", try calendar())
        try add("HomeDomain", "Library/Preferences/com.apple.osanalytics.addaily.plist", analytics())
        try add("HomeDomain", "Library/Preferences/com.apple.identityservices.idstatuscache.plist", accounts())
        try add(
            "AppDomainGroup-group.net.whatsapp.WhatsApp.shared", "ChatStorage.sqlite", try chats())
        try add(
            "SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles",
            "Library/ConfigurationProfiles/MCProfileEvents.plist", profileEvents())
        if person.trace == .attachmentAndAccount {
            // Four letters of a Photoshop header in a file that calls itself a GIF: the published form of 2021.
            try writer.add(
                .file(
                    "MediaDomain", "Library/SMS/Attachments/0a/10/AT0A10/kkdpqmwxyz.gif",
                    content: Array("8BPS\u{0}\u{1} synthetic".utf8), modified: modified))
        }
        try writer.finish(description())
    }

    private func description() -> BackupWriter.Description {
        var device = EvidenceSummary.Device()
        device.name = person.deviceName
        device.productType = person.productType
        device.osVersion = person.osVersion
        device.serialNumber = "SYNTHETIC" + person.folder.uppercased()
        device.phoneNumber = person.phoneNumber
        device.identifier = "00008030-" + String(repeating: "0", count: 16)
        var description = BackupWriter.Description(device: device, date: Timestamp(cocoaCount: start + 27 * 86_400))
        let applications = ["net.whatsapp.WhatsApp", "org.whispersystems.signal", "com.example.weather"]
        description.information["Installed Applications"] = .list(applications.map { .text($0) })
        description.information["Applications"] = .dictionary(
            Dictionary(
                uniqueKeysWithValues: applications.map { application in
                    let metadata: PropertyList = .dictionary([
                        "softwareVersionBundleId": .text(application), "itemName": .text(application),
                        "bundleShortVersionString": .text("2.21"),
                        "com.apple.iTunesStore.downloadInfo": .dictionary([
                            "purchaseDate": .text("2021-06-01T10:00:00Z"),
                            "accountInfo": .dictionary(["AppleID": .text(person.address)]),
                        ]),
                    ])
                    return (application, .dictionary(["iTunesMetadata": .bytes(PropertyListWriter.binary(metadata))]))
                }))
        return description
    }

    private func messages() throws -> [UInt8] {
        let database = try SyntheticDatabase()
        try database.execute(Schema.messages)
        let senders = ["+256700000100", "+12025550142", "friend.synthetic@example.org"]
        try database.insert("handle", ["id", "service"], senders.map { [.text($0), "iMessage"] })
        var rows: [[SyntheticDatabase.Cell]] = []
        func message(_ text: String?, from handle: Int64, body: [UInt8]? = nil, day: Int64, attachments: Bool = false) {
            let nanoseconds = (start + day * 86_400 + 3_600 + Int64(rows.count) * 61) * 1_000_000_000
            rows.append([
                .text("00000000-0000-4000-8000-\(100_000_000_000 + rows.count)"), text.map { .text($0) } ?? .null,
                body.map { .blob($0) } ?? .null, .integer(handle), "iMessage", .text("E:" + person.address),
                .integer(nanoseconds), .integer(nanoseconds + 40_000_000_000), 0, 1, attachments ? 1 : 0,
                .text(person.phoneNumber),
            ])
        }
        for day in 0..<20 {
            message("Are we still meeting on day \(day)?", from: Int64(day % 3 + 1), day: Int64(day))
        }
        message(nil, from: 3, body: AttributedBody.bytes("See https://www.example.org/agenda."), day: 21)
        switch person.trace {
        case .linkInMessage:
            message(
                "Parcel held at the post office, see https://m1.\(IncidentIndicators.domain):30495/szev4hz",
                from: 1, day: 22)
        case .attachmentAndAccount:
            try database.insert("handle", ["id", "service"], [[.text(IncidentIndicators.account), "iMessage"]])
            message(nil, from: 4, day: 22, attachments: true)
            try database.insert(
                "attachment",
                ["guid", "created_date", "filename", "uti", "mime_type", "transfer_name", "total_bytes"],
                [
                    [
                        "at_0_synthetic", .integer(start + 22 * 86_400),
                        "~/Library/SMS/Attachments/0a/10/AT0A10/kkdpqmwxyz.gif", "com.adobe.photoshop-image",
                        "image/vnd.adobe.photoshop", "kkdpqmwxyz.gif", 748,
                    ]
                ])
            try database.insert("message_attachment_join", ["message_id", "attachment_id"], [[22, 1]])
        case .threatNotification:
            message(
                nil, from: 2,
                body: AttributedBody.bytes(
                    "ALERT: State-sponsored attackers may be targeting your iPhone. (synthetic copy)"), day: 23)
        default: break
        }
        try database.insert(
            "message",
            [
                "guid", "text", "attributedBody", "handle_id", "service", "account", "date", "date_read",
                "is_from_me", "is_read", "cache_has_attachments", "destination_caller_id",
            ], rows)
        return try database.bytes()
    }

    private func history() throws -> [UInt8] {
        let database = try SyntheticDatabase()
        try database.execute(Schema.history)
        var pages = (0..<15).map { "https://news\($0).example.org/kampala" }
        if person.trace == .redirectInHistory {
            pages += ["http://weather.example.org/", "https://bun54l2b67.\(IncidentIndicators.domain):30495/szev4hz"]
        }
        try database.insert("history_items", ["url", "visit_count"], pages.map { [.text($0), 1] })
        try database.insert(
            "history_visits", ["history_item", "visit_time", "title", "redirect_source", "redirect_destination"],
            pages.indices.map { index in
                let time = Double(start) + Double(index) * 80_000 + 0.25
                let isSource = index == 15
                let isDestination = index == 16
                return [
                    .integer(Int64(index + 1)), .real(isDestination ? time - 80_000 + 0.5 : time),
                    .text("Page \(index)"), isDestination ? 16 : .null, isSource ? 17 : .null,
                ]
            })
        return try database.bytes()
    }

    private func dataUsage() throws -> [UInt8] {
        let database = try SyntheticDatabase()
        try database.execute(Schema.dataUsage)
        var processes: [(String, String?)] = [
            ("mDNSResponder", nil), ("apsd", nil), ("mDNSResponder/net.whatsapp.WhatsApp", "net.whatsapp.WhatsApp"),
            ("IMTransferAgent/com.apple.datausage.messages", nil), ("com.apple.WebKit.Networking", nil),
        ]
        if person.trace == .processInDataUsage {
            processes.append(("bh/com.apple.datausage.dns.multicast", nil))
        }
        try database.insert(
            "ZPROCESS", ["Z_PK", "ZFIRSTTIMESTAMP", "ZTIMESTAMP", "ZPROCNAME", "ZBUNDLENAME"],
            processes.enumerated().map { index, process in
                [
                    .integer(Int64(index + 1)), .real(Double(start) + Double(index) * 1_000),
                    .real(Double(start) + 2_000_000), .text(process.0), process.1.map { .text($0) } ?? .null,
                ]
            })
        var usage = processes.indices.map { Int64($0 + 1) }
        if person.trace == .removedProcess { usage.append(77) }
        try database.insert(
            "ZLIVEUSAGE", ["Z_PK", "ZHASPROCESS", "ZTIMESTAMP", "ZWIFIIN", "ZWIFIOUT", "ZWWANIN", "ZWWANOUT"],
            usage.enumerated().map { index, process in
                [
                    .integer(Int64(index + 1)), .integer(process), .real(Double(start) + Double(index) * 90_000), 0,
                    0, .real(Double(index + 1) * 120_000), .real(Double(index + 1) * 35_000),
                ]
            })
        return try database.bytes()
    }

    private func grants() throws -> [UInt8] {
        let database = try SyntheticDatabase()
        try database.execute(Schema.grants)
        try database.insert(
            "access",
            ["service", "client", "client_type", "auth_value", "auth_reason", "auth_version", "last_modified"],
            [
                [
                    "kTCCServiceMicrophone", "net.whatsapp.WhatsApp", 0, 2, 2, 1,
                    .integer(start + 978_307_200 - 900_000),
                ],
                [
                    "kTCCServiceCamera", "org.whispersystems.signal", 0, 2, 2, 1,
                    .integer(start + 978_307_200 - 800_000),
                ],
            ])
        return try database.bytes()
    }

    private func calendar() throws -> [UInt8] {
        let database = try SyntheticDatabase()
        try database.execute(Schema.calendar)
        try database.insert(
            "CalendarItem", ["summary", "description", "start_date", "end_date", "creation_date", "UUID"],
            (0..<4).map { week in
                let time = Double(start) + Double(week) * 604_800
                return [
                    "Weekly review", "Bring the report", .real(time), .real(time + 3_600), .real(time - 86_400),
                    .text("00000000-0000-4000-8000-00000000000\(week)"),
                ]
            })
        return try database.bytes()
    }

    private func analytics() -> [UInt8] {
        var baseline: [String: PropertyList] = [:]
        var names = ["mDNSResponder", "apsd", "com.apple.WebKit.Networking"]
        if person.trace == .processInAnalytics { names.append("msgacntd") }
        for (index, name) in names.enumerated() {
            let moment = Timestamp(cocoaCount: start + Int64(index) * 7_200)
            baseline[name] = .list(
                [moment.map { .moment($0) } ?? .null] + (1...4).map { .real(Double($0 * (index + 1) * 1_000)) })
        }
        return PropertyListWriter.binary(.dictionary(["netUsageBaseline": .dictionary(baseline)]))
    }

    private func accounts() -> [UInt8] {
        var users = ["mailto:friend.synthetic@example.org", "tel:+256700000100"]
        if person.trace == .accountLookup { users.append("mailto:" + IncidentIndicators.account) }
        var lookups: [String: PropertyList] = [:]
        for (index, user) in users.enumerated() {
            lookups[user] = .dictionary([
                "LookupDate": .real(Double(start) + Double(index) * 3_000), "IDStatus": .integer(1),
            ])
        }
        return PropertyListWriter.binary(.dictionary(["com.apple.madrid": .dictionary(lookups)]))
    }

    private func chats() throws -> [UInt8] {
        let database = try SyntheticDatabase()
        try database.execute(Schema.chats)
        var texts = (0..<12).map { "Message number \($0)" }
        if person.trace == .linkInWhatsApp {
            texts.append("Have you seen this list? https://news.\(IncidentIndicators.domain)/list (please check)")
        }
        let last = Double(start) + Double(texts.count - 1) * 50_000
        try database.insert(
            "ZWACHATSESSION", ["Z_PK", "ZCONTACTJID", "ZPARTNERNAME", "ZSESSIONTYPE", "ZLASTMESSAGEDATE"],
            [[1, "256700000200@s.whatsapp.net", "A synthetic contact", 0, .real(last)]])
        try database.insert(
            "ZWAMESSAGE",
            ["ZISFROMME", "ZMESSAGETYPE", "ZCHATSESSION", "ZMESSAGEDATE", "ZFROMJID", "ZPUSHNAME", "ZTEXT"],
            texts.enumerated().map { index, text in
                [
                    0, 0, 1, .real(Double(start) + Double(index) * 50_000), "256700000200@s.whatsapp.net",
                    "A synthetic contact", .text(text),
                ]
            })
        return try database.bytes()
    }

    private func profileEvents() -> [UInt8] {
        PropertyListWriter.binary(.dictionary(["ProfileEvents": .list([])]))
    }
}
