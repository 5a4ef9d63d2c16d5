import FileFormats

/// Every text inside a property list, names of members left out, in an order that does not change.
struct PropertyListTexts {
    /// The texts so far, each once.
    private(set) var texts: [String] = []
    private var seen: Set<String> = []

    /// Adds the texts of a value; as deep as the reader of property lists goes.
    mutating func add(_ value: PropertyList) {
        switch value {
        case .text(let text): if seen.insert(text).inserted { texts.append(text) }
        case .list(let values): for value in values { add(value) }
        case .dictionary: for member in value.members { add(member.value) }
        default: break
        }
    }
}
