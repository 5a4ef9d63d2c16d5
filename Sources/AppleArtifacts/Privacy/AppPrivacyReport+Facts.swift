import ArtifactModel

extension AppPrivacyReport {
    static let facts: [Fact<Entry>] = [
        Fact(.application) { entry in
            entry.bundleIdentifier.map { FactReading($0, at: entry.accessed ?? entry.firstSeen ?? entry.lastSeen) }
        },
        Fact(.use) { entry in
            guard let bundle = entry.bundleIdentifier, let category = entry.category else { return nil }
            return FactReading(bundle, category, at: entry.accessed)
        },
    ]
}
