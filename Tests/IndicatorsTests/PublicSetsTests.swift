import ArtifactModel
import Foundation
import Indicators
import Testing

/// The published sets, where somebody has put them beside the package; skipped, with this reason, where not.
@Suite(.enabled(if: PublicSets.isPresent, "the folder ../shared/indicators is not beside the package"))
struct `The public sets` {
    @Test(arguments: PublicSets.inventory)
    func `load with the counts of the inventory`(set: PublicSets.Expectation) throws {
        let bundle = try PublicSets.load(set.file)
        let kinds = Dictionary(grouping: bundle.indicators, by: \.kind).mapValues(\.count)
        #expect(kinds == set.counts)
        #expect(bundle.problems.allSatisfy { $0.kind == .remark })
        #expect(Set(bundle.indicators.map(\.family)) == [set.family])
    }

    @Test func `find what they were published for, and not what every phone has`() throws {
        let all = try PublicSets.inventory.flatMap { try PublicSets.load($0.file).indicators }
        let set = IndicatorSet(all)
        #expect(set.count == 5_713)
        func families(_ text: String, _ kind: Observable.Kind) -> [String] {
            Set(set.matches(text, as: kind).compactMap(\.indicator.family)).sorted()
        }
        for (path, family) in [
            ("private/var/tmp/UserEventAgent", "Predator"), ("/var/tmp/takePhoto", "Predator"),
            ("/tmp/kusama.txt", "Predator"),
            ("/private/var/logs/keybagd/log", "Predator"), ("/var/wireless/wifi_passwords.txt", "DarkSword"),
            ("/private/var/db/com.apple.xpc.roleaccountd.staging/subridged", "KingSpawn"),
        ] {
            #expect(families(path, .filePath) == [family])
        }
        #expect(families("bh/com.apple.datausage.dns.multicast", .processName) == ["Pegasus"])
        #expect(families("BackupAgent", .processName) == ["OperationTriangulation"])
        #expect(families("http://176.223.111.131/", .url) == ["NoviSpy"])
        for path in [
            "/private/var/containers/Bundle/Application/X/TikTok.app/bh/Passport.strings", "/usr/libexec/BackupAgent",
            "/private/var/logs/keybagd.log.0", "/private/var/tmp/launchd-foo", "/private/var/tmp/stopwatch",
        ] {
            #expect(families(path, .filePath).isEmpty)
        }
        for link in ["https://www.apple.com/", "https://github.com/x/y", "https://en.wikipedia.org/wiki/Bahrain"] {
            #expect(families(link, .url).isEmpty)
        }
    }
}

enum PublicSets {
    struct Expectation: Sendable, CustomTestStringConvertible {
        let file: String
        let family: String
        let counts: [Indicator.Kind: Int]
        var testDescription: String { file }

        init(_ file: String, _ family: String, _ counts: [Indicator.Kind: Int]) {
            self.file = file
            self.family = family
            self.counts = counts
        }
    }

    static let inventory: [Expectation] = [
        Expectation("pegasus", "Pegasus", [.domainName: 1_438, .processName: 81, .fileName: 1, .emailAddress: 29]),
        Expectation("predator", "Predator", [.domainName: 569, .filePath: 15, .profileIdentifier: 1]),
        Expectation("cytrox", "Predator", [.domainName: 336, .filePath: 6, .profileIdentifier: 1]),
        Expectation("kingspawn", "KingSpawn", [.domainName: 164, .processName: 1, .filePath: 2]),
        Expectation(
            "operation_triangulation", "OperationTriangulation", [.domainName: 75, .processName: 1, .emailAddress: 36]),
        Expectation("coruna", "Coruna", [.domainName: 177, .filePath: 12, .fileName: 7, .fileHashSHA256: 20]),
        Expectation(
            "darksword", "DarkSword",
            [.domainName: 10, .filePath: 22, .fileName: 7, .fileHashSHA256: 1, .ipv4Address: 3]),
        Expectation("malware", "MercenarySpywareCampaign", [.domainName: 2_183, .filePath: 1, .androidProperty: 3]),
        Expectation("wintego_helios", "Wintego Helios", [.domainName: 175]),
        Expectation("candiru", "Candiru", [.domainName: 125]),
        Expectation(
            "novispy", "NoviSpy", [.ipv4Address: 7, .fileHashSHA256: 4, .applicationIdentifier: 4, .certificateHash: 3]),
        Expectation("rcs", "RCSLab", [.domainName: 26, .fileHashSHA256: 9, .applicationIdentifier: 5]),
        Expectation(
            "wyrmspy_dragonegg", "WyrmSpy_DragonEgg",
            [.domainName: 7, .fileHashSHA256: 34, .applicationIdentifier: 7, .ipv4Address: 5]),
        Expectation("eaglemsgspy", "EagleMsgSpy", [.domainName: 13, .fileHashSHA256: 25, .ipv4Address: 13]),
        Expectation(
            "residentbat", "ResidentBat",
            [.fileHashSHA256: 8, .applicationIdentifier: 8, .certificateHash: 8, .ipv4Address: 24]),
        Expectation("cellebrite", "Cellebrite", [.applicationIdentifier: 1]),
    ]

    /// `../shared` beside the package, or beside the folder that the package is in.
    static let shared: URL? = {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return [root, root.deletingLastPathComponent()].map { $0.appending(path: "../shared").standardizedFileURL }
            .first { FileManager.default.fileExists(atPath: $0.appending(path: "indicators/pegasus.stix2").path()) }
    }()

    private static let folder = shared?.appending(path: "indicators")

    static var isPresent: Bool { folder != nil }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: try #require(folder).appending(path: name)))
    }

    static func load(_ name: String) throws -> StructuredThreatInformation {
        let folder = try #require(folder)
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name + ".stix2")))
        return StructuredThreatInformation(bytes, source: name + ".stix2")
    }
}
