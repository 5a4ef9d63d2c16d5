import ArtifactModel
import FileFormats
import Primitives

/// What the device noted of its use in the streams of Biome that hold events of CoreDuet: `_DKEvent.App.InFocus` and others.
///
/// A message has the name of its stream as knowledgeC.db had it (1.1), the beginning and the end (2, 3), the value (4:
/// text 3, whole number 4, real 5), a UUID (5), metadata (7: the texts of pages and applications in 2.3), the time of
/// writing (8) and the offset from UTC (10). Times are seconds since 2001-01-01T00:00:00Z.
///
/// Losses: entries are kept for four weeks; files of deleted entries (`tombstone`) are not read.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeAppinstall.py>
enum BiomeEvents: Artifact {
    struct Entry: Record {
        var event = UsageEvent()
        var recorded: Timestamp?
        var state: String

        static let fields: [Field<Self>] =
            UsageEvent.fields { $0.event } + [
                Field("recorded", "Biome wrote an event of the device's use", moment: { $0.recorded }),
                Field("entry_state", text: { $0.state }, BiomeStream.stateNote),
            ]
    }

    static let card = ArtifactCard(
        "apple.usage.biome-events", "Biome events",
        summary: "Applications that were used and installed, pages, and states of the device, as Biome noted them",
        places: BiomeStream.places("_DKEvent.*"),
        standing: .documented, losses: BiomeStream.losses,
        references: BiomeStream.references + [
            Reference(
                "iLEAPP", "biomeAppinstall.py, biomeSafari.py, biomeBattperc.py",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeAppinstall.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        try BiomeStream.read(file, noting: { sink.note($0) }) { entry, message in
            var event = UsageEvent(
                stream: message.message(1)?[1]?.text, start: message.cocoaSeconds(2), end: message.cocoaSeconds(3))
            let value = message.message(4)
            event.integer = value?[4]?.integer
            event.real = value?[5]?.real
            event.offset = message[10]?.integer
            event.uuid = message[5]?.text
            event.take(value?[3]?.text)
            // The title stands in the metadata of a page; what else stands there is not told apart by its number.
            if event.url != nil { event.title = message.message(7)?.message(2)?[3]?.text }
            try sink.emit(
                Entry(event: event, recorded: entry.time, state: BiomeStream.words(entry)),
                at: .offset(entry.offset))
        }
    }
}
