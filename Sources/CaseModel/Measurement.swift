/// How often a pattern was seen on devices that nobody suspects: a figure that was counted, with what it was counted on.
///
/// A small corpus says little; that is why its size always stands beside the hits.
public struct Measurement: Sendable, Hashable {
    /// How many records the pattern matched.
    public var hits: Int
    /// How many records there were.
    public var records: Int
    /// What they were counted on.
    public var corpus: String

    /// Joins the parts.
    public init(hits: Int, records: Int, corpus: String) {
        self.hits = hits
        self.records = records
        self.corpus = corpus
    }
}
