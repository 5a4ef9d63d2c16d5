import Indicators
import Primitives
import Testing

@Suite struct `A STIX bundle` {
    static func indicator(_ pattern: String, _ identifier: String = "indicator--1", _ more: String = "") -> String {
        let escaped = pattern.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return #"{"type": "indicator", "id": "\#(identifier)", "pattern": "\#(escaped)"\#(more)}"#
    }

    static func load(_ objects: String...) -> StructuredThreatInformation {
        let text = #"{"type": "bundle", "id": "bundle--1", "objects": ["# + objects.joined(separator: ",") + "]}"
        return StructuredThreatInformation(Array(text.utf8), source: "test.stix2")
    }

    @Test(
        arguments: [
            ("[domain-name:value='evil.test']", .domainName, "evil.test"),
            ("  [ domain-name : value  =  'evil.test' ]  ", .domainName, "evil.test"),
            ("[domain-name:value == 'evil.test']", .domainName, "evil.test"),
            ("[domain-name:value='198.51.100.7']", .ipv4Address, "198.51.100.7"),
            ("[domain-name:value='*.evil.test']", .domainName, "*.evil.test"),
            ("[ipv4-addr:value='198.51.100.7']", .ipv4Address, "198.51.100.7"),
            ("[ipv6-addr:value='2001:db8::7']", .ipv6Address, "2001:db8::7"),
            ("[url:value='https://evil.test/a?x=1&y==2']", .url, "https://evil.test/a?x=1&y==2"),
            ("[url:value = 'https://evil.test/it\\'s']", .url, "https://evil.test/it's"),
            ("[file:name='a\\\\b']", .fileName, "a\\b"), ("[file:name='a\\b']", .fileName, "a\\b"),
            ("[file:name='x OR y']", .fileName, "x OR y"), ("[file:name='a]b']", .fileName, "a]b"),
            ("[process:name='bh']", .processName, "bh"),
            ("[email-addr:value='a@evil.test']", .emailAddress, "a@evil.test"),
            ("[file:path='/private/var/tmp/x/']", .filePath, "/private/var/tmp/x/"),
            ("[app:id='com.evil']", .applicationIdentifier, "com.evil"),
            ("[configuration-profile:id='76DAB334']", .profileIdentifier, "76DAB334"),
            ("[android-property:name='sys.brand.doc']", .androidProperty, "sys.brand.doc"),
            ("[file:hashes.md5='0123456789abcdef0123456789abcdef']", .fileHashMD5, "0123456789abcdef0123456789abcdef"),
            (
                "[file:hashes.'SHA-1'='\(String(repeating: "a1", count: 20))']", .fileHashSHA1,
                String(repeating: "a1", count: 20)
            ),
            (
                "[file:hashes.sha256='\(String(repeating: "a1", count: 32))']", .fileHashSHA256,
                String(repeating: "a1", count: 32)
            ),
            (
                "[file:hashes.'SHA-256' = '\(String(repeating: "a1", count: 32))']", .fileHashSHA256,
                String(repeating: "a1", count: 32)
            ),
            (
                "[file:hashes.\"SHA-512\" = '\(String(repeating: "a1", count: 64))']", .fileHashSHA512,
                String(repeating: "a1", count: 64)
            ),
            (
                "[app:cert.sha256='\(String(repeating: "a1", count: 32))']", .certificateHash,
                String(repeating: "a1", count: 32)
            ),
        ] as [(String, Indicator.Kind, String)])
    func `gives an indicator for an equality`(pattern: String, kind: Indicator.Kind, value: String) {
        let bundle = Self.load(Self.indicator(pattern))
        #expect(bundle.indicators.map(\.kind) == [kind])
        #expect(bundle.indicators.map(\.value) == [value])
        #expect(bundle.problems.allSatisfy { $0.kind == .remark })
    }

