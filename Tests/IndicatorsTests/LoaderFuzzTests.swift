import ArtifactModel
import Foundation
import Primitives
import Testing

@testable import Indicators

/// Files and patterns changed at random, the same way every time: nothing traps, nothing hangs, nothing is silent.
///
/// `BRIDLE_EXHAUSTIVE=1` tries fifty times as many.
@Suite struct `Changed at random` {
    private static let rounds = ProcessInfo.processInfo.environment["BRIDLE_EXHAUSTIVE"] == nil ? 1 : 50

    struct Random {
        var state: UInt64

        mutating func below(_ limit: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((value ^ value >> 31) % UInt64(max(limit, 1)))
        }

        /// A copy with a few changes; `pieces` are what such texts are made of.
        mutating func changed(_ bytes: [UInt8], _ pieces: [String]) -> [UInt8] {
            var changed = bytes
            for _ in 0...below(4) {
                let index = below(changed.count + 1)
                switch below(7) {
                case 0: if index < changed.count { changed[index] = UInt8(below(256)) }
                case 1: if index < changed.count { changed.remove(at: index) }
                case 2: changed.insert(contentsOf: pieces[below(pieces.count)].utf8, at: index)
                case 3: changed.removeSubrange(index..<min(changed.count, index + below(20)))
                case 4:
                    let other = below(changed.count + 1)
                    changed.insert(
                        contentsOf: Array(changed[min(index, other)..<max(index, other)].prefix(60)), at: index)
                case 5: if below(20) == 0 { changed.removeSubrange(index...) }
                default: if index < changed.count { changed[index] ^= 1 << UInt8(below(8)) }
                }
            }
            return changed
        }
    }

