import ArtifactModel
import Primitives

/// Pages that were visited, a line each: `url|title|visited|opened|note`, times as seconds of Unix, or a word.
///
/// `DAMAGE` is a record that can't be read, `END` damage that ends the file.
enum MadeUpPages: Artifact {
    struct Entry: Record {
        var url: String?
        var title: String?
        var visited: Timestamp?
        var opened: Timestamp?
        var note: String?

        static let fields: [Field<Self>] = [
            Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true),
            Field("title", .content, text: { $0.title }, shown: true),
            Field("visited", "A page was visited", moment: { $0.visited }),
            Field("opened", "A page was opened", moment: { $0.opened }),
            Field("note", text: { $0.note }, shown: true),
        ]
    }

    static let card = ArtifactCard(
        "made.up.pages", "Made-up pages", summary: "Pages that nobody visited", places: [.home("pages*.txt")],
        standing: .unexercised, losses: ["Everything"], references: [Reference("Nobody", "Nothing")])

    static let checks: [Check<Entry>] = [
        Check(
            "odd-note", .medium, "The note is odd", family: "Imaginary", meaning: "The note is the word odd.",
            limits: "It is made up.", benignCauses: ["This is a test"], nextStep: "Go on.",
            references: [Reference("Nobody", "Nothing")], matches: { $0.note == "odd" }),
        Check(
            "private-title", .low, "The title is private", meaning: "The title is the word private.",
            limits: "It is made up.", benignCauses: ["This is a test"], nextStep: "Go on.",
            references: [Reference("Nobody", "Nothing")], matches: { $0.title == "private" }),
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let source = try file.open()
        var bytes = [UInt8](repeating: 0, count: source.count)
        _ = try bytes.withUnsafeMutableBytes { buffer throws(ParseError) in try source.read(at: 0, into: buffer) }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            if line == "DAMAGE" {
                sink.note(ParseError(.malformed, "a page", in: "line \(index)"))
                continue
            }
            if line == "END" { throw ParseError(.truncated, "more pages", in: "line \(index)") }
            if line == "SURPRISE" { throw Surprise(words: "a private sentence") }
            let parts = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.isEmpty ? nil : String($0)
            }
            func part(_ index: Int) -> String? { index < parts.count ? parts[index] : nil }
            func moment(_ index: Int) -> Timestamp? {
                part(index).flatMap { Int64($0) }.flatMap { Timestamp(unixSeconds: $0) }
            }
            try sink.emit(
                Entry(url: part(0), title: part(1), visited: moment(2), opened: moment(3), note: part(4)),
                at: .row(Int64(index), table: "pages"))
        }
    }

    struct Surprise: Error { let words: String }
}

/// Processes, a line each; all of them without any moment.
enum MadeUpProcesses: Artifact {
    struct Entry: Record {
        var process: String

        static let fields: [Field<Self>] = [
            Field("process", .observable(Observable(.processName, .ran)), text: { $0.process }, shown: true)
        ]
    }

    static let card = ArtifactCard(
        "made.up.processes", "Made-up processes", summary: "Processes that never ran",
        places: [.home("processes.txt"), .device("/private/var/mobile/processes.txt")], standing: .unexercised,
        losses: ["Everything"], references: [Reference("Nobody", "Nothing")])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let source = try file.open()
        var bytes = [UInt8](repeating: 0, count: source.count)
        _ = try bytes.withUnsafeMutableBytes { buffer throws(ParseError) in try source.read(at: 0, into: buffer) }
        for (index, line) in String(decoding: bytes, as: UTF8.self).split(separator: "\n").enumerated() {
            try sink.emit(Entry(process: String(line)), at: .key("line\u{1B}[2J \(index)"))
        }
    }
}
