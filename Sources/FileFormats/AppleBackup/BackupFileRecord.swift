public import Primitives

/// What a backup records about one file: the `file` column of the `Files` table in its `Manifest.db`.
///
/// The column holds a keyed archive whose root is an object of Apple's class `MBFile`. Only the places of its members
/// are found when it is parsed; numbers, texts and data are made when somebody asks. A member that is missing, or is
/// of another kind than it should be, gives `nil`.
///
/// Times are whole seconds since 1970-01-01T00:00:00Z as the device's clock had them, or dates; zero is that moment,
/// and Apple's writer uses it for "not known" too.
///
/// Source: the answers to <https://stackoverflow.com/questions/1498342> for the key; the names of members are those of
/// the files.
public struct BackupFileRecord: Sendable {
    private let list: BinaryPropertyList
    /// The list of the archive's objects.
    private let objects: BinaryPropertyList.Shape
    /// The object number of each member's value, or -1.
    private var places = Places()

    /// The object numbers of the members' values; -1 stands for "none", for an optional would double the size.
    private struct Places: Sendable {
        var relativePath = -1
        var size = -1
        var mode = -1
        var userIdentifier = -1
        var groupIdentifier = -1
        var inode = -1
        var created = -1
        var modified = -1
        var statusChanged = -1
        var protectionClass = -1
        var encryptionKey = -1
        var linkTarget = -1
        var flags = -1
        var digest = -1
    }

    /// Finds the archived object and its members.
    public init(parsing blob: [UInt8]) throws(ParseError) {
        list = try BinaryPropertyList(parsing: blob)
        guard let outermost = list.shape(of: list.root), outermost.kind == 0xD else {
            throw ParseError(.malformed, "a keyed archive", at: list.offset(of: list.root))
        }
        var top = -1
        var objectList = -1
        for index in 0..<outermost.count {
            guard let name = list.letterRange(of: list.reference(index, from: outermost.start)) else { continue }
            if top < 0, list.isEqual(name, "$top") {
                top = list.reference(outermost.count + index, from: outermost.start)
            } else if objectList < 0, list.isEqual(name, "$objects") {
                objectList = list.reference(outermost.count + index, from: outermost.start)
            }
        }
        guard let objects = list.shape(of: objectList), objects.kind == 0xA else {
            throw ParseError(.malformed, "the objects of a keyed archive")
        }
        self.objects = objects
        guard let reference = list.value(named: "root", in: top), let root = list.uid(reference), root < objects.count,
            let record = list.shape(of: list.reference(root, from: objects.start)), record.kind == 0xD
        else { throw ParseError(.malformed, "the root object of a keyed archive") }
        // Backwards, so that of several values under one name the first counts.
        for index in (0..<record.count).reversed() {
            guard let name = list.letterRange(of: list.reference(index, from: record.start)) else { continue }
            note(name, at: list.reference(record.count + index, from: record.start))
        }
    }

    /// Remembers the place of a member. The length of its name leaves at most three to compare with.
    @inline(__always)
    private mutating func note(_ name: Range<Int>, at value: Int) {
        switch name.count {
        case 4:
            if list.isEqual(name, "Size") {
                places.size = value
            } else if list.isEqual(name, "Mode") {
                places.mode = value
            }
        case 5:
            if list.isEqual(name, "Birth") {
                places.created = value
            } else if list.isEqual(name, "Flags") {
                places.flags = value
            }
        case 6:
            if list.isEqual(name, "UserID") {
                places.userIdentifier = value
            } else if list.isEqual(name, "Target") {
                places.linkTarget = value
            } else if list.isEqual(name, "Digest") {
                places.digest = value
            }
        case 7: if list.isEqual(name, "GroupID") { places.groupIdentifier = value }
        case 11: if list.isEqual(name, "InodeNumber") { places.inode = value }
        case 12:
            if list.isEqual(name, "LastModified") {
                places.modified = value
            } else if list.isEqual(name, "RelativePath") {
                places.relativePath = value
            }
        case 13: if list.isEqual(name, "EncryptionKey") { places.encryptionKey = value }
        case 15: if list.isEqual(name, "ProtectionClass") { places.protectionClass = value }
        case 16: if list.isEqual(name, "LastStatusChange") { places.statusChanged = value }
        default: break
        }
    }
}

// MARK: Members

extension BackupFileRecord {
    /// Path inside the domain.
    public var relativePath: String? { text(places.relativePath) }
    /// Size in bytes, before encryption.
    public var size: Int64? { list.integer(resolved(places.size)) }
    /// Kind of file and permissions, as in `st_mode` of POSIX.
    public var mode: Int64? { list.integer(resolved(places.mode)) }
    /// Number of the user who owns the file: 501 is `mobile`.
    public var userIdentifier: Int64? { list.integer(resolved(places.userIdentifier)) }
    /// Number of the group that owns the file.
    public var groupIdentifier: Int64? { list.integer(resolved(places.groupIdentifier)) }
    /// Number of the file on its volume.
    public var inode: Int64? { list.integer(resolved(places.inode)) }
    /// When the file was created on the device.
    public var created: Timestamp? { moment(places.created) }
    /// When the contents last changed on the device.
    public var modified: Timestamp? { moment(places.modified) }
    /// When contents or metadata last changed on the device.
    public var statusChanged: Timestamp? { moment(places.statusChanged) }
    /// Number of the protection class whose key wraps the file's key.
    public var protectionClass: Int64? { list.integer(resolved(places.protectionClass)) }
    /// Of an encrypted backup: the class as 4 bytes, least significant first, then the file's wrapped key of 40 bytes.
    public var encryptionKey: [UInt8]? { data(places.encryptionKey) }
    /// Where a symbolic link leads.
    public var linkTarget: String? { text(places.linkTarget) }
    /// Flags of the backup; not those of the `Files` table.
    public var flags: Int64? { list.integer(resolved(places.flags)) }
    /// SHA-1 of the stored contents.
    public var digest: [UInt8]? { data(places.digest) }

    /// The object itself, or the one it refers to.
    private func resolved(_ object: Int) -> Int {
        guard let number = list.uid(object) else { return object }
        return number < objects.count ? list.reference(number, from: objects.start) : -1
    }

    private func text(_ object: Int) -> String? {
        let object = resolved(object)
        // An archived nil is a reference to this text, the first of every archive.
        if objects.count > 0, object == list.reference(0, from: objects.start), list.isText(object, "$null") {
            return nil
        }
        return list.text(object) ?? list.value(named: "NS.string", in: object).flatMap { list.text(resolved($0)) }
    }

    private func data(_ object: Int) -> [UInt8]? {
        let object = resolved(object)
        return list.data(object) ?? list.value(named: "NS.data", in: object).flatMap { list.data(resolved($0)) }
    }

    private func moment(_ object: Int) -> Timestamp? {
        let object = resolved(object)
        if let seconds = list.integer(object) { return Timestamp(unixSeconds: seconds) }
        if let seconds = list.real(object) { return Timestamp(unixSeconds: seconds) }
        // An NSDate: seconds since 2001-01-01T00:00:00Z.
        if let time = list.value(named: "NS.time", in: object) {
            return list.real(resolved(time)).flatMap { Timestamp(unixSeconds: $0 + 978_307_200) }
        }
        return list.moment(object)
    }
}