    @Test(arguments: [
        "[domain-name:value='a.test' OR domain-name:value='b.test' OR url:value='http://c.test/']",
        "[domain-name:value='a.test'] OR [domain-name:value='b.test'] or [url:value='http://c.test/']",
        "([domain-name:value='a.test'] OR [(domain-name:value='b.test' OR url:value='http://c.test/')])",
        "[domain-name:value IN ('a.test', 'b.test') OR url:value='http://c.test/']",
    ])
    func `gives several indicators for an OR of equalities`(pattern: String) {
        let bundle = Self.load(Self.indicator(pattern))
        #expect(bundle.indicators.map(\.value) == ["a.test", "b.test", "http://c.test/"])
        #expect(bundle.problems.isEmpty)
    }

    @Test(
        arguments: [
            ("[file:name != 'a1']", .refusedValue), ("[NOT file:name = 'a1']", .refusedValue),
            ("[file:name NOT = 'a1']", .refusedValue), ("[file:name LIKE '%']", .refusedValue),
            ("[file:name MATCHES '.']", .refusedValue), ("[EXISTS file:name]", .refusedValue),
            ("[file:size > 5]", .unknownProperty), ("[file:name > 'a1']", .unsupportedPattern),
            ("[file:name = 5]", .unsupportedPattern), ("[file:name = 'a1' AND file:size = 5]", .unknownProperty),
            ("[file:name='a1'] FOLLOWEDBY [mutex:name='b1']", .unknownProperty),
            ("[file:name='a1'] REPEATS 1000000000 TIMES", .unsupportedPattern),
            ("[file:name MATCHES '(a)\\\\1']", .unsupportedPattern),
            ("[ipv4-addr:value ISSUBSET '10.0.0.0/8']", .refusedValue),
            ("[mutex:name='abc']", .unknownProperty), ("[user-account:user_id='abc']", .unknownProperty),
            ("", .malformedPattern), ("[]", .malformedPattern), ("[", .malformedPattern),
            ("domain-name:value='a.test'", .malformedPattern),
            ("[domain-name:value='a.test'", .malformedPattern), ("[domain-name:value='a.test]", .malformedPattern),
            ("[domain-name:value=a.test]", .malformedPattern), ("[domain-name='a.test']", .malformedPattern),
            ("[domain-name:value 'a.test']", .malformedPattern), ("[domain-name:value='a.test' OR]", .malformedPattern),
            ("([domain-name:value='a.test']", .malformedPattern), ("[(domain-name:value='a.test'])", .malformedPattern),
            ("[domain-name:value='a.test'] [domain-name:value='b.test']", .malformedPattern),
            ("[domain-name:='a.test']", .malformedPattern),
            ("[domain-name:value='']", .refusedValue), ("[domain-name:value=' ']", .refusedValue),
            ("[process:name='b']", .refusedValue),
            ("[domain-name:value='com']", .refusedValue), ("[domain-name:value='.co.uk']", .refusedValue),
            ("[domain-name:value='*.com']", .refusedValue), ("[domain-name:value='127.0.0.1']", .refusedValue),
            ("[ipv4-addr:value='192.168.1.1']", .refusedValue), ("[ipv4-addr:value='198.0.0.0/8']", .refusedValue),
            ("[ipv4-addr:value='evil.test']", .refusedValue), ("[ipv6-addr:value='::1']", .refusedValue),
            ("[file:path='/']", .refusedValue), ("[file:path='/private/var']", .refusedValue),
            ("[file:path='/var/']", .refusedValue),
            ("[file:path='//tmp/.']", .refusedValue), ("[file:name='a/b']", .refusedValue),
            ("[url:value='https://']", .refusedValue),
            ("[email-addr:value='@evil.test']", .refusedValue), ("[file:hashes.sha256='abcd']", .refusedValue),
            ("[app:cert.sha256='xyz']", .refusedValue),
        ] as [(String, IndicatorProblem.Kind)])
    func `reports what it does not use, and goes on`(pattern: String, kind: IndicatorProblem.Kind) {
        let bundle = Self.load(
            Self.indicator(pattern), Self.indicator("[domain-name:value='good.test']", "indicator--2"))
        #expect(bundle.indicators.map(\.value) == ["good.test"])
        #expect(bundle.patterns.isEmpty)
        #expect(bundle.problems.map(\.kind) == [kind])
        #expect(bundle.problems.map(\.identifier) == ["indicator--1"])
        #expect(bundle.problems.allSatisfy { $0.reason.hasSuffix(".") && $0.source == "test.stix2" })
    }

