/// Values that match what everybody has, and so are no indicators, whoever publishes them.
///
/// Short on purpose: what stands here is refused, and the reader is told.
enum BroadValues {
    /// Suffixes under which anybody can have a domain. A selection of the most used ones of https://publicsuffix.org.
    static let suffixes: Set<String> = [
        "ac", "ae", "ai", "app", "ar", "asia", "at", "au", "be", "bg", "biz", "br", "by", "ca", "cc", "ch", "cl",
        "click",
        "cloud", "club", "cn", "co", "com", "cz", "de", "dev", "dk", "edu", "ee", "es", "eu", "fi", "fr", "gov", "gr",
        "hk",
        "hr", "hu", "icu", "id", "ie", "il", "in", "info", "int", "io", "ir", "is", "it", "jp", "ke", "kr", "kz",
        "life",
        "link", "live", "lt", "lu", "lv", "ma", "me", "mil", "mobi", "mx", "my", "name", "net", "news", "ng", "nl",
        "no",
        "nz", "online", "org", "ph", "pk", "pl", "pro", "pt", "pw", "ro", "rs", "ru", "sa", "se", "sg", "shop", "si",
        "site",
        "sk", "space", "store", "su", "tech", "th", "tk", "to", "top", "tr", "tv", "tw", "ua", "uk", "us", "vip", "vn",
        "website", "work", "world", "ws", "xyz", "za",
        "ac.uk", "co.id", "co.il", "co.in", "co.jp", "co.ke", "co.kr", "co.nz", "co.th", "co.uk", "co.za", "com.ar",
        "com.au",
        "com.br", "com.cn", "com.co", "com.eg", "com.hk", "com.mx", "com.my", "com.ng", "com.ph", "com.pl", "com.sa",
        "com.sg", "com.tr", "com.tw", "com.ua", "com.vn", "gov.uk", "ne.jp", "net.au", "or.jp", "org.au", "org.uk",
        "appspot.com", "azurewebsites.net", "blogspot.com", "cloudfront.net", "duckdns.org", "firebaseapp.com",
        "github.io",
        "gitlab.io", "herokuapp.com", "myshopify.com", "netlify.app", "ngrok.io", "pages.dev", "s3.amazonaws.com",
        "vercel.app", "web.app", "wixsite.com", "wordpress.com", "workers.dev",
    ]

    /// Folders, normalised, that hold more than one thing on every device.
    static let folders: Set<String> = [
        "/", "/Applications", "/Library", "/System", "/System/Library", "/bin", "/data", "/data/app", "/data/data",
        "/data/local", "/data/local/tmp", "/dev", "/private", "/private/etc", "/private/var", "/private/var/Keychains",
        "/private/var/containers", "/private/var/containers/Bundle", "/private/var/containers/Bundle/Application",
        "/private/var/containers/Data", "/private/var/containers/Shared", "/private/var/db", "/private/var/log",
        "/private/var/logs", "/private/var/mobile", "/private/var/mobile/Containers", "/private/var/mobile/Library",
        "/private/var/mobile/Library/Caches", "/private/var/mobile/Library/Preferences", "/private/var/mobile/Media",
        "/private/var/preferences", "/private/var/root", "/private/var/root/Library",
        "/private/var/root/Library/Caches",
        "/private/var/root/Library/Preferences", "/private/var/run", "/private/var/tmp", "/private/var/wireless",
        "/sbin",
        "/sdcard", "/storage", "/storage/emulated", "/system", "/usr", "/usr/bin", "/usr/lib", "/usr/libexec",
        "/usr/local",
        "/usr/sbin", "/vendor",
    ]
}
