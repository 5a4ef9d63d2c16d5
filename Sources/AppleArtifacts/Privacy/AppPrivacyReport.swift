import ArtifactModel
import FileFormats
import Primitives

/// What the App Privacy Report says: which applications used personal data, and which domains they contacted.
///
/// A person exports it in Settings, as one JSON object a line; it is evidence only where the export was kept. Times have
/// an offset from UTC. A line of an access is the beginning or the end of an interval; a line of a contact has the first
/// and the latest time and the number of contacts between them.
///
/// Losses: the report reaches back seven days at most, and only where it was turned on.
///
/// - SeeAlso: <https://developer.apple.com/documentation/network/inspecting-app-activity-data>
enum AppPrivacyReport: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String?
        var host: String?
        var category: String?
        var accessKind: String?
        var accessed: Timestamp?
        var lastSeen: Timestamp?
        var firstSeen: Timestamp?
        var hits: Int64?
        var initiatedType: String?
        var contextHost: String?
        var domainOwner: String?
        var domainType: Int64?
        var identifier: String?

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)),
                text: { $0.bundleIdentifier }, shown: true),
            Field("host", .observable(Observable(.hostName, .contacted)), text: { $0.host }, shown: true),
            Field("category", text: { $0.category }, shown: true, "the personal data that was used"),
            Field("access_kind", text: { $0.accessKind }, shown: true, "beginning or end of an interval, as recorded"),
            Field("accessed", "An application used personal data", moment: { $0.accessed }),
            Field("last_seen", "An application contacted a domain, the latest time", moment: { $0.lastSeen }),
            Field("first_seen", "An application contacted a domain, the first time", moment: { $0.firstSeen }),
            Field("hits", integer: { $0.hits }, "contacts between first_seen and last_seen"),
            Field(
                "initiated_type", text: { $0.initiatedType },
                "as Apple says: AppInitiated, the application asked; NonAppInitiated, the user did"),
            Field(
                "context_host", .observable(Observable(.hostName, .contacted)), text: { $0.contextHost },
                "the site inside the application that asked"),
            Field("domain_owner", text: { $0.domainOwner }),
            Field(
                "domain_type", integer: { $0.domainType },
                "as Apple says: 1 may collect data across applications and sites, 2 not known to"),
            Field("uuid", text: { $0.identifier }, "joins the beginning of an access with its end"),
        ]
    }

    static let card = ArtifactCard(
        "apple.privacy.app-privacy-report", "App Privacy Report",
        summary: "Applications that used personal data, and the domains that applications contacted",
        places: [
            .container("App_Privacy_Report*.ndjson"),
            .home("Library/Mobile Documents/com~apple~CloudDocs/App_Privacy_Report*.ndjson"),
            .home("Library/Mobile Documents/com~apple~CloudDocs/Downloads/App_Privacy_Report*.ndjson"),
            .home("Library/SMS/Attachments/*/*/*/App_Privacy_Report*.ndjson"),
            .applicationGroup(
                "group.com.apple.FileProvider.LocalStorage", "File Provider Storage/App_Privacy_Report*.ndjson"),
            .applicationGroup(
                "group.com.apple.FileProvider.LocalStorage",
                "File Provider Storage/Downloads/App_Privacy_Report*.ndjson"),
        ],
        standing: .observed(["iOS 15"]),
        losses: [
            "Only the seven days before the export", "Only while the report was turned on",
            "Only where a person exported it and the export was kept", "Whoever holds the export can edit it",
        ],
        references: [
            Reference(
                "Apple", "Inspecting app activity data",
                link: "https://developer.apple.com/documentation/network/inspecting-app-activity-data")
        ])

    /// Lines of a report have some hundred bytes.
    private static let lineLimit = 1 << 16

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let bytes = try file.open().bytes()
        var start = 0
        for end in 0...bytes.count where end == bytes.count || bytes[end] == 0x0A {
            defer { start = end + 1 }
            let line = bytes[start..<end]
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            let entry: Entry
            do throws(ParseError) {
                guard line.count <= lineLimit else {
                    throw ParseError(.beyondLimit, "at most \(lineLimit) bytes in a line")
                }
                entry = try Entry(JSONValue(Array(line), depthLimit: 16))
            } catch {
                sink.note(ParseError(error.kind, error.expected, at: start + (error.offset ?? 0)))
                continue
            }
            if entry.bundleIdentifier == nil {
                sink.note(ParseError(.malformed, "the identifier of an application", at: start))
            }
            if entry.isUntimed { sink.note(ParseError(.malformed, "a time with an offset", at: start)) }
            try sink.emit(entry, at: .offset(start))
        }
    }
}

extension AppPrivacyReport.Entry {
    /// Reads a line.
    init(_ line: JSONValue) throws(ParseError) {
        let time = line["timeStamp"]?.text.flatMap { Timestamp(rfc3339: $0) }
        switch line["type"]?.text {
        case "access":
            bundleIdentifier = line["accessor"]?["identifier"]?.text
            category = line["category"]?.text
            accessKind = line["kind"]?.text
            identifier = line["identifier"]?.text
            accessed = time
        case "networkActivity":
            bundleIdentifier = line["bundleID"]?.text
            host = line["domain"]?.text
            lastSeen = time
            firstSeen = line["firstTimeStamp"]?.text.flatMap { Timestamp(rfc3339: $0) }
            hits = line["hits"]?.integer
            initiatedType = line["initiatedType"]?.text
            contextHost = line["context"]?.text.flatMap { $0.isEmpty ? nil : $0 }
            domainOwner = line["domainOwner"]?.text.flatMap { $0.isEmpty ? nil : $0 }
            domainType = line["domainType"]?.integer
        default: throw ParseError(.unsupported, "a line of an access or a network activity")
        }
    }

    /// Whether no time could be read.
    fileprivate var isUntimed: Bool { accessed == nil && lastSeen == nil }
}
