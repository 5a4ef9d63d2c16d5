/// Values that match what everybody has, and so are no indicators, whoever publishes them.
///
/// Short on purpose: what stands here is refused or marked, and the reader is told why. Suffixes are not listed here; they
/// are looked up in ``PublicSuffixList``.
enum BroadValues {
    /// Why a host is refused if it is published without a path, or `nil`. Only the name itself and the same with `www.`
    /// are meant: `evil.example.com` is an indicator where `example.com` is none.
    static func reasonToRefuse(host: String) -> String? {
        let name = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
        return refusals[name]
    }

    /// All hosts that are refused, with the reason: one question, since it is asked of every domain that is loaded.
    private static let refusals: [String: String] = {
        var refusals: [String: String] = [:]
        for (hosts, reason) in [
            (ShortLinks.hosts, "The domain shortens everybody's links; publish the link."),
            (services, "Most devices contact this service."),
            (infrastructure, "Devices reach half of the Internet through this domain."),
            (apple, "Every iPhone contacts this domain of Apple's."),
        ] {
            for host in hosts { refusals[host] = reason }
        }
        return refusals
    }()

    /// Why a process is refused, or `nil`.
    static func reasonToRefuse(process: String) -> String? {
        let name = process.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(process[process.index(after: $0)...]) }
        return systemProcesses.contains(name ?? process) ? "A process of this name runs on every iPhone." : nil
    }

    /// Why an application is refused, or `nil`.
    static func reasonToRefuse(application: String) -> String? {
        let identifier = application.lowercased()
        return appleApplications.contains(identifier) || appleApplications.contains { identifier.hasPrefix($0 + ".") }
            ? "The application is Apple's, and on every iPhone." : nil
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

    // MARK: - Processes and applications

    /// Programs that run on every iOS from its start on.
    /// Source: the names of the programs in `/usr/libexec`, `/usr/sbin` and `/System/Library` in the published path list
    /// of an iPhone with iOS 16.3 (BelkaCTF 6, https://belkasoft.com/belkactf6); `launchd` and `kernel_task` are the first
    /// processes of XNU (https://github.com/apple-oss-distributions/xnu).
    private static let systemProcesses: Set<String> = [
        "CommCenter", "MobileMail", "MobilePhone", "MobileSMS", "MobileSafari", "Preferences", "SpringBoard",
        "UserEventAgent", "accountsd", "apsd", "assistantd", "backboardd", "bluetoothd", "cfprefsd", "cloudd",
        "com.apple.WebKit.Networking", "com.apple.WebKit.WebContent", "configd", "dataaccessd", "fseventsd", "homed",
        "identityservicesd", "imagent", "installd", "itunesstored", "kernel_task", "launchd", "locationd", "lockdownd",
        "logd", "mDNSResponder", "mediaserverd", "mobileassetd", "notifyd", "nsurlsessiond", "powerd", "rapportd",
        "runningboardd", "securityd", "sharingd", "symptomsd", "syslogd", "tccd", "timed", "trustd", "wifid",
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

    /// Ends of paths that every home and every container has.
    static let endings: Set<String> = [
        "Caches", "Documents", "Library", "Library/Caches", "Library/Preferences", "Media", "Preferences", "tmp",
    ]
}
