import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import TestSupport
import Testing

@testable import Analysis

/// Records that were recovered, in every output.
struct RecoveredRecordTests {
    /// One live record, one that was deleted, and one that was changed; all of the same page.
    enum MadeUpRows: Artifact {
        struct Entry: Record {
            var url: String
            var visited: Timestamp?

            static let fields: [Field<Self>] = [
                Field("url", .observable(Observable(.url, .visited)), text: { $0.url }, shown: true),
                Field("visited", "A page was visited", moment: { $0.visited }),
            ]
        }

        static let card = ArtifactCard(
            "made.up.rows", "Made-up rows", summary: "Rows that nobody wrote", places: [.home("rows.txt")],
            standing: .unexercised, losses: ["Everything"], references: [Reference("Nobody", "Nothing")])

        static func decode(
            _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
        ) throws {
            func recovery(_ row: Int64?, _ certainty: Recovery.Certainty, isEarlier: Bool) -> Recovery {
                Recovery(
                    row: row, origin: row == nil ? .freeBlock : .supersededFrame, certainty: certainty, page: 7,
                    offset: 3_100, frame: row == nil ? nil : 4, isEarlierVersion: isEarlier)
            }
            let places: [Location] = [
                .row(1, table: "visits"), .recovered(recovery(nil, .likely, isEarlier: false), table: "visits"),
                .recovered(recovery(1, .certain, isEarlier: true), table: "visits"),
            ]
            for (index, place) in places.enumerated() {
                try sink.emit(
                    Entry(
                        url: "https://bad.example.org/", visited: Timestamp(unixSeconds: 1_600_000_000 + Int64(index))),
                    at: place)
            }
        }
    }

    @Test func `a recovered record is marked in every output, and a live one is as it was`() async throws {
        let scratch = try Scratch()
        let evidence = MemoryEvidence(device: ["/private/var/mobile/rows.txt": [1]])
        let indicators = IndicatorSet([
            Indicator(.domainName, "bad.example.org", family: "Imaginary", source: "a.stix2")
        ])
        let folder = try CaseFolder(scratch.path("case"), force: false, outside: [])
        let result = try await analyze(
            [MadeUpRows.self], in: evidence, indicators: indicators, options: AnalysisOptions(), folder: folder,
            progress: RunProgress())
        try folder.publish()

        let records = try scratch.lines("case/records/made.up.rows.jsonl")
        #expect(records.count == 3)
        #expect(!records[0].contains("recovered") && records[0].contains("\"row\":1,\"offset\":null}"))
        #expect(
            records[1].contains(
                "\"row\":null,\"offset\":3100,\"recovered\":{\"from\":\"free-block\",\"certainty\":\"likely\",\"page\":7,"
                    + "\"frame\":null,\"version\":\"deleted\"}}"))
        #expect(records[2].contains("\"frame\":4,\"version\":\"earlier\"}}"))

        let timeline = try scratch.lines("case/timeline.csv")
        #expect(timeline.count == 4)
        #expect(timeline[1].hasSuffix("rows.txt, visits, row 1\"") && !timeline[1].contains("recovered"))
        #expect(timeline[2].contains("recovered from a freed piece of a page, likely"))
        #expect(timeline[3].contains("earlier version recovered from"))

        #expect(Set(result.findings.map(\.id)).count == 3)
        let titles = result.findings.sorted { ($0.moment?.microseconds ?? 0) < ($1.moment?.microseconds ?? 0) }
        #expect(!titles[0].title.contains("recovered") && !titles[0].limits.contains("deleted"))
        #expect(titles[1].title.hasSuffix("(in a deleted record that was recovered)"))
        #expect(titles[1].limits.contains("was deleted is not recorded"))
        #expect(titles[1].meaning.contains("not in the table any more"))
        #expect(titles[2].title.hasSuffix("(in an earlier version of a record, recovered)"))

        let file = try #require(result.coverage.artifacts.first?.files.first)
        #expect(file.records == 3 && file.recovered == 2)
        #expect(try scratch.text("case/coverage.json").contains("\"records\":3,\"recovered\":2,"))
        // What is not live says nothing of how far the live records reach.
        let reach = result.coverage.artifacts.first?.reach
        #expect(
            reach?.lowerBound == reach?.upperBound && reach?.lowerBound == Timestamp(unixSeconds: Int64(1_600_000_000)))
    }

    @Test func `the words of a recovered record claim no more than it shows`() {
        for origin in Recovery.Origin.allCases {
            for certainty in Recovery.Certainty.allCases {
                for isEarlier in [false, true] {
                    let place = Location.recovered(
                        Recovery(
                            row: 1, origin: origin, certainty: certainty, page: 1, offset: 1,
                            isEarlierVersion: isEarlier), table: "t")
                    let words = [
                        RecoveryWording.title("T", place), RecoveryWording.meaning("M.", place),
                        RecoveryWording.limits("L.", place),
                    ].joined(separator: " ").lowercased()
                    for claim in ["clean", "safe", "infected", "hacked", "proves", "certainly", "hid "] {
                        #expect(!words.contains(claim))
                    }
                }
            }
        }
    }
}
