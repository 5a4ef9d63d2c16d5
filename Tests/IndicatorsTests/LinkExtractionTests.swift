import ArtifactModel
import Testing

@Suite struct `Links in a text` {
    @Test func `a link behind thousands of others is found`() {
        let text = String(repeating: "http://ordinary.example/ ", count: 5_000) + "https://hidden.example/x"
        #expect(LinkExtraction.links(in: text) == ["http://ordinary.example/", "https://hidden.example/x"])
        let different =
            (0..<5_000).map { "http://ordinary.example/\($0)" }.joined(separator: ",") + "|https://hidden.example/x"
        #expect(LinkExtraction.links(in: different).count == 5_001)
        #expect(LinkExtraction.links(in: different).last == "https://hidden.example/x")
    }

    @Test func `brackets without end are cut once, not once for each`() {
        let text = "http://a.example/" + String(repeating: ")]}", count: 100_000)
        #expect(LinkExtraction.links(in: text) == ["http://a.example/"])
        let open = "http://a.example/" + String(repeating: "([{", count: 100_000)
        #expect(LinkExtraction.links(in: open) == ["http://a.example/"])
    }

    @Test(arguments: [
        ("See https://a.example/x.", "https://a.example/x"), ("(https://a.example/x)", "https://a.example/x"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"), ("“HTTPS://a.example”", "HTTPS://a.example"),
        ("(see https://a.example/x_(y))", "https://a.example/x_(y)"), ("https://a.example/x?", "https://a.example/x"),
        ("https://a.example/x?y=1", "https://a.example/x?y=1"), ("https://a.example/x...", "https://a.example/x"),
        ("https://a.example/x…", "https://a.example/x"), ("https://a.example/x!!!", "https://a.example/x"),
        ("*https://a.example/x*", "https://a.example/x"), ("_https://a.example/x_", "https://a.example/x"),
        ("https://a.example/x_", "https://a.example/x_"), ("https://a.example/x*", "https://a.example/x*"),
        ("'https://a.example/x'", "https://a.example/x"), ("‘https://a.example/x’", "https://a.example/x"),
        ("«https://a.example/x»", "https://a.example/x"), ("「https://a.example/x」", "https://a.example/x"),
        ("（https://a.example/x）", "https://a.example/x"), ("见https://a.example/x。", "https://a.example/x"),
        ("https://a.example/x，好", "https://a.example/x，好"), ("https://a.example/x؟", "https://a.example/x"),
        ("[text](https://a.example/x)", "https://a.example/x"), ("[https://a.example/x]", "https://a.example/x"),
        ("<a href='https://a.example/x'>y</a>", "https://a.example/x"),
        ("`https://a.example/x`", "https://a.example/x"),
        ("<https://a.example/x>", "https://a.example/x"), ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"), ("xhttps://a.example/x", "https://a.example/x"),
        ("https://a.example/x\u{200B}y", "https://a.example/x"), ("https://a.example/x\u{FFFC}", "https://a.example/x"),
        ("https://a.example/x\u{202C}", "https://a.example/x"), ("https://a.example/ü", "https://a.example/ü"),
        ("https://münchen.example/", "https://münchen.example/"), ("https://a.example/x,y", "https://a.example/x,y"),
        ("https://a.example:8080/x:", "https://a.example:8080/x"), ("https://a.example/x;", "https://a.example/x"),
        ("hTTps://a.example", "hTTps://a.example"), ("https://a.example/x(", "https://a.example/x"),
        ("https://a.example/x\nnext", "https://a.example/x"), ("https://u:p@a.example/x", "https://u:p@a.example/x"),
    ])
    func `the punctuation of a sentence is no part of a link`(text: String, link: String) {
        #expect(LinkExtraction.links(in: text) == [link])
    }

    @Test(arguments: [
        ("https://a.example/x,https://b.example/y", ["https://a.example/x", "https://b.example/y"]),
        ("https://a.example/x;http://b.example/y", ["https://a.example/x", "http://b.example/y"]),
        ("https://a.example/?u=https://b.example/y", ["https://a.example/?u=https://b.example/y"]),
        ("https://a.example https://a.example", ["https://a.example"]),
        ("https:// http://", []), ("a.example/x www.b.example", []), ("ftp://a.example/x", []), ("", []),
        ("http", []), ("://", []), ("https://", []), ("https://.", []), ("https://)", []),
    ])
    func `links stand apart, and need a scheme`(text: String, links: [String]) {
        #expect(LinkExtraction.links(in: text) == links)
    }

    @Test func `a text cut off at any byte gives what stands before`() {
        let bytes = Array("見 (https://a.example/x_(y)…), ‘http://b.example/ü؟’ https://c.example".utf8)
        for count in bytes.indices {
            let links = bytes[..<count].withUnsafeBufferPointer { LinkExtraction.links(in: $0) }
            #expect(links.count <= 3)
        }
    }
}
