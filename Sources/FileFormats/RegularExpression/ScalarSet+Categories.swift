extension ScalarSet {
    /// The scalars of a general category, by its short name of one or two letters (`\p{Lu}`, `\p{L}`).
    ///
    /// Source: Unicode Standard, section 4.5; the table is that of the Swift library.
    static func category(_ name: String) -> ScalarSet? {
        if name == "Any" { return .all }
        var found = ScalarSet()
        var isKnown = false
        for (short, set) in categories where short == name || (name.utf8.count == 1 && short.hasPrefix(name)) {
            found = found.union(set)
            isKnown = true
        }
        return isKnown ? found : nil
    }

    /// One pass over all scalars, made when the first expression asks for a category.
    private static let categories: [(String, ScalarSet)] = {
        var ranges = [[Range]](repeating: [], count: names.count)
        for value in 0...last {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let index = index(of: scalar.properties.generalCategory)
            if let end = ranges[index].last?.upper, end + 1 == value {
                ranges[index][ranges[index].count - 1].upper = value
            } else {
                ranges[index].append(Range(lower: value, upper: value))
            }
        }
        return zip(names, ranges).map { ($0, ScalarSet($1)) }
    }()

    private static let names = [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
    ]

    private static func index(of category: Unicode.GeneralCategory) -> Int {
        switch category {
        case .uppercaseLetter: 0
        case .lowercaseLetter: 1
        case .titlecaseLetter: 2
        case .modifierLetter: 3
        case .otherLetter: 4
        case .nonspacingMark: 5
        case .spacingMark: 6
        case .enclosingMark: 7
        case .decimalNumber: 8
        case .letterNumber: 9
        case .otherNumber: 10
        case .connectorPunctuation: 11
        case .dashPunctuation: 12
        case .openPunctuation: 13
        case .closePunctuation: 14
        case .initialPunctuation: 15
        case .finalPunctuation: 16
        case .otherPunctuation: 17
        case .mathSymbol: 18
        case .currencySymbol: 19
        case .modifierSymbol: 20
        case .otherSymbol: 21
        case .spaceSeparator: 22
        case .lineSeparator: 23
        case .paragraphSeparator: 24
        case .control: 25
        case .format: 26
        case .surrogate: 27
        case .privateUse: 28
        case .unassigned: 29
        @unknown default: 29
        }
    }
}
