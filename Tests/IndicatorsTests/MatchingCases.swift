import ArtifactModel
import Indicators
import Testing

/// One row: an indicator, a text of the evidence, and in what manner they agree, if they do.
struct MatchingCase: Sendable, CustomTestStringConvertible {
    let indicator: Indicator
    let kind: Observable.Kind
    let text: String
    let manner: IndicatorMatch.Manner?
    let why: String

    init(
        _ indicatorKind: Indicator.Kind, _ value: String, _ kind: Observable.Kind, _ text: String,
        _ manner: IndicatorMatch.Manner?, _ why: String
    ) {
        indicator = Indicator(indicatorKind, value, source: "table")
        self.kind = kind
        self.text = text
        self.manner = manner
        self.why = why
    }

    var testDescription: String { "\(indicator.value) ~ \(text): \(why)" }

    static let all = hosts + addresses + links + paths + processes + people + identifiers

    private static let sixteen = "com.apple.verylo"
    private static let hash = String(repeating: "0aB1", count: 16)

    static let hosts: [MatchingCase] = [
        .init(.domainName, "evil.test", .url, "https://evil.test/", .exact, "the host itself"),
        .init(.domainName, "evil.test", .url, "https://evil.test", .exact, "no path"),
        .init(.domainName, "evil.test", .url, "HTTPS://EVIL.Test/A", .exact, "upper case"),
        .init(.domainName, "EVIL.test", .url, "https://evil.test/", .exact, "upper case in the indicator"),
        .init(.domainName, "evil.test", .url, "http://user:pw@evil.test/", .exact, "user information"),
        .init(.domainName, "evil.test", .url, "http://good.test@evil.test/", .exact, "a host as user name"),
        .init(.domainName, "good.test", .url, "http://good.test@evil.test/", nil, "a user name is no host"),
        .init(.domainName, "evil.test", .url, "http://a@b@evil.test/", .exact, "the last @ counts"),
        .init(.domainName, "evil.test", .url, "https://evil.test:8443/x", .exact, "a port"),
        .init(.domainName, "evil.test", .url, "evil.test:8443", .exact, "a port without a scheme"),
        .init(.domainName, "evil.test", .hostName, "evil.test.", .exact, "a dot at the end"),
        .init(.domainName, "evil.test", .url, "https://evil.test..", .exact, "the dots of a sentence"),
        .init(.domainName, "evil.test", .url, "https://a.b.evil.test/", .subdomain, "two labels below"),
        .init(.domainName, "evil.test", .url, "https://www.evil.test/", .subdomain, "www is below"),
        .init(.domainName, "www.evil.test", .url, "https://www.evil.test/", .exact, "www on both sides"),
        .init(.domainName, "www.evil.test", .url, "https://evil.test/", .exact, "www only in the indicator"),
        .init(.domainName, "www.evil.test", .url, "https://a.www.evil.test/", .subdomain, "below www"),
        .init(.domainName, "www.evil.test", .url, "https://a.evil.test/", nil, "a neighbour of www"),
        .init(.domainName, "www.com", .url, "https://example.com/", nil, "www is the domain here"),
        .init(.domainName, "evil.test", .url, "https://notevil.test/", nil, "no label boundary"),
        .init(.domainName, "evil.test", .url, "https://evil.test.attacker.example/", nil, "the name in front"),
        .init(.domainName, "evil.test", .url, "https://1.2.3.4/?r=evil.test", nil, "the name in the query"),
        .init(.domainName, "evil.test", .url, "https://good.test/evil.test/", nil, "the name in the path"),
        .init(.domainName, "evil.test", .url, "https://good.test#@evil.test/", nil, "the host ends at the fragment"),
        .init(.domainName, "good.test", .url, "https://good.test\\@evil.test/", .exact, "browsers read \\ as /"),
        .init(.domainName, "sub.evil.test", .url, "https://sub.evil.test:8443/", .exact, "deep, with a port"),
        .init(.domainName, "sub.evil.test", .url, "https://user@sub.evil.test/", .exact, "deep, with a user"),
        .init(.domainName, "sub.evil.test", .url, "https://x.sub.evil.test/", .subdomain, "below deep"),
        .init(.domainName, "sub.evil.test", .url, "https://sub.evil.test.", .exact, "deep, sentence end"),
        .init(.domainName, "sub.evil.test", .url, "https://www.sub.evil.test/", .subdomain, "deep, with www"),
        .init(.domainName, "sub.evil.test", .url, "https://evil.test/", nil, "above the indicator"),
        .init(.domainName, "*.evil.test", .url, "https://a.evil.test/", .subdomain, "a star in the indicator"),
        .init(.domainName, ".evil.test", .url, "https://evil.test/", .exact, "a dot in front of the indicator"),
        .init(.domainName, "foo.github.io", .url, "https://a.foo.github.io/", .subdomain, "a private suffix"),
        .init(.domainName, "bücher.test", .url, "https://xn--bcher-kva.test/", .exact, "Punycode in the evidence"),
        .init(.domainName, "xn--bcher-kva.test", .url, "https://BÜCHER.test/", .exact, "Punycode in the indicator"),
        .init(.domainName, "xn--bcher-kva.test", .url, "https://b%C3%BCcher.test/", .exact, "escapes in the host"),
        .init(.domainName, "evil.test", .url, "https://ev%69l.test/", .exact, "an escaped letter"),
        .init(.domainName, "evil.test", .hostName, "evil。test", .exact, "U+3002"),
        .init(.domainName, "evil.test", .hostName, "evil．test", .exact, "U+FF0E"),
        .init(.domainName, "evil.test", .hostName, "a.evil｡test", .subdomain, "U+FF61"),
        .init(.domainName, "evil.test", .hostName, "ｅｖｉｌ.test", .exact, "full width"),
        .init(.domainName, "evil.test", .url, "https:evil.test", .exact, "no slashes, as browsers allow"),
        .init(.domainName, "evil.test", .url, "https:///evil.test", .exact, "three slashes, as browsers allow"),
        .init(.domainName, "evil.test", .url, "//evil.test/x", .exact, "relative to the scheme"),
        .init(.domainName, "evil.test", .url, "blob:https://evil.test/0-1", .exact, "a wrapped link"),
        .init(.domainName, "evil.test", .url, "ftp://evil.test", .exact, "another scheme"),
        .init(.domainName, "evil.test", .url, "mailto:a@evil.test", nil, "not a link to a host"),
        .init(.domainName, "evil.test", .url, "file:///evil.test/x", nil, "no host at all"),
        .init(.domainName, "evil.test", .url, "  https://evil.test/\n", .exact, "white space around it"),
        .init(.domainName, "evil.test", .url, "https://ev\til.test/", .exact, "a tab, which browsers ignore"),
        .init(.domainName, "evil.test", .filePath, "/evil.test", nil, "a path is no host"),
        .init(.domainName, "evil.test", .emailAddress, "a@evil.test", nil, "an address is not compared with domains"),
        .init(.domainName, "evil.test/x", .url, "https://evil.test/x/y", .pathPrefix, "a domain with a path"),
        .init(.domainName, "evil.test/x", .url, "https://evil.test/xy", nil, "another path"),
        .init(.domainName, "evil.test/x", .hostName, "evil.test", nil, "the path is not known"),
        .init(.domainName, "evil.test", .url, "", nil, "nothing"),
        .init(.domainName, "evil.test", .url, "https://", nil, "nothing behind the scheme"),
        .init(.domainName, "evil.test", .url, "https://[::", nil, "a broken address"),
    ]

