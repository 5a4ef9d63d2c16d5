import AppleArtifacts
import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import TestSupport
import Testing

@testable import Analysis

/// What coverage says of families, against a count of its own made here from the declarations.
struct FamilyCoverageTests {
    /// What the law needs of an artefact, from its declaration.
    struct Declaration {
        var kinds: Set<Indicator.Kind>
        var families: [String]

        init<A: Artifact>(_ artifact: A.Type) {
            kinds = []
            for field in A.Entry.fields {
                guard case .observable(let observable) = field.role else { continue }
                for kind in Indicator.Kind.allCases where kind.isComparable(with: observable.kind) {
                    kinds.insert(kind)
                }
            }
            families = A.checks.compactMap(\.family)
        }
    }

    /// Evidence with the files of one fixture of every artefact that does not need a file of another's name.
    static let evidence: MemoryEvidence? = {
        var evidence = MemoryEvidence()
        for fixture in Fixture.all {
            guard let own = try? fixture.evidence() else { return nil }
            evidence.device.merge(own.device) { first, _ in first }
            evidence.container.merge(own.container) { first, _ in first }
        }
        return evidence
    }()

    /// Two families without published years, with one to several indicators of every kind.
    static let indicators = IndicatorSet(
        Indicator.Kind.allCases.enumerated().flatMap { index, kind in
            (0...index % 3).map { number in
                Indicator(
                    kind, "unseen-\(index)-\(number).example", family: number == 0 ? "Imaginary" : "Other",
                    source: "made.stix2")
            }
        })

    /// The artefacts that lie somewhere: not those that walk through all files, which can't be taken away.
    static let catalog = AppleArtifactsCatalog.artifacts.filter { artifact in
        !artifact.card.places.contains { $0 == .rootFolder || $0 == .everything }
    }

    private func run(_ evidence: MemoryEvidence) async throws -> AnalysisResult {
        var options = AnalysisOptions()
        options.writesRecords = false
        options.writesTimeline = false
        return try await analyze(
            FamilyCoverageTests.catalog, in: evidence, indicators: FamilyCoverageTests.indicators,
            options: options, folder: nil, progress: RunProgress())
    }

    /// The numbers of a family as they must be, from what gave records.
    private func expected(_ name: String, _ coverage: Coverage) -> (indicators: Int, checks: Int, whole: Int) {
        let declarations = Dictionary(
            FamilyCoverageTests.catalog.map { ($0.card.identifier, Declaration($0)) }
        ) { first, _ in first }
        let years = coverage.families.first { $0.name == name }?.years
        let examined = coverage.artifacts.filter { artifact in
            guard artifact.records > 0 else { return false }
            guard let years, let reach = artifact.reach else { return true }
            return years.touches(reach)
        }
        func indicators(_ artifacts: [Coverage.Artifact]) -> Int {
            let kinds = artifacts.reduce(into: Set<Indicator.Kind>()) { kinds, artifact in
                kinds.formUnion(declarations[artifact.identifier]?.kinds ?? [])
            }
            return FamilyCoverageTests.indicators.indicators.count { $0.family == name && kinds.contains($0.kind) }
        }
        return (
            indicators(examined),
            examined.reduce(0) { sum, artifact in
                sum + (declarations[artifact.identifier]?.families.count { $0 == name } ?? 0)
            },
            indicators(examined.filter { $0.status == .read })
        )
    }

    private func check(_ coverage: Coverage, _ comment: Comment) {
        for family in coverage.families {
            let expected = expected(family.name, coverage)
            #expect(family.comparableIndicators == expected.indicators, comment)
            #expect(family.appliedChecks == expected.checks, comment)
            #expect(family.wholeIndicators == expected.whole, comment)
            #expect(family.wholeIndicators <= family.comparableIndicators, comment)
            #expect(family.comparableIndicators <= family.indicators && family.appliedChecks <= family.checks, comment)
        }
    }

    /// The law: whichever artefact's files are taken away, exactly what only it could show is gone.
    @Test(.timeLimit(.minutes(10))) func `removing one artefact lowers exactly the right numbers`() async throws {
        let whole = try #require(FamilyCoverageTests.evidence)
        let full = try await run(whole).coverage
        check(full, "all fixtures")
        #expect(full.artifacts.count { $0.records > 0 } > full.artifacts.count * 9 / 10)
        // Each run reads every fixture: all artefacts are taken away one by one with `make test-exhaustive`.
        let step = ProcessInfo.processInfo.environment["BRIDLE_EXHAUSTIVE"] == "1" ? 1 : 12
        for index in stride(from: 0, to: FamilyCoverageTests.catalog.count, by: step) {
            let card = FamilyCoverageTests.catalog[index].card
            var evidence = whole
            for place in card.places {
                evidence.device = evidence.device.filter { place.root != .device || !place.matches($0.key) }
                evidence.container = evidence.container.filter { place.root != .container || !place.matches($0.key) }
            }
            let coverage = try await run(evidence).coverage
            let comment: Comment = "without \(card.identifier)"
            #expect(coverage.artifacts.first { $0.identifier == card.identifier }?.records == 0, comment)
            check(coverage, comment)
            // What is published does not depend on the evidence.
            #expect(coverage.families.map(\.indicators) == full.families.map(\.indicators), comment)
            #expect(coverage.families.map(\.checks) == full.families.map(\.checks), comment)
            for (family, before) in zip(coverage.families, full.families) {
                #expect(!family.examined.contains(card.identifier), comment)
                #expect(Set(family.examined).isSubset(of: before.examined), comment)
            }
        }
    }

