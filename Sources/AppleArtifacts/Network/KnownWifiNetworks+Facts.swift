import ArtifactModel

extension KnownWifiNetworks {
    static let facts: [Fact<Entry>] = [
        // With iCloud Keychain the list holds networks that only other devices joined: those have no time of joining.
        Fact(.network) { entry in
            let joined = [entry.joinedBefore, entry.joinedByUser, entry.joinedBySystem].compactMap { $0 }.min()
            guard entry.isFromScan == false, let name = entry.name, !name.isEmpty, let joined else { return nil }
            return FactReading(name, at: joined)
        }
    ]
}