    @Test func `names the family by relationship, report, only malware or report name`() {
        let pattern = "[domain-name:value='a.test']"
        let malware = #"{"type": "malware", "id": "malware--1", "name": "First"}"#
        let other =
            #"{"type": "malware", "id": "malware--2", "name": "Second", "external_references": [{"source_name": "x"}, {"url": "https://ref.test/m"}]}"#
        let campaign = #"{"type": "campaign", "id": "campaign--1", "name": "Campaign"}"#
        func relationship(_ target: String, _ more: String = "") -> String {
            #"{"type": "relationship", "id": "relationship--1", "relationship_type": "indicates", "source_ref": "indicator--1", "target_ref": "\#(target)"\#(more)}"#
        }
        func report(_ references: String...) -> String {
            let list = references.map { "\"\($0)\"" }.joined(separator: ",")
            return
                #"{"type": "report", "id": "report--1", "name": "Report", "object_refs": [\#(list)], "external_references": [{"url": "https://ref.test/r"}]}"#
        }
        let item = Self.indicator(pattern)
        func family(_ objects: String...) -> String? {
            let text = "[" + ([item] + objects).joined(separator: ",") + "]"
            return StructuredThreatInformation(Array(text.utf8), source: "x").indicators.first?.family
        }
        #expect(family() == nil)
        #expect(family(malware) == "First")
        #expect(family(malware, other) == nil)
        #expect(family(malware, other, relationship("malware--2")) == "Second")
        #expect(family(relationship("malware--2"), other, malware) == "Second")
        #expect(family(malware, campaign, relationship("campaign--1")) == "Campaign")
        #expect(family(campaign, malware, relationship("campaign--1"), relationship("malware--1")) == "First")
        #expect(family(malware, other, relationship("malware--2", #", "revoked": true"#)) == nil)
        #expect(family(malware, other, relationship("malware--9")) == nil)
        #expect(family(malware, other, report("indicator--1", "malware--2")) == "Second")
        #expect(family(malware, other, report("indicator--1")) == "Report")
        #expect(family(report("indicator--1")) == "Report")
        #expect(family(report("indicator--2")) == nil)
        let referred = Self.load(item, malware, other, report("indicator--1", "malware--1"), relationship("malware--2"))
        #expect(referred.indicators.map(\.reference) == ["https://ref.test/m"])
    }

