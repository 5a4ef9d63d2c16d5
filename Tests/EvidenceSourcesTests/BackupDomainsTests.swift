import ArtifactModel
import Testing

struct BackupDomainsTests {
    @Test(arguments: [
        ("HomeDomain", "Library/SMS/sms.db", "/private/var/mobile/Library/SMS/sms.db"),
        ("HealthDomain", "Health/healthdb.sqlite", "/private/var/mobile/Library/Health/healthdb.sqlite"),
        ("RootDomain", "Library/x", "/private/var/root/Library/x"),
        ("ManagedPreferencesDomain", "mobile/a.plist", "/private/var/Managed Preferences/mobile/a.plist"),
        (
            "AppDomain-net.whatsapp.WhatsApp", "a",
            "/private/var/mobile/Containers/Data/Application/net.whatsapp.WhatsApp/a"
        ),
        ("AppDomainGroup-group.x-y", "a/b", "/private/var/mobile/Containers/Shared/AppGroup/group.x-y/a/b"),
        ("AppDomainPlugin-x", "a", "/private/var/mobile/Containers/Data/PluginKitPlugin/x/a"),
        ("SysContainerDomain-x", "a", "/private/var/containers/Data/System/x/a"),
        ("SysSharedContainerDomain-x", "a", "/private/var/containers/Shared/SystemGroup/x/a"),
    ])
    func `a domain and its path lead to the device and back`(_ domain: String, _ path: String, _ device: String) {
        #expect(BackupDomains.devicePath(domain: domain, relativePath: path) == device)
        #expect(BackupDomains.candidates(for: device).contains { $0.domain == domain && $0.relativePath == path })
    }

    @Test(arguments: ["", "UnknownDomain", "AppDomain", "AppDomain-", "AppDomainPlaceholder-x"])
    func `an unknown domain has no path`(_ domain: String) {
        #expect(BackupDomains.devicePath(domain: domain, relativePath: "a") == nil)
        #expect(BackupDomains.owner(of: domain) == nil)
    }

    @Test func `only containers have an owner`() {
        #expect(BackupDomains.owner(of: "AppDomainGroup-group.x-y") == "group.x-y")
        #expect(BackupDomains.owner(of: "HomeDomain") == nil)
    }

    @Test func `a wildcard stands for an application`() {
        let found = BackupDomains.candidates(for: "/private/var/mobile/Containers/Data/Application/*/Library/a")
        #expect(found.contains { $0.domain == "AppDomain-*" && $0.relativePath == "Library/a" })
    }

    @Test func `a wildcard can stand for a folder above the domain`() {
        let found = BackupDomains.candidates(for: "/private/var/*/Library/Preferences/a.plist").map(\.domain)
        #expect(found.contains("HomeDomain"))
        #expect(found.contains("RootDomain"))
        #expect(found.contains("WirelessDomain"))
        #expect(found == found.sorted())
    }

    @Test func `a relative path has no candidates`() {
        #expect(BackupDomains.candidates(for: "private/var/mobile/x").isEmpty)
        #expect(BackupDomains.candidates(for: "").isEmpty)
    }
}
