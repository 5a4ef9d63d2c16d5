import ArtifactModel

extension Interactions {
    static let facts: [Fact<Entry>] = [
        Fact(.application) { entry in entry.bundle.map { FactReading($0, at: entry.start) } },
        Fact(.account) { entry in
            guard let account = entry.account, !account.isEmpty else { return nil }
            return FactReading(account, entry.bundle ?? "", at: entry.start)
        },
    ]
}
