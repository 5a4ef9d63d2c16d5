import ArtifactModel
import FileFormats
import Primitives

/// The tabs that are open on the devices of an account, as iCloud told this one; then devices without a tab.
///
/// `last_viewed_time` and `last_modified` are seconds since 2001-01-01T00:00:00Z; zero means not set. When iCloud
/// received and changed a tab stands in a keyed archive of CloudKit, by the clock of its servers.
///
/// Losses: a tab that was closed is removed at the next synchronisation; private tabs are not shared.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/safariTabs.py>
enum CloudTabs: Artifact {
    struct Entry: Record {
        var url: String?
        var title: String?
        var viewed: Timestamp?
        var created: Timestamp?
        var modified: Timestamp?
        var modifiedBy: String?
        var deviceName: String?
        var deviceType: String?
        var deviceUUID: String?
        var deviceModified: Timestamp?
        var isPinned: Bool?
        var isCloseRequested: Bool?
        var uuid: String?

        static let fields: [Field<Self>] = [
            Field(
                "url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true,
                "open on a device of the account, which need not be this one"),
            Field("title", .content, text: { $0.title }),
            Field("viewed", "A tab was last looked at on a device of the account", moment: { $0.viewed }),
            Field("created", "iCloud received a tab of a device of the account", moment: { $0.created }),
            Field("modified", "iCloud received a change of a tab", moment: { $0.modified }),
            Field("modified_by", text: { $0.modifiedBy }, "name of the device that made the change"),
            Field("device_name", text: { $0.deviceName }, shown: true, "the name that its owner gave the device"),
            Field("device_type", text: { $0.deviceType }, "device_type_identifier"),
            Field("device_uuid", text: { $0.deviceUUID }),
            Field("device_modified", "A device of the account sent its tabs to iCloud", moment: { $0.deviceModified }),
            Field("is_pinned", truth: { $0.isPinned }),
            Field("close_requested", truth: { $0.isCloseRequested }, "whether another device asked to close the tab"),
            Field("uuid", text: { $0.uuid }, "tab_uuid"),
        ]
    }

    static let card = ArtifactCard(
        "apple.web.cloud-tabs", "iCloud tabs",
        summary: "Tabs that are open on the devices of the account, and the names of these devices",
        places: [
            .home("Library/Safari/CloudTabs.db"),
            .application("*", "Library/Safari/CloudTabs.db"),
        ],
        standing: .documented,
        losses: [
            "Closed tabs are removed at the next synchronisation", "Private tabs are not shared",
            "A tab may never have been shown on this device",
        ],
        references: [
            Reference(
                "Alexis Brignoni and others", "iLEAPP: safariTabs.py",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/safariTabs.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        // Few devices belong to an account; the set is for those that have no tab.
        var devices: Set<String> = []
        let tabs = TableScan(
            "cloud_tabs", as: "t",
            joins: [.init("cloud_tab_devices", as: "d", on: "device_uuid", equals: "t.device_uuid")],
            columns: [
                "t.url", "t.title", "t.last_viewed_time", "t.system_fields", "d.device_name",
                "d.device_type_identifier", "t.device_uuid", "d.last_modified", "t.is_pinned", "t.tab_uuid",
            ])
        try database.scan(tabs, note: { sink.note($0) }) { number, row in
            var entry = Entry(
                url: row.text(0), title: row.text(1), viewed: row.cocoaSeconds(2), deviceName: row.text(4),
                deviceType: row.text(5), deviceUUID: row.text(6), deviceModified: row.cocoaSeconds(7),
                isPinned: row.truth(8), uuid: row.text(9))
            let fields = BookmarkAttributes(
                row, 3, in: "cloud_tabs, row \(number), column system_fields", noting: &sink)
            entry.created = BookmarkAttributes.moment(fields["RecordCtime"])
            entry.modified = BookmarkAttributes.moment(fields["RecordMtime"])
            entry.modifiedBy = fields["ModifiedByDevice"]?.text
            if let device = entry.deviceUUID, devices.count < 100_000 { devices.insert(device) }
            try sink.emit(entry, at: .row(number, table: "cloud_tabs"))
        }
        if try database.hasTable("cloud_tab_devices") {
            let scan = TableScan(
                "cloud_tab_devices", as: "d",
                columns: ["d.device_uuid", "d.device_name", "d.device_type_identifier", "d.last_modified"])
            try database.scan(scan, note: { sink.note($0) }) { number, row in
                let uuid = row.text(0)
                if let uuid, devices.contains(uuid) { return }
                try sink.emit(
                    Entry(
                        deviceName: row.text(1), deviceType: row.text(2), deviceUUID: uuid,
                        deviceModified: row.cocoaSeconds(3)),
                    at: .row(number, table: "cloud_tab_devices"))
            }
        }
        guard try database.hasTable("cloud_tab_close_requests") else { return }
        let requests = TableScan(
            "cloud_tab_close_requests", as: "r", columns: ["r.url", "r.destination_device_uuid", "r.tab_uuid"])
        try database.scan(requests, note: { sink.note($0) }) { number, row in
            try sink.emit(
                Entry(url: row.text(0), deviceUUID: row.text(1), isCloseRequested: true, uuid: row.text(2)),
                at: .row(number, table: "cloud_tab_close_requests"))
        }
    }
}
