import ArtifactModel
import FileFormats
import Primitives

/// Every file, folder and link that a backup lists, one record a row of its manifest.
///
/// The three times are those of the file on the device, in whole seconds since 1970-01-01T00:00:00Z; zero is that moment
/// and stands for "not known" too. A file identifier is the SHA-1 of domain, hyphen and relative path.
///
/// Losses: a backup holds a part of the device only, and nothing of the system's own folders.
///
/// - SeeAlso: <https://theapplewiki.com/wiki/ITunes_Backup>
enum ManifestEntries: Artifact {
    struct Entry: Record {
        var fileIdentifier: String?
        var domain: String?
        var relativePath: String?
        var path: String?
        var unmappedPath: String?
        var flags: Int64?
        var size: Int64?
        var mode: String?
        var owner: Int64?
        var group: Int64?
        var created: Timestamp?
        var modified: Timestamp?
        var statusChanged: Timestamp?
        var protectionClass: Int64?
        var linkTarget: String?
        var isMissing: Bool?
        var webOrigins: [String] = []
        var holdsFiles: Bool?

        /// The kind of entry in words, as the format's published description has the codes.
        var fileType: String? {
            switch flags {
            case 1: "file"
            case 2: "directory"
            case 4: "symbolic link"
            default: nil
            }
        }

        static let fields: [Field<Self>] = [
            Field("file_identifier", text: { $0.fileIdentifier }, "name of the stored file: SHA-1 of domain and path"),
            Field(
                "backup_domain", text: { $0.domain }, shown: true, "the part of the device that the path starts from"),
            Field("relative_path", text: { $0.relativePath }, shown: true, "path inside the domain"),
            Field(
                "path", .observable(Observable(.filePath, .installed)), text: { $0.path },
                "absolute path on the device, bundle identifiers in place of UUIDs"),
            Field(
                "unmapped_path", .observable(Observable(.filePath, .installed)), text: { $0.unmappedPath },
                "the relative path, where nothing is known of the place of the domain"),
            Field("flags", integer: { $0.flags }, "1 file, 2 directory, 4 symbolic link"),
            Field("file_type", text: { $0.fileType }, "the flags in words"),
            Field("size", integer: { $0.size }, "bytes, as the manifest says"),
            Field("mode", text: { $0.mode }, "kind and permissions as in st_mode of POSIX, octal"),
            Field("owner_user", integer: { $0.owner }, "number of the user: 501 is mobile"),
            Field("owner_group", integer: { $0.group }, "number of the group"),
            Field("created", "The file was created on the device", moment: { $0.created }),
            Field("modified", "The content of the file changed on the device", moment: { $0.modified }),
            Field("status_changed", "Content or metadata of the file changed", moment: { $0.statusChanged }),
            Field("protection_class", integer: { $0.protectionClass }, "number of the class of the file's key"),
            Field("link_target", text: { $0.linkTarget }, "where a symbolic link leads"),
            Field(
                "missing", truth: { $0.isMissing }, "whether the manifest lists a file that the backup does not hold"),
            Field(
                "holds_files", truth: { $0.holdsFiles },
                "whether the backup lists a file below this folder for message attachments; absent for all else"),
            Field(
                "web_origin", .observable(Observable(.url, .contacted)), texts: { $0.webOrigins },
                "sites whose storage the names in the path spell"),
        ]
    }

    static let card = ArtifactCard(
        "apple.backup.manifest-entries", "Backup manifest",
        summary: "Files, folders and links that the backup lists, with their times on the device",
        places: [.container("Manifest.db")],
        standing: .documented,
        losses: [
            "A backup leaves out most caches, temporary files and the system itself",
            "A file that was deleted before the backup is not listed",
            "Newer releases name the storage of sites by hashes, from which no site can be read",
        ],
        references: [
            Reference("The Apple Wiki", "iTunes Backup", link: "https://theapplewiki.com/wiki/ITunes_Backup"),
            Reference(
                "WebKit", "SecurityOriginData.cpp",
                link: "https://github.com/WebKit/WebKit/blob/main/Source/WebCore/page/SecurityOriginData.cpp"),
        ])

