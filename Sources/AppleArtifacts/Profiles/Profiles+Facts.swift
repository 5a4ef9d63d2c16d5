import ArtifactModel

extension ConfigurationProfiles {
    static let facts: [Fact<Entry>] = [
        Fact(.profile) { entry in
            guard let identifier = entry.identifier ?? entry.uuid else { return nil }
            return FactReading(identifier, entry.displayName ?? "", at: entry.installed)
        },
        Fact(.deviceManagement) { entry in
            guard entry.holds("com.apple.mdm"), let identifier = entry.identifier ?? entry.uuid else { return nil }
            return FactReading(identifier, entry.organisation ?? "", at: entry.installed)
        },
    ]
}
