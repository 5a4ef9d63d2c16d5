import CaseModel

/// What was counted on public files of devices that nobody suspects.
///
/// Counted with `bridle check` on 2026-11-22, over test files of plaso (<https://github.com/log2timeline/plaso>, folder
/// `test_data`): `DataUsage.sqlite` and `netusage.sqlite` (1,257 records of 2021 to 2023), `idstatuscache.plist` (40
/// records) and `ios_app_privacy_report.ndjson` (72 records), laid out as a device's file system. An artefact that is not
/// here was not measured, and that is said on the card.
enum QuietCorpus {
    private struct Count {
        var artifact: String
        var records: Int
        var corpus: String
        /// Matches of each check that had any; the others had none.
        var hits: [String: Int]
    }

    private static let counts = [
        Count(
            artifact: "apple.network.data-usage", records: 1_257,
            corpus: "two files of test devices, 2021 to 2023, among the test data of plaso",
            hits: ["missing-processes": 17]),
        Count(
            artifact: "apple.accounts.identity-status-cache", records: 40,
            corpus: "one file of a test device, 2021, among the test data of plaso", hits: [:]),
        Count(
            artifact: "apple.privacy.app-privacy-report", records: 72,
            corpus: "one report of a test device among the test data of plaso", hits: [:]),
    ]

    /// What was counted for a check, or nothing if its artefact was not measured.
    static func measurement(artifact: String, check: String) -> Measurement? {
        guard let count = counts.first(where: { $0.artifact == artifact }) else { return nil }
        return Measurement(hits: count.hits[check] ?? 0, records: count.records, corpus: count.corpus)
    }
}
