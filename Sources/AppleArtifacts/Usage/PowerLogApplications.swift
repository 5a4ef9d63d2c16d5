import ArtifactModel
import FileFormats
import Primitives

/// Applications and extensions that the power log knows, with the time of a removal.
///
/// `AppDeletedDate` and `PluginDeletedDate` are seconds since 1970-01-01T00:00:00Z; zero means not deleted. Other times
/// are corrected as ``PowerLog`` says.
///
/// Losses: the time of an entry says when the list was written, not when the application was installed.
///
/// - SeeAlso: <https://github.com/mac4n6/APOLLO/blob/master/modules/powerlog_app_info.txt>
enum PowerLogApplications: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String?
        var process: String?
        var name: String?
        var version: String?
        var build: String?
        var listed: Timestamp?
        var deleted: Timestamp?
        var updated: Timestamp?
        var parent: String?
        var kind: String?
        var type: Int64?
        var isThirdParty: Bool?

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.bundleIdentifier }, shown: true),
            Field(
                "process", .observable(Observable(.processName, .installed)), text: { $0.process }, shown: true,
                "name of the program's file"),
            Field("application_name", text: { $0.name }),
            Field("version", text: { $0.version }),
            Field("build", text: { $0.build }),
            Field("listed", "The power log listed an application", moment: { $0.listed }),
            Field("uninstalled", "An application was removed", moment: { $0.deleted }),
            Field("updated_application", "An application was updated", moment: { $0.updated }),
            Field(
                "parent_bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.parent }, "the application that an extension belongs to"),
            Field("extension_type", text: { $0.kind }, "com.apple.share-services: what an extension does"),
            Field("application_type", integer: { $0.type }, "AppType as stored"),
            Field("is_third_party", truth: { $0.isThirdParty }),
        ]
    }

    static let card = ArtifactCard(
        "apple.usage.power-log-applications", "Applications in the power log",
        summary: "Applications and extensions that the power log knows, and when some were removed",
        places: PowerLog.places,
        standing: .observed(["a log that a device wrote in 2021"]),
        losses: PowerLog.losses + ["When an application was installed is not recorded"],
        references: PowerLog.references)

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let log = try PowerLog(file, noting: &sink)
        try applications(of: log, in: "PLApplicationAgent_EventNone_AllApps", into: &sink)
        do {
            try extensions(of: log, into: &sink)
        } catch let error as ParseError {
            sink.note(error)
        }
    }

    private static func applications(
        of log: PowerLog, in table: String, into sink: inout some RecordSink<Entry>
    ) throws {
        let scan = TableScan(
            table, as: "a", key: "ID",
            columns: [
                "a.AppBundleId", "a.AppExecutable", "a.AppName", "a.AppBundleVersion", "a.AppBuildVersion",
                "a.timestamp", "a.AppDeletedDate", "a.AppUpdatedDate", "a.AppType", "a.AppIs3rdParty",
            ])
        try log.database.scan(scan, note: { sink.note($0) }) { application, row in
            try sink.emit(
                Entry(
                    bundleIdentifier: row.filledText(0), process: row.filledText(1), name: row.filledText(2),
                    version: row.filledText(3),
                    build: row.filledText(4), listed: log.moment(row.real(5)), deleted: moment(row.real(6)),
                    updated: moment(row.real(7)), type: row.integer(8), isThirdParty: row.truth(9)),
                at: .row(application, table: table))
        }
    }

    private static func extensions(of log: PowerLog, into sink: inout some RecordSink<Entry>) throws {
        let table = "PLApplicationAgent_EventNone_AllPlugins"
        let scan = TableScan(
            table, as: "p", key: "ID",
            columns: [
                "p.PluginId", "p.PluginExecutableName", "p.timestamp", "p.PluginDeletedDate", "p.PluginParentApp",
                "p.PluginType",
            ])
        try log.database.scan(scan, note: { sink.note($0) }) { plugin, row in
            try sink.emit(
                Entry(
                    bundleIdentifier: row.filledText(0), process: row.filledText(1), listed: log.moment(row.real(2)),
                    deleted: moment(row.real(3)), parent: row.filledText(4), kind: row.filledText(5)),
                at: .row(plugin, table: table))
        }
    }

    /// A date that the device wrote by its own clock; what is not after 1970 means not set.
    private static func moment(_ seconds: Double?) -> Timestamp? {
        seconds.flatMap { $0 > 0 ? Timestamp(unixSeconds: $0) : nil }
    }
}
