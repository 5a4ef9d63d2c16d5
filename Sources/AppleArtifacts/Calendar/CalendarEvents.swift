import ArtifactModel
import FileFormats
import Primitives

/// Events and reminders of the calendars on the device, with the people whom they name.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set. An event that lasts all day, or that
/// floats between time zones, is stored as if its local time were UTC.
///
/// Losses: deleted events leave no row; calendars that are subscribed to may hold a part of their events only.
///
/// - SeeAlso: <https://citizenlab.ca/2023/04/spyware-vendor-quadream-exploits-victims-customers/>
enum CalendarEvents: Artifact {
    struct Entry: Record {
        var event: Int64
        var created: Timestamp?
        var start: Timestamp?
        var end: Timestamp?
        var modified: Timestamp?
        var due: Timestamp?
        var completed: Timestamp?
        var originalDate: Timestamp?
        var startTimeZone: String?
        var endTimeZone: String?
        var isAllDay: Bool?
        var summary: String?
        var description: String?
        var location: String?
        var url: String?
        var links: [String]
        var calendar: Int64?
        var calendarTitle: String?
        var kind: Int64?
        var status: Int64?
        var invitationStatus: Int64?
        var isHidden: Bool?
        var hasRecurrences: Bool?
        var action: String?
        var uniqueIdentifier: String?
        var externalIdentifier: String?
        var externalModificationTag: String?
        var uuid: String?
        var createdBy: Int64?
        var organizer: Int64?
        var organizerPerson: CalendarParticipants.Person?
        var participants: CalendarParticipants.Group

        /// Somebody else than the owner of the calendar organised it; nothing is known without an organiser.
        var isInvited: Bool? { organizer.map { $0 != 0 && organizerPerson?.isSelf != true } }
        /// Seconds from the start to the creation; negative if it was created beforehand, as events ordinarily are.
        var createdAfterStart: Double? {
            guard let created, let start else { return nil }
            return created.seconds(since: start)
        }

