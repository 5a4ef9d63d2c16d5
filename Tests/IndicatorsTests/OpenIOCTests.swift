import Foundation
import Primitives
import TestSupport
import Testing

@testable import Indicators

/// Pieces of which the tests put documents together.
enum OpenIOCWriter {
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }

    static func item(
        _ condition: String, _ term: String, _ value: String, _ more: String = "", id: String = "i"
    ) -> String {
        let document = escaped(String(term.prefix { $0 != "/" }))
        return """
            <IndicatorItem id="\(id)" condition="\(escaped(condition))"\(more)><Context document="\(document)" \
            search="\(escaped(term))" type="mir"/><Content type="string">\(escaped(value))</Content></IndicatorItem>
            """
    }

    static func group(_ word: String, _ parts: [String], id: String = "g") -> String {
        "<Indicator operator=\"\(word)\" id=\"\(id)\">\(parts.joined())</Indicator>"
    }

    static func ioc(_ criteria: String, id: String = "ioc", title: String = "T") -> String {
        """
        <ioc id="\(id)" xmlns="http://schemas.mandiant.com/2010/ioc"><short_description>\(title)</short_description>\
        <definition>\(criteria)</definition></ioc>
        """
    }
}

@Suite struct `OpenIOC` {
    private func load(_ text: String) -> IndicatorFile { IndicatorFile(Array(text.utf8), name: "x.ioc") }

    private func load(criteria: String) -> IndicatorFile { load(OpenIOCWriter.ioc(criteria)) }

    private func item(_ condition: String, _ term: String, _ value: String, id: String = "i") -> String {
        OpenIOCWriter.item(condition, term, value, id: id)
    }

    private func group(_ word: String, _ parts: String..., id: String = "g") -> String {
        OpenIOCWriter.group(word, parts, id: id)
    }

