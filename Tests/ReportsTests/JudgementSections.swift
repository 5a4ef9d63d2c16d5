import ArtifactModel
import CaseModel
import Primitives
import Testing

@testable import Reports

/// Exposure, protection, coverage of families and what people said, as a reader sees them.
@Suite struct JudgementSections {
    private let moment = ExampleReport.moment("2021-11-03T07:12:09Z")

    private func exposure(_ chain: ChainStanding.Position = .olderThanFix) -> Exposure {
        let forcedEntry = ChainStanding(
            name: "FORCEDENTRY", family: "Pegasus", weaknesses: ["CVE-2021-30860"], fixes: ["12.5.5", "14.8"],
            fixedOn: "2021-09-13", position: chain, references: [ExampleReport.citizenLab])
        return Exposure(
            from: moment, to: moment, findings: [ExampleReport.process.id], lowestVersion: "14.4",
            highestVersion: "14.6", chains: [forcedEntry],
            accounts: Exposure.Group([Exposure.Holding("a@example.org", "Messages")], later: 2),
            messengers: Exposure.Group(),
            permissions: Exposure.Group([Exposure.Holding("net.whatsapp.WhatsApp", "microphone", since: moment)]),
            networks: Exposure.Group((0..<60).map { Exposure.Holding("Network \($0)") }),
            reach: [
                Exposure.Reach(family: "Pegasus", items: ["messages", "location"], references: [ExampleReport.amnesty])
            ])
    }

