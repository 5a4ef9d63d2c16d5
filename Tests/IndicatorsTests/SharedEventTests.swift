import Primitives
import Testing

@testable import Indicators

@Suite struct `Events of MISP` {
    private func load(_ text: String) -> IndicatorFile { IndicatorFile(Array(text.utf8), name: "event.json") }

    private func attribute(_ type: String, _ value: String, _ more: String = "") -> String {
        #"{"uuid": "u-\#(type)", "type": "\#(type)", "value": "\#(value)", "to_ids": true, "deleted": false\#(more)}"#
    }

    private func event(_ attributes: [String], _ more: String = "") -> String {
        #"{"Event": {"uuid": "e", "info": "A report", "date": "2023-02-01", "timestamp": "1675209600", "Attribute": ["#
            + attributes.joined(separator: ",") + #"], "Orgc": {"name": "Somebody", "uuid": "o"}\#(more)}}"#
    }

    @Test(
        arguments: [
            ("domain", "evil.test", [(.domainName, "evil.test")]),
            ("hostname", "a.evil.test", [(.domainName, "a.evil.test")]),
            ("ip-dst", "198.51.100.7", [(.ipv4Address, "198.51.100.7")]),
            ("ip-src", "2001:db8::7", [(.ipv6Address, "2001:db8::7")]),
            ("ip-dst|port", "198.51.100.7|443", [(.ipv4Address, "198.51.100.7")]),
            ("hostname|port", "a.evil.test|443", [(.domainName, "a.evil.test")]),
            ("domain|ip", "evil.test|198.51.100.7", [(.domainName, "evil.test"), (.ipv4Address, "198.51.100.7")]),
            ("url", "https://evil.test/a?b=c", [(.url, "https://evil.test/a?b=c")]),
            ("link", "https://evil.test/x", [(.url, "https://evil.test/x")]),
            ("email-src", "a@evil.test", [(.emailAddress, "a@evil.test")]),
            ("filename", "a.plist", [(.fileName, "a.plist")]),
            ("filename", "/private/var/tmp/a", [(.filePath, "/private/var/tmp/a")]),
            ("md5", "0123456789abcdef0123456789abcdef", [(.fileHashMD5, "0123456789abcdef0123456789abcdef")]),
            (
                "filename|sha1", "a|\(String(repeating: "a1", count: 20))",
                [(.fileHashSHA1, String(repeating: "a1", count: 20))]
            ),
            ("sha256", String(repeating: "a1", count: 32), [(.fileHashSHA256, String(repeating: "a1", count: 32))]),
            ("sha512", String(repeating: "a1", count: 64), [(.fileHashSHA512, String(repeating: "a1", count: 64))]),
            (
                "x509-fingerprint-sha1", String(repeating: "a1", count: 20),
                [(.certificateHash, String(repeating: "a1", count: 20))]
            ),
            ("mobile-application-id", "com.evil", [(.applicationIdentifier, "com.evil")]),
            (
                "stix2-pattern", "[process:name = 'bh' OR domain-name:value = 'evil.test']",
                [(.processName, "bh"), (.domainName, "evil.test")]
            ),
        ] as [(String, String, [(Indicator.Kind, String)])])
    func `types are mapped`(type: String, value: String, expected: [(Indicator.Kind, String)]) {
        let file = load(event([attribute(type, value)]))
        #expect(file.form == .sharedEvent)
        #expect(file.indicators.map(\.kind) == expected.map(\.0))
        #expect(file.indicators.map(\.value) == expected.map(\.1))
        #expect(file.problems.allSatisfy { $0.kind == .remark })
        #expect(
            file.indicators.allSatisfy {
                $0.family == "A report" && $0.publisher == "Somebody" && $0.identifier == "u-\(type)"
            })
    }

    @Test func `what is not meant for detection, deleted, foreign or unknown is named and not used`() {
        let file = load(
            event([
                attribute("domain", "a.test", #", "to_ids": false"#),
                attribute("domain", "b.test", #", "deleted": true"#), attribute("yara", "rule x {}"),
                attribute("mutex", "abc"), #"{"type": "comment", "value": "words", "to_ids": false}"#,
                #"{"type": "link", "value": "https://ref.test/1", "to_ids": false}"#,
                attribute("domain", "c.test", #", "disable_correlation": true"#), "7", attribute("domain", "com"),
            ]))
        #expect(file.indicators.map(\.value) == ["c.test"])
        #expect(file.indicators.map(\.reference) == ["https://ref.test/1"])
        #expect(
            file.problems.map(\.kind) == [
                .notForDetection, .revoked, .unsupportedPattern, .unknownProperty, .remark, .damagedObject,
                .refusedValue, .notForDetection,
            ])
        #expect(file.problems.last?.reason.hasPrefix("2 attributes are remarks") ?? false)
    }

    @Test func `galaxies and tags give family and marking, wherever they stand`() {
        let tags = #", "Tag": [{"name": "tlp:green"}, {"name": "misp-galaxy:threat-actor=\"An actor\""}]"#
        let galaxy =
            #", "Galaxy": [{"type": "mitre-malware", "GalaxyCluster": [{"type": "mitre-malware", "value": "Imaginary"}]}]"#
        #expect(load(event([attribute("domain", "a.test")], tags)).indicators.map(\.family) == ["An actor"])
        let both = load(
            event(
                [attribute("domain", "a.test"), attribute("domain", "b.test", #", "Tag": [{"name": "tlp:red"}]"#)],
                tags + galaxy))
        #expect(both.indicators.map(\.family) == ["Imaginary", "Imaginary"])
        #expect(both.indicators.map(\.marking) == ["TLP:GREEN", "TLP:RED"])
        #expect(both.publication.title == "A report" && both.publication.publisher == "Somebody")
        #expect(both.publication.created?.description == "2023-02-01T00:00:00.000000Z")
    }

    @Test func `objects give their attributes, and some only as a part of one`() {
        let object =
            #", "Object": [{"name": "process", "Attribute": [{"type": "text", "object_relation": "name", "value": "bh", "to_ids": true}]}, {"name": "file", "deleted": true, "Attribute": [{"type": "md5", "value": "x", "to_ids": true}]}, {"name": "file", "Attribute": [\#(attribute("sha256", String(repeating: "a1", count: 32)))]}]"#
        let file = load(event([], object))
        #expect(file.indicators.map(\.kind) == [.processName, .fileHashSHA256])
        #expect(file.problems.map(\.kind) == [.revoked])
    }

    @Test func `answers of servers and lists of events are read`() {
        let one = event([attribute("domain", "a.test")])
        #expect(load(#"{"response": [\#(one), \#(one)]}"#).count == 2)
        #expect(load("[\(one)]").count == 1)
        #expect(load(#"{"response": {"Attribute": [\#(attribute("domain", "a.test"))]}}"#).count == 1)
        #expect(load(event([])).problems.map(\.kind) == [.empty])
    }

    @Test func `a damaged attribute costs itself, and a file cut off keeps what stands before`() {
        let damaged = event([
            attribute("domain", "a.test"), #"{"type": "domain", "value": nope}"#, attribute("domain", "b.test"),
        ])
        let file = load(damaged)
        #expect(file.indicators.map(\.value) == ["a.test", "b.test"])
        #expect(file.problems.map(\.kind) == [.damagedObject])
        let whole = Array(event([attribute("domain", "a.test"), attribute("domain", "b.test")]).utf8)
        for count in whole.indices where count > 12 {
            let cut = IndicatorFile(Array(whole[..<count]), name: "x")
            #expect(cut.problems.last?.kind == .damagedFile)
        }
    }

    @Test func `a feed is its manifest and the events beside it`() {
        let name = "5bfbff5c-3a0c-4c05-9f39-4d31950d210f"
        let missing = "5bfbff5c-3a0c-4c05-9f39-4d31950d210e"
        let manifest = Array(#"{"\#(name)": {"info": "x", "Orgc": {"name": "y"}}, "\#(missing)": {"info": "z"}}"#.utf8)
        #expect(SharedFeed.eventFiles(in: manifest) == [missing + ".json", name + ".json"])
        #expect(SharedFeed.eventFiles(in: Array(#"{"../../etc/passwd": {}}"#.utf8)) == nil)
        let alone = IndicatorFile(manifest, name: "manifest.json")
        #expect(alone.form == .sharedFeed && alone.problems.map(\.kind) == [.damagedFile])
        var builder = IndicatorSet.Builder()
        let text = Array(event([attribute("domain", "a.test")]).utf8)
        let feed = IndicatorFile.load(feed: MemorySource(manifest), name: "feed", into: &builder) { file in
            file == name + ".json" ? MemorySource(text) : nil
        }
        #expect(feed.count == 1 && feed.problems.map(\.identifier) == [missing + ".json"])
        #expect(builder.build().count == 1)
    }
}
