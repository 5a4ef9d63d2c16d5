import ArtifactModel
import FileFormats
import Primitives

/// The downloads that Safari lists, one record a download.
///
/// Times are dates in UTC, by the clock of the device. The names of the values are those that Safari on a Mac writes; no
/// list with entries made by a phone was published, so names that are not known here are listed in the record.
///
/// Losses: Safari removes an entry after a day, after success, or by hand, as a setting says.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP>
enum SafariDownloads: Artifact {
    struct Entry: Record {
        var url: String?
        var path: String?
        var started: Timestamp?
        var completed: Timestamp?
        var size: Int64?
        var receivedSize: Int64?
        var uuid: String?
        var profile: String?
        var otherNames: [String] = []

        static let fields: [Field<Self>] = [
            Field("url", .observable(Observable(.url, .contacted)), text: { $0.url }, shown: true),
            Field(
                "path", .observable(Observable(.filePath, .attempted)), text: { $0.path }, shown: true,
                "where the file was to be stored, as recorded"),
            Field("started", "A download was started", moment: { $0.started }),
            Field("completed", "A download was completed", moment: { $0.completed }),
            Field("size", integer: { $0.size }, "bytes that the server announced"),
            Field("received_size", integer: { $0.receivedSize }, "bytes that were received"),
            Field("uuid", text: { $0.uuid }),
            Field("profile", text: { $0.profile }, "identifier of the Safari profile, iOS 17 and later"),
            Field("other_names", texts: { $0.otherNames }, "names of values that are not read"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.safari-downloads", "Safari downloads",
        summary: "Files that Safari lists as downloaded, and where they came from",
        places: [
            .application("*", "Library/Safari/Downloads/Downloads.plist"),
            .application("*", "Library/Safari/Downloads.plist"),
            .home("Library/Safari/Downloads/Downloads.plist"),
            .home("Library/Safari/Downloads.plist"),
        ],
        standing: .documented,
        losses: [
            "Entries are removed after a day, after success or by hand, as a setting says",
            "A file that a page opened without storing it is not listed",
        ],
        references: [
            Reference(
                "Alexis Brignoni and others", "iLEAPP: iOS Logs, Events, And Plists Parser",
                link: "https://github.com/abrignoni/iLEAPP")
        ])

    static let checks: [Check<Entry>] = [
        Check(
            "installable-download", .low, "An application or a configuration profile was downloaded in Safari",
            state: .attempted,
            meaning:
                "Safari lists a download that iOS can install without the App Store: an application package or a "
                + "configuration profile. Campaigns published in 2022 brought spyware to iPhones in this way.",
            limits: "It shows that the download was started, not that anything was installed.",
            benignCauses: [
                "A company or a school that manages its devices", "A VPN or e-mail provider that offers a profile",
                "Beta programmes, Wi-Fi networks and alternative stores",
            ],
            nextStep: "Compare with the installed configuration profiles and applications, and ask the owner of the "
                + "device who sent the link.",
            references: [
                Reference(
                    "Google Threat Analysis Group", "Spyware vendor targets users in Italy and Kazakhstan",
                    date: "2022-06-23",
                    link: "https://blog.google/threat-analysis-group/"
                        + "italian-spyware-vendor-targets-users-in-italy-and-kazakhstan/")
            ],
            matches: { entry in
                [entry.url, entry.path].contains { text in
                    guard let text = text?.lowercased() else { return false }
                    let name = text.prefix { !"?#".contains($0) }
                    return text.hasPrefix("itms-services:") || name.hasSuffix(".ipa") || name.hasSuffix(".mobileconfig")
                }
            })
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard let downloads = list["DownloadHistory"]?.list else {
            throw ParseError(.malformed, "a list named DownloadHistory")
        }
        for (index, download) in downloads.enumerated() {
            let place = "DownloadHistory/\(index)"
            guard download.dictionary != nil else {
                sink.note(ParseError(.malformed, "a dictionary", in: place))
                continue
            }
            let names = [
                "DownloadEntryURL", "DownloadEntryPath", "DownloadEntryDateAddedKey", "DownloadEntryDateFinishedKey",
                "DownloadEntryProgressTotalToLoad", "DownloadEntryProgressBytesSoFar", "DownloadEntryIdentifier",
                "DownloadEntryProfileUUIDStringKey",
            ]
            let entry = Entry(
                url: download.text(names[0], in: place, noting: &sink),
                path: download.text(names[1], in: place, noting: &sink),
                started: download.moment(names[2], in: place, noting: &sink),
                completed: download.moment(names[3], in: place, noting: &sink),
                size: download.integer(names[4], in: place, noting: &sink),
                receivedSize: download.integer(names[5], in: place, noting: &sink),
                uuid: download.text(names[6], in: place, noting: &sink),
                profile: download.text(names[7], in: place, noting: &sink),
                otherNames: download.members.map(\.name).filter { !names.contains($0) })
            try sink.emit(entry, at: .key(place))
        }
    }
}
