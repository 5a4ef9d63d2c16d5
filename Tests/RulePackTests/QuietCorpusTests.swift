import Analysis
import AppleArtifacts
import ArtifactModel
import CaseModel
import Foundation
import Indicators
import RuleLanguage
import TestSupport
import Testing

/// What stands beside the repository: files that test devices wrote, and the public sets of indicators.
private enum Shared {
    private static let folder: URL? = {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return [root, root.deletingLastPathComponent()].map { $0.appending(path: "../shared").standardizedFileURL }
            .first { FileManager.default.fileExists(atPath: $0.appending(path: "samples/plaso-ios").path()) }
    }()

    static var isPresent: Bool { folder != nil }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: #require(folder).appending(path: path)))
    }

    static func sets() throws -> [IndicatorFile] {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: #require(folder).appending(path: "indicators").path())
        return try names.filter { $0.hasSuffix(".stix2") }.sorted().map {
            IndicatorFile(try bytes("indicators/" + $0), name: $0)
        }
    }

    /// The files under the paths that they have on a device.
    static func evidence() throws -> MemoryEvidence {
        let group = "/private/var/containers/Shared/SystemGroup/systemgroup.com.apple.powerlog"
        let files = [
            "/private/var/wireless/Library/Databases/DataUsage.sqlite": "DataUsage.sqlite",
            "/private/var/networkd/netusage.sqlite": "netusage.sqlite",
            "/private/var/mobile/Library/Accounts/Accounts3.sqlite": "Accounts3.sqlite",
            "/private/var/mobile/Library/Preferences/com.apple.identityservices.idstatuscache.plist":
                "com.apple.identityservices.idstatuscache.plist",
            "/private/var/mobile/Library/Preferences/com.apple.MobileBackup.plist": "com.apple.MobileBackup.plist",
            "/private/var/preferences/com.apple.wifi.known-networks.plist": "com.apple.wifi.known-networks.plist",
            "/private/var/logs/lockdownd.log": "ios_lockdownd.log",
            "/private/var/mobile/Library/Mobile Documents/com~apple~CloudDocs/App_Privacy_Report_v4.ndjson":
                "ios_app_privacy_report.ndjson",
            group + "/Library/BatteryLife/CurrentPowerlog.PLSQL": "powerlog_2021-12-16_05-54_84E2141B.PLSQL",
        ]
        return MemoryEvidence(device: try files.mapValues { try bytes("samples/plaso-ios/" + $0) })
    }
}

@Suite(.enabled(if: Shared.isPresent, "the folder ../shared is not beside the package"))
struct `Files of devices that nobody suspects` {
    private func run() async throws -> AnalysisResult {
        var options = AnalysisOptions()
        options.rules = EveryRule.rules
        let sets = try Shared.sets()
        return try await analyze(
            AppleArtifactsCatalog.artifacts.filter { !$0.isOnRequest }, in: Shared.evidence(),
            indicators: IndicatorSet(sets.flatMap(\.indicators)), patterns: PatternSet(sets.flatMap(\.patterns)),
            options: options, folder: nil, progress: RunProgress())
    }

    @Test func `give what the measurements of checks, indicators and rules say`() async throws {
        let result = try await run()
        #expect(!result.findings.contains { if case .indicator = $0.cause { true } else { false } })
        #expect(!result.findings.contains { if case .rule = $0.cause { true } else { false } })
        for count in QuietCorpus.counts {
            let artifact = try #require(result.coverage.artifacts.first { $0.identifier == count.artifact })
            #expect(artifact.records == count.records, "\(count.artifact)")
            var hits: [String: Int] = [:]
            for finding in result.findings where finding.artifact == count.artifact {
                if case .check(let identifier, _) = finding.cause { hits[identifier, default: 0] += 1 }
            }
            #expect(hits == count.hits, "\(count.artifact)")
        }
        for head in EveryRule.rules.heads {
            for measured in head.card.measured where measured.corpus.contains("plaso") {
                let rule = try #require(result.coverage.rules.first { $0.identifier == head.identifier })
                let records = result.coverage.artifacts.filter { rule.artifacts.contains($0.identifier) }
                    .reduce(0) { $0 + $1.records }
                #expect(measured.records == Int64(records) && measured.hits == 0, "\(head.identifier)")
            }
        }
    }

    @Test func `were compared with as many indicators as the measurements say`() throws {
        let indicators = try Shared.sets().flatMap(\.indicators)
        let named = Dictionary(grouping: indicators) { $0.family ?? "" }
        #expect(named.keys.sorted() == QuietCorpus.families.map(\.name).sorted())
        let paths = IndicatorSet(indicators).tallies(comparableWith: [.filePath])
        for family in QuietCorpus.families {
            #expect(named[family.name]?.count == family.indicators, "\(family.name)")
            let count = paths.filter { $0.family == family.name }.reduce(0) { $0 + $1.count }
            #expect(count == family.pathIndicators, "\(family.name)")
        }
    }
}