    @Test func `keeps what the publisher says about an indicator`() {
        let more = #"""
            , "name": "n", "description": "d", "valid_from": "2021-07-18T00:00:00Z", "valid_until": "2022-01-01T00:00:00.5Z",
            "confidence": 80, "external_references": [{"url": "https://ref.test/i"}], "pattern_type": "stix", "extra": [[{}]]
            """#
        let found = Self.load(Self.indicator("[process:name='bh']", "indicator--7", more)).indicators
        #expect(found.map(\.note) == ["n"])
        #expect(found.map(\.identifier) == ["indicator--7"])
        #expect(found.map(\.validFrom?.description) == ["2021-07-18T00:00:00.000000Z"])
        #expect(found.map(\.validUntil?.description) == ["2022-01-01T00:00:00.500000Z"])
        #expect(found.map(\.confidence) == [80])
        #expect(found.map(\.reference) == ["https://ref.test/i"])
        #expect(found.map(\.source) == ["test.stix2"])
    }

    @Test func `withdrawn, benign and foreign indicators are noted and not used`() {
        let pattern = "[process:name='bh']"
        let bundle = Self.load(
            Self.indicator(pattern, "indicator--1", #", "revoked": true"#),
            Self.indicator(pattern, "indicator--2", #", "pattern_type": "yara""#),
            Self.indicator(pattern, "indicator--3", #", "indicator_types": ["benign"]"#),
            #"{"type": "indicator", "id": "indicator--4"}"#,
            #"{"type": "indicator", "id": "indicator--5", "pattern": 5}"#, "7")
        #expect(bundle.indicators.isEmpty)
        #expect(
            bundle.problems.map(\.kind) == [
                .malformedPattern, .revoked, .unsupportedPattern, .refusedValue, .malformedPattern, .malformedPattern,
            ])
    }

    @Test func `of several versions of an indicator the newest is used`() {
        let bundle = Self.load(
            Self.indicator("[process:name='new']", "indicator--1", #", "modified": "2022-01-01T00:00:00Z""#),
            Self.indicator("[process:name='old']", "indicator--1", #", "modified": "2021-01-01T00:00:00Z""#),
            Self.indicator("[process:name='first']", "indicator--2"),
            Self.indicator("[process:name='last']", "indicator--2"))
        #expect(bundle.indicators.map(\.value) == ["new", "last"])
        #expect(bundle.problems.map(\.kind) == [.duplicate, .duplicate])
    }

    @Test func `a domain with a path and a path without a slash are remarked upon`() {
        let bundle = Self.load(
            Self.indicator("[domain-name:value='evil.test/x']"),
            Self.indicator("[file:path='Library/a.plist']", "indicator--2"))
        #expect(bundle.indicators.count == 2)
        #expect(bundle.problems.map(\.kind) == [.remark, .remark])
    }

    @Test(arguments: [
        "", "null", "7", "\"x\"", "{}", "{\"objects\": 7}", "[[]]", "not JSON", "{\"objects\": [", "\u{FEFF}{}",
    ])
    func `what is no bundle is one problem`(text: String) {
        let bundle = StructuredThreatInformation(Array(text.utf8), source: "x")
        #expect(bundle.indicators.isEmpty)
        #expect(bundle.problems.count == 1)
    }

    @Test func `deep nesting and broken UTF-8 end the file and keep what stands before`() {
        let good = #"{"objects": ["# + Self.indicator("[process:name='bh']") + ","
        for tail in [
            [UInt8](repeating: UInt8(ascii: "["), count: 100_000), Array("{\"type\": \"".utf8) + [0xFF],
            Array((#"{"a":"# + String(repeating: #"{"a":"#, count: 10_000)).utf8),
        ] {
            let bundle = StructuredThreatInformation(Array(good.utf8) + tail, source: "x")
            #expect(bundle.indicators.map(\.value) == ["bh"])
            #expect(bundle.problems.last?.kind == .damagedFile)
        }
    }

    @Test func `a bundle cut off at any byte keeps what stands before and says so`() {
        let text =
            #"{"type": "bundle", "objects": ["# + Self.indicator("[process:name='b\\'h']") + ", "
            + Self.indicator("[url:value='http://é.test/?a=b']", "indicator--2")
            + #", {"type": "malware", "name": "M"}]}"#
        let bytes = Array(text.utf8)
        var counts: [Int] = []
        for count in bytes.indices {
            let bundle = StructuredThreatInformation(Array(bytes[..<count]), source: "x")
            #expect(bundle.problems.map(\.kind) == [.damagedFile])
            counts.append(bundle.indicators.count)
        }
        #expect(counts == counts.sorted())
        #expect(Set(counts) == [0, 1, 2])
        #expect(StructuredThreatInformation(bytes, source: "x").problems.isEmpty)
    }

    @Test func `a pattern cut off at any byte is one problem`() {
        let pattern =
            "([file:hashes.'SHA-256' = '\(String(repeating: "a1", count: 32))' OR file:name IN ('a\\'b', 'cd')])"
        #expect(Self.load(Self.indicator(pattern)).indicators.count == 3)
        for count in 0..<pattern.utf8.count {
            let bundle = Self.load(Self.indicator(String(pattern.prefix(count))))
            #expect(bundle.indicators.isEmpty)
            #expect(bundle.problems.map(\.kind) == [.malformedPattern])
        }
    }
}