    static let addresses: [MatchingCase] = [
        .init(.ipv4Address, "198.51.100.1", .url, "http://198.51.100.1:80/", .exact, "a port"),
        .init(.ipv4Address, "198.51.100.1", .hostName, "198.51.100.1", .exact, "bare"),
        .init(.ipv4Address, "198.51.100.1", .hostName, "198.51.100.12", nil, "a longer number"),
        .init(.ipv4Address, "198.51.100.1", .hostName, "1198.51.100.1", nil, "a number before"),
        .init(.ipv4Address, "1.1.1.1", .url, "https://11.1.1.12/", nil, "inside another address"),
        .init(.ipv4Address, "51.100.1.7", .hostName, "198.51.100.1.7", nil, "an address has no subdomains"),
        .init(.ipv4Address, "198.51.100.1", .url, "http://0xC6336401/", .exact, "one hexadecimal number"),
        .init(.ipv4Address, "198.51.100.1", .url, "http://3325256705/", .exact, "one decimal number"),
        .init(.ipv4Address, "198.51.100.1", .hostName, "::ffff:198.51.100.1", .exact, "mapped into IPv6"),
        .init(.ipv4Address, "198.51.100.1", .url, "https://198.51.100.1.evil.test/", nil, "a name that begins like it"),
        .init(.domainName, "198.51.100.1", .url, "http://198.51.100.1/", .exact, "published as a domain"),
        .init(.ipv6Address, "2001:DB8::1", .url, "http://[2001:db8:0:0::1]:443/", .exact, "another notation"),
        .init(.ipv6Address, "2001:db8::1", .hostName, "2001:db8::1", .exact, "bare"),
        .init(.ipv6Address, "2001:db8::1", .hostName, "2001:db8::12", nil, "another address"),
        .init(.ipv6Address, "2001:db8::1", .hostName, "2001:db8::1%en0", .exact, "with a zone"),
    ]

