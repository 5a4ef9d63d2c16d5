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

    /// Whether the container itself stores a file under this name: a path relative to its root, or the identifier under
    /// which a backup stores a file, in whatever sub-folder.
    func stores(_ containerPath: String) -> Bool
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

    /// Describes a file; nothing is opened yet.
    ///
    /// `writeAheadLog` opens the `-wal` file that lies beside a database; `digest` gives the SHA-256 of the bytes as
    /// they are stored, so that anybody can compare it with the evidence.
    public init(
        devicePath: String, citation: String, owner: String? = nil,
        open: @escaping @Sendable () throws(ParseError) -> any ByteSource,
        writeAheadLog: (@Sendable () throws(ParseError) -> any ByteSource)? = nil,
        digest: (@Sendable () throws(ParseError) -> String)? = nil
    ) {
        self.devicePath = devicePath
        self.citation = citation
        self.owner = owner
        self.opening = open
        self.openingLog = writeAheadLog
        self.digesting = digest
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
            writeAheadLog: openLog, digest: digesting)
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
