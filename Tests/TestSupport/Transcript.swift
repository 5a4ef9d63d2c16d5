public import ArtifactModel
import Primitives

/// Everything that an artefact says of its evidence, as text: what golden files hold.
public struct Transcript {
    /// One JSON object a line: records, then the notes of each file.
    public private(set) var text = ""
    /// How many records there were.
    public private(set) var records = 0
    /// How many notes and failures there were.
    public private(set) var damages = 0

    /// Reads every place of an artefact.
    public init(of artifact: any Artifact.Type, in evidence: some Evidence) throws {
        try read(artifact, in: evidence)
    }

    private mutating func read<A: Artifact>(_ artifact: A.Type, in evidence: some Evidence) throws {
        for place in A.card.places {
            for file in try evidence.files(at: place) {
                var sink = TranscriptSink<A>(path: file.citation)
                do {
                    try A.decode(file, in: evidence, into: &sink)
                } catch let error as ParseError {
                    sink.note(error)
                }
                text += sink.buffer.string
                records += sink.records
                damages += sink.damages
            }
        }
    }
}

/// Writes each record with its place and the checks that fire.
struct TranscriptSink<A: Artifact>: RecordSink {
    let path: String
    var buffer = TextBuffer()
    var records = 0
    var damages = 0

    init(path: String) { self.path = path }

    mutating func emit(_ entry: A.Entry, at location: Location) throws(CancellationError) {
        records += 1
        buffer.append("{")
        for field in A.Entry.fields {
            let value = field.value(entry)
            if case .absent = value { continue }
            buffer.append(jsonString: field.name)
            buffer.append(":")
            value.write(json: &buffer)
            buffer.append(",")
        }
        buffer.append("\"source\":")
        location.write(json: &buffer, path: path)
        let fired = A.checks.filter { $0.matches(entry) }.map(\.identifier)
        if !fired.isEmpty {
            buffer.append(",\"checks\":")
            buffer.append(jsonStrings: fired)
        }
        buffer.append("}\n")
    }

    mutating func note(_ damage: ParseError) {
        damages += 1
        buffer.append("{\"note\":")
        buffer.append(jsonString: damage.description)
        buffer.append("}\n")
    }
}
