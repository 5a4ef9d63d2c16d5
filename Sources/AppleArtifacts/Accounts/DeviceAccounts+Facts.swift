import ArtifactModel

extension DeviceAccounts {
    static let facts: [Fact<Entry>] = [
        Fact(.account) { entry in
            guard let account = entry.account, !account.isEmpty else { return nil }
            return FactReading(account, entry.kind ?? "", at: entry.created)
        }
    ]
}
