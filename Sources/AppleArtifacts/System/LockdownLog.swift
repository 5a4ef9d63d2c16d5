import ArtifactModel
import FileFormats
import Primitives

/// What the lockdown service wrote of computers that talked to the device over a cable or Wi-Fi, one record an entry.
///
/// An entry is `10/13/21 07:57:42.865446 pid=69 function: message`, and may go on in lines without such a head. Its time
/// is that of the clock on the wall, without an offset from UTC, so it stays text and is no moment of the timeline.
///
/// Losses: the log is cut when it grows; programs on the computer are named, the computer seldom.
///
/// - SeeAlso: <https://github.com/log2timeline/plaso/blob/main/plaso/parsers/text_plugins/ios_lockdownd.py>
enum LockdownLog: Artifact {
    struct Entry: Record {
        var client: String?
        var requested: String?
        var function: String?
        var localTime: String?
        var process: Int64?
        var message: String

        static let fields: [Field<Self>] = [
            Field(
                "client", .observable(Observable(.processName)), text: { $0.client }, shown: true,
                "the program that asked, on the computer or on the device"),
            Field("requested", text: { $0.requested }, shown: true, "the service or the value that was asked for"),
            Field("function", text: { $0.function }, shown: true, "of the lockdown service, in its own words"),
            Field("local_time", text: { $0.localTime }, "by the clock of the device, offset not recorded"),
            Field("process_identifier", integer: { $0.process }, "of the lockdown service"),
            Field("log_message", text: { $0.message }, "the message as it stands in the log"),
        ]
    }

    static let card = ArtifactCard(
        "apple.system.lockdown-log", "Lockdown log",
        summary: "What computers asked of the device over a cable or Wi-Fi, as the lockdown service logged it",
        places: [.device("/private/var/logs/lockdownd.log*"), .device("/private/var/log/lockdownd.log*")],
        standing: .observed(["a log that a device wrote in 2021"]),
        losses: [
            "Times are those of the clock on the wall; the offset from UTC is not recorded",
            "The log is cut when it grows", "Programs on the computer are named, the computer itself seldom",
            "Backups do not hold it",
        ],
        references: [
            Reference(
                "Plaso", "Parser for lockdownd.log of iOS",
                link: "https://github.com/log2timeline/plaso/blob/main/plaso/parsers/text_plugins/ios_lockdownd.py")
        ])

    /// Enough for any reply that is written out; what is longer is cut, with a note.
    private static let messageLimit = 64 << 10

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let bytes = try file.open().bytes()
        var pending: (entry: Entry, offset: Int)?
        var unknown: Int?
        for line in LogLines(bytes) {
            if let entry = entry(line) {
                if let done = pending { try sink.emit(done.entry, at: .offset(done.offset)) }
                pending = (entry, line.startIndex)
                if entry.localTime == nil {
                    sink.note(ParseError(.malformed, "a date of the calendar", at: line.startIndex))
                }
            } else if let length = pending?.entry.message.utf8.count {
                if length + line.count < messageLimit {
                    pending?.entry.message += "\n" + String(decoding: line, as: UTF8.self)
                } else {
                    sink.note(
                        ParseError(.beyondLimit, "at most \(messageLimit) bytes of a message", at: line.startIndex))
                }
            } else {
                unknown = unknown ?? line.startIndex
            }
        }
        if let done = pending { try sink.emit(done.entry, at: .offset(done.offset)) }
        if let unknown { sink.note(ParseError(.malformed, "a line of a date, a process and a message", at: unknown)) }
    }

    /// The head of an entry, or nothing for a line that goes on with the entry before.
    private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
        let words = String(decoding: line, as: UTF8.self).split(
            separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard words.count == 4, words[2].hasPrefix("pid="), let process = Int64(words[2].dropFirst(4)),
            words[0].split(separator: "/").count == 3
        else { return nil }
        var entry = Entry(
            localTime: LocalTime.written(withSlashes: words[0], words[1]), process: process, message: String(words[3]))
        if let colon = words[3].firstRange(of: ": "), !words[3][..<colon.lowerBound].contains(" ") {
            entry.function = String(words[3][..<colon.lowerBound])
            entry.message = String(words[3][colon.upperBound...])
        }
        let message = entry.message
        if let range = message.firstRange(of: " attempting to ") {
            entry.client = message[..<range.lowerBound].isEmpty ? nil : String(message[..<range.lowerBound])
            var asked = message[range.upperBound...]
            for verb in ["spawn ", "get ", "set ", "remove "] where asked.hasPrefix(verb) {
                asked = asked.dropFirst(verb.count)
            }
            if asked.hasSuffix(" service.") { asked = asked.dropLast(9) }
            let name = asked.drop { $0 == "[" }.prefix { $0 != "]" }
            entry.requested = name.isEmpty ? nil : String(name)
        }
        return entry
    }
}
