import ArtifactModel

extension OSVersionHistory {
    static let facts: [Fact<Entry>] = [
        Fact(.systemVersion) { entry in
            guard entry.version != nil || entry.build != nil else { return nil }
            return FactReading(entry.version ?? "", entry.build ?? "", at: entry.recorded)
        }
    ]
}

extension ShutdownLog {
    static let facts: [Fact<Entry>] = [
        Fact(.restart) { entry in entry.shutDown.map { FactReading("", "shut down", at: $0) } }
    ]
}

extension GlobalPreferences {
    static let facts: [Fact<Entry>] = [
        Fact(.lockdownMode) { entry in entry.lockdownMode.map { FactReading("", isOn: $0) } }
    ]
}