    private func surface(
        _ identifier: String, _ kinds: Set<Observable.Kind>, checks: [String] = [], records: Int = 1,
        years: (Int, Int)? = nil, isDamaged: Bool = false
    ) throws -> ArtifactRun {
        var coverage = Coverage.Artifact(identifier: identifier, title: "", summary: "", standing: "", losses: [])
        coverage.files = [Coverage.File(path: identifier)]
        coverage.files[0].records = records
        if isDamaged { coverage.files[0].damageCount = 1 }
        if let years {
            let first = try #require(Timestamp(year: years.0, month: 3, day: 1))
            let last = try #require(Timestamp(year: years.1, month: 9, day: 1))
            coverage.reach = first...last
        }
        return ArtifactRun(
            coverage: coverage, findings: FindingCollector(prefix: nil), timelineRuns: [], facts: [],
            observables: kinds, checkedFamilies: checks, files: [], failure: nil)
    }

    private let kingSpawn = IndicatorSet([
        Indicator(.processName, "a", family: "KingSpawn", source: "s"),
        Indicator(.domainName, "b.example", family: "KingSpawn", source: "s"),
        Indicator(.domainName, "c.example", family: "Nobody knows", source: "s"),
    ])

    @Test func `records outside the published years do not count, and that is said`() throws {
        let runs = [
            try surface("old", [.processName], checks: ["KingSpawn"], years: (2012, 2015)),
            try surface("new", [.hostName], years: (2018, 2022)),
            try surface("undated", [.url]),
        ]
        let families = families(of: runs, kingSpawn)
        let family = try #require(families.first { $0.name == "KingSpawn" })
        #expect(family.years == Coverage.PublishedYears(first: 2021, last: 2023))
        #expect(family.comparableIndicators == 1 && family.indicators == 2)
        #expect(family.checks == 1 && family.appliedChecks == 0)
        #expect(family.examined == ["new", "undated"] && family.missing == ["old"])
        #expect(family.reach?.lowerBound.civil.year == 2018)
        // Without known years all records count.
        let other = try #require(families.first { $0.name == "Nobody knows" })
        #expect(other.years == nil && other.comparableIndicators == 1)
    }

    @Test func `damage lowers the numbers without damage only`() throws {
        let runs = [
            try surface("whole", [.hostName]),
            try surface("damaged", [.processName], checks: ["KingSpawn"], isDamaged: true),
        ]
        let family = try #require(families(of: runs, kingSpawn).first { $0.name == "KingSpawn" })
        #expect(family.comparableIndicators == 2 && family.wholeIndicators == 1)
        #expect(family.appliedChecks == 1 && family.wholeChecks == 0)
    }

    @Test func `a pattern counts when there are artefacts for all that it demands`() throws {
        let bundle = """
            {"type":"bundle","id":"bundle--1","objects":[
            {"type":"malware","id":"malware--11111111-1111-4111-8111-111111111111","name":"Imaginary"},
            {"type":"indicator","id":"indicator--1","pattern_type":"stix","pattern":
            "[domain-name:value = 'evil.example'] FOLLOWEDBY [process:name = 'implantd']"},
            {"type":"indicator","id":"indicator--2","pattern_type":"stix","pattern":
            "[domain-name:value = 'evil.example' AND process:name = 'implantd']"},
            {"type":"indicator","id":"indicator--3","pattern_type":"stix","pattern":
            "[process:name = 'implantd'] FOLLOWEDBY ([email-addr:value = 'a@evil.example'] OR [url:value = 'https://a.example/b'])"}
            ]}
            """
        let patterns = PatternSet(IndicatorFile(Array(bundle.utf8), name: "p.stix2").patterns)
        #expect(patterns.patterns.count == 3)
        func family(_ runs: [ArtifactRun]) throws -> Coverage.Family {
            try #require(families(of: runs, IndicatorSet([]), patterns: patterns).first { $0.name == "Imaginary" })
        }
        let hosts = try family([surface("hosts", [.hostName]), surface("apart", [.fileHash])])
        #expect(hosts.indicators == 3 && hosts.comparableIndicators == 0)
        #expect(hosts.examined == ["hosts"] && hosts.missing.isEmpty)
        let links = try family([surface("hosts", [.url]), surface("programs", [.processName], isDamaged: true)])
        // One record would need both fields for the second.
        #expect(links.comparableIndicators == 2 && links.wholeIndicators == 0)
        let both = try family([surface("traffic", [.hostName, .processName])])
        #expect(both.comparableIndicators == 2 && both.wholeIndicators == 2)
    }

    @Test func `a rule counts when every artefact that it needs gave records`() throws {
        let runs = [
            try surface("a", []), try surface("b", []), try surface("c", [], records: 0),
        ]
        let rules = [
            RuleNeed(family: "Imaginary", artifacts: [["a"], ["b"]]),
            RuleNeed(family: "Imaginary", artifacts: [["a"], ["c"]]),
            RuleNeed(family: "Imaginary", artifacts: [["c", "b"]]),
        ]
        let family = try #require(families(of: runs, IndicatorSet([]), rules: rules).first)
        #expect(family.name == "Imaginary" && family.checks == 3 && family.appliedChecks == 2)
        #expect(family.examined == ["a", "b"] && family.missing == ["c"])
    }
}
