import ArtifactModel

extension DataUsage {
    static let facts: [Fact<Entry>] = [
        // A bundle that used the network was there then, whether or not it still is.
        Fact(.application) { entry in
            guard let bundle = entry.bundleIdentifier, bundle.utf8.contains(UInt8(ascii: ".")) else { return nil }
            return FactReading(bundle, at: entry.firstSeen ?? entry.counted ?? entry.lastSeen)
        }
    ]
}
