import ArtifactModel
import CaseModel
import Primitives
import Testing

@testable import Reports

@Suite struct PageContent {
    @Test func `the same report gives the same bytes`() throws {
        let first = try HTMLReport.bytes(of: ExampleReport.report())
        for _ in 0..<3 { #expect(try HTMLReport.bytes(of: ExampleReport.report()) == first) }
    }

    @Test func `the page allows nothing but its own style and links to nothing outside`() throws {
        let markup = try Markup(HTMLReport.bytes(of: ExampleReport.report()))
        let policy = markup.tags.first { $0.attributes.contains { $0.value == "Content-Security-Policy" } }
        let content = policy?.attributes.first { $0.name == "content" }?.value ?? ""
        #expect(content.hasPrefix("default-src 'none'; style-src 'unsafe-inline'"))
        let targets = markup.tags.flatMap(\.attributes).filter { $0.name == "href" }.map(\.value)
        let identifiers = markup.tags.flatMap(\.attributes).filter { $0.name == "id" }.map(\.value)
        #expect(!targets.isEmpty)
        #expect(targets.allSatisfy { $0.hasPrefix("#") && identifiers.contains(String($0.dropFirst())) })
        #expect(Set(identifiers).count == identifiers.count)
        #expect(!Template.style.contains("url(") && !Template.style.contains("@import"))
    }

    @Test func `templates escape every value and put none of the evidence into a tag`() throws {
        let inTags: Set<String> = [
            "verdictWord", "severityWord", "number", "entryExactMoment", "rowExactMoment", "rowSeverity", "rowNumber",
            "suppressedSeverity",
            ".",
        ]
        for (name, text) in Template.all {
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name)")
            for piece in text.split(separator: "<").dropFirst() {
                let tag = piece.prefix { $0 != ">" }
                for value in tag.split(separator: "{{").dropFirst() {
                    #expect(inTags.contains(String(value.prefix { $0 != "}" })), "\(name): \(tag)")
                }
            }
        }
        #expect(Template.coverage.contains("{{.}}") && !Template.coverage.contains("=\"#finding-{{.}}"))
    }

    @Test func `headings never skip a level`() throws {
        let markup = try Markup(HTMLReport.bytes(of: ExampleReport.report()))
        var level = 0
        for tag in markup.tags where !tag.isClosing && tag.name.count == 2 && tag.name.hasPrefix("h") {
            guard let next = tag.name.last.flatMap({ Int(String($0)) }) else { continue }
            #expect(next <= level + 1, "h\(next) below h\(level)")
            level = next
        }
        #expect(level > 0)
    }

    @Test func `findings of one cause share a card that lists twenty records and counts the rest`() throws {
        let report = ExampleReport.report()
        let markup = try Markup(HTMLReport.bytes(of: report))
        let cards = markup.tags.filter { $0.name == "article" && !$0.isClosing }
        #expect(cards.count == 4)
        #expect(markup.text.contains("The records (24)"))
        #expect(markup.text.contains("4 more records of the same: see findings.jsonl"))
        #expect(FindingGroup.groups(of: report.findings).map(\.findings.count) == [1, 24, 1, 1])
    }

    @Test func `findings that are not in the list are counted`() throws {
        var report = ExampleReport.report()
        report.counts[.low] = 4_000
        let text = try Markup(HTMLReport.bytes(of: report)).text
        #expect(text.contains("4,000 more findings are counted above and not shown on this page."))
        #expect(text.contains("4,027 findings: 1 critical, 24 high, 1 medium, 4,000 low and 1 informational."))
        #expect(SummaryText.lines(of: report, color: false, width: 200).contains("4,000 findings more"))
    }

    @Test func `a run that was cut short says so before the verdict`() throws {
        let text = try Markup(HTMLReport.bytes(of: ExampleReport.report(isComplete: false))).text
        let notice = try #require(text.firstRange(of: "This check is incomplete."))
        let verdict = try #require(text.firstRange(of: "Limits of this verdict"))
        #expect(notice.lowerBound < verdict.lowerBound)
        #expect(!(try Markup(HTMLReport.bytes(of: ExampleReport.report())).text).contains("This check is incomplete."))
        #expect(
            SummaryText.lines(of: ExampleReport.report(isComplete: false), color: false, width: 80).hasPrefix("INC"))
    }

    @Test(arguments: Verdict.allCases) func `every verdict stands in words with its limits`(verdict: Verdict) throws {
        let text = try Markup(HTMLReport.bytes(of: ExampleReport.report(verdict: verdict, findings: []))).text
        #expect(text.contains(verdict.headline))
        #expect(text.contains(verdict.explanation))
        #expect(Verdict.limits.allSatisfy { text.contains($0) })
        #expect(text.contains("There are no findings to put in order."))
    }

    @Test func `what was examined and what was not is told artefact by artefact`() throws {
        let report = ExampleReport.report()
        let text = try Markup(HTMLReport.bytes(of: report)).text
        for artifact in report.coverage.artifacts { #expect(text.contains(artifact.title)) }
        #expect(text.contains("malformed at byte 12288 in message, row 881: expected a typed stream"))
        #expect(text.contains("12 more damages: see coverage.json"))
        #expect(text.contains("reading ended, truncated at byte 65536"))
        #expect(text.contains("1,411 of 1,549"))
        #expect(text.contains("1,829 of 2,092 published indicators could have matched on this evidence."))
        #expect(text.contains("3 patterns could not be used"))
        #expect(text.contains("Evidence of this kind never holds the following."))
        #expect(Silence.backup.allSatisfy { text.contains($0) })
        #expect(!text.contains(Silence.withoutPassword[0]))
    }

    @Test func `an unencrypted backup is said to hold less`() throws {
        var report = ExampleReport.report()
        report.evidence.isEncrypted = false
        #expect(try Markup(HTMLReport.bytes(of: report)).text.contains(Silence.withoutPassword[0]))
    }

    @Test func `nothing is said of what evidence of an unknown kind never holds`() throws {
        let text = try Markup(HTMLReport.bytes(of: ExampleReport.report(kind: "another-kind"))).text
        #expect(!text.contains("Evidence of this kind never holds"))
        #expect(text.contains("Everything else that the first table does not name"))
    }

    @Test func `the timeline goes from early to late and keeps the undated apart`() {
        let report = ExampleReport.report()
        let timeline = TimelineSection(of: FindingGroup.groups(of: report.findings))
        let moments = timeline.dated.map(\.rowExactMoment.text)
        #expect(moments.count == 26)
        #expect(moments == moments.sorted())
        #expect(timeline.undated.map(\.rowTitle.text) == [ExampleReport.profile.title])
    }
}
