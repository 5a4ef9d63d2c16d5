import ArtifactModel
import Indicators
import Testing

/// Values that match what everybody has, in `Tests/Fixtures/indicators.matching/poisoned.tsv`.
@Suite struct `A poisoned set` {
    struct Case: Sendable, CustomTestStringConvertible {
        let place: String
        let property: String
        let value: String
        let expected: String
        let reason: String

        init?(_ row: ConformanceTable.Row) {
            guard row.cells.count == 4, ["refused", "marked", "used"].contains(row.cells[2]) else { return nil }
            place = row.place
            property = row.cells[0]
            value = row.cells[1]
            expected = row.cells[2]
            reason = row.cells[3]
        }

        var testDescription: String { "\(place): \(property) = \(value)" }

        static let rows = ConformanceTable.rows("poisoned", columns: 4)
        static let all = rows.compactMap { Case($0) }
    }

    @Test func `is described in a table that can be read`() {
        #expect(Case.rows.filter { Case($0) == nil }.map(\.place) == [])
        #expect(Case.all.count >= 150)
    }

    @Test(arguments: Case.all)
    func `is refused or marked, with the reason, and nothing else is`(row: Case) {
        let value = row.value.replacing("\\", with: "\\\\\\\\").replacing("'", with: "\\\\'")
        let text = #"{"type": "indicator", "id": "indicator--1", "pattern": "[\#(row.property)='\#(value)']"}"#
        let bundle = StructuredThreatInformation(Array("[\(text)]".utf8), source: "x")
        switch row.expected {
        case "refused":
            #expect(bundle.indicators.isEmpty)
            #expect(bundle.problems.map(\.kind) == [.refusedValue])
        case "marked":
            #expect(bundle.indicators.count == 1)
            #expect(bundle.problems.map(\.kind) == [.remark])
        default:
            #expect(bundle.indicators.count == 1)
            #expect(bundle.problems.isEmpty)
        }
        #expect(bundle.problems.allSatisfy { $0.reason.hasSuffix(".") && $0.reason.contains(row.reason) })
    }

    @Test func `does not hide what others published of the same value`() {
        var builder = IndicatorSet.Builder()
        for number in 0..<5_000 {
            builder.add(Indicator(.domainName, "evil.test", family: "A", source: "flood", identifier: "\(number)"))
        }
        builder.add(Indicator(.domainName, "evil.test", family: "Z", source: "good"))
        builder.add(Indicator(.domainName, "sub.evil.test", family: "Z", source: "good"))
        builder.add(Indicator(.url, "https://sub.evil.test/x", family: "Z", source: "good"))
        let matches = builder.build().matches("https://sub.evil.test/x", as: .url)
        #expect(matches.count == 22)
        #expect(matches.filter { $0.indicator.family == "Z" }.map(\.manner) == [.subdomain, .exact, .urlExact])
        #expect(matches.map(\.others).reduce(0, +) == 4_981)
        #expect(matches.flatMap(\.cautions) == ["The value was published 4981 times more."])
    }

    @Test func `a stock program that was published is marked in the match`() {
        let set = IndicatorSet([
            Indicator(.processName, "BackupAgent", source: "a"), Indicator(.url, "https://bit.ly/x", source: "a"),
        ])
        #expect(set.matches("BackupAgent", as: .processName).flatMap(\.cautions).count == 1)
        #expect(
            set.matches("https://bit.ly/x", as: .url).flatMap(\.cautions)
                == ["It is a shortened link: where it led is not recorded."])
    }
}
