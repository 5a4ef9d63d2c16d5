import ArtifactModel
import FileFormats
import Primitives

/// The answers of servers that applications and services of the system keep, one record an address.
///
/// The time is text in UTC, by the clock of the device, when the answer was stored; SQLite writes it.
///
/// Losses: an answer may be removed at any time, what a server forbids to keep is not there, and backups hold no caches.
///
/// - SeeAlso: <https://www.amnesty.org/en/latest/research/2021/07/forensic-methodology-report-how-to-catch-nso-groups-pegasus/>
enum CachedResponses: Artifact {
    struct Entry: Record {
        var url: String?
        var cached: Timestamp?
        var cache: String?
        var bundleIdentifier: String?
        var partition: String?
        var storagePolicy: Int64?
        var isStoredAsFile: Bool?

        static let fields: [Field<Self>] = [
            Field("url", .observable(Observable(.url, .contacted)), text: { $0.url }, shown: true, "request_key"),
            Field("cached", "The answer of a server was stored", moment: { $0.cached }),
            Field("cache", text: { $0.cache }, shown: true, "folder of the cache: the program that asked"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier)), text: { $0.bundleIdentifier },
                "the application whose container it is"),
            Field("partition", text: { $0.partition }, "the site that the answer is kept apart for"),
            Field("storage_policy", integer: { $0.storagePolicy }, "stored code, not decoded"),
            Field("stored_as_file", truth: { $0.isStoredAsFile }, "whether the body lies in fsCachedData beside it"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.cached-responses", "Cached answers of servers",
        summary: "Addresses whose answers applications and services of the system keep",
        places: [
            .application("*", "Library/Caches/Cache.db"),
            .application("*", "Library/Caches/*/Cache.db"),
            .application("*", "Library/Caches/*/*/Cache.db"),
            .applicationGroup("*", "Library/Caches/Cache.db"),
            .applicationGroup("*", "Library/Caches/*/Cache.db"),
            .home("Library/Caches/*/Cache.db"),
            .home("Library/Caches/*/*/Cache.db"),
            .device("/private/var/root/Library/Caches/*/Cache.db"),
            .device("/private/var/wireless/Library/Caches/*/Cache.db"),
            .device("/private/var/mobile/Containers/Data/PluginKitPlugin/*/Library/Caches/*/Cache.db"),
            .device("/private/var/mobile/Containers/Data/PluginKitPlugin/*/Library/Caches/*/*/Cache.db"),
            .device("/private/var/containers/Data/System/*/Library/Caches/Cache.db"),
            .device("/private/var/containers/Data/System/*/Library/Caches/*/Cache.db"),
            .device("/private/var/containers/Shared/SystemGroup/*/Library/Caches/*/Cache.db"),
        ],
        standing: .documented,
        losses: [
            "Answers are removed at any time", "An answer that must not be stored is not listed",
            "Backups hold no caches",
        ],
        references: [methodology])

    private static let methodology = Reference(
        "Amnesty International", "Forensic Methodology Report: How to catch NSO Group's Pegasus", date: "2021-07-18",
        link: "https://www.amnesty.org/en/latest/research/2021/07/"
            + "forensic-methodology-report-how-to-catch-nso-groups-pegasus/")

    /// Programs of Apple that fetch what pages, senders or accounts name: an unusual port says nothing there.
    private static let openToOthers: Set<String> = [
        "com.apple.mobilesafari", "com.apple.SafariViewService", "com.apple.mobilemail", "com.apple.podcasts",
        "com.apple.WebAppCache", "com.apple.webapp", "com.apple.email.maild", "com.apple.dataaccess.dataaccessd",
        "com.apple.remindd", "com.apple.mobilenotes", "com.apple.Home", "com.apple.mobilecal", "com.apple.news",
    ]

    static let checks: [Check<Entry>] = [
        Check(
            "apple-service-unusual-port", .medium, "A program of Apple fetched something from an unusual port",
            family: "Pegasus", state: .contacted,
            meaning:
                "The cache of a program of Apple holds the answer of a server that is not Apple's, at an address with a "
                + "port other than 80 and 443. Deliveries of Pegasus published in 2021 left such an address in the cache "
                + "of Apple Music.",
            limits: "It does not show what the server sent, nor that anything came of it.",
            benignCauses: [
                "A subscription, a calendar or a feed of a server on its own port", "A proxy of a company or a school",
                "A server of a developer",
            ],
            nextStep: "Look the host up in published lists and ask an expert. Keep the evidence; do not open the link.",
            references: [methodology],
            matches: { entry in
                guard let cache = entry.cache, cache.hasPrefix("com.apple."), !openToOthers.contains(cache),
                    let address = entry.url.flatMap(WebAddress.init)
                else { return false }
                let isApple = ["apple.com", "icloud.com", "mzstatic.com", "aaplimg.com"].contains(
                    where: address.isWithin)
                let isLocal = address.host == "localhost" || address.host.hasSuffix(".local")
                return address.hasUnusualPort && !isApple && !isLocal
            })
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        // Other programs name databases of their own the same.
        guard try database.hasTable("cfurl_cache_response") else {
            sink.note(ParseError(.unsupported, "a table named cfurl_cache_response"))
            return
        }
        let cache = file.folder(behind: "Caches") ?? file.owner
        let scan = TableScan(
            "cfurl_cache_response", as: "r", key: "entry_ID",
            joins: [.init("cfurl_cache_receiver_data", as: "d", on: "entry_ID", equals: "r.entry_ID")],
            columns: ["r.request_key", "r.time_stamp", "r.partition", "r.storage_policy", "d.isDataOnFS"])
        try database.scan(scan, note: { sink.note($0) }) { number, row in
            let time = row.text(1)
            let cached = time.flatMap { Timestamp(rfc3339: $0) }
            if cached == nil, !row.isNull(1) {
                sink.note(ParseError(.malformed, "a date and time", in: "cfurl_cache_response, row \(number)"))
            }
            try sink.emit(
                Entry(
                    url: row.text(0), cached: cached, cache: cache, bundleIdentifier: file.owner,
                    partition: row.text(2).flatMap { $0.isEmpty ? nil : $0 }, storagePolicy: row.integer(3),
                    isStoredAsFile: row.truth(4)),
                at: .row(number, table: "cfurl_cache_response"))
        }
    }
}
