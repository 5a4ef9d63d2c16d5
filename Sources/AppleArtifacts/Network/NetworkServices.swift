import ArtifactModel
import FileFormats
import Primitives

/// The network services that are set up, one record a service: name servers, proxies and VPN servers of each interface.
///
/// Losses: settings that a network hands out by itself (DHCP) are not here, nor are those of single Wi-Fi networks; a
/// removed service leaves nothing. The file has no times.
///
/// - SeeAlso: <https://developer.apple.com/documentation/systemconfiguration/scschemadefinitions>
enum NetworkServices: Artifact {
    struct Entry: Record {
        var uuid: String
        var name: String?
        var interface: String?
        var interfaceType: String?
        var nameServers: [String] = []
        var searchDomains: [String] = []
        var proxies: [String] = []
        var proxyScript: String?
        var isProxyOn = false
        var tunnels: [String] = []
        var isCurrent: Bool?
        var contents: Value = .absent

        static let fields: [Field<Self>] = [
            Field("uuid", text: { $0.uuid }, "of the service"),
            Field("service_name", text: { $0.name }, shown: true, "UserDefinedName"),
            Field("interface", text: { $0.interface }, shown: true, "DeviceName: en0 is Wi-Fi, pdp_ip0 cellular"),
            Field("interface_type", text: { $0.interfaceType }, "Type"),
            Field(
                "name_servers", .observable(Observable(.hostName, .attempted)), texts: { $0.nameServers }, shown: true,
                "DNS servers that were set by hand or by a profile"),
            Field("search_domains", texts: { $0.searchDomains }, "domains that short names are completed with"),
            Field(
                "proxy_hosts", .observable(Observable(.hostName, .attempted)), texts: { $0.proxies }, shown: true,
                "proxies of every kind"),
            Field(
                "proxy_script_url", .observable(Observable(.url, .attempted)), text: { $0.proxyScript }, shown: true,
                "ProxyAutoConfigURLString: a script that chooses proxies"),
            Field("is_proxy_on", truth: { $0.isProxyOn }, "whether any of the proxies is turned on"),
            Field(
                "hosts", .observable(Observable(.hostName, .attempted)), texts: { $0.tunnels },
                "servers of tunnels: IPSec, PPP, VPN"),
            Field("in_current_set", truth: { $0.isCurrent }, "whether the service belongs to the set in use"),
            Field("contents", nested: { $0.contents }, "the whole service"),
        ]
    }

    static let card = ArtifactCard(
        "apple.network.network-services", "Network services",
        summary: "Name servers, proxies and VPN servers that are set up for each network interface",
        places: [.device("/private/var/preferences/SystemConfiguration/preferences.plist")],
        standing: .documented,
        losses: [
            "What a network hands out by itself is not here", "Settings of single Wi-Fi networks are not here",
            "A removed service leaves nothing", "There are no times",
        ],
        references: [
            Reference(
                "Apple", "System Configuration: schema of the preferences",
                link: "https://developer.apple.com/documentation/systemconfiguration/scschemadefinitions")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard let services = list.dictionary("NetworkServices", noting: &sink) else {
            throw ParseError(.malformed, "a dictionary named NetworkServices")
        }
        let current = currentServices(list)
        for (index, member) in services.members.enumerated() {
            let place = "NetworkServices, service \(index + 1)"
            guard member.value.dictionary != nil else {
                sink.note(ParseError(.malformed, "a dictionary", in: place))
                continue
            }
            var entry = Entry(uuid: member.name)
            let interface = member.value.dictionary("Interface", in: place, noting: &sink)
            entry.name =
                member.value.text("UserDefinedName", in: place, noting: &sink)
                ?? interface?.text("UserDefinedName", in: place, noting: &sink)
            entry.interface = interface?.text("DeviceName", in: place, noting: &sink)
            entry.interfaceType = interface?.text("Type", in: place, noting: &sink)
            if let names = member.value.dictionary("DNS", in: place, noting: &sink) {
                entry.nameServers = names.texts("ServerAddresses", in: place, noting: &sink)
                entry.searchDomains = names.texts("SearchDomains", in: place, noting: &sink)
            }
            if let proxies = member.value.dictionary("Proxies", in: place, noting: &sink) {
                for (host, isOn) in [
                    ("HTTPProxy", "HTTPEnable"), ("HTTPSProxy", "HTTPSEnable"), ("SOCKSProxy", "SOCKSEnable"),
                    ("FTPProxy", "FTPEnable"),
                ] {
                    if let host = proxies.text(host, in: place, noting: &sink), !host.isEmpty {
                        entry.proxies.append(host)
                    }
                    if proxies.truth(isOn, in: place, noting: &sink) == true { entry.isProxyOn = true }
                }
                entry.proxyScript = proxies.text("ProxyAutoConfigURLString", in: place, noting: &sink)
                if proxies.truth("ProxyAutoConfigEnable", in: place, noting: &sink) == true { entry.isProxyOn = true }
            }
            for (name, key) in [("IPSec", "RemoteAddress"), ("PPP", "CommRemoteAddress"), ("VPN", "RemoteAddress")] {
                let tunnel = member.value.dictionary(name, in: place, noting: &sink)
                if let host = tunnel?.text(key, in: place, noting: &sink), !host.isEmpty { entry.tunnels.append(host) }
            }
            entry.isCurrent = current.map { $0.contains(member.name) }
            entry.contents = member.value.value
            try sink.emit(entry, at: .key("NetworkServices/" + member.name))
        }
    }

    /// The services of the set that `CurrentSet` names: `/Sets/<UUID>`.
    private static func currentServices(_ list: PropertyList) -> Set<String>? {
        guard let path = list["CurrentSet"]?.text, let name = path.split(separator: "/").last,
            let services = list["Sets"]?[String(name)]?["Network"]?["Service"], services.dictionary != nil
        else { return nil }
        return Set(services.members.map(\.name))
    }
}
