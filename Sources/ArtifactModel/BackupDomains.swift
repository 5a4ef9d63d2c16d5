/// Where the domains of an iOS backup lie on the device, in both directions.
///
/// A backup names a file by a domain and a path relative to it. Domains of containers carry the identifier of an
/// application or group (`AppDomain-com.example.app`), all others are one folder each. The identifier takes the place of
/// the container's UUID, which a backup does not record.
///
/// Loss: a domain that is not listed here has no path on the device, and its files are found by domain only.
///
/// Sources: the tables of dissect.target (`loaders/itunes.py`, https://github.com/fox-it/dissect.target), UFADE
/// (https://github.com/prosch88/UFADE) and iLEAPP (https://github.com/abrignoni/iLEAPP), which go back to Apple's
/// `Domains.plist`; the three agree except for `HealthDomain`, whose relative paths begin with `Health/` and thus lie
/// in the folder `Library`, and `KeychainDomain`.
public enum BackupDomains {
    /// Domains of one folder, and that folder.
    static let folders: [String: String] = [
        "BooksDomain": "/private/var/mobile/Media/Books",
        "CameraRollDomain": "/private/var/mobile",
        "DatabaseDomain": "/private/var/db",
        "HealthDomain": "/private/var/mobile/Library",
        "HomeDomain": "/private/var/mobile",
        "HomeKitDomain": "/private/var/mobile",
        "InstallDomain": "/private/var/installd",
        "KeyboardDomain": "/private/var/mobile",
        "KeychainDomain": "/private/var/Keychains",
        "ManagedPreferencesDomain": "/private/var/Managed Preferences",
        "MediaDomain": "/private/var/mobile",
        "MobileDeviceDomain": "/private/var/MobileDevice",
        "NetworkDomain": "/private/var/networkd",
        "ProtectedDomain": "/private/var/protected",
        "RootDomain": "/private/var/root",
        "SystemPreferencesDomain": "/private/var/preferences",
        "TonesDomain": "/private/var/mobile",
        "WirelessDomain": "/private/var/wireless",
    ]

    /// Domains of containers: what stands before the identifier, and the folder that the containers lie in.
    static let containers: [(prefix: String, folder: String)] = [
        ("AppDomain-", "/private/var/mobile/Containers/Data/Application"),
        ("AppDomainGroup-", "/private/var/mobile/Containers/Shared/AppGroup"),
        ("AppDomainPlugin-", "/private/var/mobile/Containers/Data/PluginKitPlugin"),
        ("SysContainerDomain-", "/private/var/containers/Data/System"),
        ("SysSharedContainerDomain-", "/private/var/containers/Shared/SystemGroup"),
    ]

    /// Folders by the part of a container's domain before its first hyphen.
    private static let containerFolders: [String: String] = Dictionary(
        uniqueKeysWithValues: containers.map { (String($0.prefix.dropLast()), $0.folder) })

    /// The folders of ``folders`` by path, in an order that does not change, each cut into components.
    private static let folderComponents: [(domain: String, components: [Substring])] = folders.sorted {
        $0.key < $1.key
    }.map { ($0.key, $0.value.split(separator: "/")) }

    private static let containerComponents: [(prefix: String, components: [Substring])] = containers.map {
        ($0.prefix, $0.folder.split(separator: "/"))
    }

    /// The absolute path on the device of a file in a backup, or nothing if the domain is not known.
    ///
    /// The relative path is taken as it is: a `..` in it stays in the answer, because it is what the manifest says.
    public static func devicePath(domain: String, relativePath: String) -> String? {
        guard let folder = folder(of: domain) else { return nil }
        return relativePath.isEmpty ? folder : folder + "/" + relativePath
    }

    /// The absolute path on the device of a domain, or nothing if it is not known.
    public static func folder(of domain: String) -> String? {
        if let folder = folders[domain] { return folder }
        guard let parts = parts(of: domain), let folder = containerFolders[String(parts.kind)] else { return nil }
        return folder + "/" + parts.identifier
    }

    /// The identifier of the application or group that a domain belongs to; nothing for domains of the system.
    public static func owner(of domain: String) -> String? {
        guard let parts = parts(of: domain), containerFolders[String(parts.kind)] != nil else { return nil }
        return String(parts.identifier)
    }

    /// A container's domain cut at its first hyphen.
    private static func parts(of domain: String) -> (kind: Substring, identifier: Substring)? {
        guard let hyphen = domain.utf8.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let identifier = domain[domain.utf8.index(after: hyphen)...]
        return identifier.isEmpty ? nil : (domain[..<hyphen], identifier)
    }

    /// A domain and a relative path under which a backup may list a place; both may hold `*`.
    public struct Candidate: Sendable, Hashable {
        /// `HomeDomain`, or `AppDomain-*`.
        public let domain: String
        /// The path below the domain.
        public let relativePath: String
    }

    /// Every domain and relative path that a pattern of an absolute device path can mean, the domains in byte order.
    ///
    /// More than one: several domains share the folder of the user `mobile`, and a wildcard may stand for a folder
    /// above. Whether a row is meant is decided by its own device path.
    public static func candidates(for pattern: String) -> [Candidate] {
        let wanted = pattern.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard pattern.utf8.first == UInt8(ascii: "/") else { return [] }
        var found: [Candidate] = []
        for (domain, folder) in folderComponents where wanted.count > folder.count && matches(folder, wanted) {
            found.append(Candidate(domain: domain, relativePath: rest(of: wanted, behind: folder.count)))
        }
        for (prefix, folder) in containerComponents where wanted.count > folder.count + 1 && matches(folder, wanted) {
            let identifier = wanted[wanted.startIndex + folder.count]
            found.append(
                Candidate(domain: prefix + identifier, relativePath: rest(of: wanted, behind: folder.count + 1)))
        }
        return found.sorted { ($0.domain, $0.relativePath) < ($1.domain, $1.relativePath) }
    }

    private static func matches(_ folder: [Substring], _ wanted: ArraySlice<Substring>) -> Bool {
        zip(folder, wanted).allSatisfy { name, component in
            name == component || Place.device(String(component)).matches(String(name))
        }
    }

    private static func rest(of wanted: ArraySlice<Substring>, behind count: Int) -> String {
        wanted.dropFirst(count).joined(separator: "/")
    }
}
