import ArtifactModel
import FileFormats

/// What an archived configuration of the NetworkExtension framework names, wherever in it that stands.
struct NetworkExtensionSurvey {
    private(set) var name: String?
    private(set) var application: String?
    private(set) var isEnabled: Bool?
    private(set) var bundleIdentifiers: [String] = []
    private(set) var kinds: [String] = []
    private(set) var hosts: [String] = []
    private(set) var links = LinkCollection()
    private var seen: Set<String> = []

    /// Names of members that hold servers, in small letters without separators; those of the public classes.
    private static let hostNames: Set<String> = [
        "serveraddress", "serveraddresses", "servers", "server", "remoteaddress", "tunnelremoteaddress", "hostname",
        "httpserver", "httpsserver", "servername", "remoteidentifier",
    ]

    private static let applicationNames: Set<String> = [
        "application", "applicationidentifier", "bundleidentifier", "providerbundleidentifier", "plugintype",
        "dataproviderbundleidentifier", "controlproviderbundleidentifier", "filterdataproviderbundleidentifier",
        "filterpacketproviderbundleidentifier", "appbundleidentifier",
    ]

    /// Collects from a whole configuration, members in the byte order of their names.
    init(of configuration: PropertyList) {
        for member in configuration.members {
            switch Self.folded(member.name) {
            case "name": name = name ?? member.value.text
            case "application", "applicationidentifier": application = application ?? member.value.text
            default: break
            }
        }
        collect(configuration, under: "")
        kinds.sort()
    }

    private static func folded(_ name: String) -> String {
        String(decoding: name.lowercased().utf8.filter { (0x61...0x7A).contains($0) }, as: UTF8.self)
    }

    private mutating func collect(_ value: PropertyList, under name: String) {
        switch value {
        case .text(let text):
            links.add(linksIn: text)
            if Self.hostNames.contains(name), !text.isEmpty, seen.insert("host " + text).inserted { hosts.append(text) }
            if Self.applicationNames.contains(name), !text.isEmpty, seen.insert("application " + text).inserted {
                bundleIdentifiers.append(text)
            }
        case .truth(let truth): if name == "enabled" { isEnabled = isEnabled ?? truth }
        case .list(let values): for value in values { collect(value, under: name) }
        case .dictionary:
            if let kind = value["$class"]?.text, kind.hasPrefix("NE"), seen.insert("class " + kind).inserted {
                kinds.append(kind)
            }
            for member in value.members where member.name != "$class" {
                collect(member.value, under: Self.folded(member.name))
            }
        default: break
        }
    }
}
