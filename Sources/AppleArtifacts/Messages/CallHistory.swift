import ArtifactModel
import FileFormats
import Primitives

/// The calls that the device placed, received and missed: telephone, FaceTime and applications that take part.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL in `ZDATE`; zero means not set. Durations are seconds.
///
/// The codes of `ZCALLTYPE` were established by the authors of iLEAPP. `ZORIGINATED` is 1 for a call that was placed.
///
/// Losses: iOS keeps the latest calls only, and a call that a person deletes leaves no row.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/callHistory.py>
enum CallHistory: Artifact {
    struct Entry: Record {
        var call: Int64?
        var date: Timestamp?
        var direction: MessageDirection?
        var isAnswered: Bool?
        var address: String?
        var participants: [String]
        var name: String?
        var typeCode: Int64?
        var category: Int64?
        var faceTimeData: Int64?
        var duration: Double?
        var establishing: Double?
        var location: String?
        var country: String?
        var provider: String?
        var handleType: Int64?
        var disconnectedCause: Int64?
        var isRead: Bool?
        var uniqueIdentifier: String?

        static let fields: [Field<Self>] = [
            Field("call_row", integer: { $0.call }, "ZCALLRECORD.Z_PK"),
            Field("date", "A call began", moment: { $0.date }, "ZDATE"),
            Field("direction", text: { $0.direction?.rawValue }, shown: true, "received or sent; from ZORIGINATED"),
            Field(
                "caller", .observable(Observable(.account, .attempted)),
                text: { $0.direction == .sent ? nil : $0.address }, shown: true,
                "who called: a telephone number or an account; nothing if it was withheld"),
            Field(
                "callee", .observable(Observable(.account, .contacted)),
                text: { $0.direction == .received ? nil : $0.address }, shown: true, "who was called"),
            Field(
                "participants", .observable(Observable(.account, .mentioned, .participant)), texts: { $0.participants },
                "everybody else in the call, as the newer releases list them"),
            Field("display_name", .content, text: { $0.name }, "ZNAME"),
            Field("is_answered", truth: { $0.isAnswered }, "ZANSWERED; of a call that was placed it is often 0"),
            Field("call_type", text: { $0.type }, shown: true, "the word for call_type_code"),
            Field("call_type_code", integer: { $0.typeCode }, "ZCALLTYPE"),
            Field("call_category", integer: { $0.category }, "ZCALL_CATEGORY, not decoded"),
            Field("facetime_data", integer: { $0.faceTimeData }, "ZFACE_TIME_DATA as stored"),
            Field("duration_seconds", real: { $0.duration }, "seconds"),
            Field("establishing_seconds", real: { $0.establishing }, "seconds until the call stood"),
            Field("location", .content, text: { $0.location }, "ZLOCATION: where the number belongs to, in words"),
            Field("country", text: { $0.country }, "ZISO_COUNTRY_CODE"),
            Field(
                "service", text: { $0.provider },
                "ZSERVICE_PROVIDER: com.apple.Telephony, com.apple.FaceTime or an application"),
            Field("handle_type", integer: { $0.handleType }, "ZHANDLE_TYPE, not decoded"),
            Field("disconnected_cause", integer: { $0.disconnectedCause }, "ZDISCONNECTED_CAUSE, not decoded"),
            Field("is_read", truth: { $0.isRead }),
            Field("unique_identifier", text: { $0.uniqueIdentifier }, "ZUNIQUE_ID"),
        ]

        /// The kind of call in words; absent for a code that nobody has described.
        var type: String? {
            switch typeCode {
            case 0: "application"
            case 1: "telephone"
            case 8: "FaceTime video"
            case 16: "FaceTime audio"
            default: nil
            }
        }
    }

    static let card = ArtifactCard(
        "apple.messages.call-history", "Call history",
        summary: "Calls by telephone, FaceTime and other applications, with accounts and durations",
        places: [
            .home("Library/CallHistoryDB/CallHistory.storedata"),
            .home("Library/CallHistoryDB/CallHistoryTemp.storedata"),
        ],
        standing: .documented,
        losses: [
            "Only the latest calls are kept", "A call that a person deletes leaves no row",
            "Calls of other devices of the same account are in it too",
            "Applications that keep their calls to themselves are missing",
        ],
        references: [
            Reference(
                "iLEAPP", "Call history",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/callHistory.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let relation = try CoreDataRelation(
            "REMOTEPARTICIPANTHANDLES", from: "REMOTEPARTICIPANTCALLS", to: "REMOTEPARTICIPANTHANDLES", in: database
        ) { sink.note($0) }
        var handles: [Int64: String] = [:]
        if try database.hasTable("ZHANDLE") {
            let scan = TableScan("ZHANDLE", as: "h", key: "Z_PK", columns: ["h.ZVALUE"])
            try database.scan(scan, note: { sink.note($0) }) { handle, row in handles[handle] = row.text(0) }
        }
        let scan = TableScan(
            "ZCALLRECORD", as: "c", key: "Z_PK",
            columns: [
                "c.ZDATE", "c.ZORIGINATED", "c.ZANSWERED", "c.ZADDRESS", "c.ZNAME", "c.ZCALLTYPE", "c.ZCALL_CATEGORY",
                "c.ZFACE_TIME_DATA", "c.ZDURATION", "c.ZTIME_TO_ESTABLISH", "c.ZLOCATION", "c.ZISO_COUNTRY_CODE",
                "c.ZSERVICE_PROVIDER", "c.ZHANDLE_TYPE", "c.ZDISCONNECTED_CAUSE", "c.ZREAD", "c.ZUNIQUE_ID",
            ], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { call, row in
            try sink.emit(
                Entry(
                    call: row.number, date: row.cocoaSeconds(0),
                    direction: MessageDirection(isOutgoing: row.integer(1)),
                    isAnswered: row.truth(2), address: row.text(3).flatMap { $0.isEmpty ? nil : $0 },
                    participants: relation.targets(of: call).compactMap { handles[$0] }, name: row.text(4),
                    typeCode: row.integer(5), category: row.integer(6), faceTimeData: row.integer(7),
                    duration: row.real(8), establishing: row.real(9), location: row.text(10), country: row.text(11),
                    provider: row.text(12), handleType: row.integer(13), disconnectedCause: row.integer(14),
                    isRead: row.truth(15), uniqueIdentifier: row.text(16)),
                at: row.location(call, table: "ZCALLRECORD"))
        }
    }
}
