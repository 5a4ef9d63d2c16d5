import ArtifactModel
import FileFormats
import Primitives

/// The domains that WebKit observed in an application, and which of them led to, framed or loaded which others.
///
/// Times are seconds since 1970-01-01T00:00:00Z; zero and negative numbers mean never. WebKit rounds them, to days in
/// some releases. Domains are registrable ones: `www.example.com` is recorded as `example.com`.
///
/// One record a domain, then one record a row of each table that relates two domains.
///
/// Losses: WebKit forgets domains that nobody used for some weeks, and private tabs leave nothing here.
///
/// - SeeAlso: <https://github.com/WebKit/WebKit/tree/main/Source/WebKit/NetworkProcess/Classifier>
enum ResourceLoadStatistics: Artifact {
    struct Entry: Record {
        var domain: Int64?
        var host: String?
        var relation: String?
        var relatedDomain: Int64?
        var relatedHost: String?
        var lastSeen: Timestamp?
        var updated: Timestamp?
        var interacted: Timestamp?
        var pushed: Timestamp?
        var hadInteraction: Bool?
        var isPrevalent: Bool?
        var isGrandfathered: Bool?

        static let fields: [Field<Self>] = [
            Field("domain_row", integer: { $0.domain }, "ObservedDomains.domainID"),
            Field("host", .observable(Observable(.hostName, .contacted)), text: { $0.host }, shown: true),
            Field("relation", text: { $0.relation }, shown: true, "what the first domain had to do with the second"),
            Field("related_domain_row", integer: { $0.relatedDomain }, "ObservedDomains.domainID of the second domain"),
            Field(
                "related_host", .observable(Observable(.hostName, .contacted)), text: { $0.relatedHost }, shown: true),
            Field("last_seen", "WebKit saw a domain, the latest time", moment: { $0.lastSeen }),
            Field("updated", "WebKit saw a relation of two domains, the latest time", moment: { $0.updated }),
            Field("interacted", "A person used a page of a domain, the latest time", moment: { $0.interacted }),
            Field("push_interacted", "A person opened a message that a domain pushed", moment: { $0.pushed }),
            Field("had_interaction", truth: { $0.hadInteraction }, "whether a person used a page of the domain"),
            Field("is_prevalent", truth: { $0.isPrevalent }, "whether WebKit took the domain for one that tracks"),
            Field("is_grandfathered", truth: { $0.isGrandfathered }, "whether it had data before statistics began"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.resource-load-statistics", "Domains that WebKit observed",
        summary: "Domains that web pages of an application came from, loaded and redirected to",
        places: [
            .application("*", "Library/WebKit/WebsiteData/ResourceLoadStatistics/observations.db"),
            .application("*", "Library/WebKit/WebsiteDataStore/*/ResourceLoadStatistics/observations.db"),
            .application(
                "*", "SystemData/com.apple.SafariViewService/Library/WebKit/WebsiteData/observations.db"),
            .application(
                "*",
                "SystemData/com.apple.SafariViewService/Library/WebKit/WebsiteData/ResourceLoadStatistics/observations.db"
            ),
            .home("Library/WebKit/WebsiteData/ResourceLoadStatistics/observations.db"),
            .home("Library/WebKit/*/WebsiteData/ResourceLoadStatistics/observations.db"),
            .device(
                "/private/var/mobile/Containers/Data/PluginKitPlugin/*/Library/WebKit/WebsiteData/"
                    + "ResourceLoadStatistics/observations.db"),
        ],
        standing: .documented,
        losses: [
            "Domains that nobody used for some weeks are forgotten", "Private tabs are not recorded",
            "Only the registrable part of a host name is kept", "Times may be rounded to the day",
        ],
        references: [
            Reference(
                "WebKit", "ResourceLoadStatisticsDatabaseStore.cpp",
                link: "https://github.com/WebKit/WebKit/tree/main/Source/WebKit/NetworkProcess/Classifier")
        ])

    /// A table that relates two domains.
    private struct Relation: Sendable {
        let table: String
        let first: String
        let second: String
        let words: String
    }

    private static let relations = [
        Relation(
            table: "TopFrameUniqueRedirectsTo", first: "sourceDomainID", second: "toDomainID",
            words: "page redirected to"),
        Relation(
            table: "TopFrameUniqueRedirectsToSinceSameSiteStrictEnforcement", first: "sourceDomainID",
            second: "toDomainID", words: "page redirected to"),
        Relation(
            table: "TopFrameUniqueRedirectsFrom", first: "targetDomainID", second: "fromDomainID",
            words: "page redirected from"),
        Relation(
            table: "TopFrameLinkDecorationsFrom", first: "toDomainID", second: "fromDomainID",
            words: "page opened by a decorated link of"),
        Relation(
            table: "TopFrameLoadedThirdPartyScripts", first: "topFrameDomainID", second: "subresourceDomainID",
            words: "page loaded scripts of"),
        Relation(
            table: "SubframeUnderTopFrameDomains", first: "subFrameDomainID", second: "topFrameDomainID",
            words: "frame in a page of"),
        Relation(
            table: "SubresourceUnderTopFrameDomains", first: "subresourceDomainID", second: "topFrameDomainID",
            words: "resource of a page of"),
        Relation(
            table: "SubresourceUniqueRedirectsTo", first: "subresourceDomainID", second: "toDomainID",
            words: "resource redirected to"),
        Relation(
            table: "SubresourceUniqueRedirectsFrom", first: "subresourceDomainID", second: "fromDomainID",
            words: "resource redirected from"),
        Relation(
            table: "StorageAccessUnderTopFrameDomains", first: "domainID", second: "topLevelDomainID",
            words: "given storage in a page of"),
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let domains = TableScan(
            "ObservedDomains", as: "d",
            columns: [
                "d.domainID", "d.registrableDomain", "d.lastSeen", "d.hadUserInteraction",
                "d.mostRecentUserInteractionTime", "d.mostRecentWebPushInteractionTime", "d.isPrevalent",
                "d.grandfathered",
            ])
        try database.scan(domains, note: { sink.note($0) }) { number, row in
            try sink.emit(
                Entry(
                    domain: row.integer(0), host: row.text(1), lastSeen: moment(row.real(2)),
                    interacted: moment(row.real(4)), pushed: moment(row.real(5)), hadInteraction: row.truth(3),
                    isPrevalent: row.truth(6), isGrandfathered: row.truth(7)),
                at: .row(number, table: "ObservedDomains"))
        }
        for relation in relations where try database.hasTable(relation.table) {
            let scan = TableScan(
                relation.table, as: "r",
                joins: [
                    .init("ObservedDomains", as: "a", on: "domainID", equals: "r." + relation.first),
                    .init("ObservedDomains", as: "b", on: "domainID", equals: "r." + relation.second),
                ],
                columns: [
                    "r." + relation.first, "a.registrableDomain", "r." + relation.second, "b.registrableDomain",
                    "r.lastUpdated",
                ])
            try database.scan(scan, note: { sink.note($0) }) { number, row in
                try sink.emit(
                    Entry(
                        domain: row.integer(0), host: row.text(1), relation: relation.words,
                        relatedDomain: row.integer(2), relatedHost: row.text(3), updated: moment(row.real(4))),
                    at: .row(number, table: relation.table))
            }
        }
    }

    /// Zero and everything before it is WebKit's "never".
    static func moment(_ seconds: Double?) -> Timestamp? {
        seconds.flatMap { $0 > 0 ? Timestamp(unixSeconds: $0) : nil }
    }
}