    @Test func `every pattern ends as indicator, compound pattern or problem`() {
        var random = Random(state: 1)
        let pieces = [
            "[", "]", "(", ")", "'", "\\", " AND ", " OR ", " FOLLOWEDBY ", " NOT ", " LIKE ", " MATCHES ", " IN (",
            " WITHIN 5 SECONDS", " REPEATS 9 TIMES",
            " START t'2020-01-01T00:00:00Z' STOP t'2021-01-01T00:00:00Z'", " EXISTS ", "file:name", "domain-name:value",
            "!=", "=", "<>", "h'ff'", "b'AA=='", "5", "-7.5", "[*]", ".", ":",
            " ISSUBSET '198.51.100.0/24'", "(a+)+", "{1,9999}", "/*", "//", "\u{0}", "é", "99999999999999999999",
        ]
        for pattern in `The pattern language`.examples.map(\.pattern) {
            for _ in 0..<60 * Self.rounds {
                let bytes = random.changed(Array(pattern.utf8), pieces)
                let intake = IndicatorIntake(source: "x", builder: nil)
                bytes.withUnsafeBufferPointer {
                    intake.add(pattern: $0, identifier: "i", note: nil, facts: IndicatorFacts())
                }
                #expect(
                    intake.count > 0 || !intake.patterns.isEmpty || !intake.problems.isEmpty,
                    "\(String(decoding: bytes, as: UTF8.self))")
                #expect(intake.problems.allSatisfy { $0.reason.hasSuffix(".") })
                // What was read can be asked.
                if let found = intake.patterns.first {
                    var probe = PatternSet([found]).probe(for: [
                        .url, .filePath, .processName, .fileHash, .emailAddress,
                    ])
                    probe?.take("https://example.com/foo", as: .init(.url, .visited))
                    probe?.take("/private/var/foo.dll", as: .init(.filePath, .unknown))
                    let agreements = probe?.agreements() ?? []
                    let hits = (0..<found.observationCount).map { number in
                        agreements.contains { $0.observation == number }
                            ? [
                                PatternHit(moment: nil, record: 1),
                                PatternHit(moment: Timestamp(microseconds: 5), record: 2),
                            ] : []
                    }
                    _ = found.matches(hits)
                }
            }
        }
    }

    private static let bundle = #"""
        {"type": "bundle", "id": "bundle--1", "objects": [
        {"type": "malware", "id": "malware--11111111-1111-4111-8111-111111111111", "name": "M", "external_references": [{"url": "https://ref.test/"}]},
        {"type": "indicator", "id": "indicator--11111111-1111-4111-8111-111111111111", "pattern": "[domain-name:value='evil.test']", "valid_from": "2020-01-01T00:00:00Z", "confidence": 50},
        {"type": "indicator", "id": "indicator--21111111-1111-4111-8111-111111111111", "pattern": "[file:name='a\\'b' AND file:path LIKE '/x/y/%'] FOLLOWEDBY [process:name='bh']", "labels": ["x"]},
        {"type": "relationship", "id": "relationship--1", "relationship_type": "indicates", "source_ref": "indicator--11111111-1111-4111-8111-111111111111", "target_ref": "malware--11111111-1111-4111-8111-111111111111"},
        {"type": "marking-definition", "id": "m--1", "definition_type": "tlp", "definition": {"tlp": "amber"}},
        {"type": "sighting", "id": "s--1", "sighting_of_ref": "indicator--1", "count": 3}
        ]}
        """#
    private static let event = #"""
        {"Event": {"info": "x", "date": "2020-01-01", "Attribute": [{"type": "domain|ip", "value": "evil.test|198.51.100.7", "to_ids": true, "uuid": "u"}, {"type": "comment", "value": "y", "to_ids": false}],
        "Object": [{"name": "process", "Attribute": [{"type": "text", "object_relation": "name", "value": "bh", "to_ids": "1"}]}], "Tag": [{"name": "tlp:green"}], "Galaxy": [{"GalaxyCluster": [{"type": "tool", "value": "T"}]}]}}
        """#
    private static let list =
        "# x\nevil.test\n0.0.0.0 a.test b.test\n198.51.100.7\nhttps://evil.test/\n0123456789abcdef0123456789abcdef\n||c.test^\na@b.test\n/x/y\nhxxp://d[.]test\n"
    private static let table =
        "type;value;tlp;to_ids\ndomain;\"evil.test\";amber;1\nip;198.51.100.7:80;;1\nmd5;0123456789abcdef0123456789abcdef;;0\n"
    private static let yaml =
        "- name: X\n  packages:\n  - com.evil\n  c2:\n    ips:\n    - 198.51.100.7\n  websites: [evil.test]\n"

    private static let criteria = OpenIOCWriter.ioc(
        OpenIOCWriter.group(
            "OR",
            [
                OpenIOCWriter.item("is", "Network/DNS", "evil.test"),
                OpenIOCWriter.group(
                    "AND",
                    [
                        OpenIOCWriter.item("contains", "FileItem/FileName", "imaginary"),
                        OpenIOCWriter.group(
                            "OR",
                            [
                                OpenIOCWriter.item("matches", "ProcessItem/name", "a+b"),
                                OpenIOCWriter.item("isnot", "RegistryItem/Path", "x"),
                            ]),
                    ]),
            ]))

    @Test(arguments: [0, 1, 2, 3, 4, 5])
    func `every file is read to an end, and says what it holds`(number: Int) {
        let texts = [Self.bundle, Self.event, Self.list, Self.table, Self.yaml, Self.criteria]
        let whole = Array(texts[number].utf8)
        let pieces = [
            "{", "}", "[", "]", "\"", ",", ":", "\\", "\n", "\r", "\u{FEFF}", "\u{0}", "null", "1e999", "- ", "  ", ";",
            "\t", "#", "'", "'\\u12", "é", "0.0.0.0 ", "x: ", "&a ", "*a", "<Indicator operator='AND'>", "</Indicator>",
            "<!--", "-->", "&amp;", "<![CDATA[", "<a b='", "<ioc>",
            "negate='true' ", "<!DOCTYPE x>", "/>", "<?xml ?>",
        ]
        var random = Random(state: UInt64(number) + 2)
        #expect(IndicatorFile(whole, name: "x").count > 0)
        for _ in 0..<600 * Self.rounds {
            let bytes = random.changed(whole, pieces)
            let file = IndicatorFile(bytes, name: "x")
            #expect(
                file.count > 0 || !file.patterns.isEmpty || !file.problems.isEmpty,
                "\(String(decoding: bytes, as: UTF8.self))")
            #expect(file.problems.allSatisfy { $0.reason.hasSuffix(".") && $0.source == "x" })
        }
        for count in whole.indices {
            let file = IndicatorFile(Array(whole[..<count]), name: "x")
            #expect(file.count > 0 || !file.patterns.isEmpty || !file.problems.isEmpty, "\(count)")
        }
    }

    @Test func `every indicator object of a bundle ends as indicator, compound pattern or problem`() {
        var random = Random(state: 99)
        let patterns = `The pattern language`.examples.map(\.pattern)
        for _ in 0..<40 * Self.rounds {
            var objects: [String] = []
            for number in 0..<20 {
                let pattern = patterns[random.below(patterns.count)].replacing("\\", with: "\\\\").replacing(
                    "\"", with: "\\\"")
                let cut = String(pattern.prefix(random.below(3) == 0 ? random.below(pattern.count) : pattern.count))
                let sound = cut.hasSuffix("\\") ? cut + "\\" : cut
                objects.append(
                    #"{"type": "indicator", "id": "indicator--\#(number)", "revoked": \#(random.below(9) == 0), "pattern": "\#(sound)"}"#
                )
            }
            let file = IndicatorFile(Array(("[" + objects.joined(separator: ",") + "]").utf8), name: "x")
            let named = Set(
                file.indicators.map(\.identifier) + file.patterns.map(\.identifier) + file.problems.map(\.identifier))
            // A pattern cut behind a backslash may damage its object, which has no name then.
            if !file.problems.contains(where: { $0.kind == .damagedObject || $0.kind == .damagedFile }) {
                #expect(named.isSuperset(of: (0..<20).map { "indicator--\($0)" }))
            }
        }
    }
}
