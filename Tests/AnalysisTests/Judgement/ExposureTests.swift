import ArtifactModel
import CaseModel
import Primitives
import Testing

@testable import Analysis

/// Releases against fixes, and what the device held at a moment.
struct ExposureTests {
    private func day(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text + "T12:00:00Z")) }

    @Test(arguments: ["", ".", "14.", ".8", "14..8", "14.8b", "-1", "14,8", "99999", "1.2.3.4.5.6", "１４.8"])
    func `what is no number of a release is none`(text: String) { #expect(SystemVersion(text) == nil) }

    @Test func `releases are ordered part by part`() throws {
        let texts = ["9.3.5", "12.5.4", "12.5.5", "14", "14.4.2", "14.8", "14.8.1", "15.0.1", "26.1"]
        let versions = try texts.map { try #require(SystemVersion($0)) }
        #expect(versions.reversed().sorted() == versions)
        #expect(SystemVersion("15.0") == SystemVersion("15") && SystemVersion("15.0.0")?.description == "15.0")
    }

    private func position(_ name: String, _ lower: String?, _ upper: String?) throws -> ChainStanding.Position {
        let chain = try #require(PublishedChain.all.first { $0.name == name })
        return chain.standing(
            from: lower.flatMap { SystemVersion($0) }, to: upper.flatMap { SystemVersion($0) })
    }

    @Test(arguments: [
        ("FORCEDENTRY", "14.6", "14.6", ChainStanding.Position.olderThanFix),
        ("FORCEDENTRY", "14.7.1", "14.8", .unknown), ("FORCEDENTRY", "14.8", "14.8", .fixed),
        ("FORCEDENTRY", "12.5.4", "12.5.4", .olderThanFix), ("FORCEDENTRY", "12.5.5", "12.5.5", .fixed),
        ("FORCEDENTRY", "13.7", "13.7", .olderThanFix), ("FORCEDENTRY", "15.0", "15.1", .fixed),
        ("FORCEDENTRY", "11.4", "11.4", .beforePublished), ("FORCEDENTRY", "", "14.7", .olderThanFix),
        ("FORCEDENTRY", "14.6", "", .unknown), ("FORCEDENTRY", "", "", .unknown),
        ("BLASTPASS", "16.6", "16.6", .olderThanFix), ("BLASTPASS", "16.6.1", "16.6.1", .fixed),
        ("BLASTPASS", "15.7.8", "15.7.8", .olderThanFix), ("BLASTPASS", "15.7.9", "15.7.9", .fixed),
        ("BLASTPASS", "14.8", "14.8", .beforePublished),
        ("Operation Triangulation", "15.7.6", "15.7.6", .olderThanFix),
        ("Operation Triangulation", "16.5", "16.5", .olderThanFix),
        ("Operation Triangulation", "16.5.1", "16.5.1", .fixed),
        ("ENDOFDAYS", "14.4", "14.4.2", .olderThanFix), ("ENDOFDAYS", "14.5", "14.5", .unknown),
        ("the iMessage chain of Graphite", "18.3", "18.3", .olderThanFix),
        ("the iMessage chain of Graphite", "18.3.1", "18.3.1", .fixed),
    ]) func `a release stands to a chain as the table says`(
        chain: String, lower: String, upper: String, expected: ChainStanding.Position
    ) throws { #expect(try position(chain, lower, upper) == expected) }

    @Test func `every chain and family names its sources, and releases that are releases`() throws {
        for chain in PublishedChain.all {
            #expect(!chain.references.isEmpty && SystemVersion(chain.oldest) != nil, "\(chain.name)")
            #expect(chain.fixes.allSatisfy { SystemVersion($0) != nil }, "\(chain.name)")
            #expect(chain.fixes.isEmpty == (chain.fixedOn == nil), "\(chain.name)")
            #expect(chain.fixes.isEmpty == (chain.newest != nil), "\(chain.name)")
            for date in [chain.firstUse] + [chain.fixedOn].compactMap({ $0 }) {
                #expect(Timestamp(rfc3339: date + "T00:00:00Z") != nil, "\(chain.name)")
            }
        }
        var names: Set<String> = []
        for family in PublishedFamily.all {
            #expect(!family.references.isEmpty && !family.reach.isEmpty)
            for name in family.names { #expect(names.insert(name.lowercased()).inserted, "\(name)") }
        }
        #expect(PublishedFamily.named("operationtriangulation")?.names.first == "Triangulation")
        #expect(PublishedFamily.named("") == nil && PublishedFamily.named("Pegasus 2") == nil)
    }

    private func finding(
        _ text: String?, _ severity: Severity = .critical, family: String? = "Pegasus", row: Int64 = 1
    ) throws -> Finding {
        Finding(
            severity: severity, cause: .check(identifier: "c", references: []), title: "t", artifact: "a.b.c",
            artifactTitle: "T", moment: try text.map { try day($0) }, path: "p", location: .row(row, table: "t"),
            record: [], family: family, state: .ran, meaning: "", limits: "", benignCauses: [], nextStep: "")
    }

    private func fact(
        _ kind: FactKind, _ subject: String, _ detail: String = "", _ first: String? = nil, isOn: Bool = true
    ) throws -> DeviceFact {
        DeviceFact(
            kind: kind, subject: subject, detail: detail, isOn: isOn, first: try first.map { try day($0) },
            artifact: "a.b.c", path: "p", location: .offset(0))
    }

    private func evidence(_ version: String?, taken: String?) throws -> EvidenceSummary {
        var summary = EvidenceSummary(kind: "ios-backup", path: "p", taken: try taken.map { try day($0) })
        summary.device.osVersion = version
        return summary
    }

    @Test func `what was recorded before the moment is held, what came later is only counted`() throws {
        let facts = [
            try fact(.account, "a@example.org", "Messages", "2021-01-01"),
            try fact(.account, "A@example.org", "App Store"), try fact(.account, "late@example.org", "", "2021-12-01"),
            try fact(.application, "net.whatsapp.WhatsApp", "", "2021-02-01"),
            try fact(.application, "com.example.weather", "", "2021-02-01"),
            try fact(.permission, "net.whatsapp.WhatsApp", "microphone", "2021-02-02"),
            try fact(.permission, "com.example.weather", "location", "2021-02-02", isOn: false),
            try fact(.network, "Café", "", "2021-11-05"),
            try fact(.systemVersion, "14.4", "18D52", "2021-03-01"),
        ]
        let exposure = try #require(
            Exposure.all(for: [finding("2021-11-03")], facts, evidence("14.8", taken: "2021-11-28")).first)
        #expect(exposure.lowestVersion == "14.4" && exposure.highestVersion == "14.8")
        #expect(exposure.accounts.holdings.map(\.subject) == ["a@example.org"] && exposure.accounts.later == 1)
        #expect(exposure.messengers.holdings.map(\.detail) == ["WhatsApp"])
        #expect(exposure.permissions.holdings.map(\.detail) == ["microphone"])
        #expect(exposure.networks.count == 0 && exposure.networks.later == 1)
        // Between 14.4 and 14.8 nobody can say; chains that came later are left out.
        #expect(exposure.chains.map(\.name) == ["KISMET", "FORCEDENTRY"])
        #expect(exposure.chains.map(\.position) == [.fixed, .unknown])
        #expect(exposure.reach.map(\.family) == ["Pegasus"] && exposure.reach[0].items.contains("messages"))
    }

    @Test func `findings of one exposure share it, and those without weight or moment have none`() throws {
        let facts = [try fact(.account, "late@example.org", "", "2021-11-10")]
        let findings = [
            try finding("2021-11-03", row: 1), try finding("2021-11-04", .medium, row: 2),
            try finding("2021-11-20", row: 3), try finding("2021-11-05", .low, row: 4), try finding(nil, row: 5),
            try finding("2021-11-04", family: nil, row: 6),
        ]
        let exposures = Exposure.all(for: findings, facts, try evidence(nil, taken: nil))
        #expect(exposures.allSatisfy { $0.from <= $0.to })
        #expect(exposures.flatMap(\.findings).count == 4)
        #expect(exposures.last?.accounts.count == 1 && exposures.first?.accounts.count == 0)
        #expect(Exposure.all(for: findings.reversed(), facts, try evidence(nil, taken: nil)) == exposures)
        let many = try (0..<400).map { try finding("2021-11-03", family: "Family \($0)", row: Int64($0)) }
        #expect(Exposure.all(for: many, facts, try evidence(nil, taken: nil)).count == Exposure.limit)
    }

    @Test func `protection is counted to the day on which the evidence was taken`() throws {
        let facts = [
            try fact(.restart, "", "shut down", "2021-10-01"), try fact(.restart, "", "shut down", "2021-10-21"),
            try fact(.restart, "", "shut down", "2021-10-22"), try fact(.lockdownMode, "", isOn: false),
            try fact(.profile, "org.example", "Wi-Fi", "2021-01-01"), try fact(.profile, "org.example", "Wi-Fi"),
            try fact(.deviceManagement, "org.example.mdm", "Example"),
            try fact(.sideloadedApplication, "com.example.x", "TestFlight"),
            try fact(.threatNotification, "+1", "iMessage", "2021-11-24"),
        ]
        var coverage = Coverage()
        var log = Coverage.Artifact(
            identifier: "apple.system.shutdown-log", title: "", summary: "", standing: "", losses: [])
        log.files = [Coverage.File(path: "p")]
        log.files[0].records = 3
        coverage.artifacts = [log]
        let state = Protection(of: facts, try evidence("14.6", taken: "2021-11-28"), coverage)
        #expect(state.restarts?.count == 3 && state.restarts?.daysSince == 37 && state.restarts?.longestDays == 20)
        #expect(state.restartsExamined && state.lockdownMode == false)
        #expect(state.profiles.count == 1 && state.management.count == 1 && state.sideloaded.count == 1)
        #expect(try state.notices?.count == 1 && state.notices?.first == day("2021-11-24"))
        #expect(state.chains.map(\.name).contains("FORCEDENTRY"))
        #expect(!state.chains.contains { $0.position != .olderThanFix })
        let nothing = Protection(of: [], try evidence(nil, taken: nil), Coverage())
        #expect(nothing == Protection())
        // Two files that contradict each other say nothing.
        let both = [try fact(.lockdownMode, "", isOn: false), try fact(.lockdownMode, "", isOn: true)]
        #expect(Protection(of: both, try evidence(nil, taken: nil), coverage).lockdownMode == nil)
    }

    @Test func `a clock that jumps does not give days below nothing`() throws {
        let facts = [
            try fact(.restart, "", "shut down", "2030-01-01"), try fact(.restart, "", "shut down", "2001-01-01"),
        ]
        let state = Protection(of: facts, try evidence(nil, taken: "2021-11-28"), Coverage())
        #expect(state.restarts?.daysSince == nil && state.restarts?.longestDays == 10_592)
    }
}
