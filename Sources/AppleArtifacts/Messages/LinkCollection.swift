import ArtifactModel

/// The links of one record, from all of its texts, each once, in the order of their first appearance.
struct LinkCollection {
    /// The links so far.
    private(set) var links: [String] = []
    private var seen: Set<String> = []

    /// Adds the links in a text that do not have to be left out.
    mutating func add(linksIn text: String?, unless isExcluded: (String) -> Bool = { _ in false }) {
        guard let text else { return }
        for link in LinkExtraction.links(in: text) where !isExcluded(link) { add(link) }
    }

    /// Adds what the evidence itself stores as a link, of any scheme that names a place (`scheme://`).
    ///
    /// Telephone numbers and addresses that Messages marked in a text (`tel:`, `mailto:`) are no links.
    mutating func add(stored link: String) {
        if link.contains("://") { add(link) }
    }

    private mutating func add(_ link: String) {
        if seen.insert(link).inserted { links.append(link) }
    }
}
