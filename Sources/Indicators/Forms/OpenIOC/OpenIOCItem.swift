/// An item of the criteria: a term, a condition and a value.
///
/// Conditions of 1.0 are `is`, `isnot`, `contains` and `containsnot`; 1.1 negates by an attribute and adds the others,
/// which mean what they do in XPath 2.0. Case counts only where `preserve-case` says so. An equality is compared like
/// every published value of its kind, whatever that attribute says.
/// Source: https://github.com/fireeye/OpenIOC_1.1, `OpenIOC_Schema_Changelog.md`.
struct OpenIOCItem {
    typealias Refusal = IndicatorPattern.Refusal

    /// The longest term, in bytes. Those of the published lists have at most 100.
    static let termLimit = 256

    var identifier = ""
    var condition = ""
    var isNegated = false
    var preservesCase = false
    /// `FileItem/Md5sum`; empty if there is no context.
    var term = ""
    var content: OpenIOCText? {
        didSet { hasSeveral = oldValue != nil }
    }
    /// Whether there are several values, of which nobody knows which is meant.
    private var hasSeveral = false
    /// Whether other criteria stand inside of it.
    var isNested = false
    var comment: String?

    init(_ attributes: [String: String]) {
        identifier = attributes["id"] ?? ""
        condition = attributes["condition"]?.lowercased() ?? ""
        isNegated = OpenIOCItem.isTrue(attributes["negate"])
        preservesCase = OpenIOCItem.isTrue(attributes["preserve-case"])
    }

    static func isTrue(_ text: String?) -> Bool { text == "1" || text?.lowercased() == "true" }

    /// The kind of record that the term is of.
    var document: String { String(term.prefix { $0 != "/" }) }

    /// What it compares.
    var comparison: Result<PatternComparison, Refusal> { Result { () throws(Refusal) in try compared() } }

    private func compared() throws(Refusal) -> PatternComparison {
        guard !term.isEmpty else {
            throw Refusal(kind: .damagedObject, reason: "The item says nothing about where to look.")
        }
        guard term.utf8.count <= OpenIOCItem.termLimit else {
            throw Refusal(
                kind: .unknownProperty,
                reason: "No record is compared with such a term; OpenIOC has none of more than 256 bytes.")
        }
        guard content?.isTooLong != true else {
            throw Refusal(kind: .refusedValue, reason: "The value is longer than \(OpenIOCText.limit) bytes.")
        }
        guard !hasSeveral, !isNested else {
            throw Refusal(kind: .damagedObject, reason: "The item has several values, or criteria inside of it.")
        }
        guard let value = content?.trimmed else {
            throw Refusal(kind: .damagedObject, reason: "The item has no value.")
        }
        let path = OpenIOCTerm.property(term, of: value)
        let property = PatternProperty(path)
        var (condition, isNegated) = (condition, isNegated)
        if condition == "isnot" || condition == "containsnot" {
            condition.removeLast(3)
            isNegated.toggle()
        }
        func made(_ operation: PatternComparison.Operation, _ value: String) -> PatternComparison {
            PatternComparison(path: path, operation: operation, isNegated: isNegated, constants: [.text(value)])
        }
        let isFolder = property?.aspect == .folder
        let ignoresCase = !preservesCase && property?.ignoresCase == false
        switch condition {
        case "is": return made(.equal, isFolder ? OpenIOCItem.rooted(value) : value)
        case "contains":
            if let property, OpenIOCItem.isWhole(value, property) { return made(.equal, value) }
            return made(text(value, "%", "%", "", "", ignoresCase))
        case "starts-with":
            return made(text(isFolder ? OpenIOCItem.rooted(value) : value, "", "%", "\\A", "", ignoresCase))
        case "ends-with": return made(text(value, "%", "", "", "\\z", ignoresCase))
        case "matches": return made(.matches, (ignoresCase ? "(?i)" : "") + value)
        case "greater-than": return made(.greater, value)
        case "less-than": return made(.less, value)
        default:
            throw Refusal(
                kind: .unsupportedPattern, reason: "The condition is none of OpenIOC's, such as is or contains.")
        }
        func made(_ found: (PatternComparison.Operation, String)) -> PatternComparison { made(found.0, found.1) }
    }

    /// A part of a text, as `LIKE` if that can say it, else as an expression.
    private func text(
        _ value: String, _ before: String, _ behind: String, _ start: String, _ end: String, _ ignoresCase: Bool
    ) -> (PatternComparison.Operation, String) {
        if !ignoresCase, !value.utf8.contains(UInt8(ascii: "%")), !value.utf8.contains(UInt8(ascii: "_")) {
            return (.like, before + value + behind)
        }
        return (.matches, (ignoresCase ? "(?i)" : "") + start + TextTest.expression(literal: value) + end)
    }

    /// Whether a value is all of its field: nothing but itself contains a whole hash, and what contains an address as
    /// text is another address. 1.1 has no `contains` for them; publishers of 1.0 write it all the same.
    private static func isWhole(_ value: String, _ property: PatternProperty) -> Bool {
        switch property.aspect {
        case .hash: property.hashLength == value.utf8.count
        case .host: AddressBlock(value) != nil
        default: false
        }
    }

    /// A folder with the slash that the terms of OpenIOC leave out.
    private static func rooted(_ folder: String) -> String { folder.hasPrefix("/") ? folder : "/" + folder }
}
