import ArtifactModel

extension LocationClients {
    static let facts: [Fact<Entry>] = [
        // The times say when a program last stopped, so it had used the position until then. The stored authorisation
        // is a code that nobody has described: it is no permission here.
        Fact(.use) { entry in
            guard let moment = entry.moments.compactMap({ $0 }).max() else { return nil }
            return FactReading(entry.bundleIdentifier ?? entry.client, "location", at: moment)
        }
    ]
}
