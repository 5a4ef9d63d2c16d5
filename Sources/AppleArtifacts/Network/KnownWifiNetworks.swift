import ArtifactModel
import FileFormats
import Primitives

/// The Wi-Fi networks that the device keeps, one record a network, with when and how they were joined.
///
/// Times are dates, stored in seconds since 2001-01-01T00:00:00Z; older releases write some as text in UTC. The name of a
/// network is bytes that need not be text. What `networkUsage` counts is not known.
///
/// Losses: a network that a person forgets is gone; with iCloud Keychain the list holds networks that other devices of
/// the account joined; only the latest time of each kind is kept.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/appleWifiPlist.py>
enum KnownWifiNetworks: Artifact {
    struct Entry: Record {
        var name: String?
        var nameBytes: [UInt8]?
        var joinedByUser: Timestamp?
        var joinedBySystem: Timestamp?
        var joinedBefore: Timestamp?
        var added: Timestamp?
        var updated: Timestamp?
        var discovered: Timestamp?
        var passwordChanged: Timestamp?
        var portalLogin: Timestamp?
        var reason: String?
        var bundleIdentifier: String?
        var security: [String]
        var isHidden: Bool?
        var isMoving: Bool?
        var isCaptive: Bool?
        var portal: String?
        var addresses: [String]
        var usage: Double?
        var isFromScan: Bool

        static let fields: [Field<Self>] = [
            Field("network_name", text: { $0.name }, shown: true, "SSID; repaired where it is not UTF-8"),
            Field("network_name_bytes", bytes: { $0.nameBytes }, "SSID, where it is not UTF-8"),
            Field(
                "joined_by_user", "A person joined a Wi-Fi network", moment: { $0.joinedByUser },
                "JoinedByUserAt, before lastJoined"),
            Field(
                "joined_by_system", "The device joined a Wi-Fi network by itself", moment: { $0.joinedBySystem },
                "JoinedBySystemAt, before lastAutoJoined"),
            Field("joined_before", "A Wi-Fi network had been joined before", moment: { $0.joinedBefore }, "prevJoined"),
            Field("added", "A Wi-Fi network was added", moment: { $0.added }),
            Field("updated", "What is kept of a Wi-Fi network was changed", moment: { $0.updated }),
            Field("discovered", "A Wi-Fi network was in reach", moment: { $0.discovered }, "LastDiscoveredAt"),
            Field("password_changed", "The password of a Wi-Fi network was stored", moment: { $0.passwordChanged }),
            Field(
                "portal_login", "A person signed in at the page of a Wi-Fi network", moment: { $0.portalLogin },
                "CaptiveWebSheetLoginDate"),
            Field("add_reason", text: { $0.reason }, shown: true, "AddReason, as stored"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.bundleIdentifier }, "the application that added it"),
            Field("security_types", texts: { $0.security }, shown: true, "SupportedSecurityTypes"),
            Field("is_hidden", truth: { $0.isHidden }),
            Field("is_moving", truth: { $0.isMoving }, "whether the device takes it for a travelling hotspot"),
            Field("is_captive", truth: { $0.isCaptive }, "whether it shows a page of its own first"),
            Field(
                "portal_url", .observable(Observable(.url, .contacted)), text: { $0.portal }, shown: true,
                "the page that the network shows first"),
            Field("base_stations", texts: { $0.addresses }, "BSSID of each that the device was joined to"),
            Field("network_usage", real: { $0.usage }, "networkUsage as stored, not decoded"),
            Field("from_scan", truth: { $0.isFromScan }, "whether it is in the list of networks that were only seen"),
        ]
    }

    static let card = ArtifactCard(
        "apple.network.known-wifi-networks", "Known Wi-Fi networks",
        summary: "Wi-Fi networks that the device keeps, how and when they were joined, and their sign-in pages",
        places: [
            .device("/private/var/preferences/com.apple.wifi.known-networks.plist"),
            .device("/private/var/preferences/SystemConfiguration/com.apple.wifi.plist"),
            .device("/private/var/preferences/SystemConfiguration/com.apple.wifi-networks.plist.backup"),
            .device("/private/var/preferences/com.apple.wifi-networks.plist.backup"),
            .device("/private/var/preferences/SystemConfiguration/com.apple.wifi-private-mac-networks.plist"),
            .device("/private/var/preferences/com.apple.wifi-private-mac-networks.plist"),
        ],
        standing: .observed(["iOS 16"]),
        losses: [
            "A network that a person forgets is gone",
            "Networks of other devices of the same account are in it too",
            "Only the latest time of each kind is kept",
            "Only the form of iOS 16 was compared with a real file; the older one is documented",
        ],
        references: references)

    static let references = [
        Reference(
            "iLEAPP", "Known networks of Wi-Fi",
            link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/appleWifiPlist.py"),
        Reference(
            "plaso", "Known networks of Wi-Fi, with a public test file",
            link: "https://github.com/log2timeline/plaso/blob/main/plaso/parsers/plist_plugins/"
                + "ios_wifi_known_networks.py"),
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        for network in try WifiNetwork.networks(in: file.propertyList(), noting: &sink) {
            let (values, place) = (network.values, network.place)
            let portal = values.dictionary("CaptiveProfile", in: place, noting: &sink)
            let details = values.dictionary("__OSSpecific__", in: place, noting: &sink)
            try sink.emit(
                Entry(
                    name: network.name, nameBytes: network.isNameRepaired ? network.nameBytes : nil,
                    joinedByUser: network.moment("JoinedByUserAt", "lastJoined", noting: &sink),
                    joinedBySystem: network.moment("JoinedBySystemAt", "lastAutoJoined", noting: &sink),
                    joinedBefore: network.moment("prevJoined", noting: &sink),
                    added: network.moment("AddedAt", "addedAt", noting: &sink),
                    updated: network.moment("UpdatedAt", "lastUpdated", noting: &sink),
                    discovered: network.moment("LastDiscoveredAt", noting: &sink),
                    passwordChanged: network.moment("WiFiNetworkPasswordModificationDate", noting: &sink),
                    portalLogin: portal?.moment("CaptiveWebSheetLoginDate", in: place, noting: &sink),
                    reason: values.text("AddReason", in: place, noting: &sink),
                    bundleIdentifier: values.text("BundleID", in: place, noting: &sink),
                    security: values.texts("SupportedSecurityTypes", in: place, noting: &sink),
                    isHidden: values.truth("Hidden", in: place, noting: &sink)
                        ?? values.truth("HIDDEN_NETWORK", in: place, noting: &sink),
                    isMoving: values.truth("Moving", in: place, noting: &sink),
                    isCaptive: portal?.truth("CaptiveNetwork", in: place, noting: &sink),
                    portal: portal?.text("UserPortalURL", in: place, noting: &sink),
                    addresses: network.addresses, usage: (details?["networkUsage"] ?? values["networkUsage"])?.real,
                    isFromScan: network.isFromScan),
                at: .key(network.key))
        }
    }
}
