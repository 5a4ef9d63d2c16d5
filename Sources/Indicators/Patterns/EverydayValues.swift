import FileFormats

/// Values that every device has: an expression that agrees with one of them is no trace of anything.
enum EverydayValues {
    /// Whether an expression agrees with any of the values of that kind.
    static func agree(with expression: BoundedExpression, _ aspect: PatternProperty.Aspect) -> Bool {
        values(aspect).contains { expression.matches($0) }
    }

    private static func values(_ aspect: PatternProperty.Aspect) -> [String] {
        switch aspect {
        case .host:
            [
                "apple.com", "www.apple.com", "gateway.icloud.com", "p23-caldav.icloud.com", "www.google.com",
                "facebook.com", "en.wikipedia.org", "g.whatsapp.net", "example.org", "17.253.144.10",
                "2a00:1450:4001:829::200e",
            ]
        case .hostType: ["domain-name", "ipv4-addr", "ipv6-addr"]
        case .whole:
            [
                "https://www.apple.com/", "https://www.google.com/search?q=weather&hl=en", "http://example.org/",
                "https://en.m.wikipedia.org/wiki/Main_Page", "https://www.facebook.com/login.php",
            ]
        case .processName:
            ["launchd", "SpringBoard", "backboardd", "mediaserverd", "MobileSafari", "WhatsApp", "BackupAgent"]
        case .address: ["someone@gmail.com", "no_reply@email.apple.com", "someone@icloud.com", "info@example.org"]
        case .fileName:
            ["sms.db", "Info.plist", "IMG_0001.HEIC", "com.apple.mobilesafari.plist", "log.txt", "Cache.db"]
        case .path:
            [
                "/private/var/mobile/Library/SMS/sms.db", "/private/var/mobile/Media/DCIM/100APPLE/IMG_0001.HEIC",
                "/private/var/mobile/Library/Preferences/com.apple.mobilesafari.plist", "/usr/libexec/backboardd",
                "/private/var/mobile/Containers/Data/Application/net.whatsapp.WhatsApp/Library/Caches/x",
                "/private/var/logs/keybagd.log.0", "/private/var/tmp/com.apple.launchd", "/Applications/Maps.app/Maps",
            ]
        case .folder:
            [
                "/private/var/mobile/Library/SMS", "/private/var/mobile/Media/DCIM/100APPLE", "/usr/libexec",
                "/private/var/mobile/Library/Preferences", "/private/var/tmp", "/private/var/logs",
            ]
        case .identifier:
            ["com.apple.mobilesafari", "net.whatsapp.whatsapp", "com.google.chrome.ios", "org.example.app"]
        case .number: ["+12025550123", "4915112345678", "08001234567"]
        case .hash:
            [
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "da39a3ee5e6b4b0d3255bfef95601890afd80709", "d41d8cd98f00b204e9800998ecf8427e",
            ]
        }
    }
}