    @Test func `exposure says what the device held, and never that it was taken`() throws {
        var report = ExampleReport.report()
        report.exposures = [exposure()]
        let text = try Markup(HTMLReport.bytes(of: report)).text
        for part in [
            "between 14.4 and 14.6", "the release was older than the fix of 12.5.5 and 14.8 (2021-09-13)",
            "a@example.org (Messages, no time recorded)", "2 recorded only after that time", "none recorded by then",
            "net.whatsapp.WhatsApp (microphone, recorded since 2021-11-03)", "10 more",
            "Sources say that Pegasus, where it runs, can reach messages and location.",
            "It does not say that anything was taken or read by anybody.",
        ] { #expect(text.contains(part), "\(part)") }
        for word in ["stolen", "stole", "theft", "leaked", "exfiltrated"] {
            #expect(!text.lowercased().contains(word), "\(word)")
        }
        let lines = SummaryText.lines(of: report, color: false, width: 400)
        #expect(lines.contains("older than the fix of FORCEDENTRY; 1 account; 0 messengers; 1 permission; 60 networks"))
        let json = String(decoding: SummaryJSON.bytes(of: report), as: UTF8.self)
        #expect(json.contains("\"position\":\"older-than-fix\"") && json.contains("\"recorded_only_later\":2"))
    }

    @Test func `without a finding that has a moment nothing is said of exposure`() throws {
        let text = try Markup(HTMLReport.bytes(of: ExampleReport.report())).text
        #expect(text.contains("No finding of severity medium or above has a moment"))
    }

    @Test func `protection says what is recorded, and the advice keeps evidence first`() throws {
        var report = ExampleReport.report()
        report.protection.systemVersion = "14.6"
        report.protection.taken = moment
        report.protection.chains = exposure().chains
        report.protection.lockdownMode = false
        report.protection.restarts = Protection.Restarts(count: 3, last: moment, daysSince: 1, longestDays: 20)
        report.protection.notices = Protection.Notices(count: 2, first: moment, last: moment)
        report.protection.profiles = Protection.Installations([
            Protection.Installation(identifier: "org.example", detail: "Wi-Fi", since: nil)
        ])
        let text = try Markup(HTMLReport.bytes(of: report)).text
        for part in [
            "14.6 on 2021-11-03", "FORCEDENTRY (Pegasus, CVE-2021-30860)", "off when the evidence was taken",
            "3 recorded, the last on 2021-11-03, 1 day before the evidence was taken, at most 20 days between two",
            "2 messages read like Apple’s notice", "1 configuration profile: org.example (Wi-Fi)",
        ] { #expect(text.contains(part), "\(part)") }
        let steps = report.protection.steps
        func place(_ words: String) throws -> Int { try #require(steps.firstIndex { $0.contains(words) }, "\(words)") }
        #expect(try place("typing the address") < place("full backup"))
        #expect(try place("full backup") < place("helpline"))
        #expect(try place("helpline") < place("Lockdown Mode"))
        #expect(try place("Lockdown Mode") < place("newest release"))
        #expect(try place("newest release") < place("once a day"))
        #expect(steps.allSatisfy { !$0.contains("://") && !$0.contains("www.") })
        report.protection.lockdownMode = true
        #expect(!report.protection.steps.contains { $0.contains("Lockdown Mode") })
        let lines = SummaryText.lines(of: report, color: false, width: 200)
        #expect(lines.contains("Protection when the evidence was taken") && lines.contains("Notices of an attack"))
        #expect(!lines.contains("Device management"))
    }

    @Test func `a card says how often its pattern was seen on ordinary devices`() throws {
        var measured = ExampleReport.redirect
        measured.measurement = Measurement(hits: 17, records: 1_257, corpus: "two test devices")
        let text = try Markup(HTMLReport.bytes(of: ExampleReport.report(findings: [measured]))).text
        #expect(text.contains("17 of 1,257 records: two test devices."))
        #expect(try Markup(HTMLReport.bytes(of: ExampleReport.report())).text.contains("Not measured."))
    }

    @Test func `what people said stands with the verdict and with the record`() throws {
        var report = ExampleReport.report(verdict: .confirmed)
        let messages = (0..<24).map(ExampleReport.message)
        let last = try #require(messages.last)
        report.annotations = Annotations([
            Annotation(
                finding: ExampleReport.process.id, action: .confirm, reason: "two labs agree", author: "A. Analyst",
                moment: moment),
            Annotation(
                finding: last.id, action: .dispute, reason: "sent as a warning", author: "B. Analyst", moment: moment),
        ])
        report.verdictWithoutAnnotations = .strongMatch
        let text = try Markup(HTMLReport.bytes(of: report)).text
        #expect(text.contains("Confirmed by A. Analyst on 2021-11-03 07:12:09 UTC: two labs agree"))
        // The twenty-fourth of a card that shows twenty is shown, since somebody spoke of it.
        #expect(text.contains("Disputed by B. Analyst on 2021-11-03 07:12:09 UTC: sent as a warning"))
        #expect(text.contains("Without what people said the verdict is: Strong match with published traces."))
        #expect(!text.contains("Findings that a person suppressed"))
        report.suppressed = [ExampleReport.profile]
        report.suppressedCount = 700
        let more = try Markup(HTMLReport.bytes(of: report)).text
        #expect(more.contains("Findings that a person suppressed") && more.contains(ExampleReport.profile.id))
        #expect(more.contains("699 more findings are suppressed"))
    }

    @Test func `a verdict of too little says what falls short`() throws {
        var report = ExampleReport.report(verdict: .tooLittleEvidence, findings: [])
        report.verdictReasons = [Shortfall.noPrograms.words, Shortfall.shortReach.words]
        let text = try Markup(HTMLReport.bytes(of: report)).text
        #expect(text.contains(Shortfall.noPrograms.words) && text.contains(Shortfall.shortReach.words))
        let lines = SummaryText.lines(of: report, color: false, width: 400)
        #expect(lines.contains(Shortfall.noPrograms.words))
    }

    @Test func `coverage of a family says years, reach and damage`() throws {
        var report = ExampleReport.report()
        report.coverage.families = [
            Coverage.Family(
                name: "KingSpawn", indicators: 167, comparableIndicators: 165, wholeIndicators: 1, checks: 3,
                appliedChecks: 2, wholeChecks: 2, years: Coverage.PublishedYears(first: 2021, last: 2023),
                reach: moment...moment, examined: ["a", "b"], missing: ["c"])
        ]
        let text = try Markup(HTMLReport.bytes(of: report)).text
        for part in [
            "165 of 167, 1 without damage", "2 of 3", "2021-11-03 to 2021-11-03; published for 2021 to 2023",
        ] { #expect(text.contains(part), "\(part)") }
        let lines = SummaryText.lines(of: report, color: false, width: 400)
        #expect(lines.contains("indicators 165 of 167, 1 without damage; checks and rules 2 of 3; 2021-11-03"))
    }
}
