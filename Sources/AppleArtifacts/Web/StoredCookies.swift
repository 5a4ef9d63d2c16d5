import ArtifactModel
import FileFormats
import Primitives

/// The cookies that servers set in an application, one record a cookie; their values are never read.
///
/// Times are seconds since 2001-01-01T00:00:00Z, by the clock of the device. A cookie shows that a server of the host, or
/// a page in its name, was contacted.
///
/// Losses: cookies that expired or were deleted, cookies of private tabs, and those that end with the application.
///
/// - SeeAlso: <https://github.com/libyal/dtformats/blob/main/documentation/Safari%20Cookies.asciidoc>
enum StoredCookies: Artifact {
    struct Entry: Record {
        var host: String?
        var cookie: BinaryCookies.Cookie
        var bundleIdentifier: String?

        static let fields: [Field<Self>] = [
            Field("host", .observable(Observable(.hostName, .contacted)), text: { $0.host }, shown: true),
            Field("cookie_name", text: { $0.cookie.name }, shown: true),
            Field("cookie_path", text: { $0.cookie.path }, "the part of the site that gets the cookie"),
            Field("created", "A cookie of a site was stored", moment: { $0.cookie.created }),
            Field(
                "valid_seconds", real: { $0.validSeconds }, "seconds from its storage to the end of the cookie"),
            Field("value_size", integer: { Int64($0.cookie.valueSize) }, "bytes of the value, which is not read"),
            Field("is_secure", truth: { $0.cookie.isSecure }, "whether it is sent over encrypted connections only"),
            Field("is_http_only", truth: { $0.cookie.isHTTPOnly }, "whether scripts of the page can't see it"),
            Field("flags", integer: { Int64($0.cookie.flags) }, "as stored"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier)), text: { $0.bundleIdentifier },
                "the application whose container it is"),
        ]

        private var validSeconds: Double? {
            guard let created = cookie.created else { return nil }
            return cookie.expires?.seconds(since: created)
        }
    }

    static let card = ArtifactCard(
        "apple.web.stored-cookies", "Cookies",
        summary: "Sites whose cookies Safari and applications keep, without the values",
        places: [
            .application("*", "Library/Cookies/*.binarycookies"),
            .application("*", "Library/WebKit/WebsiteDataStore/*/Cookies/*.binarycookies"),
            .application("*", "SystemData/com.apple.SafariViewService/Library/Cookies/*.binarycookies"),
            .applicationGroup("*", "Library/Cookies/*.binarycookies"),
            .home("Library/Cookies/*.binarycookies"),
            .device("/private/var/root/Library/Cookies/*.binarycookies"),
            .device("/private/var/mobile/Containers/Data/PluginKitPlugin/*/Library/Cookies/*.binarycookies"),
        ],
        standing: .documented,
        losses: [
            "Cookies that expired or were deleted", "Private tabs are not recorded",
            "A site that set no cookie is not listed", "Values are not read",
        ],
        references: [
            Reference(
                "Joachim Metz", "Safari Cookies file format",
                link: "https://github.com/libyal/dtformats/blob/main/documentation/Safari%20Cookies.asciidoc")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        var cookies = try BinaryCookies(parsing: file.open().bytes())
        while let found = cookies.next() {
            switch found {
            case .success(let cookie):
                // A cookie for all hosts of a domain is stored with a dot before it.
                let host = cookie.host.hasPrefix(".") ? String(cookie.host.dropFirst()) : cookie.host
                try sink.emit(
                    Entry(host: host.isEmpty ? nil : host, cookie: cookie, bundleIdentifier: file.owner),
                    at: .offset(cookie.offset))
            case .failure(let damage): sink.note(damage)
            }
        }
    }
}
