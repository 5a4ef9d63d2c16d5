import FileFormats
import Primitives

/// To which application or group the containers of a device belong.
///
/// iOS keeps each container in a folder named by a UUID, and says in a property list in it whose it is: in
/// `.com.apple.mobile_container_manager.metadata.plist`, under `MCMMetadataIdentifier`. Source: iLEAPP
/// (https://github.com/abrignoni/iLEAPP), which resolves application identifiers in the same way.
struct ContainerNames: Sendable {
    /// The folders that hold containers. Before iOS 10 the programs lay below `mobile`, too.
    static let folders: Set<String> = [
        "/private/var/mobile/Containers/Bundle/Application",
        "/private/var/mobile/Containers/Data/Application",
        "/private/var/mobile/Containers/Data/InternalDaemon",
        "/private/var/mobile/Containers/Data/PluginKitPlugin",
        "/private/var/mobile/Containers/Data/System",
        "/private/var/mobile/Containers/Data/VPNPlugin",
        "/private/var/mobile/Containers/Data/XPCService",
        "/private/var/mobile/Containers/Shared/AppGroup",
        "/private/var/mobile/Containers/Shared/SystemGroup",
        "/private/var/containers/Bundle/Application",
        "/private/var/containers/Bundle/Framework",
        "/private/var/containers/Bundle/PluginKitPlugin",
        "/private/var/containers/Bundle/VPNPlugin",
        "/private/var/containers/Data/System",
        "/private/var/containers/Shared/SystemGroup",
    ]

    static let metadataName = Array(".com.apple.mobile_container_manager.metadata.plist".utf8)

    /// More containers than any device has.
    private static let limit = 50_000

    /// The identifier of a container by its path in the archive.
    private(set) var identifiers: [[UInt8]: String] = [:]
    /// Containers without the property list.
    private(set) var unnamed = 0
    /// Containers whose property list can't be read, or has no identifier that can be a name.
    private(set) var unreadable = 0

    /// Reads the property lists of all containers.
    init(_ store: some FileStore, _ mounts: [DeviceRoot.Mount]) {
        let paths = store.listing.paths
        for folder in ContainerNames.folders.sorted() {
            let components = folder.split(separator: "/").map(String.init)
            for mount in mounts where components.starts(with: mount.device) {
                let rest = components.dropFirst(mount.device.count).joined(separator: "\0")
                let archive = DeviceRoot.joined(mount.archive, Array(rest.utf8))
                paths.forEachChild(of: archive) { name, file in
                    guard file == nil, ContainerNames.isUUID(name) else { return true }
                    let container = DeviceRoot.joined(archive, Array(name))
                    let list = DeviceRoot.joined(container, ContainerNames.metadataName)
                    if let index = paths.index(of: list) {
                        let number = paths.number(at: index)
                        if let identifier = ContainerNames.identifier(in: store, number, list[...]) {
                            identifiers[container] = identifier
                        } else {
                            unreadable += 1
                        }
                    } else {
                        unnamed += 1
                    }
                    return identifiers.count < ContainerNames.limit
                }
            }
        }
    }

    private static func identifier(in store: some FileStore, _ number: Int, _ path: ArraySlice<UInt8>) -> String? {
        guard let bytes = try? store.open(number, path: path).bytes(limit: 1 << 20),
            let text = (try? PropertyList(parsing: bytes))?["MCMMetadataIdentifier"]?.text,
            isName(text)
        else { return nil }
        return text
    }

    /// Whether an identifier can stand in a path in place of the UUID.
    private static func isName(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && text != "." && text != ".."
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }
    }

    /// Eight, four, four, four and twelve hexadecimal digits.
    private static func isUUID(_ name: ArraySlice<UInt8>) -> Bool {
        guard name.count == 36 else { return false }
        return name.enumerated().allSatisfy { index, byte in
            [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : Hexadecimal.value(of: byte) != nil
        }
    }
}
