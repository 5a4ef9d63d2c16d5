import ArtifactModel
import FileFormats
import Primitives

/// Sites that Safari went to, as Biome noted them: the stream `Safari.Navigations`.
///
/// A message has the host (1), the time in seconds since 1970-01-01T00:00:00Z, rounded up to the next half hour (2), the
/// country (5) and, since iOS 18, the whole link (8). Entries were seen to outlive the visits in Safari's history.
///
/// Losses: the time is rounded; entries are kept for four weeks.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeSafariNavigations.py>
enum BiomeSafariNavigations: Artifact {
    struct Entry: Record {
        var url: String?
        var host: String?
        var recorded: Timestamp?
        var rounded: Timestamp?
        var country: String?
        var state: String

        static let fields: [Field<Self>] = [
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true, "since iOS 18"),
            Field("host", .observable(Observable(.hostName, .visited)), text: { $0.host }, shown: true),
            Field("recorded", "Biome wrote that Safari went to a site", moment: { $0.recorded }),
            Field(
                "rounded_time", "Safari went to a site within the half hour before", moment: { $0.rounded },
                "the next half hour after the visit"),
            Field("country", text: { $0.country }),
            Field("entry_state", text: { $0.state }, BiomeStream.stateNote),
        ]
    }

    static let card = ArtifactCard(
        "apple.usage.biome-safari-navigations", "Safari navigations noted by Biome",
        summary: "Sites that Safari went to, as Biome noted them",
        places: BiomeStream.places("Safari.Navigations"),
        standing: .documented,
        losses: BiomeStream.losses + [
            "Before iOS 18 only the host is noted", "It is not documented who uses it for what",
        ],
        references: BiomeStream.references + [
            Reference(
                "iLEAPP", "biomeSafariNavigations.py",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeSafariNavigations.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        try BiomeStream.read(file, noting: { sink.note($0) }) { entry, message in
            try sink.emit(
                Entry(
                    url: message[8]?.text, host: message[1]?.text, recorded: entry.time,
                    rounded: message.unixSeconds(2), country: message[5]?.text,
                    state: BiomeStream.words(entry)),
                at: .offset(entry.offset))
        }
    }
}
