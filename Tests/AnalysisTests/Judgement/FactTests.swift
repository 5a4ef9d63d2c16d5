import AppleArtifacts
import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import TestSupport
import Testing

@testable import Analysis

/// What records say of the device, gathered once and within bounds.
struct FactTests {
    private func moment(_ second: Int64) throws -> Timestamp { try #require(Timestamp(unixSeconds: second)) }

    @Test func `records that say the same are one fact over a span of time`() throws {
        var collector = FactCollector(artifact: "a.b.c")
        for second: Int64 in [500, 100, 900] {
            collector.add(
                .account, FactReading("x@example.org", "Messages", at: try moment(second)), path: "p",
                location: .offset(Int(second)))
        }
        collector.add(.account, FactReading("x@example.org", "Messages"), path: "p", location: .offset(0))
        let fact = try #require(collector.facts.first)
        #expect(collector.facts.count == 1 && fact.records == 4)
        #expect(try fact.first == moment(100) && fact.last == moment(900))
        #expect(fact.location == .offset(500))
        #expect(try fact.standing(at: moment(99)) == .onlyAfter && fact.standing(at: moment(100)) == .before)
    }

    @Test func `restarts are told apart by their moments`() throws {
        var collector = FactCollector(artifact: "a.b.c")
        for second: Int64 in [1, 2, 2] {
            collector.add(
                .restart, FactReading("", "shut down", at: try moment(second)), path: "p", location: .offset(0))
        }
        #expect(collector.facts.map(\.first) == [try moment(1), try moment(2)])
    }

    @Test func `no evidence fills the memory with facts`() {
        var collector = FactCollector(artifact: "a.b.c")
        for number in 0..<FactCollector.factLimit + 7 {
            collector.add(.application, FactReading("com.example.\(number)"), path: "p", location: .offset(number))
        }
        #expect(collector.facts.count == FactCollector.factLimit && collector.overflow == 7)
        var long = FactCollector(artifact: "a.b.c")
        for number in 0..<9_000 {
            long.add(
                .application, FactReading("\(number)" + String(repeating: "é", count: 100_000)), path: "p",
                location: .offset(0))
        }
        #expect(long.facts.allSatisfy { $0.subject.utf8.count <= FactCollector.partLimit && $0.subject.hasSuffix("…") })
        #expect(long.facts.reduce(0) { $0 + $1.subject.utf8.count } <= FactCollector.textLimit && long.overflow > 0)
    }

    /// What every fixture says of the device, in one go; the answer is read, not recorded: these are the ones that
    /// exposure and protection need.
    @Test func `fixtures give the facts that exposure and protection need`() async throws {
        let evidence = try #require(FamilyCoverageTests.evidence)
        var facts: [[DeviceFact]] = []
        for jobs in [1, 4] {
            var options = AnalysisOptions()
            options.jobs = jobs
            facts.append(
                try await analyze(
                    FamilyCoverageTests.catalog, in: evidence, indicators: IndicatorSet([]), options: options,
                    folder: nil, progress: RunProgress()
                ).facts)
        }
        #expect(facts[0] == facts[1] && facts[0] == facts[0].sorted())
        let kinds = Set(facts[0].map(\.kind))
        for kind in FactKind.allCases where kind != .threatNotification {
            #expect(kinds.contains(kind), "\(kind)")
        }
        func has(_ kind: FactKind, _ matches: (DeviceFact) -> Bool) -> Bool {
            facts[0].contains { $0.kind == kind && matches($0) }
        }
        #expect(has(.permission) { $0.detail == "microphone" && $0.isOn })
        #expect(has(.permission) { !$0.isOn })
        #expect(has(.use) { $0.detail == "location" })
        #expect(has(.systemVersion) { $0.subject == "14.8" && $0.detail == "18H17" })
        #expect(has(.lockdownMode) { $0.subject.isEmpty })
    }

    @Test func `a notice that reads like Apple's is a fact, and its words are not`() async throws {
        let fixture = try #require(
            Fixture.all.first { $0.testDescription == "apple.messages.text-messages/threat-notice-and-links" })
        let result = try await analyze(
            AppleArtifactsCatalog.artifacts, in: fixture.evidence(), indicators: IndicatorSet([]),
            options: AnalysisOptions(), folder: nil, progress: RunProgress())
        let notices = result.facts.filter { $0.kind == .threatNotification }
        #expect(!notices.isEmpty && notices.allSatisfy { $0.first != nil })
        #expect(result.facts.allSatisfy { !($0.subject + $0.detail).lowercased().contains("attack") })
        #expect(result.protection.notices != nil)
    }

    @Test func `a stored fact is read back as it was`() throws {
        for location in [Location.row(7, table: "access"), .offset(3), .key("a/b\"c")] {
            let fact = DeviceFact(
                kind: .permission, subject: "com.example\n\u{1B}", detail: "microphone", isOn: false,
                first: try moment(1_600_000_000), last: nil, records: 3, artifact: "a.b.c", path: "p",
                location: location)
            var text = TextBuffer()
            fact.write(json: &text)
            let object = try JSONSerialization.jsonObject(with: Data(text.bytes)) as? [String: Any]
            #expect(object?["kind"] as? String == "permission" && object?["on"] as? Bool == false)
            #expect(try StoredText.fact(text.bytes) == fact)
        }
    }
}
