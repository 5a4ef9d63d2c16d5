/// Values that match what everybody has, and so are no indicators, whoever publishes them.
///
/// Short on purpose: what stands here is refused or marked, and the reader is told why. Suffixes are not listed here; they
/// are looked up in ``PublicSuffixList``.
enum BroadValues {
    /// Why a host is refused if it is published without a path, or `nil`. Only the name itself and the same with `www.`
    /// are meant: `evil.example.com` is an indicator where `example.com` is none, unless nobody but the company has names
    /// there.
    static func reasonToRefuse(host: String) -> String? {
        guard host.withBytes(mayBeKnown) else { return nil }
        let name = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
        return refusals[name] ?? reasonBelow(name)
            ?? (isNational(name) ? "Most devices contact this service." : nil)
    }

    /// Whether a host begins and is as long as one that is refused, or lies below such a name: of a million domains most
    /// are not, and need no further question.
    private static func mayBeKnown(_ host: UnsafeBufferPointer<UInt8>) -> Bool {
        func mayBe(_ start: Int, _ outline: [UInt64]) -> Bool {
            start < host.count && outline[Int(host[start])] & 1 &<< UInt64(min(host.count - start, 63)) != 0
        }
        let start = host.starts(with: "www.".utf8) ? 4 : 0
        if mayBe(start, outline) || host[start...].starts(with: "google.".utf8)
            || host[start...].starts(with: "amazon.".utf8)
        {
            return true
        }
        let last = HostName.labelStart(host, host.count)
        return mayBe(last, ownedOutline) || mayBe(last > 0 ? HostName.labelStart(host, last - 1) : 0, ownedOutline)
    }

    /// By the first byte of a name, its length as a bit.
    private static func outline(_ names: some Sequence<String>) -> [UInt64] {
        var outline = [UInt64](repeating: 0, count: 256)
        for name in names {
            guard let first = name.utf8.first else { continue }
            outline[Int(first)] |= 1 &<< UInt64(min(name.utf8.count, 63))
        }
        return outline
    }

    private static let outline = outline(refusals.keys)
    private static let ownedOutline = outline(owned.keys)

    /// All hosts that are refused, with the reason: one question, since it is asked of every domain that is loaded.
    private static let refusals: [String: String] = {
        var refusals: [String: String] = [:]
        for (hosts, reason) in [
            (ShortLinks.hosts, "The domain shortens everybody's links; publish the link."),
            (services, "Most devices contact this service."),
            (infrastructure, "Devices reach half of the Internet through this domain."),
        ] {
            for host in hosts { refusals[host] = reason }
        }
        return refusals
    }()

    /// The same for names of one label or two below which nobody but their owner has names.
    private static let owned: [String: String] = {
        var owned: [String: String] = [:]
        for (hosts, reason) in [
            (special, "The name means something else on every network."),
            (closed, "Most devices contact this service."),
            (apple, "Every iPhone contacts this domain of Apple's."),
        ] {
            for host in hosts { owned[host] = reason }
        }
        return owned
    }()

    /// Why a name that is one of the owned ones, or lies below one, is refused.
    private static func reasonBelow(_ host: String) -> String? {
        guard let dot = host.utf8.lastIndex(of: UInt8(ascii: ".")) else { return owned[host] }
        let before = host[..<dot].utf8.lastIndex(of: UInt8(ascii: "."))
        return owned[before.map { String(host[host.index(after: $0)...]) } ?? host]
            ?? owned[String(host[host.index(after: dot)...])]
    }

    /// `google.de` and the like.
    private static func isNational(_ name: String) -> Bool {
        ["google.", "amazon."].contains { beginning in
            name.hasPrefix(beginning)
                && PublicSuffixList.current.standing(of: String(name.dropFirst(beginning.count))) == .registry
        }
    }

    /// Why a host with a path is refused, or `nil`: pages of well-known services that everybody opens.
    static func reasonToRefuse(host: String, path: String) -> String? {
        let name = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
        return pages.contains(name + path) ? "Most devices open this page." : nil
    }

