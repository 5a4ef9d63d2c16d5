import ArtifactModel

extension BackupInformation {
    static let facts: [Fact<Entry>] = [
        Fact(.systemVersion) { entry in
            guard entry.productVersion != nil || entry.buildVersion != nil else { return nil }
            return FactReading(entry.productVersion ?? "", entry.buildVersion ?? "", at: entry.lastBackup)
        },
        // The list says what was there when the backup was made, not since when.
        Fact(.application, all: { entry in entry.installedApplications.map { FactReading($0) } }),
        Fact(.account) { entry in
            guard let number = entry.phoneNumber, !number.isEmpty else { return nil }
            return FactReading(number, "telephone number")
        },
    ]
}
