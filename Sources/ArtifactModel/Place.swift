/// A place named the same way whatever container the evidence came in.
///
/// Either a path on the device, always absolute and below `/private/var` where the device says `/var`, with the
/// bundle or group identifier in place of the container's UUID; or a file of the container itself.
/// `*` stands for any characters within one component.
public struct Place: Sendable, Hashable {
    /// What the pattern is relative to.
    public enum Root: Sendable, Hashable {
        /// The root folder of the device.
        case device
        /// The container of the evidence: the backup folder, the archive.
        case container
    }

    /// What the pattern is relative to.
    public let root: Root
    /// The pattern: absolute for the device, relative for the container.
    public let pattern: String

    private init(_ root: Root, _ pattern: String) {
        self.root = root
        self.pattern = pattern
    }

    /// An absolute path on the device: `/private/var/mobile/Library/SMS/sms.db`.
    public static func device(_ path: String) -> Place { Place(.device, path) }

    /// A path below the home folder of the user `mobile`.
    public static func home(_ path: String) -> Place { device("/private/var/mobile/" + path) }

    /// A path in the data container of an application, by its bundle identifier.
    public static func application(_ bundle: String, _ path: String) -> Place {
        device("/private/var/mobile/Containers/Data/Application/\(bundle)/\(path)")
    }

    /// A path in the shared container of an application group.
    public static func applicationGroup(_ group: String, _ path: String) -> Place {
        device("/private/var/mobile/Containers/Shared/AppGroup/\(group)/\(path)")
    }

    /// A file of the evidence container itself: `Info.plist` of a backup.
    public static func container(_ path: String) -> Place { Place(.container, path) }

    /// All files of whatever evidence, for artefacts that walk through them with ``Evidence/forEachFile(_:)``; what
    /// lies at it is one entry that can't be opened.
    public static let everything = Place(.device, "/**")

    /// The same for file systems only: a backup has no root folder, and lists its files in a manifest.
    public static let rootFolder = Place(.device, "/")

    /// Whether the pattern has a wildcard.
    public var isPattern: Bool { pattern.utf8.contains(UInt8(ascii: "*")) }

    /// Whether a path, of the same root, is one that the pattern names.
    public func matches(_ path: String) -> Bool {
        let wanted = pattern.split(separator: "/", omittingEmptySubsequences: false)
        let found = path.split(separator: "/", omittingEmptySubsequences: false)
        guard wanted.count == found.count else { return false }
        return zip(wanted, found).allSatisfy { Place.matches(Array($1.utf8), pattern: Array($0.utf8)) }
    }

    /// Glob matching of one component in linear space; the last `*` is the only one that is tried again.
    private static func matches(_ name: [UInt8], pattern: [UInt8]) -> Bool {
        var (position, wanted) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while position < name.count {
            if wanted < pattern.count, pattern[wanted] == UInt8(ascii: "*") {
                star = (wanted, position)
                wanted += 1
            } else if wanted < pattern.count, pattern[wanted] == name[position] {
                wanted += 1
                position += 1
            } else if let last = star {
                wanted = last.pattern + 1
                position = last.name + 1
                star = (last.pattern, position)
            } else {
                return false
            }
        }
        return pattern[wanted...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
