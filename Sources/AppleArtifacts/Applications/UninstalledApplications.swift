import ArtifactModel
import FileFormats
import Primitives

/// Applications that were removed, as the installation service remembers them, one record an application.
///
/// The property list has one date in UTC for each bundle identifier: that of the latest removal.
///
/// Losses: only the latest removal is kept, and not every release and device writes the list.
///
/// - SeeAlso: <https://blog.d204n6.com/2019/09/ios-tracking-traces-of-deleted-applications.html>
enum UninstalledApplications: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String
        var uninstalled: Timestamp?

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.bundleIdentifier }, shown: true, "of an application that was on the device"),
            Field("uninstalled", "An application was removed", moment: { $0.uninstalled }),
        ]
    }

    static let card = ArtifactCard(
        "apple.applications.uninstalled-applications", "Removed applications",
        summary: "Applications that were removed, with the time of the latest removal",
        places: [.device("/private/var/installd/Library/MobileInstallation/UninstalledApplications.plist")],
        standing: .documented,
        losses: [
            "Only the latest removal of an application is kept", "Not every device writes the list",
            "Who removed the application is not told",
        ],
        references: [
            Reference(
                "Christopher Vance", "iOS: Tracking Traces of Deleted Applications", date: "2019-09",
                link: "https://blog.d204n6.com/2019/09/ios-tracking-traces-of-deleted-applications.html")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary of applications") }
        for (index, member) in list.members.enumerated() {
            if member.value.moment == nil {
                sink.note(ParseError(.malformed, "a date", in: "application \(index)"))
            }
            try sink.emit(
                Entry(bundleIdentifier: member.name, uninstalled: member.value.moment), at: .key(member.name))
        }
    }
}
