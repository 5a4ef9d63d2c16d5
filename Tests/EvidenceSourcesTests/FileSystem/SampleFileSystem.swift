import ArtifactModel
import EvidenceSources
import FileFormats
import Foundation
import Primitives
import SyntheticEvidence
import Testing

#if canImport(CArchive)
    import CArchive
#endif

/// A made-up file system with one file of every sort, in any of the forms that are read.
enum SampleFileSystem {
    enum Form: String, CaseIterable, Sendable {
        case folder, tar, tarOfGNU, tarGzip, zip, zipDeflated, zipLarge, tarXz, tarZstd, tarBzip2

        /// The forms that this system reads.
        static var readable: [Form] {
            #if canImport(CArchive)
                allCases
            #else
                allCases.filter { ![.tarXz, .tarZstd, .tarBzip2].contains($0) }
            #endif
        }
    }

    static let application = "0A1B2C3D-0000-4000-8000-000000000001"
    static let unnamed = "0A1B2C3D-0000-4000-8000-000000000002"
    static let group = "0A1B2C3D-0000-4000-8000-000000000003"
    static let bundle = "0A1B2C3D-0000-4000-8000-000000000004"
    static let activation = "0A1B2C3D-0000-4000-8000-000000000005"
    static let containers = "private/var/mobile/Containers/"

    static func metadata(_ identifier: String) -> [UInt8] {
        PropertyListWriter.binary(.dictionary(["MCMMetadataIdentifier": .text(identifier)]))
    }

    static let metadataName = "/.com.apple.mobile_container_manager.metadata.plist"
    static let messages = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    /// Paths from the device's root, and content.
    static let files: [(path: String, content: [UInt8])] = [
        ("System/Library/CoreServices/SystemVersion.plist", version),
        ("private/var/mobile/Library/SMS/sms.db", messages),
        ("private/var/mobile/Library/SMS/sms.db-wal", Array("log".utf8)),
        ("private/var/mobile/Library/Preferences/.GlobalPreferences.plist", Array("abc".utf8)),
        ("private/var/mobile/Library/empty", []),
        (containers + "Data/Application/" + application + metadataName, metadata("com.example.one")),
        (containers + "Data/Application/" + application + "/Library/Safari/History.db", Array("one".utf8)),
        (containers + "Data/Application/" + unnamed + "/Library/Safari/History.db", Array("two".utf8)),
        (containers + "Data/Application/" + unnamed + "/Library/Safari/Deep/History.db", Array("deep".utf8)),
        (containers + "Shared/AppGroup/" + group + metadataName, metadata("group.example")),
        (containers + "Shared/AppGroup/" + group + "/ChatStorage.sqlite", Array("chats".utf8)),
        ("private/var/containers/Bundle/Application/" + bundle + metadataName, metadata("com.example.one")),
        ("private/var/containers/Bundle/Application/" + bundle + "/iTunesMetadata.plist", Array("bought".utf8)),
        ("private/var/containers/Data/System/" + activation + metadataName, metadata("com.apple.mobileactivationd")),
        (
            "private/var/containers/Data/System/" + activation + "/Library/activation_records/activation_record.plist",
            token
        ),
        ("private/var/db/diagnostics/shutdown.log", Array("0".utf8)),
        ("private/var/db/diagnostics/shutdown.0.log", Array("1".utf8)),
        ("private/var/root/Library/Lockdown/data_ark.plist", ark),
        // No root, though it looks like one.
        ("private/var/root/Library/mobile/Library/x", Array("decoy".utf8)),
    ]

    private static let version = PropertyListWriter.xml(
        .dictionary(["ProductVersion": .text("16.1"), "ProductBuildVersion": .text("20B82")]))
    private static let ark = PropertyListWriter.binary(.dictionary(["-DeviceName": .text("Synthetic iPhone")]))
    private static let token = PropertyListWriter.xml(
        .dictionary([
            "AccountToken": .bytes(
                Array(
                    """
                    {
                    \t"InternationalMobileEquipmentIdentity" = "000000000000000";
                    \t"ProductType" = "iPhone12,1";
                    \t"SerialNumber" = "SYNTHETIC000";
                    \t"UniqueDeviceID" = "00008030-0000000000000000";
                    }
                    """.utf8))
        ]))

