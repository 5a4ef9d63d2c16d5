import ArtifactModel
import Testing

struct LinkExtractionTests {
    @Test func `a link behind thousands of others is found`() {
        let text = String(repeating: "http://ordinary.example/ ", count: 5_000) + "https://hidden.example/x"
        #expect(LinkExtraction.links(in: text) == ["http://ordinary.example/", "https://hidden.example/x"])
    }

    @Test func `brackets without end are cut once, not once for each`() {
        let text = "http://a.example/" + String(repeating: ")]}", count: 100_000)
        #expect(LinkExtraction.links(in: text) == ["http://a.example/"])
    }

    @Test(arguments: [
        ("See https://a.example/x.", "https://a.example/x"), ("(https://a.example/x)", "https://a.example/x"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"), ("“HTTPS://a.example”", "HTTPS://a.example"),
    ])
    func `the punctuation of a sentence is no part of a link`(text: String, link: String) {
        #expect(LinkExtraction.links(in: text) == [link])
    }
}
