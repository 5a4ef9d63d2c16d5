import ArtifactModel
import FileFormats
import Primitives

/// Every regular file of a file system, one record each, with what the container records about it.
///
/// Times are those that the archive or the extracted folder has. The time of the last change is that of the device if
/// the extraction kept it; tools that don't write their own time.
///
/// - SeeAlso: <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html> for what a tar archive keeps
enum FileListing: Artifact {
    struct Entry: Record {
        var path: String
        var status: FileStatus

        static let fields: [Field<Self>] = [
            Field(
                "path", .observable(Observable(.filePath, .installed)), text: { $0.path }, shown: true,
                "absolute path on the device, identifiers in place of the UUIDs of containers"),
            Field("size", integer: { $0.status.size.map(Int64.init) }, "bytes"),
            Field(
                "mode", text: { $0.status.mode.map { String($0, radix: 8) } },
                "kind and permissions as in st_mode of POSIX, octal"),
            Field("owner_user", integer: { $0.status.owner.map(Int64.init) }, "number of the user: 501 is mobile"),
            Field("modified", "The content of the file changed on the device", moment: { $0.status.modified }),
        ]
    }

    static let card = ArtifactCard(
        "apple.files.file-listing", "File listing",
        summary: "Regular files of the file system with size, permissions, owner and time of the last change",
        places: [.rootFolder],
        standing: .documented,
        losses: [
            "Folders and symbolic links are not listed",
            "Tools that extract to a folder may write the day of the extraction as the time of the last change",
            "A zip archive has times in UTC only where the tool wrote an extra field for them",
            "Deleted files are not listed",
        ],
        references: [
            Reference(
                "The Open Group", "pax - portable archive interchange",
                link: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        try evidence.forEachFile { file in
            var status = FileStatus()
            do throws(ParseError) {
                status = try file.status()
            } catch {
                sink.note(error)
            }
            try sink.emit(Entry(path: file.devicePath, status: status), at: .key(file.citation))
        }
    }
}
