import ArtifactModel
import FileFormats
import Primitives

/// Updates and restores of the system that its update service wrote down, one record an event or file.
///
/// `restore.log` is text; a line that was sent to Apple holds JSON behind `data = ` with a list of events, whose time is
/// in seconds or, when it is too large for that, milliseconds since 1970-01-01T00:00:00Z. `last_update_result.plist` has
/// the dates of the latest update and restore, in seconds since 2001-01-01T00:00:00Z.
///
/// Losses: most releases write few events or none; the log is rotated, and an update begins it anew.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/restoreLog.py>
enum SoftwareUpdates: Artifact {
    struct Entry: Record {
        var occurred: Timestamp?
        var updated: Timestamp?
        var restored: Timestamp?
        var event: String?
        var build: String?
        var originalBuild: String?
        var model: String?
        var state: Int64?
        var details: Value

        static let fields: [Field<Self>] = [
            Field("occurred", "The update service reported an event", moment: { $0.occurred }, "eventTime"),
            Field("system_updated", "The system was updated", moment: { $0.updated }, "PreviousUpdateDate"),
            Field(
                "system_restored", "The system was restored or set up", moment: { $0.restored }, "PreviousRestoreDate"),
            Field("event", text: { $0.event }, shown: true),
            Field("original_build", text: { $0.originalBuild }, shown: true, "the build before: originalOSVersion"),
            Field("build_version", text: { $0.build }, shown: true, "the build then: currentOSVersion"),
            Field("device_model", text: { $0.model }, "the board as Apple names it"),
            Field("update_state", integer: { $0.state }, "PreviousUpdateState, not decoded"),
            Field("details", nested: { $0.details }, "the whole event or file"),
        ]
    }

    static let card = ArtifactCard(
        "apple.system.software-updates", "Updates of the system",
        summary: "Updates and restores of the system, with builds and times",
        places: [
            .device("/private/var/mobile/MobileSoftwareUpdate/restore.log"),
            .device("/private/var/MobileSoftwareUpdate/restore.log"),
            .device("/private/var/mobile/MobileSoftwareUpdate/last_update_result.plist"),
            .device("/private/var/MobileSoftwareUpdate/last_update_result.plist"),
        ],
        standing: .documented,
        losses: [
            "Most releases write few events or none", "The log is rotated, and an update begins it anew",
            "An event does not show that an update was completed", "Lines without events are not read",
        ],
        references: [
            Reference(
                "Kevin Pagano, iLEAPP", "Mobile Software Update: restore.log",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/restoreLog.py"),
            Reference(
                "Yogesh Khatri, mac_apt", "Basic information of a device: last_update_result.plist",
                link: "https://github.com/ydkhatri/mac_apt"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        if file.name.hasSuffix(".plist") { return try result(in: file, into: &sink) }
        let bytes = try file.open().bytes()
        let mark = Array("data = ".utf8)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            defer { start = end + 1 }
            guard let found = bytes[start..<end].firstRange(of: mark) else { continue }
            let line = Array(bytes[found.upperBound..<end])
            guard line.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { continue }
            let value: JSONValue
            do throws(ParseError) {
                value = try JSONValue(line, depthLimit: 32)
            } catch {
                sink.note(ParseError(error.kind, error.expected, at: found.upperBound + (error.offset ?? 0)))
                continue
            }
            for (number, event) in (value["events"]?.list ?? []).enumerated() where !event.members.isEmpty {
                try sink.emit(
                    Entry(
                        occurred: moment(event["eventTime"]), event: event["event"]?.text,
                        build: event["currentOSVersion"]?.text, originalBuild: event["originalOSVersion"]?.text,
                        model: event["deviceModel"]?.text, details: Self.value(event)),
                    // Several events of one line are several records, and each has a place of its own.
                    at: number == 0 ? .offset(found.upperBound) : .key("byte \(found.upperBound), event \(number + 1)"))
            }
        }
    }

    private static func result(in file: EvidenceFile, into sink: inout some RecordSink<Entry>) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary") }
        try sink.emit(
            Entry(
                updated: list.moment("PreviousUpdateDate", noting: &sink),
                restored: list.moment("PreviousRestoreDate", noting: &sink),
                state: list.integer("PreviousUpdateState", noting: &sink), details: list.value),
            at: .key(file.name))
    }

    /// A time in seconds or milliseconds: a hundred thousand million seconds would be the year 5138.
    private static func moment(_ value: JSONValue?) -> Timestamp? {
        guard let time = value?.real ?? value?.text.flatMap({ Double($0) }), time > 0 else { return nil }
        return Timestamp(unixSeconds: time < 100_000_000_000 ? time : time / 1_000)
    }

    private static func value(_ value: JSONValue) -> Value {
        switch value {
        case .null: .absent
        case .truth(let truth): .truth(truth)
        case .integer(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        case .list(let values): .list(values.map { Self.value($0) })
        case .object: .table(value.members.map { NamedValue($0.name, Self.value($0.value)) })
        }
    }
}
