import ArtifactModel
import Primitives
import Testing

@testable import Indicators

/// What a bundle says about its indicators beside their values.
@Suite struct `The objects of a bundle` {
    private func load(_ objects: String...) -> IndicatorFile {
        IndicatorFile(
            Array((#"{"type": "bundle", "objects": ["# + objects.joined(separator: ",") + "]}").utf8), name: "x.json")
    }

    private let indicator =
        #""type": "indicator", "id": "indicator--11111111-1111-4111-8111-111111111111", "pattern": "[process:name='bh']""#

    @Test(
        arguments: [
            (
                #"{"type": "marking-definition", "id": "m--1", "definition_type": "tlp", "definition": {"tlp": "amber"}}"#,
                "TLP:AMBER"
            ),
            (
                #"{"type": "marking-definition", "id": "m--1", "extensions": {"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": {"extension_type": "property-extension", "tlp_2_0": "amber+strict"}}}"#,
                "TLP:AMBER+STRICT"
            ),
            (#"{"type": "marking-definition", "id": "m--1", "name": "TLP:RED"}"#, "TLP:RED"),
            (
                #"{"type": "marking-definition", "id": "m--1", "definition_type": "tlp", "definition": {"tlp": "puce"}}"#,
                nil
            ),
        ] as [(String, String?)])
    func `a marking says how far an indicator may go`(definition: String, colour: String?) {
        let file = load(definition, "{\(indicator), \"object_marking_refs\": [\"m--1\"]}")
        #expect(file.indicators.map(\.marking) == [colour])
        #expect(file.publication.marking == colour)
    }

    @Test
    func `the strictest of several markings counts, well-known ones need not be there, and statements are licences`() {
        let file = load(
            "{\(indicator), \"object_marking_refs\": [\"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da\", \"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1\", \"s\"]}",
            #"{"type": "marking-definition", "id": "s", "definition_type": "statement", "definition": {"statement": "CC BY 4.0"}}"#
        )
        #expect(file.indicators.map(\.marking) == ["TLP:RED"])
        #expect(file.indicators.map(\.licence) == ["CC BY 4.0"])
        #expect(file.publication.licence == "CC BY 4.0")
    }

    @Test func `the identity behind an indicator is its publisher`() {
        let file = load(
            "{\(indicator), \"created_by_ref\": \"identity--1\", \"created\": \"2020-01-01T00:00:00Z\", \"modified\": \"2021-01-01T00:00:00Z\"}",
            #"{"type": "identity", "id": "identity--1", "name": "Somebody"}"#)
        #expect(file.indicators.map(\.publisher) == ["Somebody"])
        #expect(file.publication.publisher == "Somebody")
        #expect(file.publication.created?.description == "2020-01-01T00:00:00.000000Z")
        #expect(file.publication.modified?.description == "2021-01-01T00:00:00.000000Z")
    }

    @Test func `an indicator that is no longer valid is kept and marked`() throws {
        let file = load("{\(indicator), \"valid_until\": \"2020-01-01T00:00:00Z\"}")
        let found = try #require(file.indicators.first)
        let now = try #require(Timestamp(rfc3339: "2026-01-01T00:00:00Z"))
        #expect(found.isExpired(at: now))
        #expect(file.problems.isEmpty)
    }

    @Test func `sightings are kept with their counts`() {
        let file = load(
            "{\(indicator)}",
            #"{"type": "sighting", "id": "s--1", "sighting_of_ref": "indicator--11111111-1111-4111-8111-111111111111", "count": 7, "last_seen": "2020-01-01T00:00:00Z"}"#,
            #"{"type": "sighting", "id": "s--2", "sighting_of_ref": "indicator--2"}"#)
        #expect(file.sightings.map(\.count) == [7, 1])
        #expect(file.sightings.first?.lastSeen?.description == "2020-01-01T00:00:00.000000Z")
    }

    @Test func `a damaged object costs itself, and is named`() {
        var text = Array(
            (#"{"objects": [{"type": "indicator", "id": "i--1", "pattern": "[process:name='aa']"}, "#
                + #"{"type": "indicator", "id": "i--2", "pattern": "[process:name='b?']"}, "#
                + #"{"type": "indicator", "id": "i--3", "pattern": "[process:name='cc']"}]}"#).utf8)
        text[text.firstIndex(of: UInt8(ascii: "?")) ?? 0] = 0xFF
        let file = IndicatorFile(text, name: "x")
        #expect(file.indicators.map(\.value) == ["aa", "cc"])
        #expect(file.problems.map(\.kind) == [.damagedObject])
        let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
        let other = load(
            "{\(indicator)}", "{\"x\": \(deep)}",
            #"{"type": "indicator", "id": "i--3", "pattern": "[process:name='cc']"}"#)
        #expect(other.indicators.map(\.value) == ["bh", "cc"])
        #expect(other.problems.map(\.kind) == [.damagedObject])
    }

    @Test func `a property that occurs twice is remarked upon, and names written with escapes are understood`() {
        let file = load(
            #"{"type": "indicator", "id": "i--1", "pattern": "[process:name='aa']", "pattern": "[process:name='bb']"}"#)
        #expect(file.indicators.map(\.value) == ["bb"])
        #expect(file.problems.map(\.kind) == [.remark])
        let escaped = load(
            #"{"\u0074ype": "indicator", "\u0069d": "i--1", "patter\u006e": "[process:name='\u0061a']"}"#)
        #expect(escaped.indicators.map(\.value) == ["aa"])
    }

    @Test func `objects of unknown types are passed over, and an empty bundle is said`() {
        let file = load(#"{"type": "x-custom", "id": "x--1", "pattern": 7}"#, #"{"type": 7}"#, "{}")
        #expect(file.indicators.isEmpty)
        #expect(file.problems.map(\.kind) == [.empty])
        #expect(load().problems.map(\.kind) == [.empty])
    }

    @Test func `problems beyond the limit are counted`() {
        let objects = (0..<6_000).map {
            #"{"type": "indicator", "id": "i--\#($0)", "pattern": "[mutex:name='x\#($0)']"}"#
        }
        let file = IndicatorFile(Array(("[" + objects.joined(separator: ",") + "]").utf8), name: "x")
        #expect(file.problems.count == 5_001)
        #expect(file.problems.last?.reason == "1000 further problems of this kind are counted and not listed.")
    }

    @Test func `a builder takes what a list would hold`() {
        let text = Array(
            #"[{"type": "indicator", "id": "i--1", "pattern": "[domain-name:value='evil.test' OR process:name='bh']"}]"#
                .utf8)
        var builder = IndicatorSet.Builder()
        builder.add(Indicator(.processName, "first", source: "other"))
        let file = IndicatorFile.load(MemorySource(text), name: "x", into: &builder)
        #expect(file.count == 2 && file.indicators.isEmpty)
        let set = builder.build()
        #expect(set.count == 3)
        #expect(set.matches("https://evil.test/", as: .url).count == 1)
        #expect(set.matches("first", as: .processName).count == 1)
    }

    @Test(.timeLimit(.minutes(15)))
    func `identifiers that were made to collide are found as quickly as others`() {
        var table = IdentifierTable()
        var count = 0
        for number in 0..<100_000 as Range<UInt64> {
            // The exclusive or of one half and of the other, turned, is the same for all of them.
            let low = number &* 0x9E37_79B9_7F4A_7C15
            let digits = [low << 32 | low >> 32, low].map { word in
                let text = String(word, radix: 16)
                return String(repeating: "0", count: 16 - text.count) + text
            }.joined()
            var uuid = "indicator--"
            for (index, digit) in digits.enumerated() {
                if [8, 12, 16, 20].contains(index) { uuid += "-" }
                uuid.append(digit)
            }
            guard let key = uuid.withBytes({ IdentifierTable.Key($0) }) else { continue }
            if table.insert(key, UInt32(number)) { count += 1 }
        }
        #expect(count == 100_000 && table.count == 100_000)
    }
}
