import ArtifactModel
import Primitives
import Testing

@testable import Indicators

/// What becomes of one pattern, in words.
enum PatternFate: String {
    case indicators, compound, mixed, refused

    static func of(_ pattern: String) -> (fate: PatternFate, file: StructuredThreatInformation) {
        let escaped = pattern.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let text = #"[{"type": "indicator", "id": "indicator--1", "pattern": "\#(escaped)"}]"#
        let file = StructuredThreatInformation(Array(text.utf8), source: "x")
        let fate: PatternFate =
            switch (file.indicators.isEmpty, file.patterns.isEmpty) {
            case (false, true): .indicators
            case (true, false): .compound
            case (false, false): .mixed
            case (true, true): .refused
            }
        return (fate, file)
    }
}

@Suite struct `The pattern language` {
    /// The examples of the standard, https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html, sections 9.1 to 9.8,
    /// as the test data of https://github.com/oasis-open/cti-pattern-validator list them, and what becomes of each here.
    static let examples: [(pattern: String, fate: PatternFate)] = [
        ("[network-traffic:dst_ref.value = '198.51.100.7']", .indicators),
        ("[email-message:to_ref.value = 'someone@evil.test']", .indicators),
        (
            "[file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f']", .indicators
        ),
        (
            "[email-message:from_ref.value MATCHES '.+\\\\@example\\\\.com$' AND email-message:body_multipart[*].body_raw_ref.name MATCHES '^Final Report.+\\\\.exe$']",
            .refused
        ),
        (
            "[file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f' AND file:mime_type = 'application/x-pdf']",
            .refused
        ),
        (
            "[file:hashes.'SHA-256' = 'bf07a7fbb825fc0aae7bf4a1177b2b31fcf8a3feeaf7092761e18c859ee52a9c' OR file:hashes.MD5 = 'cead3f77f6cda6ec00f57d76c9a6879f'] AND [file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f']",
            .compound
        ),
        (
            "([file:hashes.MD5 = '79054025255fb1a26e4bc422aef54eb4'] FOLLOWEDBY [windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\foo\\\\bar']) WITHIN 300 SECONDS",
            .refused
        ),
        (
            "[user-account:account_type = 'unix' AND user-account:user_id = '1007' AND user-account:account_login = 'Peter'] AND [user-account:account_type = 'unix' AND user-account:user_id = '1008' AND user-account:account_login = 'Paul'] AND [user-account:account_type = 'unix' AND user-account:user_id = '1009' AND user-account:account_login = 'Mary']",
            .refused
        ),
        (
            "[artifact:mime_type = 'application/vnd.tcpdump.pcap' AND artifact:payload_bin MATCHES '\\\\xd4\\\\xc3\\\\xb2\\\\xa1\\\\x02\\\\x00\\\\x04\\\\x00']",
            .refused
        ),
        ("[file:name = 'foo.dll' AND file:parent_directory_ref.path = 'C:\\\\Windows\\\\System32']", .compound),
        ("[file:extensions.'windows-pebinary-ext'.sections[*].entropy > 7.0]", .refused),
        ("[file:mime_type = 'image/bmp' AND file:magic_number_hex = h'ffd8']", .refused),
        (
            "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '203.0.113.33/32']",
            .compound
        ),
        (
            "[network-traffic:dst_ref.type = 'domain-name' AND network-traffic:dst_ref.value = 'example.com'] REPEATS 5 TIMES WITHIN 1800 SECONDS",
            .compound
        ),
        ("[domain-name:value = 'www.5z8.info' AND domain-name:resolves_to_refs[*].value = '198.51.100.1']", .refused),
        ("[url:value = 'http://example.com/foo' OR url:value = 'http://example.com/bar']", .indicators),
        (
            "[x509-certificate:issuer = 'CN=WEBMAIL' AND x509-certificate:serial_number = '4c:0b:1d:19:74:86:a7:66:b4:1a:bf:40:27:21:76:28']",
            .refused
        ),
        (
            "[windows-registry-key:key = 'HKEY_CURRENT_USER\\\\Software\\\\CryptoLocker\\\\Files' OR windows-registry-key:key = 'HKEY_CURRENT_USER\\\\Software\\\\Microsoft\\\\CurrentVersion\\\\Run\\\\CryptoLocker_0388']",
            .refused
        ),
        ("[(file:name = 'pdf.exe' OR file:size = 371712) AND file:created = t'2014-01-13T07:03:17Z']", .refused),
        (
            "[email-message:sender_ref.value = 'jdoe@example.com' AND email-message:subject = 'Conference Info']",
            .refused
        ),
        ("[x-usb-device:usbdrive.serial_number = '575833314133343231313937']", .refused),
        (
            "[process:command_line MATCHES '^.+>-add GlobalSign.cer -c -s -r localMachine Root$'] FOLLOWEDBY [process:command_line MATCHES'^.+>-add GlobalSign.cer -c -s -r localMachineTrustedPublisher$'] WITHIN 300 SECONDS",
            .refused
        ),
        ("[network-traffic:dst_ref.value ISSUBSET '2001:0db8:dead:beef:0000:0000:0000:0000/64']", .compound),
        (
            "([file:name = 'foo.dll'] AND [windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\foo\\\\bar']) OR [process:name = 'fooproc' OR process:name = 'procfoo']",
            .indicators
        ),
        ("[ipv4-addr:value ISSUBSET '198.51.100.0/24']", .compound),
        ("[ipv4-addr:value = '198.51.100.1/32' OR ipv4-addr:value = '203.0.113.33/32']", .indicators),
        ("[file:size IN (1024, 2048, 4096)]", .refused),
        ("[EXISTS file:hashes.MD5 AND file:name = 'foo.dll']", .compound),
    ]

