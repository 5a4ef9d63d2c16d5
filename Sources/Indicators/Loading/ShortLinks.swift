/// Services that stand a short link for a long one.
///
/// Where such a link led is not in the evidence, and nothing here asks for it: asking tells the service, and whoever made
/// the link, that somebody examines it. Only `--resolve-short-links` asks, in `LinkResolution`.
public enum ShortLinks {
    /// Whether a link is shortened by a well-known service.
    public static func isShortened(_ link: String) -> Bool { link.withBytes { host(of: $0) } != nil }

    /// The normalised host of a link, if it is that of a service. Nothing is taken from the heap for other links.
    static func host(of link: UnsafeBufferPointer<UInt8>) -> String? {
        HostName.normalise(link) { host, form, _ -> String? in
            guard form == .name, host.count <= longest + www.count else { return nil }
            let name = host.starts(with: www) ? UnsafeBufferPointer(rebasing: host[www.count...]) : host
            guard name.count <= longest, hosts.contains(String(decoding: name, as: UTF8.self)) else { return nil }
            return String(decoding: host, as: UTF8.self)
        } ?? nil
    }

    private static let www = Array("www.".utf8)
    private static let longest = hosts.map(\.utf8.count).max() ?? 0

    /// Normalised hosts. Each is named as its short domain by the service that runs it: Bitly, TinyURL, X (`t.co`),
    /// LinkedIn, Google, Microsoft, Telegram (`t.me`), Meta, Hootsuite (`ow.ly`), Buffer, Rebrandly, Yandex (`clck.ru`),
    /// VK (`vk.cc`), Sina (`t.cn`), WordPress (`wp.me`), Reddit, Spotify, Dropbox (`db.tt`), Medium and others.
    static let hosts: Set<String> = [
        "1drv.ms", "adf.ly", "aka.ms", "amzn.to", "apple.news", "b23.ru", "bc.vc", "bit.do", "bit.ly", "bitly.com",
        "bl.ink", "buff.ly", "clck.ru", "cutt.ly", "db.tt", "dlvr.it", "dub.sh", "fb.me", "flic.kr", "forms.gle",
        "gg.gg", "goo.gl", "goo.su", "ht.ly", "is.gd", "j.mp", "lnkd.in", "lnk.to", "me.qr", "nyti.ms", "ow.ly",
        "page.link", "qr.ae", "rb.gy", "rebrand.ly", "redd.it", "reut.rs", "s.id", "shorturl.at", "short.io",
        "shorte.st", "soo.gd", "spoti.fi", "su.pr", "t.cn", "t.co", "t.ly", "t.me", "tiny.cc", "tiny.one",
        "tinyurl.com",
        "tr.im", "u.to", "urlz.fr", "url.cn", "v.gd", "vk.cc", "wa.me", "wp.me", "x.co", "x.gd", "youtu.be", "zpr.io",
    ]
}
