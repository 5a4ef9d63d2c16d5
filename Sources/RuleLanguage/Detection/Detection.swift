public import YAMLFormat

/// The searches of a rule and how they are joined.
public struct Detection: Sendable, Hashable {
    /// The searches, in their order.
    public var searches: [NamedSearch]
    /// How they are joined.
    public var condition: Condition
    /// The line of the condition.
    public var line: Int
}

/// A search with its name.
public struct NamedSearch: Sendable, Hashable {
    /// The name that the condition uses.
    public var name: String
    /// The search.
    public var search: Search
    /// Where it stands.
    public var line: Int
}

/// What is asked of a record under one name.
public indirect enum Search: Sendable, Hashable {
    /// All of these.
    case all([Search])
    /// At least one of these.
    case any([Search])
    /// One field.
    case test(FieldTest)
}

/// Values that one field is compared with.
public struct FieldTest: Sendable, Hashable {
    /// The field; nothing for words that are searched in all fields.
    public var field: String?
    /// How it is compared, in the order of the file.
    public var modifiers: [Modifier]
    /// The values.
    public var values: [YAMLScalar]
    /// Where it stands.
    public var line: Int

    /// Whether a modifier is there.
    public func has(_ modifier: Modifier) -> Bool { modifiers.contains(modifier) }
}

/// How a value is compared, in Sigma's words.
///
/// - SeeAlso: <https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-appendix-modifiers.md>
public enum Modifier: String, Sendable, Hashable, CaseIterable {
    case all, contains, startswith, endswith, exists, cased, neq
    case re, i, m, s
    case windash, base64, base64offset, utf16le, utf16be, utf16, wide
    case lt, lte, gt, gte
    case minute, hour, day, month, year
    case cidr, fieldref
}

/// How the searches of a rule are joined.
public indirect enum Condition: Sendable, Hashable {
    /// A search, by its number.
    case search(Int)
    /// The contrary.
    case not(Condition)
    /// All of these.
    case all([Condition])
    /// At least one of these.
    case any([Condition])

    /// The numbers of all searches that it names.
    var searches: Set<Int> {
        switch self {
        case .search(let number): [number]
        case .not(let condition): condition.searches
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.searches) }
        }
    }
}
