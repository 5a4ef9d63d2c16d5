import ArtifactModel
import FileFormats
import Primitives

/// Applications that came to the foreground and left it, as Biome noted them: the stream `App.InFocus`.
///
/// A message has the reason of the change (1), whether the application came or went (3), the time in seconds since
/// 2001-01-01T00:00:00Z (4), the bundle identifier (6), the version (9) and the build (10).
///
/// Losses: entries are kept for four weeks; programs without a window never come to the foreground.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeInfocus.py>
enum BiomeApplicationFocus: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String?
        var changed: Timestamp?
        var isInForeground: Bool?
        var reason: String?
        var version: String?
        var build: String?
        var recorded: Timestamp?
        var state: String

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)),
                text: { $0.bundleIdentifier }, shown: true),
            Field("focus_changed", "An application came to the foreground or left it", moment: { $0.changed }),
            Field("in_foreground", truth: { $0.isInForeground }, shown: true, "true when it came, false when it left"),
            Field("transition_reason", text: { $0.reason }, "as stored"),
            Field("version", text: { $0.version }),
            Field("build", text: { $0.build }),
            Field("recorded", "Biome wrote a change of the foreground", moment: { $0.recorded }),
            Field("entry_state", text: { $0.state }, BiomeStream.stateNote),
        ]
    }

    static let card = ArtifactCard(
        "apple.usage.biome-application-focus", "Applications in the foreground",
        summary: "Applications that came to the foreground and left it, as Biome noted them",
        places: BiomeStream.places("App.InFocus"),
        standing: .documented,
        losses: BiomeStream.losses + ["Programs without a window never come to the foreground"],
        references: BiomeStream.references + [
            Reference(
                "iLEAPP", "biomeInfocus.py",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeInfocus.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        try BiomeStream.read(file, noting: { sink.note($0) }) { entry, message in
            try sink.emit(
                Entry(
                    bundleIdentifier: message[6]?.text, changed: message.cocoaSeconds(4),
                    isInForeground: message[3]?.integer.map { $0 != 0 }, reason: message[1]?.text,
                    version: message[9]?.text, build: message[10]?.text, recorded: entry.time,
                    state: BiomeStream.words(entry)),
                at: .offset(entry.offset))
        }
    }
}
