import ArtifactModel
import FileFormats
import Primitives

/// The domains that WebKit observed in an application, in the property list that came before the database.
///
/// Times are seconds since 1970-01-01T00:00:00Z; zero and negative numbers mean never. One record a domain, with the
/// domains that it was redirected to and from, and those whose pages framed or loaded it.
///
/// Losses: current releases delete the file when they find it; private tabs leave nothing here.
///
/// - SeeAlso: <https://github.com/WebKit/WebKit/blob/main/Source/WebCore/loader/ResourceLoadStatistics.cpp>
enum BrowsingSessionLog: Artifact {
    struct Entry: Record {
        var host: String?
        var lastSeen: Timestamp?
        var interacted: Timestamp?
        var hadInteraction: Bool?
        var isPrevalent: Bool?
        var isGrandfathered: Bool?
        var redirectedTo: [String] = []
        var redirectedFrom: [String] = []
        var framedBy: [String] = []
        var loadedBy: [String] = []
        var resourceRedirects: [String] = []
        var storageUnder: [String] = []

        static let fields: [Field<Self>] = [
            Field("host", .observable(Observable(.hostName, .contacted)), text: { $0.host }, shown: true),
            Field("last_seen", "WebKit saw a domain, the latest time", moment: { $0.lastSeen }),
            Field("interacted", "A person used a page of a domain, the latest time", moment: { $0.interacted }),
            Field("had_interaction", truth: { $0.hadInteraction }, "whether a person used a page of the domain"),
            Field("is_prevalent", truth: { $0.isPrevalent }, "whether WebKit took the domain for one that tracks"),
            Field("is_grandfathered", truth: { $0.isGrandfathered }, "whether it had data before statistics began"),
            Field(
                "redirected_to_hosts", .observable(Observable(.hostName, .contacted)), texts: { $0.redirectedTo },
                shown: true, "domains that pages of this one redirected to"),
            Field(
                "redirected_from_hosts", .observable(Observable(.hostName, .contacted)), texts: { $0.redirectedFrom },
                shown: true, "domains whose pages redirected to this one"),
            Field(
                "framed_by_hosts", .observable(Observable(.hostName, .contacted)), texts: { $0.framedBy },
                "domains whose pages showed this one in a frame"),
            Field(
                "loaded_by_hosts", .observable(Observable(.hostName, .contacted)), texts: { $0.loadedBy },
                "domains whose pages loaded something of this one"),
            Field(
                "resource_redirect_hosts", .observable(Observable(.hostName, .contacted)),
                texts: { $0.resourceRedirects }, "domains that resources of this one were redirected to or from"),
            Field(
                "storage_under_hosts", .observable(Observable(.hostName, .contacted)), texts: { $0.storageUnder },
                "domains in whose pages this one was given storage"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.browsing-session-log", "Browsing session log",
        summary: "Domains that WebKit observed, with the domains that redirected, framed and loaded them",
        places: [
            .application(
                "*", "Library/WebKit/WebsiteData/ResourceLoadStatistics/full_browsing_session_resourceLog.plist"),
            .application(
                "*",
                "SystemData/com.apple.SafariViewService/Library/WebKit/WebsiteData/full_browsing_session_resourceLog.plist"
            ),
            .application(
                "*",
                "SystemData/com.apple.SafariViewService/Library/WebKit/WebsiteData/ResourceLoadStatistics/"
                    + "full_browsing_session_resourceLog.plist"),
            .home("Library/WebKit/WebsiteData/ResourceLoadStatistics/full_browsing_session_resourceLog.plist"),
            .home("Library/WebClips/*/Storage/full_browsing_session_resourceLog.plist"),
        ],
        standing: .documented,
        losses: [
            "Current releases of iOS delete the file", "Private tabs are not recorded",
            "Only the registrable part of a host name is kept", "Redirects have no times of their own",
        ],
        references: [
            Reference(
                "WebKit", "ResourceLoadStatistics.cpp",
                link: "https://github.com/WebKit/WebKit/blob/main/Source/WebCore/loader/ResourceLoadStatistics.cpp")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard let statistics = list["browsingStatistics"]?.list else {
            throw ParseError(.malformed, "a list named browsingStatistics")
        }
        for (index, domain) in statistics.enumerated() {
            let place = "browsingStatistics/\(index)"
            guard domain.dictionary != nil else {
                sink.note(ParseError(.malformed, "a dictionary", in: place))
                continue
            }
            var entry = Entry()
            for name in ["PrevalentResourceDomain", "PrevalentResourceOrigin"] where entry.host == nil {
                entry.host = domain.text(name, in: place, noting: &sink)
            }
            if entry.host == nil { sink.note(ParseError(.malformed, "the name of a domain", in: place)) }
            func moment(_ name: String) -> Timestamp? {
                guard let value = domain[name] else { return nil }
                if value.real == nil {
                    sink.note(ParseError(.malformed, "a number of seconds", in: place + "/" + name))
                }
                return ResourceLoadStatistics.moment(value.real)
            }
            entry.lastSeen = moment("lastSeen")
            entry.interacted = moment("mostRecentUserInteraction")
            entry.hadInteraction = domain.truth("hadUserInteraction", in: place, noting: &sink)
            entry.isPrevalent = domain.truth("isPrevalentResource", in: place, noting: &sink)
            entry.isGrandfathered = domain.truth("grandfathered", in: place, noting: &sink)
            func hosts(_ names: String...) -> [String] {
                names.flatMap { BrowsingSessionLog.hosts($0, of: domain, in: place, noting: &sink) }
            }
            entry.redirectedTo = hosts("topFrameUniqueRedirectsTo")
            entry.redirectedFrom = hosts("topFrameUniqueRedirectsFrom")
            entry.framedBy = hosts("subframeUnderTopFrameOrigins", "subframeUnderTopFrameDomains")
            entry.loadedBy = hosts("subresourceUnderTopFrameOrigins", "subresourceUnderTopFrameDomains")
            entry.resourceRedirects = hosts("subresourceUniqueRedirectsTo", "subresourceUniqueRedirectsFrom")
            entry.storageUnder = hosts("storageAccessUnderTopFrameOrigins", "storageAccessUnderTopFrameDomains")
            try sink.emit(entry, at: .key(place))
        }
    }

    /// The domains of a list: texts, or dictionaries with `origin` or, in later releases, `domain`.
    private static func hosts(
        _ name: String, of domain: PropertyList, in place: String, noting sink: inout some RecordSink<Entry>
    ) -> [String] {
        guard let value = domain[name] else { return [] }
        guard let elements = value.list else {
            sink.note(ParseError(.malformed, "a list of domains", in: place + "/" + name))
            return []
        }
        let hosts = elements.compactMap { $0.text ?? $0["domain"]?.text ?? $0["origin"]?.text }
        if hosts.count < elements.count {
            sink.note(ParseError(.malformed, "the name of a domain in every element", in: place + "/" + name))
        }
        return hosts
    }
}
