import ArtifactModel
import FileFormats

/// Web addresses and servers anywhere in a configuration profile, each once, in the byte order of the members' names.
struct ProfileAddresses {
    /// `http://` and `https://` links in any text.
    private(set) var links: [String] = []
    /// Texts under the names that Apple's payloads keep servers under.
    private(set) var hosts: [String] = []
    private var seen: Set<String> = []

    /// Source: the payloads of <https://developer.apple.com/documentation/devicemanagement/profile-specific-payload-keys>.
    private static let hostNames: Set<String> = [
        "CalDAVHostName", "CardDAVHostName", "CommRemoteAddress", "HTTPProxy", "HTTPSProxy", "Host", "HostName",
        "IncomingMailServerHostName", "LDAPAccountHostName", "OutgoingMailServerHostName", "ProxyServer",
        "RemoteAddress", "ServerAddress", "ServerAddresses", "ServerName",
    ]

    /// Collects from a whole profile.
    init(of profile: PropertyList) { collect(profile, isHost: false) }

    private mutating func collect(_ value: PropertyList, isHost: Bool) {
        switch value {
        case .text(let text):
            let found = LinkExtraction.links(in: text)
            for link in found where seen.insert(link).inserted { links.append(link) }
            if isHost, found.isEmpty, !text.isEmpty, seen.insert(text).inserted { hosts.append(text) }
        case .list(let values):
            for value in values { collect(value, isHost: isHost) }
        case .dictionary:
            for member in value.members {
                collect(member.value, isHost: ProfileAddresses.hostNames.contains(member.name))
            }
        default: break
        }
    }
}
