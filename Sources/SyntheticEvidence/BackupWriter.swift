public import ArtifactModel
import CSQLite
import Crypto
public import FileFormats
public import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why synthetic evidence could not be made.
public struct SyntheticEvidenceError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Makes a backup folder as a device would leave it: plain, or encrypted with a password.
///
/// Entries are written one by one, so hundreds of thousands need no memory. The same calls give the same bytes.
///
/// ```swift
/// let writer = try BackupWriter(folder: path)
/// try writer.add(.file("HomeDomain", "Library/SMS/sms.db", content: bytes))
/// try writer.finish()
/// ```
public final class BackupWriter {
    /// One row of the manifest.
    public struct Entry: Sendable {
        /// What the row stands for.
        public enum Kind: Sendable {
            /// A file and its bytes.
            case file([UInt8])
            /// A file that is listed and not stored, with the size that is recorded.
            case absentFile(size: Int)
            /// A folder.
            case directory
            /// A symbolic link and where it leads.
            case link(String)
        }

        /// `HomeDomain`
        public var domain: String
        /// The path below the domain.
        public var relativePath: String
        /// What the row stands for.
        public var kind: Kind
        /// When the content last changed.
        public var modified: Timestamp?
        /// When the file was created.
        public var created: Timestamp?
        /// When content or metadata last changed.
        public var statusChanged: Timestamp?
        /// Kind of file and permissions as in `st_mode`; nothing for the usual one of the kind.
        public var mode: Int64?
        /// Number of the user; 501 is `mobile`.
        public var userIdentifier: Int64 = 501
        /// Number of the group.
        public var groupIdentifier: Int64 = 501
        /// Number of the file on its volume.
        public var inode: Int64 = 0
        /// Protection class, 1 to 11; 11 stays locked.
        public var protectionClass: UInt32 = 3
        /// Another name than the hash of domain and path, to make damaged manifests.
        public var identifier: String?

        /// An entry with all dates the same.
        public init(
            _ domain: String, _ relativePath: String, kind: Kind, modified: Timestamp? = nil,
            protectionClass: UInt32 = 3
        ) {
            self.domain = domain
            self.relativePath = relativePath
            self.kind = kind
            self.modified = modified
            self.created = modified
            self.statusChanged = modified
            self.protectionClass = protectionClass
        }

        /// A file and its bytes.
        public static func file(
            _ domain: String, _ relativePath: String, content: [UInt8], modified: Timestamp? = nil,
            protectionClass: UInt32 = 3
        ) -> Entry {
            Entry(domain, relativePath, kind: .file(content), modified: modified, protectionClass: protectionClass)
        }

        /// A folder.
        public static func directory(_ domain: String, _ relativePath: String, modified: Timestamp? = nil) -> Entry {
            Entry(domain, relativePath, kind: .directory, modified: modified, protectionClass: 0)
        }
    }

    /// What the property lists of the backup say.
    public struct Description: Sendable {
        /// The device.
        public var device: EvidenceSummary.Device
        /// When the backup was made.
        public var date: Timestamp?
        /// `finished`, or another state of `Status.plist`.
        public var snapshotState = "finished"
        /// Further values of `Info.plist`.
        public var information: [String: PropertyList] = [:]
        /// Further values of `Manifest.plist`: `Applications`.
        public var manifest: [String: PropertyList] = [:]
        /// Names of property lists that are left out.
        public var omitted: Set<String> = []

        /// Describes a made-up device.
        public init(device: EvidenceSummary.Device = Description.sampleDevice, date: Timestamp? = nil) {
            self.device = device
            self.date = date
        }

        /// A device that does not exist; its telephone number is one of those kept for fiction.
        public static let sampleDevice: EvidenceSummary.Device = {
            var device = EvidenceSummary.Device()
            device.name = "Synthetic iPhone"
            device.productType = "iPhone12,1"
            device.osVersion = "14.8"
            device.osBuild = "18H17"
            device.serialNumber = "SYNTHETIC000"
            device.imei = "000000000000000"
            device.phoneNumber = "+1 202-555-0100"
            device.identifier = "00008030-0000000000000000"
            return device
        }()
    }

    private let folder: String
    private let encryption: BackupEncryption?
    private let keyBag: KeyBagWriter?
    private var numbers: RepeatableNumbers
    private var database: OpaquePointer?
    private var insertion: OpaquePointer?
    /// The sub-folders that exist already.
    private var subfolders: Set<String> = []