    static let links: [MatchingCase] = [
        .init(.url, "http://example.test/bad", .url, "http://example.test/bad", .urlExact, "the same bytes"),
        .init(.url, "http://example.test/bad", .url, "HTTP://Example.TEST:80/bad#top", .urlNormalised, "default port"),
        .init(.url, "https://example.test/a?x=1&y=2", .url, "https://example.test/a?x=1&y=2", .urlExact, "a query"),
        .init(.url, "https://example.test", .url, "https://example.test/", .urlNormalised, "an empty path"),
        .init(.url, "https://example.test?q", .url, "https://example.test/?q", .urlNormalised, "an empty path, query"),
        .init(.url, "http://example.test/bad", .url, "http://example.test/bad/", nil, "another path"),
        .init(.url, "http://example.test/bad", .url, "http://example.test/bad?x=1", nil, "a query is part of it"),
        .init(.url, "http://example.test/bad", .url, "http://example.test/BAD", nil, "case matters in paths"),
        .init(.url, "http://example.test/bad", .url, "https://example.test/bad", nil, "another scheme"),
        .init(.url, "http://example.test:8080/", .url, "http://example.test/", nil, "another port"),
        .init(.url, "example.test/bad", .url, "http://example.test/bad", .urlNormalised, "no scheme means both"),
        .init(.url, "http://example.test/bad", .hostName, "example.test", nil, "a host is no link"),
    ]

    static let paths: [MatchingCase] = [
        .init(.filePath, "/private/var/tmp/foo/", .filePath, "/private/var/tmp/foo", .exact, "the folder"),
        .init(.filePath, "/private/var/tmp/foo/", .filePath, "/private/var/tmp/foo/a/b", .pathPrefix, "below it"),
        .init(.filePath, "/private/var/tmp/foo/", .filePath, "/private/var/tmp/foobar", nil, "no boundary"),
        .init(.filePath, "/private/var/tmp/hooker", .filePath, "private/var/tmp/hooker", .exact, "no slash in front"),
        .init(.filePath, "/private/var/tmp/hooker", .filePath, "/var/tmp/hooker", .exact, "/var"),
        .init(.filePath, "/tmp/kusama.txt", .filePath, "/private/var/tmp/kusama.txt", .exact, "/tmp in the indicator"),
        .init(.filePath, "/private/var/tmp/l/", .filePath, "/tmp/l/x", .pathPrefix, "/tmp in the evidence"),
        .init(.filePath, "/private/var/tmp/l/", .filePath, "/private/var/tmp/launchd-foo", nil, "measured"),
        .init(.filePath, "/private/var/tmp/stop", .filePath, "/private/var/tmp/stopwatch", nil, "measured"),
        .init(.filePath, "/private/var/logs/keybagd/", .filePath, "/private/var/logs/keybagd.log.0", nil, "measured"),
        .init(.filePath, "/private/var/logs/keybagd/", .filePath, "/private/var/logs/keybagd/log", .pathPrefix, "real"),
        .init(.filePath, "/private/etc/x", .filePath, "/etc/x", .exact, "/etc"),
        .init(.filePath, "/private/var/tmp/x", .filePath, "//private/./var//tmp/x/", .exact, "slashes and dots"),
        .init(.filePath, "/private/var/tmp/x", .filePath, "/private/var/db/../tmp/x", .exact, "a step back"),
        .init(.filePath, "/private/var/tmp/x", .filePath, "/private/variant/tmp/x", nil, "/var as a beginning"),
        .init(.filePath, "/private/var/tmp/x", .filePath, "/variant/tmp/x", nil, "/var as a beginning of the root"),
        .init(.filePath, "/private/var/tmp/x", .filePath, "/private/var/tmp/X", nil, "case matters on iOS"),
        .init(
            .filePath, "/private/var/db/stage/sub", .filePath,
            "/private/var/db/stage/sub/0A1B2C3D-0000-1111-2222-333344445555", .exact, "the UUID of iOS 26"),
        .init(
            .fileName, "sub", .filePath, "/private/var/db/stage/sub/0A1B2C3D-0000-1111-2222-333344445555", .fileName,
            "the UUID of iOS 26 behind a name"),
        .init(.fileName, "roleaccountd.plist", .filePath, "/a/roleaccountd.plist", .fileName, "the last part"),
        .init(.fileName, "roleaccountd.plist", .filePath, "roleaccountd.plist", .fileName, "the only part"),
        .init(.fileName, "roleaccountd.plist", .filePath, "/roleaccountd.plist/x", nil, "a folder"),
        .init(.fileName, "roleaccountd.plist", .filePath, "/a/xroleaccountd.plist", nil, "a longer name"),
        .init(.filePath, "/private/var/tmp/x", .filePath, "/", nil, "the root"),
    ]

