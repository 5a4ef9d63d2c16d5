import ArtifactModel
import FileFormats
import Primitives

/// What applications told the system that a person did with them, as Biome noted it: the stream `AppIntent`.
///
/// A message has the application (2), the class (4) and the verb (5) of the intent, and a keyed archive of the interaction
/// (8) with its interval, its direction and identifiers. What was sent to whom lies in the intent inside the archive,
/// in a form of each application's own, and is not read.
///
/// Losses: applications decide themselves what they tell; entries are kept for four weeks.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeIntents.py>
enum BiomeIntents: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String?
        var intent: String?
        var verb: String?
        var start: Timestamp?
        var end: Timestamp?
        var direction: MessageDirection?
        var group: String?
        var identifier: String?
        var recorded: Timestamp?
        var state: String

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)),
                text: { $0.bundleIdentifier }, shown: true),
            Field("intent_class", text: { $0.intent }, shown: true, "INSendMessageIntent"),
            Field("intent_verb", text: { $0.verb }, shown: true, "SendMessage"),
            Field("start", "A person did something with an application", moment: { $0.start }),
            Field("end", "A person ended something with an application", moment: { $0.end }),
            Field("direction", text: { $0.direction?.rawValue }, "received or sent, where it applies"),
            Field("intent_group", .content, text: { $0.group }, "the conversation, in the application's own words"),
            Field("uuid", text: { $0.identifier }, "of the interaction, as the application gave it"),
            Field("recorded", "Biome wrote what a person did with an application", moment: { $0.recorded }),
            Field("entry_state", text: { $0.state }, BiomeStream.stateNote),
        ]
    }

    static let card = ArtifactCard(
        "apple.usage.biome-intents", "Intents noted by Biome",
        summary: "Messages, calls and other things done with applications, as these told the system",
        places: BiomeStream.places("AppIntent"),
        standing: .documented,
        losses: BiomeStream.losses + [
            "Applications decide themselves what they tell", "What was sent to whom is not read",
        ],
        references: BiomeStream.references + [
            Reference(
                "iLEAPP", "biomeIntents.py",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeIntents.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        try BiomeStream.read(file, noting: { sink.note($0) }) { entry, message in
            var found = Entry(
                bundleIdentifier: message[2]?.text, intent: message[4]?.text, verb: message[5]?.text,
                recorded: entry.time, state: BiomeStream.words(entry))
            if let archive = message[8]?.bytes, !archive.isEmpty {
                do throws(ParseError) {
                    try add(interaction: Array(archive), to: &found)
                } catch {
                    sink.note(ParseError(error.kind, error.expected, at: archive.startIndex))
                }
            }
            try sink.emit(found, at: .offset(entry.offset))
        }
    }

    private static func add(interaction archive: [UInt8], to entry: inout Entry) throws(ParseError) {
        let interaction = try KeyedArchive(parsing: archive).unarchived(nodeLimit: 10_000)
        guard interaction.dictionary != nil else { throw ParseError(.malformed, "an archived interaction") }
        entry.start = interaction["dateInterval"]?["NS.startDate"]?.moment
        entry.end = interaction["dateInterval"]?["NS.endDate"]?.moment
        // Numbers as Apple documents INInteractionDirection.
        switch interaction["direction"]?.integer {
        case 1: entry.direction = .sent
        case 2: entry.direction = .received
        default: break
        }
        entry.group = interaction["groupIdentifier"]?.text
        entry.identifier = interaction["identifier"]?.text
    }
}
