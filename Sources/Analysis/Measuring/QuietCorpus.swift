import CaseModel
import Indicators

/// What was counted on public files of devices that nobody suspects.
///
/// Counted with `bridle check` on 2026-11-22, with the rules that come along and the sixteen public sets of April 2026
/// (5,713 indicators), over test files of plaso (<https://github.com/log2timeline/plaso>, folder `test_data`) laid out as
/// a device's file system, and over the list of all paths of the public test image BelkaCTF 6. `QuietCorpusTests` counts
/// again where the files are. An artefact or a family that is not here was not measured, and that is said on the card.
public enum QuietCorpus {
    /// What an artefact gave.
    public struct Count: Sendable {
        /// The identifier of the artefact.
        public var artifact: String
        /// How many records it gave.
        public var records: Int
        /// What the records are of.
        public var corpus: String
        /// Matches of each check that had any; the others had none.
        public var hits: [String: Int] = [:]
    }

    /// A family of the public sets. None of its indicators matched anything.
    public struct Family: Sendable {
        /// The name that its publisher uses.
        public var name: String
        /// How many indicators were compared with records.
        public var indicators: Int
        /// How many of them were compared with paths.
        public var pathIndicators: Int
    }

    /// The artefacts that gave records.
    public static let counts = [
        Count(
            artifact: "apple.network.data-usage", records: 1_257,
            corpus: "two files of test devices, 2021 to 2023, among the test data of plaso",
            hits: ["missing-processes": 17]),
        Count(
            artifact: "apple.accounts.identity-status-cache", records: 40,
            corpus: "one file of a test device, 2021, among the test data of plaso"),
        Count(
            artifact: "apple.privacy.app-privacy-report", records: 72,
            corpus: "one report of a test device among the test data of plaso"),
        Count(
            artifact: "apple.accounts.device-accounts", records: 18,
            corpus: "one file of a test device, 2020, among the test data of plaso"),
        Count(
            artifact: "apple.backup.backup-activity", records: 12,
            corpus: "one file of a test device among the test data of plaso"),
        Count(
            artifact: "apple.network.known-wifi-networks", records: 1,
            corpus: "one file of a test device among the test data of plaso"),
        Count(
            artifact: "apple.system.lockdown-log", records: 153,
            corpus: "one log of a test device, 2021, among the test data of plaso"),
        Count(
            artifact: "apple.usage.power-log-applications", records: 352,
            corpus: "one log of a test device, 2021, among the test data of plaso"),
        Count(
            artifact: "apple.usage.power-log-processes", records: 2_404,
            corpus: "one log of a test device, 2021, among the test data of plaso"),
        Count(
            artifact: "apple.usage.power-log-traffic", records: 182,
            corpus: "one log of a test device, 2021, among the test data of plaso"),
    ]

    /// How many paths the list has.
    public static let paths = 65_624

    /// The families of the public sets.
    public static let families = [
        Family(name: "Candiru", indicators: 125, pathIndicators: 0),
        Family(name: "Cellebrite", indicators: 1, pathIndicators: 0),
        Family(name: "Coruna", indicators: 216, pathIndicators: 19),
        Family(name: "DarkSword", indicators: 43, pathIndicators: 29),
        Family(name: "EagleMsgSpy", indicators: 51, pathIndicators: 0),
        Family(name: "KingSpawn", indicators: 167, pathIndicators: 2),
        Family(name: "MercenarySpywareCampaign", indicators: 2_187, pathIndicators: 1),
        Family(name: "NoviSpy", indicators: 18, pathIndicators: 0),
        Family(name: "OperationTriangulation", indicators: 112, pathIndicators: 0),
        Family(name: "Pegasus", indicators: 1_549, pathIndicators: 1),
        Family(name: "Predator", indicators: 928, pathIndicators: 21),
        Family(name: "RCSLab", indicators: 40, pathIndicators: 0),
        Family(name: "ResidentBat", indicators: 48, pathIndicators: 0),
        Family(name: "Wintego Helios", indicators: 175, pathIndicators: 0),
        Family(name: "WyrmSpy_DragonEgg", indicators: 53, pathIndicators: 0),
    ]

    /// What was counted for a check, or nothing if its artefact was not measured.
    static func measurement(artifact: String, check: String) -> Measurement? {
        guard let count = counts.first(where: { $0.artifact == artifact }) else { return nil }
        return Measurement(hits: count.hits[check] ?? 0, records: count.records, corpus: count.corpus)
    }

    /// What was counted for the indicators of a family in the records of an artefact.
    ///
    /// Paths stand for themselves, whichever artefact names them. With how many indicators it was counted is said, since
    /// publishers go on publishing.
    static func measurement(of family: String?, _ kind: Indicator.Kind, artifact: String) -> Measurement? {
        guard let family = families.first(where: { $0.name == family }) else { return nil }
        if kind == .filePath || kind == .fileName {
            guard family.pathIndicators > 0 else { return nil }
            return Measurement(
                hits: 0, records: paths,
                corpus: "paths of an iPhone with iOS 16.3, a public test image (BelkaCTF 6), compared with the "
                    + "\(counted(family.pathIndicators, of: family)) for files")
        }
        guard let count = counts.first(where: { $0.artifact == artifact }) else { return nil }
        return Measurement(
            hits: 0, records: count.records,
            corpus: count.corpus + ", compared with those that such records can agree with of the "
                + counted(family.indicators, of: family))
    }

    private static func counted(_ number: Int, of family: Family) -> String {
        "\(number) \(number == 1 ? "indicator" : "indicators") of \(family.name) that \(number == 1 ? "was" : "were") "
            + "public in April 2026"
    }
}
