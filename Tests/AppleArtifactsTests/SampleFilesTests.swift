import AppleArtifacts
import ArtifactModel
import Foundation
import TestSupport
import Testing

/// Files that devices wrote, of the test data of the Plaso project, which the repository does not contain.
@Suite(.enabled(if: SampleFiles.isPresent, "the folder ../shared/samples is not beside the package"))
struct SampleFilesTests {
    private static let systemGroup = "/private/var/containers/Shared/SystemGroup/systemgroup.com.apple.powerlog"
    private static let powerLog = systemGroup + "/Library/BatteryLife/CurrentPowerlog.PLSQL"

    private static func read(_ artifact: String, _ sample: String, at path: String) throws -> Transcript {
        let artifact = try #require(AppleArtifactsCatalog.artifacts.first { $0.card.identifier == artifact })
        return try Transcript(of: artifact, in: MemoryEvidence(device: [path: SampleFiles.bytes(sample)]))
    }

    @Test func `accounts are read whole, with the servers of mail and calendars`() throws {
        let found = try Self.read(
            "apple.accounts.device-accounts", "Accounts3.sqlite",
            at: "/private/var/mobile/Library/Accounts/Accounts3.sqlite")
        #expect(found.records == 18 && found.damages == 0)
        #expect(found.text.contains("\"account_type\":\"Gmail\""))
        #expect(found.text.contains("\"hosts\":[\"calendar.google.com\"]"))
        #expect(found.text.contains("\"created\":\"2020-03-21T21:47:42.043928Z\""))
    }

    @Test func `the power log is read whole`() throws {
        let expected = [
            ("apple.usage.power-log-applications", 132 + 220), ("apple.usage.power-log-processes", 994 + 549 + 861),
            ("apple.usage.power-log-traffic", 182),
        ]
        for (artifact, count) in expected {
            let found = try Self.read(artifact, "powerlog_2021-12-16_05-54_84E2141B.PLSQL", at: Self.powerLog)
            #expect(found.records == count && found.damages == 0, "\(artifact)")
        }
    }

    @Test func `times of the power log are corrected by the offset in force`() throws {
        // Stored: 1635848665.652; the entry before it says -411.57400894165.
        let found = try Self.read(
            "apple.usage.power-log-traffic", "powerlog_2021-12-16_05-54_84E2141B.PLSQL", at: Self.powerLog)
        #expect(found.text.contains("\"start\":\"2021-11-02T10:17:34.07799"))
    }

    @Test func `containers that the installation log names are found`() throws {
        let found = try Self.read(
            "apple.applications.installation-log", "ios_sysdiag.log",
            at: "/private/var/installd/Library/Logs/MobileInstallation/mobile_installation.log.0")
        #expect(found.damages == 0)
        #expect(
            found.text.contains(
                "\"bundle_identifier\":\"com.apple.CoreCDPUI.localSecretPrompt\",\"event\":\"container-made\","
                    + "\"local_time\":\"2021-08-11T05:51:02\""))
    }

    @Test func `programs that asked the lockdown service are found`() throws {
        let found = try Self.read(
            "apple.system.lockdown-log", "ios_lockdownd.log", at: "/private/var/logs/lockdownd.log")
        #expect(found.damages == 0)
        #expect(found.text.components(separatedBy: "\"client\":\"AMPDevicesAgent\"").count == 91 + 1)
    }
}

private enum SampleFiles {
    /// `../shared/samples/plaso-ios` beside the package, or beside the folder that the package is in.
    private static let folder: URL? = {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return [root, root.deletingLastPathComponent()].map {
            $0.appending(path: "../shared/samples/plaso-ios").standardizedFileURL
        }
        .first { FileManager.default.fileExists(atPath: $0.appending(path: "Accounts3.sqlite").path()) }
    }()

    static var isPresent: Bool { folder != nil }

    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = try #require(folder)
        return [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }
}