    private func fixture(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: Fixture.root.appending(path: "indicators.openioc/\(name)")))
    }

    // MARK: - Published forms

    @Test func `version 1_0 is read with what it says of itself`() throws {
        let file = IndicatorFile(try fixture("version-1.0.ioc"), name: "x.ioc")
        let id = "10000000-0000-4000-8000-00000000000"
        #expect(file.form == .openIOC)
        #expect(file.indicators.map(\.kind) == [.fileHashMD5])
        let first = try #require(file.indicators.first)
        #expect(first.identifier == id + "2" && first.family == "Imaginary" && first.note == "The first stage")
        #expect(first.reference == "https://reports.example/imaginary" && first.licence == "CC BY 4.0")
        #expect(first.publisher == "Somebody" && first.validFrom == nil && first.validUntil == nil)
        #expect(
            file.patterns.map(\.text) == [
                "[domain-name:value LIKE '%imaginary-implant.test%']",
                "[file:name = 'imaginaryd' AND file:parent_directory_ref.path != '/usr/libexec']",
            ])
        #expect(file.patterns.map(\.identifier) == [id + "3", id + "5"])
        #expect(file.patterns.allSatisfy { $0.family == "Imaginary" && $0.publisher == "Somebody" })
        #expect(file.problems.map(\.identifier) == [id + "4", id + "8"])
        #expect(file.problems.map(\.kind) == [.unknownProperty, .unknownProperty])
        #expect(
            file.problems.last?.reason
                == "No record is compared with openioc:FileItem/SizeInBytes. The pattern demands it, so it is not used."
        )
        #expect(file.publication.title == "IMAGINARY (REPORT)" && file.publication.publisher == "Somebody")
        #expect(file.publication.created?.description == "2012-05-05T00:00:00.000000Z")
        #expect(file.publication.modified?.description == "2012-05-06T07:08:09.000000Z")
    }

    @Test func `version 1_1 is read under any prefix, with the comments behind it`() throws {
        let file = IndicatorFile(try fixture("version-1.1.ioc"), name: "x.ioc")
        #expect(file.form == .openIOC && file.problems.isEmpty)
        #expect(file.indicators.map(\.value) == ["https://imaginary-implant.test/gate?x=1&y=2"])
        #expect(file.indicators.first?.note == "Where it reported to")
        #expect(file.indicators.first?.family == "Imaginary, second wave")
        #expect(
            file.patterns.map(\.text) == [
                "([process:name LIKE 'imaginary%'] AND [ipv4-addr:value = '198.51.100.7']) OR "
                    + "([process:name LIKE 'imaginary%'] AND [file:name MATCHES '(?i)^imaginary[0-9]+\\\\.plist$'])"
            ])
        #expect(file.publication.created == nil && file.publication.modified != nil)
    }

    @Test(arguments: [true, false])
    func `UTF-16 and a name of it that is not true are read`(isBigEndian: Bool) throws {
        let text = String(decoding: try fixture("version-1.1.ioc"), as: UTF8.self)
            .replacing("encoding=\"utf-8\"", with: "encoding=\"utf-16\"")
        let wide = ("\u{FEFF}" + text).utf16.flatMap { unit in
            isBigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
        for bytes in [wide, Array(text.utf8), Array(("\u{FEFF}" + text).utf8)] {
            let file = IndicatorFile(bytes, name: "x")
            #expect(file.form == .openIOC && file.count == 1 && file.patterns.count == 1 && file.problems.isEmpty)
        }
    }

    // MARK: - Items

    static let rows = ConformanceTable.rows("openioc", columns: 4)

    @Test func `the table is whole`() {
        #expect(Self.rows.count > 50 && Self.rows.allSatisfy { $0.cells.count == 4 })
    }

    @Test(arguments: rows.map(\.cells).filter { $0.count == 4 })
    func `an item is an indicator, a pattern or refused with the reason`(cells: [String]) {
        var (condition, more) = (cells[0], "")
        if condition.hasPrefix("!") {
            condition.removeFirst()
            more += " negate=\"true\""
        }
        if condition.hasSuffix("^") {
            condition.removeLast()
            more += " preserve-case=\"true\""
        }
        let file = load(criteria: OpenIOCWriter.group("OR", [OpenIOCWriter.item(condition, cells[1], cells[2], more)]))
        let wanted = cells[3]
        if let kind = Indicator.Kind(rawValue: wanted) {
            #expect(file.indicators.map(\.kind) == [kind] && file.indicators.map(\.value) == [cells[2]])
            #expect(file.patterns.isEmpty && file.problems.isEmpty, "\(file.problems)")
        } else if wanted.hasPrefix("[") {
            #expect(file.patterns.map(\.text) == [wanted])
            #expect(file.count == 0 && file.problems.isEmpty, "\(file.problems)")
        } else {
            #expect(file.count == 0 && file.patterns.isEmpty)
            #expect(
                file.problems.count == 1 && file.problems.first?.reason.hasPrefix(wanted) ?? false, "\(file.problems)")
        }
        #expect((file.indicators.map(\.identifier) + file.patterns.map(\.identifier)).allSatisfy { $0 == "i" })
        #expect(file.problems.allSatisfy { $0.identifier == "i" })
    }

    // MARK: - Joined

    private let host = OpenIOCWriter.item("is", "DnsEntryItem/Host", "a.test", id: "host")
    private let name = OpenIOCWriter.item("is", "FileItem/FileName", "imaginaryd", id: "name")
    private let hash = OpenIOCWriter.item(
        "is", "FileItem/Md5sum", "0123456789abcdef0123456789abcdef", id: "hash")
    private let registry = OpenIOCWriter.item("is", "RegistryItem/Path", "x", id: "registry")

    @Test func `alternatives at the top are indicators of their own, however deep they stand`() {
        let file = load(criteria: group("OR", host, group("or", name, group("OR", hash, registry)), name))
        #expect(file.indicators.map(\.identifier) == ["host", "name", "hash", "name"])
        #expect(file.patterns.isEmpty && file.problems.map(\.identifier) == ["registry"])
        #expect(load(criteria: host + group("OR", name) + group("AND", hash)).count == 3)
    }

    @Test(
        arguments: [
            ("AND of one kind of record is one record", ["name", "hash"], "[name AND hash]"),
            ("AND of several kinds is several records", ["name", "host"], "[name] AND [host]"),
            ("the kinds are put together", ["name", "host", "hash"], "[name AND hash] AND [host]"),
        ])
    func `an AND is a pattern`(why: String, parts: [String], wanted: String) {
        let file = load(criteria: OpenIOCWriter.group("AND", parts.map { part(named: $0) }, id: "and"))
        #expect(file.patterns.map(\.text) == [pattern(wanted)], "\(why)")
        #expect(file.patterns.map(\.identifier) == ["and"] && file.count == 0 && file.problems.isEmpty)
    }

    private func part(named word: String) -> String {
        switch word {
        case "name": name
        case "hash": hash
        default: host
        }
    }

    private func pattern(_ short: String) -> String {
        short.replacing("name", with: "file:name = 'imaginaryd'")
            .replacing("hash", with: "file:hashes.MD5 = '0123456789abcdef0123456789abcdef'")
            .replacing("host", with: "domain-name:value = 'a.test'")
    }

    @Test func `an OR inside of an AND is kept together, and is several ways where the records are others`() {
        let one = load(criteria: group("AND", name, group("OR", hash, name)))
        #expect(one.patterns.map(\.text) == [pattern("[name AND (hash OR name)]")])
        let two = load(criteria: group("AND", name, group("OR", hash, host, name)))
        #expect(two.patterns.map(\.text) == [pattern("[name AND (hash OR name)] OR ([name] AND [host])")])
        let nested = load(criteria: group("AND", name, group("OR", host, group("AND", hash, host))))
        #expect(
            nested.patterns.map(\.text) == [pattern("([name AND hash] AND [host]) OR ([name] AND [host])")])
    }

    @Test func `a term that is in no record refuses the AND around it, and an OR inside keeps the rest`() {
        let and = load(criteria: group("OR", host, group("AND", name, registry, id: "and")))
        #expect(and.count == 1 && and.patterns.isEmpty)
        #expect(and.problems.map(\.identifier) == ["and"])
        #expect(
            and.problems.first?.reason
                == "No record is compared with openioc:RegistryItem/Path. The pattern demands it, so it is not used.")
        let or = load(criteria: group("AND", name, group("OR", hash, registry), id: "and"))
        #expect(or.patterns.count == 1 && or.problems.map(\.kind) == [.unknownProperty])
        #expect(or.problems.first?.reason.hasSuffix("The other alternatives of the pattern are used.") ?? false)
    }

    @Test func `damage inside of an AND refuses all of it`() {
        for broken in [
            "<IndicatorItem id='b' condition='is'><Content>x</Content></IndicatorItem>", group("OR"),
            group("XOR", hash),
            item("resembles", "FileItem/FileName", "x"), "<Exclusion>\(hash)</Exclusion>",
            "<IndicatorItem id='b' condition='is'>\(name)</IndicatorItem>",
            "<Indicator operator='OR' negate='true' id='b'>\(hash)</Indicator>",
            "<IndicatorItem condition='is'><Context search='FileItem/FileName'/><Content>a</Content><Content>b</Content></IndicatorItem>",
        ] {
            for file in [
                load(criteria: group("AND", name, broken)),
                load(criteria: group("AND", name, group("OR", host, broken))),
            ] {
                #expect(file.count == 0 && file.patterns.isEmpty, "\(broken)")
                #expect(file.problems.count == 1, "\(file.problems)")
                #expect(file.problems.first?.reason.hasSuffix("All that it is joined with is not used.") ?? false)
            }
            let or = load(criteria: group("OR", name, broken, host))
            #expect(or.count == 2 && or.problems.count == 1, "\(or.problems)")
        }
    }

    @Test func `the same identifier on several items costs none of them`() {
        let file = load(criteria: group("OR", item("is", "Network/DNS", "a.test"), item("is", "Network/DNS", "b.test")))
        #expect(file.indicators.map(\.value) == ["a.test", "b.test"] && file.problems.isEmpty)
    }

    @Test(arguments: ["", "<Indicator operator='OR' id='g'/>", "<Indicator operator='AND' id='g'/>"])
    func `empty criteria are named`(criteria: String) {
        let file = load(criteria: criteria)
        #expect(file.count == 0 && file.patterns.isEmpty && file.problems.count == 1)
    }

    // MARK: - Several

    @Test func `several documents of a file are told apart`() {
        let one = OpenIOCWriter.ioc(group("OR", host), id: "1", title: "One")
        let two = OpenIOCWriter.ioc(group("OR", name), id: "2", title: "Two")
        let empty = OpenIOCWriter.ioc("", id: "3", title: "Three")
        for text in [
            "<iocs>\(one)\(two)\(empty)</iocs>", "<?xml version='1.0'?>\n\(one)\n<?xml version='1.0'?>\n\(two)\(empty)",
        ] {
            let file = load(text)
            #expect(file.form == .openIOC)
            #expect(file.indicators.map(\.family) == ["One", "Two"])
            #expect(file.problems.map(\.kind) == [.empty] && file.problems.map(\.identifier) == ["3"])
        }
    }

    @Test(
        arguments: [
            ("<rss><channel/></rss>", "The file is none of"),
            ("<?xml version='1.0'?><a/>", "The file is XML of another"),
            ("<stix:STIX_Package xmlns:stix='x'>", "The file is STIX 1"),
            ("<html><body><ioc>x</ioc></body></html>", "The file is a web page"),
            ("<!-- <ioc> --><!-- <ioc> --><a/>", "The file is none of"),
        ])
    func `other XML is named for what it is`(text: String, reason: String) {
        let file = load(text)
        #expect(file.form == .unknown && file.problems.map(\.kind) == [.damagedFile])
        #expect(file.problems.first?.reason.hasPrefix(reason) ?? false, "\(file.problems)")
    }

    // MARK: - Hostile

    @Test func `an entity bomb and any other document type are refused before anything is read`() {
        let declarations = (1..<30).map { "<!ENTITY e\($0) \"&e\($0 - 1);&e\($0 - 1);\">" }.joined()
        for head in [
            "<!DOCTYPE ioc [<!ENTITY e0 \"a.test\">\(declarations)]>", "<!DOCTYPE ioc SYSTEM \"file:///etc/passwd\">",
            "<!DOCTYPE ioc>",
        ] {
            let file = load("<?xml version=\"1.0\"?>\(head)\(OpenIOCWriter.ioc(group("OR", host)))")
            #expect(file.form == .openIOC && file.count == 0)
            #expect(file.problems.map(\.kind) == [.damagedFile])
            #expect(file.problems.first?.reason.contains("expected XML without a document type") ?? false)
        }
    }

    @Test func `what is nested too deeply, too long or too wide ends, and what stands before is used`() {
        let depth = String(repeating: "<Indicator operator='AND' id='d'>", count: 100_000)
        let deep = load("<ioc><definition>\(group("OR", host))\(depth)")
        #expect(deep.count == 1)
        #expect(Set(deep.problems.map(\.kind)) == [.damagedFile, .damagedObject])
        let hundred = (0..<100).reduce(name) { inner, _ in group("AND", inner, hash) }
        #expect(load(criteria: hundred).problems.map(\.kind) == [.unsupportedPattern])
        let long = String(repeating: "x", count: 2 << 20)
        let term = "<IndicatorItem condition='is'><Context search='\(long)'/><Content>x</Content></IndicatorItem>"
        let value =
            "<IndicatorItem condition='is'><Context search='FileItem/FileName'/><Content>\(long)</Content></IndicatorItem>"
        let wide = load(criteria: group("OR", value, term, host))
        #expect(
            wide.count == 1 && wide.problems.map(\.kind) == [.refusedValue, .unknownProperty],
            "\(wide.problems.map(\.kind))")
        #expect(wide.problems.allSatisfy { $0.reason.utf8.count < 200 })
    }

    @Test func `joins that nobody would write are refused as a whole`() {
        let many = OpenIOCWriter.group("AND", [String](repeating: name, count: 10_001), id: "many")
        #expect(load(criteria: many + host).problems.map(\.identifier) == ["many"])
        let pair = group("OR", name, host)
        let ways = OpenIOCWriter.group("AND", [String](repeating: pair, count: 30))
        #expect(load(criteria: ways).problems.map(\.kind) == [.unsupportedPattern])
    }

    @Test func `fifty thousand alternatives are fifty thousand indicators`() {
        let items = (0..<50_000).map { item("is", "Network/DNS", "h\($0).test", id: "\($0)") }
        let file = load(criteria: OpenIOCWriter.group("OR", items))
        #expect(file.count == 50_000 && file.problems.isEmpty)
        #expect(file.indicators.last?.identifier == "49999")
    }

    @Test func `a file cut off keeps what stands before, and nothing of an AND that has not ended`() throws {
        for name in ["version-1.0.ioc", "version-1.1.ioc"] {
            let whole = try fixture(name)
            let all = IndicatorFile(whole, name: "x")
            for count in whole.indices.dropLast() {
                let cut = IndicatorFile(Array(whole[..<count]), name: "x")
                #expect(cut.count <= all.count && cut.patterns.count <= all.patterns.count)
                #expect(zip(cut.patterns, all.patterns).allSatisfy { $0.text == $1.text })
                guard cut.form == .openIOC else { continue }
                #expect(cut.problems.contains { $0.kind == .damagedFile }, "\(count)")
            }
        }
    }

    @Test func `the text of a pattern is the pattern`() throws {
        for (text, _) in `The pattern language`.examples {
            guard let expression = try? text.withBytes({ bytes in Result { try PatternParser.parse(bytes) } }).get()
            else {
                continue
            }
            let again = try expression.text.withBytes { bytes in Result { try PatternParser.parse(bytes) } }.get()
            #expect(again == expression, "\(expression.text)")
        }
    }
}