    @Test(arguments: examples.indices)
    func `reads the examples of the standard`(number: Int) throws {
        let (pattern, fate) = Self.examples[number]
        #expect(throws: Never.self) {
            try pattern.withBytes { bytes in Result { try PatternParser.parse(bytes) } }.get()
        }
        let (found, file) = PatternFate.of(pattern)
        // Networks may be indicators of their own.
        if fate == .compound, pattern.contains("ISSUBSET") {
            #expect(found == .compound || found == .indicators)
        } else {
            #expect(found == fate, "\(pattern): \(file.problems.map(\.reason))")
        }
        if found == .refused {
            #expect(!file.problems.isEmpty)
            for problem in file.problems {
                #expect(problem.kind == .unknownProperty || problem.kind == .unsupportedPattern)
                #expect(problem.reason.hasSuffix("."))
            }
        }
    }

    @Test func `reads every construct into the tree that it means`() throws {
        func tree(_ pattern: String) throws -> String {
            "\(try pattern.withBytes { bytes in Result { try PatternParser.parse(bytes) } }.get())"
        }
        func isSame(_ first: String, _ second: String) throws -> Bool { try tree(first) == tree(second) }
        let (a, b, c) = ("[file:name='a1']", "[file:name='b1']", "[file:name='c1']")
        // AND before OR before FOLLOWEDBY, and white space, case and comments mean nothing.
        #expect(try isSame("\(a) OR \(b) AND \(c)", "\(a) OR (\(b) AND \(c))"))
        #expect(try isSame("\(a) FOLLOWEDBY \(b) OR \(c)", "\(a) FOLLOWEDBY (\(b) OR \(c))"))
        #expect(try isSame("\(a) or /* x */ \(b)// y\n and\t\(c)", "\(a) OR \(b) AND \(c)"))
        #expect(
            try isSame(
                "[file:name='a1' OR file:name='b1' AND file:name='c1']",
                "[file:name='a1' OR (file:name='b1' AND file:name='c1')]"))
        // A qualifier belongs to the observation before it.
        #expect(try isSame("\(a) FOLLOWEDBY \(b) WITHIN 5 SECONDS", "\(a) FOLLOWEDBY (\(b) WITHIN 5 SECONDS)"))
        #expect(try tree("\(a) FOLLOWEDBY \(b) WITHIN 5 SECONDS").contains("sequence"))
        #expect(try tree("(\(a) FOLLOWEDBY \(b)) WITHIN 0.5 SECONDS").contains("within(500000)"))
        #expect(try tree("\(a) REPEATS 3 TIMES WITHIN 5 SECONDS").contains("times(3)"))
        #expect(
            try isSame(
                "\(a) START t'2020-01-01T00:00:00Z' STOP t'2021-01-01T00:00:00Z'",
                "\(a) START '2020-01-01T00:00:00Z' STOP '2021-01-01T00:00:00.0Z'"))
        // Negation, in every spelling.
        for spelling in [
            "file:name != 'a1'", "file:name <> 'a1'", "file:name NOT = 'a1'", "NOT file:name = 'a1'",
            "NOT file:name NOT != 'a1'",
        ] {
            #expect(try isSame("[\(spelling)]", "[file:name != 'a1']"), "\(spelling)")
        }
        #expect(try isSame("[EXISTS file:name]", "[NOT file:name='a']") == false)
        // Constants.
        for (constant, word) in [
            ("5", "integer(5)"), ("-5", "integer(-5)"), ("+5", "integer(5)"), ("7.25", "real(7.25)"),
            ("true", "truth(true)"), ("FALSE", "truth(false)"),
            ("h'ffD8'", "bytes([255, 216])"), ("b'/9g='", "bytes([255, 216])"), ("t'1970-01-01T00:00:01Z'", "moment"),
            ("'it\\'s'", "text(\"it\\'s\")"),
            ("'a\\\\b'", "text(\"a\\\\b\")"), ("'a\\d'", "text(\"a\\\\d\")"), ("\"x\"", "text(\"x\")"),
        ] {
            let found = try tree("[file:x = \(constant)]")
            #expect(found.contains(word), "\(constant): \(found)")
        }
        // Paths.
        let path = try #require(tree("[a-b:'x y'[*].z[3].\"q\" = 1]").firstRange(of: "x y"))
        #expect(!path.isEmpty)
        #expect(ObjectPath(type: "a", steps: [.key("b"), .anyIndex, .key("c"), .index(2)]).text == "a:b[*].c[2]")
    }

    @Test(
        arguments: [
            "[file:name = 'a1'] WITHIN -5 SECONDS", "[file:name = 'a1'] WITHIN 0 SECONDS",
            "[file:name = 'a1'] WITHIN 5 HOURS",
            "[file:name = 'a1'] WITHIN 5", "[file:name = 'a1'] REPEATS 0 TIMES", "[file:name = 'a1'] REPEATS 2.5 TIMES",
            "[file:name = 'a1'] START 5 STOP 6",
            "[file:name = 'a1'] START t'2021-01-01T00:00:00Z' STOP t'2020-01-01T00:00:00Z'",
            "[file:name =? 'a1']", "[file.name = 'a1']", "[file:name = t'2457-73-22T32:81:84.1Z']",
            "[file:name = b'====']", "[file:name = h'fff']",
            "[file:name IN ()]", "[file:name IN 'a']", "[file:name IN ('a',)]", "[file:name MATCHES /x/]",
            "[file:name = 5abc]",
            "[file:name[x] = 'a1']", "[file:name[ = 'a1']", "[file:name = 'a1'] AND", "AND [file:name = 'a1']",
            "[file:name = 'a1'] [file:name = 'b1']",
            "[file:name = 'a1'] FOLLOWEDBY", "[file:name = 'a1' AND]", "[file:name = 'a1'))", "([file:name = 'a1'",
            "[EXISTS]", "[NOT]",
            "[file:name = 99999999999999999999]", "[file:name = 'a1'] /* no end", "x", "[]", "[:]", "[a:]", "[a:b.]",
        ])
    func `what is no pattern is malformed, with the place`(pattern: String) {
        let (fate, file) = PatternFate.of(pattern)
        if pattern.hasSuffix("no end") { return }  // a comment that goes on to the end
        #expect(fate == .refused)
        #expect(file.problems.map(\.kind) == [.malformedPattern])
        #expect(file.problems.allSatisfy { $0.reason.hasPrefix("At byte ") })
    }

    @Test func `patterns made to explode are refused or read in a moment`() {
        let start = ContinuousClock.now
        for pattern in [
            String(repeating: "(", count: 100_000), "[" + String(repeating: "(", count: 100_000),
            String(repeating: "([file:name='ab'] OR ", count: 10_000),
            String(repeating: "[file:name='ab'] AND ", count: 9_000) + "[file:name='ab']",
            "[" + String(repeating: "file:name='ab' OR ", count: 9_999) + "file:name='ab']",
            "[" + String(repeating: "file:name!='ab' OR ", count: 50_000) + "file:name='ab']",
            "[file:name MATCHES '" + String(repeating: "(a*)*", count: 3_000) + "']",
            "[file:name='ab'] REPEATS 1000000000 TIMES",
            "[file:name LIKE '" + String(repeating: "%a", count: 8_000) + "']",
            "[a:" + String(repeating: "b.", count: 50_000) + "c = 'x']",
            "[file:name='ab']" + String(repeating: " WITHIN 5 SECONDS", count: 10_000),
            "[file:name = '" + String(repeating: "x", count: 2 << 20) + "']",
        ] {
            let (_, file) = PatternFate.of(pattern)
            #expect(
                !file.indicators.isEmpty || !file.patterns.isEmpty || !file.problems.isEmpty, "\(pattern.prefix(40))")
        }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `an alternative without a field is named and the others are used`() {
        let (_, file) = PatternFate.of(
            "[domain-name:value = 'evil.test' OR mutex:name = 'x1' OR url:value LIKE '%/gate.php%']")
        #expect(file.indicators.map(\.value) == ["evil.test"])
        #expect(file.patterns.count == 1)
        #expect(
            file.problems.map(\.reason) == [
                "No record is compared with mutex:name. The other alternatives of the pattern are used."
            ])
        let (fate, other) = PatternFate.of(
            "[file:name = 'ab' AND (file:size = 5 OR file:path LIKE '/private/var/evil/%')]")
        #expect(fate == .compound)
        #expect(other.problems.map(\.kind) == [.unknownProperty])
        let (none, refused) = PatternFate.of("[file:name = 'ab' AND file:size = 5]")
        #expect(none == .refused)
        #expect(
            refused.problems.map(\.reason) == [
                "No record is compared with file:size. The pattern demands it, so it is not used."
            ])
    }
}