    /// Why an address is refused, or `nil`.
    static func reasonToRefuse(address: IPAddress, prefix: Int) -> String? {
        func holds(_ list: [IPNetwork]) -> Bool {
            list.contains { network in
                let common = min(prefix, network.prefix)
                return network.isIPv4 == address.isIPv4
                    && IPNetwork.masked(address, common) == IPNetwork.masked(network.address, common)
            }
        }
        if holds(appleNetworks) { return "Every iPhone contacts addresses of this network of Apple's." }
        if holds(resolvers) { return "Many devices ask this address for the addresses of names." }
        return nil
    }

    /// Why an e-mail address is refused, or `nil`.
    static func reasonToRefuse(address: String) -> String? {
        guard let at = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let host = String(address[address.index(after: at)...])
        return host == "apple.com" || host.hasSuffix(".apple.com")
            ? "Apple writes to everybody from such an address." : nil
    }

    /// Why a process is refused, or `nil`.
    static func reasonToRefuse(process: String) -> String? {
        let name = process.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(process[process.index(after: $0)...]) }
        if systemProcesses.contains(name ?? process) { return "A process of this name runs on every iPhone." }
        return applicationProcesses.contains(name ?? process) ? "Most devices have an application of this name." : nil
    }

    /// Why an application is refused, or `nil`.
    static func reasonToRefuse(application: String) -> String? {
        let identifier = application.withBytes { String(decoding: ComparableText.identifier($0), as: UTF8.self) }
        if commonApplications.contains(identifier) { return "Most devices have this application." }
        return appleApplications.contains(identifier) || appleApplications.contains { identifier.hasPrefix($0 + ".") }
            ? "The application is Apple's, and on every iPhone." : nil
    }

    /// Why the name of a file is refused, or `nil`.
    static func reasonToRefuse(fileName: String) -> String? {
        deviceFiles.contains(fileName) ? "Every device has a file of this name." : nil
    }

    /// Whether a path, an end of paths or a pattern agrees with files or folders that every device has.
    static func agreesWithEveryDevice(_ path: PublishedPath) -> Bool {
        switch path.form {
        case .beginning: devicePathParts.contains { $0.starts(with: path.segments) }
        case .pattern where path.isAbsolute: devicePathParts.contains { path.agrees(with: $0) }
        case .pattern: deviceFolderParts.contains { path.agrees(with: $0) }
        case .ending: deviceFolderParts.contains { $0.suffix(path.segments.count).elementsEqual(path.segments) }
        }
    }

    /// What a reader has to know of an indicator that is used and may be met on any device, or `nil`.
    static func caution(_ kind: Indicator.Kind, _ value: String) -> String? {
        switch kind {
        case .processName where stockPrograms.contains(value):
            "Every iOS has a program of this name; what was published is that it used the network."
        case .applicationIdentifier where value.lowercased().hasPrefix("com.apple."):
            "Apple's own applications have identifiers that begin like this."
        case .fileName where fileNames.contains(value.lowercased()):
            "Files of this name are common."
        default: nil
        }
    }

    // MARK: - Hosts

    /// Domains of Apple's that devices contact by themselves.
    /// Source: https://support.apple.com/101555, "Use Apple products on enterprise networks"
    private static let apple: Set<String> = [
        "aaplimg.com", "apple-cloudkit.com", "apple-livephotoskit.com", "apple-mapkit.com", "apple-relay.net",
        "apple.co", "apple.com", "apple.news", "cdn-apple.com", "digicert.com", "icloud-content.com", "icloud.com",
        "itunes.com", "me.com", "mzstatic.com",
    ]

    /// Names behind which very many others stand.
    /// Source: https://tranco-list.eu, a ranking of domains by use; these are among the first hundred
    private static let infrastructure: Set<String> = [
        "akadns.net", "akamai.net", "akamaiedge.net", "akamaized.net", "amazonaws.com", "aws.com", "azure.com",
        "cdn77.org", "cloudflare-dns.com", "cloudflare.com", "cloudflare.net", "cloudfront.net", "edgekey.net",
        "edgesuite.net", "fastly.net", "fastlylb.net", "root-servers.net", "trafficmanager.net", "windows.net",
    ]

    /// Services that most people use, or whose code is in most applications. Source: as above
    private static let services: Set<String> = [
        "amazon.com", "app-measurement.com", "baidu.com", "bbc.co.uk", "bbc.com", "bing.com", "crashlytics.com",
        "doubleclick.net", "dropbox.com", "facebook.com", "facebook.net", "fbcdn.net", "firebaseio.com", "flickr.com",
        "github.com", "githubusercontent.com", "gmail.com", "google-analytics.com", "google.com", "googleapis.com",
        "googletagmanager.com", "googleusercontent.com", "googlevideo.com", "gstatic.com", "instagram.com",
        "linkedin.com", "live.com", "microsoft.com", "msn.com", "netflix.com", "office.com", "outlook.com",
        "paypal.com", "pinterest.com", "proton.me", "qq.com", "reddit.com", "sentry.io", "signal.org", "skype.com",
        "snapchat.com", "spotify.com", "telegram.org", "tiktok.com", "tiktokcdn.com", "twimg.com", "twitter.com",
        "vk.com", "whatsapp.com", "whatsapp.net", "wikipedia.org", "x.com", "yahoo.com", "yandex.ru", "youtube.com",
        "ytimg.com", "zoom.us",
    ]

    /// Services below whose domains nobody else has a name.
    private static let closed: Set<String> = [
        "app-measurement.com", "cloudflare-dns.com", "crashlytics.com", "doubleclick.net", "facebook.com",
        "facebook.net", "fbcdn.net", "google-analytics.com", "googletagmanager.com", "googlevideo.com", "gstatic.com",
        "instagram.com", "netflix.com", "root-servers.net", "signal.org", "telegram.org", "tiktok.com", "tiktokcdn.com",
        "twimg.com", "twitter.com", "whatsapp.com", "whatsapp.net", "wikipedia.org", "x.com", "youtube.com",
        "ytimg.com",
    ]

    /// Names that are no domains of anybody's.
    /// Source: https://www.iana.org/assignments/special-use-domain-names, and what routers call their own networks
    private static let special: Set<String> = [
        "home.arpa", "in-addr.arpa", "ip6.arpa", "home", "internal", "lan", "local", "localdomain", "localhost",
    ]

    /// Pages that are an address of their own: a host without `www.`, and a path.
    private static let pages: Set<String> = [
        "apple.com/support", "apps.apple.com/app", "facebook.com/login.php", "github.com/login", "google.com/maps",
        "google.com/search", "google.com/url", "instagram.com/p", "instagram.com/reel", "linkedin.com/in",
        "reddit.com/r", "twitter.com/i", "whatsapp.com/dl", "x.com/i", "youtube.com/shorts", "youtube.com/watch",
    ]

    /// All of the domains above.
    static let commonHosts = (apple.union(infrastructure).union(services)).sorted()

    /// Networks of Apple's.
    /// Source: https://support.apple.com/101555, "Use Apple products on enterprise networks"
    private static let appleNetworks = networks([
        "17.0.0.0/8", "2403:300::/32", "2620:149::/32", "2a01:b740::/32", "2a01:b747::/32",
    ])

    /// Public resolvers, which many networks and applications use.
    /// Source: the pages of Google Public DNS, Cloudflare 1.1.1.1, Quad9 and OpenDNS about their addresses
    private static let resolvers = networks([
        "1.0.0.1/32", "1.1.1.1/32", "8.8.4.4/32", "8.8.8.8/32", "9.9.9.9/32", "149.112.112.112/32",
        "208.67.220.220/32", "208.67.222.222/32", "2001:4860:4860::8844/128", "2001:4860:4860::8888/128",
        "2606:4700:4700::1001/128", "2606:4700:4700::1111/128", "2620:fe::fe/128",
    ])

    private static func networks(_ texts: [String]) -> [IPNetwork] {
        texts.compactMap { text in text.withBytes { IPNetwork($0) } }
    }

    // MARK: - Processes and applications

    /// Programs that run on every iOS from its start on.
    /// Source: the names of the programs in `/usr/libexec`, `/usr/sbin` and `/System/Library` in the published path list
    /// of an iPhone with iOS 16.3 (BelkaCTF 6, https://belkasoft.com/belkactf6); `launchd` and `kernel_task` are the first
    /// processes of XNU (https://github.com/apple-oss-distributions/xnu).
    static let systemProcesses: Set<String> = [
        "CommCenter", "MobileMail", "MobilePhone", "MobileSMS", "MobileSafari", "Preferences", "SpringBoard",
        "UserEventAgent", "accountsd", "apsd", "assistantd", "backboardd", "bluetoothd", "cfprefsd", "cloudd",
        "com.apple.WebKit.Networking", "com.apple.WebKit.WebContent", "configd", "dataaccessd", "fseventsd", "homed",
        "identityservicesd", "imagent", "installd", "itunesstored", "kernel_task", "launchd", "locationd", "lockdownd",
        "logd", "mDNSResponder", "mediaserverd", "mobileassetd", "notifyd", "nsurlsessiond", "powerd", "rapportd",
        "runningboardd", "securityd", "sharingd", "symptomsd", "syslogd", "tccd", "timed", "trustd", "wifid",
        "BlueTool", "IMDPersistenceAgent", "IMTransferAgent", "OTATaskingAgent", "PowerUIAgent",
        "WirelessRadioManagerd", "adid", "adprivacyd", "aggregated", "akd", "amfid", "analyticsd", "assetsd", "atc",
        "avconferenced", "backupd", "bird", "callservicesd", "cloudpaird", "cloudphotod", "containermanagerd",
        "contextstored", "coreduetd", "coreidvd", "countryd", "cryptexd", "dasd", "diagnosticd", "dmd", "duetexpertd",
        "eventkitsyncd", "familycircled", "filecoordinationd", "findmydeviced", "fmfd", "fmflocatord", "gamed", "geod",
        "griddatad", "healthd", "heartbeatd", "idamd", "idcredd", "inboxupdaterd", "itunescloudd", "kernel", "keybagd",
        "linkd", "lsd", "maild", "mdmd", "mediaanalysisd", "misd", "mobile_assertion_agent", "mobileactivationd",
        "nanoregistryd", "nearbyd", "nehelper", "nesessionmanager", "networkserviceproxy", "nfcd", "nlcd",
        "notification_proxy", "nsurlstoraged", "online-auth-agent", "parsecd", "passd", "peakpowermanagerd", "pfd",
        "photoanalysisd", "pipelined", "pkd", "profiled", "promotedcontentd", "ptpd", "remindd", "replayd",
        "restoreserviced", "routined", "rtcreportingd", "sandboxd", "searchd", "siriknowledged", "softwareupdated",
        "spindump", "splashboardd", "suggestd", "swcd", "tailspind", "thermalmonitord", "tipsd", "transparencyd",
        "triald", "tursd", "tzlinkd", "useractivityd", "usermanagerd", "watchdogd", "wcd", "wifianalyticsd",
        "wifip2pd", "xpcproxy",
    ]

    /// What is left of the longer ones where names are cut: nothing that begins like this is told apart.
    static let cutProcesses = Set(
        systemProcesses.filter { $0.utf8.count > ComparableText.processNameLimit }
            .map { Array($0.utf8.prefix(ComparableText.processNameLimit)) })

    /// Names under which the programs of applications run that most people have, Apple's and others'.
    static let applicationProcesses = [
        "AppStore", "Camera", "Facebook", "FaceTime", "Gmail", "Google", "Instagram", "Mail", "Maps", "Messages",
        "MobileCal", "MobileNotes", "MobileSlideShow", "Music", "Photos", "Safari", "Signal", "Spotify", "Telegram",
        "TikTok", "WhatsApp", "YouTube",
    ]

    /// Programs of iOS whose names are published all the same, for what they did. `BackupAgent` of Operation
    /// Triangulation is the name of a program beside `BackupAgent2` that has no business on the network.
    /// Source: https://securelist.com/operation-triangulation/109842/
    private static let stockPrograms: Set<String> = ["BackupAgent", "BackupAgent2"]

    /// Applications that come with iOS, and the identifiers that they share with their extensions.
    /// Source: https://support.apple.com/guide/deployment/depece748c41, "Bundle IDs for native iOS and iPadOS apps"
    private static let appleApplications: Set<String> = [
        "com.apple.appstore", "com.apple.bridge", "com.apple.calculator", "com.apple.camera", "com.apple.compass",
        "com.apple.documentsapp", "com.apple.facetime", "com.apple.findmy", "com.apple.fitness",
        "com.apple.freeform", "com.apple.health", "com.apple.home", "com.apple.ibooks", "com.apple.maps",
        "com.apple.measure", "com.apple.mobileaddressbook", "com.apple.mobilecal", "com.apple.mobilemail",
        "com.apple.mobileme.fmip1", "com.apple.mobilenotes", "com.apple.mobilephone", "com.apple.mobilesafari",
        "com.apple.mobileslideshow", "com.apple.mobilesms", "com.apple.mobilestore", "com.apple.mobiletimer",
        "com.apple.music", "com.apple.news", "com.apple.passbook", "com.apple.passwords", "com.apple.podcasts",
        "com.apple.preferences", "com.apple.reminders", "com.apple.shortcuts", "com.apple.springboard",
        "com.apple.stocks", "com.apple.store.jolly", "com.apple.tips", "com.apple.translate", "com.apple.tv",
        "com.apple.voicememos", "com.apple.weather", "com.apple.webapp", "com.apple.webkit",
    ]

    /// Applications of other makers that most people have, normalised.
    static let commonApplications: Set<String> = [
        "com.atebits.tweetie2", "com.burbn.instagram", "com.facebook.facebook", "com.facebook.messenger",
        "com.google.chrome.ios", "com.google.gmail", "com.google.googlemobile", "com.google.ios.youtube",
        "com.google.maps", "com.microsoft.office.outlook", "com.netflix.netflix", "com.skype.skype",
        "com.spotify.client", "com.tencent.xin", "com.toyopagroup.picaboo", "com.viber", "com.zhiliaoapp.musically",
        "net.whatsapp.whatsapp", "net.whatsapp.whatsappsmb", "org.whispersystems.signal", "ph.telegra.telegraph",
        "us.zoom.videomeetings",
    ]

    /// Files that every device or backup has under this name, whatever happened to it.
    static let deviceFiles: Set<String> = [
        "AddressBook.sqlitedb", "Bookmarks.db", "Calendar.sqlitedb", "CallHistory.storedata", "DataUsage.sqlite",
        "Documents", "History.db", "Library", "Manifest.db", "Manifest.plist", "NoteStore.sqlite",
        "Photos.sqlite", "SafariTabs.db", "Status.plist", "TCC.db", "com.apple.mobilesafari.plist",
        "com.apple.springboard.plist", "consolidated.db", "knowledgeC.db", "netusage.sqlite", "sms.db", "sms.db-shm",
        "sms.db-wal", "tmp", "voicemail.db",
    ]

    /// Names that files of every kind have.
    private static let fileNames: Set<String> = [
        ".ds_store", "cache.db", "config.json", "data.db", "default.realm", "image.png", "index.html", "info.plist",
        "localizable.strings", "log.txt", "payload", "readme.txt", "settings.plist", "version.plist",
    ]

    // MARK: - Folders

    /// Folders, normalised, that hold more than one thing on every device.
    static let folders: Set<String> = [
        "/", "/Applications", "/Library", "/Library/Caches", "/Library/Preferences", "/System", "/System/Library",
        "/bin", "/data", "/data/app", "/data/data", "/data/local", "/data/local/tmp", "/dev", "/private",
        "/private/etc",
        "/private/var", "/private/var/Keychains", "/private/var/MobileAsset", "/private/var/containers",
        "/private/var/containers/Bundle", "/private/var/containers/Bundle/Application", "/private/var/containers/Data",
        "/private/var/containers/Shared", "/private/var/db", "/private/var/keybags", "/private/var/log",
        "/private/var/logs", "/private/var/mobile", "/private/var/mobile/Containers",
        "/private/var/mobile/Containers/Bundle", "/private/var/mobile/Containers/Bundle/Application",
        "/private/var/mobile/Containers/Data", "/private/var/mobile/Containers/Data/Application",
        "/private/var/mobile/Containers/Shared", "/private/var/mobile/Containers/Shared/AppGroup",
        "/private/var/mobile/Documents", "/private/var/mobile/Library", "/private/var/mobile/Library/Caches",
        "/private/var/mobile/Library/Preferences", "/private/var/mobile/Library/SMS",
        "/private/var/mobile/Library/SMS/Attachments", "/private/var/mobile/Media", "/private/var/mobile/Media/DCIM",
        "/private/var/preferences", "/private/var/root", "/private/var/root/Library",
        "/private/var/root/Library/Caches", "/private/var/root/Library/Preferences", "/private/var/run",
        "/private/var/tmp", "/private/var/wireless", "/sbin", "/sdcard", "/storage", "/storage/emulated",
        "/storage/emulated/0", "/system", "/usr", "/usr/bin", "/usr/lib", "/usr/libexec", "/usr/local", "/usr/sbin",
        "/vendor",
    ]

    /// Paths that lie on every device: what is published for one of them, or for a folder above it, is published for all.
    static let devicePaths = [
        "/Applications/Maps.app/Maps", "/Applications/MobileSafari.app/MobileSafari", "/Library/Wallpaper/x.plist",
        "/System/Library/CoreServices/SpringBoard.app/SpringBoard", "/System/Library/Caches/com.apple.dyld/x",
        "/System/Volumes/Data/x", "/dev/null", "/private/etc/hosts", "/private/preboot/x",
        "/private/var/containers/Bundle/Application/*/WhatsApp.app/WhatsApp",
        "/private/var/db/uuidtext/dsc/x", "/private/var/db/diagnostics/Persist/x", "/private/var/installd/Library/x",
        "/private/var/logs/keybagd.log.0", "/private/var/mobile/Applications/x",
        "/private/var/mobile/Containers/Data/Application/*/Documents/x",
        "/private/var/mobile/Containers/Data/Application/*/Library/Caches/Cache.db",
        "/private/var/mobile/Containers/Data/Application/*/Library/Preferences/net.whatsapp.WhatsApp.plist",
        "/private/var/mobile/Containers/Data/Application/*/tmp/x",
        "/private/var/mobile/Containers/Shared/AppGroup/*/Library/Preferences/group.com.apple.notes.plist",
        "/private/var/mobile/Library/AddressBook/AddressBook.sqlitedb",
        "/private/var/mobile/Library/Caches/com.apple.mobilesafari/Cache.db",
        "/private/var/mobile/Library/CallHistoryDB/CallHistory.storedata", "/private/var/mobile/Library/Logs/x",
        "/private/var/mobile/Library/Logs/CrashReporter/x.ips",
        "/private/var/mobile/Library/Preferences/com.apple.mobilesafari.plist",
        "/private/var/mobile/Library/Preferences/com.apple.springboard.plist",
        "/private/var/mobile/Library/SMS/Attachments/ab/11/x/IMG_0001.HEIC", "/private/var/mobile/Library/SMS/sms.db",
        "/private/var/mobile/Library/Safari/History.db", "/private/var/mobile/Media/DCIM/100APPLE/IMG_0001.HEIC",
        "/private/var/mobile/Media/PhotoData/Photos.sqlite", "/private/var/networkd/netusage.sqlite",
        "/private/var/protected/trustd/private/TrustStore.sqlite3",
        "/private/var/root/Library/Caches/locationd/cache.plist", "/private/var/tmp/com.apple.launchd",
        "/private/var/wireless/Library/Databases/DataUsage.sqlite", "/sbin/launchd", "/usr/lib/dyld",
        "/usr/libexec/backboardd", "/usr/sbin/mediaserverd",
    ]

    private static let devicePathParts = devicePaths.map { path in
        path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
    }

    /// The same, and all folders above them.
    private static let deviceFolderParts: [[[UInt8]]] = {
        var folders: Set<[[UInt8]]> = []
        for parts in devicePathParts {
            for count in parts.indices { folders.insert(Array(parts[...count])) }
        }
        return Array(folders)
    }()

    /// Ends of paths that every home and every container has.
    static let endings: Set<String> = [
        "Caches", "Documents", "Library", "Library/Caches", "Library/Preferences", "Media", "Preferences", "tmp",
    ]
}
