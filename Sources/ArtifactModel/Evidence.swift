public import Primitives

/// Evidence of any kind, as one read-only device.
public protocol Evidence: Sendable {
    /// What it is.
    var summary: EvidenceSummary { get }

    /// The files at a place, in byte order of their device paths, so that two runs agree.
    ///
    /// A file that the container lists and does not hold, or holds under a key that is not there, is in the answer: it
    /// throws when it is opened, so that coverage can say so.
    func files(at place: Place) throws(ParseError) -> [EvidenceFile]

    /// Whether this kind of evidence can hold anything at a place; what it never holds is not missing.
    func canHold(_ place: Place) -> Bool

    /// Whether the container itself stores a file under this name: a path relative to its root, or the identifier under
    /// which a backup stores a file, in whatever sub-folder.
    func stores(_ containerPath: String) -> Bool

    /// Lends every regular file of the device that the evidence holds, one after another, in an order that two runs
    /// share. A file whose path on the device is not known has the path of its container behind a slash.
    func forEachFile(_ body: (EvidenceFile) throws -> Void) throws

    /// Says that every file will be opened on the next walk: what unpacks forwards only can then keep many at once.
    func expectEveryFile()

    /// What an analyst wants looked for in contents, if anything: the rules of ``ContentScanner``.
    var contentScanner: (any ContentScanner)? { get }
}

extension Evidence {
    public func canHold(_ place: Place) -> Bool { true }
    public func forEachFile(_ body: (EvidenceFile) throws -> Void) throws {}
    public func expectEveryFile() {}
    public var contentScanner: (any ContentScanner)? { nil }
}

/// Compares contents with rules that a person brought: YARA.
public protocol ContentScanner: Sendable {
    /// The names of the rules that a content agrees with, sorted.
    func rules(matching content: any ByteSource) throws(ParseError) -> [String]
}

/// What the container records about a file beside its name. Every value is absent unless it is recorded.
public struct FileStatus: Sendable, Hashable {
    /// The size of the content in bytes.
    public var size: Int?
    /// Kind and permissions as in `st_mode` of POSIX.
    public var mode: UInt32?
    /// The number of the owner: 501 is `mobile`.
    public var owner: Int?
    /// The number of the group.
    public var group: Int?
    /// When the file was created.
    public var created: Timestamp?
    /// When its content last changed.
    public var modified: Timestamp?
    /// When content or metadata last changed.
    public var statusChanged: Timestamp?
    /// When it was last read.
    public var accessed: Timestamp?

    /// A file of which nothing is recorded.
    public init(
        size: Int? = nil, mode: UInt32? = nil, owner: Int? = nil, group: Int? = nil, created: Timestamp? = nil,
        modified: Timestamp? = nil, statusChanged: Timestamp? = nil, accessed: Timestamp? = nil
    ) {
        self.size = size
        self.mode = mode
        self.owner = owner
        self.group = group
        self.created = created
        self.modified = modified
        self.statusChanged = statusChanged
        self.accessed = accessed
    }
}

/// One file of the evidence.
public struct EvidenceFile: Sendable {
    /// The absolute path on the device, bundle identifiers in place of UUIDs; for files of the container, their name.
    public let devicePath: String
    /// The path as people find it in the container: `HomeDomain/Library/SMS/sms.db`.
    public let citation: String
    /// The identifier of the application or group that the file belongs to, if it lies in such a container.
    public let owner: String?

    private let opening: @Sendable () throws(ParseError) -> any ByteSource
    private let openingLog: (@Sendable () throws(ParseError) -> any ByteSource)?
    private let digesting: (@Sendable () throws(ParseError) -> String)?
    private let hashing: (@Sendable (any ByteSource) throws(ParseError) -> String)?
    private let describing: (@Sendable () throws(ParseError) -> FileStatus)?

    /// Describes a file; nothing is opened yet.
    ///
    /// `writeAheadLog` opens the `-wal` file that lies beside a database; `digest` gives the SHA-256 of the bytes as
    /// they are stored, so that anybody can compare it with the evidence; `hash` works out the SHA-256 of a content,
    /// which differs where the container encrypts; `status` is what the container records about the file.
    public init(
        devicePath: String, citation: String, owner: String? = nil,
        open: @escaping @Sendable () throws(ParseError) -> any ByteSource,
        writeAheadLog: (@Sendable () throws(ParseError) -> any ByteSource)? = nil,
        digest: (@Sendable () throws(ParseError) -> String)? = nil,
        hash: (@Sendable (any ByteSource) throws(ParseError) -> String)? = nil,
        status: (@Sendable () throws(ParseError) -> FileStatus)? = nil
    ) {
        self.devicePath = devicePath
        self.citation = citation
        self.owner = owner
        self.opening = open
        self.openingLog = writeAheadLog
        self.digesting = digest
        self.hashing = hash
        self.describing = status
    }

