import ArtifactModel
import Testing

@testable import Indicators

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

    @Test func `does not match what is left of the system's own names where names are cut`() {
        let set = IndicatorSet([
            Indicator(.processName, "com.apple.WebKit.Evil", source: "a"),
            Indicator(.processName, "com.apple.Mappit.SnapshotService", source: "a"),
        ])
        #expect(set.matches("com.apple.WebKit", as: .processName).isEmpty)
        #expect(set.matches("com.apple.WebKit.Evil", as: .processName).count == 1)
        #expect(set.matches("com.apple.Mappit", as: .processName).map(\.manner) == [.truncated])
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

    @Test(arguments: [
        "[domain-name:value LIKE 'b%']", "[domain-name:value LIKE '%i%']", "[domain-name:value LIKE '%.ru']",
        "[domain-name:value LIKE '%.online']", "[domain-name:value LIKE '%.co.uk']",
        "[domain-name:value LIKE '%.local']",
        "[domain-name:value MATCHES '^[b-d]']", "[domain-name:value MATCHES '\\.ru$']",
        "[domain-name:value MATCHES '^.{20,30}$']", "[domain-name:value MATCHES '(aaaa|.)']",
        "[domain-name:value MATCHES '^(b|c|d)[a-z]+']", "[domain-name:value LIKE '%mail%']",
        "[domain-name:value != 'x1' AND domain-name:value LIKE '%q%']",
        "[domain-name:value LIKE 'b%' OR domain-name:value LIKE 'c%']",
        "[domain-name:value LIKE 'b%'] FOLLOWEDBY [domain-name:value LIKE 'i%']",
        "[url:value MATCHES '[0-9]']", "[url:value LIKE 'https://%']", "[url:value LIKE '%://www.%']",
        "[process:name LIKE 'com.apple.%']", "[process:name LIKE '%apple%']", "[process:name LIKE 'net.%']",
        "[url:value LIKE '%.com']", "[process:name MATCHES '^[^a]*$']",
        "([process:name LIKE 'n%'] AND [process:name LIKE 's%']) WITHIN 1000000 SECONDS",
        "[file:name LIKE '%.plist']", "[file:name LIKE '%.s%']", "[file:path LIKE '%Library%']",
        "[file:parent_directory_ref.path MATCHES '^.{20,30}$']", "[file:parent_directory_ref.path LIKE '%SMS']",
        "[file:name = 'sms.db'] START t'1990-01-01T00:00:00Z' STOP t'2090-01-01T00:00:00Z'",
        "[file:path = '/private/var/mobile/Library/SMS/sms.db' AND file:name = 'sms.db']",
        "[email-addr:value LIKE '%@hotmail.com']", "[email-addr:value LIKE '%0%']", "[email-addr:value LIKE '%.net']",
        "[app:id LIKE 'org.%']", "[app:id LIKE 'com.facebook%']", "[app:id MATCHES 's\\.']",
        "[phone-number:value LIKE '+49%']", "[file:hashes.MD5 LIKE '%0%']", "[ipv4-addr:value ISSUBSET '17.0.0.0/16']",
        "[network-traffic:dst_ref.value LIKE 'm%']",
    ])
    func `does not get in as an expression`(pattern: String) {
        let (fate, file) = PatternFate.of(pattern)
        #expect(fate == .refused)
        #expect(!file.problems.isEmpty && file.problems.allSatisfy { $0.kind == .refusedValue })
    }

    @Test(arguments: [
        "[domain-name:value LIKE '%.evil.test']", "[domain-name:value LIKE 'evil%']",
        "[domain-name:value MATCHES '^[a-z]{8}\\d{3}\\.test$']", "[url:value LIKE '%/gate.php?id=%']",
        "[process:name LIKE 'roleabout_']", "[file:path LIKE '/private/var/tmp/evil%']",
        "[app:id LIKE 'com.evil.%']", "[email-addr:value LIKE '%@evil.test']", "[file:hashes.MD5 LIKE '0123%']",
    ])
    func `keeps nobody from publishing an expression that means something`(pattern: String) {
        #expect(PatternFate.of(pattern).fate == .compound)
    }

    @Test func `of paths with stars is used up to a limit, which is said`() {
        let objects = (0..<1_010).map {
            #"{"type": "indicator", "id": "indicator--\#($0)", "pattern": "[file:path = '/*evil\#($0)/x']"}"#
        }
        let bundle = StructuredThreatInformation(Array("[\(objects.joined(separator: ","))]".utf8), source: "x")
        #expect(bundle.indicators.count == 1_000)
        #expect(bundle.problems.map(\.kind) == Array(repeating: .unsupportedPattern, count: 10))
    }

    @Test func `of expressions is used up to what they may cost together, and equalities beyond it`() throws {
        let slow = "[url:value MATCHES 'x.{9000}x.{9000}evil'] OR [domain-name:value = 'evil.test']"
        let first = try slow.withBytes { bytes in Result { try PatternReading(bytes) } }.get()
        #expect(first.compound != nil && first.room < PatternReading.expressionRoom / 2)
        let second = try slow.withBytes { bytes in Result { try PatternReading(bytes, room: first.room) } }.get()
        #expect(second.compound == nil && second.equalities.count == 1)
        #expect(second.refusals.map(\.kind) == [.unsupportedPattern])
        let small = "[url:value LIKE '%/gate.php?id=%']"
        let third = try small.withBytes { bytes in Result { try PatternReading(bytes, room: second.room) } }.get()
        #expect(third.compound != nil && second.room - third.room < 10_000)
    }
}
