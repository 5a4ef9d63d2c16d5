import Foundation
import Primitives
import Testing

@testable import Indicators

@Suite struct `Lists and tables` {
    private func load(_ text: String) -> IndicatorFile { IndicatorFile(Array(text.utf8), name: "list.txt") }

    @Test func `a mixed list is decided line by line`() {
        let file = load(
            """
            # domains
            evil.test
            *.wild.test   # with a remark
            evil.test:8443
            198.51.100.7
            2001:db8::7
            https://evil.test/a?b=c#d
            Someone@evil.test
            0123456789ABCDEF0123456789abcdef
            \(String(repeating: "a1", count: 20))
            \(String(repeating: "a1", count: 32))
            /private/var/tmp/evil
            com.evil.spy
            ; another remark
            // and another
            || is no rule
            ||ads.test^
            hxxps://harmless[.]test/x
            "quoted.test",
            word
            bücher.test
            """)
        #expect(file.form == .list)
        #expect(
            file.indicators.map(\.kind) == [
                .domainName, .domainName, .domainName, .ipv4Address, .ipv6Address, .url, .emailAddress, .fileHashMD5,
                .fileHashSHA1, .fileHashSHA256, .filePath,
                .applicationIdentifier, .domainName, .url, .domainName, .domainName,
            ])
        #expect(
            file.indicators.map(\.value).suffix(4) == [
                "ads.test", "https://harmless.test/x", "quoted.test", "bücher.test",
            ])
        #expect(file.problems.map(\.kind) == [.malformedPattern, .malformedPattern, .remark, .remark])
        #expect(file.problems[0].reason.hasPrefix("Line 16 "))
        #expect(file.indicators.first?.identifier == "line 2")
    }

    @Test func `a hosts file gives its names and not the address they are sent to`() {
        let file = load(
            "127.0.0.1 localhost\r\n0.0.0.0 evil.test www.evil.test # both\r\n::1 ip6-localhost\r\n0.0.0.0\tother.test\r\n"
        )
        #expect(file.indicators.map(\.value) == ["evil.test", "www.evil.test", "other.test"])
        #expect(file.problems.isEmpty)
    }

    @Test func `a line that is not UTF-8 or too long costs itself`() {
        let file = IndicatorFile(
            Array("good.test\n".utf8) + [0x61, 0xFF, 0x2E, 0x62, 0x0A]
                + Array((String(repeating: "a", count: 9_000) + "\nlast.test").utf8), name: "x")
        #expect(file.indicators.map(\.value) == ["good.test", "last.test"])
        #expect(file.problems.map(\.kind) == [.damagedObject, .damagedObject])
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func `a table with types is read with any delimiter`(delimiter: String) {
        let rows = [
            ["Type", "Value", "Malware Family", "First Seen", "TLP", "Confidence", "Description"],
            [
                "domain", "evil.test", "Imaginary", "2023-01-02T03:04:05Z", "amber", "80",
                "\"a \"\"quoted\"\" text\(delimiter)\nin two lines\"",
            ],
            ["FileHash-SHA256", String(repeating: "a1", count: 32), "", "", "", "", ""],
            ["IPv4", "198.51.100.7:443", "", "", "", "", ""],
            ["mutex", "abc", "", "", "", "", ""], ["process_name", "bh", "", "", "", "101", ""],
            ["domain", "", "", "", "", "", ""],
            ["domain-name:value", "other.test", "", "", "", "", ""],
        ].map { $0.joined(separator: delimiter) }
        let file = load(rows.joined(separator: "\r\n"))
        #expect(file.form == .table(delimiter: Array(delimiter.utf8)[0]))
        #expect(
            file.indicators.map(\.value) == [
                "evil.test", String(repeating: "a1", count: 32), "198.51.100.7", "bh", "other.test",
            ])
        #expect(file.indicators.map(\.family) == ["Imaginary", nil, nil, nil, nil])
        #expect(file.indicators.first?.note == "a \"quoted\" text\(delimiter)\nin two lines")
        #expect(file.indicators.first?.validFrom?.description == "2023-01-02T03:04:05.000000Z")
        #expect(file.indicators.first?.marking == "TLP:AMBER" && file.indicators.first?.confidence == 80)
        #expect(file.problems.map(\.kind) == [.unknownProperty, .malformedPattern])
        #expect(file.problems.last?.reason.contains("line 8") ?? false)
    }

    @Test func `columns may be named for what they hold, and a header may be a remark`() {
        let file = load(
            "package_name,domain,sha256\ncom.evil.spy,evil.test,\(String(repeating: "a1", count: 32))\n,other.test,\n")
        #expect(file.indicators.map(\.kind) == [.applicationIdentifier, .domainName, .fileHashSHA256, .domainName])
        let commented = load(
            "# A feed\n# id,dateadded,url,reference\n\"1\",\"2023-01-01\",\"https://evil.test/x\",\"https://ref.test/\"\n"
        )
        #expect(commented.indicators.map(\.value) == ["https://evil.test/x"])
        #expect(commented.indicators.map(\.reference) == ["https://ref.test/"])
    }

    @Test func `values without a type are what they look like`() {
        let file = load("indicator,description\nevil.test,x\n198.51.100.7,y\nwhat is this,z\n")
        #expect(file.indicators.map(\.kind) == [.domainName, .ipv4Address])
        #expect(file.problems.map(\.kind) == [.malformedPattern])
    }

    @Test func `an export of MISP honours its flags`() {
        let file = load(
            """
            uuid,event_id,category,type,value,comment,to_ids,date,object_relation
            "u1",1,"Network activity","domain|ip","evil.test|198.51.100.7","",1,20230101,""
            "u2",1,"Network activity","domain","other.test","",0,20230101,""
            "u3",1,"External analysis","comment","words, and more","",0,20230101,""
            """)
        #expect(file.indicators.map(\.value) == ["evil.test", "198.51.100.7"])
        #expect(file.indicators.map(\.identifier) == ["u1", "u1"])
        #expect(file.problems.map(\.kind) == [.notForDetection, .notForDetection])
    }

    @Test func `a quotation mark without an end costs its row`() {
        let file = load("type,value\ndomain,\"evil.test\ndomain,good.test\ndomain,last.test")
        #expect(file.indicators.map(\.value) == ["good.test", "last.test"])
        #expect(file.problems.map(\.kind) == [.damagedObject])
    }

    @Test func `the list of the stalkerware project is read`() {
        let file = load(
            """
            - name: Imaginary
              names:
              - Imaginary
              type: stalkerware
              packages:
              - com.evil.spy
              certificates:
              - 31A6ECECD97CF39BC4126B8745CD94A7C30BF81C
              websites:
              - evil.test
              distribution:
              - https://evil.test/get
              c2:
                ips:
                - 198.51.100.7
                domains:
                - c2.evil.test
              certificate_organizations:
              - Nobody
            - 7
            """)
        #expect(file.form == .stalkerware)
        #expect(
            file.indicators.map(\.kind) == [
                .applicationIdentifier, .certificateHash, .domainName, .domainName, .ipv4Address, .domainName,
            ])
        #expect(file.indicators.allSatisfy { $0.family == "Imaginary" })
        #expect(Set(file.problems.map(\.kind)).isSubset(of: [.unknownProperty, .damagedObject, .remark]))
        #expect(
            file.problems.contains { $0.kind == .unknownProperty }
                && file.problems.contains { $0.kind == .damagedObject })
        #expect(
            load("indicators:\n- name: x\n  github:\n    owner: y\n").problems.first?.reason.contains("index") ?? false)
        #expect(load("- a: [\n").problems.map(\.kind) == [.damagedFile])
    }

    @Test(
        arguments: [
            ("", .list), ("\n\n# nothing\n", .list), ("<html><body>404</body></html>", .unknown),
            ("<?xml version=\"1.0\"?><ioc xmlns=\"http://openioc.org\">", .openIOC),
            ("PK\u{3}\u{4}", .unknown), ("\u{1F}\u{8B}", .unknown), ("\u{0}\u{1}\u{2}", .unknown),
            ("{\"x\": 1}", .structuredThreatInformation), ("[]", .structuredThreatInformation),
            ("---\n- x\n", .stalkerware), ("name: x\n", .stalkerware), ("https://a.test/\n", .list),
            ("a.test,b.test\n", .list),
        ] as [(String, IndicatorFile.Form)])
    func `the form is told by the content, and what holds nothing says so`(text: String, form: IndicatorFile.Form) {
        let file = load(text)
        #expect(file.form == form)
        #expect(!file.problems.isEmpty || file.count > 0)
    }

    @Test(.enabled(if: PublicSets.isPresent, "the folder ../shared/indicators is not beside the package"))
    func `the published list of stalkerware loads whole`() throws {
        let file = IndicatorFile(try PublicSets.bytes("stalkerware-ioc.yaml"), name: "stalkerware-ioc.yaml")
        #expect(file.form == .stalkerware)
        #expect(file.count == 2_749)
        #expect(file.problems.allSatisfy { $0.kind != .damagedFile && $0.kind != .damagedObject })
        let index = IndicatorFile(try PublicSets.bytes("mvt-indicators-index.yaml"), name: "index")
        #expect(index.count == 0 && index.problems.map(\.kind) == [.damagedFile])
    }
}
