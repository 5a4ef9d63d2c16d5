import ArtifactModel
import FileFormats
import Primitives

/// Applications that the store put on the device, from the metadata that it left beside each of them.
///
/// A backup holds the metadata in its `Info.plist`, a file system beside each application. The date of purchase is in
/// UTC: RFC 3339 text, or a date.
///
/// Losses: an application that was removed is not listed, and one that did not come from a store may have no metadata.
///
/// - SeeAlso: <https://theapplewiki.com/wiki/ITunes_Backup>
enum InstalledApplications: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String?
        var listedIdentifier: String?
        var name: String?
        var version: String?
        var build: String?
        var artist: String?
        var sourceApplication: String?
        var purchased: Timestamp?
        var account: String?
        var item: Int64?
        var isRedownload: Bool?
        var hasMetadata = false
        var metadataNamesBundle = false

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.bundleIdentifier }, shown: true,
                "from the metadata, or the name under which the backup lists the application"),
            Field(
                "listed_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.listedIdentifier }, "the name in the backup's list, where the metadata has another"),
            Field("name", text: { $0.name }, shown: true, "name in the store"),
            Field("version", text: { $0.version }, shown: true),
            Field("build", text: { $0.build }, "version of the build"),
            Field("artist", text: { $0.artist }, "the publisher as the store names it"),
            Field("source_application", text: { $0.sourceApplication }, shown: true, "what asked for the installation"),
            Field(
                "purchased", "An application was first obtained with this account", moment: { $0.purchased },
                "a second download keeps the date of the first"),
            Field(
                "account", .observable(Observable(.account, .mentioned, .owner)), text: { $0.account },
                "Apple account that obtained the application"),
            Field("store_item", integer: { $0.item }, "number of the application in the store"),
            Field("redownload", truth: { $0.isRedownload }, "whether it had been obtained before"),
            Field("has_metadata", truth: { $0.hasMetadata }, "whether the store's metadata is there"),
        ]
    }

    static let card = ArtifactCard(
        "apple.applications.installed-applications", "Installed applications",
        summary: "Applications with the store's metadata: name, version, source, account and date",
        places: [
            .container("Info.plist"),
            .device("/private/var/containers/Bundle/Application/*/iTunesMetadata.plist"),
        ],
        standing: .documented,
        losses: [
            "An application that was removed is not listed",
            "Applications installed without a store often have no metadata",
            "Nothing says when this copy was installed: the date is that of the first purchase",
        ],
        references: [
            Reference("The Apple Wiki", "iTunes Backup", link: "https://theapplewiki.com/wiki/ITunes_Backup"),
            mvtRecords,
        ])

    private static let mvtRecords = Reference(
        "MVT Project", "Records extracted by mvt-ios", link: "https://docs.mvt.re/en/latest/ios/records/")

    /// What installs applications on an ordinary device: the App Store, its panel in other applications, and the
    /// service that carries out what a person or a school manages.
    static let storeFamily = [
        "com.apple.AppStore", "com.apple.AppStore.ProductPageExtension", "com.apple.dmd", "dmd",
    ]

    static let checks: [Check<Entry>] = [
        Check(
            "source-outside-the-app-store", .low, "An application was not asked for in the App Store",
            state: .installed,
            meaning: "The metadata of an application names something other than the App Store as what asked for it.",
            limits: "It does not show what the application does, nor who installed it.",
            benignCauses: [
                "TestFlight, and marketplaces such as AltStore that a person chose",
                "The store for message extensions in Messages, and downloads that a mobile operator offers",
                "Management by an employer or a school",
            ],
            nextStep: "Ask the owner whether they know the application and where they got it. Compare its bundle "
                + "identifier with the developer's own page.",
            references: [
                mvtRecords,
                Reference(
                    "MVT Project", "Issue 495: applications that are not from the App Store",
                    link: "https://github.com/mvt-project/mvt/issues/495"),
            ],
            matches: { entry in
                guard let source = entry.sourceApplication else { return false }
                return !storeFamily.contains(source)
            }),
        Check(
            "metadata-without-bundle-identifier", .medium, "The metadata of an application names no bundle",
            state: .installed,
            meaning:
                "The store's metadata of an application lacks the bundle identifier that the store writes into it.",
            limits:
                "It does not show that the application came from elsewhere; the metadata may only be damaged or old.",
            benignCauses: [
                "Metadata written by an enterprise or ad hoc build, where the developer fills in the file",
                "Very old purchases, and files that a tool rewrote",
            ],
            nextStep: "Look up the application by its name and number in the store, and ask the owner about it.",
            references: [mvtRecords],
            matches: { $0.hasMetadata && !$0.metadataNamesBundle }),
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary") }
        guard file.name != "iTunesMetadata.plist" else {
            return try sink.emit(entry(metadata: list, in: "", noting: &sink), at: .offset(0))
        }
        // Programs that leave the key out made a backup without applications; nothing is damaged.
        guard let applications = list["Applications"] else { return }
        guard applications.dictionary != nil else {
            throw ParseError(.malformed, "a dictionary of applications", in: "Applications")
        }
        for (index, application) in applications.members.enumerated() {
            let path = "Applications, entry \(index)"
            var entry = entry(
                metadata: metadata(of: application.value, in: path, noting: &sink), in: path, noting: &sink)
            if entry.bundleIdentifier == nil {
                entry.bundleIdentifier = application.name
            } else if entry.bundleIdentifier != application.name {
                entry.listedIdentifier = application.name
            }
            try sink.emit(entry, at: .key("Applications/" + application.name))
        }
    }

    /// The property list inside the property list, if it is there and can be read.
    private static func metadata(
        of application: PropertyList, in path: String, noting sink: inout some RecordSink
    ) -> PropertyList? {
        guard application.dictionary != nil else {
            sink.note(ParseError(.malformed, "a dictionary", in: path))
            return nil
        }
        guard let stored = application["iTunesMetadata"] else { return nil }
        do throws(ParseError) {
            guard let bytes = stored.bytes else { throw ParseError(.malformed, "a property list as data") }
            let metadata = try PropertyList(parsing: bytes)
            guard metadata.dictionary != nil else { throw ParseError(.malformed, "a dictionary") }
            return metadata
        } catch {
            sink.note(ParseError(error.kind, error.expected, at: error.offset, in: path + "/iTunesMetadata"))
            return nil
        }
    }

    /// The record of one application; without metadata an empty one.
    private static func entry(
        metadata: PropertyList?, in path: String, noting sink: inout some RecordSink
    ) -> Entry {
        guard let metadata else { return Entry() }
        let downloadName = "com.apple.iTunesStore.downloadInfo"
        let downloadPath = path.isEmpty ? downloadName : path + "/" + downloadName
        let download = metadata.dictionary(downloadName, in: path, noting: &sink)
        var entry = Entry(hasMetadata: true)
        entry.bundleIdentifier = metadata.text("softwareVersionBundleId", in: path, noting: &sink).flatMap {
            $0.isEmpty ? nil : $0
        }
        entry.metadataNamesBundle = entry.bundleIdentifier != nil
        entry.name = metadata.text("itemName", in: path, noting: &sink)
        entry.version = metadata.text("bundleShortVersionString", in: path, noting: &sink)
        entry.build = metadata.text("bundleVersion", in: path, noting: &sink)
        entry.artist = metadata.text("artistName", in: path, noting: &sink)
        entry.sourceApplication = metadata.text("sourceApp", in: path, noting: &sink)
        entry.item = metadata.integer("itemId", in: path, noting: &sink)
        entry.isRedownload = metadata.truth("is-purchased-redownload", in: path, noting: &sink)
        entry.purchased = download?.moment("purchaseDate", in: downloadPath, noting: &sink)
        entry.account = download?.dictionary("accountInfo", in: downloadPath, noting: &sink)?.text(
            "AppleID", in: downloadPath + "/accountInfo", noting: &sink)
        return entry
    }
}
