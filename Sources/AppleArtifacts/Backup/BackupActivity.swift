import ArtifactModel
import FileFormats
import Primitives

/// What the backup service of the device noted of itself: backups to iCloud, and that the device was set up from another.
///
/// One record for each attempt that is still listed, one for the latest state of backup and of restore, one for the
/// restore that the device was set up with. Times are dates, stored in seconds since 2001-01-01T00:00:00Z.
///
/// Losses: only the latest attempts are listed; a device that was restored carries traces that came from another one.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/mobileBackup.py>
enum BackupActivity: Artifact {
    struct Entry: Record {
        var kind: String
        var occurred: Timestamp?
        var isCloud: Bool?
        var code: Int64?
        var domain: String?
        var message: String?
        var state: Int64?
        var originalBuild: String?
        var build: String?

        static let fields: [Field<Self>] = [
            Field("occurred", "The backup service of the device noted an event", moment: { $0.occurred }),
            Field(
                "backup_event", text: { $0.kind }, shown: true,
                "attempt, backup state, restore state, restored, or iCloud backup turned on"),
            Field("is_cloud", truth: { $0.isCloud }, "whether it went to iCloud, or came from there"),
            Field("error_code", integer: { $0.code }, "0 if nothing failed"),
            Field("error_domain", text: { $0.domain }),
            Field("message", text: { $0.message }, shown: true, "what the service says of it"),
            Field("backup_state", integer: { $0.state }, "as stored, not decoded"),
            Field("original_build", text: { $0.originalBuild }, shown: true, "the build that the backup was made with"),
            Field("build_version", text: { $0.build }, shown: true, "the build that it was restored to"),
        ]
    }

    static let card = ArtifactCard(
        "apple.backup.backup-activity", "Backups and restores by the device",
        summary: "Backups to iCloud, and the restore that the device was set up with",
        places: [
            .device("/private/var/root/Library/Preferences/com.apple.MobileBackup.plist"),
            .home("Library/Preferences/com.apple.MobileBackup.plist"),
        ],
        standing: .observed(["iOS 16"]),
        losses: [
            "Only the latest attempts are listed",
            "A device that was restored carries traces that came from another device",
            "The part on restores was not compared with a real file",
        ],
        references: [
            Reference(
                "iLEAPP", "Mobile backup",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/mobileBackup.py"),
            Reference(
                "plaso", "A public test file", link: "https://github.com/log2timeline/plaso/tree/main/test_data"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary") }
        if let enabled = list.moment("AccountEnabledDate", noting: &sink) {
            try sink.emit(
                Entry(kind: "iCloud backup turned on", occurred: enabled, isCloud: true),
                at: .key("AccountEnabledDate"))
        }
        for (name, kind) in [("BackupStateInfo", "backup state"), ("RestoreStateInfo", "restore state")] {
            guard let state = list.dictionary(name, noting: &sink) else { continue }
            let isCloud = state.truth("isCloud", in: name, noting: &sink)
            try sink.emit(
                Entry(
                    kind: kind, occurred: state.moment("date", in: name, noting: &sink), isCloud: isCloud,
                    state: state.integer("state", in: name, noting: &sink)),
                at: .key(name))
            for (index, item) in (state["errors"]?.list ?? []).enumerated() {
                let place = "\(name), error \(index + 1)"
                guard item.dictionary != nil else {
                    sink.note(ParseError(.malformed, "a dictionary", in: place))
                    continue
                }
                try sink.emit(
                    Entry(
                        kind: "attempt", occurred: item.moment("date", in: place, noting: &sink), isCloud: isCloud,
                        code: item.integer("code", in: place, noting: &sink),
                        domain: item.text("domain", in: place, noting: &sink),
                        message: item.text("localizedDescription", in: place, noting: &sink)),
                    at: .key("\(name)/errors/\(index)"))
            }
        }
        if let restore = list.dictionary("RestoreInfo", noting: &sink) {
            try sink.emit(
                Entry(
                    kind: "restored", occurred: restore.moment("RestoreDate", in: "RestoreInfo", noting: &sink),
                    isCloud: restore.truth("WasCloudRestore", in: "RestoreInfo", noting: &sink),
                    originalBuild: restore.text("BackupBuildVersion", in: "RestoreInfo", noting: &sink),
                    build: restore.text("DeviceBuildVersion", in: "RestoreInfo", noting: &sink)),
                at: .key("RestoreInfo"))
        }
    }
}
