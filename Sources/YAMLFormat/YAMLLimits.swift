/// How much a YAML text may ask of the reader.
public struct YAMLLimits: Sendable, Hashable {
    /// Bytes of the whole text.
    public var bytes: Int
    /// Collections within collections.
    public var depth: Int
    /// Scalars, sequences and mappings of the whole text.
    public var nodes: Int
    /// Documents of the text.
    public var documents: Int

    /// The defaults are far above what a person writes.
    public init(bytes: Int = 4 << 20, depth: Int = 64, nodes: Int = 400_000, documents: Int = 10_000) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.documents = documents
    }
}