    /// The content, decrypted where the container encrypts.
    public func open() throws(ParseError) -> any ByteSource { try opening() }

    /// The write-ahead log of a database, if the container has one.
    public func openWriteAheadLog() throws(ParseError) -> (any ByteSource)? {
        guard let openingLog else { return nil }
        return try openingLog()
    }

    /// SHA-256 of the stored bytes in lower-case hexadecimal digits, if the container can tell.
    public func digest() throws(ParseError) -> String? {
        guard let digesting else { return nil }
        return try digesting()
    }

    /// SHA-256 of the content in lower-case hexadecimal digits, if the evidence can tell.
    public func contentDigest() throws(ParseError) -> String? {
        guard let hashing else { return nil }
        return try hashing(try open())
    }

    /// What the container records about the file.
    public func status() throws(ParseError) -> FileStatus {
        guard let describing else { return FileStatus() }
        return try describing()
    }

    /// The last component of the path on the device.
    public var name: String { String(devicePath.split(separator: "/").last ?? "") }

    /// The same file, with its content seen through `change`.
    public func mapContents(_ change: @escaping @Sendable (any ByteSource) -> any ByteSource) -> EvidenceFile {
        let opening = opening
        var openLog: (@Sendable () throws(ParseError) -> any ByteSource)?
        if let openingLog { openLog = { () throws(ParseError) -> any ByteSource in change(try openingLog()) } }
        return EvidenceFile(
            devicePath: devicePath, citation: citation, owner: owner,
            open: { () throws(ParseError) -> any ByteSource in change(try opening()) },
            writeAheadLog: openLog, digest: digesting, hash: hashing, status: describing)
    }
}

/// What a piece of evidence is: the words of `inspect`, of the head of a report, and of `case.json`.
public struct EvidenceSummary: Sendable, Hashable {
    /// The device, as the evidence describes it. Every value is absent unless it is recorded.
    public struct Device: Sendable, Hashable {
        /// The name that its owner gave it.
        public var name: String?
        /// `iPhone12,1`
        public var productType: String?
        /// `14.8`
        public var osVersion: String?
        /// `18H17`
        public var osBuild: String?
        /// Serial number.
        public var serialNumber: String?
        /// International Mobile Equipment Identity.
        public var imei: String?
        /// The number of the card in the device, as recorded.
        public var phoneNumber: String?
        /// Unique device identifier.
        public var identifier: String?

        /// The name under which the device is sold, with its identifier: `iPhone 11 (iPhone12,1)`.
        public var model: String? {
            productType.map { type in DeviceModels.name(of: type).map { "\($0) (\(type))" } ?? type }
        }

        /// The system with release and build: `iPadOS 15.1 (19B74)`.
        public var system: String? {
            osVersion.map { version in
                let name = DeviceModels.system(of: productType ?? "", version: version)
                return "\(name) \(version)" + (osBuild.map { " (\($0))" } ?? "")
            }
        }

        /// A device of which nothing is known.
        public init() {}
    }

    /// `ios-backup`
    public var kind: String
    /// The path as given.
    public var path: String
    /// Where the evidence was found: the path, or a folder below it.
    public var location: String
    /// Whether its content is encrypted.
    public var isEncrypted: Bool
    /// The device.
    public var device: Device
    /// When the evidence was taken from the device.
    public var taken: Timestamp?
    /// What is missing or odd about the container as a whole, in sentences.
    public var remarks: [String]

    /// How far the system was behind when the evidence was taken, against ``PublishedReleases``.
    public var releaseStanding: String? {
        device.osVersion.flatMap { PublishedReleases.standing(of: $0, build: device.osBuild, on: taken) }
    }

    /// Describes evidence.
    public init(
        kind: String, path: String, location: String? = nil, isEncrypted: Bool = false, device: Device = Device(),
        taken: Timestamp? = nil,
        remarks: [String] = []
    ) {
        self.kind = kind
        self.path = path
        self.location = location ?? path
        self.isEncrypted = isEncrypted
        self.device = device
        self.taken = taken
        self.remarks = remarks
    }
}
