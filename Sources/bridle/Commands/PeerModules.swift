import AppleArtifacts
import ArtifactModel

/// What MVT 2026.10.26 reads of an iOS device, module by module, and which artefacts here hold the same.
///
/// Source: its documentation of records, https://docs.mvt.re/en/latest/ios/records/, and the list of modules that its
/// commands print.
enum PeerModules {
    /// One module.
    struct Module {
        /// Its name.
        let name: String
        /// The evidence that it reads: backup, file system, or both.
        let evidence: String
        /// The artefacts here that hold what it holds.
        let artifacts: [String]
    }

    static let modules: [Module] = [
        Module("Analytics", fileSystem, "apple.system.keychain-analytics"),
        Module("AnalyticsIOSVersions", fileSystem, "apple.system.os-version-history"),
        Module("Applications", both, "apple.applications.installed-applications"),
        Module("BackupInfo", backup, "apple.backup.backup-information"),
        Module("CacheFiles", fileSystem, "apple.web.cached-responses"),
        Module("Calendar", both, "apple.calendar.calendar-events"),
        Module("Calls", both, "apple.messages.call-history"),
        Module("ChromeFavicon", both, "apple.web.chrome-favicons"),
        Module("ChromeHistory", both, "apple.web.chrome-history"),
        Module("ConfigurationProfiles", backup, "apple.profiles.configuration-profiles"),
        Module("Contacts", both, "apple.contacts.address-book"),
        Module("Datausage", both, "apple.network.data-usage"),
        Module("Filesystem", fileSystem, "apple.files.file-listing"),
        Module("FirefoxFavicon", both, "apple.web.firefox-favicons"),
        Module("FirefoxHistory", both, "apple.web.firefox-history"),
        Module("GlobalPreferences", both, "apple.system.global-preferences"),
        Module("IDStatusCache", both, "apple.accounts.identity-status-cache"),
        Module("InteractionC", both, "apple.contacts.interactions", "apple.contacts.interaction-contacts"),
        Module("IOSVersionHistory", fileSystem, "apple.system.os-version-history"),
        Module("LocationdClients", both, "apple.location.location-clients"),
        Module("Manifest", backup, "apple.backup.manifest-entries"),
        Module("Netusage", fileSystem, "apple.network.data-usage"),
        Module("OSAnalyticsADDaily", both, "apple.network.analytics-daily"),
        Module("ProfileEvents", backup, "apple.profiles.profile-events"),
        Module("SafariBrowserState", both, "apple.web.safari-tabs", "apple.web.safari-open-tabs"),
        Module("SafariFavicon", fileSystem, "apple.web.safari-favicons"),
        Module("SafariHistory", both, "apple.web.safari-history"),
        Module("Shortcuts", both, "apple.applications.shortcuts"),
        Module("ShutdownLog", fileSystem, "apple.system.shutdown-log"),
        Module("SMS", both, "apple.messages.text-messages"),
        Module("SMSAttachments", both, "apple.messages.message-attachments", "apple.messages.attachment-files"),
        Module("TCC", both, "apple.privacy.privacy-grants"),
        Module("WebkitIndexedDB", fileSystem, "apple.web.website-storage"),
        Module("WebkitLocalStorage", fileSystem, "apple.web.website-storage"),
        Module("WebkitResourceLoadStatistics", both, "apple.web.resource-load-statistics"),
        Module("WebkitSafariViewService", fileSystem, "apple.web.website-storage"),
        Module("WebkitSessionResourceLog", both, "apple.web.browsing-session-log"),
        Module("Whatsapp", both, "apple.messages.whatsapp-messages"),
        Module(
            "WhatsappContacts", both, "apple.messages.whatsapp-contacts", "apple.messages.whatsapp-identity-pairs"),
        Module("SysdiagnoseInfo", "sysdiagnose"),
    ]

    private static let backup = "backup"
    private static let fileSystem = "file system"
    private static let both = "both"

    /// The comparison as two tables in Markdown: module by module, and what no module reads.
    static var table: String {
        let artifacts = AppleArtifactsCatalog.artifacts
        func words(_ identifier: String) -> String {
            let card = artifacts.first { $0.card.identifier == identifier }?.card
            return "`\(identifier)` (\(card?.standing.words ?? "missing"))"
        }
        var lines = ["| module | evidence | here |", "|---|---|---|"]
        for module in modules {
            let here = module.artifacts.map(words).joined(separator: "<br>")
            lines.append("| \(module.name) | \(module.evidence) | \(here.isEmpty ? "not read" : here) |")
        }
        let covered = Set(modules.flatMap(\.artifacts))
        lines += ["", "Read here and by no module:", "", "| artefact | what it holds | standing |", "|---|---|---|"]
        for artifact in artifacts where !covered.contains(artifact.card.identifier) {
            lines.append(
                "| `\(artifact.card.identifier)` | \(artifact.card.summary) | \(artifact.card.standing.words) |")
        }
        return lines.joined(separator: "\n")
    }
}

extension PeerModules.Module {
    fileprivate init(_ name: String, _ evidence: String, _ artifacts: String...) {
        self.init(name: name, evidence: evidence, artifacts: artifacts)
    }
}