    static let processes: [MatchingCase] = [
        .init(.processName, "bh", .processName, "bh", .exact, "the name"),
        .init(.processName, "bh", .processName, "bh/com.apple.datausage.dns.multicast", .exact, "the first half"),
        .init(.processName, "roleaboutd", .processName, "roleaboutd/com.apple.x", .exact, "the first half, published"),
        .init(.processName, "com.apple.x", .processName, "mDNSResponder/com.apple.x", .exact, "the second half"),
        .init(.processName, "bh", .processName, "/private/var/db/stage/bh", .exact, "the last part of a path"),
        .init(.processName, "bh", .processName, "/private/bh/stage", nil, "a folder on the path"),
        .init(.processName, "bh", .processName, "BH", nil, "case matters"),
        .init(.processName, "bh", .processName, "bhx", nil, "a longer name"),
        .init(.processName, "bh", .filePath, "/a/bh/Passport.strings", nil, "a folder of an application"),
        .init(.processName, "BackupAgent", .filePath, "/usr/libexec/BackupAgent", nil, "a file of every iOS"),
        .init(.processName, "com.apple.verylongprocessname", .processName, sixteen, .truncated, "cut at 16"),
        .init(.processName, "com.apple.verylongprocessname", .processName, sixteen + "n", nil, "17 is not cut"),
        .init(.processName, "com.apple.verylongprocessname", .processName, "com.apple.veryl", nil, "15 is not cut"),
        .init(.processName, "com.apple.verylongprocessname", .processName, sixteen + "/x.y", .truncated, "cut half"),
        .init(.processName, "com.apple.verylongprocessname", .processName, "/usr/" + sixteen, nil, "paths are not cut"),
        .init(.processName, sixteen, .processName, sixteen, .exact, "16 and not cut"),
        .init(.filePath, "/private/var/tmp/hooker", .processName, "hooker", nil, "a path is no process"),
    ]

    static let people: [MatchingCase] = [
        .init(.emailAddress, "a.b@evil.test", .emailAddress, "A.B@Evil.test", .exact, "case"),
        .init(.emailAddress, "A.B@evil.test", .account, "a.b@evil.test", .exact, "case of the indicator, an account"),
        .init(.emailAddress, "a@evil.test", .account, "mailto:a@evil.test", .exact, "mailto"),
        .init(.emailAddress, "a@evil.test", .emailAddress, "\"Ann\" <a@evil.test>", .exact, "a display name"),
        .init(.emailAddress, "a@evil.test", .emailAddress, "'a@evil.test'", .exact, "quotation marks"),
        .init(.emailAddress, "a@evil.test", .emailAddress, "aa@evil.test", nil, "another person"),
        .init(.emailAddress, "a@evil.test", .account, "+49 30 1234567", nil, "a number"),
        .init(.emailAddress, "a@evil.test", .phoneNumber, "a@evil.test", nil, "numbers match nothing"),
        .init(.domainName, "evil.test", .account, "+49301234567", nil, "a number is no host"),
    ]

    static let identifiers: [MatchingCase] = [
        .init(.applicationIdentifier, "com.Client.appA", .applicationIdentifier, "com.client.appa", .exact, "case"),
        .init(.applicationIdentifier, "com.client", .applicationIdentifier, "com.client.app", nil, "equality only"),
        .init(
            .profileIdentifier, "76DAB334-7E17-475D-A5D6-0794EB5818A5", .profileIdentifier,
            "{76dab334-7e17-475d-a5d6-0794eb5818a5}", .exact, "braces and case"),
        .init(
            .profileIdentifier, "76DAB334-7E17-475D-A5D6-0794EB5818A5", .profileIdentifier, "76DAB334", nil, "a part"),
        .init(.fileHashSHA256, hash, .fileHash, hash.uppercased(), .exact, "case of digits"),
        .init(.fileHashSHA256, hash, .fileHash, String(hash.dropLast()), nil, "a digit is missing"),
        .init(.fileHashSHA256, hash, .certificateHash, hash, nil, "a file is no certificate"),
        .init(.certificateHash, "AB:CD:EF", .certificateHash, "abcdef", .exact, "colons"),
        .init(.androidProperty, "sys.brand.note", .processName, "sys.brand.note", nil, "nothing has properties"),
    ]
}