        static let fields: [Field<Self>] = [
            Field("event_row", integer: { $0.event }, "CalendarItem.ROWID"),
            Field("created", "A calendar event was created", moment: { $0.created }, "creation_date"),
            Field("start", "A calendar event starts", moment: { $0.start }, "start_date"),
            Field("end", "A calendar event ends", moment: { $0.end }, "end_date"),
            Field("modified", "A calendar event was last changed", moment: { $0.modified }, "last_modified"),
            Field("due", "A reminder is due", moment: { $0.due }, "due_date"),
            Field("completed", "A reminder was completed", moment: { $0.completed }, "completion_date"),
            Field(
                "original_date", "A repeating event was moved from here", moment: { $0.originalDate }, "orig_date"),
            Field("created_after_start", real: { $0.createdAfterStart }, "seconds from the start to the creation"),
            Field("start_time_zone", text: { $0.startTimeZone }, "start_tz; _float has none"),
            Field("end_time_zone", text: { $0.endTimeZone }, "end_tz"),
            Field("is_all_day", truth: { $0.isAllDay }),
            Field("summary", .content, text: { $0.summary }, shown: true),
            Field("description", .content, text: { $0.description }),
            Field("location", .content, text: { $0.location }, "Location.title"),
            Field("url", .observable(Observable(.url, .mentioned)), text: { $0.url }, shown: true, "as stored"),
            Field(
                "links", .observable(Observable(.url, .mentioned)), texts: { $0.links },
                "from summary, description, location, comment and the address of a video call"),
            Field("calendar", integer: { $0.calendar }, "Calendar.ROWID"),
            Field("calendar_title", .content, text: { $0.calendarTitle }),
            Field("entity_type", integer: { $0.kind }, "stored code, not decoded"),
            Field("status", integer: { $0.status }, "stored code, not decoded"),
            Field("invitation_status", integer: { $0.invitationStatus }, "stored code, not decoded"),
            Field("is_invited", truth: { $0.isInvited }, "an organiser is named who is not the owner"),
            Field("is_hidden", truth: { $0.isHidden }),
            Field("has_recurrences", truth: { $0.hasRecurrences }),
            Field("action", text: { $0.action }),
            Field("unique_identifier", text: { $0.uniqueIdentifier }),
            Field("external_identifier", text: { $0.externalIdentifier }, "external_id"),
            Field("external_modification_tag", text: { $0.externalModificationTag }, "external_mod_tag"),
            Field("uuid", text: { $0.uuid }),
            Field("created_by_row", integer: { $0.createdBy }, "created_by_id"),
            Field("organizer_row", integer: { $0.organizer }, "Participant.ROWID"),
            Field(
                "organizer_email", .observable(Observable(.emailAddress, .mentioned, .participant)),
                text: { $0.organizerPerson?.email }, shown: true),
            Field(
                "organizer_phone_number", .observable(Observable(.phoneNumber, .mentioned, .participant)),
                text: { $0.organizerPerson?.phoneNumber }),
            Field("organizer_name", .content, text: { $0.organizerPerson?.name }),
            Field("organizer_comment", .content, text: { $0.organizerPerson?.comment }),
            Field("organizer_is_self", truth: { $0.organizerPerson?.isSelf }),
            Field("organizer_uuid", text: { $0.organizerPerson?.uuid }),
            Field(
                "organizer_modified", "The organiser of an event was last changed",
                moment: { $0.organizerPerson?.modified }),
            Field("participant_count", integer: { $0.participants.count }, "how many people the event names"),
            Field(
                "participant_emails", .observable(Observable(.emailAddress, .mentioned, .participant)),
                texts: { $0.participants.emails }, "everybody whom the event names, the owner too"),
            Field(
                "participant_phone_numbers", .observable(Observable(.phoneNumber, .mentioned, .participant)),
                texts: { $0.participants.phoneNumbers }),
        ]
    }

    static let card = ArtifactCard(
        "apple.calendar.calendar-events", "Calendar events",
        summary: "Events and reminders of the calendars, with their organisers and participants",
        places: [.home("Library/Calendar/Calendar.sqlitedb")],
        standing: .documented,
        losses: [
            "Deleted events leave no row", "Calendars on a server may be stored in part",
            "An account that is added again gives its events new dates of creation",
        ],
        references: sources)

    static let checks: [Check<Entry>] = [
        Check(
            "meeting-with-notes", .medium, "A calendar event reads Meeting and Notes",
            family: "KingSpawn", state: .mentioned, meaning: words + ".",
            limits: "Both words are plain, and the texts may differ in other attacks. The event does not show that "
                + "anything was delivered.",
            benignCauses: ["Somebody may have made an event with these two words"],
            nextStep: step, references: sources,
            matches: { isMeetingWithNotes($0) && !isInvitedAfterwards($0) }),
        Check(
            "invited-long-after-start", .low, "An invitation was created more than a day after its event began",
            family: "KingSpawn", state: .attempted,
            meaning:
                "An event that somebody else organised was created on this device more than a day after its start. "
                + "Invitations to events in the past are added without a notice; Citizen Lab found them as the way of "
                + "a QuaDream attack.",
            limits: "It does not show who sent the invitation, nor that it carried anything. Overlap with another such "
                + "invitation, which belongs to the published trace, is not compared.",
            benignCauses: [
                "An account or a shared calendar that is added later brings its old events along",
                "Invitations are forwarded, and series are changed, after their first day",
            ],
            nextStep: step, references: sources,
            matches: { isInvitedAfterwards($0) && !isMeetingWithNotes($0) }),
        Check(
            "meeting-with-notes-invited-long-after-start", .high,
            "An invitation that reads Meeting and Notes was created more than a day after its event began",
            family: "KingSpawn", state: .attempted,
            meaning: words + ". It was created more than a day after its start by somebody else's invitation, as the "
                + "published ones were.",
            limits: "It does not show who sent the invitation, nor that anything was delivered.",
            benignCauses: ["None is published; an old invitation with these words on a new account would look alike"],
            nextStep: step, references: sources,
            matches: { isInvitedAfterwards($0) && isMeetingWithNotes($0) }),
    ]

