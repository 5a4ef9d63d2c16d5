import ArtifactModel
import CaseModel
import Primitives
import Testing

@testable import Reports

/// What a telephone can hold to turn a report against its reader.
@Suite struct HostileEvidence {
    static let texts = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "</style></title><script>alert(1)</script>", "<!-- ", "]]>", "&lt;script&gt;", "{{{verdictLimits}}} {{> page}}",
        "a\u{202E}b\u{2066}c\u{200F}d\u{61C}e", "line\nline\r\nline\u{2028}line",
        "\u{1B}]0;title\u{07}\u{1B}[31m\u{9B}2J",
        "\u{0}\u{7F}",
        // Graphemes that begin or end with a character of markup.
        "\u{600}<script>alert(1)</script>", "\"\u{301} onerror=\u{600}\"alert(1)\u{600}\"", "<\u{301}script>\u{200D}",
        "\u{1F468}\u{200D}\u{600}&\u{301}<\u{FE0F}", "\u{110BD}<img\u{308} onerror=x>\u{308}",
    ]

    /// The example with every text of the evidence, of the indicators and of the checks replaced.
    static func report(_ text: String) -> CaseReport {
        let record = [
            NamedValue(text, .text(text)), NamedValue("texts", .texts([text, text])),
            NamedValue("list", .list([.text(text), .table([NamedValue(text, .text(text))])])),
        ]
        func finding(_ cause: Finding.Cause, _ location: Location, _ severity: Severity) -> Finding {
            Finding(
                severity: severity, cause: cause, title: text, artifact: text, artifactTitle: text,
                moment: severity == .high ? nil : Timestamp(microseconds: 0), path: text, location: location,
                record: record, family: text, state: .unknown, meaning: text, limits: text, benignCauses: [text],
                nextStep: text, measurement: Measurement(hits: 1, records: 2, corpus: text))
        }
        let reference = Reference(text, text, date: text, link: text)
        let citation = Finding.IndicatorCitation(
            type: text, value: text, observed: text, match: text, family: text, source: text, reference: text)
        let findings = [
            finding(.indicator(citation), .row(1, table: text), .critical),
            finding(.check(identifier: text, references: [reference]), .key(text), .high),
            finding(.check(identifier: text, references: [reference]), .offset(7), .low),
        ]
        var report = ExampleReport.report(findings: findings, isComplete: false, kind: text)
        report.toolVersion = text
        report.indicatorDigest = text
        report.indicatorSources = [CaseReport.IndicatorSource(name: text, indicators: 1, problems: 1)]
        report.evidence.path = text
        report.evidence.remarks = [text]
        report.evidence.device.name = text
        report.evidence.device.productType = text
        report.evidence.device.osVersion = text
        report.evidence.device.osBuild = text
        report.evidence.device.serialNumber = text
        report.evidence.device.imei = text
        report.evidence.device.phoneNumber = text
        report.evidence.device.identifier = text
        report.verdictReasons = [text]
        report.caseProblems = [text]
        report.verdictWithoutAnnotations = .noMatch
        report.suppressed = [finding(.indicator(citation), .row(2, table: text), .medium)]
        report.suppressedCount = 1
        let moment = ExampleReport.moment("2021-11-03T07:12:09Z")
        report.annotations = Annotations(
            zip(findings + report.suppressed, [Annotation.Action.confirm, .dispute, .dispute, .suppress]).map {
                Annotation(finding: $0.id, action: $1, reason: text, author: text, moment: moment)
            })
        let group = Exposure.Group([Exposure.Holding(text, text, since: moment)], later: 1)
        let chain = ChainStanding(
            name: text, family: text, weaknesses: [text], fixes: [text], fixedOn: text, position: .olderThanFix,
            references: [reference])
        report.exposures = [
            Exposure(
                from: moment, to: moment, findings: findings.map(\.id), lowestVersion: text, highestVersion: "1",
                chains: [chain], accounts: group, messengers: group, permissions: group, networks: group,
                reach: [Exposure.Reach(family: text, items: [text], references: [reference])])
        ]
        report.protection.systemVersion = text
        report.protection.chains = [chain]
        let installed = Protection.Installations([
            Protection.Installation(identifier: text, detail: text, since: moment)
        ])
        report.protection.profiles = installed
        report.protection.management = installed
        report.protection.sideloaded = installed
        report.protection.notices = Protection.Notices(count: 1, first: moment, last: moment)
        report.coverage.families = [
            Coverage.Family(name: text, indicators: 1, comparableIndicators: 1, checks: 1, appliedChecks: 1)
        ]
        report.coverage.artifacts = report.coverage.artifacts.map { artifact in
            var hostile = artifact
            hostile.identifier = text
            hostile.title = text
            hostile.summary = text
            hostile.standing = text
            hostile.losses = [text]
            if !artifact.files.isEmpty { hostile.failure = ParseError(.malformed, text, in: text) }
            for index in hostile.files.indices {
                hostile.files[index].path = text
                hostile.files[index].digest = text
                hostile.files[index].damages = [ParseError(.malformed, text, in: text)]
                hostile.files[index].damageCount = 1
                hostile.files[index].failure = ParseError(.truncated, text, in: text)
            }
            return hostile
        }
        return report
    }

    @Test(arguments: texts) func `nothing that the evidence holds is live in the page`(text: String) throws {
        let bytes = try HTMLReport.bytes(of: HostileEvidence.report(text))
        let markup = try Markup(bytes)
        // The page has the tags that a harmless text gives, and no other.
        let harmless = try Markup(HTMLReport.bytes(of: HostileEvidence.report("harmless")))
        #expect(markup.tags.map(\.name) == harmless.tags.map(\.name))
        let attributes = { (markup: Markup) in markup.tags.map { $0.attributes.map { $0.name + "=" + $0.value } } }
        #expect(attributes(markup) == attributes(harmless))
        #expect(!hasControls(bytes))
    }

    @Test(arguments: texts) func `nothing that the evidence holds reaches the terminal alive`(text: String) {
        let plain = SummaryText.lines(of: HostileEvidence.report(text), color: false, width: 80)
        #expect(!hasControls(Array(plain.utf8)))
        let colored = SummaryText.lines(of: HostileEvidence.report(text), color: true, width: 80)
        var stripped = colored
        for parameters in ["0", "1", "2", "1;31", "31", "33", "36"] {
            stripped = stripped.split(separator: "\u{1B}[\(parameters)m", omittingEmptySubsequences: false).joined()
        }
        #expect(stripped == plain)
        #expect(plain.split(separator: "\n", omittingEmptySubsequences: false).count < 200)
    }

    @Test func `markup beside a combining character is set apart`() {
        #expect(Line("\u{600}<b>").text == "\\u{600}<b>")
        #expect(Line("\"\u{301}x").text == "\"\\u{301}x")
        #expect(Line("e\u{301}é👩‍👩‍👧").text == "e\u{301}é👩‍👩‍👧")
        for text in HostileEvidence.texts {
            for character in Line(text).text where character.unicodeScalars.count > 1 {
                #expect(!character.unicodeScalars.contains { "<>&\"'".unicodeScalars.contains($0) })
            }
        }
    }

    @Test func `a text without end is cut, and that is said`() {
        let line = Line(String(repeating: "a", count: 1_000_000), limit: 100)
        #expect(line.text == String(repeating: "a", count: 100) + " … (cut here)")
    }

    /// Control characters other than the line end, and everything that turns the direction of writing.
    private func hasControls(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x0A: false
            case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x206F: true
            default: false
            }
        }
    }
}