    /// Writes files in a form, all of them below a prefix.
    static func write(
        _ workspace: Workspace, _ form: Form, _ name: String = "evidence", prefix: String = "",
        files: [(path: String, content: [UInt8])] = files
    ) throws -> String {
        let path = workspace.path(name)
        if form == .folder {
            try workspace.makeFolder(name)
            for file in files {
                let target = name + "/" + prefix + file.path
                try workspace.makeFolder(String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)]))
                try Data(file.content).write(to: URL(fileURLWithPath: workspace.path(target)))
            }
            return path
        }
        try Data(bytes(form, prefix: prefix, files: files)).write(to: URL(fileURLWithPath: path))
        return path
    }

    static func bytes(
        _ form: Form, prefix: String = "", files: [(path: String, content: [UInt8])] = files
    ) throws -> [UInt8] {
        switch form {
        case .zip, .zipDeflated, .zipLarge:
            var writer = ZipWriter(usesLargeForm: form == .zipLarge)
            for file in files {
                writer.add(prefix + file.path, file.content, form == .zip ? ZipWriter.Options() : .deflated)
            }
            return writer.finish()
        default:
            var writer = TarWriter(longNames: form == .tarOfGNU ? .gnu : .pax)
            for file in files { writer.add(prefix + file.path, file.content) }
            let bytes = writer.finish()
            switch form {
            case .tarGzip: return ZipWriter.gzipped(bytes)
            case .tarXz, .tarZstd, .tarBzip2: return try packed(bytes, form)
            default: return bytes
            }
        }
    }

    /// Bytes packed by libarchive.
    static func packed(_ bytes: [UInt8], _ form: Form) throws -> [UInt8] {
        #if canImport(CArchive)
            var output = [UInt8](repeating: 0, count: bytes.count + 100_000)
            var used = 0
            let archive = archive_write_new()
            defer { archive_write_free(archive) }
            switch form {
            case .tarXz: archive_write_add_filter_xz(archive)
            case .tarZstd: archive_write_add_filter_zstd(archive)
            default: archive_write_add_filter_bzip2(archive)
            }
            archive_write_set_format_raw(archive)
            archive_write_set_bytes_in_last_block(archive, 1)
            let entry = archive_entry_new()
            defer { archive_entry_free(entry) }
            archive_entry_set_filetype(entry, UInt32(0o100000))
            let code = output.withUnsafeMutableBytes { output in
                guard archive_write_open_memory(archive, output.baseAddress, output.count, &used) == ARCHIVE_OK,
                    archive_write_header(archive, entry) == ARCHIVE_OK
                else { return ARCHIVE_FATAL }
                let written = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
                guard written == bytes.count else { return ARCHIVE_FATAL }
                return archive_write_close(archive)
            }
            try #require(code == ARCHIVE_OK)
            return Array(output[..<used])
        #else
            return []
        #endif
    }

    /// Places, and the device paths that each of them finds.
    static let places: [(place: Place, paths: [String])] = [
        (.home("Library/SMS/sms.db"), ["/private/var/mobile/Library/SMS/sms.db"]),
        (.device("/var/mobile/Library/SMS/sms.db"), ["/private/var/mobile/Library/SMS/sms.db"]),
        (
            .home("Library/Preferences/.GlobalPreferences.plist"),
            ["/private/var/mobile/Library/Preferences/.GlobalPreferences.plist"]
        ),
        (.home("Library/*"), ["/private/var/mobile/Library/empty"]),
        (.home("Library/SMS"), []),
        (
            .application("*", "Library/Safari/History.db"),
            [
                "/private/var/mobile/Containers/Data/Application/\(unnamed)/Library/Safari/History.db",
                "/private/var/mobile/Containers/Data/Application/com.example.one/Library/Safari/History.db",
            ]
        ),
        (
            .application("com.example.*", "*/Safari/History.db"),
            ["/private/var/mobile/Containers/Data/Application/com.example.one/Library/Safari/History.db"]
        ),
        (
            .applicationGroup("group.example", "ChatStorage.sqlite"),
            ["/private/var/mobile/Containers/Shared/AppGroup/group.example/ChatStorage.sqlite"]
        ),
        (.applicationGroup(group, "ChatStorage.sqlite"), []),
        (
            .device("/private/var/containers/Bundle/Application/*/iTunesMetadata.plist"),
            ["/private/var/containers/Bundle/Application/com.example.one/iTunesMetadata.plist"]
        ),
        (
            .device("/private/var/db/diagnostics/shutdown*.log"),
            ["/private/var/db/diagnostics/shutdown.0.log", "/private/var/db/diagnostics/shutdown.log"]
        ),
        (.container("Info.plist"), []),
        (.device("/private/var/mobile/Library/SMS/../SMS/sms.db"), []),
    ]
}
