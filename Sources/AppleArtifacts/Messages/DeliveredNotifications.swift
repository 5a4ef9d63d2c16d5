import ArtifactModel
import FileFormats
import Primitives

/// The notifications that still stood in the notification centre, one record a notification, with their texts and links.
///
/// Each application has a folder with a keyed archive: a list of dictionaries (iOS 12 and later; before, one file
/// `<application>.pushstore`). Folders are named by a UUID, which another archive gives back to the application. Times
/// are dates, seconds since 2001-01-01T00:00:00Z.
///
/// Losses: a notification that was opened or cleared is gone; applications can put other words in place of those that
/// arrived.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/notificationsXII.py>
enum DeliveredNotifications: Artifact {
    struct Entry: Record {
        var delivered: Timestamp?
        var bundleIdentifier: String?
        var title: String?
        var subtitle: String?
        var text: String?
        var links: [String]
        var identifier: String?
        var thread: String?
        var details: Value

        static let fields: [Field<Self>] = [
            Field("delivered", "A notification arrived", moment: { $0.delivered }, "AppNotificationCreationDate"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.bundleIdentifier }, shown: true, "the application, or its folder if nothing names it"),
            Field("title", .content, text: { $0.title }, "of a message mostly its sender"),
            Field("subtitle", .content, text: { $0.subtitle }),
            Field("text", .content, text: { $0.text }, "AppNotificationMessage"),
            Field(
                "text_length", integer: { $0.text.map { Int64($0.unicodeScalars.count) } },
                "characters (Unicode scalars)"),
            Field(
                "links", .observable(Observable(.url, .attempted)), texts: { $0.links }, shown: true,
                "from all texts of the notification"),
            Field("notification_identifier", text: { $0.identifier }, "AppNotificationIdentifier"),
            Field("notification_thread", text: { $0.thread }, "what the application groups it with"),
            Field("details", .content, nested: { $0.details }, "everything else that is stored"),
        ]
    }

    static let card = ArtifactCard(
        "apple.messages.delivered-notifications", "Delivered notifications",
        summary: "Notifications that still stood in the notification centre, with their texts and links",
        places: [
            .home("Library/UserNotifications/*/DeliveredNotifications.plist"),
            .home("Library/SpringBoard/PushStore/*.pushstore"),
        ],
        standing: .documented,
        losses: [
            "A notification that was opened or cleared is gone",
            "Applications can put other words in place of those that arrived",
            "Where the list of applications is missing, the folder's name stands for the application",
        ],
        references: [
            Reference(
                "iLEAPP", "Notifications",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/notificationsXII.py"),
            appleNotice,
        ])

    private static let appleNotice = Reference(
        "Apple", "About Apple threat notifications and protecting against mercenary spyware",
        link: "https://support.apple.com/102174")

    static let checks: [Check<Entry>] = [
        Check(
            "apple-threat-notice", .high, "A notification begins like Apple's notice of a spyware attack",
            state: .attempted,
            meaning:
                "A notification begins with the words by which Apple tells people that mercenary spyware was aimed "
                + "at them. Apple sends such notices to few people, by iMessage and e-mail.",
            limits:
                "It is a notice, no trace of spyware: it does not show that an attack succeeded, nor that Apple wrote "
                + "the message. Fake notices circulate.",
            benignCauses: [
                "Fraudsters copy the words, mostly with a link or a telephone number that Apple's notices never have",
                "People forward the notice that they received themselves",
            ],
            nextStep: "Follow no link and call no number in it. Let the person type account.apple.com by hand and sign "
                + "in: a true notice stands at the top of that page. If it does, seek help from a digital security "
                + "helpline, keep the device as it is and take a full backup before any update or reset.",
            references: [appleNotice],
            matches: { entry in
                [entry.text, entry.title, entry.subtitle].contains { $0.map(ThreatNotice.opens) == true }
            })
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        var damage: [ParseError] = []
        let root = try KeyedArchive(file.propertyList()).unarchived(damage: &damage)
        for damage in damage { sink.note(damage) }
        // An archive of nothing has no root.
        if root == .null { return }
        guard let items = root.list else { throw ParseError(.malformed, "a list of notifications") }
        let application = application(of: file, in: evidence) { sink.note($0) }
        for (index, item) in items.enumerated() {
            let place = "notification \(index + 1)"
            guard var rest = item.dictionary else {
                sink.note(ParseError(.malformed, "a dictionary", in: place))
                continue
            }
            var texts = PropertyListTexts()
            texts.add(item)
            var links = LinkCollection()
            for text in texts.texts { links.add(linksIn: text) }
            var entry = Entry(bundleIdentifier: application, links: links.links, details: .absent)
            entry.delivered = item.moment("AppNotificationCreationDate", in: place, noting: &sink)
            entry.title =
                item.text("AppNotificationTitle", in: place, noting: &sink)
                ?? item.text("Header", in: place, noting: &sink)
            entry.subtitle =
                item.text("AppNotificationSubtitle", in: place, noting: &sink)
                ?? item.text("Footer", in: place, noting: &sink)
            entry.text = item.text("AppNotificationMessage", in: place, noting: &sink)
            entry.identifier = item.text("AppNotificationIdentifier", in: place, noting: &sink)
            entry.thread = item.text("SBSPushStoreNotificationThreadKey", in: place, noting: &sink)
            for key in [
                "AppNotificationCreationDate", "AppNotificationTitle", "AppNotificationSubtitle",
                "AppNotificationMessage", "AppNotificationIdentifier", "SBSPushStoreNotificationThreadKey", "$class",
            ] { rest[key] = nil }
            entry.details = rest.isEmpty ? .absent : PropertyList.dictionary(rest).value
            try sink.emit(entry, at: .key("\(index)"))
        }
    }

    /// The application that a file belongs to: named by the file, or by the list of folders.
    private static func application(
        of file: EvidenceFile, in evidence: any Evidence, note: (ParseError) -> Void
    ) -> String? {
        let ending = ".pushstore"
        if file.name.hasSuffix(ending) { return String(file.name.dropLast(ending.count)) }
        let folder = file.devicePath.split(separator: "/").dropLast().last.map(String.init)
        guard let folder, !folder.utf8.contains(UInt8(ascii: ".")) else { return folder }
        do throws(ParseError) {
            let lists = try evidence.files(at: .home("Library/UserNotificationsServer/Library.plist"))
            guard let list = lists.first else { return folder }
            let names = try KeyedArchive(list.propertyList()).unarchived()
            return names.members.first { $0.value.text == folder }?.name ?? folder
        } catch {
            note(ParseError(error.kind, error.expected, at: error.offset, in: "UserNotificationsServer/Library.plist"))
            return folder
        }
    }
}