    /// Begins a backup in a folder that does not exist yet or is empty.
    public init(folder: String, encryption: BackupEncryption? = nil, seed: UInt64 = 1) throws {
        self.folder = folder
        self.encryption = encryption
        var numbers = RepeatableNumbers(seed: seed)
        keyBag = try encryption.map { try KeyBagWriter($0, numbers: &numbers) }
        self.numbers = numbers
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw SyntheticEvidenceError("expected a folder that can be made: \(String(cString: strerror(errno)))")
        }
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(folder + "/Manifest.db", &database, flags, nil) == SQLITE_OK else {
            throw SyntheticEvidenceError("expected a folder that a database can be made in")
        }
        // Apple's schema.
        try execute(
            """
            PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
            CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
            CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);
            BEGIN;
            """)
        guard
            sqlite3_prepare_v2(database, "INSERT INTO Files VALUES (?1, ?2, ?3, ?4, ?5)", -1, &insertion, nil)
                == SQLITE_OK
        else { throw SyntheticEvidenceError("expected the table Files") }
    }

    deinit {
        sqlite3_finalize(insertion)
        sqlite3_close_v2(database)
    }

    /// The name under which a file is stored: SHA-1 of `domain-relativePath`.
    public static func identifier(domain: String, relativePath: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in Insecure.SHA1.hash(data: Array((domain + "-" + relativePath).utf8)) {
            text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Adds a row and, for a file, what it stores.
    public func add(_ entry: Entry) throws {
        let identifier =
            entry.identifier ?? BackupWriter.identifier(domain: entry.domain, relativePath: entry.relativePath)
        var key: [UInt8]?
        if let keyBag {
            switch entry.kind {
            case .file, .absentFile:
                let fileKey = numbers.bytes(32)
                key = try keyBag.stored(fileKey, protectionClass: entry.protectionClass)
                if case .file(let content) = entry.kind {
                    try store(try KeyBagWriter.encrypt(content, with: fileKey), as: identifier)
                }
            case .directory, .link: break
            }
        } else if case .file(let content) = entry.kind {
            try store(content, as: identifier)
        }
        let record = PropertyListWriter.binary(entry.record(key: key))
        let flags: Int32 =
            switch entry.kind {
            case .file, .absentFile: 1
            case .directory: 2
            case .link: 4
            }
        // -1 is SQLITE_TRANSIENT: SQLite makes its own copy.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        sqlite3_bind_text(insertion, 1, identifier, -1, transient)
        sqlite3_bind_text(insertion, 2, entry.domain, -1, transient)
        sqlite3_bind_text(insertion, 3, entry.relativePath, -1, transient)
        sqlite3_bind_int(insertion, 4, flags)
        sqlite3_bind_blob(insertion, 5, record, Int32(record.count), transient)
        let code = sqlite3_step(insertion)
        sqlite3_reset(insertion)
        guard code == SQLITE_DONE else { throw SyntheticEvidenceError("expected a file id that is not listed yet") }
    }

    /// Finishes the manifest and writes the property lists.
    public func finish(_ description: Description = Description()) throws {
        try execute(
            """
            COMMIT;
            CREATE INDEX FilesDomainIdx ON Files(domain);
            CREATE INDEX FilesRelativePathIdx ON Files(relativePath);
            CREATE INDEX FilesFlagsIdx ON Files(flags);
            """)
        sqlite3_finalize(insertion)
        sqlite3_close_v2(database)
        insertion = nil
        database = nil
        var manifest = description.manifest.merging(description.manifestMembers) { given, _ in given }
        manifest["IsEncrypted"] = .truth(encryption != nil)
        if let encryption, let keyBag {
            manifest["BackupKeyBag"] = .bytes(keyBag.bytes)
            if encryption.encryptsManifest {
                let key = numbers.bytes(32)
                manifest["ManifestKey"] = .bytes(try keyBag.stored(key, protectionClass: 4))
                let path = folder + "/Manifest.db"
                let plain = try FileBytes.read(path)
                try FileBytes.write(try KeyBagWriter.encrypt(plain, with: key), to: path)
            }
        }
        let lists = [
            ("Info.plist", PropertyListWriter.xml(.dictionary(description.informationMembers))),
            ("Manifest.plist", PropertyListWriter.binary(.dictionary(manifest))),
            ("Status.plist", PropertyListWriter.binary(.dictionary(description.statusMembers))),
        ]
        for (name, bytes) in lists where !description.omitted.contains(name) {
            try FileBytes.write(bytes, to: folder + "/" + name)
        }
    }

    private func store(_ bytes: [UInt8], as identifier: String) throws {
        let subfolder = String(identifier.prefix(2))
        if subfolders.insert(subfolder).inserted { mkdir(folder + "/" + subfolder, 0o755) }
        try FileBytes.write(bytes, to: folder + "/" + subfolder + "/" + identifier)
    }

    private func execute(_ statements: String) throws {
        guard sqlite3_exec(database, statements, nil, nil, nil) == SQLITE_OK else {
            throw SyntheticEvidenceError("expected a database that can be written")
        }
    }
}

extension BackupWriter.Entry {
    /// The record as Apple archives it: an object of the class `MBFile`.
    func record(key: [UInt8]?) -> PropertyList {
        var objects: [PropertyList] = []
        var size = 0
        let usualMode: Int64
        switch kind {
        case .file(let content): (size, usualMode) = (content.count, 0o100644)
        case .absentFile(let recorded): (size, usualMode) = (recorded, 0o100644)
        case .directory: usualMode = 0o040755
        case .link: usualMode = 0o120755
        }
        func seconds(_ moment: Timestamp?) -> PropertyList { .integer((moment?.microseconds ?? 0) / 1_000_000) }
        var members: [String: PropertyList] = [
            "RelativePath": .uid(2), "$class": .uid(3), "Size": .integer(Int64(size)),
            "Mode": .integer(mode ?? usualMode),
            "UserID": .integer(userIdentifier), "GroupID": .integer(groupIdentifier), "InodeNumber": .integer(inode),
            "Birth": seconds(created), "LastModified": seconds(modified), "LastStatusChange": seconds(statusChanged),
            "ProtectionClass": .integer(Int64(protectionClass)), "Flags": .integer(0),
        ]
        objects = [.null, .text(relativePath), BackupWriter.Entry.archivedClass("MBFile", "NSObject")]
        // Number 0 is `$null`, so the next object has the number of objects so far and one.
        func add(_ object: PropertyList) -> PropertyList {
            objects.append(object)
            return .uid(objects.count)
        }
        if let key {
            members["EncryptionKey"] = add(.dictionary(["NS.data": .bytes(key), "$class": .uid(5)]))
            _ = add(BackupWriter.Entry.archivedClass("NSMutableData", "NSData", "NSObject"))
        }
        if case .link(let target) = kind { members["Target"] = add(.text(target)) }
        objects[0] = .dictionary(members)
        return PropertyListWriter.keyedArchive(objects)
    }

    private static func archivedClass(_ names: String...) -> PropertyList {
        .dictionary([
            "$classname": .text(names.first ?? ""), "$classes": .list(names.map { .text($0) }),
        ])
    }
}

extension BackupWriter.Description {
    var informationMembers: [String: PropertyList] {
        var members: [String: PropertyList?] = [
            "Device Name": device.name.map { .text($0) }, "Display Name": device.name.map { .text($0) },
            "Product Type": device.productType.map { .text($0) },
            "Product Version": device.osVersion.map { .text($0) }, "Build Version": device.osBuild.map { .text($0) },
            "Serial Number": device.serialNumber.map { .text($0) }, "IMEI": device.imei.map { .text($0) },
            "Phone Number": device.phoneNumber.map { .text($0) },
            "Target Identifier": device.identifier.map { .text($0) }, "Target Type": .text("Device"),
            "Unique Identifier": device.identifier.map { .text($0.uppercased()) },
        ]
        members["Last Backup Date"] = date.map { .moment($0) }
        return information.merging(members.compactMapValues(\.self)) { given, _ in given }
    }

    var manifestMembers: [String: PropertyList] {
        var members: [String: PropertyList] = ["Version": .text("10.0"), "WasPasscodeSet": .truth(true)]
        if let date { members["Date"] = .moment(date) }
        let lockdown: [String: PropertyList?] = [
            "DeviceName": device.name.map { .text($0) }, "ProductType": device.productType.map { .text($0) },
            "ProductVersion": device.osVersion.map { .text($0) }, "BuildVersion": device.osBuild.map { .text($0) },
            "SerialNumber": device.serialNumber.map { .text($0) },
            "UniqueDeviceID": device.identifier.map { .text($0) },
        ]
        members["Lockdown"] = .dictionary(lockdown.compactMapValues(\.self))
        return members
    }

    var statusMembers: [String: PropertyList] {
        var members: [String: PropertyList] = [
            "BackupState": .text("new"), "IsFullBackup": .truth(false), "SnapshotState": .text(snapshotState),
            "Version": .text("3.3"), "UUID": .text("00000000-0000-4000-8000-000000000000"),
        ]
        if let date { members["Date"] = .moment(date) }
        return members
    }
}
