import ArtifactModel
import CaseModel
import Foundation
import Primitives
import Testing

/// The table of the verdict, line by line, and the table that the documentation shows.
struct VerdictTests {
    private func indicator(_ severity: Severity, _ state: Observable.State) -> Verdict.Summary {
        Verdict.Summary(isIndicator: true, severity: severity, state: state)
    }

    private func check(_ severity: Severity, _ state: Observable.State = .unknown) -> Verdict.Summary {
        Verdict.Summary(isIndicator: false, severity: severity, state: state)
    }

    private func verdict(
        _ findings: Verdict.Summary..., shortfalls: [Shortfall] = [], isConfirmed: Bool = false
    ) -> Verdict {
        Verdict(of: Verdict.Grounds(findings: Set(findings), shortfalls: shortfalls, isConfirmed: isConfirmed))
    }

    private static let reaching: [Observable.State] = [.visited, .contacted, .attempted, .mentioned]

    @Test func `line 1: only a person confirms, whatever else there is`() {
        #expect(verdict(isConfirmed: true) == .confirmed)
        #expect(verdict(indicator(.critical, .ran), isConfirmed: true) == .confirmed)
        for severity in Severity.allCases {
            for state in Observable.State.allCases {
                #expect(verdict(indicator(severity, state), check(severity, state)) != .confirmed)
            }
        }
    }

    @Test(arguments: [Observable.State.installed, .ran], [Severity.high, .critical])
    func `line 2: an indicator of something on the device`(state: Observable.State, severity: Severity) {
        #expect(verdict(indicator(severity, state)) == .strongMatch)
        #expect(verdict(check(.critical), indicator(severity, state)) == .strongMatch)
        #expect(verdict(indicator(severity, state), shortfalls: Shortfall.allCases) == .strongMatch)
        // A check is never enough for it.
        #expect(verdict(check(severity, state)) == .suspicious)
    }

    @Test func `line 2: where the record does not say, only a thing that lies on a device is enough`() {
        #expect(verdict(indicator(.critical, .unknown)) == .strongMatch)
        #expect(verdict(indicator(.high, .unknown)) == .attemptOrContact)
    }

    @Test(arguments: [Severity.medium, .high, .critical], Observable.State.allCases)
    func `line 3: a check that needs an expert`(severity: Severity, state: Observable.State) {
        let isReaching = state == .attempted || state == .mentioned
        #expect(verdict(check(severity, state)) == (isReaching ? .attemptOrContact : .suspicious))
        #expect(
            verdict(check(severity, state), indicator(.high, .visited))
                == (isReaching ? .attemptOrContact : .suspicious))
    }

    @Test(arguments: reaching, Severity.allCases)
    func `line 4: an indicator of a contact`(state: Observable.State, severity: Severity) {
        #expect(verdict(indicator(severity, state)) == .attemptOrContact)
        #expect(verdict(indicator(severity, state), shortfalls: Shortfall.allCases) == .attemptOrContact)
    }

    @Test(arguments: [Severity.informational, .low, .medium], [Observable.State.installed, .ran, .unknown])
    func `line 4: an indicator of low weight on the device`(severity: Severity, state: Observable.State) {
        #expect(verdict(indicator(severity, state)) == .attemptOrContact)
    }

    @Test(arguments: Shortfall.allCases) func `line 5: anything that falls short leaves the question open`(
        shortfall: Shortfall
    ) {
        #expect(verdict(shortfalls: [shortfall]) == .tooLittleEvidence)
        #expect(verdict(check(.low, .installed), shortfalls: [shortfall]) == .tooLittleEvidence)
        let grounds = Verdict.Grounds(findings: [], shortfalls: [shortfall])
        #expect(Verdict.reasons(for: grounds) == [shortfall.words])
    }

    @Test func `line 6: otherwise nothing matched, and what tells of protection raises nothing`() {
        #expect(verdict() == .noMatch)
        for state in Observable.State.allCases {
            #expect(verdict(check(.low, state), check(.informational, state)) == .noMatch)
        }
    }

    @Test(arguments: Verdict.allCases) func `no verdict says more than it may`(verdict: Verdict) {
        let words = (verdict.headline + " " + verdict.explanation).lowercased()
        for word in ["clean", "safe", "infected", "hacked", "proves", "proof"] { #expect(!words.contains(word)) }
    }

    @Test func `every verdict has a line, and the documentation shows the same table`() throws {
        #expect(Set(Verdict.table.map(\.verdict)) == Set(Verdict.allCases))
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "Documentation/verdict.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").map(String.init)
        let wanted = Verdict.table.enumerated().map { index, line in
            "| \(index + 1) | \(line.condition) | \(line.verdict.headline) | `\(line.verdict.rawValue)` |"
        }
        #expect(rows.filter { $0.firstMatch(of: /^\| [0-9]+ \|/) != nil } == wanted)
        for shortfall in Shortfall.allCases {
            #expect(rows.contains("| `\(shortfall.rawValue)` | \(shortfall.words) |"), "\(shortfall.words)")
        }
    }
}

