import FileFormats
import Primitives

/// The automations of the application Shortcuts: what starts a shortcut by itself, by the shortcut.
struct ShortcutTriggers {
    /// One row of ZTRIGGER.
    struct Trigger: Sendable {
        /// The class of the archived trigger: `WFAppInFocusTrigger`.
        var kind: String?
        /// Bundle identifiers of the applications that it waits for.
        var applications: [String] = []
        var isEnabled: Bool?
        var asksFirst: Bool?
    }

    private var triggers: [Int64: [Trigger]] = [:]

    /// Reads the automations; releases before iOS 13 have none.
    init(in database: SQLiteDatabase, note: (ParseError) -> Void) throws {
        guard try database.hasTable("ZTRIGGER") else { return }
        let scan = TableScan(
            "ZTRIGGER", as: "t", key: "Z_PK",
            columns: ["t.ZSHORTCUT", "t.ZDATA", "t.ZENABLED", "t.ZSHOULDPROMPT"])
        try database.scan(scan, note: note) { number, row in
            let place = "ZTRIGGER, row \(number)"
            guard let shortcut = row.integer(0) else {
                return note(ParseError(.malformed, "the shortcut of an automation", in: place))
            }
            var trigger = Trigger(isEnabled: row.truth(2), asksFirst: row.truth(3))
            if let bytes = row.bytes(1) {
                do throws(ParseError) {
                    let list = try PropertyList(parsing: bytes)
                    let tree = KeyedArchive.isArchive(list) ? try KeyedArchive(list).unarchived() : list
                    trigger.kind = tree["$class"]?.text
                    trigger.applications = Self.applications(tree)
                } catch {
                    note(ParseError(error.kind, error.expected, in: place))
                }
            }
            triggers[shortcut, default: []].append(trigger)
        }
    }

    /// The automations that start a shortcut, in the order of the table.
    func triggers(of shortcut: Int64) -> [Trigger] { triggers[shortcut] ?? [] }

    /// Older releases archive applications as objects with a bundle identifier, newer ones the identifiers themselves.
    private static func applications(_ tree: PropertyList) -> [String] {
        let values = tree["selectedBundleIdentifiers"]?.list ?? tree["selectedApps"]?.list ?? []
        return values.compactMap { $0.text ?? $0["bundleIdentifier"]?.text }
    }
}
