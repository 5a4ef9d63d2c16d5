import ArtifactModel
import CaseModel
import Primitives

/// What the device held at the time of findings.
struct ExposureSection: Sendable {
    /// A kind of thing that the device held.
    struct Held: Sendable {
        var heldName: Line
        var heldItems: [Line]
        var heldRest: Line
    }

    /// The time of some findings.
    struct Block: Sendable {
        var blockTime: Line
        var blockFindings: [Line]
        var blockVersion: Line
        var blockHeld: [Held]
        var blockReach: [Line]
        var blockSources: [Line]
    }

    let introduction = Line(Exposure.introduction)
    let blocks: [Block]
    let hasBlocks: Bool
    let furtherBlocks: Line

    init(of report: CaseReport, groups: [FindingGroup]) {
        var numbers: [String: Int] = [:]
        for (index, group) in groups.prefix(Page.Limit.cards).enumerated() {
            for finding in group.findings { numbers[finding.id] = index + 1 }
        }
        blocks = report.exposures.prefix(Page.Limit.exposures).map { ExposureSection.block($0, numbers) }
        hasBlocks = !blocks.isEmpty
        let hidden = report.exposures.count - blocks.count
        furtherBlocks =
            hidden == 0 ? .none : Line("\(hidden.of("more time", "more times")): see exposure.json in the case folder.")
    }

    private static func block(_ exposure: Exposure, _ numbers: [String: Int]) -> Block {
        let lists: [(String, Exposure.Group)] = [
            ("Accounts in use", exposure.accounts), ("Applications for messages and calls", exposure.messengers),
            ("Permissions", exposure.permissions), ("Networks joined", exposure.networks),
        ]
        return Block(
            blockTime: Line(exposure.timeWords),
            blockFindings: Set(exposure.findings.compactMap { numbers[$0] }).sorted().map { Line(String($0)) },
            blockVersion: Line(exposure.versionWords),
            blockHeld: [ExposureSection.chains(exposure.chains)]
                + lists.map { name, group in
                    Held(
                        heldName: Line(name), heldItems: group.holdings.map { Line($0.words, limit: 300) },
                        heldRest: Line(group.restWords))
                },
            blockReach: exposure.reach.map { Line($0.words) },
            blockSources: ExposureSection.sources(
                exposure.reach.flatMap(\.references) + exposure.chains.flatMap(\.references)))
    }
}

extension ExposureSection {
    /// The published ways in, as one of the lists.
    fileprivate static func chains(_ chains: [ChainStanding]) -> Held {
        Held(
            heldName: Line("Published ways in"), heldItems: chains.map { Line($0.nameWords + ": " + $0.positionWords) },
            heldRest: Line(chains.isEmpty ? "none known here for this time and these findings" : ""))
    }

    /// Each source once, in byte order.
    static func sources(_ references: [Reference]) -> [Line] {
        Set(references.map(\.citation)).sorted().map { Line($0) }
    }
}

/// How well the device was protected.
struct ProtectionSection: Sendable {
    let state: [Page.Fact]
    let protectionSteps: [Line]
    let protectionSources: [Line]

    init(of protection: Protection) {
        state = protection.facts.map { Page.Fact($0.name, $0.words) }
        protectionSteps = protection.steps.map { Line($0) }
        protectionSources = ExposureSection.sources(protection.chains.flatMap(\.references))
    }
}

/// The findings that a person suppressed.
struct SuppressedSection: Sendable {
    struct Row: Sendable {
        var suppressedTitle: Line
        var suppressedSeverity: Line
        var suppressedPlace: Line
        var suppressedReason: Line
        var suppressedIdentifier: Line
    }

    let rows: [Row]
    let hasSuppressed: Bool
    let furtherSuppressed: Line

    init(of report: CaseReport) {
        rows = report.suppressed.prefix(Page.Limit.suppressed).map { finding in
            var place = TextBuffer()
            finding.location.write(words: &place, path: finding.path)
            return Row(
                suppressedTitle: Line(finding.title), suppressedSeverity: Line(finding.severity.word),
                suppressedPlace: Line((finding.moment.map { $0.words + ", " } ?? "") + place.string),
                suppressedReason: Line(
                    report.annotations.standing(of: finding.id).suppression?.words ?? "", limit: 5_000),
                suppressedIdentifier: Line(finding.id))
        }
        hasSuppressed = report.suppressedCount > 0
        let hidden = report.suppressedCount - rows.count
        furtherSuppressed =
            hidden <= 0
            ? .none : Line("\(hidden.of("more finding is", "more findings are")) suppressed: see annotations.jsonl.")
    }
}
