import Testing

@testable import LinkResolution

/// What a service names, as text.
struct NamedAddressTests {
    @Test(arguments: [
        ("https://far.example/a b", "https://far.example/a b"), ("  https://far.example/", "https://far.example/"),
        ("javascript:alert(1)", "javascript:alert(1)"), ("itms-apps://x", "itms-apps://x"),
        ("//far.example/x", "http://bit.ly.example/x"), ("/other", "http://bit.ly/other"),
        ("?q", "http://bit.ly/a/b?q"), ("c", "http://bit.ly/a/c"), ("#f", "http://bit.ly/a/b?x=1"),
        ("a/b:c", "http://bit.ly/a/a/b:c"),
    ])
    func `a relative address is completed, and nothing else is changed`(location: String, whole: String) {
        let expected = location.hasPrefix("//") ? "http:" + location : whole
        #expect(NamedAddress.absolute(location, from: "http://bit.ly/a/b?x=1") == expected)
    }

    @Test func `a link without a path has its folder at the root`() {
        #expect(NamedAddress.absolute("c", from: "http://bit.ly") == "http://bit.ly/c")
        #expect(NamedAddress.absolute("/c", from: "http://bit.ly?x") == "http://bit.ly/c")
    }

    @Test(arguments: [
        "", "   ", "https://far.example/\u{1B}[2J", "https://far.example/\u{7F}", "https://far.example/\u{9B}x",
        "https://far.example/" + String(repeating: "a", count: 5_000), "a\0b",
    ])
    func `what can be no address is none`(location: String) {
        #expect(NamedAddress.absolute(location, from: "http://bit.ly/a") == nil)
    }

    @Test(arguments: [
        "", "127.0.0.1:1", "http://", "ftp://127.0.0.1:1", "http://a b:1", "http://127.0.0.1:99999",
        "http://127.0.0.1:1\n", "direct://", "none", "http://127.0.0.1:0",
    ])
    func `what is no proxy is refused`(text: String) { #expect(WebProxy(text) == nil) }

    @Test func `the name of a proxy holds no password`() {
        #expect(WebProxy("http://user:secret@proxy.example:8118")?.name == "proxy.example:8118")
    }
}
