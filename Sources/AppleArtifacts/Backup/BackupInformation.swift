import ArtifactModel
import FileFormats
import Primitives

/// What a backup says of the device it was made of, of itself, and of the applications that were installed.
///
/// The computer that makes the backup writes the file. The date is in UTC, by the clock of that computer.
///
/// Losses: a value that the writer did not know is not there, and whoever holds the backup can edit the file.
///
/// - SeeAlso: <https://theapplewiki.com/wiki/ITunes_Backup>
enum BackupInformation: Artifact {
    struct Entry: Record {
        var deviceName: String?
        var displayName: String?
        var productName: String?
        var productType: String?
        var productVersion: String?
        var buildVersion: String?
        var serialNumber: String?
        var phoneNumber: String?
        var imei: String?
        var meid: String?
        var iccid: String?
        var uniqueIdentifier: String?
        var targetIdentifier: String?
        var targetType: String?
        var guid: String?
        var iTunesVersion: String?
        var lastBackup: Timestamp?
        var installedApplications: [String] = []

        static let fields: [Field<Self>] = [
            Field("device_name", text: { $0.deviceName }, shown: true, "the name that its owner gave the device"),
            Field("display_name", text: { $0.displayName }, "the name that the backup shows in a list"),
            Field("product_name", text: { $0.productName }, shown: true, "the model in words"),
            Field("product_type", text: { $0.productType }, shown: true, "the model as Apple numbers it: iPhone12,1"),
            Field("product_version", text: { $0.productVersion }, shown: true, "release of iOS"),
            Field("build_version", text: { $0.buildVersion }, "build of iOS"),
            Field("serial_number", text: { $0.serialNumber }),
            Field("phone_number", text: { $0.phoneNumber }, "the number of the card in the device"),
            Field("imei", text: { $0.imei }, "International Mobile Equipment Identity"),
            Field("meid", text: { $0.meid }, "Mobile Equipment Identifier"),
            Field("iccid", text: { $0.iccid }, "number of the SIM card"),
            Field("unique_identifier", text: { $0.uniqueIdentifier }, "identifier of the device"),
            Field("target_identifier", text: { $0.targetIdentifier }, "identifier of the device that was backed up"),
            Field("target_type", text: { $0.targetType }, "kind of thing that was backed up: Device"),
            Field("guid", text: { $0.guid }, "identifier of the backup"),
            Field("itunes_version", text: { $0.iTunesVersion }, "version of the program that made the backup"),
            Field(
                "last_backup", "The backup was made", moment: { $0.lastBackup },
                "by the clock of the computer that made it"),
            Field(
                "installed_applications", .observable(Observable(.applicationIdentifier, .installed)),
                texts: { $0.installedApplications }, "bundle identifiers, in the order of the file"),
        ]
    }

    static let card = ArtifactCard(
        "apple.backup.backup-information", "Backup information",
        summary: "The device, the backup and the installed applications, as the backup describes them",
        places: [.container("Info.plist")],
        standing: .documented,
        losses: [
            "Applications that come with iOS are listed by some releases only",
            "The file is not signed: whoever holds the backup can edit it",
            "Only the last backup into the folder is described",
        ],
        references: [
            Reference("The Apple Wiki", "iTunes Backup", link: "https://theapplewiki.com/wiki/ITunes_Backup")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary") }
        var entry = Entry()
        entry.deviceName = list.text("Device Name", noting: &sink)
        entry.displayName = list.text("Display Name", noting: &sink)
        entry.productName = list.text("Product Name", noting: &sink)
        entry.productType = list.text("Product Type", noting: &sink)
        entry.productVersion = list.text("Product Version", noting: &sink)
        entry.buildVersion = list.text("Build Version", noting: &sink)
        entry.serialNumber = list.text("Serial Number", noting: &sink)
        entry.phoneNumber = list.text("Phone Number", noting: &sink)
        entry.imei = list.text("IMEI", noting: &sink)
        entry.meid = list.text("MEID", noting: &sink)
        entry.iccid = list.text("ICCID", noting: &sink)
        entry.uniqueIdentifier = list.text("Unique Identifier", noting: &sink)
        entry.targetIdentifier = list.text("Target Identifier", noting: &sink)
        entry.targetType = list.text("Target Type", noting: &sink)
        entry.guid = list.text("GUID", noting: &sink)
        entry.iTunesVersion = list.text("iTunes Version", noting: &sink)
        entry.lastBackup = list.moment("Last Backup Date", noting: &sink)
        entry.installedApplications = list.texts("Installed Applications", noting: &sink)
        try sink.emit(entry, at: .offset(0))
    }
}