    static let checks: [Check<Entry>] = [
        Check(
            "sample-pass-attachment", .low, "A pass named sample.pkpass arrived as a message attachment",
            family: "Pegasus", state: .attempted,
            meaning:
                "The backup lists a Wallet pass named sample.pkpass in the folder of message attachments. Many passes of "
                + "this name within minutes are the published trace of the BLASTPASS attack of 2023.",
            limits: "One name shows that an attachment arrived, not what it held nor that anything came of it.",
            benignCauses: [
                "Developers and ticket services send test passes under this name",
                "A pass that was forwarded keeps its name",
            ],
            nextStep: "Count the attachments of this name and compare their times with crashes of homed and "
                + "MessagesBlastDoorService. Have an expert look at the content; do not open it on a phone.",
            references: [
                Reference(
                    "iVerify", "You Shall Not PASS: Analysing a NSO iOS Spyware Sample, Black Hat Asia", date: "2024"),
                Reference(
                    "Citizen Lab", "BLASTPASS: NSO Group iPhone Zero-Click, Zero-Day Exploit Captured in the Wild",
                    date: "2023-09-07",
                    link: "https://citizenlab.ca/2023/09/"
                        + "blastpass-nso-group-iphone-zero-click-zero-day-exploit-captured-in-the-wild/"),
            ],
            matches: { entry in
                guard let path = entry.relativePath else { return false }
                return path.hasPrefix("Library/SMS/Attachments/") && path.hasSuffix("/sample.pkpass")
            })
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let folders = AttachmentFolders(in: database)
        let scan = TableScan(
            "Files", as: "f", columns: ["f.fileID", "f.domain", "f.relativePath", "f.flags", "f.file"])
        try database.scan(scan, note: { sink.note($0) }) { number, row in
            var entry = Entry(
                fileIdentifier: row.text(0), domain: row.text(1), relativePath: row.text(2), flags: row.integer(3))
            entry.place()
            if entry.flags == 2 { entry.holdsFiles = folders.holdFiles(entry.domain, entry.relativePath) }
            if let identifier = entry.fileIdentifier, isFileIdentifier(identifier) {
                if entry.flags == 1 { entry.isMissing = !evidence.stores(identifier) }
            } else {
                sink.note(
                    ParseError(.malformed, "a file identifier of 40 hexadecimal digits", in: "Files, row \(number)"))
            }
            do throws(ParseError) {
                if let blob = row.bytes(4) {
                    try entry.describe(BackupFileRecord(parsing: blob))
                } else if !row.isNull(4) {
                    throw ParseError(.malformed, "a keyed archive")
                }
            } catch {
                // The offset is one inside the column; the place says which.
                let place = "Files, row \(number), column file"
                sink.note(ParseError(error.kind, error.expected, at: error.offset, in: place))
            }
            try sink.emit(entry, at: .row(number, table: "Files"))
        }
    }

    /// Whether the text is a SHA-1 in digits; what is none is not taken for the name of a file.
    private static func isFileIdentifier(_ text: String) -> Bool {
        text.utf8.count == 40
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || (65...70).contains($0) }
    }
}

extension ManifestEntries.Entry {
    /// Works out what domain and relative path say: the path on the device, and the sites that it names.
    mutating func place() {
        guard let relativePath else { return }
        webOrigins = WebOrigin.origins(in: relativePath)
        path = domain.flatMap { BackupDomains.devicePath(domain: $0, relativePath: relativePath) }
        if path == nil, !relativePath.isEmpty { unmappedPath = relativePath }
    }

    /// Takes over what the archived record says; one that says nothing of a file is damage.
    mutating func describe(_ record: BackupFileRecord) throws(ParseError) {
        size = record.size
        mode = record.mode.flatMap { $0 < 0 ? nil : String($0, radix: 8) }
        owner = record.userIdentifier
        group = record.groupIdentifier
        created = record.created
        modified = record.modified
        statusChanged = record.statusChanged
        protectionClass = record.protectionClass
        linkTarget = record.linkTarget
        guard size != nil || mode != nil || modified != nil else {
            throw ParseError(.malformed, "the size, the mode or a time of a file")
        }
    }
}
