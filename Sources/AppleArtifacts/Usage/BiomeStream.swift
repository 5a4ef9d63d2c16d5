import ArtifactModel
import FileFormats
import Primitives

/// Where the streams of Biome lie, and how their entries are read.
///
/// Only what this device wrote is read (`local`): what other devices of the account wrote lies in `remote`, and would
/// not say anything of this device. Deleted entries are read as far as their bytes are still there, and say so.
enum BiomeStream {
    /// The files of a stream, in either root and with either access. `*` stands for any characters in the name.
    static func places(_ stream: String) -> [Place] {
        [
            .home("Library/Biome/streams/*/\(stream)/local/*"),
            .device("/private/var/db/biome/streams/*/\(stream)/local/*"),
        ]
    }

    /// The name of the stream that a file belongs to: the folder above `local`.
    static func name(of file: EvidenceFile) -> String? {
        let parts = file.devicePath.split(separator: "/")
        return parts.count > 2 ? String(parts[parts.count - 3]) : nil
    }

    /// Reads a file and hands out each entry with its message: what is left of a deleted one, if anything.
    static func read(
        _ file: EvidenceFile, noting note: (ParseError) -> Void,
        entry body: (SegmentFile.Entry, ProtobufMessage) throws -> Void
    ) throws {
        let segment = try SegmentFile(parsing: file.open().bytes())
        for damage in segment.damage { note(damage) }
        var overwritten = 0
        var first = 0
        for entry in segment.entries {
            let isWritten = entry.state == .written
            // The bytes of an entry that is gone are believed only if they are what the checksum was made of.
            let message = ProtobufMessage(parsing: isWritten || entry.isIntact ? entry.content : [])
            if isWritten, !entry.isIntact {
                // Files of version 2 use their space again, so whole files can have many of these.
                if overwritten == 0 { first = entry.offset }
                overwritten += 1
            } else if let damage = message.damage {
                note(ParseError(damage.kind, damage.expected, at: damage.offset ?? entry.offset))
            }
            try body(entry, message)
        }
        if overwritten > 0 {
            note(ParseError(.malformed, "entries as their checksums say, found \(overwritten) others", at: first))
        }
    }

    /// The state of an entry in words.
    static func words(_ entry: SegmentFile.Entry) -> String {
        switch entry.state {
        case .written: entry.isIntact ? "written" : "overwritten"
        case .deleted: "deleted"
        default: "state \(entry.state.rawValue)"
        }
    }

    /// What ``words(_:)`` says, for the note of its field.
    static let stateNote =
        "written; deleted, with what is left of it; overwritten: in use by its state, and not what its checksum says"

    /// What every artefact made of a stream says about the loss of it.
    static let losses = [
        "Entries are kept for four weeks, or until their number or size is too large",
        "What other devices of the account wrote is not read",
    ]

    /// Descriptions of the container and of the streams.
    static let references = [
        Reference(
            "CCL Solutions Group", "ccl-segb: a reader of SEGB files", link: "https://github.com/cclgroupltd/ccl-segb"),
        Reference(
            "Mattia Epifani", "84 Streams Later, Part 2: Inside Apple Biome", date: "2026-07-27",
            link: "https://blog.digital-forensics.it/2026/07/84-streams-later-part-2-inside-apple.html"),
    ]
}

extension ProtobufMessage {
    /// A moment in seconds since 2001-01-01T00:00:00Z; zero means not set.
    func cocoaSeconds(_ number: Int) -> Timestamp? { self[number]?.real.flatMap(Timestamp.init(cocoaSeconds:)) }

    /// A moment in seconds since 1970-01-01T00:00:00Z; zero means not set.
    func unixSeconds(_ number: Int) -> Timestamp? {
        self[number]?.real.flatMap { $0 == 0 ? nil : Timestamp(unixSeconds: $0) }
    }
}
