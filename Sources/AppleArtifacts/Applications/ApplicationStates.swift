import ArtifactModel
import FileFormats
import Primitives

/// What FrontBoard knows of each application: where it lies, and when it was removed.
///
/// `kvs` holds property lists by application and key. `compatibilityInfo` is a keyed archive with the paths, and is there
/// for installed applications; `_UninstallDate` is the date of a removal. Either may lie inside one more property list.
///
/// Losses: a removed application may leave nothing, and an offloaded one looks like a removed one.
///
/// - SeeAlso: <https://abrignoni.blogspot.com/2018/12/identifying-installed-and-uninstalled.html>
enum ApplicationStates: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String?
        var bundlePath: String?
        var dataPath: String?
        var uninstalled: Timestamp?
        var isInstalled: Bool?
        var keys: [String] = []

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.bundleIdentifier }, shown: true, "of an application that is or was on the device"),
            Field("is_installed", truth: { $0.isInstalled }, shown: true, "whether its paths are recorded"),
            Field("uninstalled", "An application was removed", moment: { $0.uninstalled }),
            Field("bundle_path", .observable(Observable(.filePath, .installed)), text: { $0.bundlePath }),
            Field("data_path", .observable(Observable(.filePath, .installed)), text: { $0.dataPath }),
            Field("state_keys", texts: { $0.keys }, "what else is recorded of it, by name"),
        ]
    }

    static let card = ArtifactCard(
        "apple.applications.application-states", "Application states",
        summary: "Applications that are or were on the device, their folders, and when some were removed",
        places: [.home("Library/FrontBoard/applicationState.db")],
        standing: .documented,
        losses: [
            "A removed application may leave nothing", "An offloaded application can look like a removed one",
            "The pictures of applications and their times are not read",
        ],
        references: [
            Reference(
                "Alexis Brignoni", "Identifying installed and uninstalled apps in iOS", date: "2018-12",
                link: "https://abrignoni.blogspot.com/2018/12/identifying-installed-and-uninstalled.html"),
            Reference(
                "iLEAPP", "applicationStateDB.py",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/applicationStateDB.py"),
        ])

    /// More applications than any device has.
    private static let limit = 100_000

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        var entries: [Int64: Entry] = [:]
        try database.scan(
            TableScan("application_identifier_tab", as: "a", key: "id", columns: ["a.application_identifier"]),
            note: { sink.note($0) }
        ) { application, row in
            guard entries.count < limit else { return }
            entries[application] = Entry(bundleIdentifier: row.text(0))
        }
        let scan = TableScan(
            "kvs", as: "v", joins: [.init("key_tab", as: "k", on: "id", equals: "v.key")],
            columns: ["v.application_identifier", "k.key", "v.value"])
        do {
            try database.scan(scan, note: { sink.note($0) }) { number, row in
                guard let application = row.integer(0), let key = row.text(1),
                    var entry = entries[application]
                else { return }
                if !entry.keys.contains(key) { entry.keys.append(key) }
                if key == "compatibilityInfo" || key == "_UninstallDate", let bytes = row.bytes(2) {
                    do throws(ParseError) {
                        try add(bytes, of: key, to: &entry)
                    } catch {
                        sink.note(ParseError(error.kind, error.expected, at: error.offset, in: "kvs, row \(number)"))
                    }
                }
                entries[application] = entry
            }
        } catch let error as ParseError {
            sink.note(error)
        }
        for (application, entry) in entries.sorted(by: { $0.key < $1.key }) {
            var entry = entry
            entry.isInstalled = entry.keys.contains("compatibilityInfo")
            entry.keys.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            try sink.emit(entry, at: .row(application, table: "application_identifier_tab"))
        }
        if entries.count == limit {
            sink.note(ParseError(.beyondLimit, "fewer than \(limit) applications", in: "application_identifier_tab"))
        }
    }

    private static func add(_ bytes: [UInt8], of key: String, to entry: inout Entry) throws(ParseError) {
        var list = try PropertyList(parsing: bytes)
        // One more property list inside, as data, is what most releases write.
        if let inner = list.bytes { list = try PropertyList(parsing: inner) }
        if KeyedArchive.isArchive(list) { list = try KeyedArchive(list).unarchived(nodeLimit: 10_000) }
        if key == "_UninstallDate" {
            guard let moment = list.moment else { throw ParseError(.malformed, "a date") }
            entry.uninstalled = moment
        } else {
            guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary of paths") }
            entry.bundlePath = list["bundlePath"]?.text
            entry.dataPath = list["sandboxPath"]?.text
        }
    }
}
