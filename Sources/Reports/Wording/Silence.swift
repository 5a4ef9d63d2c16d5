import ArtifactModel

/// What was not examined because the evidence never holds it.
///
/// Sources: Apple, "About encrypted backups on your iPhone, iPad, or iPod touch", <https://support.apple.com/108353>;
/// Apple, "About backups for iPhone, iPad and iPod touch", <https://support.apple.com/108771>; Amnesty International,
/// "Forensic Methodology Report", 2021-07-18, which says what a backup holds of a device's traces and what it does not.
enum Silence {
    /// The list for a kind of evidence; empty for a kind of which nothing can be said in general.
    static func list(for evidence: EvidenceSummary) -> [String] {
        switch evidence.kind {
        case "ios-backup": evidence.isEncrypted ? backup : withoutPassword + backup
        case "ios-filesystem": fileSystem
        default: []
        }
    }

    /// What is missing when the backup was made without a password.
    static let withoutPassword = [
        "What iOS puts only into encrypted backups: Safari history, call history, health data, saved passwords and "
            + "Wi-Fi settings. A second backup, made with a password, would hold them."
    ]

    /// What no file system holds.
    static let fileSystem = [
        "The memory of the device and the processes that were running",
        "What was deleted before the file system was taken, and files that the tool which took it left out",
        "What is kept in iCloud only",
        "Network traffic, the base station of the mobile network, and the SIM card",
        "Other devices of the same person, and accounts signed in elsewhere",
    ]

    /// What no backup holds.
    static let backup = [
        "The memory of the device and the processes that were running",
        "System logs (the unified log) and the log of restarts (shutdown.log)",
        "Crash reports, power statistics, and analytics other than the daily totals. A sysdiagnose holds them",
        "The system itself, its programs, and most of the file system outside the folders that iOS backs up",
        "Applications that exclude themselves or their data from backups, among them several messengers",
        "Caches, temporary files, and what was deleted before the backup was made",
        "Mail, and what is kept in iCloud only",
        "Network traffic, the base station of the mobile network, and the SIM card",
        "Other devices of the same person, and accounts signed in elsewhere",
    ]
}
