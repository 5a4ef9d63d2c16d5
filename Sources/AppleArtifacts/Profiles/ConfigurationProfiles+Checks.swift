import ArtifactModel

extension ConfigurationProfiles {
    static let appleProfiles = Reference(
        "Apple", "Device Management: configuration profiles",
        link: "https://developer.apple.com/documentation/devicemanagement/toplevel")

    private static let askTheOwner =
        "Ask the owner who installed the profile, when and why. Keep the backup, and note the servers that the profile "
        + "names, before anything is removed."

    static let checks: [Check<Entry>] = [
        Check(
            "notification-settings", .medium, "A profile sets which notifications are shown", family: "Predator",
            state: .installed,
            meaning:
                "A configuration profile carries settings for notifications. A profile that hides notifications was "
                + "found with the Predator spyware in 2021.",
            limits: "The payload is Apple's own and does nothing but set notifications. Whose they are stands in the "
                + "contents of the profile.",
            benignCauses: [
                "Employers and schools silence or require notifications of their applications on managed devices"
            ],
            nextStep: "Read in the contents of the profile which applications are silenced. " + askTheOwner,
            references: [
                Reference(
                    "Citizen Lab",
                    "Pegasus vs. Predator: Dissident's Doubly-Infected iPhone Reveals Cytrox Mercenary Spyware",
                    date: "2021-12-16",
                    link: "https://citizenlab.ca/2021/12/"
                        + "pegasus-vs-predator-dissidents-doubly-infected-iphone-reveals-cytrox-mercenary-spyware/"),
                appleProfiles,
            ],
            matches: { $0.holds("com.apple.notificationsettings") }),
        Check(
            "device-management", .medium, "A profile hands the device to a management server", state: .installed,
            meaning:
                "A configuration profile enrols the device in mobile device management. Whoever runs the server can "
                + "change settings, install applications and, depending on the enrolment, lock or erase the device.",
            limits: "It does not show that the server was used for anything.",
            benignCauses: [
                "Devices of an employer, a school or a help desk are managed",
                "Parental control applications enrol a device in this way",
            ],
            nextStep: askTheOwner, references: [appleProfiles],
            matches: { $0.holds("com.apple.mdm") }),
        Check(
            "root-certificate", .medium, "A profile adds a root certificate", state: .installed,
            meaning: "A configuration profile carries a root certificate. Where it is trusted, its owner can read and "
                + "change encrypted traffic that passes them.",
            limits: "It does not show that the certificate is trusted for web sites, nor that any traffic was read.",
            benignCauses: [
                "Employers, schools and universities distribute their own certificates for Wi-Fi and inner sites",
                "Filters, advertisement blockers and tools of developers install one",
            ],
            nextStep: "See in Settings, General, About, Certificate Trust Settings whether it is trusted. "
                + askTheOwner,
            references: [appleProfiles],
            matches: { $0.holds("com.apple.security.root") }),
        Check(
            "global-proxy", .medium, "A profile sends all web traffic through a proxy", state: .installed,
            meaning:
                "A configuration profile sets a global HTTP proxy. Whoever runs it sees which hosts are contacted, "
                + "and all that is not encrypted.",
            limits: "It does not show that any traffic was read. The setting works on supervised devices only.",
            benignCauses: ["Schools and employers filter the traffic of supervised devices in this way"],
            nextStep: "Compare the proxy with what the owner's organisation uses. " + askTheOwner,
            references: [appleProfiles],
            matches: { $0.holds("com.apple.proxy.http.global") }),
        Check(
            "virtual-private-network", .low, "A profile sets up a VPN", state: .installed,
            meaning: "A configuration profile sets up a virtual private network. Whoever runs it sees which hosts are "
                + "contacted while it is on.",
            limits: "It does not show that the VPN was on, nor that any traffic was read.",
            benignCauses: [
                "People install VPN profiles on purpose, and many services hand them out",
                "Employers give access to their networks in this way",
            ],
            nextStep: "Ask the owner whether they chose this VPN. " + askTheOwner, references: [appleProfiles],
            matches: { $0.holds("com.apple.vpn.managed", "com.apple.vpn.managed.applayer") }),
        Check(
            "name-server", .low, "A profile sets the name servers", state: .installed,
            meaning: "A configuration profile sets which servers look up names. Whoever runs them sees which hosts are "
                + "looked up, and can answer with other addresses.",
            limits: "It does not show that any answer was changed.",
            benignCauses: [
                "Privacy services and advertisement blockers hand out such profiles",
                "Employers, schools and parental controls filter names in this way",
            ],
            nextStep: "Compare the servers with those of the service that the owner uses. " + askTheOwner,
            references: [appleProfiles],
            matches: { $0.holds("com.apple.dnssettings.managed") }),
    ]
}
