import ArtifactModel
import Indicators
import Testing

@Suite struct `A search for hosts in text` {
    private static let set = IndicatorSet([
        Indicator(.domainName, "evil.test", family: "A", source: "a"),
        Indicator(.domainName, "münchen.test", source: "a"),
        Indicator(.domainName, "fgr1.test/x", source: "a"),
        Indicator(.ipv4Address, "198.51.100.7", source: "a"), Indicator(.ipv4Address, "203.0.113.0/24", source: "a"),
    ])

    @Test(
        arguments: [
            ("open https://a.evil.test:443/x now", ["a.evil.test"]), ("evil.test", ["evil.test"]),
            ("EVIL.Test.", ["EVIL.Test"]), ("(evil.test)", ["evil.test"]), ("host=evil.test;", ["evil.test"]),
            ("notevil.test evil.testing evil.tes t", []), ("evil-test evil,test", []),
            ("a@evil.test", ["evil.test"]), ("https://u:p@evil.test/", ["evil.test"]),
            ("u=https%3A%2F%2Fevil.test%2Fx", ["evil.test"]), (#"{"a":"x\nevil.test\n"}"#, ["evil.test"]),
            (#"https:\/\/evil.test\/x"#, ["evil.test"]), (#"\u002Fevil.test"#, ["evil.test"]),
            ("/private/evil.test/x", ["evil.test"]), ("xn--mnchen-3ya.test", ["xn--mnchen-3ya.test"]),
            ("https://münchen.test/", ["münchen.test"]), ("“evil.test”", ["evil.test"]),
            ("1.2.3 198.51.100.7 198.51.100.71 203.0.113.9:80", ["198.51.100.7", "203.0.113.9"]),
            ("v198.51.100.7", []), ("evil.test evil.test", ["evil.test", "evil.test"]), ("", []), (".", []),
            ("...", []),
            ("a.b.c.d.e.f.evil.test.", ["a.b.c.d.e.f.evil.test"]), ("evil.test...", ["evil.test"]),
            ("-evil.test-", ["evil.test"]), ("0.5 .5 5.", []), ("evil.test\0evil.test", ["evil.test", "evil.test"]),
        ] as [(String, [String])])
    func `finds what stands for itself`(text: String, expected: [String]) {
        let hits = HostSearch(Self.set).hits(in: text)
        let bytes = Array(text.utf8)
        #expect(hits.map { String(decoding: bytes[$0.range], as: UTF8.self) } == expected)
    }

    @Test(arguments: [
        ("https://evil.test/x", HostSearch.Place.link), ("https://u:p@evil.test", .link), ("a@evil.test", .mailAddress),
        ("/x/evil.test", .path), (" evil.test", .bare), ("evil.test", .bare), ("@evil.test", .mailAddress),
    ])
    func `says where it stands`(text: String, place: HostSearch.Place) {
        #expect(HostSearch(Self.set).hits(in: text).map(\.place) == [place])
    }

    @Test func `a name behind a long run of letters is found`() {
        let long = String(repeating: "a.", count: 5_000) + "evil.test"
        #expect(HostSearch(Self.set).hits(in: long).count == 1)
        let wide = String(repeating: "a", count: 5_000) + ".evil.test"
        #expect(HostSearch(Self.set).hits(in: wide).count == 1)
        let foreign = String(repeating: "ü", count: 5_000) + "evil.test"
        #expect(HostSearch(Self.set).hits(in: foreign).count == 1)
        #expect(HostSearch(Self.set).hits(in: "访问evil.test吧").count == 1)
    }

    @Test func `an empty set finds nothing`() {
        #expect(HostSearch(IndicatorSet([])).hits(in: "evil.test").isEmpty)
    }

    /// Every host that is found by the search is found by the comparison, and the other way round.
    @Test func `agrees with the comparison of single hosts`() {
        var state: UInt64 = 7
        let parts = ["evil", "test", ".", ".", "a", "EVIL", "-", "198.51.100.7", "ü", "x"]
        for _ in 0..<5_000 {
            var name = ""
            for _ in 0..<6 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                name += parts[Int(state >> 33) % parts.count]
            }
            let trimmed = name.drop { $0 == "." }
            guard name.contains("."), trimmed.allSatisfy(\.isASCII) else { continue }
            let single = Self.set.matches(String(trimmed), as: .hostName).map(\.indicator)
            let found = HostSearch(Self.set).hits(in: " \(name) ").flatMap(\.matches).map(\.indicator)
            // Hyphens at the ends of a text belong to the sentence.
            let ends = name.drop { $0 == "." }.reversed().drop { $0 == "." }.reversed()
            if ends.first != "-", ends.last != "-" { #expect(found == single, "\(name)") }
        }
    }
}
