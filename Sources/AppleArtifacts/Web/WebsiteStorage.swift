import ArtifactModel
import FileFormats
import Primitives

/// The sites that stored something in an application's web pages, one record a file of such storage.
///
/// Until iOS 15 the site stands in the name of the file or folder. From iOS 16 on names are hashes, and a file named
/// `origin` in each folder says which site it is for and in whose page.
///
/// Evidence names files and gives them no times, so the records have none: those of a backup stand in its manifest.
///
/// Losses: sites that stored nothing; WebKit keeps new folders out of backups for a day.
///
/// - SeeAlso: <https://github.com/WebKit/WebKit/blob/main/Source/WebCore/page/SecurityOriginData.cpp>
enum WebsiteStorage: Artifact {
    struct Entry: Record {
        var url: String?
        var topURL: String?
        var storage: String?
        var bundleIdentifier: String?
        var isViewService: Bool

        static let fields: [Field<Self>] = [
            Field(
                "url", .observable(Observable(.url, .contacted)), text: { $0.url }, shown: true,
                "the site that stored something"),
            Field(
                "top_url", .observable(Observable(.url, .contacted)), text: { $0.topURL }, shown: true,
                "the site whose page it was in, where that is another"),
            Field("storage", text: { $0.storage }, shown: true, "kind of storage; origin: a folder of every kind"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier)), text: { $0.bundleIdentifier },
                "the application whose container it is"),
            Field(
                "in_view_service", truth: { $0.isViewService }, "whether Safari showed the page inside the application"),
        ]
    }

    /// Where storage lies below the folder of website data; `*` is a name that spells a site, or a hash.
    private static let storagePaths = [
        "LocalStorage/*.localstorage",
        "IndexedDB/*/*/IndexedDB.sqlite3",
        "IndexedDB/v1/*/*/IndexedDB.sqlite3",
        "IndexedDB/v1/*/*/*/IndexedDB.sqlite3",
        "WebSQL/*/*.db",
        "Default/*/*/origin",
        "Origins/*/*/origin",
    ]

    private static let viewService = "SystemData/com.apple.SafariViewService/"

    private static let places: [Place] = storagePaths.flatMap { path in
        [
            Place.application("*", "Library/WebKit/WebsiteData/" + path),
            .application("*", "Library/WebKit/WebsiteDataStore/*/" + path),
            .application("*", viewService + "Library/WebKit/WebsiteData/" + path),
            .home("Library/WebKit/WebsiteData/" + path),
            .home("Library/WebKit/*/WebsiteData/" + path),
            .home("Library/WebClips/*/Storage/" + path),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.website-storage", "Website storage",
        summary: "Sites that stored something in the web pages of an application",
        places: places,
        standing: .documented,
        losses: [
            "Sites that stored nothing are not listed", "The records have no times",
            "WebKit keeps new folders out of backups for a day", "A person can delete the storage of sites",
        ],
        references: [
            Reference(
                "WebKit", "SecurityOriginData.cpp",
                link: "https://github.com/WebKit/WebKit/blob/main/Source/WebCore/page/SecurityOriginData.cpp"),
            Reference(
                "WebKit", "StorageUtilities.cpp",
                link: "https://github.com/WebKit/WebKit/blob/main/Source/WebCore/Modules/storage/StorageUtilities.cpp"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        var entry = Entry(
            bundleIdentifier: file.owner, isViewService: file.devicePath.contains("/" + viewService))
        if file.name == "origin" {
            let origin = try StoredOrigin(parsing: file.open().bytes(limit: 1 << 16))
            if let damage = origin.damage { sink.note(damage) }
            entry.url = origin.client
            entry.topURL = origin.top == origin.client ? nil : origin.top
            entry.storage = "origin"
        } else {
            // The name says it all, so the file itself is not opened.
            // Pages that an application brings itself have no site.
            guard !file.devicePath.contains("/file__0") else { return }
            let origins = WebOrigin.origins(in: file.devicePath)
            guard let client = origins.last, let top = origins.first else {
                sink.note(ParseError(.unsupported, "a name that spells a site"))
                return
            }
            entry.url = client
            entry.topURL = top == client ? nil : top
            let parts = file.devicePath.split(separator: "/")
            entry.storage = ["LocalStorage", "IndexedDB", "WebSQL"].first { parts.contains(Substring($0)) }
        }
        try sink.emit(entry, at: .offset(0))
    }
}
