import FileFormats

/// Values that every device has: an expression that agrees with one of them is no trace of anything.
///
/// Nor is one that decides too little of a text, whatever it agrees with: `LIKE 'b%'` is a good part of the Internet.
enum EverydayValues {
    /// Four characters that must be there: what decides less is met by chance.
    static let leastSelectivity = 20

    /// Whether an expression is so general that ordinary values of that kind agree with it.
    static func agree(with expression: BoundedExpression, _ aspect: PatternProperty.Aspect) -> Bool {
        expression.selectivity < leastSelectivity || values(aspect).contains { expression.matches($0) }
    }

    private static func values(_ aspect: PatternProperty.Aspect) -> [String] {
        switch aspect {
        case .host: hosts
        case .hostType: ["domain-name", "ipv4-addr", "ipv6-addr"]
        case .whole: links
        case .processName: processes
        case .address: addresses
        case .fileName: fileNames
        case .path: paths
        case .folder: paths.compactMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } }
        case .identifier: identifiers
        case .number: ["+12025550123", "4915112345678", "08001234567"]
        case .hash:
            [
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "da39a3ee5e6b4b0d3255bfef95601890afd80709", "d41d8cd98f00b204e9800998ecf8427e",
            ]
        }
    }

    /// Hosts that devices contact, a name under each of the suffixes that most domains have, and addresses.
    private static let hosts: [String] =
        BroadValues.commonHosts + BroadValues.commonHosts.map { "www." + $0 }
        + suffixes.map { "www.example." + $0 } + [
            "gateway.icloud.com", "p23-caldav.icloud.com", "courier.push.apple.com", "g.whatsapp.net",
            "en.wikipedia.org", "mail.google.com", "accounts.google.com", "api.twitter.com", "cdn.shopify.com",
            "login.live.com", "iphone.local", "17.253.144.10", "2a00:1450:4001:829::200e",
        ]

    /// Suffixes with the most domains under them.
    /// Source: https://tranco-list.eu, the suffixes of the first hundred thousand domains
    private static let suffixes = [
        "ae", "ai", "app", "ar", "at", "au", "be", "bg", "biz", "blog", "br", "by", "ca", "cc", "ch", "cl", "cloud",
        "club", "cn", "co", "co.in", "co.jp", "co.kr", "co.uk", "com", "com.au", "com.br", "com.cn", "com.mx", "com.tr",
        "com.ua", "cz", "de", "dev", "dk", "edu", "es", "eu", "fi", "fm", "fr", "gov", "gr", "hk", "hr", "hu", "id",
        "ie",
        "il", "in", "info", "int", "io", "ir", "it", "jp", "kr", "kz", "life", "link", "live", "lt", "me", "media",
        "mil",
        "mobi", "mx", "my", "name", "net", "news", "ng", "nl", "no", "nz", "one", "online", "org", "ph", "pk", "pl",
        "pro", "pt", "ro", "rs", "ru", "sa", "se", "sg", "shop", "si", "site", "sk", "space", "store", "su", "tech",
        "th",
        "to", "today", "top", "tr", "tv", "tw", "ua", "uk", "us", "vip", "vn", "website", "world", "xn--p1ai", "xyz",
        "za",
    ]

    private static let links: [String] =
        [
            "https://www.apple.com/", "https://www.google.com/search?q=weather&hl=en", "http://example.org/",
            "https://en.m.wikipedia.org/wiki/Main_Page", "https://www.facebook.com/login.php",
            "https://www.example.com/index.html?id=12345&utm_source=newsletter#top",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://apps.apple.com/us/app/example/id310633997",
            "https://www.example.org/wp-content/uploads/2021/07/image.png", "https://accounts.google.com/signin/v2/",
            "https://mail.google.com/mail/u/0/", "https://t.me/telegram", "https://www.example.com",
            "https://www.example.net", "https://www.example.org",
        ] + suffixes.map { "https://www.example.\($0)/news/2021/article-1.html" }

    private static let processes =
        BroadValues.systemProcesses.sorted() + BroadValues.applicationProcesses
        + [
            "BackupAgent", "BackupAgent2", "net.whatsapp.WhatsApp", "org.whispersystems.signal",
            "com.facebook.Facebook",
            "ph.telegra.Telegraph", "com.google.chrome.ios", "mDNSResponder/net.whatsapp.WhatsApp",
        ]

    private static let addresses: [String] =
        [
            "no_reply@email.apple.com", "info@example.org", "noreply@example.com", "support@example.com",
            "newsletter@mail.example.com", "john.smith1985@gmail.com",
        ]
        + [
            "gmail.com", "icloud.com", "me.com", "mac.com", "hotmail.com", "outlook.com", "live.com", "msn.com",
            "yahoo.com", "yahoo.co.uk", "ymail.com", "aol.com", "gmx.de", "gmx.net", "web.de", "mail.ru", "yandex.ru",
            "proton.me", "protonmail.com", "qq.com", "163.com", "orange.fr", "free.fr", "libero.it", "comcast.net",
            "privaterelay.appleid.com",
        ].map { "someone@" + $0 } + suffixes.map { "office@example." + $0 }

    private static let fileNames =
        BroadValues.deviceFiles.sorted() + [
            "Info.plist", "IMG_0001.HEIC", "IMG_0002.JPG", "IMG_0003.MOV", "log.txt", "Cache.db", "Cache.db-wal",
            "com.apple.mobilesafari.plist", "com.apple.springboard.plist", "com.apple.Preferences.plist",
            "group.com.apple.notes.plist", "net.whatsapp.WhatsApp.plist", "com.facebook.Facebook.plist", "index.html",
            "image.png", "Localizable.strings", "WhatsApp", "Assets.car", "CodeResources", "settings.json",
            "default.realm", "Preferences.sqlite", "audio.m4a", "document.pdf", "video.mp4", "photo.jpeg",
            "keybagd.log.0", "UserEventAgent", "Documents", "Library",
        ]

    private static let paths = BroadValues.devicePaths

    private static let identifiers =
        BroadValues.commonApplications.sorted() + [
            "com.apple.mobilesafari", "com.apple.mobilesms", "com.apple.preferences", "com.apple.springboard",
            "com.apple.webkit.networking", "com.google.chrome.ios", "com.google.gmail", "org.example.app",
            "com.example.app", "net.example.application", "io.example.app", "de.example.app", "co.example.app",
            "me.example.app", "uk.co.example.app", "ru.example.app", "com.company.mobile.agent",
            "group.com.apple.notes",
        ]
}
