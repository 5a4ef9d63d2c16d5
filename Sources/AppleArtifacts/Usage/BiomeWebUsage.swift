import ArtifactModel
import FileFormats
import Primitives

/// Pages that were open in applications, as Biome noted them for Screen Time: the stream `App.WebUsage`.
///
/// A message has a UUID (1), the time in seconds since 2001-01-01T00:00:00Z (2), the state of the use as a number (3), the
/// page (4), its domain (5), the application (6), another device (7), whether the use is trusted (8) and the Safari
/// profile (9).
///
/// Losses: entries are kept for four weeks; private tabs are not noted.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeAppWebUsage.py>
enum BiomeWebUsage: Artifact {
    struct Entry: Record {
        var url: String?
        var host: String?
        var visited: Timestamp?
        var application: String?
        var usage: Int64?
        var device: String?
        var profile: String?
        var uuid: String?
        var recorded: Timestamp?
        var state: String

        static let fields: [Field<Self>] = [
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true),
            Field("host", .observable(Observable(.hostName, .visited)), text: { $0.host }, shown: true),
            Field("visited", "A page was open in an application", moment: { $0.visited }),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)), text: { $0.application },
                "the application that showed the page"),
            Field("usage_state", integer: { $0.usage }, "as stored"),
            Field("device_uuid", text: { $0.device }, "another device of the account, if one is named"),
            Field("profile", text: { $0.profile }, "identifier of the Safari profile"),
            Field("uuid", text: { $0.uuid }),
            Field("recorded", "Biome wrote that a page was open", moment: { $0.recorded }),
            Field("entry_state", text: { $0.state }, BiomeStream.stateNote),
        ]
    }

    static let card = ArtifactCard(
        "apple.usage.biome-web-usage", "Pages noted by Biome",
        summary: "Pages that were open in applications, as Biome noted them",
        places: BiomeStream.places("App.WebUsage"),
        standing: .documented, losses: BiomeStream.losses + ["Private tabs are not noted"],
        references: BiomeStream.references + [
            Reference(
                "iLEAPP", "biomeAppWebUsage.py",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeAppWebUsage.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        try BiomeStream.read(file, noting: { sink.note($0) }) { entry, message in
            try sink.emit(
                Entry(
                    url: message[4]?.text, host: message[5]?.text, visited: message.cocoaSeconds(2),
                    application: message[6]?.text, usage: message[3]?.integer, device: message[7]?.text,
                    profile: message[9]?.text, uuid: message[1]?.text, recorded: entry.time,
                    state: BiomeStream.words(entry)),
                at: .offset(entry.offset))
        }
    }
}
