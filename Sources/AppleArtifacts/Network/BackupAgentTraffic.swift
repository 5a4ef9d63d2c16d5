import ArtifactModel

/// The name that Operation Triangulation left in network statistics, asked of each store that holds them.
///
/// The name counts only there: Kaspersky calls it deprecated and not to be expected in regular use, while a program of
/// this name lies on the disk of ordinary devices. `BackupAgent2` is another program.
enum BackupAgentTraffic {
    static let references = [
        Reference(
            "Kaspersky", "Operation Triangulation: iOS devices targeted with previously unknown malware",
            date: "2023-06-01", link: "https://securelist.com/operation-triangulation/109842/"),
        Reference(
            "Kaspersky", "In search of the Triangulation: triangle_check utility", date: "2023-06-02",
            link: "https://securelist.com/find-the-triangulation-utility/109867/"),
    ]

    /// Whether a stored name, or one half of `process/purpose`, is exactly the published one.
    static func isNamed(in process: String?) -> Bool {
        guard let process else { return false }
        return process.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            .contains { $0 == "BackupAgent" }
    }

    /// The check, for whatever record holds the name of a process.
    static func check<Entry: Record>(process: @escaping @Sendable (Entry) -> String?) -> Check<Entry> {
        Check(
            "backup-agent-traffic", .high, "A process named BackupAgent used the network",
            family: "OperationTriangulation", state: .ran,
            meaning: "The statistics name a process BackupAgent. Kaspersky published this name in network statistics "
                + "as the most telling trace of Operation Triangulation.",
            limits: "It shows a name and times, not what the process was or did.",
            benignCauses: [
                "iOS has an old program of the same name that makes backups; Kaspersky does not expect it in use, "
                    + "and very old statistics may hold it"
            ],
            nextStep: "Keep the backup and make a second one. Look at message attachments, crash reports and other "
                + "processes of the same minutes, and ask an expert.",
            references: references,
            matches: { isNamed(in: process($0)) })
    }
}
