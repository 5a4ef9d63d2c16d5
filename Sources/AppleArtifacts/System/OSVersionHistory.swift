import ArtifactModel
import FileFormats
import Primitives

/// Releases of the system that the device ran, from what its analytics wrote down, one record a file or build.
///
/// A journal of analytics begins with a line of JSON that holds `timestamp` (date, time and offset from UTC) and
/// `os_version`. The databases of keychain analytics name the build with every event; its earliest time is taken, in
/// seconds since 1970-01-01T00:00:00Z.
///
/// Losses: journals are removed after they were sent, so the history has gaps; a time is when something was written,
/// not when the release was installed.
///
/// - SeeAlso: <https://docs.mvt.re/en/latest/ios/records/>
enum OSVersionHistory: Artifact {
    struct Entry: Record {
        var recorded: Timestamp?
        var text: String?
        var version: String?
        var build: String?

        static let fields: [Field<Self>] = [
            Field("recorded", "A release of the system was running", moment: { $0.recorded }),
            Field("product_version", text: { $0.version }, shown: true, "14.8"),
            Field("build_version", text: { $0.build }, shown: true, "18H17"),
            Field("os_version", text: { $0.text }, "as stored: iPhone OS 14.8 (18H17)"),
        ]
    }

    static let card = ArtifactCard(
        "apple.system.os-version-history", "Releases of the system",
        summary: "Releases of the system that the device ran, from the times at which analytics were written",
        places: [.device("/private/var/db/analyticsd/Analytics-Journal-*.ips")] + KeychainAnalytics.card.places,
        standing: .documented,
        losses: [
            "Journals are removed after they were sent, so the history has gaps",
            "The times say when something was written, not when a release was installed",
        ],
        references: KeychainAnalytics.card.references)

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        if file.name.hasSuffix(".db") { return try builds(in: file, into: &sink) }
        // The first line is short; what follows can be large and is not needed.
        let start = try file.open().bytes(in: 0..<(1 << 16))
        let line = Array(start.prefix { $0 != UInt8(ascii: "\n") })
        let head = try JSONValue(line, depthLimit: 16)
        guard case .object = head else { throw ParseError(.malformed, "an object in the first line", at: 0) }
        var entry = Entry(text: head["os_version"]?.text)
        if entry.text == nil { sink.note(ParseError(.absent, "text", in: "os_version")) }
        entry.recorded = head["timestamp"]?.text.flatMap(moment)
        if entry.recorded == nil { sink.note(ParseError(.malformed, "a date, a time and an offset", in: "timestamp")) }
        (entry.version, entry.build) = parts(entry.text)
        try sink.emit(entry, at: .offset(0))
    }

    /// `2021-09-14 06:50:11.00 +0200`: RFC 3339 but for the space before the offset.
    static func moment(_ text: String) -> Timestamp? {
        Timestamp(rfc3339: text.replacing(" +", with: "+").replacing(" -", with: "-"))
    }

    /// The release and the build in `iPhone OS 14.8 (18H17)`.
    static func parts(_ text: String?) -> (version: String?, build: String?) {
        guard let text else { return (nil, nil) }
        let words = text.split(separator: " ")
        let version = words.first { $0.first?.isNumber == true }.map(String.init)
        let build = words.last.flatMap { word -> String? in
            guard word.hasPrefix("("), word.hasSuffix(")"), word.utf8.count > 2 else { return nil }
            return String(word.dropFirst().dropLast())
        }
        return (version, build)
    }

    /// The earliest event of a build so far.
    private struct First {
        var moment: Timestamp
        var table: String
        var row: Int64
    }

    /// The earliest event of each build that a database of keychain analytics names, in the order of the builds.
    private static func builds(in file: EvidenceFile, into sink: inout some RecordSink<Entry>) throws {
        let database = try file.database(noting: &sink)
        var builds: [String: First] = [:]
        for table in try KeychainAnalytics.tables(in: database) {
            try database.scan(KeychainAnalytics.scan(table), note: { sink.note($0) }) { number, row in
                guard let moment = KeychainAnalytics.moment(row),
                    let build = row.bytes(1).flatMap({ try? PropertyList(parsing: $0) })?["build"]?.text
                else { return }
                if let known = builds[build], known.moment <= moment { return }
                builds[build] = First(moment: moment, table: table, row: number)
            }
        }
        for (build, first) in builds.sorted(by: { ($0.value.moment, $0.key) < ($1.value.moment, $1.key) }) {
            try sink.emit(Entry(recorded: first.moment, build: build), at: .row(first.row, table: first.table))
        }
    }
}
