/// What a person has configured; what the file does not say has its default.
public struct Configuration: Sendable, Hashable {
    /// The folder of Bridle's own data.
    public var data: String?
    /// The folder of what can be made again.
    public var cache: String?
    /// The proxy for everything that is fetched.
    public var proxy: String?
    /// The sources of indicators: those of the file, then the defaults that it neither replaces nor leaves out.
    public var sources: [SourceConfiguration] = SourceConfiguration.defaults
    /// The keys that packs must be signed with; none, and no signature is asked for.
    public var trustedKeys: [PublisherKey] = []
    /// How much is fetched.
    public var limits = DownloadLimits()
    /// How many generations of the store are kept.
    public var generations = 10

    /// The defaults.
    public init() {}

    /// Reads the file at a path; the defaults if there is none.
    public init(file path: String) throws(StoreError) {
        guard let bytes = try DurableFile.bytes(path, limit: 4 << 20) else {
            self.init()
            return
        }
        do throws(ConfigurationReader.Objection) {
            self = try ConfigurationReader.read(bytes)
        } catch {
            let line = error.line.map { " in line \($0)" } ?? ""
            throw StoreError(.configuration, "The configuration \(path) is wrong\(line): \(error.words)")
        }
    }
}
