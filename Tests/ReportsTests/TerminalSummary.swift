import ArtifactModel
import CaseModel
import Primitives
import Testing

@testable import Reports

@Suite struct TerminalSummary {
    @Test(arguments: [40, 80, 120]) func `lines keep to the width where their words allow it`(width: Int) {
        let text = SummaryText.lines(of: ExampleReport.report(), color: false, width: width)
        for line in text.split(separator: "\n") where line.count > width {
            let words = line.split(separator: " ")
            #expect(words.contains { $0.count > width - 24 }, "\(line)")
        }
    }

    @Test func `colour adds nothing but colour`() {
        let plain = SummaryText.lines(of: ExampleReport.report(), color: false, width: 80)
        let colored = SummaryText.lines(of: ExampleReport.report(), color: true, width: 80)
        #expect(!plain.contains("\u{1B}"))
        #expect(colored.contains("\u{1B}[1;31mcritical\u{1B}[0m"))
    }

    @Test func `a width of nothing and a width beyond reason are taken as the nearest that can be`() {
        let report = ExampleReport.report()
        let narrow = SummaryText.lines(of: report, color: false, width: -5)
        #expect(narrow == SummaryText.lines(of: report, color: false, width: 40))
        let wide = SummaryText.lines(of: report, color: false, width: .max)
        #expect(wide == SummaryText.lines(of: report, color: false, width: 400))
    }

    @Test func `verdict, findings, coverage and advice stand in this order`() throws {
        let text = SummaryText.lines(of: ExampleReport.report(), color: false, width: 100)
        var position = text.startIndex
        for part in [
            "Strong match with published traces", "Findings", "27 findings: 1 critical", "critical  ", "(24 records)",
            "Examined", "1,829 of 2,092", "Now", "1. Do not reset",
        ] {
            let range = try #require(text[position...].firstRange(of: part), "\(part)")
            position = range.upperBound
        }
    }

    @Test func `at most twenty causes are shown and the rest is counted`() {
        let findings = (0..<25).map { number in
            var finding = ExampleReport.redirect
            finding.title = "Number \(number)"
            return finding
        }
        let text = SummaryText.lines(of: ExampleReport.report(findings: findings), color: false, width: 200)
        #expect(text.contains("Number 19") && !text.contains("Number 20"))
        #expect(text.contains("5 findings more"))
    }

    @Test func `the JSON object holds verdict, counts, case, findings and coverage`() throws {
        let text = String(decoding: SummaryJSON.bytes(of: ExampleReport.report()), as: UTF8.self)
        for part in [
            "{\"verdict\":\"strong-match\"", "\"counts\":{\"critical\":1,\"high\":24,\"medium\":1,\"low\":0",
            "\"case\":{\n\"tool\":\"bridle\"", "\"evidence\":{\"kind\":\"ios-backup\"", "\"findings_listed\":27",
            "\"coverage\":{\n\"artifacts\":[",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(text.hasSuffix("}\n"))
    }
}
