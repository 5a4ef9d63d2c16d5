public import Primitives

/// A regular file in an archive, and how to come by its bytes.
public struct ArchiveMember: Sendable, Hashable {
    /// How the bytes are stored.
    public enum Packing: UInt8, Sendable {
        /// As they are.
        case stored
        /// By DEFLATE.
        case deflated
        /// By a method that is not read.
        case unsupported
        /// Under a password.
        case encrypted
        /// With the holes left out.
        case sparse
        /// As the content of an earlier member that is not there.
        case missingTarget
    }

    /// How the bytes are stored.
    public var packing: Packing
    /// Whether the archive ends before the member does.
    public var isCut = false
    /// The checksum that a zip archive has for the content.
    public var checksum: UInt32 = 0
    /// Where the stored bytes begin, in bytes from the start of the archive; in a zip archive, the header before them.
    public var offset: Int
    /// How many bytes are stored.
    public var storedSize: Int
    /// How many bytes the content has, as the archive says.
    public var size: Int
    /// When the content last changed, as the archive says.
    public var modified: Timestamp?
    /// Kind and permissions as in `st_mode` of POSIX, if the archive has them; 0 if not.
    public var mode: UInt32 = 0
    /// The number of the owner, if the archive has it.
    public var owner: UInt32?

    /// Describes a member.
    public init(_ packing: Packing, offset: Int, storedSize: Int, size: Int) {
        self.packing = packing
        self.offset = offset
        self.storedSize = storedSize
        self.size = size
    }
}

/// The regular files of an archive or a folder, and what was odd about the list of them.
public struct ArchiveListing: Sendable {
    /// The paths; their numbers are indexes of ``members``.
    public private(set) var paths = PathTable()
    /// The members in the order of the archive.
    public private(set) var members: [ArchiveMember] = []
    /// The content of the members that were asked for while the list was read, by number.
    public private(set) var kept: [Int: [UInt8]] = [:]
    /// What is damaged about the list; after some of it, reading went on.
    public private(set) var damage: [ParseError] = []
    /// Names with `..`, which are left out.
    public private(set) var outside = 0
    /// Names that are no paths: too long, or with the byte 0.
    public private(set) var unusable = 0
    /// Members whose path an earlier one has, which are left out.
    public private(set) var duplicates = 0
    /// Names that are not UTF-8.
    public private(set) var malformedNames = 0

    /// Members that are the content of an earlier one, and the path of that.
    private var links: [(number: Int, target: [UInt8])] = []
    /// Bytes of ``kept``.
    private var keptBytes = 0

    /// More members than any device has files.
    static let memberLimit = 8_000_000
    /// More damages than are worth telling one by one.
    private static let damageLimit = 50
    static let keptLimit = 64 << 20

    /// A list of nothing.
    public init() {}

    /// Adds a file; returns its number unless it is left out.
    @discardableResult public mutating func add(_ name: some Sequence<UInt8>, _ member: ArchiveMember) -> Int? {
        let number = members.count
        guard number < ArchiveListing.memberLimit else {
            note(ParseError(.beyondLimit, "at most \(ArchiveListing.memberLimit) members"))
            return nil
        }
        func append(_ name: UnsafeBufferPointer<UInt8>) -> PathTable.Outcome { paths.append(name, number: number) }
        let outcome = name.withContiguousStorageIfAvailable(append) ?? Array(name).withUnsafeBufferPointer(append)
        switch outcome {
        case .added:
            members.append(member)
            let path = paths.path(at: paths.count - 1)
            if path.contains(where: { $0 >= 0x80 }), String(validating: path, as: UTF8.self) == nil {
                malformedNames += 1
            }
            return number
        case .root: return nil
        case .outside: outside += 1
        case .unusable: unusable += 1
        case .full: note(ParseError(.beyondLimit, "names that fit into 1 GB"))
        }
        return nil
    }

    /// Adds a file that has the content of another one.
    mutating func add(_ name: some Sequence<UInt8>, linkedTo target: [UInt8]) {
        guard let number = add(name, ArchiveMember(.missingTarget, offset: 0, storedSize: 0, size: 0)) else { return }
        links.append((number, target))
    }

    /// Keeps the content of a member, as long as all of them are small.
    mutating func keep(_ bytes: [UInt8], of number: Int) {
        guard keptBytes + bytes.count <= ArchiveListing.keptLimit else { return }
        keptBytes += bytes.count
        kept[number] = bytes
    }

    /// Says that the archive ends within the member that was added last.
    mutating func cutLast(at end: Int) {
        guard let last = members.indices.last, members[last].packing != .missingTarget else { return }
        members[last].isCut = true
        members[last].storedSize = max(0, min(members[last].storedSize, end - members[last].offset))
    }

    /// Adds damage.
    public mutating func note(_ problem: ParseError) {
        if damage.count < ArchiveListing.damageLimit { damage.append(problem) }
    }

    /// Sorts the paths, and finds the content of links; nothing is added afterwards.
    public mutating func finish() {
        duplicates += paths.finish()
        for link in links {
            var target = PathTable()
            let outcome = link.target.withUnsafeBufferPointer { target.append($0, number: 0) }
            guard case .added = outcome, let index = paths.index(of: Array(target.path(at: 0))) else { continue }
            let found = members[paths.number(at: index)]
            // One step only: a link to a link that was not resolved before stays without content.
            members[link.number] = found
        }
        links = []
    }
}