    private static let words =
        "The summary of an event is exactly Meeting and its description exactly Notes. Citizen Lab found invisible "
        + "invitations with these words on the phones of targets of QuaDream in 2021"
    private static let step =
        "Do not open or answer the invitation. Look at who organised it, whether others like it overlap, and which "
        + "traces of the same day other artefacts show. Keep the backup."

    private static let sources = [
        Reference(
            "Citizen Lab", "Sweet QuaDreams", date: "2023-04-11",
            link: "https://citizenlab.ca/2023/04/spyware-vendor-quadream-exploits-victims-customers/"),
        Reference("Microsoft Threat Intelligence", "DEV-0196: QuaDream's KingSpawn malware", date: "2023-04-11"),
    ]

    private static func isMeetingWithNotes(_ entry: Entry) -> Bool {
        entry.summary == "Meeting" && entry.description == "Notes"
    }

    private static func isInvitedAfterwards(_ entry: Entry) -> Bool {
        guard entry.isInvited == true, let seconds = entry.createdAfterStart else { return false }
        return seconds > 86_400
    }

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let people = try CalendarParticipants(in: database) { sink.note($0) }
        let scan = TableScan(
            "CalendarItem", as: "c",
            joins: [
                .init("Location", as: "l", on: "ROWID", equals: "c.location_id"),
                .init("Calendar", as: "k", on: "ROWID", equals: "c.calendar_id"),
            ],
            columns: [
                "c.creation_date", "c.start_date", "c.end_date", "c.last_modified", "c.due_date", "c.completion_date",
                "c.orig_date", "c.start_tz", "c.end_tz", "c.all_day", "c.summary", "c.description", "l.title", "c.url",
                "c.calendar_id", "k.title", "c.entity_type", "c.status", "c.invitation_status", "c.hidden",
                "c.has_recurrences", "c.action", "c.unique_identifier", "c.external_id", "c.external_mod_tag",
                "c.UUID", "c.created_by_id", "c.organizer_id", "c.conference_url", "c.conference_url_detected",
            ])
        try database.scan(scan, note: { sink.note($0) }) { event, row in
            let (summary, description, location) = (row.text(10), row.text(11), row.text(12))
            let organizer = row.integer(27)
            let person = organizer.flatMap { people.person($0) }
            var links = LinkCollection()
            for text in [summary, description, location, person?.comment, row.text(28), row.text(29)] {
                links.add(linksIn: text)
            }
            try sink.emit(
                Entry(
                    event: event, created: row.cocoaSeconds(0), start: row.cocoaSeconds(1), end: row.cocoaSeconds(2),
                    modified: row.cocoaSeconds(3), due: row.cocoaSeconds(4), completed: row.cocoaSeconds(5),
                    originalDate: row.cocoaSeconds(6), startTimeZone: row.text(7), endTimeZone: row.text(8),
                    isAllDay: row.truth(9), summary: summary, description: description, location: location,
                    url: row.text(13), links: links.links, calendar: row.integer(14), calendarTitle: row.text(15),
                    kind: row.integer(16), status: row.integer(17), invitationStatus: row.integer(18),
                    isHidden: row.truth(19), hasRecurrences: row.truth(20), action: row.text(21),
                    uniqueIdentifier: row.text(22), externalIdentifier: row.text(23),
                    externalModificationTag: row.text(24), uuid: row.text(25), createdBy: row.integer(26),
                    organizer: organizer, organizerPerson: person, participants: people.group(of: event)),
                at: .row(event, table: "CalendarItem"))
        }
    }
}
