import ArtifactModel
import FileFormats
import Primitives

/// The shortcuts of the application Shortcuts, one record a shortcut: its actions, its links and what starts it.
///
/// Times are seconds since 2001-01-01T00:00:00Z as REAL; zero means not set.
///
/// Actions are a property list, each with an identifier and parameters. What starts a shortcut by itself is a keyed
/// archive in `ZTRIGGER`, whose class says what it waits for: `WFAppInFocusTrigger` waits for an application.
///
/// Losses: a shortcut that was deleted leaves no row, or an empty one until it was synchronised.
///
/// - SeeAlso: <https://citizenlab.ca/2021/12/pegasus-vs-predator-dissidents-doubly-infected-iphone-reveals-cytrox-mercenary-spyware/>
enum Shortcuts: Artifact {
    struct Entry: Record {
        var shortcut: Int64
        var created: Timestamp?
        var modified: Timestamp?
        var lastRun: Timestamp?
        var name: String?
        var subtitle: String?
        var description: String?
        var identifier: String?
        var origin: String?
        var application: String?
        var runs: Int64?
        var isHidden: Bool?
        var isDeleted: Bool?
        var storedActions: Int64?
        var actions: ShortcutActions
        var triggers: [ShortcutTriggers.Trigger]

        static let fields: [Field<Self>] = [
            Field("shortcut_row", integer: { $0.shortcut }, "ZSHORTCUT.Z_PK"),
            Field("created", "A shortcut was created", moment: { $0.created }, "ZCREATIONDATE"),
            Field("modified", "A shortcut was last changed", moment: { $0.modified }, "ZMODIFICATIONDATE"),
            Field("last_run", "A shortcut last ran", moment: { $0.lastRun }, "ZLASTRUNEVENTDATE"),
            Field("name", .content, text: { $0.name }, shown: true),
            Field("subtitle", .content, text: { $0.subtitle }, "ZWORKFLOWSUBTITLE"),
            Field("description", .content, text: { $0.description }, "ZACTIONSDESCRIPTION"),
            Field("unique_identifier", text: { $0.identifier }, "ZWORKFLOWID"),
            Field("shortcut_source", text: { $0.origin }, "ZSOURCE: where it came from, as stored"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier)), text: { $0.application },
                "ZASSOCIATEDAPPBUNDLEIDENTIFIER: the application that it belongs to"),
            Field("run_count", integer: { $0.runs }, "ZRUNEVENTSCOUNT"),
            Field("is_hidden", truth: { $0.isHidden }, "kept out of the library, as automations are"),
            Field("is_deleted", truth: { $0.isDeleted }, "ZTOMBSTONED"),
            Field("stored_action_count", integer: { $0.storedActions }, "ZACTIONCOUNT"),
            Field("actions", texts: { $0.actions.identifiers }, "identifiers of the actions, in their order"),
            Field(
                "links", .observable(Observable(.url, .mentioned)), texts: { $0.actions.links }, shown: true,
                "from the parameters of the actions"),
            Field("opens_link", truth: { $0.opensLink }, "an action opens a link, and the parameters hold one"),
            Field("trigger_count", integer: { Int64($0.triggers.count) }, "automations that start it"),
            Field("triggers", texts: { $0.triggers.compactMap(\.kind) }, shown: true, "the classes of what starts it"),
            Field(
                "trigger_applications", texts: { $0.triggerApplications },
                "bundle identifiers of the applications that it waits for"),
            Field(
                "starts_without_asking", truth: { $0.startsWithoutAsking },
                "whether an automation that is not turned off starts it without a question"),
        ]

        var opensLink: Bool { actions.canOpenLink && !actions.links.isEmpty }

        var triggerApplications: [String] {
            var seen: Set<String> = []
            return triggers.flatMap(\.applications).filter { seen.insert($0).inserted }
        }

        var startsWithoutAsking: Bool? {
            triggers.isEmpty ? nil : triggers.contains { $0.isEnabled != false && $0.asksFirst == false }
        }

        /// Whether an application that is opened starts it.
        var waitsForApplication: Bool {
            triggers.contains { $0.kind?.contains("AppInFocus") == true || !$0.applications.isEmpty }
        }
    }

    static let card = ArtifactCard(
        "apple.applications.shortcuts", "Shortcuts and automations",
        summary: "Shortcuts with their actions, their links and the automations that start them",
        places: [.home("Library/Shortcuts/Shortcuts.sqlite")],
        standing: .documented,
        losses: [
            "A shortcut that was deleted leaves no row, or an empty one",
            "A link that is put together while the shortcut runs is not seen",
            "Releases before iOS 13 have no automations",
        ],
        references: [predator])

    private static let predator = Reference(
        "Citizen Lab",
        "Pegasus vs. Predator: Dissident's Doubly-Infected iPhone Reveals Cytrox Mercenary Spyware",
        date: "2021-12-16",
        link: "https://citizenlab.ca/2021/12/"
            + "pegasus-vs-predator-dissidents-doubly-infected-iphone-reveals-cytrox-mercenary-spyware/")

    private static let step =
        "Don't run the shortcut and don't open the link. Ask the owner whether they made the automation; if they did "
        + "not, keep the evidence and ask an expert before it is removed."

    static let checks: [Check<Entry>] = [
        Check(
            "application-opens-link", .medium, "An automation opens a link when an application is opened",
            family: "Predator", state: .mentioned,
            meaning: "A shortcut that opens a link is started by opening an application. Citizen Lab found automations "
                + "of this kind, for many applications at once, as the way in which Predator came back after a restart.",
            limits:
                "It does not show that the link was opened, nor what it led to. The published names of shortcuts and "
                + "links may differ.",
            benignCauses: [
                "People use such automations to change the icon of an application or to limit their own use of it"
            ],
            nextStep: step, references: [predator],
            matches: { $0.opensLink && $0.waitsForApplication }),
        Check(
            "automation-opens-link", .low, "An automation opens a link",
            state: .mentioned,
            meaning: "A shortcut that opens a link is started by an automation, or is kept out of the library as "
                + "automations are. The published automations of Predator opened a link too, when an application was "
                + "opened; that is not recorded here.",
            limits: "It does not show that the link was opened, nor what it led to.",
            benignCauses: [
                "People open pages by automations, for instance at a certain time or place",
                "Applications hand in shortcuts of their own",
            ],
            nextStep: step, references: [predator],
            matches: { $0.opensLink && !$0.waitsForApplication && (!$0.triggers.isEmpty || $0.isHidden == true) }),
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let triggers = try ShortcutTriggers(in: database) { sink.note($0) }
        var actions: [Int64: ShortcutActions] = [:]
        if try database.hasTable("ZSHORTCUTACTIONS") {
            let scan = TableScan("ZSHORTCUTACTIONS", as: "a", key: "Z_PK", columns: ["a.ZSHORTCUT", "a.ZDATA"])
            try database.scan(scan, note: { sink.note($0) }) { number, row in
                let place = "ZSHORTCUTACTIONS, row \(number)"
                guard let shortcut = row.integer(0) else {
                    return sink.note(ParseError(.malformed, "the shortcut of some actions", in: place))
                }
                guard let bytes = row.bytes(1) else { return }
                var found = actions.removeValue(forKey: shortcut) ?? ShortcutActions()
                do throws(ParseError) {
                    try found.add(PropertyList(parsing: bytes))
                } catch {
                    sink.note(ParseError(error.kind, error.expected, in: place))
                }
                actions[shortcut] = found
            }
        } else {
            sink.note(ParseError(.absent, "a table named ZSHORTCUTACTIONS"))
        }
        let scan = TableScan(
            "ZSHORTCUT", as: "s", key: "Z_PK",
            columns: [
                "s.ZCREATIONDATE", "s.ZMODIFICATIONDATE", "s.ZLASTRUNEVENTDATE", "s.ZNAME", "s.ZWORKFLOWSUBTITLE",
                "s.ZACTIONSDESCRIPTION", "s.ZWORKFLOWID", "s.ZSOURCE", "s.ZASSOCIATEDAPPBUNDLEIDENTIFIER",
                "s.ZRUNEVENTSCOUNT", "s.ZHIDDENFROMLIBRARYANDSYNC", "s.ZTOMBSTONED", "s.ZACTIONCOUNT",
            ])
        try database.scan(scan, note: { sink.note($0) }) { shortcut, row in
            try sink.emit(
                Entry(
                    shortcut: shortcut, created: row.cocoaSeconds(0), modified: row.cocoaSeconds(1),
                    lastRun: row.cocoaSeconds(2), name: row.text(3), subtitle: row.text(4), description: row.text(5),
                    identifier: row.text(6), origin: row.text(7), application: row.text(8), runs: row.integer(9),
                    isHidden: row.truth(10), isDeleted: row.truth(11), storedActions: row.integer(12),
                    actions: actions[shortcut] ?? ShortcutActions(), triggers: triggers.triggers(of: shortcut)),
                at: .row(shortcut, table: "ZSHORTCUT"))
        }
    }
}
