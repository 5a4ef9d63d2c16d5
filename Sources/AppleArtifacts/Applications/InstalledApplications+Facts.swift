import ArtifactModel

extension InstalledApplications {
    static let facts: [Fact<Entry>] = [
        // The date is that of the first purchase: the application may have been removed and fetched again since.
        Fact(.application) { entry in
            entry.bundleIdentifier.map { FactReading($0, entry.name ?? "", at: entry.purchased) }
        },
        Fact(.account) { entry in
            guard let account = entry.account, !account.isEmpty else { return nil }
            return FactReading(account, "App Store", at: entry.purchased)
        },
        Fact(.sideloadedApplication) { entry in
            guard let source = entry.sourceApplication, !storeFamily.contains(source) else { return nil }
            return entry.bundleIdentifier.map { FactReading($0, source, at: entry.purchased) }
        },
    ]
}
