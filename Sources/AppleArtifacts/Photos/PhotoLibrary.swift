import ArtifactModel
import FileFormats
import Primitives

/// Files that came into the photo library: their names, which application brought them, and when; not the pictures.
///
/// `ZADDEDDATE`, `ZDATECREATED`, `ZMODIFICATIONDATE` and `ZTRASHEDDATE` are seconds since 2001-01-01T00:00:00Z; zero means
/// not set. The table of files is `ZASSET` since iOS 14 and `ZGENERICASSET` before; the application that brought a file
/// is `ZIMPORTEDBYBUNDLEIDENTIFIER` since iOS 15 and `ZCREATORBUNDLEID` before.
///
/// Losses: a file that was deleted for good leaves nothing; files of iCloud are listed before they are on the device.
///
/// - SeeAlso: <https://github.com/ScottKjr3347/iOS_Local_PL_Photos.sqlite_Queries>
enum PhotoLibrary: Artifact {
    struct Entry: Record {
        var path: String?
        var originalName: String?
        var added: Timestamp?
        var created: Timestamp?
        var modified: Timestamp?
        var trashed: Timestamp?
        var isTrashed: Bool?
        var isHidden: Bool?
        var bundleIdentifier: String?
        var applicationName: String?
        var importedBy: Int64?
        var savedType: Int64?
        var kind: Int64?
        var type: String?
        var size: Int64?
        var uuid: String?
        var identifier: String?

        static let fields: [Field<Self>] = [
            Field(
                "path", .observable(Observable(.filePath, .attempted)), text: { $0.path }, shown: true,
                "of the file in the library"),
            Field("original_name", text: { $0.originalName }, shown: true, "the name that the file came with"),
            Field("added", "A file came into the photo library", moment: { $0.added }),
            Field("created", "A picture of the photo library is dated", moment: { $0.created }),
            Field("modified", "A file of the photo library was changed", moment: { $0.modified }),
            Field("trashed", "A file of the photo library was put into the trash", moment: { $0.trashed }),
            Field("is_trashed", truth: { $0.isTrashed }),
            Field("is_hidden", truth: { $0.isHidden }),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier)), text: { $0.bundleIdentifier },
                shown: true, "the application that brought the file"),
            Field("application_name", text: { $0.applicationName }, "that application in words"),
            Field(
                "imported_by", integer: { $0.importedBy },
                "ZIMPORTEDBY as stored: 1 and 2 the cameras, 3 and 6 other applications, 8 and 9 those of the system"),
            Field("saved_type", integer: { $0.savedType }, "ZSAVEDASSETTYPE as stored"),
            Field("media_kind", integer: { $0.kind }, "ZKIND as stored: 0 picture, 1 video"),
            Field("uniform_type_identifier", text: { $0.type }),
            Field("size", integer: { $0.size }, "bytes of the original file"),
            Field("uuid", text: { $0.uuid }),
            Field(
                "syndication_identifier", text: { $0.identifier },
                "for files from Messages: holds the identifier of the message's attachment"),
        ]
    }

    static let card = ArtifactCard(
        "apple.photos.photo-library", "Photo library",
        summary: "Files that came into the photo library, which application brought them, and when",
        places: [
            .home("Media/PhotoData/Photos.sqlite"),
            .home("Library/Photos/Libraries/Syndication.photoslibrary/database/Photos.sqlite"),
        ],
        standing: .documented,
        losses: [
            "A file that was deleted for good leaves nothing", "Places, faces and descriptions are not read",
            "Files of iCloud are listed before they are on the device",
            "The date of a picture is what its file says",
        ],
        references: [
            Reference(
                "Scott Koenig", "Local Photo Library Photos.sqlite Queries",
                link: "https://github.com/ScottKjr3347/iOS_Local_PL_Photos.sqlite_Queries"),
            Reference(
                "iLEAPP", "Photos.sqlite: basic asset data",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/Ph001BasicAssetData.py"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        // Which of the two tables a release has is asked, never guessed from its number.
        let table = try database.hasTable("ZASSET") ? "ZASSET" : "ZGENERICASSET"
        let folder = folder(of: file)
        let scan = TableScan(
            table, as: "a", key: "Z_PK",
            joins: [.init("ZADDITIONALASSETATTRIBUTES", as: "x", on: "Z_PK", equals: "a.ZADDITIONALATTRIBUTES")],
            columns: [
                "a.ZDIRECTORY", "a.ZFILENAME", "x.ZORIGINALFILENAME", "a.ZADDEDDATE", "a.ZDATECREATED",
                "a.ZMODIFICATIONDATE", "a.ZTRASHEDDATE", "a.ZTRASHEDSTATE", "a.ZHIDDEN",
                "x.ZIMPORTEDBYBUNDLEIDENTIFIER", "x.ZCREATORBUNDLEID", "x.ZIMPORTEDBYDISPLAYNAME", "x.ZIMPORTEDBY",
                "a.ZSAVEDASSETTYPE", "a.ZKIND", "a.ZUNIFORMTYPEIDENTIFIER", "x.ZORIGINALFILESIZE", "a.ZUUID",
                "x.ZSYNDICATIONIDENTIFIER",
            ])
        try database.scan(scan, note: { sink.note($0) }) { asset, row in
            try sink.emit(
                Entry(
                    path: path(row.text(0), row.text(1), below: folder), originalName: row.text(2),
                    added: row.cocoaSeconds(3), created: row.cocoaSeconds(4), modified: row.cocoaSeconds(5),
                    trashed: row.cocoaSeconds(6), isTrashed: row.truth(7), isHidden: row.truth(8),
                    bundleIdentifier: row.text(9) ?? row.text(10), applicationName: row.text(11),
                    importedBy: row.integer(12), savedType: row.integer(13), kind: row.integer(14),
                    type: row.text(15), size: row.integer(16), uuid: row.text(17), identifier: row.text(18)),
                at: .row(asset, table: table))
        }
    }

    /// What the paths of a library are relative to: the folder above that of the database, and `originals` in it where
    /// the library is a package of its own.
    private static func folder(of file: EvidenceFile) -> String {
        let folder = file.devicePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return folder.hasSuffix(".photoslibrary") ? folder + "/originals" : folder
    }

    /// The path on the device: `DCIM/100APPLE` below the folder of the library.
    private static func path(_ directory: String?, _ name: String?, below folder: String) -> String? {
        guard let name, !name.isEmpty else { return nil }
        guard let directory, !directory.isEmpty else { return name }
        return directory.hasPrefix("/") ? "\(directory)/\(name)" : "/\(folder)/\(directory)/\(name)"
    }
}
