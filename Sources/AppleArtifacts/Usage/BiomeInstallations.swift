import ArtifactModel
import FileFormats
import Primitives

/// Applications that came, changed or went, as Biome noted them: the streams `App.Install` and `App.Installation`.
///
/// `App.Install` has the bundle identifier (1) and a number that nobody has explained (5). `App.Installation`, seen on
/// iOS 26, has the bundle identifier (1.1) and the application's UUID (1.2), the kind of event as a number (2), build
/// and version (3.2, 3.3), and the time of the event in seconds since 1970-01-01T00:00:00Z (4).
///
/// Losses: which number stands for an installation, an update or a removal is not published.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeAppInstallation.py>
enum BiomeInstallations: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String?
        var occurred: Timestamp?
        var kind: Int64?
        var version: String?
        var build: String?
        var uuid: String?
        var stream: String?
        var recorded: Timestamp?
        var state: String

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.bundleIdentifier }, shown: true),
            Field("occurred", "An application was installed, updated or removed", moment: { $0.occurred }),
            Field(
                "event_type", integer: { $0.kind }, shown: true, "as stored; the numbers are not explained in public"),
            Field("version", text: { $0.version }),
            Field("build", text: { $0.build }),
            Field("uuid", text: { $0.uuid }, "of the application"),
            Field("stream", text: { $0.stream }, "App.Install or App.Installation"),
            Field(
                "recorded", "Biome wrote that an application was installed, updated or removed",
                moment: { $0.recorded }),
            Field("entry_state", text: { $0.state }, BiomeStream.stateNote),
        ]
    }

    static let card = ArtifactCard(
        "apple.usage.biome-installations", "Installations noted by Biome",
        summary: "Applications that were installed, updated or removed, as Biome noted them",
        places: BiomeStream.places("App.Install") + BiomeStream.places("App.Installation"),
        standing: .documented,
        losses: BiomeStream.losses + [
            "Which number stands for an installation and which for a removal is not published"
        ],
        references: BiomeStream.references + [
            Reference(
                "iLEAPP", "biomeAppinstall.py and biomeAppInstallation.py",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeAppInstallation.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let stream = BiomeStream.name(of: file)
        let isOlder = stream == "App.Install"
        try BiomeStream.read(file, noting: { sink.note($0) }) { entry, message in
            var found = Entry(stream: stream, recorded: entry.time, state: BiomeStream.words(entry))
            if isOlder {
                found.bundleIdentifier = message[1]?.text
                found.kind = message[5]?.integer
            } else {
                let (application, detail) = (message.message(1), message.message(3))
                found.bundleIdentifier = application?[1]?.text
                found.uuid = application?[2]?.text
                found.kind = message[2]?.integer
                found.build = detail?[2]?.text
                found.version = detail?[3]?.text
                found.occurred = message.unixSeconds(4)
            }
            try sink.emit(found, at: .offset(entry.offset))
        }
    }
}
