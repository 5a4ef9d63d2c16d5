import Indicators
import Testing

@Suite struct `A host name` {
    @Test(
        arguments: [
            ("https://Example.TEST/x", "example.test"), ("example.test:80", "example.test"),
            ("http://[2001:db8::A]:1/", "2001:db8::a"),
            ("::1", "::1"), ("::", "::"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
            ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            ("1::", "1::"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), ("1.2.3.4", "1.2.3.4"), ("0x7f.1", "127.0.0.1"),
            ("010.0.0.1", "8.0.0.1"),
            ("BÜCHER.test", "xn--bcher-kva.test"), ("münchen.test.", "xn--mnchen-3ya.test"), ("1.2.3.com", "1.2.3.com"),
            ("a.b.0xz", "a.b.0xz"),
            ("view-source:https://a.test/", "a.test"), ("user:word@host", nil), ("tel:+49", nil),
            ("https://1.2.3.256/", nil), ("https://a.1/", nil),
            ("https://b%FFad/", nil), ("", nil), ("/x", nil), ("?", nil), ("https://.", nil),
            ("https://" + String(repeating: "a", count: 300), nil),
        ] as [(String, String?)])
    func `is normalised`(text: String, expected: String?) {
        #expect(HostName(text)?.text == expected)
    }

    @Test func `is shown in its script`() {
        #expect(HostName("xn--mnchen-3ya.test")?.readable == "münchen.test")
        #expect(HostName("xn--99999999.test")?.readable == "xn--99999999.test")
        #expect(HostName("a.test")?.readable == "a.test")
    }

    /// Samples (A), (B), (I), (L), (S) of RFC 3492, section 7.1, and two common ones.
    @Test(arguments: [
        ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"), ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
        ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"), ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
        ("-> $1.00 <-", "-> $1.00 <--"), ("bücher", "bcher-kva"), ("😀", "e28h"),
    ])
    func `is written in Punycode and read again`(text: String, code: String) {
        let scalars = Array(text.unicodeScalars)
        #expect(Punycode.encode(scalars) == code)
        #expect(Punycode.decode(code) == scalars)
    }

    @Test(arguments: ["99999999", "zzzzzzzzzzzzzzzzzzzzzzzz", "a-!", "-a9", "ü", String(repeating: "9", count: 255)])
    func `is not read from broken Punycode without an answer`(code: String) {
        // Either nothing, or something that is written differently: no trap, no endless loop.
        if let scalars = Punycode.decode(code) { #expect(scalars.count <= code.count) }
    }
}
