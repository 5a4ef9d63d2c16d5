import Indicators
import Testing

/// What of a link is asked for, and what of it never is.
struct ShortLinkTests {
    @Test(arguments: [
        ("http://bit.ly/abc", "http://bit.ly/abc"), ("HTTPS://BIT.LY/AbC#part", "https://bit.ly/AbC"),
        ("bit.ly/abc", "https://bit.ly/abc"), ("https://bit.ly./abc", "https://bit.ly/abc"),
        ("http://name:secret@bit.ly/abc", "http://bit.ly/abc"), ("https://bit.ly:443/a?b=c", "https://bit.ly/a?b=c"),
        ("http://bit.ly:80/abc", "http://bit.ly/abc"), ("https://www.tinyurl.com/a", "https://www.tinyurl.com/a"),
        ("https://wa.me?text=a b", "https://wa.me/?text=a%20b"), ("https://t.co/é\"<>", "https://t.co/%C3%A9%22%3C%3E"),
        ("https://bit.ly\\abc", "https://bit.ly/abc"), ("https://bit.ly/a%20b", "https://bit.ly/a%20b"),
        ("  https://bit.ly/abc \n", "https://bit.ly/abc"),
    ])
    func `a short link has one form, which stays itself`(link: String, text: String) throws {
        guard case .askable(let found) = ShortLink.read(link) else {
            Issue.record("\(link) is askable")
            return
        }
        #expect(found.text == text)
        #expect(ShortLink.read(found.text) == .askable(found))
        #expect(ShortLinks.isShortened(link))
    }

    @Test(arguments: [
        "http://user:pw@bit.ly:22/x", "ftp://bit.ly/x", "https://bit.ly:80/x", "http://bit.ly:443/x", "bit.ly:8080/x",
        "https://bit.ly/a\u{07}b", "https://bit.ly/a\r\nHost: far.example", "https://bit.ly/\u{7F}",
        "https://bit.ly/" + String(repeating: "a", count: 3_000),
        "https://bit.ly/" + String(repeating: "é", count: 500),
    ])
    func `what no service has is not asked`(link: String) { #expect(ShortLink.read(link) == .unfit) }

    @Test(arguments: [
        "", "https://bit.ly", "https://bit.ly/", "https://bit.ly/?", "https://bit.ly/#a",
        "https://example.org/bit.ly/x",
        "https://bit.ly.example.org/x", "https://abit.ly/x", "https://bit.ly@example.org/x", "mailto:a@bit.ly",
        "javascript:bit.ly/x", "https://127.0.0.1/x", "file:///bit.ly/x", "https://www.www.bit.ly/x",
    ])
    func `what is no short link is none`(link: String) { #expect(ShortLink.read(link) == nil) }
}