/// When what was examined is enough for "no match" to mean anything.
struct ShortfallTests {
    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text + "T00:00:00Z")) }

    private func artifact(
        _ number: Int, _ shows: [Observable.State], from: String = "2021-10-01", to: String = "2021-11-01",
        records: Int = 1
    ) throws -> Coverage.Artifact {
        var artifact = Coverage.Artifact(
            identifier: "a.b.\(number)", title: "", summary: "", standing: "", losses: [])
        artifact.shows = shows
        artifact.reach = try moment(from)...moment(to)
        artifact.files = [Coverage.File(path: "\(number)")]
        artifact.files[0].records = records
        return artifact
    }

    private func enough() throws -> Coverage {
        try Coverage(artifacts: [artifact(1, [.ran]), artifact(2, [.attempted]), artifact(3, [.visited])])
    }

    @Test func `programs, contacts, three kinds of record and a week are enough`() throws {
        #expect(try enough().shortfalls(taken: nil, isComplete: true).isEmpty)
        #expect(try enough().shortfalls(taken: nil, isComplete: false) == [.interrupted])
        #expect(Coverage().shortfalls(taken: nil, isComplete: true).contains(.fewArtifacts))
    }

    @Test func `without programs or without contacts it is not enough`() throws {
        var coverage = try enough()
        coverage.artifacts[0].shows = [.contacted]
        #expect(coverage.shortfalls(taken: nil, isComplete: true) == [.noPrograms])
        for index in coverage.artifacts.indices { coverage.artifacts[index].shows = [.installed] }
        #expect(coverage.shortfalls(taken: nil, isComplete: true) == [.noContacts])
    }

    @Test func `an artefact without records counts for nothing`() throws {
        var coverage = try enough()
        coverage.artifacts[0].files[0].records = 0
        #expect(coverage.shortfalls(taken: nil, isComplete: true) == [.noPrograms, .fewArtifacts])
    }

    @Test func `less than a week back is not enough, and the future is no reach`() throws {
        var coverage = try enough()
        for index in coverage.artifacts.indices {
            coverage.artifacts[index].reach = try moment("2021-10-26")...moment("2021-11-01")
        }
        #expect(coverage.shortfalls(taken: nil, isComplete: true) == [.shortReach])
        coverage.artifacts[1].reach = try moment("2021-10-26")...moment("2030-01-01")
        #expect(coverage.shortfalls(taken: try moment("2021-11-01"), isComplete: true) == [.shortReach])
        coverage.artifacts[1].reach = nil
        #expect(coverage.shortfalls(taken: nil, isComplete: true) == [.shortReach])
    }

    @Test func `when most of what was there could not be read to its end it is not enough`() throws {
        var coverage = try enough()
        coverage.artifacts[0].files[0].failure = ParseError(.truncated, "more")
        #expect(coverage.shortfalls(taken: nil, isComplete: true).isEmpty)
        coverage.artifacts[1].files[0].failure = ParseError(.truncated, "more")
        #expect(coverage.shortfalls(taken: nil, isComplete: true) == [.mostlyStopped])
    }
}
